CREATE TABLE life_table (
    place_id VARCHAR NOT NULL,
    period_start INTEGER NOT NULL,
    period_end INTEGER NOT NULL,
    source_id VARCHAR NOT NULL,
    vintage VARCHAR NOT NULL,
    population_group VARCHAR NOT NULL,
    method VARCHAR NOT NULL,
    age_start INTEGER NOT NULL,
    age_end INTEGER,
    people DOUBLE,
    mx DOUBLE,
    nqx DOUBLE,
    lx DOUBLE,
    "nLx" DOUBLE,
    "Tx" DOUBLE,
    ex DOUBLE,
    se DOUBLE,
    source_file VARCHAR,
    source_row INTEGER,
    PRIMARY KEY (place_id, period_start, period_end, source_id, vintage, population_group, method, age_start),
    FOREIGN KEY (place_id) REFERENCES place (place_id),
    FOREIGN KEY (source_id, vintage) REFERENCES source (source_id, vintage),
    CHECK (method IN ('published', 'life_table', 'pooled_a', 'pooled_a_prime', 'pooled_b', 'weighted_mean')),
    CHECK (nqx BETWEEN 0 AND 1),
    CHECK (se >= 0)
);
COMMENT ON TABLE life_table IS 'Life tables: those of the tracts and of the nation as published, those of the places tracts make, and those made from deaths.';
COMMENT ON COLUMN life_table.method IS 'How it was made: published, life_table, pooled_a, pooled_a_prime, pooled_b or weighted_mean.';
COMMENT ON COLUMN life_table.people IS '[people] Weight of the band, for pooled tables; person-years of the deaths, for tables made from deaths.';
COMMENT ON COLUMN life_table.mx IS '[deaths per person-year] Death rate; of published tables the one that their columns imply.';
COMMENT ON COLUMN life_table.se IS '[years] Standard error of ex; NULL where the publisher prints none, as for the nation.';
COMMENT ON COLUMN life_table.source_file IS 'File, for published tables; what the others are made of stands in crosswalk and life_table_input.';
COMMENT ON COLUMN life_table.source_row IS 'Data row of it, for published tables.';
