CREATE TABLE chicago_school (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    report VARCHAR NOT NULL,
    school_id VARCHAR NOT NULL,
    attribute VARCHAR NOT NULL,
    value DOUBLE,
    text VARCHAR,
    sign VARCHAR,
    unparsed VARCHAR,
    PRIMARY KEY (source_file, school_id, attribute),
    CHECK (report IN ('report_card', 'progress_report', 'profile')),
    CHECK (length(school_id) = 6),
    CHECK (value IS NULL OR text IS NULL),
    CHECK (sign IS NULL OR (value IS NULL AND text IS NULL)),
    CHECK (unparsed IS NULL)
);
COMMENT ON TABLE chicago_school IS 'Chicago''s public schools by school year: every cell of the report cards, progress reports and profiles.';
COMMENT ON COLUMN chicago_school.vintage IS 'School year.';
COMMENT ON COLUMN chicago_school.report IS 'Kind of file: report_card (2011-12), progress_report or profile.';
COMMENT ON COLUMN chicago_school.school_id IS 'Number of the school, 6 digits.';
COMMENT ON COLUMN chicago_school.attribute IS 'Column of the file, as printed.';
COMMENT ON COLUMN chicago_school.value IS '[unit of the attribute] Number in the columns of measurements, percent signs and "days" taken off; NULL where the cell is empty.';
COMMENT ON COLUMN chicago_school.text IS 'Words, codes, years and telephone numbers as printed, in all other columns.';
COMMENT ON COLUMN chicago_school.sign IS 'What stands instead of a value: NDA (no data available), a dot, or a bound such as > 75%.';
