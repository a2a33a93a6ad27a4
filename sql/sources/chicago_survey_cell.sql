CREATE TABLE chicago_survey_cell (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    area_name VARCHAR NOT NULL,
    line VARCHAR NOT NULL,
    people BIGINT,
    unparsed VARCHAR,
    PRIMARY KEY (vintage, area_name, line),
    CHECK (CAST(year AS VARCHAR) = right(vintage, 4)),
    CHECK (people >= 0),
    CHECK (unparsed IS NULL)
);
COMMENT ON TABLE chicago_survey_cell IS 'The city''s own table of the survey by community area, for comparison alone: its people differ from those of the tracts by up to 37 percent.';
COMMENT ON COLUMN chicago_survey_cell.vintage IS 'Release or edition of the file: first and last year of the survey.';
COMMENT ON COLUMN chicago_survey_cell.year IS '[year] Last year of the survey, as printed.';
COMMENT ON COLUMN chicago_survey_cell.area_name IS 'Community area by its name in capitals; the file has no numbers.';
COMMENT ON COLUMN chicago_survey_cell.line IS 'Column of the file.';
COMMENT ON COLUMN chicago_survey_cell.people IS '[people] Count as printed, without its margin; of the income bands what is counted is not stated.';
