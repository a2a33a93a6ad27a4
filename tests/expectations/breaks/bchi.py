"""Big Cities Health Inventory."""

T = "sources.big_city_value"
BREAK = {
    f"{T} life_expectancy_is_possible": "UPDATE {t} SET value = 788 WHERE indicator LIKE 'Life Expectancy%'",
    f"{T} percentages_are_possible": "UPDATE {t} SET value = 1235 WHERE indicator LIKE 'Percent%'",
    f"{T} value_is_inside_its_limits": "UPDATE {t} SET value = ci95_high + 1 WHERE ci95_high IS NOT NULL",
    f"{T} years_are_of_the_edition": "UPDATE {t} SET year_end = 2023 WHERE vintage = '2016'",
}
