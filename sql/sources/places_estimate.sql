CREATE TABLE places_estimate (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    level VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    city_code VARCHAR NOT NULL,
    state_abbr VARCHAR,
    state VARCHAR,
    name VARCHAR,
    point VARCHAR,
    year INTEGER,
    measure VARCHAR NOT NULL,
    measure_text VARCHAR,
    short_text VARCHAR,
    category VARCHAR,
    category_id VARCHAR,
    data_value_type VARCHAR NOT NULL,
    estimate DOUBLE,
    ci_low DOUBLE,
    ci_high DOUBLE,
    population BIGINT,
    population_18plus BIGINT,
    footnote_symbol VARCHAR,
    footnote VARCHAR,
    unparsed VARCHAR,
    PRIMARY KEY (vintage, level, code, city_code, measure, data_value_type),
    CHECK (
        regexp_full_match(
            code,
            CASE level
                WHEN 'nation' THEN '59'
                WHEN 'county' THEN '[0-9]{5}'
                WHEN 'tract' THEN '[0-9]{11}'
                WHEN 'zcta' THEN '[0-9]{5}'
                WHEN 'city' THEN '[0-9]{7}|15003'
                ELSE ''
            END
        )
    ),
    CHECK (city_code = '' OR level = 'tract'),
    CHECK (data_value_type IN ('crude', 'age_adjusted')),
    CHECK (estimate BETWEEN 0 AND 100),
    CHECK ((ci_low IS NULL) = (ci_high IS NULL)),
    CHECK (ci_low <= ci_high),
    CHECK (population >= 0),
    CHECK (population_18plus <= population),
    CHECK (unparsed IS NULL)
);
COMMENT ON TABLE places_estimate IS 'PLACES and 500 Cities: prevalence of a health measure among adults of a place by release, estimated by a model.';
COMMENT ON COLUMN places_estimate.vintage IS 'Release; -reshaped where others have cut and turned the file.';
COMMENT ON COLUMN places_estimate.level IS 'nation, county, tract, zcta or city.';
COMMENT ON COLUMN places_estimate.code IS 'Census code: county 5 digits, tract 11, ZCTA 5, city 7 (Honolulu: its county); the nation is 59.';
COMMENT ON COLUMN places_estimate.city_code IS 'City whose part of the tract is meant (500 Cities); empty for whole places.';
COMMENT ON COLUMN places_estimate.state_abbr IS 'Letters of the state, US for the nation; NULL where the file has none.';
COMMENT ON COLUMN places_estimate.state IS 'State, by name; NULL where the file has none.';
COMMENT ON COLUMN places_estimate.name IS 'County or city, of a tract the one it lies in; NULL where the file has none.';
COMMENT ON COLUMN places_estimate.point IS 'Point of the place as printed: POINT (longitude latitude), or (latitude, longitude) in 500 Cities.';
COMMENT ON COLUMN places_estimate.year IS '[year] Year of the survey behind the estimate; NULL where only the release says it.';
COMMENT ON COLUMN places_estimate.measure IS 'Measure, as the publisher abbreviates it.';
COMMENT ON COLUMN places_estimate.measure_text IS 'Measure in words; NULL where the file has none.';
COMMENT ON COLUMN places_estimate.short_text IS 'Measure in few words; NULL where the file has none.';
COMMENT ON COLUMN places_estimate.category IS 'Kind of measure; NULL where the file has none.';
COMMENT ON COLUMN places_estimate.category_id IS 'Kind of measure, abbreviated; NULL where the file has none.';
COMMENT ON COLUMN places_estimate.data_value_type IS 'crude or age_adjusted.';
COMMENT ON COLUMN places_estimate.estimate IS '[percent] Adults of the ages the measure states; NULL where it is withheld.';
COMMENT ON COLUMN places_estimate.ci_low IS '[percent] Lower 95 percent limit; NULL where the file has none.';
COMMENT ON COLUMN places_estimate.ci_high IS '[percent] Upper 95 percent limit; NULL where the file has none.';
COMMENT ON COLUMN places_estimate.population IS '[people] People of all ages; of a tract with a city, those in the city.';
COMMENT ON COLUMN places_estimate.population_18plus IS '[people] Adults; NULL in releases that do not state them.';
COMMENT ON COLUMN places_estimate.footnote_symbol IS 'Sign of the footnote.';
COMMENT ON COLUMN places_estimate.footnote IS 'Footnote: why an estimate is missing, or what it is based on.';
