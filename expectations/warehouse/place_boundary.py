"""Shapes of places."""

from lifegap.checks.rules import no_row

RULES = (
    no_row(
        "areas_agree_with_the_city",
        "abs(area_km2 / printed_area_km2 - 1) > 0.001",
        reason="The area computed from a shape equals the one the city prints; else the projection "
        "is wrong, and with it every share.",
        what_to_do="Check the projection of the city in assets/warehouse/cities.",
    ),
)
