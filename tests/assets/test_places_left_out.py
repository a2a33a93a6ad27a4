"""Places of a set without a figure or without people: left out and counted, or too many of them."""

from typing import Any

import polars as pl
import pytest

from assets.analyses.inequality import KEY, MOST_LEFT_OUT, UNWEIGHTED, across_places, left_out

PLACES = [f"county:{number:05d}" for number in range(1, 41)]
SETS = pl.DataFrame({"comparison_set": "county/state:99", "place_id": PLACES})


def _estimates(without: tuple[str, ...] = ()) -> pl.DataFrame:
    return pl.DataFrame({"place_id": PLACES}).select(
        "place_id",
        source_id=pl.lit("a"), vintage=pl.lit("2025"), period_start=pl.lit(2020), period_end=pl.lit(2022),
        population_group=pl.lit("all"), method=pl.lit("published"),
        estimate=pl.when(~pl.col("place_id").is_in(without)).then(75.0), se=pl.lit(1.0),
    )  # fmt: skip


def _people(without: tuple[str, ...] = ()) -> pl.DataFrame:
    rows = pl.DataFrame({"place_id": PLACES, "people": 1000.0, "weighting": "people of 2020"})
    return rows.filter(~pl.col("place_id").is_in(without))


def _population(of: dict[str, int] | None = None) -> pl.DataFrame:
    """Another count of the same places, nothing where they are not named."""
    return pl.DataFrame({"place_id": PLACES}).with_columns(
        population=pl.col("place_id").replace_strict(of or {}, default=None, return_dtype=pl.Int64)
    )


def _told(rows: pl.DataFrame) -> dict[str, Any]:
    return left_out(rows.with_columns(ordering=pl.lit(None, pl.String))).row(0, named=True)


@pytest.mark.parametrize("lost", [1, 2])
def test_places_without_people_are_left_out_up_to_one_in_twenty(lost: int) -> None:
    """Eight of 3,056 counties, the old ones of Connecticut, emptied every weighted measure of the nation."""
    gone = tuple(PLACES[:lost])
    rows = across_places(_estimates(), SETS, _people(gone), _population())
    assert rows["population"].null_count() == 0
    assert set(rows["place_id"]) == set(PLACES) - set(gone)
    told = _told(rows)
    assert (told["left_out"], told["weighting"]) == (lost, "people of 2020")
    assert told["share_left_out"] == pytest.approx(lost / 40)


def test_more_places_without_people_leave_the_measures_that_need_none() -> None:
    rows = across_places(_estimates(), SETS, _people(tuple(PLACES[:3])), _population())
    assert rows["population"].null_count() == rows.height == 40
    assert rows["weighting"].unique().to_list() == [UNWEIGHTED]


@pytest.mark.parametrize(("people", "weighted"), [(100, True), (30_000, False)])
def test_people_count_and_not_places_where_another_count_knows_them(people: int, weighted: bool) -> None:
    """Four of forty places are a tenth; of the people they are a hundredth, or most."""
    gone = tuple(PLACES[:4])
    rows = across_places(_estimates(), SETS, _people(gone), _population(dict.fromkeys(gone, people)))
    assert (rows["population"].null_count() == 0) == weighted
    assert rows.height == (36 if weighted else 40)


@pytest.mark.parametrize(("lost", "withheld"), [(2, False), (3, True)])
def test_places_without_a_figure_withhold_the_measures_from_one_in_twenty_on(
    lost: int, withheld: bool
) -> None:
    rows = across_places(_estimates(tuple(PLACES[:lost])), SETS, _people(), _population())
    told = _told(rows)
    assert told["left_out"] == lost
    assert (told["share_left_out"] > MOST_LEFT_OUT) == withheld
    assert {name: told[name] for name in ("comparison_set", "dimension")} == {
        "comparison_set": "county/state:99",
        "dimension": "place",
    }
    assert set(KEY) <= set(told)
