CREATE TABLE pressroom_life_expectancy (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    postal_code VARCHAR NOT NULL,
    e0 DOUBLE,
    unparsed VARCHAR,
    PRIMARY KEY (vintage, year, postal_code),
    CHECK (length(postal_code) = 2),
    CHECK (unparsed IS NULL)
);
COMMENT ON TABLE pressroom_life_expectancy IS 'Life expectancy at birth of states by year, as the publisher''s pressroom prints it.';
COMMENT ON COLUMN pressroom_life_expectancy.vintage IS 'Release or edition of the file: its first and last year.';
COMMENT ON COLUMN pressroom_life_expectancy.year IS '[year] Year of the deaths.';
COMMENT ON COLUMN pressroom_life_expectancy.postal_code IS 'State by its postal code; the file has no other.';
COMMENT ON COLUMN pressroom_life_expectancy.e0 IS '[years] Life expectancy at birth, to a tenth; a zero at the end is left out.';
