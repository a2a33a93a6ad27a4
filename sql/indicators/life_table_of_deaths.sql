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
    survey_start INTEGER NOT NULL,
    survey_end INTEGER NOT NULL,
    tracts INTEGER NOT NULL,
    PRIMARY KEY (place_id, population_group, period_start, period_end, source_id, vintage, age_start),
    CHECK (person_years > 0),
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
COMMENT ON TABLE life_table_of_deaths IS 'Life tables made here from deaths of a county and the surveys people.';
COMMENT ON COLUMN life_table_of_deaths.place_id IS 'Place.';
COMMENT ON COLUMN life_table_of_deaths.population_group IS 'all or <dimension>:<value>.';
COMMENT ON COLUMN life_table_of_deaths.period_start IS '[year] First year of the deaths.';
COMMENT ON COLUMN life_table_of_deaths.period_end IS '[year] Last year.';
COMMENT ON COLUMN life_table_of_deaths.source_id IS 'Dataset of the deaths.';
COMMENT ON COLUMN life_table_of_deaths.vintage IS 'Release or edition of the deaths.';
COMMENT ON COLUMN life_table_of_deaths.age_start IS '[years] First age of the band.';
COMMENT ON COLUMN life_table_of_deaths.age_end IS '[years] Age at which the band ends; NULL for the open band.';
COMMENT ON COLUMN life_table_of_deaths.person_years IS '[person-years] People of the survey, once for each year of deaths.';
COMMENT ON COLUMN life_table_of_deaths.mx IS '[deaths per person-year] Death rate.';
COMMENT ON COLUMN life_table_of_deaths.ax IS 'Part of the band lived by those who die in it; NULL for the open band.';
COMMENT ON COLUMN life_table_of_deaths.qx IS 'Probability of dying in the band.';
COMMENT ON COLUMN life_table_of_deaths.lx IS 'Survivors to the start of the band, of 100,000 born.';
COMMENT ON COLUMN life_table_of_deaths."nLx" IS '[person-years] Lived in the band.';
COMMENT ON COLUMN life_table_of_deaths."Tx" IS '[person-years] Lived from the start of the band on.';
COMMENT ON COLUMN life_table_of_deaths.ex IS '[years] Life expectancy at the start of the band.';
COMMENT ON COLUMN life_table_of_deaths.se IS '[years] Standard error of ex from the chance of deaths alone.';
COMMENT ON COLUMN life_table_of_deaths.ci_low IS '[years] Lower 95 percent limit.';
COMMENT ON COLUMN life_table_of_deaths.ci_high IS '[years] Upper 95 percent limit.';
COMMENT ON COLUMN life_table_of_deaths.reason IS 'Why there is no table, or no expectation of the band.';
COMMENT ON COLUMN life_table_of_deaths.reliability IS 'good, caution, unreliable or withheld, of the expectation of the band.';
COMMENT ON COLUMN life_table_of_deaths.cautions IS 'What a reader must know, in sentences.';
COMMENT ON COLUMN life_table_of_deaths.note IS 'Which deaths and which people the table is made of.';
COMMENT ON COLUMN life_table_of_deaths.bands_shown IS 'Whether the bands may be published: rate and people of a band give its deaths, and a hidden band follows from its neighbors.';
COMMENT ON COLUMN life_table_of_deaths.population_vintage IS 'Edition of the survey.';
COMMENT ON COLUMN life_table_of_deaths.survey_start IS '[year] First year of the survey.';
COMMENT ON COLUMN life_table_of_deaths.survey_end IS '[year] Last year of the survey.';
COMMENT ON COLUMN life_table_of_deaths.tracts IS 'Tracts that the people are summed over.';
