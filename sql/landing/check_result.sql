CREATE TABLE check_result (
    table_name VARCHAR NOT NULL,
    expectation_id VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    success BOOLEAN,
    observed VARCHAR NOT NULL,
    unexpected_rows BIGINT NOT NULL,
    rows BIGINT NOT NULL,
    reason VARCHAR NOT NULL,
    what_to_do VARCHAR NOT NULL,
    PRIMARY KEY (table_name, expectation_id),
    CHECK (severity IN ('critical', 'warning'))
);
COMMENT ON TABLE check_result IS 'The latest outcome of every expectation on every table.';
COMMENT ON COLUMN check_result.table_name IS 'Table, with its layer.';
COMMENT ON COLUMN check_result.expectation_id IS 'Expectation, unique within the table.';
COMMENT ON COLUMN check_result.severity IS 'critical stops what is downstream and the release; warning is published with it.';
COMMENT ON COLUMN check_result.success IS 'Whether it held; NULL where it was not tested, because what it compares with was not obtained.';
COMMENT ON COLUMN check_result.observed IS 'What was found, in words.';
COMMENT ON COLUMN check_result.unexpected_rows IS '[rows] Rows that break the rule.';
COMMENT ON COLUMN check_result.rows IS '[rows] Rows of the table.';
COMMENT ON COLUMN check_result.reason IS 'Why the rule matters, in the reader''s words.';
COMMENT ON COLUMN check_result.what_to_do IS 'What to do when it fails.';
