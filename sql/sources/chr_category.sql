CREATE TABLE chr_category (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    category_id INTEGER NOT NULL,
    state_fips VARCHAR NOT NULL,
    county_fips VARCHAR NOT NULL,
    z_score DOUBLE,
    rank INTEGER,
    quartile INTEGER,
    health_group INTEGER,
    state_comparison INTEGER,
    us_comparison INTEGER,
    last_updated VARCHAR,
    unparsed VARCHAR,
    PRIMARY KEY (vintage, category_id, county_fips),
    CHECK (length(county_fips) = 5),
    CHECK (rank >= 1),
    CHECK (quartile BETWEEN 1 AND 5 OR quartile = 999),
    CHECK (health_group BETWEEN 1 AND 10),
    CHECK (state_comparison BETWEEN 1 AND 5),
    CHECK (us_comparison BETWEEN 1 AND 5),
    CHECK (unparsed IS NULL)
);
COMMENT ON TABLE chr_category IS 'Summary scores of counties by release: z-score, rank within the state (to 2023), quartile, group.';
COMMENT ON COLUMN chr_category.year IS '[year] Release year, as printed.';
COMMENT ON COLUMN chr_category.category_id IS 'Summary: 1 health outcomes, 2 health factors; 31 and 32 from 2025.';
COMMENT ON COLUMN chr_category.county_fips IS 'County code, 5 digits; ends in 000 for a state.';
COMMENT ON COLUMN chr_category.z_score IS '[standard deviations] Score; higher is worse. Within the state to 2023, national from 2024.';
COMMENT ON COLUMN chr_category.rank IS 'Rank in the state, 1 is best; 999 is not ranked; NULL from 2024.';
COMMENT ON COLUMN chr_category.quartile IS 'Class in the state: quartiles in most, up to five classes in some of few counties.';
COMMENT ON COLUMN chr_category.health_group IS 'Group 1 (best) to 10, from 2024.';
COMMENT ON COLUMN chr_category.state_comparison IS 'Code of the comparison with the state, from 2024: 1 to 3, in 2025 1 to 5.';
COMMENT ON COLUMN chr_category.us_comparison IS 'Code of the comparison with the nation, from 2024: 1 to 3, in 2025 1 to 5.';
