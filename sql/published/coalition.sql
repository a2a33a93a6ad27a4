CREATE TABLE coalition (
    coalition_id VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    city VARCHAR,
    mission VARCHAR,
    url VARCHAR,
    status VARCHAR NOT NULL,
    target_statement VARCHAR,
    headline_place_id VARCHAR,
    headline_reference_id VARCHAR,
    PRIMARY KEY (coalition_id),
    FOREIGN KEY (headline_place_id) REFERENCES place (place_id),
    FOREIGN KEY (headline_reference_id) REFERENCES place (place_id),
    CHECK (status IN ('live', 'draft'))
);
COMMENT ON TABLE coalition IS 'Coalitions of hospitals and residents that this release speaks to.';
COMMENT ON COLUMN coalition.title IS 'Name.';
COMMENT ON COLUMN coalition.city IS 'City.';
COMMENT ON COLUMN coalition.mission IS 'What it works for, in our words.';
COMMENT ON COLUMN coalition.url IS 'Its page.';
COMMENT ON COLUMN coalition.status IS 'live: computed in every refresh; draft: being set up.';
COMMENT ON COLUMN coalition.target_statement IS 'What is known of its target where none is loaded.';
COMMENT ON COLUMN coalition.headline_place_id IS 'Place of the gap that heads its reports, named beforehand.';
COMMENT ON COLUMN coalition.headline_reference_id IS 'Reference of that gap.';
