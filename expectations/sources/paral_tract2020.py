"""The unofficial assignment of 2020 tracts to community areas."""

from lifegap.checks.rules import counted, no_row

RULES = (
    counted(
        "every_area_has_a_tract",
        "77 - count(DISTINCT area_number)",
        reason="Each of the 77 community areas has at least one tract.",
        what_to_do="Obtain the list again.",
    ),
    no_row(
        "tracts_are_of_cook_county",
        "tract_id NOT LIKE '17031%' AND tract_id NOT LIKE '17043%'",
        reason="Chicago lies in Cook County, and a corner of O'Hare in DuPage.",
        what_to_do="Compare the codes with the list.",
    ),
)
