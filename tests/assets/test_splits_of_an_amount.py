"""A rule by which nobody has need, or that lacks a figure, gives no split and says why."""

import polars as pl
import pytest

from assets.analyses.allocation import allocation
from lifegap.catalog.catalog import Catalog

PLACES = [f"zip:{code}" for code in (19104, 19131, 19139, 19143, 19151)]
COALITION = "together-for-west-philadelphia"
OURS = pl.col("coalition_id") == COALITION


def _rows(catalog: Catalog, gaps: list[float | None], people: int | None = 1000) -> pl.DataFrame:
    place = pl.DataFrame(
        {"place_id": PLACES, "population": [people] * 5}, schema_overrides={"population": pl.Int64}
    )
    gap = pl.DataFrame(
        {
            "coalition_id": COALITION, "place_id": PLACES, "reference_place_id": "county:42091",
            "population_group": "all", "reference_group": "all", "source_id": "nchs_usaleep",
            "vintage": "2010-2015", "period_start": 2010, "period_end": 2015, "gap": gaps, "se": 0.5, "reliability": "caution",
        },
        schema_overrides={"gap": pl.Float64},
    )  # fmt: skip
    index = pl.DataFrame(
        schema={
            "coalition_id": pl.String, "place_id": pl.String, "priority_area": pl.String, "places": pl.Int64,
            "rank": pl.Float64, "rank_low": pl.Float64, "rank_high": pl.Float64,
        }
    )  # fmt: skip
    return allocation(place, gap, index, catalog)


def test_shares_are_as_people_times_years(catalog: Catalog) -> None:
    rows = _rows(catalog, [4.0, 3.0, 2.0, 1.0, -1.0]).filter(pl.col("rule") == "gap", OURS)
    assert rows["share"].to_list() == pytest.approx([0.4, 0.3, 0.2, 0.1, 0.0])
    assert rows["amount"].sum() == pytest.approx(100_000)
    assert rows["reason"].null_count() == 5
    assert all("read with caution" in caveat for caveat in rows["caveat"])


@pytest.mark.parametrize(
    ("gaps", "people", "rule", "reason"),
    [
        ([-1.0, -2.0, -1.0, 0.0, -3.0], 1000, "gap", "not_computable:no_need"),
        ([4.0, 3.0, None, 1.0, 1.0], 1000, "gap", "not_computable:value_missing"),
        ([4.0, 3.0, 2.0, 1.0, 1.0], 1000, "need", "not_computable:no_ranks"),
        ([4.0, 3.0, 2.0, 1.0, 1.0], None, "population", "not_computable:population_missing"),
    ],
)
def test_without_need_or_figure_there_is_no_split(
    catalog: Catalog, gaps: list[float | None], people: int | None, rule: str, reason: str
) -> None:
    rows = _rows(catalog, gaps, people).filter(pl.col("rule") == rule, OURS)
    assert rows["share"].null_count() == rows.height == 5
    assert set(rows["reason"]) == {reason}


def test_places_that_lie_apart_share_nothing(catalog: Catalog) -> None:
    apart = {name for name, coalition in catalog.coalitions.items() if coalition.apart}
    assert apart
    assert not apart & set(_rows(catalog, [1.0] * 5)["coalition_id"])
