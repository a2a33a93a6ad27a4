"""County Health Rankings, names and weights of what the scores are made of."""

from lifegap.checks.rules import counted

RULES = (
    counted(
        "weights_add_up_as_published",
        "(SELECT count(*) FROM (SELECT a.year, f.parent_id, "
        "sum(a.weight_numerator / a.weight_denominator) AS total FROM sources.chr_summary_name AS a "
        "JOIN sources.chr_summary_name AS f ON f.level = 'factor' AND f.year = a.year "
        "AND f.summary_id = a.parent_id WHERE a.level = 'focus_area' AND a.year < 2025 GROUP BY ALL) "
        "WHERE total > 0 AND abs(total - CASE WHEN parent_id = 2 AND year < 2012 THEN 1.05 "
        "WHEN parent_id = 2 AND year = 2012 THEN 1.02 ELSE 1 END) > 1e-9)",
        reason="Weights add up to one in each summary to 2024, but for health factors in the first three "
        "releases (1.05, 1.05, 1.02); a score with other weights is another score.",
        what_to_do="Compare the weights with the publisher's notes of the release.",
    ),
    counted(
        "every_part_belongs_to_a_whole",
        "(SELECT count(*) FROM sources.chr_summary_name AS a WHERE a.level <> 'category' AND NOT EXISTS "
        "(SELECT 1 FROM sources.chr_summary_name AS w WHERE w.year = a.year AND w.summary_id = a.parent_id "
        "AND w.level = CASE a.level WHEN 'factor' THEN 'category' ELSE 'factor' END))",
        reason="Scores are added from focus area to factor to summary along these links.",
        what_to_do="Obtain the three lists again; one of them is older than the others.",
    ),
)
