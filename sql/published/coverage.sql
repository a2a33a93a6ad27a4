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
COMMENT ON COLUMN coverage.coalition_id IS 'Coalition.';
COMMENT ON COLUMN coverage.place_id IS 'Place made of units.';
COMMENT ON COLUMN coverage.source_id IS 'Dataset.';
COMMENT ON COLUMN coverage.vintage IS 'Release or edition.';
COMMENT ON COLUMN coverage.unit_type IS 'Kind of unit.';
COMMENT ON COLUMN coverage.units IS '[units] Units that give the place at least one percent of their people.';
COMMENT ON COLUMN coverage.units_with_value IS '[units] Of these, with a value.';
COMMENT ON COLUMN coverage.population_share IS '[share] Of the places people, those in units with a value.';
COMMENT ON COLUMN coverage.predicted_share IS '[share] Of the people in units with a value, those in units predicted by a model.';
COMMENT ON COLUMN coverage.missing IS 'Names of the units without a value, largest first.';
