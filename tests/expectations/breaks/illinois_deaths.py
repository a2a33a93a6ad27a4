"""Deaths of Illinois counties by sex, age group and year."""

T = "sources.illinois_death"
BREAK = {
    f"{T} ages_follow_each_other_to_the_last": "DELETE FROM {t} WHERE age_start = 40 AND year = 2019",
    f"{T} 21_ages_of_both_sexes_each_year": "DELETE FROM {t} WHERE age_start = 95 AND year = 2019 AND sex = 'Male'",
    f"{T} deaths_grow_with_age_past_forty": "UPDATE {t} SET deaths = 100000 WHERE age_start = 45 AND year = 2019 AND sex = 'Male'",
}
