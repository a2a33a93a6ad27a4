"""Social Vulnerability Index cells."""

from lifegap.checks.rules import counted, no_row

OVERALL = "('USTP', 'R_PL_THEMES', 'RPL_THEMES')"
RANKS = r"^(E_PL_|PL_|EPL_|R_PL_|RPL_|USG\d.*P$|USTP$)"
EDITIONS = (
    "(SELECT vintage, level, list(value ORDER BY code) AS values FROM sources.svi_cell "
    f"WHERE variable IN {OVERALL} GROUP BY ALL)"
)

RULES = (
    no_row(
        "numbers_are_not_negative",
        "value < 0 AND variable <> 'FID'",
        reason="Nothing the index counts is below zero; a negative number stands for a sign.",
        what_to_do="Look the number up in the publisher's documentation; add it to the parser's signs.",
    ),
    no_row(
        "ranks_lie_between_0_and_1",
        f"value > 1 AND regexp_matches(variable, '{RANKS}')",
        reason="A percentile rank above 1 is a percentage or a sum in the wrong column.",
        what_to_do="Compare the row with the publisher's file; columns may have shifted.",
    ),
    no_row(
        "percentages_are_at_most_100",
        "value > 100 AND starts_with(variable, 'EP_') AND variable <> 'EP_PCI'",
        reason="A percentage above 100 is a count in the wrong column.",
        what_to_do="Compare the row with the publisher's file; columns may have shifted.",
    ),
    counted(
        "every_place_has_one_overall_rank",
        "(SELECT count(*) FROM (SELECT code FROM sources.svi_cell GROUP BY vintage, level, code "
        f"HAVING count(*) FILTER (variable IN {OVERALL}) <> 1))",
        reason="The overall rank has another name in 2000, in 2010 and since; each place has one, or a sign.",
        what_to_do="Find the name of the rank in the file and add it to the rules and to what uses it.",
    ),
    counted(
        "themes_add_up",
        "(SELECT count(*) FROM (SELECT sum(value) FILTER (variable IN "
        "('SPL_THEMES', 'S_PL_THEMES')) - sum(value) FILTER (regexp_full_match(variable, "
        "'(SPL|S_PL)_THEME[1-4]')) AS ranks, sum(value) FILTER (variable IN "
        "('F_TOTAL', 'F_PL_TOTAL', 'USTF')) - sum(value) FILTER (regexp_full_match(variable, "
        "'(F|F_PL)_THEME[1-4]|USG[1-4]TF')) AS flags FROM sources.svi_cell GROUP BY vintage, level, code) "
        "WHERE abs(ranks) > 0.0003 OR flags <> 0)",
        reason="The index is the sum of its four themes (to rounding), and so is the number of flags.",
        what_to_do="Compare the row with the publisher's file; a cell has changed or columns have shifted.",
    ),
    counted(
        "editions_differ",
        f"(SELECT count(*) FROM {EDITIONS} AS a JOIN {EDITIONS} AS b "
        "ON a.level = b.level AND a.values = b.values AND a.vintage < b.vintage "
        "AND b.vintage <> a.vintage || '-resaved')",
        reason="Two editions with the same ranks are one file under two names: 2020 was issued twice. "
        "A copy that others saved again is listed as one.",
        what_to_do="Obtain both files again.",
    ),
)
