CREATE TABLE premature_mortality (
    place_id VARCHAR NOT NULL,
    period_start INTEGER NOT NULL,
    period_end INTEGER NOT NULL,
    source_id VARCHAR NOT NULL,
    vintage VARCHAR NOT NULL,
    population_group VARCHAR NOT NULL,
    method VARCHAR NOT NULL,
    ypll75_rate DOUBLE,
    se DOUBLE,
    ci_low DOUBLE,
    ci_high DOUBLE,
    reliability VARCHAR NOT NULL,
    reason VARCHAR,
    deaths DOUBLE,
    excess_deaths DOUBLE,
    excess_low DOUBLE,
    excess_high DOUBLE,
    excess_reference VARCHAR,
    excess_share_below_75 DOUBLE,
    deaths_avoided DOUBLE,
    excess_reason VARCHAR,
    note VARCHAR NOT NULL,
    quotable VARCHAR NOT NULL,
    caveat VARCHAR,
    PRIMARY KEY (place_id, period_start, period_end, source_id, vintage, population_group, method),
    FOREIGN KEY (place_id) REFERENCES place (place_id),
    FOREIGN KEY (source_id, vintage) REFERENCES source (source_id, vintage),
    CHECK (quotable IN ('yes', 'with_caveat', 'no')),
    CHECK (quotable = 'yes' OR caveat IS NOT NULL),
    CHECK (reliability IN ('good', 'caution', 'unreliable', 'withheld')),
    CHECK (ypll75_rate >= 0),
    CHECK (se >= 0),
    CHECK (ci_low <= ypll75_rate AND ypll75_rate <= ci_high),
    CHECK (excess_low <= excess_deaths AND excess_deaths <= excess_high),
    CHECK (ypll75_rate IS NOT NULL OR reason IS NOT NULL),
    CHECK (excess_deaths IS NOT NULL OR excess_reason IS NOT NULL)
);
COMMENT ON TABLE premature_mortality IS 'Years of life lost before 75 and, where deaths by age are published for a group and its reference, excess deaths.';
COMMENT ON COLUMN premature_mortality.method IS 'published, or age_adjusted: computed from deaths by age, adjusted to the standard population of 2000.';
COMMENT ON COLUMN premature_mortality.ypll75_rate IS '[per 100,000] Years of life lost before age 75, per 100,000 people below 75.';
COMMENT ON COLUMN premature_mortality.se IS '[per 100,000] Standard error.';
COMMENT ON COLUMN premature_mortality.ci_low IS '[per 100,000] Lower 95 percent limit.';
COMMENT ON COLUMN premature_mortality.ci_high IS '[per 100,000] Upper 95 percent limit.';
COMMENT ON COLUMN premature_mortality.reason IS 'Why the rate or its interval is missing, or why it is unreliable.';
COMMENT ON COLUMN premature_mortality.deaths IS '[deaths] Deaths below 75 that it was computed from.';
COMMENT ON COLUMN premature_mortality.excess_deaths IS '[deaths] Deaths at all ages beyond those that the death rates of the reference group would give.';
COMMENT ON COLUMN premature_mortality.excess_low IS '[deaths] Lower 95 percent limit.';
COMMENT ON COLUMN premature_mortality.excess_high IS '[deaths] Upper 95 percent limit.';
COMMENT ON COLUMN premature_mortality.excess_reference IS 'Group of the same place whose rates are the reference.';
COMMENT ON COLUMN premature_mortality.excess_share_below_75 IS '[share] Part of the excess that is below age 75.';
COMMENT ON COLUMN premature_mortality.deaths_avoided IS '[deaths] Fewer deaths if the difference in death rates were halved at every age.';
COMMENT ON COLUMN premature_mortality.excess_reason IS 'Why there are no excess deaths.';
COMMENT ON COLUMN premature_mortality.note IS 'From which ages years are counted, and what that makes it not comparable with.';
