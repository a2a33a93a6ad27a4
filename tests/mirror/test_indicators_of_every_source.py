"""Indicators out of every source, against numbers read in the publishers' files."""

import csv
import gzip
import math
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from lifegap.releases.read import Release

ANCHORS = [
    # place, indicator, source, vintage, group, value, low, high: `places` and `svi`, their lines of that place
    ("county:17031", "uninsured_adults", "cdc_places", "2020", "all", 18.3, 16.1, 20.8),
    ("county:42101", "uninsured_adults", "cdc_places", "2020", "all", 14.2, None, None),
    ("county:42101", "svi_overall", "cdc_svi", "2020", "all", 94.84, None, None),
    ("county:42101", "svi_overall_in_state", "cdc_svi", "2020-pennsylvania", "all", 100.0, None, None),
    ("county:17031", "svi_overall", "cdc_svi", "2020", "all", 80.04, None, None),
    ("county:17031", "svi_overall", "cdc_svi", "2020-first", "all", 81.60, None, None),
    ("county:17031", "svi_overall", "cdc_svi", "2000", "all", 77.89, None, None),
    ("county:17031", "poverty", "cdc_svi", "2010", "all", 15.271228, None, None),
    ("county:17031", "poverty", "census_saipe", "2023", "all", 13.2, None, None),
    ("county:17031", "poverty", "census_saipe", "2024", "all", 13.7, None, None),
    ("county:17031", "uninsured", "census_sahie", "2022", "all", 9.7, None, None),
    (
        "neighborhood:chicago-26",
        "median_household_income",
        "chicago_health_atlas",
        "2026-09",
        "all",
        44427.692980,
        None,
        None,
    ),
    ("neighborhood:chicago-26", "hardship_index", "chicago_portal", "2008-2012", "all", 92.0, None, None),
    ("state:42", "premature_death_ypll", "chr_rankings", "2019", "all", 7482.7, None, None),
    ("state:42", "infant_mortality", "chr_rankings", "2014", "all", 7.4, None, None),
    ("state:42", "preventable_hospital_stays", "chr_rankings", "2018", "all", 5171.0, None, None),
    ("state:42", "preventable_hospital_stays", "chr_rankings", "2019", "all", 4534.0, None, None),
    # 24.5 percent without a diploma are printed
    (
        "neighborhood:chicago-26",
        "adult_attainment_high_school",
        "chicago_portal",
        "2008-2012",
        "all",
        75.5,
        None,
        None,
    ),
    ("tract2010:42101012500", "heat_vulnerability", "philadelphia_portal", "2023", "all", None, None, None),
]


@pytest.mark.parametrize(
    ("place", "indicator", "source", "vintage", "group", "value", "low", "high"),
    ANCHORS,
    ids=[f"{each[1]}-{each[2]}-{each[3]}-{each[0]}" for each in ANCHORS],
)
def test_printed_figures(
    mirror_release: Release, place: str, indicator: str, source: str, vintage: str, group: str,
    value: float | None, low: float | None, high: float | None,
) -> None:  # fmt: skip
    found = mirror_release.ask(
        "SELECT value, ci_low, ci_high FROM indicator_value WHERE place_id = $place AND indicator_id = $indicator "
        "AND source_id = $source AND vintage = $vintage AND population_group = $group",
        {"place": place, "indicator": indicator, "source": source, "vintage": vintage, "group": group},
    ).rows
    assert len(found) == 1
    for said, printed in zip(found[0], (value, low, high), strict=True):
        if printed is not None:
            assert said == pytest.approx(printed, rel=1e-4)


def test_every_declared_cell_is_found_in_some_file(mirror_release: Release) -> None:
    lost = mirror_release.ask(
        """
        SELECT DISTINCT indicator_id, source_id, table_id, role, code FROM indicator_cell AS c
        WHERE NOT EXISTS (SELECT 1 FROM figure_input AS i WHERE i.source_id = c.source_id
            AND i.table_id = c.table_id AND i.measure_label IN (SELECT label FROM indicator_cell AS d
                WHERE d.source_id = c.source_id AND d.table_id = c.table_id AND d.code = c.code))
        """
    ).rows
    assert lost == []


