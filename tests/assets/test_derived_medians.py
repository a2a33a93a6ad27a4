"""Medians of places made of units, derived from counts by interval: against plain Python, and refused."""

import math
from collections.abc import Iterator, Sequence
from functools import cached_property

import duckdb
import numpy as np
import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assets.indicators.derived_medians import design_factor
from assets.table import registered
from assets.warehouse.partition import partition
from lifegap.catalog.catalog import Catalog
from lifegap.catalog.indicators import DeclaredIndicator
from lifegap.methods.surveys.medians import FIVE_YEAR_SAMPLE, medians_of_intervals
from lifegap.store.warehouse import new_warehouse
from tests.assets.slices import CATALOG

STARTS = [-math.inf, 10, 15, 20, 25, 30, 35, 40, 45, 50, 60, 75, 100, 125, 150, 200]
EDGES = np.array([1000.0 * start for start in [*STARTS, math.inf]])
COUNTY, ZIP = "county:42101", "zip:19104"
FOOTPRINT = "footprint:together-for-west-philadelphia"
FIRST, SECOND, THIRD = (f"tract2010:4210100{number}00" for number in (1, 2, 3))
POOR = [400, 300, 200, 150, 100, 90, 80, 70, 60, 50, 40, 30, 20, 10, 5, 3]
RICH = [20, 20, 30, 30, 40, 40, 50, 50, 60, 150, 200, 300, 200, 100, 80, 90]
PHILADELPHIA = [76982, 40166, 37420, 32721, 31747, 31160, 26714, 26669, 23535, 44298, 50965, 59171, 38246,
                25283, 25236, 24465]  # fmt: skip

INDICATOR = "median_household_income"
Count = float | None


class OneIndicator(Catalog):
    """The declarations, of indicators this one alone: the others would take a second each time."""

    @cached_property
    def indicators(self) -> dict[str, DeclaredIndicator]:
        return {INDICATOR: CATALOG.indicators[INDICATOR]}


DECLARED = OneIndicator(CATALOG.data)
(BY_INTERVAL,) = (each for each in DECLARED.indicators[INDICATOR].indicator.measured_by if each.intervals)


def _slow_median(counts: Sequence[float]) -> float:
    """Pareto inside the interval that half of the whole falls into, in plain Python."""
    half, below = math.fsum(counts) / 2, 0.0
    for position, count in enumerate(counts):
        if below + count >= half:
            start, end = EDGES[position], EDGES[position + 1]
            above, above_end = 2 * half - below, 2 * half - below - count
            kappa = math.log(above / above_end) / math.log(end / start)
            return start * (above / half) ** (1 / kappa)
        below += count
    raise AssertionError


def _observed(
    place: str, table: str, measure: str, label: str, estimate: Count, moe90: Count, reason: str | None
) -> dict[str, object]:
    return {
        "place_id": place, "table_id": table, "measure": measure, "measure_label": label,
        "population_group": "all", "period_start": 2014, "period_end": 2018, "source_id": "census_acs5",
        "vintage": "2018", "estimate": estimate, "se": None, "ci_low": None, "ci_high": None, "moe90": moe90,
        "reason": reason, "flags": None, "note": None,
    }  # fmt: skip


def _counts(place: str, counts: Sequence[Count], labels: Sequence[str] = ()) -> list[dict[str, object]]:
    """The lines of the table; without labels, as Census Reporter prints them, their codes."""
    codes = [f"B19001_{line:03d}" for line in range(2, 18)]
    return [
        _observed(place, "B19001", code, label, count, 10.0, None if count is not None else "not_published:x")
        for code, label, count in zip(codes, labels or codes, counts, strict=True)
    ]


def _median(place: str, estimate: float, moe90: Count) -> list[dict[str, object]]:
    label = "Households!!Median income (dollars)"
    return [_observed(place, "S1901", "S1901_C01_012", label, estimate, moe90, None)]


