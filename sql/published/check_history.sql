-- carries on landing.check_result
CREATE TABLE check_history (
    table_name VARCHAR NOT NULL,
    expectation_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    outcome VARCHAR NOT NULL,
    changed_after VARCHAR,
    lasted_until VARCHAR,
    severity VARCHAR NOT NULL,
    observed VARCHAR NOT NULL,
    unexpected_rows BIGINT NOT NULL,
    rows BIGINT NOT NULL,
    reason VARCHAR NOT NULL,
    PRIMARY KEY (table_name, expectation_id, position),
    CHECK (outcome IN ('holds', 'fails', 'not_tested')),
    CHECK (severity IN ('critical', 'warning')),
    CHECK (position >= 1)
);
COMMENT ON TABLE check_history IS 'The outcomes of every expectation through the releases: a row for as long as one stayed the same, with what was found the last time.';
COMMENT ON COLUMN check_history.position IS 'Order of the outcomes of an expectation, from 1, the first that is known.';
COMMENT ON COLUMN check_history.outcome IS 'holds, fails, or not_tested: what it compares with was not obtained.';
COMMENT ON COLUMN check_history.changed_after IS 'The last release before it: the outcome is known since the next one. NULL: it was so in the first release that is known.';
COMMENT ON COLUMN check_history.lasted_until IS 'The last release that had it; a rule that was dropped ends here, too. NULL: it is so in this release.';
