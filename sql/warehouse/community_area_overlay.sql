CREATE TABLE community_area_overlay (
    tract_place_id VARCHAR NOT NULL,
    area_place_id VARCHAR NOT NULL,
    share DOUBLE NOT NULL,
    PRIMARY KEY (tract_place_id, area_place_id),
    FOREIGN KEY (tract_place_id) REFERENCES place (place_id),
    FOREIGN KEY (area_place_id) REFERENCES place (place_id),
    CHECK (share > 0 AND share <= 1 + 1e-9)
);
COMMENT ON TABLE community_area_overlay IS 'Chicago''s 2010 tracts laid over its community areas: only compared with the city''s own assignment, used for no figure.';
COMMENT ON COLUMN community_area_overlay.tract_place_id IS 'Tract.';
COMMENT ON COLUMN community_area_overlay.area_place_id IS 'Community area.';
COMMENT ON COLUMN community_area_overlay.share IS '[share] Part of the tract''s area inside the community area.';
