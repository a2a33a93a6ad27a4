"""Chicago's public schools."""

from lifegap.checks.rules import counted, no_row

RULES = (
    no_row(
        "the_year_is_that_of_the_file",
        "attribute IN ('School_Year', 'Progress_Report_Year') "
        r"AND regexp_extract(text, '\d{4}') <> left(vintage, 4)",
        reason="A file of another school year under this one's name would put schools in the wrong year.",
        what_to_do="Obtain the file of the year again.",
    ),
    no_row(
        "shares_are_0_to_100",
        "contains(attribute, '_Pct') AND NOT regexp_matches(attribute, '^(Suspensions|Mobility|Chronic)') "
        "AND value NOT BETWEEN 0 AND 100",
        reason="No share is beyond 100 percent; suspensions, moves and truancy are counted otherwise.",
        what_to_do="Compare the row with the portal; a column may have shifted.",
    ),
    counted(
        "students_by_group_sum_to_all",
        "(SELECT count(*) FROM (SELECT sum(value) FILTER (attribute = 'Student_Count_Total') AS everyone, "
        "sum(value) FILTER (attribute <> 'Student_Count_Total') AS parts FROM sources.chicago_school "
        "WHERE regexp_matches(attribute, '^Student_Count_(Total|Black|Hispanic|White|Asian|Native|Other|Multi"
        "|Hawaiian|Ethnicity)') GROUP BY source_file, school_id) WHERE everyone <> parts)",
        reason="Every pupil is counted in one group of race or ethnicity.",
        what_to_do="Compare the row with the portal; a column may have shifted.",
    ),
    counted(
        "every_school_has_every_column",
        "(SELECT count(*) FROM (SELECT source_file, count(*) AS cells, "
        "max(count(*)) OVER (PARTITION BY source_file) AS most FROM sources.chicago_school "
        "GROUP BY source_file, school_id) WHERE cells <> most)",
        reason="A file gives every school the same columns; empty ones are rows too.",
        what_to_do="Obtain the file again; a row may be cut short.",
    ),
)
