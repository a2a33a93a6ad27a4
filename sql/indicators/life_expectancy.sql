CREATE TABLE life_expectancy (
    place_id VARCHAR NOT NULL,
    period_start INTEGER NOT NULL,
    period_end INTEGER NOT NULL,
    source_id VARCHAR NOT NULL,
    vintage VARCHAR NOT NULL,
    population_group VARCHAR NOT NULL,
    method VARCHAR NOT NULL,
    estimate DOUBLE,
    se DOUBLE,
    ci_low DOUBLE,
    ci_high DOUBLE,
    reliability VARCHAR NOT NULL,
    reason VARCHAR,
    modeled BOOLEAN NOT NULL,
    unmeasured BOOLEAN NOT NULL,
    cautions VARCHAR,
    note VARCHAR,
    PRIMARY KEY (place_id, period_start, period_end, source_id, vintage, population_group, method),
    CHECK (method IN ('published', 'life_table', 'pooled_a', 'pooled_a_prime', 'pooled_b', 'weighted_mean')),
    CHECK (reliability IN ('good', 'caution', 'unreliable', 'withheld')),
    CHECK (ci_low <= estimate AND estimate <= ci_high),
    CHECK (se >= 0),
    CHECK ((se IS NULL) = (ci_low IS NULL)),
    CHECK ((ci_low IS NULL) = (ci_high IS NULL)),
    CHECK (estimate IS NOT NULL OR reason IS NOT NULL),
    CHECK (se IS NOT NULL OR reason IS NOT NULL)
);
COMMENT ON TABLE life_expectancy IS 'Life expectancy at birth of every place, from every source and period, each by its method.';
COMMENT ON COLUMN life_expectancy.method IS 'How it was made: published, life_table, pooled_a, pooled_a_prime, pooled_b or weighted_mean.';
COMMENT ON COLUMN life_expectancy.estimate IS '[years] Life expectancy at birth.';
COMMENT ON COLUMN life_expectancy.se IS '[years] Standard error.';
COMMENT ON COLUMN life_expectancy.ci_low IS '[years] Lower 95 percent limit.';
COMMENT ON COLUMN life_expectancy.ci_high IS '[years] Upper 95 percent limit.';
COMMENT ON COLUMN life_expectancy.reliability IS 'good (95 percent half-width to 2 years), caution (to 5), unreliable or withheld.';
COMMENT ON COLUMN life_expectancy.reason IS 'Why a figure or its interval is missing, or why it is unreliable.';
COMMENT ON COLUMN life_expectancy.modeled IS 'Whether a model stands behind the figure.';
