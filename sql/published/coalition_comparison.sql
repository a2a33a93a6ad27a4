CREATE TABLE coalition_comparison (
    coalition_id VARCHAR NOT NULL,
    place_id VARCHAR NOT NULL,
    reference_place_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    why VARCHAR,
    PRIMARY KEY (coalition_id, place_id, reference_place_id),
    FOREIGN KEY (place_id) REFERENCES place (place_id),
    FOREIGN KEY (coalition_id) REFERENCES coalition (coalition_id),
    FOREIGN KEY (reference_place_id) REFERENCES place (place_id)
);
COMMENT ON TABLE coalition_comparison IS 'Which place is compared with which.';
COMMENT ON COLUMN coalition_comparison.reference_place_id IS 'Reference: gaps are reference less place.';
COMMENT ON COLUMN coalition_comparison.why IS 'Why this reference.';
