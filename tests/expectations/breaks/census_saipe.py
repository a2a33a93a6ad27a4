"""Small Area Income and Poverty Estimates."""

T = "sources.saipe_estimate"
COOK = "county_fips = '17031' AND measure = 'Poverty Percent, All Ages'"
BREAK = {
    f"{T} estimate_is_inside_its_interval": f"UPDATE {{t}} SET estimate = 99 WHERE {COOK}",
    f"{T} percentages_are_possible": f"UPDATE {{t}} SET estimate = 101, ci90_high = 102 WHERE {COOK}",
    f"{T} limits_come_with_estimates": f"UPDATE {{t}} SET ci90_low = NULL WHERE {COOK}",
}
