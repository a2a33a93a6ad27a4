"""Rules of the 2010 list, each with a statement that breaks it."""

BREAK: dict[str, str] = {
    "sources.paral_tract2010 every_area_has_a_tract": "DELETE FROM {t} WHERE area_number = 26",
    "sources.paral_tract2010 tracts_are_of_cook_county": "UPDATE {t} SET tract_id = '42101000100' WHERE source_row = 1",
    "sources.paral_tract2010 codes_say_the_area_and_the_tract": "UPDATE {t} SET area_number = 32 WHERE tract_id = '17031260100'",
    "sources.paral_tract2010 an_area_has_one_name": "UPDATE {t} SET area_name = 'Loop' WHERE tract_id = '17031260100'",
}
