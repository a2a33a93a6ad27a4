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
    CHECK (units_with_value BETWEEN 0 AND units),
    CHECK (population_share BETWEEN 0 AND 1 + 1e-9),
    CHECK (predicted_share BETWEEN 0 AND 1 + 1e-9)
);
COMMENT ON TABLE coverage IS 'How much of each place of a coalition the units with a value cover, by source.';
COMMENT ON COLUMN coverage.place_id IS 'Place that is made of units.';
COMMENT ON COLUMN coverage.unit_type IS 'Kind of unit.';
COMMENT ON COLUMN coverage.units IS '[units] Units that give the place at least one percent of their people.';
COMMENT ON COLUMN coverage.units_with_value IS '[units] Of these, with a value.';
COMMENT ON COLUMN coverage.population_share IS '[share] Of the place''s people, those in units with a value; NULL where populations are not known.';
COMMENT ON COLUMN coverage.predicted_share IS '[share] Of the people in units with a value, those in units whose table is predicted by a model.';
COMMENT ON COLUMN coverage.missing IS 'Names of the units without a value, largest first.';
