CREATE TABLE place_shape (
    place_id VARCHAR NOT NULL,
    shape_place_id VARCHAR NOT NULL,
    drawn_with VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    vintage VARCHAR NOT NULL,
    border_shift DOUBLE NOT NULL,
    note VARCHAR,
    geometry VARCHAR NOT NULL,
    PRIMARY KEY (place_id),
    FOREIGN KEY (place_id) REFERENCES place (place_id),
    FOREIGN KEY (shape_place_id) REFERENCES place (place_id),
    CHECK (border_shift >= 0),
    CHECK (geometry LIKE 'POLYGON %' OR geometry LIKE 'MULTIPOLYGON %'),
    CHECK (shape_place_id = place_id OR note IS NOT NULL)
);
COMMENT ON TABLE place_shape IS 'Shapes of places for maps: the areas of cities, and the places of coalitions that a map at hand draws. A place that none draws has no row.';
COMMENT ON COLUMN place_shape.shape_place_id IS 'Place whose shape it is: the place itself, or the one that it stands in for, which the note says.';
COMMENT ON COLUMN place_shape.drawn_with IS 'Set of places that were simplified together: where two of them touch, they have the same border.';
COMMENT ON COLUMN place_shape.source_id IS 'Dataset the shape comes from.';
COMMENT ON COLUMN place_shape.vintage IS 'Edition of the map; drawn for an area that a coalition draws itself.';
COMMENT ON COLUMN place_shape.border_shift IS '[meters] Farthest that the border lies from that of the map, after it was simplified and rounded; what the publisher had simplified before is in the note.';
COMMENT ON COLUMN place_shape.note IS 'What must be said of the shape.';
COMMENT ON COLUMN place_shape.geometry IS 'Shape as well-known text, longitude before latitude, WGS 84, degrees with five decimals.';
