"""Lead in the blood of Philadelphia's children."""

from lifegap.checks.rules import no_row

RULES = (
    no_row(
        "small_counts_are_withheld",
        "children_5_or_more BETWEEN 1 AND 5",
        reason="Counts below six are suppressed to protect children; a small one is another file.",
        what_to_do="Do not publish the row; ask the Department which edition this is.",
    ),
    no_row(
        "no_more_children_than_were_screened",
        "children_5_or_more > children_screened",
        reason="Only children who were screened can have a result.",
        what_to_do="Obtain the file again; columns may have shifted.",
    ),
    no_row(
        "percentages_are_of_the_children_screened",
        "abs(100 * children_5_or_more / children_screened - percent_5_or_more) > 0.151",
        reason="The percentage is the count over those screened, to one decimal.",
        what_to_do="Obtain the file again; columns may have shifted.",
    ),
    no_row(
        "places_are_of_philadelphia",
        "NOT starts_with(code, CASE level WHEN 'zip' THEN '191' ELSE '42101' END)",
        reason="The files are of one city.",
        what_to_do="Obtain the file again; codes may have lost digits.",
    ),
)
