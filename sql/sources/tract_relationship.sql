CREATE TABLE tract_relationship (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    tract_2020 VARCHAR NOT NULL,
    land_2020 DOUBLE NOT NULL,
    tract_2010 VARCHAR NOT NULL,
    land_2010 DOUBLE NOT NULL,
    land_part DOUBLE NOT NULL,
    water_part DOUBLE NOT NULL,
    unparsed VARCHAR,
    PRIMARY KEY (vintage, tract_2020, tract_2010),
    CHECK (length(tract_2020) = 11),
    CHECK (length(tract_2010) = 11),
    CHECK (land_part >= 0),
    CHECK (unparsed IS NULL)
);
COMMENT ON TABLE tract_relationship IS 'Land that each 2020 tract shares with each 2010 tract.';
COMMENT ON COLUMN tract_relationship.tract_2020 IS '2020 tract, 11 digits.';
COMMENT ON COLUMN tract_relationship.land_2020 IS '[square meters] Land of the 2020 tract.';
COMMENT ON COLUMN tract_relationship.tract_2010 IS '2010 tract, 11 digits.';
COMMENT ON COLUMN tract_relationship.land_2010 IS '[square meters] Land of the 2010 tract.';
COMMENT ON COLUMN tract_relationship.land_part IS '[square meters] Land they share.';
COMMENT ON COLUMN tract_relationship.water_part IS '[square meters] Water they share.';
