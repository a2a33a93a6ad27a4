CREATE TABLE indicator (
    indicator_id VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    description VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    direction VARCHAR NOT NULL,
    priority_area VARCHAR NOT NULL,
    universe VARCHAR NOT NULL,
    formula VARCHAR,
    trend_allowed BOOLEAN NOT NULL,
    not_comparable_with VARCHAR,
    sdg_indicator VARCHAR,
    hp2030_objective VARCHAR,
    method_page VARCHAR,
    PRIMARY KEY (indicator_id),
    CHECK (direction IN ('higher', 'lower', 'none'))
);
COMMENT ON TABLE indicator IS 'Indicators: what is measured, for whom, which way is better.';
COMMENT ON COLUMN indicator.title IS 'Short name.';
COMMENT ON COLUMN indicator.description IS 'What it is.';
COMMENT ON COLUMN indicator.unit IS 'Unit of the values.';
COMMENT ON COLUMN indicator.direction IS 'higher or lower is better, or none.';
COMMENT ON COLUMN indicator.priority_area IS 'Theme it belongs to.';
COMMENT ON COLUMN indicator.universe IS 'Whom or what it is about.';
COMMENT ON COLUMN indicator.formula IS 'Cells it is made of, by table; NULL where no source is loaded.';
COMMENT ON COLUMN indicator.trend_allowed IS 'Whether values of different periods may be compared.';
COMMENT ON COLUMN indicator.not_comparable_with IS 'What looks alike and is not the same.';
COMMENT ON COLUMN indicator.sdg_indicator IS 'Indicator of the Sustainable Development Goals, where read on the official list.';
COMMENT ON COLUMN indicator.hp2030_objective IS 'Objective of Healthy People 2030, where read on the official page.';
COMMENT ON COLUMN indicator.method_page IS 'Page of the documentation.';
