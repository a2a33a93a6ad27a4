CREATE TABLE philadelphia_lead (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    level VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    children_5_or_more DOUBLE,
    children_screened DOUBLE,
    percent_5_or_more DOUBLE,
    sign VARCHAR,
    unparsed VARCHAR,
    PRIMARY KEY (vintage, level, code),
    CHECK (level IN ('zip', 'tract')),
    CHECK (length(code) = CASE level WHEN 'zip' THEN 5 ELSE 11 END),
    CHECK (children_5_or_more >= 0),
    CHECK (percent_5_or_more BETWEEN 0 AND 100),
    CHECK ((sign IS NULL) = (children_5_or_more IS NOT NULL)),
    CHECK (sign = 'suppressed'),
    CHECK (unparsed IS NULL)
);
COMMENT ON TABLE philadelphia_lead IS 'Lead in the blood of young children of Philadelphia, by ZIP code (2015) and 2010 tract (2013-2015).';
COMMENT ON COLUMN philadelphia_lead.level IS 'zip or tract.';
COMMENT ON COLUMN philadelphia_lead.code IS 'ZIP code, 5 digits, or tract, 11 digits.';
COMMENT ON COLUMN philadelphia_lead.children_5_or_more IS '[children] With 5 or more micrograms of lead per deciliter; 0 is none, NULL is suppressed.';
COMMENT ON COLUMN philadelphia_lead.children_screened IS '[children] Younger than 6 years and screened; NULL where nothing is printed.';
COMMENT ON COLUMN philadelphia_lead.percent_5_or_more IS '[percent] Of children screened, one decimal; three tracts print 0.0 beside an empty count.';
COMMENT ON COLUMN philadelphia_lead.sign IS 'suppressed where the count is empty (fewer than 6 children).';
