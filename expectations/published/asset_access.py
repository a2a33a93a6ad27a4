"""Access to assets."""

from lifegap.checks.rules import no_row

RULES = (
    no_row(
        "rates_are_counts_over_people",
        "abs(per_10000 - count * 10000 / people) > 1e-9",
        reason="A rate says how many of the place's assets there are by its people.",
        what_to_do="Look at assets/analyses/asset_access.py.",
    ),
    no_row(
        "counts_are_those_of_the_points",
        "place_id IN (SELECT place_id FROM published.asset WHERE place_id IS NOT NULL) AND count <> "
        "(SELECT count(*) FROM (SELECT place_id AS p, asset_type AS t, source_id AS s, vintage AS v "
        "FROM published.asset WHERE not_counted IS NULL) "
        "WHERE p = place_id AND t = asset_type AND s = source_id AND v = vintage)",
        reason="Who counts the points of an area must find what is published of it.",
        what_to_do="Look at assets/analyses/asset_access.py.",
        needs=("published.asset",),
    ),
    no_row(
        "distances_are_those_within_a_city",
        "nearest_km > 60",
        reason="Nobody in a city lives 60 kilometers from the nearest clinic or market of its list.",
        what_to_do="Look for points with exchanged or rounded coordinates.",
    ),
    no_row(
        "what_is_missing_has_its_reason",
        "(per_10000 IS NULL OR nearest_km IS NULL) <> (reason IS NOT NULL)",
        reason="An empty figure says why, and a figure needs no excuse.",
        what_to_do="Look at assets/analyses/asset_access.py.",
    ),
)
