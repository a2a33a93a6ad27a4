"""How to break the rules of the national life tables, of states and of death rates, on their slices."""

BREAK: dict[str, str] = {
    "sources.us_life_table 101_ages_a_table": "DELETE FROM {t} WHERE population_group = 'all' AND age_start = 100",
    "sources.us_life_table starts_with_100000_born": "UPDATE {t} SET lx = 99999 WHERE age_start = 0 AND population_group = 'all'",
    "sources.us_life_table survivors_are_born_less_deaths": "UPDATE {t} SET ndx = ndx + 5 WHERE age_start = 40 AND population_group = 'race:hispanic'",
    "sources.us_life_table expectation_is_person_years_over_survivors": "UPDATE {t} SET ex = ex + 0.1 WHERE age_start = 65 AND population_group = 'all'",
    "sources.us_life_table groups_are_in_their_known_order": "UPDATE {t} SET population_group = CASE population_group WHEN 'race:hispanic' THEN 'race:black_non_hispanic' WHEN 'race:black_non_hispanic' THEN 'race:hispanic' ELSE population_group END",
    "sources.us_life_table agrees_with_the_series": "UPDATE {t} SET ex = 78.6 WHERE age_start = 0 AND population_group = 'all'",
    "sources.state_life_expectancy life_expectancy_is_possible": "UPDATE {t} SET e0 = 732 WHERE state = 'Alabama' AND sex = 'Total'",
    "sources.state_life_expectancy 51_states_and_the_nation_for_each_sex": "DELETE FROM {t} WHERE state = 'Alabama' AND sex = 'Male'",
    "sources.state_life_expectancy both_sexes_lie_between_women_and_men": "UPDATE {t} SET e0 = 69 WHERE state = 'Alabama' AND sex = 'Total'",
    "sources.state_life_expectancy estimate_is_in_its_class": "UPDATE {t} SET e0 = 75.4 WHERE state = 'Alabama' AND sex = 'Total'",
    "sources.state_life_expectancy only_the_nation_has_no_error_and_no_class": "UPDATE {t} SET se_e0 = NULL WHERE state = 'Alabama'",
    "sources.pressroom_life_expectancy life_expectancy_is_possible": "UPDATE {t} SET e0 = 732 WHERE postal_code = 'AL' AND year = 2020",
    "sources.pressroom_life_expectancy 50_states_each_year": "DELETE FROM {t} WHERE postal_code = 'AL' AND year = 2018",
    "sources.pressroom_life_expectancy years_are_those_of_the_file": "UPDATE {t} SET year = 2021 WHERE postal_code = 'AL' AND year = 2020",
    "sources.us_death_rate nine_series_a_year": "DELETE FROM {t} WHERE year = 1900 AND race = 'Black' AND sex = 'Male'",
    "sources.us_death_rate years_are_those_of_the_file": "UPDATE {t} SET year = 2019 WHERE year = 2017",
    "sources.us_death_rate life_expectancy_lacks_only_by_race_in_2018": "UPDATE {t} SET e0 = NULL WHERE year = 2017 AND race = 'Black'",
    "sources.us_death_rate both_sexes_lie_between_women_and_men": "UPDATE {t} SET e0 = 82 WHERE year = 2018 AND race = 'All Races' AND sex = 'Both Sexes'",
    "sources.us_death_rate rate_of_both_sexes_is_near_those_of_women_and_men": "UPDATE {t} SET age_adjusted_rate = 72.36 WHERE year = 2018 AND race = 'All Races' AND sex = 'Both Sexes'",
}  # fmt: skip
"""Table and rule → a statement that breaks the table ({t}) so that the rule must fail."""
