"""County Health Rankings, ranks of each class of the map."""

from lifegap.checks.rules import counted

RULES = (
    counted(
        "classes_follow_each_other",
        "(SELECT count(*) FROM (SELECT rank_min, lag(rank_max, 1, 0) OVER "
        "(PARTITION BY year, state_fips ORDER BY rank_class) AS before FROM sources.chr_rank_class) "
        "WHERE rank_min <> before + 1)",
        reason="Every rank lies in one class; a gap or an overlap has shifted columns.",
        what_to_do="Obtain the file again.",
    ),
    counted(
        "the_last_class_ends_with_the_last_rank",
        "(SELECT count(*) FROM (SELECT max(rank_max) AS last, any_value(ranked_counties) AS ranked "
        "FROM sources.chr_rank_class GROUP BY year, state_fips) WHERE last <> ranked)",
        reason="The classes hold as many ranks as the state has ranked counties.",
        what_to_do="Obtain the file again.",
    ),
)
