CREATE TABLE indicator_value (
    place_id VARCHAR NOT NULL,
    indicator_id VARCHAR NOT NULL,
    period_start INTEGER NOT NULL,
    period_end INTEGER NOT NULL,
    source_id VARCHAR NOT NULL,
    vintage VARCHAR NOT NULL,
    population_group VARCHAR NOT NULL,
    method VARCHAR NOT NULL,
    value DOUBLE,
    se DOUBLE,
    moe90 DOUBLE,
    ci_low DOUBLE,
    ci_high DOUBLE,
    numerator DOUBLE,
    denominator DOUBLE,
    units BIGINT,
    reliability VARCHAR NOT NULL,
    reason VARCHAR,
    unmeasured BOOLEAN NOT NULL,
    rank BIGINT,
    rank_of BIGINT,
    cautions VARCHAR,
    note VARCHAR,
    PRIMARY KEY (place_id, indicator_id, period_start, period_end, source_id, vintage, population_group, method),
    CHECK (reliability IN ('good', 'caution', 'unreliable', 'withheld')),
    CHECK (method IN ('published', 'summed', 'derived', 'index')),
    CHECK (ci_low <= value AND value <= ci_high),
    CHECK (se >= 0),
    CHECK (moe90 >= 0),
    CHECK (rank <= rank_of),
    CHECK ((value IS NULL) <= (reason IS NOT NULL))
);
COMMENT ON TABLE indicator_value IS 'Declared indicators for every place they are declared for, with margins carried through.';
COMMENT ON COLUMN indicator_value.method IS 'published (one unit''s own figure or its counts), summed (counts of units added up), derived (median of counts by interval added up) or index (units compared).';
COMMENT ON COLUMN indicator_value.value IS 'The figure, in the unit of the indicator.';
COMMENT ON COLUMN indicator_value.se IS 'Standard error, same unit.';
COMMENT ON COLUMN indicator_value.moe90 IS 'Margin of error at 90 percent, same unit.';
COMMENT ON COLUMN indicator_value.numerator IS 'Count above the line.';
COMMENT ON COLUMN indicator_value.denominator IS 'Count below the line.';
COMMENT ON COLUMN indicator_value.units IS '[units] How many units were added up.';
COMMENT ON COLUMN indicator_value.reason IS 'Why the figure is missing or unreliable.';
COMMENT ON COLUMN indicator_value.rank IS 'Rank, 1 is best.';
COMMENT ON COLUMN indicator_value.rank_of IS 'How many were ranked.';
