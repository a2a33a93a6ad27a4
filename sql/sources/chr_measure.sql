CREATE TABLE chr_measure (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    measure VARCHAR NOT NULL,
    label VARCHAR,
    county_fips VARCHAR NOT NULL,
    state VARCHAR,
    county VARCHAR,
    population_group VARCHAR NOT NULL,
    estimate DOUBLE,
    ci_low DOUBLE,
    ci_high DOUBLE,
    numerator DOUBLE,
    denominator DOUBLE,
    se DOUBLE,
    other_value DOUBLE,
    reliability VARCHAR,
    flag_ct VARCHAR,
    source_flag VARCHAR,
    county_ranked VARCHAR,
    sign VARCHAR,
    unparsed VARCHAR,
    PRIMARY KEY (vintage, measure, county_fips, population_group),
    CHECK (regexp_full_match(measure, 'v[0-9]{3}')),
    CHECK (length(county_fips) = 5),
    CHECK (ci_low <= ci_high OR measure = 'v040'),
    CHECK (other_value >= 0),
    CHECK (reliability IN ('1', '2')),
    CHECK (flag_ct IN ('A', 'U')),
    CHECK (county_ranked IN ('0', '1')),
    CHECK (unparsed IS NULL)
);
COMMENT ON TABLE chr_measure IS 'Values of measures for counties, states and the nation by release, for all people and by race and ethnicity.';
COMMENT ON COLUMN chr_measure.measure IS 'Measure code: v and three digits; v147 is life expectancy.';
COMMENT ON COLUMN chr_measure.label IS 'Name of the measure over its column; NULL where the file has codes only.';
COMMENT ON COLUMN chr_measure.county_fips IS 'County code, 5 digits; 00000 the nation, ending in 000 a state.';
COMMENT ON COLUMN chr_measure.state IS 'State as printed; NULL where the file has codes only.';
COMMENT ON COLUMN chr_measure.county IS 'County as printed; NULL where the file has codes only and in rows of states.';
COMMENT ON COLUMN chr_measure.population_group IS 'all or race:<group>.';
COMMENT ON COLUMN chr_measure.estimate IS '[unit of the measure in that release] As published, implausible values included; percentages are shares 0 to 1, but of 100 in the files picked from workbooks (2020-reshaped and 2022-reshaped, v054 to v057, v080, v081, v126).';
COMMENT ON COLUMN chr_measure.ci_low IS '[as estimate] Lower 95 percent limit.';
COMMENT ON COLUMN chr_measure.ci_high IS '[as estimate] Upper 95 percent limit.';
COMMENT ON COLUMN chr_measure.numerator IS '[count] What is counted.';
COMMENT ON COLUMN chr_measure.denominator IS '[count] Of how many.';
COMMENT ON COLUMN chr_measure.se IS '[as estimate] Standard error, of premature death only.';
COMMENT ON COLUMN chr_measure.other_value IS '[people per provider in v004 and v062, unit of the measure else] Second value beside the first; NULL where it is a sign.';
COMMENT ON COLUMN chr_measure.reliability IS '1 unreliable, 2 missing or suppressed; NULL in order or not stated.';
COMMENT ON COLUMN chr_measure.flag_ct IS 'Connecticut: A available, U unavailable for the kind of county.';
COMMENT ON COLUMN chr_measure.source_flag IS 'Flag of the publisher''s own source, as printed; empty in all files so far.';
COMMENT ON COLUMN chr_measure.county_ranked IS '1 where the county was ranked, 0 where not; NULL for states and where not stated.';
COMMENT ON COLUMN chr_measure.sign IS 'Signs in the place of a number, as column=text: no provider for that many people.';
