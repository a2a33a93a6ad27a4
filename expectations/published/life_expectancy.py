"""Published life expectancy."""

from lifegap.checks.rules import counted, no_row

RULES = (
    no_row(
        "no_unreliable_figure_is_quotable",
        "quotable <> 'no' AND (estimate IS NULL OR reliability IN ('unreliable', 'withheld'))",
        reason="What is unreliable must not be quoted, with or without a caveat.",
        what_to_do="Look at assets/quotable.py.",
    ),
    no_row(
        "freely_quotable_figures_have_an_interval",
        "quotable = 'yes' AND (se IS NULL OR reliability <> 'good')",
        reason="A figure without interval, or with a wide one, is quoted with its caveat only.",
        what_to_do="Look at assets/quotable.py.",
    ),
    counted(
        "printed_figures_have_their_row",
        """(
            SELECT count(*) FROM published.life_expectancy AS e
            WHERE e.method = 'published' AND e.estimate IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM published.figure_input AS i
                WHERE (i.place_id, i.source_id, i.vintage, i.period_start, i.period_end,
                    i.population_group, i.estimate) = (e.place_id, e.source_id, e.vintage,
                    e.period_start, e.period_end, e.population_group, e.estimate)
            )
        )""",
        reason="Every figure as printed leads back to a row of a file.",
        what_to_do="Look at published.figure_input for the source.",
        needs=("published.figure_input",),
    ),
    no_row(
        "the_pandemic_is_said",
        "estimate IS NOT NULL AND period_start <= 2021 AND period_end >= 2020 "
        "AND NOT coalesce(contains(caveat, 'pandemic'), FALSE)",
        reason="In 2020 and 2021 lives were shorter than before or after; figures of those years say so.",
        what_to_do="Look at assets/quotable.py.",
    ),
)
