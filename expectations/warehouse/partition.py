"""Partitions."""

from lifegap.checks.rules import counted, no_row

RULES = (
    no_row(
        "places_that_figures_are_made_for_have_a_type",
        "purpose = 'figures' AND place_type IS NULL",
        reason="Figures are compared and ranked among places of one type.",
        what_to_do="Give the partition the type of its areas, in the module of its city.",
    ),
    no_row(
        "footprints_are_of_no_city",
        "(partition LIKE 'footprint:%') <> (place_type IS NOT DISTINCT FROM 'footprint') "
        "OR (partition LIKE 'footprint:%' AND within_place_id IS NOT NULL)",
        reason="A footprint is a coalition's, whose places may lie in several cities; it is named as one.",
        what_to_do="Rename the partition of the city: the word footprint is the coalitions'.",
    ),
    counted(
        "a_place_has_figures_by_one_partition",
        "(SELECT count(*) FROM (SELECT place_type, within_place_id FROM warehouse.partition "
        "WHERE purpose = 'figures' AND within_place_id IS NOT NULL GROUP BY ALL HAVING count(*) > 1))",
        reason="A place that two partitions share units out to would count them twice.",
        what_to_do="Give the areas one partition, or a type of place of their own.",
    ),
)
