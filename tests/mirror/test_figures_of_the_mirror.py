"""Figures of the release of the whole public files: none that is true withheld, none that is wrong let through."""

import csv
import gzip
from pathlib import Path

import polars as pl
import pytest

from lifegap.methods.mortality.premature_mortality import WHOLE_AGES, years_lost
from lifegap.releases.read import Release
from tests.assets.figures import LOOP, one

pytestmark = [pytest.mark.mirror, pytest.mark.xdist_group("mirror")]

SHORTEST = {
    "Buffalo": (54.0, 50.2, 57.8), "Dewey": (56.7, 54.0, 59.3), "Oglala Lakota": (56.9, 55.3, 58.6),
    "Corson": (58.7, 55.5, 62.0), "Todd": (58.7, 56.7, 60.8),
}  # fmt: skip
"""Counties of South Dakota with the shortest lives of 2020-2022, as County Health Rankings prints them."""


@pytest.mark.parametrize("county", SHORTEST)
def test_the_shortest_lives_of_the_nation_are_shown(mirror_release: Release, county: str) -> None:
    row = one(
        mirror_release,
        "SELECT e.* FROM life_expectancy AS e JOIN place AS p USING (place_id) WHERE p.name = ? "
        "AND source_id = 'chr_measures' AND e.vintage = '2025' AND population_group = 'all'",
        f"{county} County, South Dakota",
    )
    assert tuple(round(row[name], 1) for name in ("estimate", "ci_low", "ci_high")) == SHORTEST[county]
    assert (row["reliability"], row["quotable"]) == ("caution", "with_caveat")
    assert "Unusually low; few deaths" in row["caveat"]


def test_only_what_no_population_has_is_withheld(mirror_release: Release) -> None:
    counties = mirror_release.ask(
        "SELECT place_id, vintage FROM life_expectancy WHERE reason = 'withheld:implausible' "
        "AND population_group = 'all'"
    ).rows
    assert counties == [("county:38065", "2026")]  # 107.92 (78.97 to 136.87)
    printed = mirror_release.ask(
        "SELECT DISTINCT i.estimate BETWEEN 40 AND 100 FROM life_expectancy AS e JOIN figure_input AS i "
        "USING (place_id, source_id, vintage, period_end, population_group) "
        "WHERE e.reason = 'withheld:implausible' AND i.measure = 'v147'"
    ).rows
    assert printed == [(False,)]


def test_groups_that_are_classified_by_different_hands_are_never_quoted_freely(
    mirror_release: Release,
) -> None:
    rows = mirror_release.ask(
        "SELECT DISTINCT quotable FROM life_expectancy WHERE estimate IS NOT NULL AND population_group "
        "IN ('race:american_indian_alaska_native', 'race:two_or_more') ORDER BY ALL"
    ).rows
    assert rows == [("no",), ("with_caveat",)]


def test_what_a_model_predicts_has_the_narrowest_intervals(mirror_warehouse) -> None:
    """Why the interval of a predicted tract is a lower bound: the three medians of `pooling.md`."""
    rows = mirror_warehouse.execute(
        "SELECT flag, round(median(se_e0), 2) FROM sources.usaleep_tract GROUP BY 1 ORDER BY 1"
    ).fetchall()
    assert rows == [(1, 1.66), (2, 1.41), (3, 1.75)]


def test_no_good_figure_is_predicted(mirror_warehouse) -> None:
    tracts = mirror_warehouse.execute(
        "SELECT flag, count(*) FROM indicators.life_expectancy AS e JOIN sources.usaleep_tract AS t "
        "ON e.place_id = 'tract2010:' || t.tract_id WHERE e.reliability = 'good' GROUP BY 1 ORDER BY 1"
    ).fetchall()
    assert {flag for flag, _ in tracts} == {1, 3}
    pooled = mirror_warehouse.execute(
        "SELECT count(*) FROM indicators.life_expectancy AS e JOIN indicators.coverage AS c "
        "USING (place_id, source_id, vintage) WHERE e.method LIKE 'pooled%' AND c.predicted_share > 0.25 "
        "AND e.reliability = 'good'"
    ).fetchone()
    assert pooled == (0,)


