CREATE TABLE chr_category_name (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    category_id INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    PRIMARY KEY (year, category_id)
);
COMMENT ON TABLE chr_category_name IS 'Names of the summaries by release year.';
COMMENT ON COLUMN chr_category_name.source_file IS 'File the row stands in.';
COMMENT ON COLUMN chr_category_name.source_row IS 'Data row of the file, counted from 1.';
COMMENT ON COLUMN chr_category_name.vintage IS 'Release or edition of the file.';
COMMENT ON COLUMN chr_category_name.year IS 'Release year.';
COMMENT ON COLUMN chr_category_name.category_id IS 'Summary.';
COMMENT ON COLUMN chr_category_name.name IS 'Its name in that year.';
