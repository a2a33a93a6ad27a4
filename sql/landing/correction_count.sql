CREATE TABLE correction_count (
    source_id VARCHAR NOT NULL,
    correction_id VARCHAR NOT NULL,
    rows_expected BIGINT NOT NULL,
    rows_hit BIGINT NOT NULL,
    PRIMARY KEY (source_id, correction_id)
);
COMMENT ON TABLE correction_count IS 'How many rows each declared correction hit in this run.';
COMMENT ON COLUMN correction_count.source_id IS 'Dataset whose card declares the correction.';
COMMENT ON COLUMN correction_count.correction_id IS 'Correction, named in the card.';
COMMENT ON COLUMN correction_count.rows_expected IS '[rows] Rows it was written for, in what was landed.';
COMMENT ON COLUMN correction_count.rows_hit IS '[rows] Rows it hit.';
