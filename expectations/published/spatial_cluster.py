"""Clusters."""

from lifegap.checks.rules import no_row

RULES = (
    no_row(
        "clusters_are_significant",
        "cluster IN ('high_high', 'low_low', 'high_low', 'low_high') <> coalesce(q_value <= 0.05, FALSE)",
        reason="Many places are tested; a cluster is named by the value adjusted for that.",
        what_to_do="Look at lifegap/methods/maps/local_moran.py.",
    ),
    no_row(
        "islands_have_no_statistic",
        "neighbors = 0 AND (local_i IS NOT NULL OR cluster NOT IN ('island'))",
        reason="A place without neighbors resembles none.",
        what_to_do="Look at lifegap/methods/maps/local_moran.py.",
    ),
)
