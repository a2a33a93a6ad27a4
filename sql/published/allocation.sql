CREATE TABLE allocation (
    coalition_id VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    place_id VARCHAR NOT NULL,
    amount DOUBLE,
    share DOUBLE,
    share_low DOUBLE,
    share_high DOUBLE,
    proportionality DOUBLE,
    people DOUBLE,
    weight DOUBLE,
    weight_se DOUBLE,
    basis VARCHAR,
    reason VARCHAR,
    caveat VARCHAR,
    PRIMARY KEY (coalition_id, rule, place_id),
    FOREIGN KEY (coalition_id) REFERENCES coalition (coalition_id),
    FOREIGN KEY (place_id) REFERENCES place (place_id),
    CHECK (rule IN ('population', 'gap', 'need')),
    CHECK (share BETWEEN 0 AND 1),
    CHECK (share_low <= share_high),
    CHECK (weight_se >= 0),
    CHECK (proportionality >= 0),
    CHECK ((share IS NULL) = (reason IS NOT NULL))
);
COMMENT ON TABLE allocation IS 'A what-if: how an amount would be split over the places of a coalition by each of three rules, and how unsure the shares are. Mixed rules, floors and caps: lifegap allocate.';
COMMENT ON COLUMN allocation.rule IS 'population: as the people; gap: as the person-years that people live shorter than the reference; need: as people times the share of its comparison set that the place ranks before.';
COMMENT ON COLUMN allocation.amount IS '[US dollars] Of 100,000 US dollars.';
COMMENT ON COLUMN allocation.share IS '[share] Of the whole.';
COMMENT ON COLUMN allocation.share_low IS '[share] Lower 95 percent limit, from drawn gaps or ranks; the share itself where the rule rests on counts.';
COMMENT ON COLUMN allocation.share_high IS '[share] Upper 95 percent limit.';
COMMENT ON COLUMN allocation.proportionality IS '[ratio] Share of the amount over share of the people: 1 is as much a person as on average.';
COMMENT ON COLUMN allocation.people IS '[people] Of the place, in 2010.';
COMMENT ON COLUMN allocation.weight IS '[people] What the share is in proportion to, in people times years, or people times rank; below 0 counts as none.';
COMMENT ON COLUMN allocation.weight_se IS '[people] Its standard error, in the same unit.';
COMMENT ON COLUMN allocation.basis IS 'What the weights were made of.';
COMMENT ON COLUMN allocation.reason IS 'Why there is no split.';
COMMENT ON COLUMN allocation.caveat IS 'What must be said with it.';
