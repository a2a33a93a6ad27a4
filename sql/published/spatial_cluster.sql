CREATE TABLE spatial_cluster (
    comparison_set VARCHAR NOT NULL,
    place_id VARCHAR NOT NULL,
    indicator_id VARCHAR NOT NULL,
    period_start INTEGER NOT NULL,
    period_end INTEGER NOT NULL,
    source_id VARCHAR NOT NULL,
    vintage VARCHAR NOT NULL,
    population_group VARCHAR NOT NULL,
    method VARCHAR NOT NULL,
    value DOUBLE,
    neighbors BIGINT NOT NULL,
    local_i DOUBLE,
    p_value DOUBLE,
    q_value DOUBLE,
    cluster VARCHAR,
    need BOOLEAN,
    reason VARCHAR,
    caveat VARCHAR,
    seed INTEGER NOT NULL,
    PRIMARY KEY (comparison_set, place_id, indicator_id, period_start, period_end, source_id, vintage, population_group, method),
    FOREIGN KEY (place_id) REFERENCES place (place_id),
    FOREIGN KEY (indicator_id) REFERENCES indicator (indicator_id),
    FOREIGN KEY (source_id, vintage) REFERENCES source (source_id, vintage),
    CHECK (cluster IN ('high_high', 'low_low', 'high_low', 'low_high', 'not_significant', 'island')),
    CHECK (p_value BETWEEN 0 AND 1),
    CHECK (q_value >= p_value AND q_value <= 1),
    CHECK (local_i IS NOT NULL OR reason IS NOT NULL)
);
COMMENT ON TABLE spatial_cluster IS 'Where on the map like figures lie together more than chance would bring: local Moran, with false discovery held at 5 percent.';
COMMENT ON COLUMN spatial_cluster.indicator_id IS 'What is mapped.';
COMMENT ON COLUMN spatial_cluster.method IS 'How the figures of the places were made.';
COMMENT ON COLUMN spatial_cluster.value IS 'Figure of the place, in the unit of the indicator.';
COMMENT ON COLUMN spatial_cluster.neighbors IS 'Places of the set that border on it.';
COMMENT ON COLUMN spatial_cluster.local_i IS 'Local Moran statistic: positive where a place resembles its neighbors.';
COMMENT ON COLUMN spatial_cluster.p_value IS 'Two-sided, by dealing the values of the other places at random 9,999 times.';
COMMENT ON COLUMN spatial_cluster.q_value IS 'The same adjusted for the number of places tested (false discovery rate).';
COMMENT ON COLUMN spatial_cluster.cluster IS 'high_high, low_low, high_low (high among low), low_high, not_significant or island.';
COMMENT ON COLUMN spatial_cluster.need IS 'Whether the place lies in a cluster of figures that are worse than the mean of the set; NULL where neither more nor less is better.';
COMMENT ON COLUMN spatial_cluster.reason IS 'Why there is no statistic.';
COMMENT ON COLUMN spatial_cluster.caveat IS 'The sentence that goes with the figure.';
