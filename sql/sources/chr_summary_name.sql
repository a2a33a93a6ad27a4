CREATE TABLE chr_summary_name (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    level VARCHAR NOT NULL,
    summary_id INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    parent_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    weight_numerator INTEGER,
    weight_denominator INTEGER,
    last_updated VARCHAR,
    unparsed VARCHAR,
    PRIMARY KEY (year, level, summary_id),
    CHECK (level IN ('category', 'factor', 'focus_area')),
    CHECK (weight_denominator > 0),
    CHECK (unparsed IS NULL)
);
COMMENT ON TABLE chr_summary_name IS 'Names, places and weights of categories, factors and focus areas by release year.';
COMMENT ON COLUMN chr_summary_name.year IS '[year] Release year, as printed.';
COMMENT ON COLUMN chr_summary_name.level IS 'category, factor or focus_area.';
COMMENT ON COLUMN chr_summary_name.summary_id IS 'Number within the level.';
COMMENT ON COLUMN chr_summary_name.name IS 'Its name in that year.';
COMMENT ON COLUMN chr_summary_name.parent_id IS 'Number of what it is part of, one level up.';
COMMENT ON COLUMN chr_summary_name.position IS 'Place in the order of display.';
COMMENT ON COLUMN chr_summary_name.weight_numerator IS 'Weight of a focus area in its category, upper part; 0 carries no weight.';
COMMENT ON COLUMN chr_summary_name.weight_denominator IS 'Weight of a focus area in its category, lower part.';
