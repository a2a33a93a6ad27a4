CREATE TABLE correction (
    source_id VARCHAR NOT NULL,
    vintage VARCHAR NOT NULL,
    correction_id VARCHAR NOT NULL,
    what VARCHAR NOT NULL,
    why VARCHAR NOT NULL,
    who_reported VARCHAR NOT NULL,
    rows_expected BIGINT NOT NULL,
    rows_hit BIGINT NOT NULL,
    still_needed BOOLEAN NOT NULL,
    PRIMARY KEY (source_id, vintage, correction_id),
    FOREIGN KEY (source_id, vintage) REFERENCES source (source_id, vintage),
    CHECK (rows_expected >= 0),
    CHECK (rows_hit >= 0)
);
COMMENT ON TABLE correction IS 'Fixes to publishers'' data, each with a guard that stops the refresh when it is no longer needed.';
COMMENT ON COLUMN correction.correction_id IS 'Correction.';
COMMENT ON COLUMN correction.what IS 'What is changed.';
COMMENT ON COLUMN correction.why IS 'Why.';
COMMENT ON COLUMN correction.who_reported IS 'Who found it.';
COMMENT ON COLUMN correction.rows_expected IS '[rows] Rows it was written for, in what was landed.';
COMMENT ON COLUMN correction.rows_hit IS '[rows] Rows it hit.';
COMMENT ON COLUMN correction.still_needed IS 'Whether the publisher''s file still has the fault.';
