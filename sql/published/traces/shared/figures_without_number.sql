-- Figures that are withheld: there is no number behind them, and a reason.
SELECT part.*, of_place_id AS unit, NULL::DOUBLE AS weight, NULL::VARCHAR AS role, NULL::VARCHAR AS line,
    NULL::DOUBLE AS value, NULL::DOUBLE AS se, NULL::DOUBLE AS moe90, of_reason AS reason,
    NULL::VARCHAR AS flags, of_source_id AS input_source_id, of_vintage AS input_vintage,
    NULL::VARCHAR AS source_file, NULL::INTEGER AS source_row
FROM {part} AS part
WHERE of_value IS NULL
