CREATE TABLE chr_rank_class (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    state_fips VARCHAR NOT NULL,
    rank_class INTEGER NOT NULL,
    rank_min INTEGER,
    rank_max INTEGER,
    total_counties INTEGER NOT NULL,
    ranked_counties INTEGER NOT NULL,
    not_ranked_min VARCHAR,
    not_ranked_max VARCHAR,
    last_updated VARCHAR,
    unparsed VARCHAR,
    PRIMARY KEY (year, state_fips, rank_class),
    CHECK (length(state_fips) = 2),
    CHECK (rank_class BETWEEN 1 AND 5),
    CHECK (rank_min <= rank_max),
    CHECK (ranked_counties <= total_counties),
    CHECK (not_ranked_min = '999'),
    CHECK (not_ranked_max = '999'),
    CHECK (unparsed IS NULL)
);
COMMENT ON TABLE chr_rank_class IS 'Ranks that make each class of the map, by release year and state.';
COMMENT ON COLUMN chr_rank_class.year IS '[year] Release year, as printed.';
COMMENT ON COLUMN chr_rank_class.rank_class IS 'Class: 1 holds the best ranks.';
COMMENT ON COLUMN chr_rank_class.rank_min IS 'First rank of the class; NULL where the state has no such class.';
COMMENT ON COLUMN chr_rank_class.rank_max IS 'Last rank of the class.';
COMMENT ON COLUMN chr_rank_class.total_counties IS '[counties] In the state.';
COMMENT ON COLUMN chr_rank_class.ranked_counties IS '[counties] Ranked.';
COMMENT ON COLUMN chr_rank_class.not_ranked_min IS 'Sign that counties without a rank carry, first; NULL where all are ranked.';
COMMENT ON COLUMN chr_rank_class.not_ranked_max IS 'The same, last.';