def _figures(
    rows: list[dict[str, object]], units: Sequence[tuple[str, str, float]], *, basis: str = "area"
) -> dict[str, dict]:
    """The figures of places made of units, by place, of the indicator as it is declared."""
    numbers = dict.fromkeys(("estimate", "se", "ci_low", "ci_high", "moe90"), pl.Float64)
    words = dict.fromkeys(("reason", "flags", "note"), pl.String)
    years = {"period_start": pl.Int32, "period_end": pl.Int32}
    connection = duckdb.connect()
    connection.execute("ATTACH ':memory:' AS lifegap; USE lifegap")
    warehouse = new_warehouse(connection)
    warehouse.ledger.start([], [])
    observation = pl.DataFrame(rows, schema_overrides={**numbers, **words, **years}, infer_schema_length=None)
    crosswalk = pl.DataFrame(
        [
            {
                "from_place_id": unit,
                "to_place_id": place,
                "weight": weight,
                "partition": place if place.startswith("footprint") else "philadelphia_zip",
                "basis": basis,
                "source_id": "a_source",
            }
            for unit, place, weight in units
        ]
    )
    made = registered()["indicators.indicator_value"].make(
        observation=warehouse.given(observation),
        crosswalk=crosswalk,
        partition=partition(DECLARED),
        catalog=DECLARED,
        warehouse=warehouse,
    )
    assert isinstance(made, Iterator)
    mine = pl.concat([pl.DataFrame(part) for part in made]).filter(pl.col("place_id").is_in([ZIP, FOOTPRINT]))
    assert mine["place_id"].is_unique().all()
    return {row["place_id"]: row for row in mine.iter_rows(named=True)}


OF_COUNTY = [*_counts(COUNTY, PHILADELPHIA), *_median(COUNTY, 43_744.0, 595.0)]
BOTH = [*_counts(FIRST, POOR), *_counts(SECOND, RICH), *OF_COUNTY]
WHOLE = [(FIRST, ZIP, 1.0), (SECOND, ZIP, 1.0)]


def test_the_median_is_that_of_the_counts_added_up_each_unit_by_its_weight() -> None:
    row = _figures(BOTH, [(FIRST, ZIP, 0.25), (SECOND, ZIP, 1.0)])[ZIP]
    together = [0.25 * poor + rich for poor, rich in zip(POOR, RICH, strict=True)]
    assert row["value"] == pytest.approx(_slow_median(together))
    assert (row["method"], row["units"], row["reason"]) == ("derived", 2, None)
    assert "the counts of 2 units. Cut, and counted by their unsure share of surface: 1." in row["note"]
    assert _slow_median(POOR) < row["value"] < _slow_median(RICH)


def test_the_margin_uses_the_factor_that_gives_the_county_its_own_published_margin() -> None:
    row = _figures(BOTH, WHOLE)[ZIP]
    together = np.array([[poor + rich for poor, rich in zip(POOR, RICH, strict=True)]], dtype=float)
    factor = design_factor(
        np.array([PHILADELPHIA], dtype=float), EDGES, 595.0, sampling_percent=12.5, interpolation="pareto"
    )
    assert factor == pytest.approx(1.793, abs=5e-4)
    expected = medians_of_intervals(
        together, EDGES, sampling_percent=12.5, design_factor=factor, interpolation="pareto"
    )
    assert row["moe90"] == pytest.approx(expected["moe90"][0])
    assert row["se"] == pytest.approx(row["moe90"] / 1.645)
    assert row["ci_low"] < row["value"] < row["ci_high"]
    assert "a design factor of 1.79, derived from the published margin of county:42101" in row["note"]


def _slow_factor(parts: list[tuple[float, list[int]]], factor: float) -> float:
    """The factor with the error of the shares, unit by unit: what a unit adds below the median and above it."""
    together = [sum(weight * counts[line] for weight, counts in parts) for line in range(16)]
    people, middle = sum(together), _slow_median(together)
    (at,) = (line for line in range(16) if EDGES[line] <= middle < EDGES[line + 1])
    reached = (people / 2 - sum(together[:at])) / together[at]
    variance = 0.0
    for weight, counts in parts:
        below = sum(counts[:at]) + reached * counts[at]
        variance += weight * (1 - weight) / 3 * ((below - sum(counts) / 2) / people) ** 2
    simple = math.sqrt((100 - 12.5) / (12.5 * people)) / 2
    return math.hypot(factor, math.sqrt(variance) / simple)


