CREATE TABLE wonder_death (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    dataset VARCHAR NOT NULL,
    asked_on DATE,
    place_type VARCHAR NOT NULL,
    place_code VARCHAR NOT NULL,
    place VARCHAR NOT NULL,
    state_fips VARCHAR,
    state VARCHAR,
    period_start INTEGER NOT NULL,
    period_end INTEGER NOT NULL,
    month VARCHAR NOT NULL,
    status VARCHAR,
    age_form VARCHAR,
    age_group VARCHAR NOT NULL,
    age_code VARCHAR,
    age_start INTEGER,
    age_end INTEGER,
    race_form VARCHAR,
    race VARCHAR NOT NULL,
    race_code VARCHAR,
    hispanic_origin VARCHAR NOT NULL,
    hispanic_origin_code VARCHAR,
    sex VARCHAR NOT NULL,
    sex_code VARCHAR,
    cause_code VARCHAR NOT NULL,
    cause VARCHAR NOT NULL,
    part_of_deaths VARCHAR NOT NULL,
    deaths BIGINT,
    deaths_sign VARCHAR,
    population BIGINT,
    population_sign VARCHAR,
    crude_rate DOUBLE,
    crude_rate_sign VARCHAR,
    crude_rate_low DOUBLE,
    crude_rate_high DOUBLE,
    crude_rate_se DOUBLE,
    age_adjusted_rate DOUBLE,
    age_adjusted_rate_sign VARCHAR,
    age_adjusted_rate_low DOUBLE,
    age_adjusted_rate_high DOUBLE,
    age_adjusted_rate_se DOUBLE,
    percent_of_total_deaths DOUBLE,
    suppressed_shown BOOLEAN NOT NULL,
    zeros_shown BOOLEAN NOT NULL,
    notes VARCHAR,
    unparsed VARCHAR,
    PRIMARY KEY (
        source_file, place_code, period_start, period_end, month, age_group, race, hispanic_origin, sex, cause_code
    ),
    CHECK (place_type IN ('nation', 'state', 'states', 'county', 'counties', 'area')),
    CHECK (
        place_type = 'area' OR regexp_full_match(place_code, 'US|[0-9]{2}(\+[0-9]{2})*|[0-9]{5}(\+[0-9]{5})*')
    ),
    CHECK (place_type <> 'county' OR left(place_code, 2) = state_fips),
    CHECK (period_start <= period_end),
    CHECK (age_start < age_end),
    CHECK (deaths >= 0),
    CHECK ((deaths IS NULL) = (deaths_sign IS NOT NULL)),
    CHECK (deaths_sign IN ('Suppressed', 'Missing')),
    CHECK (population >= 0),
    CHECK ((population IS NULL) = (population_sign IS NOT NULL)),
    CHECK (population_sign IN ('Suppressed', 'Missing', 'Not Applicable', 'Not Available')),
    CHECK (crude_rate >= 0),
    CHECK ((crude_rate IS NULL) = (crude_rate_sign IS NOT NULL)),
    CHECK (crude_rate_sign IN ('Suppressed', 'Missing', 'Not Applicable', 'Not Available', 'Unreliable')),
    CHECK (age_adjusted_rate >= 0),
    CHECK (age_adjusted_rate IS NULL OR age_adjusted_rate_sign IS NULL),
    CHECK (age_adjusted_rate_sign IN ('Suppressed', 'Missing', 'Not Applicable', 'Not Available', 'Unreliable')),
    CHECK (crude_rate BETWEEN crude_rate_low AND crude_rate_high),
    CHECK (age_adjusted_rate BETWEEN age_adjusted_rate_low AND age_adjusted_rate_high),
    CHECK (percent_of_total_deaths BETWEEN 0 AND 100),
    CHECK (notes IS NULL OR notes <> 'Total'),
    CHECK (unparsed IS NULL)
);
COMMENT ON TABLE wonder_death IS 'Deaths by underlying cause with population and rates, as exported from CDC WONDER: a row is one place, period, age, race, sex and cause. Totals are set aside; exports overlap, so rows of different files are never added.';
COMMENT ON COLUMN wonder_death.vintage IS 'Release or edition of the file: the years of the WONDER dataset, or the day of the query where they are provisional.';
COMMENT ON COLUMN wonder_death.dataset IS 'Dataset as named under the export.';
COMMENT ON COLUMN wonder_death.asked_on IS 'Day of the query; NULL where the export does not tell it.';
COMMENT ON COLUMN wonder_death.place_type IS 'nation, state, county; states or counties (several taken together by the query); area for regions and kinds of counties.';
COMMENT ON COLUMN wonder_death.place_code IS 'US, state code of 2 digits, county code of 5, or the codes of several joined by +; of an area its words.';
COMMENT ON COLUMN wonder_death.place IS 'Name of the place as printed; of several counties, as the query lists them; United States where the query names no place.';
COMMENT ON COLUMN wonder_death.state_fips IS 'State code as printed; NULL where the export has no column for it.';
COMMENT ON COLUMN wonder_death.state IS 'State as printed; NULL where the export has no column for it.';
COMMENT ON COLUMN wonder_death.period_start IS '[year] First year of the deaths.';
COMMENT ON COLUMN wonder_death.period_end IS '[year] Last year of the deaths; later than the first where the query pools years.';
COMMENT ON COLUMN wonder_death.month IS 'Month as printed in its code; All where the export is not by month.';
COMMENT ON COLUMN wonder_death.status IS 'What the export says of deaths that are not final: provisional, or provisional and partial for a year that is not over.';
COMMENT ON COLUMN wonder_death.age_form IS 'Kind of age groups as printed; NULL where the export is not by age.';
COMMENT ON COLUMN wonder_death.age_group IS 'Age as printed; All, or the ages of the query, where the export is not by age.';
COMMENT ON COLUMN wonder_death.age_code IS 'Code of the age as printed; 1 is under one year among ten-year groups and the age of one among single years.';
COMMENT ON COLUMN wonder_death.age_start IS '[years] First age; NULL where the age is not stated.';
COMMENT ON COLUMN wonder_death.age_end IS '[years] Age at which the group ends; NULL where it is open or the age is not stated.';
COMMENT ON COLUMN wonder_death.race_form IS 'Kind of race as printed, such as Race (bridged) or Single Race 6: those of one form are not those of another; NULL where the query names none.';
COMMENT ON COLUMN wonder_death.race IS 'Race as printed; All, or the races of the query, where the export is not by race.';
COMMENT ON COLUMN wonder_death.race_code IS 'Code of the race as printed; NULL where the export is not by race.';
COMMENT ON COLUMN wonder_death.hispanic_origin IS 'Hispanic origin as printed; All where the export is not by it and the query asks for none.';
COMMENT ON COLUMN wonder_death.hispanic_origin_code IS 'Code of the Hispanic origin as printed; NULL where the export is not by it.';
COMMENT ON COLUMN wonder_death.sex IS 'Sex as printed; All where the export is not by sex and the query asks for none.';
COMMENT ON COLUMN wonder_death.sex_code IS 'Code of the sex as printed; NULL where the export is not by sex.';
COMMENT ON COLUMN wonder_death.cause_code IS 'ICD-10 code; codes joined by + where the query takes several together; All; or the name of a group of causes that has no codes.';
COMMENT ON COLUMN wonder_death.cause IS 'Cause as printed; of several codes, as the query lists them; All where the query asks for none.';
COMMENT ON COLUMN wonder_death.part_of_deaths IS 'Places of death, weekdays and the like that the query asks for, of which there is no population; All where it asks for none.';
COMMENT ON COLUMN wonder_death.deaths IS '[deaths] Count; NULL where a sign stands for it.';
COMMENT ON COLUMN wonder_death.deaths_sign IS 'Sign printed instead of the count: Suppressed hides 1 to 9 deaths.';
COMMENT ON COLUMN wonder_death.population IS '[person-years] Population; the sum over the years where the query pools them; NULL where a sign stands for it.';
COMMENT ON COLUMN wonder_death.population_sign IS 'Sign printed instead of the population: Not Applicable for ages not stated and for those of 85 and more except in ten-year groups, Not Available where there is no estimate.';
COMMENT ON COLUMN wonder_death.crude_rate IS '[deaths per 100,000 person-years] Crude rate; NULL where a sign stands for it.';
COMMENT ON COLUMN wonder_death.crude_rate_sign IS 'Sign printed instead of the rate: Unreliable under 20 deaths, Not Applicable without a population.';
COMMENT ON COLUMN wonder_death.crude_rate_low IS '[deaths per 100,000 person-years] Lower 95 percent limit; NULL where the export has no limits.';
COMMENT ON COLUMN wonder_death.crude_rate_high IS '[deaths per 100,000 person-years] Upper 95 percent limit; NULL where the export has no limits.';
COMMENT ON COLUMN wonder_death.crude_rate_se IS '[deaths per 100,000 person-years] Standard error; NULL where the export has none.';
COMMENT ON COLUMN wonder_death.age_adjusted_rate IS '[deaths per 100,000 person-years] Rate on the US standard population of 2000; NULL where a sign stands for it or the export has none.';
COMMENT ON COLUMN wonder_death.age_adjusted_rate_sign IS 'Sign printed instead of the age-adjusted rate.';
COMMENT ON COLUMN wonder_death.age_adjusted_rate_low IS '[deaths per 100,000 person-years] Lower 95 percent limit; NULL where the export has no limits.';
COMMENT ON COLUMN wonder_death.age_adjusted_rate_high IS '[deaths per 100,000 person-years] Upper 95 percent limit; NULL where the export has no limits.';
COMMENT ON COLUMN wonder_death.age_adjusted_rate_se IS '[deaths per 100,000 person-years] Standard error; NULL where the export has none.';
COMMENT ON COLUMN wonder_death.percent_of_total_deaths IS '[percent] Share as printed in the column of total deaths, without its sign; NULL where the export has no such column.';
COMMENT ON COLUMN wonder_death.suppressed_shown IS 'Whether the query shows rows with suppressed counts: where not, a row that is absent may hide 1 to 9 deaths.';
COMMENT ON COLUMN wonder_death.zeros_shown IS 'Whether the query shows rows without deaths: where not, a row that is absent may be a zero.';
COMMENT ON COLUMN wonder_death.notes IS 'Notes as printed; empty in all rows that are no totals.';
