CREATE VIEW trace_indicator_cell AS
SELECT t.indicator_id, t.source_id, t.table_id, t.role, t.code, t.label, t.vintages,
    'Declared by the project in data/indicators.' AS step,
    NULL::VARCHAR AS source_file, NULL::INTEGER AS source_row, NULL::VARCHAR AS sha256
FROM published.indicator_cell AS t;
COMMENT ON VIEW trace_indicator_cell IS 'Where the declarations of indicators come from.';
