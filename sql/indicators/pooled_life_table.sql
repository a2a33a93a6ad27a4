CREATE TABLE pooled_life_table (
    place_id VARCHAR NOT NULL,
    less_place_id VARCHAR NOT NULL,
    population_group VARCHAR NOT NULL,
    period_start INTEGER NOT NULL,
    period_end INTEGER NOT NULL,
    source_id VARCHAR NOT NULL,
    vintage VARCHAR NOT NULL,
    method VARCHAR NOT NULL,
    age_start INTEGER NOT NULL,
    age_end INTEGER,
    people DOUBLE NOT NULL,
    mx DOUBLE,
    ax DOUBLE,
    qx DOUBLE,
    lx DOUBLE,
    "nLx" DOUBLE,
    "Tx" DOUBLE,
    ex DOUBLE,
    se DOUBLE,
    se_shares DOUBLE,
    se_people DOUBLE,
    PRIMARY KEY (place_id, less_place_id, population_group, period_start, period_end, source_id, vintage, method, age_start),
    CHECK (people >= 0),
    CHECK (mx >= 0),
    CHECK (qx BETWEEN 0 AND 1),
    CHECK (lx BETWEEN 0 AND 100000),
    CHECK (ax BETWEEN 0 AND 1),
    CHECK (se >= se_shares AND se_shares >= 0),
    CHECK (se >= se_people AND se_people >= 0),
    CHECK (ex > 0)
);
COMMENT ON TABLE pooled_life_table IS 'Life tables of places taken together from the tables of their tracts; also of a reference without a place that lies inside it.';
COMMENT ON COLUMN pooled_life_table.less_place_id IS 'Place that is left out of it; empty where none is.';
COMMENT ON COLUMN pooled_life_table.method IS 'pooled_a_prime (weights: a survey''s people by age) or pooled_b (total population spread by each tract''s stationary shares).';
COMMENT ON COLUMN pooled_life_table.people IS '[people] Weight of the band.';
COMMENT ON COLUMN pooled_life_table.mx IS '[deaths per person-year] Death rate; NULL where no one of that age lives in the units.';
COMMENT ON COLUMN pooled_life_table.se IS '[years] Standard error of ex; a lower bound where tracts share a model.';
COMMENT ON COLUMN pooled_life_table.se_shares IS '[years] The part of se that comes from cut tracts, of which only the share of surface is known.';
COMMENT ON COLUMN pooled_life_table.se_people IS '[years] The part of se that comes from the margins of the survey''s people by age; 0 where the people are the census count.';
