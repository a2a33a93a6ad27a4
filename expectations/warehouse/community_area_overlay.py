"""The overlay of tracts on community areas, against the city's own assignment."""

from lifegap.checks.rules import no_row

RULES = (
    no_row(
        "overlay_agrees_with_the_city",
        "share > 0.05 AND (tract_place_id, area_place_id) NOT IN "
        "(SELECT (from_place_id, to_place_id) FROM warehouse.crosswalk) AND tract_place_id IN "
        "(SELECT from_place_id FROM warehouse.crosswalk WHERE to_place_id IN "
        "(SELECT area_place_id FROM warehouse.community_area_overlay))",
        severity="warning",
        reason="Where more than a twentieth of a tract's land lies in another area than the city assigns "
        "it to, the city's assignment stands (people do not live evenly), and the difference is told.",
        what_to_do="Nothing: the city's own assignment is used.",
        needs=("warehouse.crosswalk",),
    ),
)
