CREATE TABLE coalition_life_expectancy (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    source_id VARCHAR NOT NULL,
    vintage VARCHAR NOT NULL,
    coalition_id VARCHAR NOT NULL,
    place_id VARCHAR NOT NULL,
    population_group VARCHAR NOT NULL,
    period_start INTEGER NOT NULL,
    period_end INTEGER NOT NULL,
    estimate DOUBLE NOT NULL,
    se DOUBLE,
    ci_low DOUBLE,
    ci_high DOUBLE,
    source VARCHAR NOT NULL,
    method VARCHAR NOT NULL,
    PRIMARY KEY (coalition_id, place_id, population_group, period_start, period_end),
    CHECK (period_start <= period_end),
    CHECK (se >= 0),
    CHECK (ci_low <= estimate AND estimate <= ci_high)
);
COMMENT ON TABLE coalition_life_expectancy IS 'Life expectancies at birth that a coalition has been given or has computed.';
COMMENT ON COLUMN coalition_life_expectancy.estimate IS '[years] Life expectancy at birth.';
COMMENT ON COLUMN coalition_life_expectancy.se IS '[years] Standard error.';
COMMENT ON COLUMN coalition_life_expectancy.ci_low IS '[years] Lower 95 percent limit.';
COMMENT ON COLUMN coalition_life_expectancy.ci_high IS '[years] Upper 95 percent limit.';
COMMENT ON COLUMN coalition_life_expectancy.source IS 'Where the coalition has it from.';
COMMENT ON COLUMN coalition_life_expectancy.method IS 'How it was made, in the coalition''s words.';
