"""Tables made of other figures, in the release of the whole public files, against the raw files."""

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from lifegap.releases.read import Release
from tests.assets.figures import one

WEIGHTS_2000 = (13818, 55317, 145565, 138646, 135573, 162613, 134834, 87247, 66037)
"""People of the standard population of 2000 below 75, of a million: NCHS, groups of ten years."""

ENDS = (1, 5, 15, 25, 35, 45, 55, 65, 75)


def _wonder(mirror: Path, sex: str, race: str, year: str) -> Iterator[tuple[int, int]]:
    """Deaths and people by age band, from the export as it is."""
    path = mirror / "cdc_wonder" / "wonder_ucd_us_deaths_by_race_sex_age10_year_1999_2020.txt.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            asked = (row["Gender"], row["Race"], row["Year"]) == (sex, race, year)
            if asked and not row["Notes"] and row["Population"].isdigit():
                yield int(row["Deaths"]), int(row["Population"])


def test_years_lost_and_excess_deaths_from_the_raw_export(mirror: Path, mirror_release: Release) -> None:
    black = list(_wonder(mirror, "Male", "Black or African American", "2019"))
    white = list(_wonder(mirror, "Male", "White", "2019"))
    assert len(black) == len(white) == 11
    starts = (0, *ENDS[:-1])
    rate = sum(
        weight * deaths * (75 - (start + end) / 2) / people
        for weight, start, end, (deaths, people) in zip(WEIGHTS_2000, starts, ENDS, black, strict=False)
    ) / sum(WEIGHTS_2000)
    expected = sum(
        people * deaths / whites for (_, people), (deaths, whites) in zip(black, white, strict=True)
    )
    row = one(
        mirror_release,
        "SELECT ypll75_rate, excess_deaths, deaths_avoided FROM premature_mortality WHERE place_id = 'nation:us' "
        "AND population_group = 'race_sex:black_male' AND period_start = 2019",
    )
    assert row["ypll75_rate"] == pytest.approx(100_000 * rate, rel=1e-9)
    assert row["excess_deaths"] == pytest.approx(sum(deaths for deaths, _ in black) - expected, rel=1e-9)
    assert row["deaths_avoided"] == pytest.approx(row["excess_deaths"] / 2)


def test_counties_of_states_and_nation_have_measures_of_inequality(mirror_release: Release) -> None:
    rows = mirror_release.ask(
        "SELECT comparison_set, dimension, count(DISTINCT measure) FROM inequality WHERE source_id = 'chr_measures' "
        "AND period_end = 2023 AND comparison_set IN ('county/nation:us', 'county/state:42', 'county/state:17') "
        "AND value IS NOT NULL GROUP BY ALL ORDER BY ALL"
    ).rows
    assert [row[:2] for row in rows] == [
        (each, dimension)
        for each in ("county/nation:us", "county/state:17", "county/state:42")
        for dimension in ("income", "place")
    ]
    states = mirror_release.ask(
        "SELECT count(DISTINCT comparison_set) FROM inequality WHERE comparison_set LIKE 'county/state:%'"
    ).rows[0][0]
    assert states >= 45


def test_slope_over_income_from_figures_of_the_release(mirror_release: Release) -> None:
    """The slope index of Pennsylvania's counties by plain weighted least squares, in plain Python."""
    found = one(
        mirror_release,
        "SELECT value, ordering FROM inequality WHERE comparison_set = 'county/state:42' AND measure = 'sii' "
        "AND dimension = 'income' AND period_end = 2023 AND source_id = 'chr_measures'",
    )
    assert found["ordering"].startswith("median_household_income, lowest first: census_acs5 2024")
    rows = mirror_release.ask(
        "SELECT e.estimate, i.value, n.estimate FROM life_expectancy AS e JOIN indicator_value AS i USING (place_id) "
        "JOIN figure_input AS n USING (place_id) WHERE e.source_id = 'chr_measures' AND e.period_end = 2023 "
        "AND e.population_group = 'all' AND e.se IS NOT NULL AND e.place_id LIKE 'county:42%' "
        "AND i.indicator_id = 'median_household_income' AND i.source_id = 'census_acs5' AND i.vintage = '2024' "
        "AND i.population_group = 'all' AND n.measure = 'v051' AND n.vintage = '2025' AND n.population_group = 'all'"
    ).rows
    if not rows:
        pytest.fail("the inputs of the slope are not in the release")
    rows.sort(key=lambda row: row[1])
    people = sum(row[2] for row in rows)
    before, ridits = 0.0, []
    for _, _, each in rows:
        ridits.append((before + each / 2) / people)
        before += each
    weights = [row[2] / people for row in rows]
    mean_x = sum(w * x for w, x in zip(weights, ridits, strict=True))
    mean_y = sum(w * row[0] for w, row in zip(weights, rows, strict=True))
    slope = sum(w * (x - mean_x) * (row[0] - mean_y) for w, x, row in zip(weights, ridits, rows, strict=True))
    assert found["value"] == pytest.approx(
        slope / sum(w * (x - mean_x) ** 2 for w, x in zip(weights, ridits, strict=True)), rel=1e-9
    )
