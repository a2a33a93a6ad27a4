"""Rules of the Atlas' other downloads, each with a statement that breaks it."""

BREAK: dict[str, str] = {
    "sources.chicago_health_atlas tracts_are_of_cook_and_dupage": "UPDATE {t} SET geoid = '01703101010' WHERE geoid = '17031010100'",
    "sources.chicago_health_atlas margins_are_1645_standard_errors": "UPDATE {t} SET moe90 = moe90 * 1.96 / 1.645 WHERE moe90 > 0",
    "sources.chicago_health_atlas a_topic_is_called_one_thing_in_a_download": "UPDATE {t} SET label = 'Poverty rate' WHERE topic = 'INC' AND geoid = '17031010100'",
}
