CREATE TABLE coalition_target (
    coalition_id VARCHAR NOT NULL,
    target_id VARCHAR NOT NULL,
    adopted DATE NOT NULL,
    superseded_by VARCHAR,
    text VARCHAR,
    metric VARCHAR NOT NULL,
    percent DOUBLE,
    target_year INTEGER,
    stated_baseline DOUBLE,
    baseline_period VARCHAR,
    source VARCHAR NOT NULL,
    PRIMARY KEY (coalition_id, target_id),
    FOREIGN KEY (coalition_id) REFERENCES coalition (coalition_id),
    CHECK (percent BETWEEN 0 AND 100)
);
COMMENT ON TABLE coalition_target IS 'Targets of coalitions, each version kept.';
COMMENT ON COLUMN coalition_target.target_id IS 'Version of the target.';
COMMENT ON COLUMN coalition_target.adopted IS 'Day the version was stated.';
COMMENT ON COLUMN coalition_target.superseded_by IS 'The version that replaced it.';
COMMENT ON COLUMN coalition_target.text IS 'The target in words.';
COMMENT ON COLUMN coalition_target.metric IS 'What it is about.';
COMMENT ON COLUMN coalition_target.percent IS '[percent] By how much.';
COMMENT ON COLUMN coalition_target.target_year IS '[year] By when.';
COMMENT ON COLUMN coalition_target.stated_baseline IS '[years] Baseline as the coalition states it; shown, never applied to another place.';
COMMENT ON COLUMN coalition_target.baseline_period IS 'Period of the baseline.';
COMMENT ON COLUMN coalition_target.source IS 'Where it was read.';
