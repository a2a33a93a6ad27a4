CREATE TABLE source (
    source_id VARCHAR NOT NULL,
    vintage VARCHAR NOT NULL,
    edition_order INTEGER NOT NULL,
    title VARCHAR NOT NULL,
    publisher VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    successor VARCHAR,
    period_start INTEGER,
    period_end INTEGER,
    url VARCHAR NOT NULL,
    obtained_from VARCHAR NOT NULL,
    obtained_at TIMESTAMP NOT NULL,
    sha256 VARCHAR NOT NULL,
    rows_read BIGINT NOT NULL,
    rows_kept BIGINT NOT NULL,
    rows_dropped BIGINT NOT NULL,
    license VARCHAR NOT NULL,
    license_name VARCHAR NOT NULL,
    license_url VARCHAR,
    license_limit VARCHAR,
    fitness VARCHAR NOT NULL,
    citation VARCHAR NOT NULL,
    note VARCHAR,
    PRIMARY KEY (source_id, vintage),
    CHECK (status IN ('living', 'ending', 'ended')),
    CHECK (rows_read = rows_kept + rows_dropped),
    CHECK (regexp_full_match(sha256, '[0-9a-f]{64}'))
);
COMMENT ON TABLE source IS 'Datasets behind the figures, one row per release or edition of each.';
COMMENT ON COLUMN source.edition_order IS 'Place of the release among those of its dataset, oldest first: the highest is the latest.';
COMMENT ON COLUMN source.title IS 'Title.';
COMMENT ON COLUMN source.publisher IS 'Publisher.';
COMMENT ON COLUMN source.status IS 'living, ending (no edition as before is to come) or ended.';
COMMENT ON COLUMN source.successor IS 'Dataset that takes its place, where there is one.';
COMMENT ON COLUMN source.period_start IS '[year] First year the data are about.';
COMMENT ON COLUMN source.url IS 'The publisher''s page.';
COMMENT ON COLUMN source.obtained_from IS 'Where the bytes came from.';
COMMENT ON COLUMN source.obtained_at IS 'When they were obtained (UTC).';
COMMENT ON COLUMN source.sha256 IS 'Hash of the file; where several, hash of their sorted hashes, a line each.';
COMMENT ON COLUMN source.rows_read IS '[rows] Read.';
COMMENT ON COLUMN source.rows_kept IS '[rows] Kept.';
COMMENT ON COLUMN source.rows_dropped IS '[rows] Set aside; row_account says why.';
COMMENT ON COLUMN source.license IS 'Terms.';
COMMENT ON COLUMN source.license_name IS 'License by the list of the Open Definition: other-pd is the public domain, notspecified where none is stated.';
COMMENT ON COLUMN source.license_url IS 'Where the license can be read.';
COMMENT ON COLUMN source.license_limit IS 'What may not be done with the data, or why nobody can say; NULL where they are free for every use.';
COMMENT ON COLUMN source.fitness IS 'What it may be used for and what not, and why.';
COMMENT ON COLUMN source.citation IS 'How to cite it.';
COMMENT ON COLUMN source.note IS 'What is peculiar about this edition.';
