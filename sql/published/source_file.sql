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
