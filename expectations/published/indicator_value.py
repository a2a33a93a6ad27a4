"""Published indicators."""

from lifegap.checks.rules import no_row

PERCENT = "(SELECT indicator_id FROM published.indicator WHERE unit = 'percent')"

RULES = (
    no_row(
        "percentages_lie_between_0_and_100",
        f"indicator_id IN {PERCENT} AND (value NOT BETWEEN 0 AND 100 OR ci_low < 0 OR ci_high > 100)",
        reason="A share of people cannot be below 0 or above 100 percent, nor its interval.",
        what_to_do="Look at the cells of the row with lifegap explain.",
        needs=("published.indicator",),
    ),
    no_row(
        "published_percentages_agree_with_counts",
        f"indicator_id IN {PERCENT} AND method = 'published' AND denominator > 0 "
        "AND abs(value - 100 * numerator / denominator) > 0.0501",
        reason="The publisher's percentage is that of its own counts, to the printed digit.",
        what_to_do="The cells of the indicator may not belong together.",
        needs=("published.indicator",),
    ),
    no_row(
        "medians_are_never_taken_together",
        "method = 'summed' AND value IS NOT NULL AND indicator_id IN "
        "(SELECT indicator_id FROM published.indicator WHERE unit = 'US dollars')",
        reason="A median of the whole does not follow from the medians of its parts.",
        what_to_do="Give no value, with the reason not_computable:median_of_parts.",
        needs=("published.indicator",),
    ),
    no_row(
        "no_unreliable_value_is_quotable",
        "quotable <> 'no' AND (value IS NULL OR reliability IN ('unreliable', 'withheld'))",
        reason="What is unreliable must not be quoted, with or without a caveat.",
        what_to_do="Look at assets/quotable.py.",
    ),
    no_row(
        "ranks_are_quoted_with_their_caveat",
        "rank IS NOT NULL AND quotable = 'yes'",
        reason="A rank compares counties of one state in one release; without saying so it misleads.",
        what_to_do="Look at the caveat of the card.",
    ),
    no_row(
        "small_counts_of_children_are_hidden",
        "indicator_id = 'child_lead' AND numerator BETWEEN 1 AND 5",
        reason="The city hides counts of one to five children, so that none of them can be found.",
        what_to_do="Find how the count came in; it must not be published, nor what gives it away.",
    ),
    no_row(
        "freely_quotable_values_have_an_error",
        "quotable = 'yes' AND (se IS NULL OR reliability <> 'good')",
        reason="A figure without a standard error, or with a wide one, is quoted with its caveat at most.",
        what_to_do="Look at assets/indicators/without_error.py.",
    ),
)
