CREATE TABLE source_file (
    source_id VARCHAR NOT NULL,
    file VARCHAR NOT NULL,
    vintage VARCHAR NOT NULL,
    layout VARCHAR NOT NULL,
    obtained_from VARCHAR NOT NULL,
    bytes BIGINT NOT NULL,
    sha256 VARCHAR NOT NULL,
    sha256_listed VARCHAR,
    PRIMARY KEY (source_id, file),
    CHECK (regexp_full_match(sha256, '[0-9a-f]{64}'))
);
COMMENT ON TABLE source_file IS 'Every file that was read, with its hash.';
COMMENT ON COLUMN source_file.source_id IS 'Dataset.';
COMMENT ON COLUMN source_file.file IS 'File.';
COMMENT ON COLUMN source_file.vintage IS 'Release or edition.';
COMMENT ON COLUMN source_file.layout IS 'Layout it was recognised as.';
COMMENT ON COLUMN source_file.obtained_from IS 'Where the bytes came from.';
COMMENT ON COLUMN source_file.bytes IS '[bytes] Size.';
COMMENT ON COLUMN source_file.sha256 IS 'Hash of the content as the publisher made it.';
COMMENT ON COLUMN source_file.sha256_listed IS 'Hash of the file the card was written for; NULL for slices.';
