"""USALEEP file A: what must hold of tract life expectancies."""

from lifegap.checks.rules import no_row

RULES = (
    no_row(
        "life_expectancy_is_possible",
        "e0 NOT BETWEEN 40 AND 100",
        reason="No tract of the United States lives to less than 40 or more than 100 years on average.",
        what_to_do="Compare the row with the publisher's file; a column may have shifted.",
    ),
    no_row(
        "standard_error_is_published_range",
        "se_e0 > 4.0",
        severity="warning",
        reason="The publisher gives no estimate whose standard error is above 4 years.",
        what_to_do="Compare the row with the publisher's file.",
    ),
    no_row(
        "tracts_are_of_2010",
        "left(tract_id, 5) IN (SELECT left(tract_id, 5) FROM sources.tract_population) AND tract_id NOT IN "
        "(SELECT tract_id FROM sources.tract_population WHERE vintage = '2010')",
        reason="Codes of the 2020 census stand for other land; joined by code they would mislead.",
        what_to_do="Obtain the file again: these tracts are not of the census of 2010.",
        needs=("sources.tract_population",),
    ),
)
