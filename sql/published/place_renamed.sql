CREATE TABLE place_renamed (
    old_place_id VARCHAR NOT NULL,
    old_name VARCHAR NOT NULL,
    place_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    changed INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    note VARCHAR NOT NULL,
    PRIMARY KEY (old_place_id, place_id),
    FOREIGN KEY (place_id) REFERENCES place (place_id),
    CHECK (kind IN ('renamed', 'merged', 'split')),
    CHECK (changed BETWEEN 2000 AND 2100)
);
COMMENT ON TABLE place_renamed IS 'Counties that got another name or code since 2000, became part of another, or were divided: one row for each that they became.';
COMMENT ON COLUMN place_renamed.old_place_id IS 'Id that the old code has or would have. A renamed county has no row in place under it; merged and split ones keep theirs.';
COMMENT ON COLUMN place_renamed.old_name IS 'Name before.';
COMMENT ON COLUMN place_renamed.place_id IS 'What it is now, or one of those that it became.';
COMMENT ON COLUMN place_renamed.name IS 'Name of that.';
COMMENT ON COLUMN place_renamed.changed IS '[year] First year whose census tables have the new county; before 2010, the year of the day that the Bureau''s page of changes states.';
COMMENT ON COLUMN place_renamed.kind IS 'renamed (one place under two names or codes), merged or split (crosswalk leads from one to the other).';
COMMENT ON COLUMN place_renamed.note IS 'What happened, in a sentence.';
