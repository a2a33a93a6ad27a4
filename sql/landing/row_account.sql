CREATE TABLE row_account (
    table_name VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    vintage VARCHAR NOT NULL,
    file VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    rows BIGINT NOT NULL,
    PRIMARY KEY (source_id, file, reason),
    FOREIGN KEY (source_id, file) REFERENCES source_file (source_id, file),
    CHECK (rows >= 0)
);
COMMENT ON TABLE row_account IS 'Every row read from a file: kept, or set aside with its reason; and, with no rows, each column that nothing is read from.';
COMMENT ON COLUMN row_account.table_name IS 'Table of the sources layer that the rows went to.';
COMMENT ON COLUMN row_account.source_id IS 'Dataset the file belongs to.';
COMMENT ON COLUMN row_account.vintage IS 'Release or edition the file is of.';
COMMENT ON COLUMN row_account.file IS 'File as listed beside the source card.';
COMMENT ON COLUMN row_account.reason IS 'kept, why the rows were set aside, or column_not_used: and the column''s name.';
COMMENT ON COLUMN row_account.rows IS '[rows] How many.';
