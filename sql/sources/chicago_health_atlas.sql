CREATE TABLE chicago_health_atlas (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    layer VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    geoid VARCHAR NOT NULL,
    population DOUBLE,
    longitude DOUBLE,
    latitude DOUBLE,
    topic VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    definition VARCHAR,
    citation VARCHAR,
    period_start INTEGER NOT NULL,
    period_end INTEGER NOT NULL,
    estimate DOUBLE,
    se DOUBLE,
    moe90 DOUBLE,
    unparsed VARCHAR,
    PRIMARY KEY (source_file, geoid, topic, period_start, period_end),
    CHECK (layer IN ('Community area', 'Census tract')),
    CHECK (layer <> 'Census tract' OR length(geoid) = 11),
    CHECK (period_start <= period_end),
    CHECK (se >= 0),
    CHECK (moe90 >= 0),
    CHECK (unparsed IS NULL)
);
COMMENT ON TABLE chicago_health_atlas IS 'Indicators of Chicago''s community areas and census tracts by topic and period, as downloaded from the Chicago Health Atlas; one download may repeat what another says.';
COMMENT ON COLUMN chicago_health_atlas.layer IS 'Kind of area, as printed.';
COMMENT ON COLUMN chicago_health_atlas.name IS 'Name of the area, as printed.';
COMMENT ON COLUMN chicago_health_atlas.geoid IS 'Number of the community area, as text; code of the tract, 11 digits.';
COMMENT ON COLUMN chicago_health_atlas.population IS '[people] Population column of the download, of no stated year; NULL where it has none. Downloads differ in it.';
COMMENT ON COLUMN chicago_health_atlas.longitude IS '[degrees] A point of the area, as printed; NULL where the download has none.';
COMMENT ON COLUMN chicago_health_atlas.latitude IS '[degrees] A point of the area, as printed; NULL where the download has none.';
COMMENT ON COLUMN chicago_health_atlas.topic IS 'Topic code; VRLE is life expectancy.';
COMMENT ON COLUMN chicago_health_atlas.label IS 'What the topic and period are called, with the unit, as printed.';
COMMENT ON COLUMN chicago_health_atlas.definition IS 'Definition, where the download gives one.';
COMMENT ON COLUMN chicago_health_atlas.citation IS 'Where the Atlas has it from, where the download says so.';
COMMENT ON COLUMN chicago_health_atlas.period_start IS '[year] First year.';
COMMENT ON COLUMN chicago_health_atlas.estimate IS 'Value as exported, in the unit of the label; NULL where it is empty.';
COMMENT ON COLUMN chicago_health_atlas.se IS '[unit of the estimate] Standard error as exported; NULL where the download has none and where its cell is empty, as with a lead poisoning rate of zero.';
COMMENT ON COLUMN chicago_health_atlas.moe90 IS '[unit of the estimate] 90 percent margin of error as exported: 1.645 standard errors; NULL where the download has none and where its cell is empty.';
