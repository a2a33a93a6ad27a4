CREATE TABLE coalition_place (
    coalition_id VARCHAR NOT NULL,
    place_id VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    stands_for VARCHAR,
    also VARCHAR,
    spoken VARCHAR,
    valid_from DATE,
    valid_to DATE,
    declared_by VARCHAR,
    note VARCHAR,
    PRIMARY KEY (coalition_id, place_id, role),
    FOREIGN KEY (place_id) REFERENCES place (place_id),
    FOREIGN KEY (coalition_id) REFERENCES coalition (coalition_id),
    FOREIGN KEY (stands_for) REFERENCES place (place_id),
    CHECK (valid_from <= valid_to),
    CHECK (role IN ('member', 'context'))
);
COMMENT ON TABLE coalition_place IS 'Places of coalitions: members, and others shown beside them.';
COMMENT ON COLUMN coalition_place.role IS 'member, or context: references, stand-ins, the footprint.';
COMMENT ON COLUMN coalition_place.stands_for IS 'Member that the place stands in for, where a source has no figure of the member.';
COMMENT ON COLUMN coalition_place.also IS 'Other names by which people find it, joined by semicolons.';
COMMENT ON COLUMN coalition_place.spoken IS 'Its name inside a sentence, where that differs: the Loop.';
COMMENT ON COLUMN coalition_place.valid_from IS 'First day of the membership, where it is known.';
COMMENT ON COLUMN coalition_place.valid_to IS 'Last day of the membership; NULL while it lasts.';
COMMENT ON COLUMN coalition_place.declared_by IS 'Who declared the membership.';
COMMENT ON COLUMN coalition_place.note IS 'What a reader should know.';
