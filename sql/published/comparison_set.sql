CREATE TABLE comparison_set (
    comparison_set VARCHAR NOT NULL,
    place_id VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    PRIMARY KEY (comparison_set, place_id),
    FOREIGN KEY (place_id) REFERENCES place (place_id)
);
COMMENT ON TABLE comparison_set IS 'Places that are compared with each other: all of one kind within one place.';
COMMENT ON COLUMN comparison_set.comparison_set IS 'Set, as <kind>/<place it lies in>.';
COMMENT ON COLUMN comparison_set.place_id IS 'Place of the set.';
COMMENT ON COLUMN comparison_set.title IS 'The set in words.';