def test_every_measured_indicator_has_a_value(mirror_release: Release) -> None:
    empty = mirror_release.ask(
        "SELECT indicator_id FROM indicator WHERE formula IS NOT NULL AND indicator_id NOT IN "
        "(SELECT indicator_id FROM indicator_value WHERE value IS NOT NULL)"
    ).rows
    assert empty == []


def test_impossible_values_are_withheld_not_capped(mirror_release: Release) -> None:
    rows = mirror_release.ask(
        "SELECT place_id, indicator_id, vintage FROM indicator_value WHERE reason = 'withheld:implausible' "
        "AND population_group = 'all' ORDER BY ALL"
    ).rows
    assert rows == [
        ("county:42007", "high_school_graduation", "2010"),
        ("county:42061", "high_school_graduation", "2010"),
    ]
    printed = mirror_release.ask(
        "SELECT min(estimate) FROM figure_input WHERE source_id = 'chr_measures' AND vintage = '2010' "
        "AND measure = 'v021' AND place_id IN ('county:42007', 'county:42061')"
    ).rows
    assert printed[0][0] > 1


def test_the_health_assessment_contradicts_itself_and_gives_no_figure(mirror_release: Release) -> None:
    rows = mirror_release.ask(
        "SELECT place_id, estimate, reason FROM life_expectancy WHERE source_id = 'philadelphia_portal' "
        "AND population_group = 'sex:male' AND vintage = 'assessment-2017' AND period_end = 2014 "
        "AND place_id = 'county:42101'"
    ).rows
    assert ("county:42101", None, "withheld:contradictory") in rows


def _tract_cells(mirror: Path) -> Iterator[dict[str, str]]:
    path = mirror / "census" / "tract_cook_il" / "ACS_17_5YR_B03002_with_ann.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["GEO.id"].startswith("1400000US17031"):
                yield row


def test_segregation_of_cook_county_from_the_raw_file(mirror: Path, mirror_release: Release) -> None:
    tracts = [(float(row["HD01_VD04"]), float(row["HD01_VD03"])) for row in _tract_cells(mirror)]
    black, white = (sum(side) for side in zip(*tracts, strict=True))
    slow = 50 * math.fsum(abs(b / black - w / white) for b, w in tracts)
    found = mirror_release.ask(
        "SELECT value, units, note FROM indicator_value WHERE place_id = 'county:17031' "
        "AND indicator_id = 'segregation_black_white' AND source_id = 'census_acs5'"
    ).rows
    assert [(round(value, 9), units) for value, units, _ in found] == [(round(slow, 9), len(tracts))]
    assert "within their margins" in found[0][2]


def test_poverty_of_a_community_area_from_block_groups_by_hand(
    mirror_warehouse: duckdb.DuckDBPyConnection, mirror_release: Release
) -> None:
    below, all_people = mirror_warehouse.execute(
        """
        WITH tract AS (SELECT DISTINCT tract_id FROM sources.chicago_tract WHERE area_number = 26)
        SELECT sum(estimate) FILTER (line IN ('C17002_002', 'C17002_003')),
            sum(estimate) FILTER (line = 'C17002_001')
        FROM sources.acs_cell, tract
        WHERE table_id = 'C17002' AND substr(geo_id, 10, 11) = tract_id
        """
    ).fetchall()[0]
    found = mirror_release.ask(
        "SELECT value, numerator, denominator FROM indicator_value WHERE indicator_id = 'poverty' "
        "AND place_id = 'neighborhood:chicago-26' AND source_id = 'census_acs5' AND vintage = '2018'"
    ).rows
    assert len(found) == 1
    assert found[0] == pytest.approx((100 * below / all_people, below, all_people), rel=0.02)