def test_south_lawndale_rests_on_predicted_tracts_and_is_no_better_than_caution(
    mirror_release: Release,
) -> None:
    row = one(
        mirror_release,
        "SELECT reliability, quotable, caveat FROM life_expectancy WHERE place_id = 'neighborhood:chicago-30' "
        "AND source_id = 'nchs_usaleep'",
    )
    assert (row["reliability"], row["quotable"]) == ("caution", "with_caveat")
    assert "lower bound" in row["caveat"]


def test_preschool_enrollment_of_the_loop_does_not_gain_by_losing_its_error(mirror_release: Release) -> None:
    rows = mirror_release.ask(
        "SELECT period_end, se IS NULL, reliability, quotable FROM indicator_value WHERE place_id = ? "
        "AND indicator_id = 'preschool_enrollment' AND source_id = 'chicago_health_atlas' AND period_end >= 2021 "
        "ORDER BY 1", [LOOP],
    ).rows  # fmt: skip
    assert rows == [(2021, False, "unreliable", "no"), (2022, True, "unreliable", "no")]


@pytest.mark.parametrize(
    ("table", "figure", "series"),
    [
        ("life_expectancy", "estimate", "place_id, source_id, population_group"),
        ("indicator_value", "value", "place_id, source_id, population_group, indicator_id"),
    ],
)
def test_no_figure_without_an_error_is_better_than_every_edition_that_has_one(
    mirror_release: Release, table: str, figure: str, series: str
) -> None:
    """A slow way to ask: the class of one edition at least must be as bad as that of the figure without."""
    rank = "list_position(['good', 'caution', 'unreliable'], reliability)"
    rows = mirror_release.ask(
        f"""
        WITH known AS (
            SELECT {series}, min({rank}) AS best FROM {table}
            WHERE {figure} IS NOT NULL AND se IS NOT NULL GROUP BY ALL
        )
        SELECT count(*), count(*) FILTER ({rank} < best), count(*) FILTER (quotable = 'yes')
        FROM {table} JOIN known USING ({series}) WHERE {figure} IS NOT NULL AND se IS NULL
        """
    ).rows
    assert rows[0][1:] == (0, 0)


def test_what_no_edition_measures_is_not_quoted(mirror_release: Release) -> None:
    rows = mirror_release.ask(
        "SELECT DISTINCT quotable FROM life_expectancy WHERE estimate IS NOT NULL "
        "AND source_id IN ('chicago_health_atlas', 'chicago_reported')"
    ).rows
    assert rows == [("no",)]
    ranks = mirror_release.ask(
        "SELECT DISTINCT quotable FROM indicator_value WHERE value IS NOT NULL AND "
        "(source_id = 'census_decennial' OR indicator_id = 'health_outcomes_rank') AND reliability = 'caution'"
    ).rows
    assert ranks == [("with_caveat",)]


def test_every_figure_of_the_pandemic_says_so(mirror_release: Release) -> None:
    """Life expectancy, its gaps, deaths by cause, years lost; and no figure that is not made of deaths."""
    within = (
        "period_start <= 2021 AND period_end >= 2020 AND NOT coalesce(contains(caveat, 'pandemic'), FALSE)"
    )
    for table, figure in (
        ("life_expectancy", "estimate"), ("life_expectancy_gap", "gap"),
        ("premature_mortality", "ypll75_rate"),
    ):  # fmt: skip
        silent = mirror_release.ask(f"SELECT count(*) FROM {table} WHERE {figure} IS NOT NULL AND {within}")
        assert silent.rows == [(0,)], table
    said = mirror_release.ask(
        "SELECT indicator_id, bool_and(contains(caveat, 'pandemic')) FROM indicator_value WHERE value IS NOT NULL "
        "AND indicator_id IN ('homicide', 'drug_overdose_deaths', 'premature_death_ypll', 'poverty') "
        "AND period_start <= 2021 AND period_end >= 2020 GROUP BY 1 ORDER BY 1"
    ).rows
    assert dict(said)["poverty"] is False
    assert all(answer for name, answer in said if name != "poverty")


