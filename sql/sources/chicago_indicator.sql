CREATE TABLE chicago_indicator (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    dataset VARCHAR NOT NULL,
    area_number INTEGER NOT NULL,
    area_name VARCHAR NOT NULL,
    indicator VARCHAR NOT NULL,
    value DOUBLE,
    text VARCHAR,
    sign VARCHAR,
    unparsed VARCHAR,
    PRIMARY KEY (vintage, dataset, area_number, indicator),
    CHECK (dataset IN ('kn9c-c2s2', 'iqnk-2tcu', 'a2fk-ec6q')),
    CHECK (area_number BETWEEN 0 AND 77),
    CHECK (sign IN ('', '.')),
    CHECK ((value IS NULL) = (sign IS NOT NULL)),
    CHECK (unparsed IS NULL)
);
COMMENT ON TABLE chicago_indicator IS 'Indicators of Chicago''s community areas from the city''s portal: hardship, public health, languages; one row an area and column.';
COMMENT ON COLUMN chicago_indicator.dataset IS 'Dataset on the portal: kn9c-c2s2 socioeconomic, iqnk-2tcu public health, a2fk-ec6q languages.';
COMMENT ON COLUMN chicago_indicator.area_number IS 'Community area, 1 to 77; 0 for the city, whose number is 0 or empty in the file.';
COMMENT ON COLUMN chicago_indicator.area_name IS 'Name as printed; spelled differently between datasets.';
COMMENT ON COLUMN chicago_indicator.indicator IS 'Column of the file as printed, without spaces at its end.';
COMMENT ON COLUMN chicago_indicator.value IS '[unit of the indicator] Number as printed: percent, rate, dollars, index or speakers; NULL where the cell holds none.';
COMMENT ON COLUMN chicago_indicator.text IS 'Words and percent of the predominant language other than English, as printed; value is the percent.';
COMMENT ON COLUMN chicago_indicator.sign IS 'What stands instead of a number: a dot, or nothing. Both mark what is suppressed or not computed.';
