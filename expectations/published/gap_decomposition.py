"""Parts of gaps."""

from lifegap.checks.rules import counted, no_row

RULES = (
    counted(
        "parts_sum_to_the_gap",
        """(
            SELECT count(*) FROM (
                SELECT coalition_id, place_id, reference_place_id, source_id, vintage, period_start,
                    period_end, population_group, method, dimension, sum(years) AS years, count(*) AS parts
                FROM published.gap_decomposition WHERE years IS NOT NULL GROUP BY ALL
            ) AS d JOIN indicators.life_expectancy_gap AS g USING (coalition_id, place_id, reference_place_id,
                source_id, vintage, period_start, period_end, population_group, method)
            WHERE NOT coalesce(abs(d.years - g.gap) < 1e-8 OR (dimension = 'cause'
                AND abs(d.years - g.gap) <= 0.05 * (parts + 2) + 1e-8), FALSE)
        )""",
        reason="The parts of a gap are an account of it: nothing may be left over or counted twice, but for "
        "what years by cause are rounded by.",
        what_to_do="Look at the table's function and lifegap/methods/mortality/decomposition.py.",
        needs=("indicators.life_expectancy_gap",),
    ),
    no_row(
        "withheld_parts_hold_nothing",
        "reliability = 'withheld' AND (years IS NOT NULL OR se IS NOT NULL OR percent IS NOT NULL)",
        reason="A withheld gap must not come out through its parts.",
        what_to_do="Empty all columns of the row.",
    ),
)
