CREATE TABLE source_edition (
    source_id VARCHAR NOT NULL,
    vintage VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    period_start INTEGER,
    period_end INTEGER,
    first_seen VARCHAR NOT NULL,
    last_seen VARCHAR NOT NULL,
    retired_in VARCHAR,
    retired_because VARCHAR,
    replaced_by VARCHAR,
    sha256 VARCHAR NOT NULL,
    same_bytes_since VARCHAR NOT NULL,
    PRIMARY KEY (source_id, vintage),
    CHECK (retired_because IN ('replaced', 'not_obtained')),
    CHECK ((retired_in IS NULL) = (retired_because IS NULL)),
    CHECK (coalesce(retired_because = 'not_obtained', false) <= (last_seen <> 'this')),
    CHECK ((last_seen <> 'this') <= (retired_in IS NOT NULL)),
    CHECK ((retired_because = 'replaced') <= (replaced_by IS NOT NULL)),
    CHECK (regexp_full_match(first_seen, 'this|[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}')),
    CHECK (regexp_full_match(last_seen, 'this|[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}')),
    CHECK (regexp_full_match(retired_in, 'this|[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}')),
    CHECK (regexp_full_match(same_bytes_since, 'this|[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}')),
    CHECK (regexp_full_match(sha256, '[0-9a-f]{64}'))
);
COMMENT ON TABLE source_edition IS 'Every edition of every dataset that this release or one before it has, and since when: releases are named by id, and the one that the row stands in is called "this".';
COMMENT ON COLUMN source_edition.title IS 'Title of the dataset.';
COMMENT ON COLUMN source_edition.period_start IS '[year] First year the data are about.';
COMMENT ON COLUMN source_edition.first_seen IS 'The first release with figures of the edition, as far back as releases tell: a release id, or "this".';
COMMENT ON COLUMN source_edition.last_seen IS 'The last release with figures of the edition: "this", or the id of the one to open for them.';
COMMENT ON COLUMN source_edition.retired_in IS 'The release since which the edition is not to be used for new work: a release id, or "this". NULL while it is current.';
COMMENT ON COLUMN source_edition.retired_because IS 'replaced: the publisher issued another in its place, figures of both stay. not_obtained: no file of it is among those of this release. NULL while it is current.';
COMMENT ON COLUMN source_edition.replaced_by IS 'The edition that the publisher issued in its place, where there is one.';
COMMENT ON COLUMN source_edition.sha256 IS 'Hash of its files in the last release that has it, as in source.';
COMMENT ON COLUMN source_edition.same_bytes_since IS 'The first release whose files have this hash without a break since: later than first_seen where the publisher issued the same edition again. A release id, or "this".';
