-- carries on warehouse.observation
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
COMMENT ON TABLE figure_input IS 'The publishers'' numbers that figures of this release are made of, with the file and row each stands in.';
COMMENT ON COLUMN figure_input.concept IS 'What it is in our words, whatever its label, where something asks for it by a word: life_expectancy, people, people_by_sex_and_age and others; indicator_cell names the cells of indicators by their labels.';
