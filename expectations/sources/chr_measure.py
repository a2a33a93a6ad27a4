"""County Health Rankings, values of measures."""

from lifegap.checks.rules import Rule, counted, no_row

LIFE_EXPECTANCY = "measure = 'v147'"
SHARES = "'v002', 'v009', 'v011', 'v023', 'v024', 'v049', 'v060', 'v070', 'v143', 'v144', 'v145'"
COUNTED_SHARES = (
    "'v003', 'v023', 'v052', 'v053', 'v069', 'v080', 'v081', 'v082', 'v085', 'v122', 'v126', 'v136', "
    "'v153', 'v154', 'v166', 'v168'"
)

EDITIONS = """(
    WITH places AS (
        SELECT measure, vintage, left(vintage, 4)::INTEGER AS year, county_fips, estimate
        FROM sources.chr_measure
        WHERE population_group = 'all' AND estimate IS NOT NULL AND county_fips NOT LIKE '%000'
    ), pairs AS (
        SELECT a.vintage AS earlier, b.vintage AS later, a.measure, corr(a.estimate, b.estimate) AS together
        FROM places AS a JOIN places AS b
            ON a.measure = b.measure AND a.county_fips = b.county_fips AND b.year = a.year + 1
        GROUP BY ALL HAVING count(*) >= 1000
    )
    SELECT earlier, later, median(together) AS together FROM pairs GROUP BY ALL HAVING median(together) < 0.8
)"""
"""Pairs of neighboring editions whose counties do not keep their order, as when one lost its alignment."""

RULES = (
    Rule(
        "neighboring_editions_agree",
        "critical",
        counts=f"(SELECT count(*) FROM {EDITIONS})",
        lists="SELECT format('{} and {}: median correlation {:.2f}', earlier, later, together) "
        f"FROM {EDITIONS}",
        reason="Counties keep their order from one release to the next; where rows have slipped they do not.",
        what_to_do="Compare spot values and the hash with the publisher's file; do not use the copy.",
    ),
    no_row(
        "estimate_is_inside_its_interval",
        f"{LIFE_EXPECTANCY} AND estimate NOT BETWEEN ci_low AND ci_high",
        reason="An estimate outside its own limits has been taken from another row.",
        what_to_do="Compare the row with the publisher's file.",
    ),
    no_row(
        "all_people_live_a_possible_life",
        f"{LIFE_EXPECTANCY} AND population_group = 'all' AND estimate NOT BETWEEN 40 AND 100",
        severity="warning",
        reason="The files hold impossible life expectancies of small counties; they are withheld.",
        what_to_do="Nothing, if the county is small; else compare the row with the publisher's file.",
    ),
    no_row(
        "groups_live_a_possible_life",
        f"{LIFE_EXPECTANCY} AND population_group <> 'all' AND estimate NOT BETWEEN 40 AND 100",
        severity="warning",
        reason="By race the files hold impossible values, since deaths and people are classified "
        "differently; they are withheld.",
        what_to_do="Nothing, for small groups; else compare the row with the publisher's file.",
    ),
    no_row(
        "values_are_years",
        f"{LIFE_EXPECTANCY} AND estimate NOT BETWEEN 20 AND 250",
        reason="A number outside 20 to 250 is no life expectancy, however small the county.",
        what_to_do="Obtain the file again; a column may have shifted.",
    ),
    counted(
        "releases_differ",
        "(SELECT count(*) FROM (SELECT list(estimate ORDER BY county_fips) AS values, measure, vintage "
        "FROM sources.chr_measure WHERE population_group = 'all' GROUP BY measure, vintage "
        "HAVING count(estimate) > 3) AS a "
        "JOIN (SELECT list(estimate ORDER BY county_fips) AS values, measure, vintage "
        "FROM sources.chr_measure WHERE population_group = 'all' GROUP BY measure, vintage) AS b "
        "ON a.measure = b.measure AND a.values = b.values AND a.vintage < b.vintage)",
        reason="Two releases with the same numbers are one release under two names.",
        what_to_do="Obtain both files again.",
    ),
    no_row(
        "other_estimates_are_inside_their_intervals",
        "measure <> 'v147' AND estimate NOT BETWEEN ci_low AND ci_high",
        severity="warning",
        reason="The publisher's limits are exchanged in the states' rows of v040 in 2011, and three single "
        "values lie outside theirs.",
        what_to_do="Use no interval of these rows; of others, compare them with the publisher's file.",
    ),
    no_row(
        "percentages_are_shares",
        f"measure IN ({SHARES}) AND estimate NOT BETWEEN 0 AND 1",
        reason="These percentages are kept as shares in every file here; workbooks have 0 to 100.",
        what_to_do="See whether the file changed the scale; if so, say it in the card.",
    ),
    no_row(
        "shares_are_counts_over_people",
        f"vintage = '2025' AND measure IN ({COUNTED_SHARES}) "
        "AND abs(estimate - numerator / denominator) > 1e-6",
        reason="The value is what is counted over how many, to the last digits, in every row of these files.",
        what_to_do="Obtain the file again; a column may have shifted.",
    ),
)
