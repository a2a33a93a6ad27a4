CREATE TABLE gap_decomposition (
    coalition_id VARCHAR NOT NULL,
    place_id VARCHAR NOT NULL,
    reference_place_id VARCHAR NOT NULL,
    period_start INTEGER NOT NULL,
    period_end INTEGER NOT NULL,
    source_id VARCHAR NOT NULL,
    vintage VARCHAR NOT NULL,
    population_group VARCHAR NOT NULL,
    method VARCHAR NOT NULL,
    dimension VARCHAR NOT NULL,
    age_start INTEGER NOT NULL,
    age_end INTEGER,
    cause VARCHAR NOT NULL,
    years DOUBLE,
    se DOUBLE,
    ci_low DOUBLE,
    ci_high DOUBLE,
    percent DOUBLE,
    reliability VARCHAR NOT NULL,
    reason VARCHAR,
    caveat VARCHAR,
    seed INTEGER NOT NULL,
    PRIMARY KEY (coalition_id, place_id, reference_place_id, period_start, period_end, source_id, vintage, population_group, method, dimension, age_start, cause),
    FOREIGN KEY (coalition_id) REFERENCES coalition (coalition_id),
    FOREIGN KEY (place_id) REFERENCES place (place_id),
    FOREIGN KEY (reference_place_id) REFERENCES place (place_id),
    FOREIGN KEY (source_id, vintage) REFERENCES source (source_id, vintage),
    CHECK (dimension IN ('age', 'cause')),
    CHECK (reliability IN ('good', 'caution', 'unreliable', 'withheld')),
    CHECK (ci_low <= years AND years <= ci_high),
    CHECK (se >= 0),
    CHECK (years IS NOT NULL OR reason IS NOT NULL)
);
COMMENT ON TABLE gap_decomposition IS 'Where a gap lies: years of it at each age, or in each cause, out of the life tables of both sides. The rows of a comparison and dimension sum to its gap. An account, not an explanation.';
COMMENT ON COLUMN gap_decomposition.method IS 'How both life tables were made: pooled_a_prime, pooled_b, or life_table (from deaths); the split is Arriaga''s, both ways averaged.';
COMMENT ON COLUMN gap_decomposition.dimension IS 'age or cause.';
COMMENT ON COLUMN gap_decomposition.cause IS 'Cause of death, summed over ages; all where the split is by age.';
COMMENT ON COLUMN gap_decomposition.years IS '[years] Part of the gap that is located in the band: positive to the place''s disadvantage.';
COMMENT ON COLUMN gap_decomposition.se IS '[years] Standard error, of 2,000 draws: of the tracts'' death rates and people by age, or of deaths.';
COMMENT ON COLUMN gap_decomposition.ci_low IS '[years] Lower 95 percent limit of the draws.';
COMMENT ON COLUMN gap_decomposition.ci_high IS '[years] Upper 95 percent limit of the draws.';
COMMENT ON COLUMN gap_decomposition.percent IS '[percent] Of the gap; NULL where the interval of the gap holds zero, since parts of about nothing have no meaning.';
COMMENT ON COLUMN gap_decomposition.reason IS 'Why there is no figure, or why it is unreliable.';
COMMENT ON COLUMN gap_decomposition.caveat IS 'What goes with the figure.';
