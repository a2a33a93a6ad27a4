"""Rules of CMAP's snapshots, each with a statement that breaks it."""

BREAK: dict[str, str] = {
    "sources.cmap_cell values_of_suburbs_stand_with_riverdale_only": "UPDATE {t} SET value = 1 WHERE variable = 'TOT_EAV' AND area_number = 26",
    "sources.cmap_cell no_other_column_is_filled_for_one_area_only": "UPDATE {t} SET value = NULL WHERE variable = 'MEDINC' AND area_number <> 54",
    "sources.cmap_cell every_area_has_every_column": "DELETE FROM {t} WHERE variable = 'MEDINC' AND area_number = 26",
    "sources.cmap_cell an_area_has_one_name": "UPDATE {t} SET area_name = 'Loop' WHERE area_number = 26 AND vintage = '2024'",
    "sources.cmap_cell race_sums_to_the_population": "UPDATE {t} SET value = value + 100 WHERE variable = 'HISP' AND area_number = 26",
}