def _caveats(release: Release, where: str) -> list[tuple[str, str, str | None]]:
    return release.ask(
        f"SELECT DISTINCT reliability, quotable, caveat FROM indicator_value WHERE {where}"
    ).rows


def test_what_the_publisher_calls_unreliable_is_not_quotable(
    mirror_release: Release, mirror_warehouse: duckdb.DuckDBPyConnection
) -> None:
    marked = mirror_warehouse.execute(
        "SELECT DISTINCT county_fips FROM sources.chr_measure WHERE measure = 'v001' AND vintage = '2025' "
        "AND population_group = 'all' AND reliability = '1' AND estimate IS NOT NULL"
    ).fetchall()
    assert len(marked) > 100
    listed = ", ".join(f"'county:{code}'" for (code,) in marked)
    found = _caveats(
        mirror_release,
        "indicator_id = 'premature_death_ypll' AND vintage = '2025' AND population_group = 'all' "
        f"AND source_id = 'chr_measures' AND place_id IN ({listed})",
    )
    assert {(reliability, quotable) for reliability, quotable, _ in found} == {("unreliable", "no")}
    marks = "The publisher itself marks the figure as unreliable."
    pandemic = "The years include the pandemic of 2020 and 2021."
    assert {caveat for _, _, caveat in found} == {f"{marks} {pandemic}"}


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("indicator_id = 'infant_mortality' AND source_id = 'chicago_portal'", "does not say which they are"),
        ("indicator_id = 'child_poverty' AND vintage = '2025' AND place_id = 'county:17031'", "2023 & 2019"),
        ("indicator_id = 'svi_overall' AND vintage = '2020-first'", "replaced this edition"),
        ("indicator_id = 'infant_mortality' AND vintage = '2026' AND value > 0", "inferred"),
        (
            "indicator_id = 'smoking' AND source_id = 'chr_measures' AND vintage = '2025' AND value > 0",
            "model",
        ),
        ("indicator_id = 'isolation_black' AND period_end = 2020 AND value > 0", "unofficial list"),
    ],
)
def test_a_figure_says_what_it_is_not(mirror_release: Release, where: str, said: str) -> None:
    found = _caveats(mirror_release, f"{where} AND value IS NOT NULL")
    assert found
    assert all(quotable != "yes" for _, quotable, _ in found)
    assert all(said in str(caveat) for _, quotable, caveat in found if quotable == "with_caveat")


def test_editions_are_in_the_order_they_were_issued(mirror_release: Release) -> None:
    order = dict(mirror_release.ask("SELECT source_id || ' ' || vintage, edition_order FROM source").rows)
    assert order["cdc_svi 2020-first"] < order["cdc_svi 2020"] < order["cdc_svi 2022"]
    assert order["chicago_health_atlas 2023-03-06"] < order["chicago_health_atlas 2023-04-24"]


def test_a_column_of_the_wide_view_is_one_series_within_a_type_of_place(mirror_release: Release) -> None:
    values = dict(
        mirror_release.ask(
            "SELECT place_id, poverty FROM indicator_wide WHERE place_type = 'county' AND poverty IS NOT NULL"
        ).rows
    )
    one_source = dict(
        mirror_release.ask(
            "SELECT place_id, value FROM indicator_value WHERE indicator_id = 'poverty' AND vintage = '2024' "
            "AND source_id = 'census_saipe' AND place_id LIKE 'county:%' AND value IS NOT NULL"
        ).rows
    )
    assert len(values) > 3_000
    assert values.items() <= one_source.items()


def test_population_groups_have_values_of_their_own(mirror_release: Release) -> None:
    rows = dict(
        mirror_release.ask(
            "SELECT population_group, value FROM indicator_value WHERE indicator_id = 'premature_mortality' "
            "AND place_id = 'county:17031' AND vintage = '2025' AND source_id = 'chr_measures'"
        ).rows
    )
    assert rows["race:black"] > rows["all"] > rows["race:asian"]
