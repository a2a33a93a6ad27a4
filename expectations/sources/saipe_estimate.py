"""Small Area Income and Poverty Estimates."""

from lifegap.checks.rules import counted, no_row

RULES = (
    no_row(
        "estimate_is_inside_its_interval",
        "estimate NOT BETWEEN ci90_low AND ci90_high",
        reason="An estimate outside its own limits has been taken from another column.",
        what_to_do="Compare the row with the publisher's file.",
    ),
    no_row(
        "percentages_are_possible",
        "measure LIKE '%Percent%' AND estimate NOT BETWEEN 0 AND 100",
        reason="A percentage above 100 is a count in the wrong column.",
        what_to_do="Compare the row with the publisher's file; columns may have shifted.",
    ),
    counted(
        "limits_come_with_estimates",
        "(SELECT count(*) FROM (SELECT count(*) FILTER (estimate IS NOT NULL) AS estimates, "
        "count(ci90_low) AS low, count(ci90_high) AS high FROM sources.saipe_estimate "
        "GROUP BY source_file, measure) WHERE low <> high OR low NOT IN (0, estimates))",
        reason="In a file that holds limits of a measure, every estimate of it has both.",
        what_to_do="Compare the file with the publisher's.",
    ),
)
