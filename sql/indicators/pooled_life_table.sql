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
COMMENT ON COLUMN pooled_life_table.place_id IS 'Place.';
COMMENT ON COLUMN pooled_life_table.less_place_id IS 'Place that is left out of it; empty where none is.';
COMMENT ON COLUMN pooled_life_table.population_group IS 'all or <dimension>:<value>.';
COMMENT ON COLUMN pooled_life_table.period_start IS '[year] First year the figure is about.';
COMMENT ON COLUMN pooled_life_table.period_end IS '[year] Last year.';
COMMENT ON COLUMN pooled_life_table.source_id IS 'Dataset.';
COMMENT ON COLUMN pooled_life_table.vintage IS 'Release or edition.';
COMMENT ON COLUMN pooled_life_table.method IS 'pooled_a_prime (weights: a surveys people by age) or pooled_b (total population spread by each tracts stationary shares).';
COMMENT ON COLUMN pooled_life_table.age_start IS '[years] First age of the band.';
COMMENT ON COLUMN pooled_life_table.age_end IS '[years] Age at which the band ends; NULL for the open band.';
COMMENT ON COLUMN pooled_life_table.people IS '[people] Weight of the band.';
COMMENT ON COLUMN pooled_life_table.mx IS '[deaths per person-year] Death rate; NULL where no one of that age lives in the units.';
COMMENT ON COLUMN pooled_life_table.ax IS 'Part of the band lived by those who die in it; NULL for the open band.';
COMMENT ON COLUMN pooled_life_table.qx IS 'Probability of dying in the band.';
COMMENT ON COLUMN pooled_life_table.lx IS 'Survivors to the start of the band, of 100,000 born.';
COMMENT ON COLUMN pooled_life_table."nLx" IS '[person-years] Lived in the band.';
COMMENT ON COLUMN pooled_life_table."Tx" IS '[person-years] Lived from the start of the band on.';
COMMENT ON COLUMN pooled_life_table.ex IS '[years] Life expectancy at the start of the band.';
COMMENT ON COLUMN pooled_life_table.se IS '[years] Standard error of ex; a lower bound where tracts share a model.';
COMMENT ON COLUMN pooled_life_table.se_shares IS '[years] The part of se that comes from cut tracts, of which only the share of surface is known.';
COMMENT ON COLUMN pooled_life_table.se_people IS '[years] The part of se that comes from the margins of the surveys people by age; 0 where the people are the census count.';
