CREATE TABLE acs_cell (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    table_id VARCHAR NOT NULL,
    geo_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    line VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    estimate DOUBLE,
    moe90 DOUBLE,
    estimate_text VARCHAR,
    moe_text VARCHAR,
    PRIMARY KEY (vintage, table_id, geo_id, line),
    CHECK (moe90 >= 0),
    CHECK (regexp_full_match(geo_id, '[0-9]{3}[0-9A-Z]{4}US[0-9]*'))
);
COMMENT ON TABLE acs_cell IS 'Every cell of the American Community Survey tables: estimate and margin of one line for one place.';
COMMENT ON COLUMN acs_cell.table_id IS 'Table, as the Bureau names it.';
COMMENT ON COLUMN acs_cell.geo_id IS 'The Bureau''s id of the place.';
COMMENT ON COLUMN acs_cell.name IS 'Name of the place, as printed; its id where the layout prints no name.';
COMMENT ON COLUMN acs_cell.line IS 'Code of the estimate''s column.';
COMMENT ON COLUMN acs_cell.label IS 'Label path of the line, levels joined by !!, without the words that only say estimate or total; the code where the layout prints no label.';
COMMENT ON COLUMN acs_cell.estimate IS 'Estimate; NULL where the cell holds no number.';
COMMENT ON COLUMN acs_cell.moe90 IS 'Margin of error at 90 percent; 0 where the estimate is controlled; NULL where the cell holds no number.';
COMMENT ON COLUMN acs_cell.estimate_text IS 'Text of an estimate that is no number.';
COMMENT ON COLUMN acs_cell.moe_text IS 'Text of a margin that is no number.';
