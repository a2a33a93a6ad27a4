"""How to break the neighborhoods of seven cities, made of slices of their maps."""

NEIGHBORHOOD = "sources.city_neighborhood"

BREAK: dict[str, str] = {
    f"{NEIGHBORHOOD} cities_that_number_have_numbers": "UPDATE {t} SET code = NULL WHERE city = 'Boston'",
    f"{NEIGHBORHOOD} a_number_is_of_one_neighborhood": "UPDATE {t} SET code = '60' WHERE city = 'Houston'",
    f"{NEIGHBORHOOD} houston_has_88_super_neighborhoods": "UPDATE {t} SET code = '0' WHERE code = '60'",
    f"{NEIGHBORHOOD} washington_calls_its_clusters_by_number": "UPDATE {t} SET code = name WHERE city = 'Washington'",
    f"{NEIGHBORHOOD} the_outline_is_detroit": "UPDATE {t} SET code = '2622000' WHERE level = 'city'",
}
