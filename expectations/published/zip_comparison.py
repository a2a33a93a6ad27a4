"""ZIP codes by polygon, whole tracts and ZCTA."""

from lifegap.checks.rules import no_row

RULES = (
    no_row(
        "differences_follow_from_their_figures",
        "abs(majority_less_polygon - (by_majority - by_polygon)) > 1e-9 "
        "OR abs(zcta_less_polygon - (by_zcta - by_polygon)) > 1e-9",
        reason="A difference says how far two figures of one row are apart.",
        what_to_do="Look at assets/analyses/zip_comparison.py.",
    ),
    no_row(
        "life_expectancy_is_that_of_the_release",
        "measure = 'life_expectancy' AND by_polygon IS NOT NULL AND NOT EXISTS (SELECT 1 FROM (SELECT "
        "place_id AS p, source_id AS s, vintage AS v, estimate FROM published.life_expectancy) "
        "WHERE p = place_id AND s = source_id AND v = vintage AND abs(estimate - by_polygon) < 1e-6)",
        reason="The same figure must not stand in two tables with two values.",
        what_to_do="Look at assets/analyses/zip_comparison.py and assets/indicators/pooled_life_table.py.",
        needs=("published.life_expectancy",),
    ),
)
