CREATE TABLE asset (
    asset_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    asset_type VARCHAR NOT NULL,
    place_id VARCHAR,
    covered_place_id VARCHAR NOT NULL,
    latitude DOUBLE,
    longitude DOUBLE,
    located VARCHAR NOT NULL,
    address VARCHAR,
    stated_place VARCHAR,
    agrees BOOLEAN,
    status VARCHAR,
    not_counted VARCHAR,
    coalition_id VARCHAR,
    source_id VARCHAR NOT NULL,
    vintage VARCHAR NOT NULL,
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    PRIMARY KEY (asset_id),
    FOREIGN KEY (place_id) REFERENCES place (place_id),
    FOREIGN KEY (covered_place_id) REFERENCES place (place_id),
    FOREIGN KEY (coalition_id) REFERENCES coalition (coalition_id),
    FOREIGN KEY (source_id, vintage) REFERENCES source (source_id, vintage),
    CHECK (latitude BETWEEN -90 AND 90),
    CHECK (longitude BETWEEN -180 AND 180),
    CHECK ((longitude IS NULL) = (latitude IS NULL)),
    CHECK (located IN ('inside', 'outside', 'nowhere')),
    CHECK ((located = 'inside') = (place_id IS NOT NULL)),
    CHECK ((located = 'nowhere') = (latitude IS NULL)),
    CHECK (not_counted IN ('twice', 'closed', 'status_unknown')),
    CHECK ((agrees IS NULL) = (stated_place IS NULL OR place_id IS NULL))
);
COMMENT ON TABLE asset IS 'Clinics, pharmacies, schools, centers, markets, groceries, libraries and others as points, by the edition of their list, each in the place whose shape holds it.';
COMMENT ON COLUMN asset.asset_id IS 'Type, city or coalition, edition, and number or row within it.';
COMMENT ON COLUMN asset.name IS 'Name as printed; names repeat.';
COMMENT ON COLUMN asset.asset_type IS 'What it is: health_center, mental_health_clinic, wic_clinic, sti_clinic, hospital, pharmacy, school, senior_center, service_center, recreation_site, library, grocery, corner_store, farmers_market.';
COMMENT ON COLUMN asset.place_id IS 'Area whose shape holds the point; NULL where it lies in none or has no coordinates.';
COMMENT ON COLUMN asset.covered_place_id IS 'Place that the list covers: its areas without an asset have none.';
COMMENT ON COLUMN asset.latitude IS '[degrees] North of the equator, as printed.';
COMMENT ON COLUMN asset.longitude IS '[degrees] East of Greenwich, as printed.';
COMMENT ON COLUMN asset.located IS 'inside an area, outside all of them, or nowhere (no coordinates).';
COMMENT ON COLUMN asset.address IS 'Street address as printed.';
COMMENT ON COLUMN asset.stated_place IS 'Place that the list names, by the ZIP code of the address or the number of the area; NULL where it names none.';
COMMENT ON COLUMN asset.agrees IS 'Whether that is the place whose shape holds the point. The shape decides.';
COMMENT ON COLUMN asset.status IS 'Whether it is open, as printed; NULL where the list does not say.';
COMMENT ON COLUMN asset.not_counted IS 'Why it is not counted: twice (its list has it under another row: the same number, or the same name within 50 meters), closed, or status_unknown; NULL where it counts.';
COMMENT ON COLUMN asset.coalition_id IS 'Coalition that lists it itself; NULL for public lists.';
