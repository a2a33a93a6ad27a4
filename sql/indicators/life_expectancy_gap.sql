-- carries on indicators.life_expectancy
CREATE TABLE life_expectancy_gap (
    coalition_id VARCHAR NOT NULL,
    place_id VARCHAR NOT NULL,
    reference_place_id VARCHAR NOT NULL,
    reference_group VARCHAR NOT NULL,
    period_start INTEGER NOT NULL,
    period_end INTEGER NOT NULL,
    source_id VARCHAR NOT NULL,
    vintage VARCHAR NOT NULL,
    population_group VARCHAR NOT NULL,
    method VARCHAR NOT NULL,
    place_estimate DOUBLE,
    reference_estimate DOUBLE,
    gap DOUBLE,
    se DOUBLE,
    ci_low DOUBLE,
    ci_high DOUBLE,
    p_value DOUBLE,
    percent_of_baseline DOUBLE,
    baseline_period VARCHAR,
    reliability VARCHAR NOT NULL,
    reason VARCHAR,
    unmeasured BOOLEAN NOT NULL,
    cautions VARCHAR,
    note VARCHAR,
    PRIMARY KEY (coalition_id, place_id, reference_place_id, reference_group, period_start, period_end, source_id, vintage, population_group, method),
    CHECK (method IN ('published', 'life_table', 'pooled_a', 'pooled_a_prime', 'pooled_b', 'weighted_mean')),
    CHECK (reliability IN ('good', 'caution', 'unreliable', 'withheld')),
    CHECK (ci_low <= gap AND gap <= ci_high),
    CHECK (se >= 0),
    CHECK (p_value BETWEEN 0 AND 1),
    CHECK (gap IS NOT NULL OR reason IS NOT NULL),
    CHECK (se IS NOT NULL OR reason IS NOT NULL)
);
COMMENT ON TABLE life_expectancy_gap IS 'Life expectancy of the reference less that of the place, for every comparison of every coalition; sources and periods side by side, never mixed.';
COMMENT ON COLUMN life_expectancy_gap.reference_group IS 'Population group of the reference.';
COMMENT ON COLUMN life_expectancy_gap.population_group IS 'Population group of the place.';
COMMENT ON COLUMN life_expectancy_gap.place_estimate IS '[years] Life expectancy of the place.';
COMMENT ON COLUMN life_expectancy_gap.reference_estimate IS '[years] Life expectancy of the reference.';
COMMENT ON COLUMN life_expectancy_gap.gap IS '[years] Reference less place: positive means people of the place live shorter.';
COMMENT ON COLUMN life_expectancy_gap.se IS '[years] Standard error of the gap.';
COMMENT ON COLUMN life_expectancy_gap.ci_low IS '[years] Lower 95 percent limit of the gap.';
COMMENT ON COLUMN life_expectancy_gap.ci_high IS '[years] Upper 95 percent limit of the gap.';
COMMENT ON COLUMN life_expectancy_gap.p_value IS 'Two-sided test of no gap.';
COMMENT ON COLUMN life_expectancy_gap.percent_of_baseline IS '[percent] The gap relative to the place''s own gap in the baseline period of the same series.';
COMMENT ON COLUMN life_expectancy_gap.baseline_period IS 'The period that is 100 percent.';
COMMENT ON COLUMN life_expectancy_gap.reason IS 'Why the gap or its interval is missing, or why it is unreliable.';
