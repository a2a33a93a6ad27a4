"""How to break the tables of the measures of County Health Rankings that the bundle does not hold."""

BREAK: dict[str, str] = {
    "sources.chr_measure neighboring_editions_agree": "INSERT INTO {t} SELECT m.* REPLACE (v AS vintage, 'v999' AS measure, lpad((i + 1)::VARCHAR, 5, '1') AS county_fips, 'all' AS population_group, CASE v WHEN '2025' THEN i ELSE (i * 7919) % 1000 END AS estimate) FROM (SELECT * FROM {t} LIMIT 1) AS m, range(1000) AS r(i), unnest(['2025', '2026']) AS e(v)",
    "sources.chr_measure other_estimates_are_inside_their_intervals": "UPDATE {t} SET estimate = 1 WHERE measure = 'v001'",
    "sources.chr_measure percentages_are_shares": "UPDATE {t} SET estimate = 20.5 WHERE measure = 'v011'",
    "sources.chr_measure shares_are_counts_over_people": "UPDATE {t} SET denominator = denominator + 1000 WHERE measure = 'v052'",
    "sources.chr_workbook_cell percentages_lie_between_0_and_100": "UPDATE {t} SET value = 2050 WHERE label = '% Fair or Poor Health'",
    "sources.chr_workbook_cell percentages_are_of_100_in_workbooks": "UPDATE {t} SET value = value / 100 WHERE label = '% Adults with Obesity'",
    "sources.chr_workbook_cell codes_belong_to_states": "UPDATE {t} SET county_fips = '42' || right(county_fips, 3) WHERE county_fips = '48301'",
    "sources.chr_workbook_cell ranks_are_whole_numbers": "UPDATE {t} SET value = value + 0.5 WHERE label = 'Rank'",
    "sources.chr_workbook_cell life_expectancies_are_years": "UPDATE {t} SET value = 7434 WHERE label = 'Life Expectancy'",
}  # fmt: skip
"""Table and rule → a statement that breaks the table ({t}) so that the rule must fail."""
