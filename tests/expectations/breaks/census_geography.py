"""How to break the shapes, pairs and gazetteer of census geography, made of slices."""

SHAPE, PAIR = "sources.boundary_shape", "sources.code_pair"
GAZETTEER = "sources.county_gazetteer"

BREAK: dict[str, str] = {
    f"{SHAPE} codes_begin_with_their_state": "UPDATE {t} SET code = '42' || code[3:] WHERE code = '46102'",
    f"{SHAPE} counties_are_those_of_their_year": "UPDATE {t} SET vintage = '2018' WHERE code = '46113'",
    f"{SHAPE} connecticut_is_that_of_its_year": "UPDATE {t} SET code = '09190' WHERE code = '09001'",
    f"{SHAPE} zctas_are_around_chicago": "UPDATE {t} SET code = '17' || code[1:3] WHERE level = 'zcta'",
    f"{PAIR} shares_of_a_zip_code_sum_to_one": "DELETE FROM {t} WHERE from_code = '15001' AND to_code = '42003'",
    f"{PAIR} homes_of_a_zip_code_sum_to_one_or_there_are_none": "UPDATE {t} SET residential_share = 0.5 WHERE from_code = '15004'",
    f"{PAIR} only_zip_codes_have_shares": "UPDATE {t} SET total_share = 1 WHERE from_level = 'zcta'",
    f"{PAIR} pairs_are_of_the_four_states": "UPDATE {t} SET to_code = '05035' WHERE from_code = '37211'",
    f"{PAIR} connecticut_tracts_keep_their_number": "UPDATE {t} SET from_code = to_code, to_code = from_code WHERE from_level = 'tract'",
    f"{GAZETTEER} square_miles_are_the_square_meters": "UPDATE {t} SET land = water, water = land WHERE county_fips = '17031'",
    f"{GAZETTEER} points_lie_in_the_states_or_puerto_rico": "UPDATE {t} SET latitude = longitude, longitude = latitude WHERE county_fips = '42101'",
    f"{GAZETTEER} connecticut_is_that_of_its_year": "UPDATE {t} SET county_fips = '09120' WHERE county_fips = '09001'",
}
