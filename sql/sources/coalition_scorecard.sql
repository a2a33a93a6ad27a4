CREATE TABLE coalition_scorecard (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    source_id VARCHAR NOT NULL,
    vintage VARCHAR NOT NULL,
    coalition_id VARCHAR NOT NULL,
    metric_id VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    period_start INTEGER NOT NULL,
    period_end INTEGER NOT NULL,
    title VARCHAR NOT NULL,
    value DOUBLE NOT NULL,
    unit VARCHAR NOT NULL,
    target DOUBLE,
    target_year INTEGER,
    source VARCHAR NOT NULL,
    source_date VARCHAR,
    verified VARCHAR NOT NULL,
    other_value DOUBLE,
    other_source VARCHAR,
    choice VARCHAR,
    note VARCHAR,
    PRIMARY KEY (coalition_id, metric_id, subject, period_start, period_end),
    CHECK (period_start <= period_end),
    CHECK (verified IN ('yes', 'document', 'no')),
    CHECK (other_value IS NULL OR (other_source IS NOT NULL AND choice IS NOT NULL))
);
COMMENT ON TABLE coalition_scorecard IS 'What a coalition has done and promised, as it reports it.';
COMMENT ON COLUMN coalition_scorecard.metric_id IS 'Metric.';
COMMENT ON COLUMN coalition_scorecard.subject IS 'What the metric is of: a committee, a program, a partner; coalition for all of it.';
COMMENT ON COLUMN coalition_scorecard.period_start IS '[year] First year that the value is about.';
COMMENT ON COLUMN coalition_scorecard.title IS 'The metric in words.';
COMMENT ON COLUMN coalition_scorecard.value IS 'The value, in its unit; yes and no are 1 and 0.';
COMMENT ON COLUMN coalition_scorecard.unit IS 'Unit of the value.';
COMMENT ON COLUMN coalition_scorecard.target IS 'What is to be reached, in the unit of the value.';
COMMENT ON COLUMN coalition_scorecard.target_year IS '[year] By when.';
COMMENT ON COLUMN coalition_scorecard.source IS 'Where it was read, or who says so.';
COMMENT ON COLUMN coalition_scorecard.source_date IS 'Year, month or day of that.';
COMMENT ON COLUMN coalition_scorecard.verified IS 'yes, document (it stands in a document) or no.';
COMMENT ON COLUMN coalition_scorecard.other_value IS 'What another source says instead.';
COMMENT ON COLUMN coalition_scorecard.other_source IS 'Which source.';
COMMENT ON COLUMN coalition_scorecard.choice IS 'Why the first is taken.';
