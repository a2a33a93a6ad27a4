CREATE TABLE unused_row (
    source_id VARCHAR NOT NULL,
    vintage VARCHAR NOT NULL,
    file VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    rows BIGINT NOT NULL,
    PRIMARY KEY (source_id, vintage, file),
    CHECK (rows > 0)
);
COMMENT ON TABLE unused_row IS 'Rows that were read and stand in the table of their source, and of which nothing further is made.';
COMMENT ON COLUMN unused_row.source_id IS 'Dataset.';
COMMENT ON COLUMN unused_row.vintage IS 'Release or edition.';
COMMENT ON COLUMN unused_row.file IS 'File.';
COMMENT ON COLUMN unused_row.reason IS 'Why: a word of the list in the row account.';
COMMENT ON COLUMN unused_row.rows IS '[rows] How many.';
