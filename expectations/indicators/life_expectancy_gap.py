"""Gaps."""

from lifegap.checks.rules import counted, no_row

RULES = (
    no_row(
        "gap_is_reference_less_place",
        "abs(gap - (reference_estimate - place_estimate)) > 1e-9",
        reason="A gap is the reference's life expectancy less the place's; the sign is kept.",
        what_to_do="Look at lifegap/methods/mortality/gaps.py.",
    ),
    counted(
        "both_sides_are_of_one_series",
        """(
            SELECT count(*) FROM indicators.life_expectancy_gap AS g
            WHERE g.gap IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM indicators.life_expectancy AS p JOIN indicators.life_expectancy AS r
                    USING (source_id, vintage, period_start, period_end)
                WHERE (p.source_id, p.vintage, p.period_start, p.period_end, p.population_group)
                    = (g.source_id, g.vintage, g.period_start, g.period_end, g.population_group)
                AND p.place_id = g.place_id AND r.place_id = g.reference_place_id
                AND r.population_group = g.reference_group
                AND p.estimate = g.place_estimate AND r.estimate = g.reference_estimate
                AND ((p.method = g.method AND r.method IN (g.method, 'published'))
                    OR (g.method = 'published' AND 'published' IN (p.method, r.method)
                        AND (p.method LIKE 'pooled%' OR r.method LIKE 'pooled%')))
            )
        )""",
        reason="Figures of different sources, periods or methods are never subtracted.",
        what_to_do="Find the two sides of the row in indicators.life_expectancy.",
        needs=("indicators.life_expectancy",),
    ),
    no_row(
        "groups_differ_only_within_a_place",
        "(population_group <> reference_group) <> (place_id = reference_place_id)",
        reason="One group of one place against another group of another place mixes two differences.",
        what_to_do="Look at assets/indicators/life_expectancy_gap.py.",
    ),
    no_row(
        "test_agrees_with_interval",
        "abs(p_value - 0.05) > 1e-6 AND (p_value < 0.05) <> (ci_low > 0 OR ci_high < 0)",
        reason="A gap differs from zero at 5 percent exactly when its 95 percent interval excludes it.",
        what_to_do="Look at lifegap/methods/mortality/gaps.py.",
    ),
    no_row(
        "known_gap_of_west_garfield_park",
        "place_id = 'neighborhood:chicago-26' AND reference_place_id = 'neighborhood:chicago-32' "
        "AND source_id = 'chicago_life_expectancy' AND period_end = 2010 "
        "AND (abs(gap - 16.2) > 0.05 OR abs(se - 1.1837) > 0.0001)",
        reason="The city's figures of 2010 are 85.0 for the Loop and 68.8 for West Garfield Park: "
        "16.2 years, the gap that the coalition set out to halve.",
        what_to_do="The file has changed, or the code: compare with the city's own dataset.",
    ),
    no_row(
        "withheld_rows_hold_no_gap",
        "reliability = 'withheld' AND (gap IS NOT NULL OR ci_low IS NOT NULL OR p_value IS NOT NULL)",
        reason="A withheld gap must not come out through its interval or test.",
        what_to_do="Empty all columns of the row.",
    ),
    no_row(
        "reported_figures_have_no_interval",
        r"source_id LIKE '%\_reported' ESCAPE '\' AND se IS NOT NULL",
        reason="Pages report figures without standard errors; an interval would be invented.",
        what_to_do="Look at assets/warehouse/observation.py.",
    ),
)
