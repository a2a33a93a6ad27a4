CREATE TABLE coalition_indicator (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    source_id VARCHAR NOT NULL,
    vintage VARCHAR NOT NULL,
    coalition_id VARCHAR NOT NULL,
    suppress_below INTEGER NOT NULL,
    place_id VARCHAR NOT NULL,
    indicator_id VARCHAR NOT NULL,
    population_group VARCHAR NOT NULL,
    period_start INTEGER NOT NULL,
    period_end INTEGER NOT NULL,
    value DOUBLE NOT NULL,
    se DOUBLE,
    ci_low DOUBLE,
    ci_high DOUBLE,
    moe90 DOUBLE,
    numerator DOUBLE,
    denominator DOUBLE,
    sample_size BIGINT,
    design_effect DOUBLE,
    source VARCHAR NOT NULL,
    PRIMARY KEY (coalition_id, place_id, indicator_id, population_group, period_start, period_end),
    CHECK (period_start <= period_end),
    CHECK (se >= 0),
    CHECK (moe90 >= 0),
    CHECK (ci_low <= value AND value <= ci_high),
    CHECK (numerator <= denominator)
);
COMMENT ON TABLE coalition_indicator IS 'Values of indicators that a coalition supplies. Not published as they are: small counts may stand in it.';
COMMENT ON COLUMN coalition_indicator.value IS 'The value, in the unit of the indicator.';
COMMENT ON COLUMN coalition_indicator.se IS 'Standard error, in the unit of the indicator.';
COMMENT ON COLUMN coalition_indicator.moe90 IS 'Margin of error at 90 percent, in the unit of the indicator.';
COMMENT ON COLUMN coalition_indicator.numerator IS 'Cases behind the value.';
COMMENT ON COLUMN coalition_indicator.denominator IS 'People or units that the cases are of.';
COMMENT ON COLUMN coalition_indicator.sample_size IS '[people] People who were asked.';
COMMENT ON COLUMN coalition_indicator.design_effect IS 'Variance of the survey over that of a simple random sample of its size.';
COMMENT ON COLUMN coalition_indicator.source IS 'Where the coalition has it from.';
COMMENT ON COLUMN coalition_indicator.suppress_below IS 'Counts below this many are not published.';
