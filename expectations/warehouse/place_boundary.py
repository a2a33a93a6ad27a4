"""Shapes of places."""

from lifegap.checks.rules import counted

RULES = (
    counted(
        "areas_agree_with_the_city",
        "(SELECT count(*) FROM sources.chicago_community_area AS a JOIN warehouse.place_boundary AS b "
        "ON b.place_id = 'neighborhood:chicago-' || a.area_number "
        "WHERE abs(b.area_km2 / (a.shape_area * 0.09290341161 / 1e6) - 1) > 0.001)",
        reason="The area computed from a shape equals the one the city prints; else the projection "
        "is wrong, and with it every share.",
        what_to_do="Check the projection in assets/warehouse/place_boundary.py.",
    ),
)
