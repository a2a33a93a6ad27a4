CREATE TABLE priority_index (
    coalition_id VARCHAR NOT NULL,
    comparison_set VARCHAR NOT NULL,
    place_id VARCHAR NOT NULL,
    priority_area VARCHAR NOT NULL,
    period_start INTEGER NOT NULL,
    period_end INTEGER NOT NULL,
    method VARCHAR NOT NULL,
    score DOUBLE,
    rank DOUBLE,
    rank_low DOUBLE,
    rank_high DOUBLE,
    probability_worst_quarter DOUBLE,
    priority BOOLEAN,
    places BIGINT NOT NULL,
    indicators_used VARCHAR,
    indicators_left_out VARCHAR,
    drawn_weight DOUBLE,
    reason VARCHAR,
    quotable VARCHAR NOT NULL,
    caveat VARCHAR,
    seed INTEGER NOT NULL,
    PRIMARY KEY (coalition_id, comparison_set, place_id, priority_area, period_start, period_end, method),
    FOREIGN KEY (coalition_id) REFERENCES coalition (coalition_id),
    FOREIGN KEY (place_id) REFERENCES place (place_id),
    CHECK (rank_low <= rank AND rank <= rank_high),
    CHECK (probability_worst_quarter BETWEEN 0 AND 1),
    CHECK (quotable IN ('yes', 'with_caveat', 'no')),
    CHECK (score IS NOT NULL OR reason IS NOT NULL),
    CHECK (quotable = 'yes' OR caveat IS NOT NULL)
);
COMMENT ON TABLE priority_index IS 'Which places of a set are most in need, by priority area, with how sure the rank is.';
COMMENT ON COLUMN priority_index.period_start IS '[year] First year of the figures that went in.';
COMMENT ON COLUMN priority_index.period_end IS '[year] Last year of the figures that went in.';
COMMENT ON COLUMN priority_index.method IS 'z_scores: mean of z-scores within the set, capped at 3, equal weights.';
COMMENT ON COLUMN priority_index.score IS 'Mean z-score: the higher, the more in need.';
COMMENT ON COLUMN priority_index.rank IS 'Median rank of the draws among the places of the set, 1 the most in need.';
COMMENT ON COLUMN priority_index.rank_low IS 'Lower 95 percent limit of the rank, from draws. Too short at both ends of the list where neighbors lie within their errors: of 20 places 0.2 standard errors apart it holds the rank of the worst 82 times of 100.';
COMMENT ON COLUMN priority_index.rank_high IS 'Upper 95 percent limit of the rank, from draws; as rank_low, too short where places lie within their errors.';
COMMENT ON COLUMN priority_index.probability_worst_quarter IS 'Share of the draws in which the place belongs to the quarter most in need.';
COMMENT ON COLUMN priority_index.priority IS 'Whether that probability is at least 0.8; never a bare rank.';
COMMENT ON COLUMN priority_index.places IS 'Places of the set with a score.';
COMMENT ON COLUMN priority_index.indicators_used IS 'What the score is made of: indicator (source, edition), for all places of the set.';
COMMENT ON COLUMN priority_index.indicators_left_out IS 'Indicators of the priority area that were not used: no figure for most places, no standard error, no better direction, or a source that must not rank.';
COMMENT ON COLUMN priority_index.drawn_weight IS 'Share of the weight behind the score that has standard errors.';
COMMENT ON COLUMN priority_index.reason IS 'Why there is no score.';
COMMENT ON COLUMN priority_index.caveat IS 'The sentence that must go with the rank, or why it must not be quoted.';
