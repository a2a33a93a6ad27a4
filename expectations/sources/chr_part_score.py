"""County Health Rankings, scores in factors and focus areas."""

from lifegap.checks.rules import counted, no_row

RULES = (
    no_row(
        "year_is_the_release",
        "year::VARCHAR <> left(vintage, 4)",
        reason="A file of another release under this one's name would put scores in the wrong year.",
        what_to_do="Obtain the file of the release again.",
    ),
    no_row(
        "no_ranks_since_2024",
        "year >= 2024 AND rank IS NOT NULL",
        reason="The publisher gives no ranks since 2024; a number there means something else.",
        what_to_do="Read the publisher's notes of the release.",
    ),
    no_row(
        "counties_without_a_rank_have_no_score",
        "sign IS NOT NULL AND (rank IS NOT NULL OR z_score IS NOT NULL)",
        reason="999 stands where a county is not ranked; beside a score it would be a rank.",
        what_to_do="Compare the row with the publisher's file.",
    ),
    counted(
        "factors_are_sums_of_their_focus_areas",
        "(SELECT count(*) FROM (SELECT f.z_score, sum(a.z_score) AS parts FROM sources.chr_part_score AS a "
        "JOIN sources.chr_summary_name AS n ON a.year = n.year AND n.level = a.level "
        "AND n.summary_id = a.summary_id JOIN sources.chr_part_score AS f ON f.vintage = a.vintage "
        "AND f.level = 'factor' AND f.summary_id = n.parent_id AND f.county_fips = a.county_fips "
        "WHERE a.level = 'focus_area' GROUP BY f.vintage, f.summary_id, f.county_fips, f.z_score) "
        "WHERE abs(z_score - parts) > 1e-9)",
        reason="A factor's score is the sum of those of its focus areas, in every county and release.",
        what_to_do="Obtain the two files of the release again; one of them is of another release.",
        needs=("sources.chr_summary_name",),
    ),
    counted(
        "ranks_lie_in_their_class",
        "(SELECT count(*) FROM sources.chr_part_score AS s JOIN sources.chr_rank_class AS c "
        "ON c.year = s.year AND c.state_fips = left(s.county_fips, 2) AND c.rank_class = s.quartile "
        "WHERE s.rank NOT BETWEEN c.rank_min AND c.rank_max)",
        reason="The classes follow the map legend of the state, in every county and release.",
        what_to_do="Obtain the file and the legend again.",
        needs=("sources.chr_rank_class",),
    ),
)
