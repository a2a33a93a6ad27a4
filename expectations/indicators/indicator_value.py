"""Indicators."""

from lifegap.checks.rules import counted, no_row

RULES = (
    no_row(
        "part_is_no_more_than_the_whole",
        "numerator > denominator",
        reason="The people counted above the line are among those below it.",
        what_to_do="Look at the cells of the indicator in data/indicators.",
    ),
    no_row(
        "withheld_rows_hold_no_figure",
        "reliability = 'withheld' AND (value IS NOT NULL OR moe90 IS NOT NULL OR ci_low IS NOT NULL)",
        reason="A withheld figure must not come out through its margin.",
        what_to_do="Empty all columns of the row.",
    ),
    counted(
        "pennsylvania_ranks_67_counties",
        "count(*) FILTER (indicator_id LIKE '%_rank' AND place_id LIKE 'county:42%' AND rank_of <> 67)",
        reason="Pennsylvania has 67 counties, all ranked in every release.",
        what_to_do="A file of the rankings is cut short; obtain it again.",
    ),
)
