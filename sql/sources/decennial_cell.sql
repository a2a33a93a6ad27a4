CREATE TABLE decennial_cell (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    table_id VARCHAR NOT NULL,
    geo_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    line VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    value DOUBLE,
    sign VARCHAR,
    PRIMARY KEY (vintage, table_id, geo_id, line),
    CHECK (regexp_full_match(geo_id, '[0-9]{3}[0-9A-Z]{4}US[0-9]*')),
    CHECK (value >= 0),
    CHECK ((value IS NULL) = (sign IS NOT NULL))
);
COMMENT ON TABLE decennial_cell IS 'Every cell of tables of the decennial census: one line for one place.';
COMMENT ON COLUMN decennial_cell.table_id IS 'Table, as the Bureau names it.';
COMMENT ON COLUMN decennial_cell.geo_id IS 'The Bureau''s id of the place.';
COMMENT ON COLUMN decennial_cell.name IS 'Name of the place, as printed.';
COMMENT ON COLUMN decennial_cell.line IS 'Code of the column.';
COMMENT ON COLUMN decennial_cell.label IS 'Label path of the line, levels joined by !!; the code where the layout prints no label.';
COMMENT ON COLUMN decennial_cell.value IS 'Count, median or other number, as published; NULL where the cell holds a sign.';
COMMENT ON COLUMN decennial_cell.sign IS 'Sign or text in place of a number.';
