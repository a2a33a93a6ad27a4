CREATE TABLE crosswalk (
    to_place_id VARCHAR NOT NULL,
    from_place_id VARCHAR NOT NULL,
    partition VARCHAR NOT NULL,
    weight DOUBLE NOT NULL,
    basis VARCHAR NOT NULL,
    source_id VARCHAR,
    vintage VARCHAR,
    PRIMARY KEY (to_place_id, from_place_id),
    FOREIGN KEY (to_place_id) REFERENCES place (place_id),
    FOREIGN KEY (from_place_id) REFERENCES place (place_id),
    CHECK (weight > 0 AND weight <= 1 + 1e-9)
);
COMMENT ON TABLE crosswalk IS 'The units that places are made of, with the share of each unit that goes there; and counties and tracts that changed, with what they became and back.';
COMMENT ON COLUMN crosswalk.to_place_id IS 'Place that is made of units.';
COMMENT ON COLUMN crosswalk.from_place_id IS 'Unit.';
COMMENT ON COLUMN crosswalk.partition IS 'What the units are shared out among. county_now, county_before, tract_now, tract_before lead between places that changed; no figure is made of them.';
COMMENT ON COLUMN crosswalk.weight IS '[share] Part of the units people that goes to the place.';
COMMENT ON COLUMN crosswalk.basis IS 'published, population, area or unofficial.';
COMMENT ON COLUMN crosswalk.source_id IS 'Dataset the weight rests on; coalition where the coalitions own list says so.';
COMMENT ON COLUMN crosswalk.vintage IS 'Release or edition.';
