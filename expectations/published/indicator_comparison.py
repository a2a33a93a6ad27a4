"""Places against their references, indicator by indicator."""

from lifegap.checks.rules import counted, no_row

RULES = (
    no_row(
        "difference_is_reference_less_place",
        "abs(difference - (reference_value - place_value)) > 1e-9",
        reason="A difference is the reference's value less the place's, as every gap here; the sign is kept.",
        what_to_do="Look at assets/published/indicator_comparison.py.",
    ),
    no_row(
        "verdict_follows_the_interval",
        "(verdict = 'not_compared') <> (ci_low IS NULL) "
        "OR (verdict = 'similar') <> coalesce(ci_low <= 0 AND ci_high >= 0, FALSE)",
        reason="Two places are alike where the interval of their difference holds zero, and only there.",
        what_to_do="Look at assets/published/indicator_comparison.py.",
    ),
    counted(
        "both_sides_are_published",
        """(
            SELECT count(*) FROM published.indicator_comparison AS c
            WHERE c.difference IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM published.indicator_value AS p JOIN published.indicator_value AS r
                    USING (indicator_id, source_id, vintage, period_start, period_end, population_group)
                WHERE (p.indicator_id, p.source_id, p.vintage) = (c.indicator_id, c.source_id, c.vintage)
                AND (p.period_start, p.period_end) = (c.period_start, c.period_end)
                AND p.population_group = c.population_group
                AND (p.place_id, r.place_id) = (c.place_id, c.reference_place_id)
                AND (p.value, r.value) = (c.place_value, c.reference_value)
            )
        )""",
        reason="Figures of different sources, editions or periods are never compared.",
        what_to_do="Find the two sides of the row in indicator_value.",
        needs=("published.indicator_value",),
    ),
)
