CREATE TABLE place_renamed (
    old_code VARCHAR NOT NULL,
    place_id VARCHAR NOT NULL,
    since INTEGER NOT NULL,
    why VARCHAR NOT NULL,
    PRIMARY KEY (old_code),
    CHECK (length(old_code) = 5)
);
COMMENT ON TABLE place_renamed IS 'County codes that were renamed: the old code is read as the new one.';
COMMENT ON COLUMN place_renamed.old_code IS 'County code before, 5 digits.';
COMMENT ON COLUMN place_renamed.place_id IS 'Place it is read as.';
COMMENT ON COLUMN place_renamed.since IS '[year] First year of the new code.';
COMMENT ON COLUMN place_renamed.why IS 'What happened.';
