CREATE TABLE release_calendar (
    source_id VARCHAR NOT NULL,
    vintage VARCHAR NOT NULL,
    earliest DATE,
    latest DATE,
    every_months INTEGER,
    basis VARCHAR,
    why VARCHAR NOT NULL,
    PRIMARY KEY (source_id, vintage),
    FOREIGN KEY (source_id, vintage) REFERENCES source (source_id, vintage),
    CHECK (basis IN ('announced', 'habit')),
    CHECK ((earliest IS NULL) = (latest IS NULL) AND (earliest IS NULL) = (basis IS NULL)),
    CHECK ((earliest IS NULL) = (every_months IS NULL)),
    CHECK (earliest <= latest),
    CHECK (every_months > 0)
);
COMMENT ON TABLE release_calendar IS 'When the next edition of each dataset is expected from its publisher, as its card says; lifegap sources --calendar makes the twelve months from a day of it.';
COMMENT ON COLUMN release_calendar.vintage IS 'The release or edition here whose data reach furthest; of several the one that is listed last.';
COMMENT ON COLUMN release_calendar.earliest IS 'First day on which the next edition is expected: of a month or of a year. NULL where none is.';
COMMENT ON COLUMN release_calendar.latest IS 'Last day of that month or year. NULL where none is expected.';
COMMENT ON COLUMN release_calendar.every_months IS '[months] From one edition to the one after it. NULL where none is expected.';
COMMENT ON COLUMN release_calendar.basis IS 'announced: the publisher said so; habit: told from when editions came before. NULL where none is expected.';
COMMENT ON COLUMN release_calendar.why IS 'What the date rests on, or how often editions come where no date is known.';
