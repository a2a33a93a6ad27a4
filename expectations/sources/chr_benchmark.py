"""County Health Rankings, the value that the best tenth of counties reaches."""

from lifegap.checks.rules import no_row

RULES = (
    no_row(
        "benchmarks_say_their_percentile",
        "benchmark IS NOT NULL AND percentile IS NULL",
        reason="Whether a low or a high value is the better one is told by the percentile.",
        what_to_do="Compare the row with the publisher's file.",
    ),
    no_row(
        "benchmarks_are_not_negative",
        "benchmark < 0",
        reason="Every measure with a benchmark is a rate, a share or a count; less than none is a sign.",
        what_to_do="Find out what the sign means, and add it to the parser.",
    ),
)
