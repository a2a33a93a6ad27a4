CREATE TABLE equity_review (
    coalition_id VARCHAR NOT NULL,
    place_id VARCHAR NOT NULL,
    reference_place_id VARCHAR NOT NULL,
    indicator_id VARCHAR NOT NULL,
    period_from VARCHAR NOT NULL,
    period_to VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    vintage VARCHAR NOT NULL,
    vintage_from VARCHAR NOT NULL,
    population_group VARCHAR NOT NULL,
    method VARCHAR NOT NULL,
    value_from DOUBLE NOT NULL,
    value_to DOUBLE NOT NULL,
    level_change DOUBLE,
    level_change_low DOUBLE,
    level_change_high DOUBLE,
    level_verdict VARCHAR,
    gap_from DOUBLE NOT NULL,
    gap_to DOUBLE NOT NULL,
    gap_change DOUBLE,
    gap_change_low DOUBLE,
    gap_change_high DOUBLE,
    gap_verdict VARCHAR,
    finding VARCHAR,
    reliability VARCHAR NOT NULL,
    reason VARCHAR,
    quotable VARCHAR NOT NULL,
    caveat VARCHAR,
    PRIMARY KEY (coalition_id, place_id, reference_place_id, indicator_id, period_from, period_to, source_id, vintage, population_group, method),
    FOREIGN KEY (coalition_id) REFERENCES coalition (coalition_id),
    FOREIGN KEY (place_id) REFERENCES place (place_id),
    FOREIGN KEY (reference_place_id) REFERENCES place (place_id),
    FOREIGN KEY (indicator_id) REFERENCES indicator (indicator_id),
    FOREIGN KEY (source_id, vintage) REFERENCES source (source_id, vintage),
    CHECK (level_verdict IN ('improved', 'worsened', 'rose', 'fell', 'no_clear_change')),
    CHECK (gap_verdict IN ('narrowed', 'widened', 'fell_behind', 'passed', 'changed_sides', 'no_clear_change')),
    CHECK (level_change_low <= level_change AND level_change <= level_change_high),
    CHECK (gap_change_low <= gap_change AND gap_change <= gap_change_high),
    CHECK (level_change IS NOT NULL OR reason IS NOT NULL),
    CHECK ((level_change IS NULL) = (finding IS NULL)),
    CHECK (level_change_low IS NOT NULL OR reason IS NOT NULL),
    CHECK (reliability IN ('good', 'caution', 'unreliable', 'withheld')),
    CHECK (quotable IN ('yes', 'with_caveat', 'no')),
    CHECK (quotable = 'yes' OR caveat IS NOT NULL)
);
COMMENT ON TABLE equity_review IS 'Who gained between the first and the latest period of a series and who did not: the change of each place''s level and of its gap to the reference.';
COMMENT ON COLUMN equity_review.indicator_id IS 'What is reviewed; life_expectancy, or an indicator.';
COMMENT ON COLUMN equity_review.period_from IS 'First period of the series that both places have.';
COMMENT ON COLUMN equity_review.period_to IS 'Latest period that shares no year with the first.';
COMMENT ON COLUMN equity_review.vintage IS 'Edition of the latest period.';
COMMENT ON COLUMN equity_review.vintage_from IS 'Edition of the first period.';
COMMENT ON COLUMN equity_review.method IS 'How the place''s figures were made.';
COMMENT ON COLUMN equity_review.value_from IS 'Value of the place in the first period, in the unit of the indicator.';
COMMENT ON COLUMN equity_review.value_to IS 'Value of the place in the latest period.';
COMMENT ON COLUMN equity_review.level_change IS 'Latest less first value of the place, in the unit of the indicator.';
COMMENT ON COLUMN equity_review.level_change_low IS 'Lower 95 percent limit.';
COMMENT ON COLUMN equity_review.level_change_high IS 'Upper 95 percent limit.';
COMMENT ON COLUMN equity_review.level_verdict IS 'improved or worsened, rose or fell where no direction is better; no_clear_change within the error; NULL without one.';
COMMENT ON COLUMN equity_review.gap_from IS 'Reference less place in the first period.';
COMMENT ON COLUMN equity_review.gap_to IS 'Reference less place in the latest period.';
COMMENT ON COLUMN equity_review.gap_change IS 'Latest less first gap.';
COMMENT ON COLUMN equity_review.gap_change_low IS 'Lower 95 percent limit.';
COMMENT ON COLUMN equity_review.gap_change_high IS 'Upper 95 percent limit.';
COMMENT ON COLUMN equity_review.gap_verdict IS 'narrowed or widened, by its size; fell_behind or passed (changed_sides where no direction is better) where the place was on one side of the reference and is on the other; no_clear_change within the error; NULL without one.';
COMMENT ON COLUMN equity_review.finding IS 'Both changes in plain sentences, to be read with quotable and caveat.';
COMMENT ON COLUMN equity_review.reliability IS 'The worst of both places and both periods.';
COMMENT ON COLUMN equity_review.reason IS 'Why no change is told, or it has no interval.';
