"""How to break the tables of Philadelphia's open data, made of its slices."""

AREA, POINT = "sources.philadelphia_area", "sources.philadelphia_point"
LEAD, SMALL_AREA = "sources.philadelphia_lead", "sources.philadelphia_small_area"
ASSESSMENT = "sources.philadelphia_assessment"

BREAK: dict[str, str] = {
    f"{AREA} block_groups_are_of_philadelphia": "UPDATE {t} SET code = '170310101001' WHERE level = 'block_group' AND source_row = 1",
    f"{AREA} districts_are_those_of_the_city": "UPDATE {t} SET name = 'University-Southwest' WHERE name = 'South'",
    f"{AREA} named_areas_have_their_name": "UPDATE {t} SET name = ' ' WHERE code = 'CHINATOWN'",
    f"{AREA} one_outline_of_the_city": "INSERT INTO {t} SELECT * REPLACE ('2' AS code) FROM {t} WHERE level = 'city'",
    f"{POINT} facilities_of_the_city_lie_in_or_beside_it": "UPDATE {t} SET longitude = latitude, latitude = longitude WHERE kind = 'school'",
    f"{POINT} hospitals_lie_in_pennsylvania": "UPDATE {t} SET longitude = -longitude WHERE kind = 'hospital'",
    f"{POINT} hospitals_lie_where_they_say": "UPDATE {t} SET latitude = latitude + 0.01 WHERE kind = 'hospital'",
    f"{POINT} zip_codes_are_of_pennsylvania": "UPDATE {t} SET zip = '08102' WHERE kind = 'school'",
    f"{LEAD} small_counts_are_withheld": "UPDATE {t} SET children_5_or_more = 3, sign = NULL WHERE code = '19102'",
    f"{LEAD} no_more_children_than_were_screened": "UPDATE {t} SET children_screened = 20 WHERE code = '19104'",
    f"{LEAD} percentages_are_of_the_children_screened": "UPDATE {t} SET percent_5_or_more = 0.035 WHERE code = '19104'",
    f"{LEAD} places_are_of_philadelphia": "UPDATE {t} SET code = '9104' WHERE code = '19104'",
    f"{ASSESSMENT} percentages_are_fractions": "UPDATE {t} SET value = value * 100 WHERE indicator = 'Poverty'",
    f"{ASSESSMENT} life_expectancy_is_possible": "UPDATE {t} SET value = value / 100 WHERE indicator ILIKE 'life expectancy%'",
    f"{ASSESSMENT} no_data_is_no_zero": "UPDATE {t} SET value = 0, sign = NULL WHERE sign = '0.000'",
    f"{ASSESSMENT} every_indicator_has_all_its_columns": "DELETE FROM {t} WHERE breakdown = 'West Park'",
    f"{SMALL_AREA} shares_are_percentages": "UPDATE {t} SET value = value * 10 WHERE measure = 'PCT_VEHICLE_AVAILABILITY'",
    f"{SMALL_AREA} counts_are_not_negative": "UPDATE {t} SET value = -999 WHERE measure = 'TOTAL_LPSS'",
    f"{SMALL_AREA} places_are_of_philadelphia": "UPDATE {t} SET code = '17' || code[3:] WHERE level = 'tract'",
    f"{SMALL_AREA} heat_is_of_its_year": "UPDATE {t} SET value = 2018 WHERE measure = 'year'",
    f"{SMALL_AREA} produce_shares_are_of_all_stores": "UPDATE {t} SET value = value + 1 WHERE measure = 'PCT_HPSS'",
    f"{SMALL_AREA} who_has_no_access_has_no_store": "UPDATE {t} SET text = 'Low Access' WHERE text = 'No Access'",
}
