CREATE TABLE crosswalk (
    from_place_id VARCHAR NOT NULL,
    partition VARCHAR NOT NULL,
    to_place_id VARCHAR NOT NULL,
    weight DOUBLE NOT NULL,
    basis VARCHAR NOT NULL,
    source_id VARCHAR,
    vintage VARCHAR,
    PRIMARY KEY (from_place_id, partition, to_place_id),
    FOREIGN KEY (from_place_id) REFERENCES place (place_id),
    FOREIGN KEY (partition) REFERENCES partition (partition),
    CHECK (weight > 0 AND weight <= 1 + 1e-9),
    CHECK (basis IN ('published', 'population', 'area', 'unofficial'))
);
COMMENT ON TABLE crosswalk IS 'How units are shared out among other places: the weight of a unit that goes to each. Weights of a unit sum to 1 within a partition; what lies in none of its places is a row outside.';
COMMENT ON COLUMN crosswalk.from_place_id IS 'Unit that is shared out.';
COMMENT ON COLUMN crosswalk.partition IS 'Set of places it is shared out among. county_now, county_before, tract_now, tract_before lead between places that changed; no figure is made of them.';
COMMENT ON COLUMN crosswalk.to_place_id IS 'Place that receives the share, or outside.';
COMMENT ON COLUMN crosswalk.weight IS '[share] Part of the unit''s people that goes there.';
COMMENT ON COLUMN crosswalk.basis IS 'published (the publisher''s own assignment), population, area, or unofficial.';
COMMENT ON COLUMN crosswalk.source_id IS 'Dataset the weight rests on; NULL where it rests on none: a coalition''s own list, a county that merged.';
COMMENT ON COLUMN crosswalk.vintage IS 'Release or edition of the dataset; NULL with source_id.';
