"""Community areas of Chicago."""

from lifegap.checks.rules import counted

RULES = (
    counted(
        "77_community_areas",
        "abs(count(*) - 77)",
        lists="SELECT format('{} rows', count(*)) FROM sources.chicago_community_area",
        reason="Chicago has 77 community areas; their borders have not changed in decades.",
        what_to_do="Obtain the boundaries again.",
    ),
)
