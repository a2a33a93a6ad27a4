CREATE TABLE chr_part_score (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    level VARCHAR NOT NULL,
    summary_id INTEGER NOT NULL,
    county_fips VARCHAR NOT NULL,
    z_score DOUBLE,
    rank INTEGER,
    quartile INTEGER,
    sign VARCHAR,
    last_updated VARCHAR,
    unparsed VARCHAR,
    PRIMARY KEY (vintage, level, summary_id, county_fips),
    CHECK (level IN ('factor', 'focus_area')),
    CHECK (length(county_fips) = 5),
    CHECK (rank BETWEEN 1 AND 300),
    CHECK (quartile BETWEEN 1 AND 5),
    CHECK (unparsed IS NULL)
);
COMMENT ON TABLE chr_part_score IS 'Scores of counties by release in the factors that summaries are made of, and in the focus areas that factors are made of.';
COMMENT ON COLUMN chr_part_score.year IS '[year] Release year, as printed.';
COMMENT ON COLUMN chr_part_score.level IS 'What the row is of: factor or focus_area.';
COMMENT ON COLUMN chr_part_score.summary_id IS 'Number of the factor or focus area; names stand in chr_summary_name.';
COMMENT ON COLUMN chr_part_score.z_score IS '[standard deviations] Weighted score; higher is worse. Within the state to 2023, national from 2024.';
COMMENT ON COLUMN chr_part_score.rank IS 'Rank in the state, 1 is best; NULL where not ranked and from 2024.';
COMMENT ON COLUMN chr_part_score.quartile IS 'Class in the state: quartiles in most, up to five classes in some of few counties.';
COMMENT ON COLUMN chr_part_score.sign IS 'Sign in the place of a rank, as column=text: 999 is not ranked.';
