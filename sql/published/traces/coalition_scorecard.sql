-- A row of the coalition's own file; a share of seats has two, of which the first stands here.
CREATE VIEW trace_coalition_scorecard AS
SELECT t.coalition_id, t.metric_id, t.period_start, t.period_end, t.subject,
    if(t.metric_id = 'resident_share' AND starts_with(t.note, 'Computed:'),
        'seats of residents over all seats', 'as the coalition reports it') AS step,
    t.metric_id AS line, t.value, t.source_id AS input_source_id, t.vintage AS input_vintage, t.source_file,
    t.source_row, f.sha256
FROM published.coalition_scorecard AS t
JOIN published.source_file AS f ON f.source_id = t.source_id AND f.file = t.source_file;
COMMENT ON VIEW trace_coalition_scorecard IS 'File and row of each metric of a scorecard.';
