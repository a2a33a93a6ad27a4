CREATE TABLE us_life_table (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    population_group VARCHAR NOT NULL,
    age_group VARCHAR NOT NULL,
    age_start INTEGER NOT NULL,
    age_end INTEGER,
    nqx DOUBLE NOT NULL,
    lx DOUBLE NOT NULL,
    ndx DOUBLE NOT NULL,
    "nLx" DOUBLE NOT NULL,
    "Tx" DOUBLE NOT NULL,
    ex DOUBLE NOT NULL,
    unparsed VARCHAR,
    PRIMARY KEY (vintage, population_group, age_start),
    CHECK (population_group IN ('all', 'race:hispanic', 'race:black_non_hispanic', 'race:white_non_hispanic')),
    CHECK (age_start BETWEEN 0 AND 100),
    CHECK (age_end = age_start + 1),
    CHECK ((age_end IS NULL) = (age_start = 100)),
    CHECK (nqx BETWEEN 0 AND 1),
    CHECK (lx BETWEEN 0 AND 100000),
    CHECK (ndx >= 0),
    CHECK ("nLx" >= 0),
    CHECK ("Tx" >= "nLx"),
    CHECK (ex > 0),
    CHECK (unparsed IS NULL)
);
COMMENT ON TABLE us_life_table IS 'Complete life tables of the United States by year and group: one row per year, group and single year of age to 99, and 100 and older.';
COMMENT ON COLUMN us_life_table.vintage IS 'Release or edition of the file: the year of the deaths.';
COMMENT ON COLUMN us_life_table.year IS '[year] Year of the deaths, from the name of the file.';
COMMENT ON COLUMN us_life_table.population_group IS 'all or race:<group>, from the name of the file: nothing in it says whose table it is.';
COMMENT ON COLUMN us_life_table.age_group IS 'Age as printed, such as 0-1; 100- is 100 and older.';
COMMENT ON COLUMN us_life_table.age_start IS '[years] Age at the start of the row.';
COMMENT ON COLUMN us_life_table.age_end IS '[years] Age at its end; NULL for 100 and older.';
COMMENT ON COLUMN us_life_table.nqx IS 'Probability of dying at that age.';
COMMENT ON COLUMN us_life_table.lx IS '[people] Survivors to that age, of 100,000 born.';
COMMENT ON COLUMN us_life_table.ndx IS '[people] Deaths at that age, of 100,000 born.';
COMMENT ON COLUMN us_life_table."nLx" IS '[person-years] Lived at that age.';
COMMENT ON COLUMN us_life_table."Tx" IS '[person-years] Lived from that age on.';
COMMENT ON COLUMN us_life_table.ex IS '[years] Life expectancy at that age.';
