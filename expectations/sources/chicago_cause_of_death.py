"""Deaths by cause in Chicago's community areas."""

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
        "few_deaths_carry_a_warning",
        "(warning IS NOT NULL) <> (deaths < 20)",
        reason="The publisher warns of rates made of fewer than 20 deaths, and of no others.",
        what_to_do="Obtain the file again; a warning was lost or a count changed.",
    ),
    no_row(
        "deaths_a_year_are_a_fifth",
        "abs(deaths / 5.0 - deaths_per_year) > 0.5",
        reason="The yearly average is that of five years, rounded.",
        what_to_do="Compare the row with the portal.",
    ),
    counted(
        "areas_sum_to_no_more_than_the_city",
        "(SELECT count(*) FROM (SELECT sum(deaths) FILTER (area_number > 0) AS areas, "
        "sum(deaths) FILTER (area_number = 0) AS city FROM sources.chicago_cause_of_death "
        "GROUP BY vintage, cause) WHERE areas > city)",
        reason="Some deaths of the city have no area; none is of two.",
        what_to_do="Obtain the file again; a row is doubled.",
    ),
    counted(
        "every_area_has_every_cause",
        "(SELECT count(*) FROM (SELECT count(*) AS causes, max(count(*)) OVER () AS most "
        "FROM sources.chicago_cause_of_death GROUP BY vintage, area_number) WHERE causes <> most)",
        reason="The dataset has all causes of every area, zero where no one died of one.",
        what_to_do="Obtain the file again; it may be cut short.",
    ),
    counted(
        "names_belong_to_numbers",
        "(SELECT count(*) FROM sources.chicago_cause_of_death AS d "
        "JOIN sources.chicago_community_area AS a USING (area_number) "
        "WHERE jaro_winkler_similarity(a.name, upper(d.area_name)) <= 0.85)",
        reason="Numbers decide which area is meant; a name far from the city's own hints at a mix-up.",
        what_to_do="See which area the row is about.",
        needs=("sources.chicago_community_area",),
    ),
)
