"""Places against their references, indicator by indicator."""

from lifegap.checks.rules import counted, no_row

RULES = (
    no_row(
        "difference_is_reference_less_place",
        "abs(difference - (reference_value - place_value)) > 1e-9",
        reason="A difference is the reference's value less the place's, as every gap here; the sign is kept.",
        what_to_do="Look at assets/analyses/indicator_comparison.py.",
    ),
    no_row(
        "verdict_follows_the_interval",
        "(verdict = 'not_compared') <> (ci_low IS NULL) "
        "OR (verdict = 'similar') <> coalesce(ci_low <= 0 AND ci_high >= 0, FALSE)",
        reason="Two places are alike where the interval of their difference holds zero, and only there.",
        what_to_do="Look at assets/analyses/indicator_comparison.py.",
    ),
    counted(
        "both_sides_are_published",
        """(
            SELECT count(*) FROM (
                SELECT 1 FROM published.indicator_comparison AS c ANTI JOIN (
                    SELECT * FROM published.indicator_value WHERE place_id IN
                        (SELECT place_id FROM published.indicator_comparison)
                ) AS v ON (v.indicator_id, v.source_id, v.vintage) = (c.indicator_id, c.source_id, c.vintage)
                    AND (v.period_start, v.period_end) = (c.period_start, c.period_end)
                    AND v.population_group = c.population_group
                    AND v.place_id = c.place_id AND v.value = c.place_value
                WHERE c.difference IS NOT NULL
                UNION ALL
                SELECT 1 FROM published.indicator_comparison AS c ANTI JOIN (
                    SELECT * FROM published.indicator_value WHERE place_id IN
                        (SELECT reference_place_id FROM published.indicator_comparison)
                ) AS v ON (v.indicator_id, v.source_id, v.vintage) = (c.indicator_id, c.source_id, c.vintage)
                    AND (v.period_start, v.period_end) = (c.period_start, c.period_end)
                    AND v.population_group = c.population_group
                    AND v.place_id = c.reference_place_id AND v.value = c.reference_value
                WHERE c.difference IS NOT NULL
            )
        )""",
        reason="Figures of different sources, editions or periods are never compared.",
        what_to_do="Find the two sides of the row in indicator_value.",
        needs=("published.indicator_value",),
    ),
)
