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
COMMENT ON TABLE check_result IS 'The outcome of every expectation on every table that this release is made of.';
