"""How to break the rules of CDC WONDER's table, on its slices."""

BREAK: dict[str, str] = {
    "sources.wonder_death dataset_is_the_vintage": "UPDATE {t} SET dataset = 'Underlying Cause of Death, 1999-2017' WHERE vintage = '1999-2018' AND place_code = '22071'",
    "sources.wonder_death counts_of_1_to_9_are_hidden": "UPDATE {t} SET deaths = 3, deaths_sign = NULL WHERE deaths_sign = 'Suppressed'",
    "sources.wonder_death rates_of_fewer_than_20_deaths_are_unreliable": "UPDATE {t} SET crude_rate_sign = NULL, crude_rate = 9.5 WHERE crude_rate_sign = 'Unreliable'",
    "sources.wonder_death rate_is_deaths_over_population": "UPDATE {t} SET crude_rate = crude_rate + 0.2 WHERE place_code = '22071' AND period_end = 2018",
    "sources.wonder_death no_age_is_lost_where_all_rows_are_shown": "DELETE FROM {t} WHERE vintage = '1999-2020' AND age_group = '1-4 years' AND period_end = 2016 AND sex = 'Male'",
    "sources.wonder_death women_and_men_add_up_to_all": "UPDATE {t} SET deaths = deaths + 10 WHERE place_code = 'US' AND sex = 'All' AND age_group = '75-84 years' AND race <> 'All' AND period_end = 2018",
}  # fmt: skip
"""Table and rule → a statement that breaks the table ({t}) so that the rule must fail."""
