"""Deaths by age."""

from lifegap.checks.rules import no_row

RULES = (
    no_row(
        "small_counts_are_hidden",
        "deaths BETWEEN 1 AND 9",
        reason="Counts of 1 to 9 deaths are hidden by the publisher and by the terms of use of its data.",
        what_to_do="Find how the count came in; it must not be published, nor what gives it away.",
    ),
)
