"""County Health Rankings, ranks and scores."""

from lifegap.checks.rules import counted, no_row

RULES = (
    no_row(
        "year_is_the_release",
        "year::VARCHAR <> left(vintage, 4)",
        reason="A file of another release under this one's name would put ranks in the wrong year.",
        what_to_do="Obtain the file of the release again.",
    ),
    no_row(
        "no_ranks_since_2024",
        "year >= 2024 AND rank IS NOT NULL",
        reason="The publisher gives no ranks since 2024; a number there means something else.",
        what_to_do="Read the publisher's notes of the release.",
    ),
    counted(
        "ranks_are_within_the_state",
        "(SELECT count(*) FROM (SELECT vintage, category_id, state_fips, "
        "max(rank) FILTER (rank <> 999) AS last, count(*) FILTER (rank <> 999) AS ranked "
        "FROM sources.chr_category GROUP BY ALL) WHERE last > ranked)",
        reason="The last rank of a state is at most the number of counties ranked.",
        what_to_do="Obtain the file again; counties of the state are missing.",
    ),
    counted(
        "two_summaries_a_county",
        "(SELECT count(*) FROM (SELECT vintage, county_fips FROM sources.chr_category "
        "GROUP BY ALL HAVING count(DISTINCT category_id) <> 2))",
        reason="Every county has a score of outcomes and one of what shapes them.",
        what_to_do="Obtain the file again; it may be cut short.",
    ),
)