def test_the_unknown_share_of_a_cut_unit_widens_the_margin() -> None:
    parts = [(0.25, POOR), (0.6, RICH)]
    units = [(FIRST, ZIP, 0.25), (SECOND, ZIP, 0.6)]
    of_county = np.array([PHILADELPHIA], dtype=float)
    factor = design_factor(of_county, EDGES, 595.0, sampling_percent=12.5, interpolation="pareto")
    whole = _slow_factor(parts, factor)
    assert whole > 1.5 * factor
    together = [0.25 * poor + 0.6 * rich for poor, rich in zip(POOR, RICH, strict=True)]
    assert _figures(BOTH, units)[ZIP]["moe90"] == pytest.approx(_margin(together, whole))
    # Divided by counts of people, the shares are known; and what is alone has the median of the whole unit.
    assert _figures(BOTH, units, basis="published")[ZIP]["moe90"] == pytest.approx(_margin(together, factor))
    alone = [0.25 * poor for poor in POOR]
    assert _figures(BOTH, [(FIRST, ZIP, 0.25)])[ZIP]["moe90"] == pytest.approx(_margin(alone, factor))


@pytest.mark.parametrize(
    "of_county",
    [[], _counts(COUNTY, PHILADELPHIA), _median(COUNTY, 43_744.0, 595.0),
     [*_counts(COUNTY, PHILADELPHIA), *_median(COUNTY, 43_744.0, None)],
     [*_counts(COUNTY, [None, *PHILADELPHIA[1:]]), *_median(COUNTY, 43_744.0, 595.0)]],
    ids=["nothing", "no median", "no counts", "no margin", "a count unknown"],
)  # fmt: skip
def test_without_the_countys_counts_and_margin_the_median_has_none(of_county: list) -> None:
    row = _figures([*_counts(FIRST, POOR), *_counts(SECOND, RICH), *of_county], WHOLE)[ZIP]
    assert row["value"] is not None
    assert (row["se"], row["moe90"], row["ci_low"]) == (None, None, None)
    assert (row["reason"], row["reliability"]) == ("not_published:standard_error", "caution")
    assert "design factor" not in row["note"]


def test_of_several_counties_the_largest_factor_is_used() -> None:
    elsewhere = "tract2010:42091200100"
    rows = [*_counts(FIRST, POOR), *_counts(elsewhere, RICH), *OF_COUNTY]
    units = [(FIRST, ZIP, 1.0), (elsewhere, ZIP, 1.0)]
    surer = [*_counts("county:42091", PHILADELPHIA), *_median("county:42091", 43_744.0, 500.0)]
    less_sure = [*_counts("county:42091", PHILADELPHIA), *_median("county:42091", 43_744.0, 700.0)]
    alone, with_surer, with_less_sure = (
        _figures([*rows, *more], units)[ZIP] for more in ([], surer, less_sure)
    )
    assert alone["moe90"] == with_surer["moe90"] < with_less_sure["moe90"]
    assert "county:42091" in with_less_sure["note"]


@pytest.mark.parametrize(
    ("rows", "units"),
    [
        ([*_counts(FIRST, POOR), *OF_COUNTY], WHOLE),
        ([*_counts(FIRST, POOR), *_counts(SECOND, [None, *RICH[1:]]), *OF_COUNTY], WHOLE),
        ([*_counts(FIRST, POOR), *_counts(SECOND, RICH)[1:], *OF_COUNTY], WHOLE),
    ],
    ids=["a unit is missing", "a count is not published", "a line is missing"],
)
def test_a_place_that_lacks_a_count_gets_no_median(rows: list, units: list) -> None:
    row = _figures(rows, units)[ZIP]
    assert (row["value"], row["moe90"], row["method"]) == (None, None, "derived")
    assert (row["reason"], row["reliability"]) == ("not_computable:cell_missing", "withheld")


def test_a_missing_sliver_does_not_count() -> None:
    row = _figures(BOTH, [*WHOLE, (THIRD, ZIP, 0.001)])[ZIP]
    assert row["value"] is not None


@pytest.mark.parametrize(
    ("counts", "reason", "said"),
    [
        ([5.0] * 15 + [500.0], "not_computable:median_in_open_interval", "It is at least 200000."),
        ([500.0] + [5.0] * 15, "not_computable:median_in_open_interval", "It is at most 10000."),
        ([0.0] * 16, "not_computable:nobody_counted", None),
        ([0.0, 1.0] + [0.0] * 14, "not_computable:sample_too_small", None),
    ],
)
def test_what_the_intervals_do_not_tell_is_refused(counts: list, reason: str, said: str | None) -> None:
    row = _figures([*_counts(FIRST, counts), *OF_COUNTY], [(FIRST, ZIP, 1.0)])[ZIP]
    assert (row["value"], row["se"], row["reason"], row["note"]) == (None, None, reason, said)


