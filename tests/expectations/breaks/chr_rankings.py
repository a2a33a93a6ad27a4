"""How to break the tables of the relational files of County Health Rankings."""

BREAK: dict[str, str] = {
    "sources.chr_part_score year_is_the_release": "UPDATE {t} SET year = 2011 WHERE vintage = '2010'",
    "sources.chr_part_score no_ranks_since_2024": "UPDATE {t} SET rank = 67 WHERE vintage = '2024'",
    "sources.chr_part_score counties_without_a_rank_have_no_score": "UPDATE {t} SET rank = 999 WHERE sign IS NOT NULL",
    "sources.chr_part_score factors_are_sums_of_their_focus_areas": "UPDATE {t} SET z_score = z_score + 0.1 WHERE level = 'factor' AND county_fips = '42101'",
    "sources.chr_part_score ranks_lie_in_their_class": "UPDATE {t} SET quartile = 1 WHERE rank = 67",
    "sources.chr_summary_name weights_add_up_as_published": "UPDATE {t} SET weight_numerator = 2 WHERE level = 'focus_area' AND year = 2012 AND weight_numerator = 1",
    "sources.chr_summary_name every_part_belongs_to_a_whole": "DELETE FROM {t} WHERE level = 'factor' AND summary_id = 3",
    "sources.chr_rank_class classes_follow_each_other": "UPDATE {t} SET rank_min = 18 WHERE rank_class = 1 AND state_fips = '42'",
    "sources.chr_rank_class the_last_class_ends_with_the_last_rank": "UPDATE {t} SET ranked_counties = 66 WHERE state_fips = '42'",
    "sources.chr_measure_release the_two_lists_agree": "UPDATE {t} SET direction = -1 WHERE measure = 'v001' AND years_used IS NULL",
    "sources.chr_measure_release weights_are_at_most_a_half": "UPDATE {t} SET weight_numerator = 2 WHERE measure = 'v001'",
    "sources.chr_benchmark benchmarks_say_their_percentile": "UPDATE {t} SET percentile = NULL WHERE measure = 'v001'",
    "sources.chr_benchmark benchmarks_are_not_negative": "UPDATE {t} SET benchmark = -888 WHERE measure = 'v001'",
    "sources.chr_relational_value year_is_the_release": "UPDATE {t} SET year = 2018 WHERE vintage = '2019'",
    "sources.chr_relational_value corrections_come_in_pairs": "DELETE FROM {t} WHERE correction = 1",
    "sources.chr_relational_value percentages_are_shares": "UPDATE {t} SET estimate = 20.5 WHERE measure = 'v024'",
    "sources.chr_relational_value measures_are_of_the_release": "UPDATE {t} SET measure = 'v999' WHERE measure = 'v147'",
    "sources.chr_relational_value estimate_is_inside_its_interval": "UPDATE {t} SET ci_high = ci_low - 1 WHERE measure = 'v147'",
}  # fmt: skip
"""Table and rule → a statement that breaks the table ({t}) so that the rule must fail."""
