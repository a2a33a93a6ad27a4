CREATE TABLE indicator_cell (
    indicator_id VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    table_id VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    vintages VARCHAR NOT NULL,
    PRIMARY KEY (indicator_id, source_id, table_id, role, code, label, vintages),
    FOREIGN KEY (indicator_id) REFERENCES indicator (indicator_id),
    CHECK (role IN ('numerator', 'denominator', 'complement', 'published', 'group', 'other', 'whole', 'intervals'))
);
COMMENT ON TABLE indicator_cell IS 'The cells that indicators are made of, as declared: a line of a table, found by its label.';
