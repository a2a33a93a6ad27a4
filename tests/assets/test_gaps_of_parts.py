"""Gaps between a place and what it is part of: a tract in its county, a county in its state, a footprint."""

from functools import cached_property
from typing import Any

import polars as pl
import pytest

from assets.indicators.gap_shares import shares_of_references
from assets.indicators.life_expectancy_gap import SERIES, life_expectancy_gap
from assets.warehouse.partition import partition
from lifegap.catalog.catalog import Catalog
from lifegap.catalog.coalitions import Coalition
from tests.assets.slices import CATALOG

TRACT, OTHER = "tract2010:17031260100", "tract2010:17031260200"
COUNTY, STATE, NATION = "county:17031", "state:17", "nation:us"
USALEEP = {"source_id": "nchs_usaleep", "vintage": "2010-2015", "period_start": 2010, "period_end": 2015}
RANKINGS = {"source_id": "chr_measures", "vintage": "2025", "period_start": 2020, "period_end": 2022}

PLACE = pl.DataFrame(
    [
        (TRACT, COUNTY, 1_000), (OTHER, COUNTY, 3_000), (COUNTY, STATE, 5_000_000),
        (STATE, NATION, 12_500_000), (NATION, None, None),
    ],
    schema={"place_id": pl.String, "parent_place_id": pl.String, "population": pl.Int64},
    orient="row",
).with_columns(population_period=pl.lit("2020"))  # fmt: skip
CROSSWALK = pl.DataFrame(
    {
        "from_place_id": [TRACT, OTHER],
        "to_place_id": [COUNTY, COUNTY],
        "partition": ["county", "county"],
        "weight": [1.0, 1.0],
        "basis": ["nested", "nested"],
    }
)
POOLED = pl.DataFrame(
    schema={
        "place_id": pl.String, "less_place_id": pl.String, **dict.fromkeys(SERIES, pl.String),
        "period_start": pl.Int32, "period_end": pl.Int32, "age_start": pl.Int32, "ex": pl.Float64,
        "se": pl.Float64, "se_shares": pl.Float64,
    }
)  # fmt: skip


def _coalition(*members: tuple[str, tuple[str, ...]]) -> Catalog:
    """The declarations, with one coalition of members and what each is compared with."""
    made = Coalition.model_validate(
        {
            "id": "two-places",
            "title": "Two places",
            "place": [{"id": place, "references": references} for place, references in members],
        }
    )

    class Declared(Catalog):
        @cached_property
        def coalitions(self) -> dict[str, Coalition]:
            return {made.id: made}

    return Declared(CATALOG.data)


def _estimate(place: str, method: str, estimate: float, se: float, **series: object) -> dict[str, object]:
    return {
        "place_id": place, "population_group": "all", "method": method, "estimate": estimate, "se": se,
        "reliability": "good", "reason": None, "unmeasured": False, "cautions": None, "note": None,
    } | (series or USALEEP)  # fmt: skip


def _gaps(catalog: Catalog, *estimates: dict[str, object]) -> pl.DataFrame:
    texts = dict.fromkeys(("reason", "cautions", "note"), pl.String)
    years = dict.fromkeys(("period_start", "period_end"), pl.Int32)
    kinds: dict[str, Any] = {**texts, **years}
    frame = pl.DataFrame(list(estimates), schema_overrides=kinds)
    return life_expectancy_gap(frame, POOLED, CROSSWALK, partition(catalog), PLACE, catalog)


def test_a_tract_is_compared_with_its_county_that_is_pooled_of_tracts() -> None:
    row = _gaps(
        _coalition((TRACT, (COUNTY,))),
        _estimate(TRACT, "published", 68.0, 1.6),
        _estimate(COUNTY, "pooled_a_prime", 77.0, 0.6),
    ).row(0, named=True)
    assert (row["gap"], row["reason"], row["method"]) == (9.0, None, "published")
    # The tract is a quarter of the people: cov = 0.25 se².
    assert row["se"] == pytest.approx((1.6**2 + 0.6**2 - 2 * 0.25 * 1.6**2) ** 0.5)
    assert "the reference pooled_a_prime" in row["note"]
    assert "25.0 percent of the reference's people" in row["note"]


def test_it_is_not_compared_across_editions_sources_or_means() -> None:
    catalog = _coalition((TRACT, (COUNTY,)))
    tract = _estimate(TRACT, "published", 68.0, 1.6)
    for county in (
        _estimate(COUNTY, "pooled_b", 77.0, 0.3, **(USALEEP | {"vintage": "other"})),
        _estimate(COUNTY, "pooled_b", 77.0, 0.3, **(USALEEP | {"period_end": 2016})),
        _estimate(COUNTY, "weighted_mean", 77.0, 0.3),
        _estimate(COUNTY, "life_table", 77.0, 0.3),
        _estimate(COUNTY, "published", 77.0, 0.3, **RANKINGS),
    ):
        row = _gaps(catalog, tract, county).filter(place_id=TRACT).row(0, named=True)
        assert (row["gap"], row["reason"]) == (None, "not_published:reference")


