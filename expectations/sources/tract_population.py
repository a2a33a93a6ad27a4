"""Census counts of tracts."""

from lifegap.checks.rules import no_row

RULES = (
    no_row(
        "tracts_have_possible_counts",
        "population > 60000",
        reason="Tracts are drawn for about 4,000 people; none has more than 60,000.",
        what_to_do="Compare the row with the census.",
    ),
    no_row(
        "name_is_of_a_tract",
        "name NOT LIKE 'Census Tract %'",
        reason="A row that is no tract (a county, a total) would be counted twice.",
        what_to_do="Take the row out of the file, or obtain the file again.",
    ),
)
