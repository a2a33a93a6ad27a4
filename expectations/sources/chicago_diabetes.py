"""Hospitalizations for diabetes by ZIP code."""

from lifegap.checks.rules import counted, no_row

RULES = (
    no_row(
        "rates_are_inside_their_limits",
        "crude_rate NOT BETWEEN crude_low AND crude_high "
        "OR adjusted_rate NOT BETWEEN adjusted_low AND adjusted_high",
        reason="A rate outside its own limits has a misprint in one of the three.",
        what_to_do="Compare the row with the portal; a column may have shifted.",
    ),
    no_row(
        "places_are_zip_codes_or_the_city",
        r"NOT regexp_full_match(zips, '\d{5}((, | & )\d{5})*|CHICAGO')",
        reason="The first column holds ZIP codes, several where they are taken together.",
        what_to_do="Compare the row with the portal.",
    ),
    counted(
        "a_zip_code_stands_in_one_group",
        "(SELECT count(*) FROM (SELECT zip FROM "
        r"(SELECT vintage, year, unnest(regexp_extract_all(zips, '\d{5}')) AS zip "
        "FROM sources.chicago_diabetes) GROUP BY vintage, year, zip HAVING count(*) > 1))",
        reason="A ZIP code in two groups would count its people twice.",
        what_to_do="Compare the groups with the portal.",
    ),
    no_row(
        "a_count_comes_with_its_rates",
        "hospitalizations IS NOT NULL AND (crude_rate IS NULL OR adjusted_rate IS NULL)",
        reason="Where hospitalizations are counted, both rates are given.",
        what_to_do="Compare the row with the portal.",
    ),
)
