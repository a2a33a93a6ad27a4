CREATE TABLE coverage (
    coalition_id VARCHAR NOT NULL,
    place_id VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    vintage VARCHAR NOT NULL,
    unit_type VARCHAR NOT NULL,
    units BIGINT NOT NULL,
    units_with_value BIGINT NOT NULL,
    population_share DOUBLE,
    predicted_share DOUBLE,
    missing VARCHAR,
    PRIMARY KEY (coalition_id, place_id, source_id, vintage, unit_type),
    FOREIGN KEY (place_id) REFERENCES place (place_id),
    FOREIGN KEY (coalition_id) REFERENCES coalition (coalition_id),
    FOREIGN KEY (source_id, vintage) REFERENCES source (source_id, vintage),
    CHECK (units_with_value BETWEEN 0 AND units),
    CHECK (population_share BETWEEN 0 AND 1 + 1e-9)
);
COMMENT ON TABLE coverage IS 'How much of each place of a coalition the units with a value cover, by source.';