def test_a_limit_in_an_open_interval_leaves_the_median_without_a_margin() -> None:
    counts = [5.0] * 13 + [60.0, 60.0, 120.0]
    row = _figures([*_counts(FIRST, counts), *OF_COUNTY], [(FIRST, ZIP, 1.0)])[ZIP]
    assert row["value"] == pytest.approx(_slow_median(counts))
    assert (row["se"], row["reason"]) == (None, "not_computable:limit_in_open_interval")


def test_a_derived_median_stands_in_the_place_of_the_refused_one() -> None:
    units = [(FIRST, FOOTPRINT, 1.0), (SECOND, FOOTPRINT, 1.0)]
    medians = [*_median(FIRST, 20_000.0, 900.0), *_median(SECOND, 80_000.0, 900.0)]
    without = _figures(medians, units)[FOOTPRINT]
    assert (without["method"], without["reason"]) == ("summed", "not_computable:median_of_parts")
    derived = _figures([*BOTH, *medians], units)[FOOTPRINT]
    assert (derived["method"], derived["reason"]) == ("derived", None)
    refused = _figures([*_counts(FIRST, POOR), *medians], units)[FOOTPRINT]
    assert (refused["method"], refused["reason"]) == ("derived", "not_computable:cell_missing")


def test_an_interval_is_found_by_its_label_where_the_file_has_one() -> None:
    labels = [label for _, code, label in BY_INTERVAL.cells() if label != code]
    assert (labels[0], labels[-1], len(labels)) == ("Less than $10,000", "$200,000 or more", 16)
    # As if the Bureau had turned the table round: the codes are those of other lines.
    turned = [*_counts(FIRST, POOR[::-1], labels[::-1]), *_counts(SECOND, RICH[::-1], labels[::-1])]
    assert _figures([*turned, *OF_COUNTY], WHOLE)[ZIP]["value"] == _figures(BOTH, WHOLE)[ZIP]["value"]


def _margin(counts: list[float], factor: float) -> float | None:
    return medians_of_intervals(
        np.array([counts]),
        EDGES,
        sampling_percent=FIVE_YEAR_SAMPLE,
        design_factor=factor,
        interpolation="pareto",
    )["moe90"][0]


def _factor(counts: list[float], margin: float) -> float:
    return design_factor(
        np.array([counts]), EDGES, margin, sampling_percent=FIVE_YEAR_SAMPLE, interpolation="pareto"
    )


MANY = st.lists(st.floats(20, 5000), min_size=16, max_size=16)


@settings(max_examples=30)
@given(MANY, st.floats(1, 4))
def test_the_factor_is_the_one_that_the_margin_was_made_with(counts: list[float], factor: float) -> None:
    margin = _margin(counts, factor)
    assume(margin is not None)
    assert margin is not None
    assert _factor(counts, margin) == pytest.approx(factor, rel=1e-6)


@given(MANY, st.floats(0.01, 1))
def test_a_factor_is_never_below_one(counts: list[float], part: float) -> None:
    margin = _margin(counts, 1.0)
    assume(margin is not None)
    assert margin is not None
    assert _factor(counts, part * margin) == 1.0


def test_where_no_factor_gives_the_margin_there_is_none() -> None:
    assert math.isnan(_factor([float(count) for count in PHILADELPHIA], 150_000.0))
    assert math.isnan(_factor([500.0] + [5.0] * 15, 100.0))
    assert math.isnan(_factor([math.nan] + [5.0] * 15, 100.0))


def test_across_an_empty_interval_the_factor_errs_to_the_safe_side() -> None:
    """The margin leaps where a limit crosses the interval, and no factor gives what lies between."""
    counts = [50.0, 50, 50, 50, 50, 0, 0, 50, 100, 50, 50, 50, 50, 50, 50, 100]
    factor = _factor(counts, 53_000.0)
    before, after = _margin(counts, factor - 1e-6), _margin(counts, factor)
    assert before is not None
    assert after is not None
    assert before < 50_000
    assert after > 57_000
