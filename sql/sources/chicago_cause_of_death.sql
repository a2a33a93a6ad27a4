CREATE TABLE chicago_cause_of_death (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    area_number INTEGER NOT NULL,
    area_name VARCHAR NOT NULL,
    cause VARCHAR NOT NULL,
    year_start INTEGER NOT NULL,
    year_end INTEGER NOT NULL,
    deaths INTEGER NOT NULL,
    deaths_rank INTEGER,
    deaths_per_year INTEGER NOT NULL,
    crude_rate DOUBLE NOT NULL,
    crude_low DOUBLE,
    crude_high DOUBLE,
    crude_rank INTEGER,
    adjusted_rate DOUBLE NOT NULL,
    adjusted_low DOUBLE,
    adjusted_high DOUBLE,
    adjusted_rank INTEGER,
    ypll_rate DOUBLE NOT NULL,
    ypll_rank INTEGER,
    warning VARCHAR,
    unparsed VARCHAR,
    PRIMARY KEY (vintage, cause, area_number),
    CHECK (area_number BETWEEN 0 AND 77),
    CHECK (deaths >= 0),
    CHECK (crude_low <= crude_high),
    CHECK (adjusted_low <= adjusted_high),
    CHECK (unparsed IS NULL)
);
COMMENT ON TABLE chicago_cause_of_death IS 'Deaths by underlying cause in Chicago''s community areas and in the city, 2006 to 2010 together, with rates.';
COMMENT ON COLUMN chicago_cause_of_death.area_number IS 'Community area, 1 to 77; 0 for the city.';
COMMENT ON COLUMN chicago_cause_of_death.area_name IS 'Name as printed.';
COMMENT ON COLUMN chicago_cause_of_death.cause IS 'Cause as printed; three are all causes: of all people, females, males.';
COMMENT ON COLUMN chicago_cause_of_death.year_start IS '[year] First year of the deaths.';
COMMENT ON COLUMN chicago_cause_of_death.year_end IS '[year] Last year.';
COMMENT ON COLUMN chicago_cause_of_death.deaths IS '[deaths] In the five years. Areas sum to less than the city: some deaths have no area.';
COMMENT ON COLUMN chicago_cause_of_death.deaths_rank IS 'Rank of the area by deaths, 1 is most; NULL for the city.';
COMMENT ON COLUMN chicago_cause_of_death.deaths_per_year IS '[deaths] A year, rounded by the publisher.';
COMMENT ON COLUMN chicago_cause_of_death.crude_rate IS '[per 100,000 a year] Crude death rate.';
COMMENT ON COLUMN chicago_cause_of_death.crude_low IS '[per 100,000 a year] Lower limit as printed.';
COMMENT ON COLUMN chicago_cause_of_death.crude_high IS '[per 100,000 a year] Upper limit as printed; NULL where no one died.';
COMMENT ON COLUMN chicago_cause_of_death.crude_rank IS 'Rank of the area by crude rate, 1 is highest; NULL for the city.';
COMMENT ON COLUMN chicago_cause_of_death.adjusted_rate IS '[per 100,000 a year] Age-adjusted death rate.';
COMMENT ON COLUMN chicago_cause_of_death.adjusted_low IS '[per 100,000 a year] Lower limit as printed; NULL where no one died.';
COMMENT ON COLUMN chicago_cause_of_death.adjusted_high IS '[per 100,000 a year] Upper limit as printed; NULL where no one died.';
COMMENT ON COLUMN chicago_cause_of_death.adjusted_rank IS 'Rank of the area by adjusted rate, 1 is highest; NULL for the city.';
COMMENT ON COLUMN chicago_cause_of_death.ypll_rate IS '[years per 100,000 a year] Years of potential life lost.';
COMMENT ON COLUMN chicago_cause_of_death.ypll_rank IS 'Rank of the area by years lost, 1 is most; NULL for the city.';
COMMENT ON COLUMN chicago_cause_of_death.warning IS 'The publisher''s warning of rates made of fewer than 20 deaths, as printed.';
