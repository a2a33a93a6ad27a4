"""Population estimates of counties by age and sex."""

T = "sources.county_age_estimate"
COOK = "county_fips = '17031' AND year_code = 2"
BREAK = {
    f"{T} age_groups_add_up_to_all": f"UPDATE {{t}} SET people = people + 1 WHERE {COOK} AND age_group = 'AGE59'",
    f"{T} codes_of_years_end_with_the_vintage": "UPDATE {t} SET year = year + 1",
    f"{T} nobody_is_in_two_counties": f"UPDATE {{t}} SET people = 331000000 WHERE {COOK} AND age_group = 'POPEST'",
}
