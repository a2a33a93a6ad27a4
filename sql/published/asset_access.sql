CREATE TABLE asset_access (
    place_id VARCHAR NOT NULL,
    asset_type VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    vintage VARCHAR NOT NULL,
    method VARCHAR NOT NULL,
    count BIGINT NOT NULL,
    people DOUBLE,
    people_year INTEGER,
    per_10000 DOUBLE,
    nearest_km DOUBLE,
    edge_share DOUBLE,
    stated_elsewhere BIGINT NOT NULL,
    reason VARCHAR,
    note VARCHAR NOT NULL,
    caveat VARCHAR NOT NULL,
    PRIMARY KEY (place_id, asset_type, source_id, vintage, method),
    FOREIGN KEY (place_id) REFERENCES place (place_id),
    FOREIGN KEY (source_id, vintage) REFERENCES source (source_id, vintage),
    CHECK (count >= 0),
    CHECK (people >= 0),
    CHECK (per_10000 >= 0),
    CHECK (nearest_km >= 0),
    CHECK (edge_share BETWEEN 0 AND 1 + 1e-9),
    CHECK (stated_elsewhere BETWEEN 0 AND count),
    CHECK ((people IS NULL) = (people_year IS NULL)),
    CHECK ((edge_share IS NULL) = (nearest_km IS NULL)),
    CHECK (reason IS NOT NULL OR (per_10000 IS NOT NULL AND nearest_km IS NOT NULL))
);
COMMENT ON TABLE asset_access IS 'How many assets of each type a place has, by its people, and how far its people live from the nearest; one row for every place that the list covers, also where there is none.';
COMMENT ON COLUMN asset_access.asset_type IS 'Type of asset, as in asset.';
COMMENT ON COLUMN asset_access.method IS 'tract_parts: distances from the centers of the parts of 2010 tracts in the place, by their people.';
COMMENT ON COLUMN asset_access.count IS '[assets] Assets whose point lies in the place and that are counted (see asset.not_counted).';
COMMENT ON COLUMN asset_access.people IS '[people] People of the place in people_year.';
COMMENT ON COLUMN asset_access.people_year IS '[year] Census whose people are counted: the nearest to the year of the list for which tracts are assigned to the place; of a list without a date 2010.';
COMMENT ON COLUMN asset_access.per_10000 IS '[per 10,000 people] Assets over people.';
COMMENT ON COLUMN asset_access.nearest_km IS '[kilometers] Mean distance, as the crow flies, from where the people of 2010 live to the nearest asset of the type, in the place or not.';
COMMENT ON COLUMN asset_access.edge_share IS '[share] Part of the people who live nearer to the edge of all areas that the list covers than to that asset: an asset beyond it that the list does not hold may be nearer. A shore is an edge too.';
COMMENT ON COLUMN asset_access.stated_elsewhere IS '[assets] Counted assets whose address or area code names another place.';
COMMENT ON COLUMN asset_access.reason IS 'Why a figure is missing.';
COMMENT ON COLUMN asset_access.note IS 'What the list holds that counts in no place.';
COMMENT ON COLUMN asset_access.caveat IS 'What must be said with the figures.';
