CREATE TABLE chicago_health_atlas (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    layer VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    geoid VARCHAR NOT NULL,
    topic VARCHAR NOT NULL,
    period_start INTEGER NOT NULL,
    period_end INTEGER NOT NULL,
    estimate DOUBLE,
    unparsed VARCHAR,
    PRIMARY KEY (vintage, geoid, topic, period_start, period_end),
    CHECK (layer = 'Community area'),
    CHECK (period_start <= period_end),
    CHECK (unparsed IS NULL)
);
COMMENT ON TABLE chicago_health_atlas IS 'Indicators of Chicagos community areas by topic and period, as downloaded from the Chicago Health Atlas.';
COMMENT ON COLUMN chicago_health_atlas.source_file IS 'File the row stands in.';
COMMENT ON COLUMN chicago_health_atlas.source_row IS 'Data row of the file, counted from 1.';
COMMENT ON COLUMN chicago_health_atlas.vintage IS 'Release or edition of the file.';
COMMENT ON COLUMN chicago_health_atlas.layer IS 'Kind of area, as printed.';
COMMENT ON COLUMN chicago_health_atlas.name IS 'Name of the area, as printed.';
COMMENT ON COLUMN chicago_health_atlas.geoid IS 'Number of the community area, as text.';
COMMENT ON COLUMN chicago_health_atlas.topic IS 'Topic code; VRLE is life expectancy.';
COMMENT ON COLUMN chicago_health_atlas.period_start IS 'First year.';
COMMENT ON COLUMN chicago_health_atlas.period_end IS 'Last year.';
COMMENT ON COLUMN chicago_health_atlas.estimate IS 'Value as exported.';
COMMENT ON COLUMN chicago_health_atlas.unparsed IS 'Text of cells that should be numbers and are not, as column=text.';
