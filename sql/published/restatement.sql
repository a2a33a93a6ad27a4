CREATE TABLE restatement (
    table_name VARCHAR NOT NULL,
    key VARCHAR NOT NULL,
    column_name VARCHAR NOT NULL,
    restated_at VARCHAR NOT NULL,
    last_published_in VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    cause VARCHAR NOT NULL,
    old VARCHAR,
    new VARCHAR,
    difference DOUBLE,
    inside_interval BOOLEAN,
    changes_direction BOOLEAN NOT NULL,
    changes_rank BOOLEAN NOT NULL,
    changes_target_status BOOLEAN NOT NULL,
    figures_restated BIGINT NOT NULL,
    rows BIGINT,
    largest_difference DOUBLE,
    edition_before VARCHAR,
    edition_after VARCHAR,
    method_before VARCHAR NOT NULL,
    method_after VARCHAR NOT NULL,
    decided_by VARCHAR NOT NULL,
    blocked_as VARCHAR,
    acknowledged_by_reason VARCHAR,
    sentence VARCHAR NOT NULL,
    PRIMARY KEY (table_name, key, column_name, restated_at),
    CHECK (kind IN ('scheduled', 'correction', 'method', 'source')),
    CHECK (largest_difference >= 0),
    CHECK (figures_restated >= 1)
);
COMMENT ON TABLE restatement IS 'Every published figure that became another one for the same source, edition, period and method, in this release or an earlier one, and what that turned round. Of one table, column, cause, source and edition at most 1,000 are listed for each release, the largest first.';
COMMENT ON COLUMN restatement.table_name IS 'Published table.';
COMMENT ON COLUMN restatement.key IS 'Key of the row, as lifegap explain takes it.';
COMMENT ON COLUMN restatement.column_name IS 'Column of the figure or finding.';
COMMENT ON COLUMN restatement.restated_at IS 'Id of the release with the new figure; this for the release that holds the row, whose id is in release.json.';
COMMENT ON COLUMN restatement.last_published_in IS 'Id of the last release with the old figure.';
COMMENT ON COLUMN restatement.kind IS 'scheduled: the publisher revises the edition as announced; correction: of a fault in the file; source: the file is another one; method: the computation, a declaration or a boundary.';
COMMENT ON COLUMN restatement.cause IS 'Why, in a sentence.';
COMMENT ON COLUMN restatement.old IS 'Figure before, with six significant digits; NULL where it was not shown.';
COMMENT ON COLUMN restatement.new IS 'Figure now; NULL where it is shown no more.';
COMMENT ON COLUMN restatement.difference IS 'Now less before.';
COMMENT ON COLUMN restatement.inside_interval IS 'Whether the figure now is inside the 95 percent interval of before; NULL where there was none.';
COMMENT ON COLUMN restatement.changes_direction IS 'Whether a comparison or trend points the other way now.';
COMMENT ON COLUMN restatement.changes_rank IS 'Whether a rank is in another quarter now.';
COMMENT ON COLUMN restatement.changes_target_status IS 'Whether a target is met now and was not, or the other way round.';
COMMENT ON COLUMN restatement.figures_restated IS '[figures] Restated together: of the same table, column, cause, source and edition in the same release.';
COMMENT ON COLUMN restatement.rows IS '[rows] Of the table in that release, of the same source and edition where it has these.';
COMMENT ON COLUMN restatement.largest_difference IS 'Largest difference among the figures restated together, without its sign.';
COMMENT ON COLUMN restatement.edition_before IS 'Edition of the source with the first digits of the hash of its files, before.';
COMMENT ON COLUMN restatement.edition_after IS 'Edition of the source with the first digits of the hash of its files, now.';
COMMENT ON COLUMN restatement.method_before IS 'Version of lifegap that made the old figure.';
COMMENT ON COLUMN restatement.method_after IS 'Version of lifegap that made the new figure.';
COMMENT ON COLUMN restatement.decided_by IS 'Who changed it: the publisher of the source, or the project.';
COMMENT ON COLUMN restatement.blocked_as IS 'Name under which it was accepted.';
COMMENT ON COLUMN restatement.acknowledged_by_reason IS 'The reason with which a change that turned a finding round was accepted.';
COMMENT ON COLUMN restatement.sentence IS 'The restatement in words.';
