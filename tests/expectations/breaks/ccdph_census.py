"""Census tables re-shaped by the Cook County Department of Public Health."""

T = "sources.ccdph_value"
BREAK = {
    f"{T} places_are_of_the_county": "UPDATE {t} SET place_code = '42101000100' WHERE dataset = 'poverty_tract'",
    f"{T} sexes_have_the_same_places": "DELETE FROM {t} WHERE dataset = 'age_sex_tract' AND part LIKE '%FEMALE'",
}
