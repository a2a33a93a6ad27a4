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
