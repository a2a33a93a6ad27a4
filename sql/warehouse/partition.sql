CREATE TABLE partition (
    partition VARCHAR NOT NULL,
    purpose VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    place_type VARCHAR,
    assigned BOOLEAN NOT NULL,
    within_place_id VARCHAR,
    places INTEGER,
    PRIMARY KEY (partition),
    CHECK (purpose IN ('figures', 'succession', 'conversion')),
    CHECK (places > 0)
);
COMMENT ON TABLE partition IS 'The sets of places that units are shared out among: areas of cities, counties, footprints, and what places became.';
COMMENT ON COLUMN partition.partition IS 'Set of places; the crosswalk has the shares.';
COMMENT ON COLUMN partition.purpose IS 'figures (made for its places out of units), succession (what places became, and were before) or conversion (between tracts of two censuses).';
COMMENT ON COLUMN partition.title IS 'What the places are, in plain words.';
COMMENT ON COLUMN partition.place_type IS 'Type of its places; empty where they are of several types.';
COMMENT ON COLUMN partition.assigned IS 'Whether each unit goes to one place, by a list; else it may be cut.';
COMMENT ON COLUMN partition.within_place_id IS 'City whose areas they are; empty where the places lie in no one city.';
COMMENT ON COLUMN partition.places IS '[places] How many there are, where that is fixed.';
