"""Community areas of Chicago."""

from lifegap.checks.rules import built_in

RULES = (
    built_in(
        "77_community_areas",
        "ExpectTableRowCountToEqual",
        value=77,
        reason="Chicago has 77 community areas; their borders have not changed in decades.",
        what_to_do="Obtain the boundaries again.",
    ),
)
