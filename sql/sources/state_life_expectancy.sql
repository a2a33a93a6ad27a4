CREATE TABLE state_life_expectancy (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    sex VARCHAR NOT NULL,
    e0 DOUBLE NOT NULL,
    se_e0 DOUBLE,
    quartile VARCHAR NOT NULL,
    quartile_low DOUBLE,
    quartile_high DOUBLE,
    unparsed VARCHAR,
    PRIMARY KEY (vintage, state, sex),
    CHECK (sex IN ('Total', 'Male', 'Female')),
    CHECK (se_e0 > 0),
    CHECK (quartile_low <= quartile_high),
    CHECK ((quartile = '*') = (quartile_low IS NULL)),
    CHECK ((quartile = '*') = (quartile_high IS NULL)),
    CHECK (unparsed IS NULL)
);
COMMENT ON TABLE state_life_expectancy IS 'Life expectancy at birth of states, the District of Columbia and the nation by sex: one row per place and sex.';
COMMENT ON COLUMN state_life_expectancy.vintage IS 'Release or edition of the file: the year of the deaths.';
COMMENT ON COLUMN state_life_expectancy.state IS 'State by name, or United States; the file has no codes.';
COMMENT ON COLUMN state_life_expectancy.sex IS 'Total, Male or Female, as printed.';
COMMENT ON COLUMN state_life_expectancy.e0 IS '[years] Life expectancy at birth.';
COMMENT ON COLUMN state_life_expectancy.se_e0 IS '[years] Standard error; NULL for the nation, where none is published.';
COMMENT ON COLUMN state_life_expectancy.quartile IS 'Class of the state as printed; * for the nation. A class is no interval of the estimate.';
COMMENT ON COLUMN state_life_expectancy.quartile_low IS '[years] Lower limit of the class as printed; NULL where there is none. Limits of neighboring classes can overlap.';
COMMENT ON COLUMN state_life_expectancy.quartile_high IS '[years] Upper limit of the class as printed; NULL where there is none.';
