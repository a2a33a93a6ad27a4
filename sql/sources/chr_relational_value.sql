CREATE TABLE chr_relational_value (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    measure VARCHAR NOT NULL,
    correction INTEGER NOT NULL,
    county_fips VARCHAR NOT NULL,
    population_group VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    estimate DOUBLE,
    ci_low DOUBLE,
    ci_high DOUBLE,
    flag VARCHAR,
    numerator DOUBLE,
    denominator DOUBLE,
    reliability INTEGER,
    rank_ready INTEGER,
    display INTEGER,
    show_details INTEGER,
    state_min DOUBLE,
    state_max DOUBLE,
    trend_graph INTEGER,
    years_used VARCHAR,
    last_updated VARCHAR,
    sign VARCHAR,
    unparsed VARCHAR,
    PRIMARY KEY (vintage, measure, correction, county_fips, population_group, kind),
    CHECK (regexp_full_match(measure, 'v[0-9]{3}')),
    CHECK (correction BETWEEN 0 AND 2),
    CHECK (length(county_fips) = 5),
    CHECK (reliability BETWEEN 0 AND 3),
    CHECK (rank_ready BETWEEN 0 AND 1),
    CHECK (display BETWEEN 0 AND 1),
    CHECK (show_details BETWEEN 0 AND 1),
    CHECK (unparsed IS NULL)
);
COMMENT ON TABLE chr_relational_value IS 'Values of all measures for states and the nation, and of some for race groups of counties (releases 2017 to 2019).';
COMMENT ON COLUMN chr_relational_value.year IS '[year] Release year, as printed.';
COMMENT ON COLUMN chr_relational_value.measure IS 'Measure code: v and three digits.';
COMMENT ON COLUMN chr_relational_value.correction IS '0 never corrected, 1 the wrong value that the ranks were made of, 2 the value that replaced it.';
COMMENT ON COLUMN chr_relational_value.county_fips IS 'County code, 5 digits; 00000 the nation, ending in 000 a state.';
COMMENT ON COLUMN chr_relational_value.population_group IS 'all or race:<group>.';
COMMENT ON COLUMN chr_relational_value.kind IS 'raw_value, the measure itself, or other_data_1 to other_data_4, additional values whose meaning differs by measure.';
COMMENT ON COLUMN chr_relational_value.estimate IS '[unit of the measure in that release; percentages are shares 0 to 1] The value, as published.';
COMMENT ON COLUMN chr_relational_value.ci_low IS '[unit of the measure in that release] Lower 95 percent limit.';
COMMENT ON COLUMN chr_relational_value.ci_high IS '[unit of the measure in that release] Upper 95 percent limit.';
COMMENT ON COLUMN chr_relational_value.flag IS 'Flag of an additional value or a race group, as printed.';
COMMENT ON COLUMN chr_relational_value.numerator IS '[count] What is counted. NULL beside additional values and race groups.';
COMMENT ON COLUMN chr_relational_value.denominator IS '[count] Of how many. NULL beside additional values and race groups.';
COMMENT ON COLUMN chr_relational_value.reliability IS '0 in order, 1 unreliable, 2 missing or suppressed, 3 suspect. NULL beside additional values and race groups.';
COMMENT ON COLUMN chr_relational_value.rank_ready IS '1 where the value can be ranked. NULL beside additional values and race groups.';
COMMENT ON COLUMN chr_relational_value.display IS '1 where the value is shown. NULL beside additional values and race groups.';
COMMENT ON COLUMN chr_relational_value.show_details IS '1 where the range over counties is shown. NULL beside additional values and race groups.';
COMMENT ON COLUMN chr_relational_value.state_min IS '[unit of the measure in that release] Lowest of the state''s counties. NULL beside additional values and race groups.';
COMMENT ON COLUMN chr_relational_value.state_max IS '[unit of the measure in that release] Highest of the state''s counties. NULL beside additional values and race groups.';
COMMENT ON COLUMN chr_relational_value.trend_graph IS 'Code of the trend graph. NULL beside additional values and race groups.';
COMMENT ON COLUMN chr_relational_value.years_used IS 'Years of the data, as printed. NULL beside additional values and race groups.';
COMMENT ON COLUMN chr_relational_value.sign IS 'Signs in the place of a number, as column=text.';
