"""USALEEP file B: what must hold of tract life tables."""

from lifegap.checks.rules import counted, no_row

RULES = (
    counted(
        "eleven_bands_a_tract",
        "(SELECT count(*) FROM (SELECT tract_id FROM sources.usaleep_life_table "
        "GROUP BY vintage, tract_id HAVING count(*) <> 11))",
        reason="A table with a band too few or too many gives a wrong life expectancy.",
        what_to_do="Obtain the file again; it may be cut short.",
    ),
    no_row(
        "starts_with_100000_born",
        "age_start = 0 AND lx <> 100000",
        reason="All tables start with 100,000 born, or their columns cannot be compared.",
        what_to_do="Compare the row with the publisher's file.",
    ),
    counted(
        "survivors_are_born_less_deaths",
        "(SELECT count(*) FROM (SELECT lx - ndx - lead(lx) OVER "
        "(PARTITION BY vintage, tract_id ORDER BY age_start) AS lost "
        "FROM sources.usaleep_life_table) WHERE abs(lost) > 1)",
        reason="Survivors to the next age are those of this age less its deaths, to rounding.",
        what_to_do="Compare the table with the publisher's file; a row may be of another tract.",
    ),
    no_row(
        "expectation_is_person_years_over_survivors",
        'abs("Tx" / lx - ex) > 0.1',
        reason="Life expectancy is the person-years still to live divided by the survivors.",
        what_to_do="Compare the row with the publisher's file.",
    ),
    no_row(
        "agrees_with_file_a",
        "age_start = 0 AND (tract_id, ex, se_ex) NOT IN "
        "(SELECT (tract_id, e0, se_e0) FROM sources.usaleep_tract)",
        reason="Files A and B are one dataset: the first row of a tract's table is its life expectancy.",
        what_to_do="Obtain both files again; one of them is of another release.",
        needs=("sources.usaleep_tract",),
    ),
)
