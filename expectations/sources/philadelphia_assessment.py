"""Philadelphia's Community Health Assessment."""

from lifegap.checks.rules import counted, no_row

RULES = (
    no_row(
        "percentages_are_fractions",
        "data_type = 'Percentage' AND value NOT BETWEEN 0 AND 1",
        reason="The assessment prints a percentage as a fraction of one; others are a hundred times off.",
        what_to_do="Compare the figure with the other editions.",
    ),
    no_row(
        "life_expectancy_is_possible",
        "indicator ILIKE 'life expectancy%' AND value NOT BETWEEN 40 AND 110",
        reason="No district or group lives to less than 50 or more than 100 years on average.",
        what_to_do="Compare the row with the file; a column may have shifted.",
    ),
    no_row(
        "no_data_is_no_zero",
        "breakdown = 'Lower South' AND value = 0 AND data_source ILIKE '%household health survey%'",
        reason="The household survey's zero in Lower South means no data; as a number it would be the best "
        "or the worst of the city.",
        what_to_do="Read the zero as a sign; the name of the survey may have changed.",
    ),
    counted(
        "every_indicator_has_all_its_columns",
        "(SELECT count(*) FROM (SELECT dimension, vintage, count(*) AS columns "
        "FROM sources.philadelphia_assessment GROUP BY vintage, dimension, indicator) "
        "WHERE columns <> CASE dimension WHEN 'planning_district' THEN 18 WHEN 'racial_disparity' THEN 5 "
        "WHEN 'citywide_over_time' THEN CASE vintage WHEN 'assessment-2015' THEN 15 "
        "WHEN 'assessment-2016' THEN 16 ELSE 17 END "
        "ELSE CASE vintage WHEN 'assessment-2016' THEN 14 ELSE 13 END END)",
        reason="A file that lost a column has lost a district, a group, a city or a year.",
        what_to_do="Compare the header with the edition's; the publisher may have changed it.",
    ),
)
