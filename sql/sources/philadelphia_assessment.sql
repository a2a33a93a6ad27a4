CREATE TABLE philadelphia_assessment (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    dimension VARCHAR NOT NULL,
    category VARCHAR NOT NULL,
    indicator VARCHAR NOT NULL,
    breakdown VARCHAR NOT NULL,
    data_type VARCHAR NOT NULL,
    data_source VARCHAR NOT NULL,
    data_years VARCHAR,
    value DOUBLE,
    sign VARCHAR,
    sample_class INTEGER,
    attributes VARCHAR NOT NULL,
    unparsed VARCHAR,
    PRIMARY KEY (vintage, dimension, indicator, breakdown),
    CHECK (dimension IN ('citywide_over_time', 'planning_district', 'racial_disparity', 'top_10_cities')),
    CHECK (data_type IN ('Percentage', 'Rate', 'Count')),
    CHECK (value IS NULL OR sign IS NULL),
    CHECK (value >= 0),
    CHECK (sample_class BETWEEN 1 AND 3),
    CHECK (unparsed IS NULL)
);
COMMENT ON TABLE philadelphia_assessment IS 'Community Health Assessment of Philadelphia, editions 2015 to 2017: each indicator by year, planning district, group, or city compared.';
COMMENT ON COLUMN philadelphia_assessment.dimension IS 'File of the edition: citywide_over_time, planning_district, racial_disparity or top_10_cities.';
COMMENT ON COLUMN philadelphia_assessment.category IS 'Chapter, as printed.';
COMMENT ON COLUMN philadelphia_assessment.indicator IS 'Indicator, as printed; its words change between editions and files.';
COMMENT ON COLUMN philadelphia_assessment.breakdown IS 'Column of the figure, as printed: a year, a district or Citywide, a group, a city with its county or Nationwide.';
COMMENT ON COLUMN philadelphia_assessment.data_type IS 'Percentage, Rate or Count, as printed; life expectancy is called a Count.';
COMMENT ON COLUMN philadelphia_assessment.data_source IS 'Where the figure is from, as printed.';
COMMENT ON COLUMN philadelphia_assessment.data_years IS 'Years of the data, as printed; those of citywide_over_time are of the whole row.';
COMMENT ON COLUMN philadelphia_assessment.value IS '[as data_type and indicator say] Figure; a percentage is a fraction of 1, life expectancy is in years. NULL where none is printed.';
COMMENT ON COLUMN philadelphia_assessment.sign IS 'Text printed in place of a figure: N/A, ., <1; also 0.000 of the household survey in Lower South, which means no data.';
COMMENT ON COLUMN philadelphia_assessment.sample_class IS 'Class printed beside the figure in the SS columns, which no file explains: 2 goes with comments on small samples, 3 with figures not shown. NULL where the file has none.';
COMMENT ON COLUMN philadelphia_assessment.attributes IS 'All texts of the row as JSON: description, comments, notes, second source.';
