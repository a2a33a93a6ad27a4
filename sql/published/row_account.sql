CREATE TABLE row_account (
    source_id VARCHAR NOT NULL,
    vintage VARCHAR NOT NULL,
    file VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    rows BIGINT NOT NULL,
    PRIMARY KEY (source_id, vintage, file, reason),
    FOREIGN KEY (source_id, file) REFERENCES source_file (source_id, file),
    CHECK (rows >= 0)
);
COMMENT ON TABLE row_account IS 'Every row read from a file: kept, or set aside with its reason; and, with no rows, each column that nothing is read from.';
