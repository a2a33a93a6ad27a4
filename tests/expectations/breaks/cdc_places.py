"""How to break what must hold of PLACES and 500 Cities."""

BREAK: dict[str, str] = {
    "sources.places_estimate estimate_is_inside_its_interval": "UPDATE {t} SET estimate = 22 WHERE vintage = '2020' AND code = '17031' AND measure = 'ACCESS2'",
    "sources.places_estimate survey_is_two_or_three_years_before_the_release": "UPDATE {t} SET year = 2022 WHERE vintage = '2023'",
    "sources.places_estimate missing_estimates_say_why": "UPDATE {t} SET estimate = NULL, ci_low = NULL, ci_high = NULL WHERE vintage = '2020' AND code = '17031'",
    "sources.places_estimate tracts_and_zctas_have_crude_prevalences": "UPDATE {t} SET data_value_type = 'age_adjusted' WHERE level = 'zcta'",
    "sources.places_estimate letters_of_a_state_go_with_its_code": "UPDATE {t} SET code = '17001' WHERE vintage = '2023' AND code = '01001'",
    "sources.places_estimate publishers_files_state_intervals": "UPDATE {t} SET ci_low = NULL, ci_high = NULL WHERE vintage = '2020' AND measure = 'CHD'",
}  # fmt: skip
