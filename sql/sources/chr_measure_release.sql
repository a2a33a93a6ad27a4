CREATE TABLE chr_measure_release (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    measure VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    focus_area_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    description VARCHAR,
    direction INTEGER NOT NULL,
    format_type INTEGER NOT NULL,
    display_precision INTEGER NOT NULL,
    measure_type INTEGER NOT NULL,
    weight_numerator INTEGER NOT NULL,
    weight_denominator INTEGER NOT NULL,
    compare_states INTEGER NOT NULL,
    compare_years INTEGER,
    years_used VARCHAR,
    last_updated VARCHAR,
    unparsed VARCHAR,
    PRIMARY KEY (source_file, year, measure),
    CHECK (regexp_full_match(measure, 'v[0-9]{3}')),
    CHECK (direction BETWEEN -1 AND 1),
    CHECK (format_type BETWEEN 0 AND 10),
    CHECK (measure_type BETWEEN 0 AND 3),
    CHECK (compare_states BETWEEN -1 AND 2),
    CHECK (compare_years BETWEEN -1 AND 2),
    CHECK (weight_denominator > 0),
    CHECK (unparsed IS NULL)
);
COMMENT ON TABLE chr_measure_release IS 'What each measure was in each release: name, direction, format, weight, comparability, years of data.';
COMMENT ON COLUMN chr_measure_release.year IS '[year] Release year, as printed.';
COMMENT ON COLUMN chr_measure_release.measure IS 'Measure code: v and three digits.';
COMMENT ON COLUMN chr_measure_release.name IS 'Its name in that release.';
COMMENT ON COLUMN chr_measure_release.focus_area_id IS 'Focus area that it is part of.';
COMMENT ON COLUMN chr_measure_release.position IS 'Place in the order of display.';
COMMENT ON COLUMN chr_measure_release.description IS 'What it counts, in the words of the publisher.';
COMMENT ON COLUMN chr_measure_release.direction IS '1 higher is worse, -1 higher is better, 0 neither.';
COMMENT ON COLUMN chr_measure_release.format_type IS '0 rate or number, 1 percentage (kept as a share), 2 dollars, 3 ratio, 4 and 6 rural classes, 5 yes or no, 8 shown as at most 100; 9 and 10 are not documented.';
COMMENT ON COLUMN chr_measure_release.display_precision IS '[decimals] Shown; negative is rounded to tens or hundreds.';
COMMENT ON COLUMN chr_measure_release.measure_type IS '0 in the summaries, 1 of single states, 2 additional, 3 demographic.';
COMMENT ON COLUMN chr_measure_release.weight_numerator IS 'Weight in the category, upper part; 0 carries no weight.';
COMMENT ON COLUMN chr_measure_release.weight_denominator IS 'Weight in the category, lower part.';
COMMENT ON COLUMN chr_measure_release.compare_states IS 'Comparable across states: 1 yes, 0 no, 2 with caution, -1 not known.';
COMMENT ON COLUMN chr_measure_release.compare_years IS 'Comparable with earlier releases: 1 yes, 0 no, 2 with caution; NULL in the file that has years instead.';
COMMENT ON COLUMN chr_measure_release.years_used IS 'Years of the data, as printed; NULL in the file that has compare_years instead, and where not stated.';
