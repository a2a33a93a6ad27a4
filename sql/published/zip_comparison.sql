CREATE TABLE zip_comparison (
    coalition_id VARCHAR NOT NULL,
    place_id VARCHAR NOT NULL,
    measure VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    by_polygon DOUBLE,
    by_majority DOUBLE,
    by_zcta DOUBLE,
    majority_less_polygon DOUBLE,
    zcta_less_polygon DOUBLE,
    source_id VARCHAR NOT NULL,
    vintage VARCHAR NOT NULL,
    period_start INTEGER,
    period_end INTEGER,
    note VARCHAR,
    PRIMARY KEY (coalition_id, place_id, measure),
    FOREIGN KEY (coalition_id) REFERENCES coalition (coalition_id),
    FOREIGN KEY (place_id) REFERENCES place (place_id),
    FOREIGN KEY (source_id, vintage) REFERENCES source (source_id, vintage)
);
COMMENT ON TABLE zip_comparison IS 'What a ZIP code of a coalition comes to as the polygon that the city draws, as the whole tracts that lie mostly in it, and as the area (ZCTA) that the Census Bureau draws.';
COMMENT ON COLUMN zip_comparison.place_id IS 'ZIP code, as the polygon of the city.';
COMMENT ON COLUMN zip_comparison.measure IS 'area, tracts (of which at least a hundredth lies in the polygon; by_majority: that lie mostly in it), tracts_split (of these, with at least a hundredth elsewhere), people, life_expectancy, or an indicator.';
COMMENT ON COLUMN zip_comparison.unit IS 'Unit of the three figures.';
COMMENT ON COLUMN zip_comparison.by_polygon IS 'Of the polygon; tracts count by the share of their area in it.';
COMMENT ON COLUMN zip_comparison.by_majority IS 'Of the tracts that have more of their area in the polygon than in any other, whole.';
COMMENT ON COLUMN zip_comparison.by_zcta IS 'Of the ZCTA with the same digits, as the Census Bureau publishes it.';
COMMENT ON COLUMN zip_comparison.majority_less_polygon IS 'How much more the whole tracts come to. Without an interval: both are made of the same tracts.';
COMMENT ON COLUMN zip_comparison.zcta_less_polygon IS 'How much more the ZCTA comes to.';
COMMENT ON COLUMN zip_comparison.source_id IS 'Dataset of the figures, or of the polygons.';
COMMENT ON COLUMN zip_comparison.period_start IS '[year] First year of the figures; NULL for shapes.';
COMMENT ON COLUMN zip_comparison.note IS 'What a figure rests on, or why it is missing.';
