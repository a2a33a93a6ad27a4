CREATE TABLE figure_input (
    source_id VARCHAR NOT NULL,
    vintage VARCHAR NOT NULL,
    place_id VARCHAR NOT NULL,
    table_id VARCHAR NOT NULL,
    measure VARCHAR NOT NULL,
    measure_label VARCHAR NOT NULL,
    concept VARCHAR,
    population_group VARCHAR NOT NULL,
    period_start INTEGER NOT NULL,
    period_end INTEGER NOT NULL,
    estimate DOUBLE,
    se DOUBLE,
    moe90 DOUBLE,
    reason VARCHAR,
    flags VARCHAR,
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    PRIMARY KEY (source_id, vintage, place_id, table_id, measure, population_group, period_start, period_end),
    FOREIGN KEY (place_id) REFERENCES place (place_id),
    FOREIGN KEY (source_id, vintage) REFERENCES source (source_id, vintage)
);
COMMENT ON TABLE figure_input IS 'The publishers numbers that figures of this release are made of, with the file and row each stands in.';
COMMENT ON COLUMN figure_input.source_id IS 'Dataset.';
COMMENT ON COLUMN figure_input.vintage IS 'Release or edition.';
COMMENT ON COLUMN figure_input.place_id IS 'Place.';
COMMENT ON COLUMN figure_input.table_id IS 'Table within the source.';
COMMENT ON COLUMN figure_input.measure IS 'The publishers code.';
COMMENT ON COLUMN figure_input.measure_label IS 'Label path of the line.';
COMMENT ON COLUMN figure_input.concept IS 'What it is in our words, whatever its label, where something asks for it by a word: life_expectancy, people, people_by_sex_and_age and others; indicator_cell names the cells of indicators by their labels.';
COMMENT ON COLUMN figure_input.population_group IS 'all or <dimension>:<value>.';
COMMENT ON COLUMN figure_input.period_start IS '[year] First year the figure is about.';
COMMENT ON COLUMN figure_input.period_end IS '[year] Last year.';
COMMENT ON COLUMN figure_input.estimate IS 'The number as printed.';
COMMENT ON COLUMN figure_input.se IS 'Standard error.';
COMMENT ON COLUMN figure_input.moe90 IS 'Margin of error at 90 percent.';
COMMENT ON COLUMN figure_input.reason IS 'Why there is no number.';
COMMENT ON COLUMN figure_input.flags IS 'What the publisher or a correction marks of it.';
COMMENT ON COLUMN figure_input.source_file IS 'File.';
COMMENT ON COLUMN figure_input.source_row IS 'Data row, counted from 1.';
