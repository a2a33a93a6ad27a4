CREATE TABLE indicator_cell (
    indicator_id VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    table_id VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    vintages VARCHAR NOT NULL,
    PRIMARY KEY (indicator_id, source_id, table_id, role, code, label, vintages),
    CHECK (role IN ('numerator', 'denominator', 'complement', 'published', 'group', 'other', 'whole', 'intervals'))
);
COMMENT ON TABLE indicator_cell IS 'The cells that indicators are made of, as declared: a line of a table, found by its label.';
COMMENT ON COLUMN indicator_cell.table_id IS 'Table within the dataset.';
COMMENT ON COLUMN indicator_cell.role IS 'numerator, denominator, complement or published; group, other and whole of an index of evenness; intervals of a median derived from counts.';
COMMENT ON COLUMN indicator_cell.code IS 'Code the line usually has; codes move between years.';
COMMENT ON COLUMN indicator_cell.label IS 'Label path of the line; a line may have several over the years.';
COMMENT ON COLUMN indicator_cell.vintages IS 'Editions that the line is used of, joined by "; "; all where it means the same in every one.';
