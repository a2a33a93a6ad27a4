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
COMMENT ON COLUMN crosswalk.to_place_id IS 'Place that receives the share.';
