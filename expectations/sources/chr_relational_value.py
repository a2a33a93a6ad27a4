"""County Health Rankings, values of states and of race groups."""

from lifegap.checks.rules import counted, no_row

RULES = (
    no_row(
        "year_is_the_release",
        "year::VARCHAR <> left(vintage, 4)",
        reason="A file of another release under this one's name would put values in the wrong year.",
        what_to_do="Obtain the file of the release again.",
    ),
    counted(
        "corrections_come_in_pairs",
        "(SELECT count(*) FROM (SELECT 1 FROM sources.chr_relational_value WHERE correction > 0 "
        "AND kind = 'raw_value' GROUP BY vintage, measure, county_fips, population_group "
        "HAVING count(*) <> 2))",
        reason="A corrected value stands beside the wrong one that it replaced; alone it tells nothing.",
        what_to_do="Obtain the file of the release again; it may be cut short.",
    ),
    counted(
        "percentages_are_shares",
        "(SELECT count(*) FROM sources.chr_relational_value AS v JOIN sources.chr_measure_release AS m "
        "USING (year, measure) WHERE m.years_used IS NOT NULL AND m.format_type = 1 "
        "AND v.kind = 'raw_value' AND v.estimate NOT BETWEEN 0 AND 1)",
        reason="Percentages are kept as shares in the relational tables; workbooks have 0 to 100.",
        what_to_do="See whether the release changed the scale; if so, say it in the card.",
        needs=("sources.chr_measure_release",),
    ),
    counted(
        "measures_are_of_the_release",
        "(SELECT count(*) FROM sources.chr_relational_value AS v "
        "ANTI JOIN sources.chr_measure_release AS m USING (year, measure))",
        reason="A value of a measure that the release does not list has no name, unit or years.",
        what_to_do="Obtain the list of measures again; it may be older than the file.",
        needs=("sources.chr_measure_release",),
    ),
    no_row(
        "estimate_is_inside_its_interval",
        "estimate NOT BETWEEN ci_low AND ci_high",
        severity="warning",
        reason="The publisher's limits are exchanged for one measure of 2011 (v040), and a few rows of "
        "others have limits that miss their value.",
        what_to_do="Use no interval of these rows; of others, compare them with the publisher's file.",
    ),
)
