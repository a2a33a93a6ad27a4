CREATE TABLE cmap_cell (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    area_number INTEGER NOT NULL,
    area_name VARCHAR NOT NULL,
    variable VARCHAR NOT NULL,
    occurrence INTEGER NOT NULL,
    belongs_to VARCHAR NOT NULL,
    value DOUBLE,
    text VARCHAR,
    unparsed VARCHAR,
    PRIMARY KEY (vintage, area_number, variable, occurrence),
    CHECK (area_number BETWEEN 1 AND 77),
    CHECK (occurrence >= 1),
    CHECK (belongs_to IN ('area', 'suburb')),
    CHECK (value IS NULL OR text IS NULL),
    CHECK (unparsed IS NULL)
);
COMMENT ON TABLE cmap_cell IS 'Every cell of CMAP''s data snapshots of Chicago''s community areas, one row an area and column.';
COMMENT ON COLUMN cmap_cell.area_number IS 'Community area.';
COMMENT ON COLUMN cmap_cell.area_name IS 'Name as printed; the Loop is called The Loop.';
COMMENT ON COLUMN cmap_cell.variable IS 'Column of the file, as printed.';
COMMENT ON COLUMN cmap_cell.occurrence IS 'Which of the columns of that name, counted from 1: some names stand twice or three times.';
COMMENT ON COLUMN cmap_cell.belongs_to IS 'area; suburb in the columns that CMAP has of municipalities only: a value there belongs to the suburb of the area''s name.';
COMMENT ON COLUMN cmap_cell.value IS '[unit of the variable] Number as printed; NULL where the cell is empty or the column holds words.';
COMMENT ON COLUMN cmap_cell.text IS 'Words as printed, in the columns that hold words.';
