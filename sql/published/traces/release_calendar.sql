CREATE VIEW trace_release_calendar AS
SELECT t.source_id, t.vintage,
    'Declared by the project in data/sources.' AS step,
    NULL::VARCHAR AS source_file, NULL::INTEGER AS source_row, NULL::VARCHAR AS sha256
FROM published.release_calendar AS t;
COMMENT ON VIEW trace_release_calendar IS 'Where expected dates come from.';
