CREATE TABLE philadelphia_small_area (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    level VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    measure VARCHAR NOT NULL,
    value DOUBLE,
    text VARCHAR,
    unparsed VARCHAR,
    PRIMARY KEY (vintage, level, code, measure),
    CHECK (level IN ('tract', 'block_group')),
    CHECK (length(code) = CASE level WHEN 'tract' THEN 11 ELSE 12 END),
    CHECK (value IS NULL OR text IS NULL),
    CHECK (unparsed IS NULL)
);
COMMENT ON TABLE philadelphia_small_area IS 'Measures of small areas of Philadelphia: heat vulnerability of 2010 tracts, food retail of 2010 block groups.';
COMMENT ON COLUMN philadelphia_small_area.level IS 'tract or block_group.';
COMMENT ON COLUMN philadelphia_small_area.code IS 'Tract, 11 digits, or block group, 12 digits.';
COMMENT ON COLUMN philadelphia_small_area.measure IS 'Column of the file: hvi_score, hei_score and hsi_score of heat vulnerability; TOTAL_LPSS and TOTAL_HPSS, stores that supply little or much produce; and so on.';
COMMENT ON COLUMN philadelphia_small_area.value IS '[as the measure says] PCT_ is percent, PER1000 is per 1,000, a score is a standard score. NULL where none is printed.';
COMMENT ON COLUMN philadelphia_small_area.text IS 'Word of a measure that is a class, as HPSS_ACCESS.';
