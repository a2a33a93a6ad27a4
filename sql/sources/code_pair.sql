CREATE TABLE code_pair (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    from_level VARCHAR NOT NULL,
    from_code VARCHAR NOT NULL,
    to_level VARCHAR NOT NULL,
    to_code VARCHAR NOT NULL,
    residential_share DOUBLE,
    business_share DOUBLE,
    other_share DOUBLE,
    total_share DOUBLE,
    attributes VARCHAR,
    unparsed VARCHAR,
    PRIMARY KEY (vintage, from_level, from_code, to_level, to_code),
    CHECK (from_level IN ('zip', 'zcta', 'tract')),
    CHECK (to_level IN ('county', 'tract')),
    CHECK (length(from_code) = CASE from_level WHEN 'tract' THEN 11 ELSE 5 END),
    CHECK (length(to_code) = CASE to_level WHEN 'tract' THEN 11 ELSE 5 END),
    CHECK (residential_share BETWEEN 0 AND 1),
    CHECK (business_share BETWEEN 0 AND 1),
    CHECK (other_share BETWEEN 0 AND 1),
    CHECK (total_share BETWEEN 0 AND 1),
    CHECK (unparsed IS NULL)
);
COMMENT ON TABLE code_pair IS 'Codes that belong together: ZIP codes and the counties they reach into, ZCTAs and the tracts they touch, Connecticut tracts and their codes since 2022.';
COMMENT ON COLUMN code_pair.from_level IS 'zip, zcta or tract.';
COMMENT ON COLUMN code_pair.from_code IS 'ZIP code or ZCTA, 5 digits, or 2020 tract, 11 digits.';
COMMENT ON COLUMN code_pair.to_level IS 'county or tract.';
COMMENT ON COLUMN code_pair.to_code IS 'County, 5 digits, or tract, 11 digits: of the census of the edition for a ZCTA, of 2022 for a tract.';
COMMENT ON COLUMN code_pair.residential_share IS '[share] Residential addresses in the county, of all of the ZIP code; all are 0 where nobody lives. NULL for other pairs.';
COMMENT ON COLUMN code_pair.business_share IS '[share] Business addresses in the county, of all of the ZIP code; NULL for other pairs.';
COMMENT ON COLUMN code_pair.other_share IS '[share] Other addresses in the county, of all of the ZIP code; NULL for other pairs.';
COMMENT ON COLUMN code_pair.total_share IS '[share] All addresses in the county, of all of the ZIP code; NULL for other pairs.';
COMMENT ON COLUMN code_pair.attributes IS 'Other texts of the row as JSON; names of Connecticut are cut short as printed. NULL for ZIP codes, whose file has no others.';
