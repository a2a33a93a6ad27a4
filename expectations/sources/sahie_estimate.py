"""Small Area Health Insurance Estimates."""

from lifegap.checks.rules import counted, no_row

RULES = (
    no_row(
        "estimate_is_inside_its_interval",
        "uninsured NOT BETWEEN ci90_low AND ci90_high",
        reason="An estimate outside its own limits has been taken from another column.",
        what_to_do="Compare the row with the publisher's answer.",
    ),
    counted(
        "limits_come_with_estimates",
        "count(*) FILTER (WHERE (uninsured IS NULL) <> (ci90_low IS NULL) "
        "OR (uninsured IS NULL) <> (ci90_high IS NULL))",
        reason="Every estimate has its limits or its margin; without, it would pass as certain.",
        what_to_do="Ask the API for PCTUI_LB90 and PCTUI_UB90, or PCTUI_MOE, too.",
    ),
    no_row(
        "race_is_told_for_states_alone",
        "race_category <> 0 AND county_fips NOT LIKE '%000'",
        reason="The Bureau models race and origin for states only.",
        what_to_do="Compare the row with the publisher's answer; a column may have shifted.",
    ),
)
