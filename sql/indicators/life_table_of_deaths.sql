-- carries on warehouse.death_band
CREATE TABLE life_table_of_deaths (
    place_id VARCHAR NOT NULL,
    population_group VARCHAR NOT NULL,
    period_start INTEGER NOT NULL,
    period_end INTEGER NOT NULL,
    source_id VARCHAR NOT NULL,
    vintage VARCHAR NOT NULL,
    age_start INTEGER NOT NULL,
    age_end INTEGER,
    person_years DOUBLE NOT NULL,
    mx DOUBLE,
    ax DOUBLE,
    qx DOUBLE,
    lx DOUBLE,
    "nLx" DOUBLE,
    "Tx" DOUBLE,
    ex DOUBLE,
    se DOUBLE,
    ci_low DOUBLE,
    ci_high DOUBLE,
    reason VARCHAR,
    reliability VARCHAR NOT NULL,
    cautions VARCHAR,
    note VARCHAR,
    bands_shown BOOLEAN NOT NULL,
    population_vintage VARCHAR NOT NULL,
    survey_start INTEGER,
    survey_end INTEGER,
    tracts INTEGER,
    PRIMARY KEY (place_id, population_group, period_start, period_end, source_id, vintage, age_start),
    CHECK (person_years >= 0),
    CHECK (mx >= 0),
    CHECK (ax BETWEEN 0 AND 1),
    CHECK (qx BETWEEN 0 AND 1),
    CHECK (lx BETWEEN 0 AND 100000),
    CHECK (ex > 0),
    CHECK (se >= 0),
    CHECK (ci_low <= ex AND ex <= ci_high),
    CHECK (ex IS NOT NULL OR reason IS NOT NULL),
    CHECK (reliability IN ('good', 'caution', 'unreliable', 'withheld'))
);
COMMENT ON TABLE life_table_of_deaths IS 'Life tables made here from deaths by age: of counties with the survey''s people, of coalitions'' places with their own.';
COMMENT ON COLUMN life_table_of_deaths.mx IS '[deaths per person-year] Death rate.';
COMMENT ON COLUMN life_table_of_deaths.se IS '[years] Standard error of ex from the chance of deaths alone.';
COMMENT ON COLUMN life_table_of_deaths.ci_low IS '[years] Lower 95 percent limit.';
COMMENT ON COLUMN life_table_of_deaths.ci_high IS '[years] Upper 95 percent limit.';
COMMENT ON COLUMN life_table_of_deaths.reason IS 'Why there is no table, or no expectation of the band.';
COMMENT ON COLUMN life_table_of_deaths.reliability IS 'good, caution, unreliable or withheld, of the expectation of the band.';
COMMENT ON COLUMN life_table_of_deaths.note IS 'Which deaths and which people the table is made of.';
COMMENT ON COLUMN life_table_of_deaths.bands_shown IS 'Whether the bands may be published: rate and people of a band give its deaths, and a hidden band follows from its neighbors.';
COMMENT ON COLUMN life_table_of_deaths.survey_start IS '[year] First year of the survey; NULL where the people are not of it.';
COMMENT ON COLUMN life_table_of_deaths.survey_end IS '[year] Last year of the survey.';