def test_the_same_method_on_both_sides_comes_first() -> None:
    row = _gaps(
        _coalition((TRACT, (OTHER,))),
        _estimate(TRACT, "published", 68.0, 1.6),
        _estimate(OTHER, "published", 70.0, 1.6),
        _estimate(OTHER, "pooled_b", 99.0, 1.6),
    ).row(0, named=True)
    assert row["gap"] == 2.0
    assert "pooled" not in (row["note"] or "")


def test_a_county_inside_its_state_shares_its_error_with_it() -> None:
    row = _gaps(
        _coalition((COUNTY, (STATE,))),
        _estimate(COUNTY, "published", 77.4, 0.10, **RANKINGS),
        _estimate(STATE, "published", 77.9, 0.06, **RANKINGS),
    ).row(0, named=True)
    assert row["se"] == pytest.approx((0.10**2 + 0.06**2 - 2 * 0.4 * 0.10**2) ** 0.5)
    assert "40.0 percent of the reference's people" in row["note"]


def test_shares_are_known_only_of_places_inside_their_reference_whose_people_are_counted() -> None:
    pairs = pl.DataFrame(
        [(COUNTY, STATE), (STATE, COUNTY), (COUNTY, NATION), (TRACT, COUNTY), (TRACT, STATE), (TRACT, OTHER)],
        schema=["place_id", "reference_place_id"],
        orient="row",
    )
    found = {row[:2]: row[2] for row in shares_of_references(pairs, CROSSWALK, PLACE).rows()}
    assert found == {
        (COUNTY, STATE): 0.4,
        (TRACT, COUNTY): 0.25,
        (TRACT, STATE): 1_000 / 12_500_000,
    }


def test_counts_of_two_years_give_no_share() -> None:
    pairs = pl.DataFrame({"place_id": [COUNTY], "reference_place_id": [STATE]})
    of_other_year = pl.when(pl.col("place_id") == STATE).then(pl.lit("2010")).otherwise("population_period")
    place = PLACE.with_columns(population_period=of_other_year)
    assert shares_of_references(pairs, CROSSWALK, place).is_empty()


def test_a_footprint_is_compared_with_what_all_its_members_are_compared_with() -> None:
    """Wayne County in Michigan and Davidson County in Tennessee: the nation alone is common to both."""
    wayne, davidson = "county:26163", "county:47037"
    catalog = _coalition((wayne, ("state:26", NATION)), (davidson, ("state:47", NATION)))
    footprint = "footprint:two-places"
    of_footprint = [reference for _, place, reference in catalog.comparisons if place == footprint]
    assert of_footprint == [NATION]
    alone = _coalition((wayne, ("state:26",)), (davidson, ("state:47",)))
    assert [pair for pair in alone.comparisons if pair[1] == footprint] == []


def test_a_gap_of_a_figure_that_nothing_measures_is_not_quoted_and_has_no_percent() -> None:
    alone = {
        "se": None,
        "reliability": "caution",
        "unmeasured": True,
        "reason": "not_published:standard_error",
    }
    atlas = {"source_id": "chicago_health_atlas", "vintage": "v"}
    rows = [
        _estimate(place, "published", estimate, 0.0, **atlas, period_start=year, period_end=year) | alone
        for year, mine, theirs in ((2012, 72.0, 84.0), (2020, 67.0, 80.0))
        for place, estimate in ((TRACT, mine), (OTHER, theirs))
    ]
    gaps = _gaps(_coalition((TRACT, (OTHER,))), *rows).sort("period_end")
    assert gaps["gap"].to_list() == [12.0, 13.0]
    assert gaps["unmeasured"].to_list() == [True, True]
    assert gaps["percent_of_baseline"].to_list() == [None, None]
    assert gaps["note"].str.contains("the baseline has no standard error").all()


def test_a_percent_of_the_baseline_says_that_it_spans_the_pandemic() -> None:
    series = {"source_id": "chicago_health_atlas", "vintage": "v"}
    rows = [
        _estimate(place, "published", estimate, 0.5, **series, period_start=year, period_end=year)
        for year, mine, theirs in ((2012, 72.0, 84.0), (2018, 72.0, 82.0), (2023, 67.0, 80.0))
        for place, estimate in ((TRACT, mine), (OTHER, theirs))
    ]
    gaps = _gaps(_coalition((TRACT, (OTHER,))), *rows).sort("period_end")
    assert gaps["percent_of_baseline"].to_list() == pytest.approx([100, 1000 / 12, 1300 / 12])
    spans = gaps["cautions"].str.contains("spans the pandemic").fill_null(value=False)
    assert spans.to_list() == [False, False, True]
    noisy = _gaps(
        _coalition((TRACT, (OTHER,))),
        *(row | {"se": 5.0} for row in rows),
    )
    assert noisy["percent_of_baseline"].null_count() == 3
    assert noisy["note"].str.contains("within its margin of error").all()