def test_the_reason_of_progress_names_the_point_that_is_unreliable(mirror_release: Release) -> None:
    rows = mirror_release.ask(
        """
        SELECT p.reason, count(*), count(*) FILTER (v.reliability = 'unreliable')
        FROM progress AS p JOIN indicator_value AS v ON (v.place_id, v.indicator_id, v.source_id, v.method)
            = (p.place_id, p.indicator_id, p.source_id, p.method) AND v.population_group = 'all'
            AND p.baseline_period = CASE WHEN v.period_start = v.period_end THEN v.period_end::VARCHAR
                ELSE v.period_start || '-' || v.period_end END AND v.value = p.baseline_value
        WHERE p.reason LIKE 'not_assessable:unreliable%' AND p.target_id = 'none' GROUP BY 1 ORDER BY 1
        """
    ).rows
    found = {reason: (rows, bad) for reason, rows, bad in rows}
    assert "not_assessable:unreliable_point" in found
    for reason, (count, bad) in found.items():
        assert bad == (count if reason.endswith("baseline") else 0), reason
    unnamed = mirror_release.ask(
        "SELECT count(*) FROM progress WHERE reason LIKE 'not_assessable:unreliable%' "
        "AND NOT regexp_matches(caveat, 'Unreliable: \\d{4}')"
    ).rows
    assert unnamed == [(0,)]


PUBLISHED = {
    (2008, 2010): 6811.19, (2010, 2012): 6621.61, (2011, 2013): 6605.3, (2012, 2014): 6601.2,
    (2013, 2015): 6658.113945, (2015, 2017): 6900.630354, (2016, 2018): 6940.110519,
}  # fmt: skip
"""Years lost before 75 per 100,000 people of the nation, as County Health Rankings prints them."""


def _deaths_of_the_nation(mirror: Path, start: int, end: int) -> pl.DataFrame:
    """Deaths and people by age of the years, from the export of CDC WONDER as it is."""
    first_ages = {"1": 0, "1-4": 1, "5-14": 5, "15-24": 15, "25-34": 25, "35-44": 35, "45-54": 45,
                  "55-64": 55, "65-74": 65, "75-84": 75, "85+": 85}  # fmt: skip
    path = mirror / "cdc_wonder" / "wonder_ucd_us_deaths_by_age10_year_1999_2018.txt.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = [
            (first_ages[row["Ten-Year Age Groups Code"]], int(row["Deaths"]), int(row["Population"]))
            for row in csv.DictReader(file, delimiter="\t")
            if not row["Notes"] and row["Year"] and start <= int(row["Year"]) <= end
            and row["Ten-Year Age Groups Code"] in first_ages
        ]  # fmt: skip
    frame = pl.DataFrame(rows, schema=["age_start", "deaths", "population"], orient="row")
    return frame.group_by("age_start").agg(pl.col("deaths", "population").sum()).sort("age_start")


@pytest.mark.parametrize(("years", "printed"), PUBLISHED.items())
def test_the_published_rate_of_years_lost_follows_from_the_deaths_of_the_nation(
    mirror: Path, years: tuple[int, int], printed: float
) -> None:
    """To 0.05 percent from the middle of whole ages; 2.3 to 2.5 percent less from the middle of each band."""
    deaths = _deaths_of_the_nation(mirror, *years)
    of_whole_ages = years_lost(deaths, [], middles=WHOLE_AGES).row(0, named=True)["ypll75_rate"]
    of_bands = years_lost(deaths, []).row(0, named=True)["ypll75_rate"]
    assert of_whole_ages == pytest.approx(printed, rel=5e-4)
    assert 0.023 < 1 - of_bands / printed < 0.025


def test_both_ways_to_count_years_lost_stand_apart_with_a_note(mirror: Path, mirror_release: Release) -> None:
    computed = years_lost(_deaths_of_the_nation(mirror, 2015, 2017), []).row(0, named=True)
    assert computed["ypll75_rate"] == pytest.approx(6737.55, abs=0.01)
    printed = one(
        mirror_release,
        "SELECT ypll75_rate, note FROM premature_mortality WHERE place_id = 'nation:us' AND method = 'published' "
        "AND population_group = 'all' AND period_start = 2015 AND period_end = 2017",
    )
    assert round(printed["ypll75_rate"], 2) == 6900.63
    assert "9.5, 19.5" in printed["note"]
    notes = mirror_release.ask(
        "SELECT DISTINCT note FROM premature_mortality WHERE method = 'age_adjusted'"
    ).rows
    assert len(notes) == 1
    assert "2.4 percent" in notes[0][0]
