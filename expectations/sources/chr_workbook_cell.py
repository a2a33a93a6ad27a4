"""County Health Rankings, cells of workbooks and of re-shaped national files."""

from lifegap.checks.rules import counted, no_row

RULES = (
    no_row(
        "percentages_lie_between_0_and_100",
        "label LIKE '!% %' ESCAPE '!' AND value NOT BETWEEN 0 AND 100",
        reason="Outside 0 to 100 a percentage has been taken from another column.",
        what_to_do="Obtain the file again; a column may have shifted.",
    ),
    counted(
        "percentages_are_of_100_in_workbooks",
        "(SELECT count(*) FROM (SELECT label, max(value) AS highest FROM sources.chr_workbook_cell "
        "WHERE label IN ('% Adults with Obesity', 'Adult.obesity.Value') GROUP BY source_file, label) "
        "WHERE (highest > 1) <> (label = '% Adults with Obesity'))",
        reason="Workbooks give percentages of 100, national files shares: the same words over another scale.",
        what_to_do="See whether the file changed the scale; if so, say it in the card.",
    ),
    counted(
        "codes_belong_to_states",
        "(SELECT count(*) FROM (SELECT 1 FROM sources.chr_workbook_cell "
        "GROUP BY source_file, left(county_fips, 2) HAVING count(DISTINCT state) > 1))",
        reason="A state's code beside another state's name means that a code or a column has moved.",
        what_to_do="Compare the rows with the publisher's file.",
    ),
    no_row(
        "ranks_are_whole_numbers",
        "label = 'Rank' AND (value < 1 OR value > 254 OR value <> floor(value))",
        reason="A rank counts the counties of one state, at most 254; a score there is from the next column.",
        what_to_do="Obtain the file again; a column may have shifted.",
    ),
    no_row(
        "life_expectancies_are_years",
        "label = 'Life Expectancy' AND value NOT BETWEEN 20 AND 250",
        reason="A number outside 20 to 250 is no life expectancy of a county, however small.",
        what_to_do="Obtain the file again; a column may have shifted.",
    ),
)
