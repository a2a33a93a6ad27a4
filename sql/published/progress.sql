CREATE TABLE progress (
    coalition_id VARCHAR NOT NULL,
    target_id VARCHAR NOT NULL,
    place_id VARCHAR NOT NULL,
    reference_place_id VARCHAR NOT NULL,
    indicator_id VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    vintage VARCHAR NOT NULL,
    population_group VARCHAR NOT NULL,
    method VARCHAR NOT NULL,
    baseline_kind VARCHAR NOT NULL,
    baseline_value DOUBLE,
    baseline_se DOUBLE,
    baseline_period VARCHAR,
    latest_value DOUBLE,
    latest_se DOUBLE,
    latest_period VARCHAR,
    periods BIGINT NOT NULL,
    target_value DOUBLE,
    target_year INTEGER,
    percent_achieved DOUBLE,
    percent_low DOUBLE,
    percent_high DOUBLE,
    percent_of_baseline DOUBLE,
    pace_required DOUBLE,
    pace_observed DOUBLE,
    pace_ratio DOUBLE,
    change_exceeds_noise BOOLEAN,
    projection DOUBLE,
    projection_low DOUBLE,
    projection_high DOUBLE,
    probability_met DOUBLE,
    indicative BOOLEAN NOT NULL,
    status VARCHAR NOT NULL,
    reason VARCHAR,
    projection_reason VARCHAR,
    quotable VARCHAR NOT NULL,
    caveat VARCHAR,
    PRIMARY KEY (coalition_id, target_id, place_id, reference_place_id, indicator_id, source_id, vintage, population_group, method, baseline_kind),
    FOREIGN KEY (coalition_id) REFERENCES coalition (coalition_id),
    FOREIGN KEY (place_id) REFERENCES place (place_id),
    FOREIGN KEY (indicator_id) REFERENCES indicator (indicator_id),
    FOREIGN KEY (source_id, vintage) REFERENCES source (source_id, vintage),
    CHECK (baseline_kind IN ('stated', 'own_first')),
    CHECK (status IN ('target_met', 'improving', 'little_change', 'getting_worse', 'not_assessable')),
    CHECK (quotable IN ('yes', 'with_caveat', 'no')),
    CHECK (percent_low <= percent_achieved AND percent_achieved <= percent_high),
    CHECK (projection_low <= projection AND projection <= projection_high),
    CHECK (probability_met BETWEEN 0 AND 1),
    CHECK (baseline_se >= 0),
    CHECK (latest_se >= 0),
    CHECK (status <> 'not_assessable' OR reason IS NOT NULL),
    CHECK (quotable = 'yes' OR caveat IS NOT NULL)
);
COMMENT ON TABLE progress IS 'How far each place is on its way: to every version of every target of its coalition, and for each indicator that has a series.';
COMMENT ON COLUMN progress.target_id IS 'Version of a target; none where an indicator is followed without one.';
COMMENT ON COLUMN progress.reference_place_id IS 'Reference of a gap; none for an indicator of the place alone.';
COMMENT ON COLUMN progress.indicator_id IS 'What is followed.';
COMMENT ON COLUMN progress.vintage IS 'Edition of the latest value.';
COMMENT ON COLUMN progress.method IS 'How the figures were made.';
COMMENT ON COLUMN progress.baseline_kind IS 'stated: the period that the target names; own_first: the first period of the series itself, re-based.';
COMMENT ON COLUMN progress.baseline_value IS 'Value in the baseline period, in the unit of the indicator.';
COMMENT ON COLUMN progress.baseline_se IS 'Its standard error.';
COMMENT ON COLUMN progress.baseline_period IS 'Years of the baseline.';
COMMENT ON COLUMN progress.latest_value IS 'Latest value of the series.';
COMMENT ON COLUMN progress.latest_se IS 'Its standard error.';
COMMENT ON COLUMN progress.latest_period IS 'Years of the latest value.';
COMMENT ON COLUMN progress.periods IS 'Periods of the series with a figure.';
COMMENT ON COLUMN progress.target_value IS 'What the target asks of this place by its own baseline in this series.';
COMMENT ON COLUMN progress.target_year IS '[year] Year of the target.';
COMMENT ON COLUMN progress.percent_achieved IS '[percent] Of the way from baseline to target; negative when moving away.';
COMMENT ON COLUMN progress.percent_low IS '[percent] Lower 95 percent limit.';
COMMENT ON COLUMN progress.percent_high IS '[percent] Upper 95 percent limit.';
COMMENT ON COLUMN progress.percent_of_baseline IS '[percent] Latest value relative to the baseline.';
COMMENT ON COLUMN progress.pace_required IS 'Change per year from the latest value to the target; a closing gap has a negative pace.';
COMMENT ON COLUMN progress.pace_observed IS 'Change per year, by a weighted line through periods that share no years.';
COMMENT ON COLUMN progress.pace_ratio IS 'Observed over required pace.';
COMMENT ON COLUMN progress.change_exceeds_noise IS 'Whether the last change is beyond sampling error; NULL without standard errors.';
COMMENT ON COLUMN progress.projection IS 'Where the line leads in the year of the target.';
COMMENT ON COLUMN progress.projection_low IS 'Lower 95 percent limit.';
COMMENT ON COLUMN progress.projection_high IS 'Upper 95 percent limit.';
COMMENT ON COLUMN progress.probability_met IS 'Chance that the line meets the target.';
COMMENT ON COLUMN progress.indicative IS 'Whether the line rests on three or four periods only.';
COMMENT ON COLUMN progress.status IS 'target_met, improving, little_change, getting_worse or not_assessable.';
COMMENT ON COLUMN progress.reason IS 'Why there is no status, or no percent.';
COMMENT ON COLUMN progress.projection_reason IS 'Why there is no projection.';
