"""Small Area Health Insurance Estimates."""

T = "sources.sahie_estimate"
COOK = "county_fips = '17031' AND vintage = '2022'"
BREAK = {
    f"{T} estimate_is_inside_its_interval": f"UPDATE {{t}} SET uninsured = 10.1 WHERE {COOK}",
    f"{T} limits_come_with_estimates": f"UPDATE {{t}} SET ci90_low = NULL WHERE {COOK}",
    f"{T} race_is_told_for_states_alone": f"UPDATE {{t}} SET race_category = 1 WHERE {COOK}",
}
