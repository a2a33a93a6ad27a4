CREATE TABLE inequality (
    comparison_set VARCHAR NOT NULL,
    dimension VARCHAR NOT NULL,
    measure VARCHAR NOT NULL,
    indicator_id VARCHAR NOT NULL,
    period_start INTEGER NOT NULL,
    period_end INTEGER NOT NULL,
    source_id VARCHAR NOT NULL,
    vintage VARCHAR NOT NULL,
    population_group VARCHAR NOT NULL,
    method VARCHAR NOT NULL,
    value DOUBLE,
    se DOUBLE,
    ci_low DOUBLE,
    ci_high DOUBLE,
    null_95 DOUBLE,
    places BIGINT NOT NULL,
    places_left_out BIGINT NOT NULL,
    weighting VARCHAR NOT NULL,
    ordering VARCHAR,
    reason VARCHAR,
    note VARCHAR,
    caveat VARCHAR,
    seed INTEGER NOT NULL,
    PRIMARY KEY (comparison_set, dimension, measure, indicator_id, period_start, period_end, source_id, vintage, population_group, method),
    FOREIGN KEY (indicator_id) REFERENCES indicator (indicator_id),
    FOREIGN KEY (source_id, vintage) REFERENCES source (source_id, vintage),
    CHECK (dimension IN ('place', 'income', 'hardship')),
    CHECK (ci_low <= ci_high),
    CHECK (se >= 0),
    CHECK (value IS NOT NULL OR reason IS NOT NULL),
    CHECK (value IS NOT NULL OR (se IS NULL AND ci_low IS NULL AND ci_high IS NULL))
);
COMMENT ON TABLE inequality IS 'Summary measures of how unequal the places of a set are: across places, and across places ranked by income or hardship.';
COMMENT ON COLUMN inequality.dimension IS 'place: places as such; income: ranked from the lowest income; hardship: ranked from the highest hardship.';
COMMENT ON COLUMN inequality.measure IS 'Measure, as on its method page: bgv, bgsd, mdmw, ti, mld, aci, rci, sii, rii, par, paf and others.';
COMMENT ON COLUMN inequality.indicator_id IS 'What is unequal.';
COMMENT ON COLUMN inequality.method IS 'How the figures of the places were made.';
COMMENT ON COLUMN inequality.value IS 'The measure, in the unit its method page gives.';
COMMENT ON COLUMN inequality.se IS 'Standard error; of the logarithm for ratios.';
COMMENT ON COLUMN inequality.ci_high IS 'Upper 95 percent limit. Where the reason begins with unreliable it holds the truth less often than 95 times of 100.';
COMMENT ON COLUMN inequality.null_95 IS 'What chance alone would stay below 19 times of 20 if all places were equal, for differences between places picked by their own figures.';
COMMENT ON COLUMN inequality.places IS 'Places that were used.';
COMMENT ON COLUMN inequality.places_left_out IS 'Places of the set without a usable figure, or without people where the measures weigh by them. Beyond 5 percent of the people the measures are withheld.';
COMMENT ON COLUMN inequality.weighting IS 'Whose people weight the places.';
COMMENT ON COLUMN inequality.ordering IS 'The figure that ranks the places.';
COMMENT ON COLUMN inequality.reason IS 'Why the measure or its interval is missing, or what biases it.';
COMMENT ON COLUMN inequality.caveat IS 'The sentence that goes with the figure.';
