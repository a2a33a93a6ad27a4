"""Relationships of 2010 and 2020 tracts."""

from lifegap.checks.rules import no_row

RULES = (
    no_row(
        "a_part_is_no_more_than_the_whole",
        "land_part > land_2010 OR land_part > land_2020",
        reason="Two tracts cannot share more land than each has.",
        what_to_do="Obtain the relationship file again; columns may have shifted.",
    ),
)
