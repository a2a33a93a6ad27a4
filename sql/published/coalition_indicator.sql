CREATE TABLE coalition_indicator (
    coalition_id VARCHAR NOT NULL,
    indicator_id VARCHAR NOT NULL,
    priority_area VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    caution VARCHAR,
    reason VARCHAR,
    where_to_get VARCHAR,
    position INTEGER NOT NULL,
    PRIMARY KEY (coalition_id, indicator_id),
    FOREIGN KEY (coalition_id) REFERENCES coalition (coalition_id),
    FOREIGN KEY (indicator_id) REFERENCES indicator (indicator_id),
    CHECK (status IN ('available', 'data_needed', 'coalition_supplied')),
    CHECK (status = 'available' OR reason IS NOT NULL)
);
COMMENT ON TABLE coalition_indicator IS 'What each coalition wants measured, and whether it can be.';
COMMENT ON COLUMN coalition_indicator.status IS 'available, data_needed or coalition_supplied.';
COMMENT ON COLUMN coalition_indicator.caution IS 'What to mind with this coalitions places.';
COMMENT ON COLUMN coalition_indicator.reason IS 'Why it is not available, or has no value in this release.';
COMMENT ON COLUMN coalition_indicator.where_to_get IS 'Who has the data, or how to get them.';
