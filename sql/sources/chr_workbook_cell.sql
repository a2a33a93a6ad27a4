CREATE TABLE chr_workbook_cell (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    county_fips VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    county VARCHAR,
    column_number INTEGER NOT NULL,
    section VARCHAR,
    label VARCHAR,
    value DOUBLE,
    sign VARCHAR,
    unparsed VARCHAR,
    PRIMARY KEY (source_file, sheet, county_fips, column_number),
    CHECK (length(county_fips) = 5),
    CHECK ((value IS NULL) = (sign IS NOT NULL)),
    CHECK (unparsed IS NULL)
);
COMMENT ON TABLE chr_workbook_cell IS 'Cells of the publisher''s workbooks, and of national files of 2014 to 2016 re-shaped by others, under the words over their column. An empty cell has no row.';
COMMENT ON COLUMN chr_workbook_cell.sheet IS 'Sheet of the workbook; analytic data for a re-shaped national file.';
COMMENT ON COLUMN chr_workbook_cell.county_fips IS 'County code, 5 digits; ends in 000 for a state.';
COMMENT ON COLUMN chr_workbook_cell.state IS 'State as printed: name in workbooks, letters in re-shaped files.';
COMMENT ON COLUMN chr_workbook_cell.county IS 'County as printed; NULL in rows of states of workbooks.';
COMMENT ON COLUMN chr_workbook_cell.column_number IS 'Column, counted from 1 after those that name the place.';
COMMENT ON COLUMN chr_workbook_cell.section IS 'Measure as the first header row names it; NULL in re-shaped files, which name it in the label.';
COMMENT ON COLUMN chr_workbook_cell.label IS 'Column as the last header row names it; NULL where it has no name.';
COMMENT ON COLUMN chr_workbook_cell.value IS '[unit of the column; percentages are of 100 in workbooks, shares 0 to 1 in re-shaped files] Number in the cell, thousands separators taken out.';
COMMENT ON COLUMN chr_workbook_cell.sign IS 'Text in the place of a number: x unreliable, NR not ranked, Yes or No, a ratio, a range, a dot for missing.';
