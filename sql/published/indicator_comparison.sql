CREATE TABLE indicator_comparison (
    coalition_id VARCHAR NOT NULL,
    place_id VARCHAR NOT NULL,
    reference_place_id VARCHAR NOT NULL,
    indicator_id VARCHAR NOT NULL,
    period_start INTEGER NOT NULL,
    period_end INTEGER NOT NULL,
    source_id VARCHAR NOT NULL,
    vintage VARCHAR NOT NULL,
    population_group VARCHAR NOT NULL,
    method VARCHAR NOT NULL,
    place_value DOUBLE,
    reference_value DOUBLE,
    difference DOUBLE,
    ratio DOUBLE,
    se DOUBLE,
    ci_low DOUBLE,
    ci_high DOUBLE,
    p_value DOUBLE,
    verdict VARCHAR NOT NULL,
    reliability VARCHAR NOT NULL,
    reason VARCHAR,
    quotable VARCHAR NOT NULL,
    caveat VARCHAR,
    PRIMARY KEY (coalition_id, place_id, reference_place_id, indicator_id, period_start, period_end, source_id, vintage, population_group, method),
    FOREIGN KEY (coalition_id) REFERENCES coalition (coalition_id),
    FOREIGN KEY (place_id) REFERENCES place (place_id),
    FOREIGN KEY (reference_place_id) REFERENCES place (place_id),
    FOREIGN KEY (indicator_id) REFERENCES indicator (indicator_id),
    FOREIGN KEY (source_id, vintage) REFERENCES source (source_id, vintage),
    CHECK (verdict IN ('better', 'similar', 'worse', 'higher', 'lower', 'not_compared')),
    CHECK (quotable IN ('yes', 'with_caveat', 'no')),
    CHECK (quotable = 'yes' OR caveat IS NOT NULL),
    CHECK (reliability IN ('good', 'caution', 'unreliable', 'withheld')),
    CHECK (ci_low <= difference AND difference <= ci_high),
    CHECK (se >= 0),
    CHECK (p_value BETWEEN 0 AND 1),
    CHECK (verdict <> 'not_compared' OR reason IS NOT NULL)
);
COMMENT ON TABLE indicator_comparison IS 'Each place of a coalition against its references, indicator by indicator; the verdict is from the interval of the difference.';
COMMENT ON COLUMN indicator_comparison.indicator_id IS 'Indicator; its unit and direction stand in indicator.';
COMMENT ON COLUMN indicator_comparison.population_group IS 'all or <dimension>:<value>, the same on both sides.';
COMMENT ON COLUMN indicator_comparison.method IS 'How the figure of the place was made: published, summed, derived from counts by interval or an index of units.';
COMMENT ON COLUMN indicator_comparison.place_value IS 'Value of the place.';
COMMENT ON COLUMN indicator_comparison.reference_value IS 'Value of the reference.';
COMMENT ON COLUMN indicator_comparison.difference IS 'Reference less place, as for gaps, in the unit of the indicator.';
COMMENT ON COLUMN indicator_comparison.ratio IS 'Reference over place; NULL where the place has zero or a unit has negative numbers.';
COMMENT ON COLUMN indicator_comparison.se IS 'Standard error of the difference, both sides taken as independent.';
COMMENT ON COLUMN indicator_comparison.ci_low IS 'Lower 95 percent limit of the difference.';
COMMENT ON COLUMN indicator_comparison.ci_high IS 'Upper 95 percent limit of the difference.';
COMMENT ON COLUMN indicator_comparison.p_value IS 'Two-sided test of no difference.';
COMMENT ON COLUMN indicator_comparison.verdict IS 'The place against its reference: better, similar or worse; higher or lower where neither is better; not_compared, and reason says why.';
COMMENT ON COLUMN indicator_comparison.reliability IS 'The worse of both sides.';
COMMENT ON COLUMN indicator_comparison.reason IS 'Why there is no verdict, or why a side is unreliable.';
