CREATE TABLE coalition_asset (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    source_id VARCHAR NOT NULL,
    vintage VARCHAR NOT NULL,
    coalition_id VARCHAR NOT NULL,
    asset_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    type VARCHAR NOT NULL,
    latitude DOUBLE NOT NULL,
    longitude DOUBLE NOT NULL,
    place_id VARCHAR,
    address VARCHAR,
    zip_code VARCHAR,
    source VARCHAR,
    source_date VARCHAR,
    note VARCHAR,
    PRIMARY KEY (coalition_id, asset_id),
    CHECK (latitude BETWEEN -90 AND 90),
    CHECK (longitude BETWEEN -180 AND 180)
);
COMMENT ON TABLE coalition_asset IS 'Clinics, markets, libraries and others that a coalition lists.';
COMMENT ON COLUMN coalition_asset.asset_id IS 'The coalition''s own id of it.';
COMMENT ON COLUMN coalition_asset.name IS 'Name.';
COMMENT ON COLUMN coalition_asset.type IS 'What it is.';
COMMENT ON COLUMN coalition_asset.latitude IS '[degrees] Latitude, WGS 84.';
COMMENT ON COLUMN coalition_asset.longitude IS '[degrees] Longitude, WGS 84.';
COMMENT ON COLUMN coalition_asset.place_id IS 'Place it lies in, as the coalition says.';
COMMENT ON COLUMN coalition_asset.address IS 'Address.';
COMMENT ON COLUMN coalition_asset.zip_code IS 'ZIP code of the address.';
COMMENT ON COLUMN coalition_asset.source IS 'Where the coalition has it from.';
COMMENT ON COLUMN coalition_asset.source_date IS 'Year, month or day of that.';
