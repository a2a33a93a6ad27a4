"""Heat vulnerability and food retail of Philadelphia's small areas."""

from lifegap.checks.rules import counted, no_row

RULES = (
    no_row(
        "shares_are_percentages",
        "measure LIKE 'PCT\\_%' ESCAPE '\\' AND value NOT BETWEEN 0 AND 100",
        reason="A share is between none and all.",
        what_to_do="Obtain the file again; columns may have shifted.",
    ),
    no_row(
        "counts_are_not_negative",
        "(measure LIKE 'TOTAL%' OR measure LIKE '%PER1000') AND value < 0",
        reason="There are no fewer than no stores; a negative number is a sign for none known.",
        what_to_do="Read the publisher's description of the column.",
    ),
    no_row(
        "places_are_of_philadelphia",
        "NOT starts_with(code, '42101')",
        reason="The files are of one county, 42101.",
        what_to_do="Obtain the file again; codes may have lost digits.",
    ),
    no_row(
        "heat_is_of_its_year",
        "measure = 'year' AND value::INTEGER::VARCHAR <> vintage",
        reason="An edition of another year under this one's name would stand in the wrong year.",
        what_to_do="List the file under the year that it prints.",
    ),
    counted(
        "produce_shares_are_of_all_stores",
        "(SELECT count(*) FROM (SELECT max(value) FILTER (measure = 'TOTAL_LPSS') AS little, "
        "max(value) FILTER (measure = 'TOTAL_HPSS') AS much, "
        "max(value) FILTER (measure = 'PCT_HPSS') AS share "
        "FROM sources.philadelphia_small_area GROUP BY vintage, level, code) "
        "WHERE little + much > 0 AND abs(100 * much / (little + much) - share) > 0.0001)",
        reason="The share is that of stores with much produce among all stores.",
        what_to_do="Obtain the file again; columns may have shifted.",
    ),
    counted(
        "who_has_no_access_has_no_store",
        "(SELECT count(*) FROM (SELECT max(value) FILTER (measure = 'TOTAL_HPSS') AS much, "
        "max(text) FILTER (measure = 'HPSS_ACCESS') AS access "
        "FROM sources.philadelphia_small_area GROUP BY vintage, level, code) "
        "WHERE (access = 'No Access') <> (much = 0))",
        reason="The class of access is told by the number of stores with much produce.",
        what_to_do="Obtain the file again; columns may have shifted.",
    ),
)
