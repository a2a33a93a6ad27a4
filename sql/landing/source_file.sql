CREATE TABLE source_file (
    source_id VARCHAR NOT NULL,
    file VARCHAR NOT NULL,
    vintage VARCHAR NOT NULL,
    layout VARCHAR NOT NULL,
    origin VARCHAR NOT NULL,
    obtained_from VARCHAR NOT NULL,
    obtained_at VARCHAR NOT NULL,
    bytes BIGINT NOT NULL,
    sha256 VARCHAR NOT NULL,
    sha256_listed VARCHAR,
    rows_expected BIGINT,
    rows_listed BIGINT,
    rows_least BIGINT,
    PRIMARY KEY (source_id, file),
    CHECK (origin IN ('bundle', 'mirror', 'official', 'hand', 'project', 'own')),
    CHECK (regexp_full_match(sha256, '[0-9a-f]{64}'))
);
COMMENT ON TABLE source_file IS 'Every file that this run read, as it was obtained.';
COMMENT ON COLUMN source_file.source_id IS 'Dataset the file belongs to.';
COMMENT ON COLUMN source_file.file IS 'File as listed beside the source card.';
COMMENT ON COLUMN source_file.vintage IS 'Release or edition the file is of.';
COMMENT ON COLUMN source_file.layout IS 'Layout it was recognized as by header and content.';
COMMENT ON COLUMN source_file.origin IS 'bundle, mirror, official (from the publisher), hand (exported by a person), or project (written from cited pages).';
COMMENT ON COLUMN source_file.obtained_from IS 'Where the bytes came from, in words.';
COMMENT ON COLUMN source_file.obtained_at IS 'When the bytes were obtained (UTC).';
COMMENT ON COLUMN source_file.bytes IS '[bytes] Size of the content.';
COMMENT ON COLUMN source_file.sha256 IS 'Hash of the content as the publisher made it, without our compression.';
COMMENT ON COLUMN source_file.sha256_listed IS 'Hash of the file that the card was written for; NULL for the bundle''s slices.';
COMMENT ON COLUMN source_file.rows_expected IS '[rows] Data rows the card states for what was landed; NULL for another file than it was written for.';
COMMENT ON COLUMN source_file.rows_listed IS '[rows] Data rows the card states for another edition of the file, in the form the publisher gives it; else NULL.';
COMMENT ON COLUMN source_file.rows_least IS '[rows] Fewest rows that such an edition may have; with fewer it is taken for a part of a file.';
