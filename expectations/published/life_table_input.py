"""Deaths and people behind life tables made from deaths."""

from lifegap.checks.rules import counted, no_row

SAME_BAND = "place_id, source_id, vintage, period_start, period_end, age_start, age_end"

RULES = (
    no_row(
        "small_counts_of_coalitions_are_hidden",
        "starts_with(source_id, 'coalition:') AND deaths < coalesce((SELECT map_from_entries(list(DISTINCT "
        "row(own.source_id, own.suppress_below))) FROM sources.coalition_death AS own)[source_id], 10)",
        reason="The coalition says which counts are too small to be told; that holds of every count.",
        what_to_do="Find how the count came in; it must not be published, nor what gives it away.",
    ),
    no_row(
        "small_counts_are_hidden",
        "deaths BETWEEN 1 AND 9 AND NOT starts_with(source_id, 'coalition:')",
        reason="A count of 1 to 9 deaths can lead to a person.",
        what_to_do="Find how the count came in; it must not be published, nor what gives it away.",
    ),
    counted(
        "no_small_count_follows_from_the_other_sex",
        f"(SELECT count(*) FROM (SELECT max(deaths) FILTER (population_group = 'all') AS whole, "
        "max(deaths) FILTER (population_group LIKE 'sex:%') AS part, "
        "count(*) FILTER (population_group LIKE 'sex:%') AS parts "
        f"FROM published.life_table_input GROUP BY {SAME_BAND}) "
        "WHERE parts = 1 AND whole - part BETWEEN 1 AND 9)",
        reason="All deaths less those of one sex are those of the other.",
        what_to_do="Look at assets/warehouse/death_band.py: the search for small counts has missed one.",
    ),
    no_row(
        "deaths_are_fewer_than_people",
        "deaths > person_years",
        reason="More deaths than person-years are of another band, place or period.",
        what_to_do="Compare the band with the files that it names.",
    ),
    no_row(
        "both_files_are_of_the_release",
        "(source_id, source_file) NOT IN (SELECT (source_id, file) FROM published.source_file) "
        "OR (population_source_id, population_file) NOT IN "
        "(SELECT (source_id, file) FROM published.source_file)",
        reason="A number whose file is not listed cannot be looked up.",
        what_to_do="Look at the ledger in the warehouse.",
        needs=("published.source_file",),
    ),
)
