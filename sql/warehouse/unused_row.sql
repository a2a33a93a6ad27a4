CREATE TABLE unused_row (
    source_id VARCHAR NOT NULL,
    vintage VARCHAR NOT NULL,
    file VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    rows BIGINT NOT NULL,
    PRIMARY KEY (source_id, vintage, file, reason),
    CHECK (rows > 0)
);
COMMENT ON TABLE unused_row IS 'Rows that were read and stand in the table of their source, and of which nothing further is made.';
COMMENT ON COLUMN unused_row.file IS 'File.';
COMMENT ON COLUMN unused_row.reason IS 'Why: copy_for_comparison, waits_for_a_use, part_of_a_tract, base_of_the_estimates, no_place_or_period, stands_twice (another row has the same place, indicator, years and group), corrected_by_publisher (two versions of one value stand there), row_says_why, no_value; unexplained where no reason is declared.';
COMMENT ON COLUMN unused_row.rows IS '[rows] How many.';
