"""Deaths by age."""

from lifegap.checks.rules import no_row

RULES = (
    no_row(
        "small_counts_of_coalitions_are_hidden",
        "starts_with(source_id, 'coalition:') AND deaths < coalesce((SELECT map_from_entries(list(DISTINCT "
        "row(own.source_id, own.suppress_below))) FROM sources.coalition_death AS own)[source_id], 10)",
        reason="The coalition says which counts are too small to be told; that holds of every count.",
        what_to_do="Find how the count came in; it must not be published, nor what gives it away.",
    ),
    no_row(
        "small_counts_are_hidden",
        "deaths BETWEEN 1 AND 9 AND NOT starts_with(source_id, 'coalition:')",
        reason="Counts of 1 to 9 deaths are hidden by the publisher and by the terms of use of its data.",
        what_to_do="Find how the count came in; it must not be published, nor what gives it away.",
    ),
)
