-- Files of editions that are gone are named by the release that has them last.
CREATE VIEW trace_source_edition AS
SELECT t.source_id, t.vintage,
    'Carried on from the release before; this release''s files of the edition, where it has some.' AS step,
    s.source_id AS input_source_id, s.vintage AS input_vintage, s.file AS source_file, NULL::INTEGER AS source_row,
    s.sha256
FROM published.source_edition AS t
LEFT JOIN published.source_file AS s ON s.source_id = t.source_id AND s.vintage = t.vintage;
COMMENT ON VIEW trace_source_edition IS 'The files of each edition that this release has.';
