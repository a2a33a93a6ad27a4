"""Losing the standard error never lifts a figure above what its nearest edition says."""

from typing import Any

import polars as pl
import pytest

from assets.indicators.without_error import as_sure_as_the_nearest_edition
from assets.quotable import with_quotability
from tests.assets.slices import CATALOG

SERIES = ["place_id", "source_id"]
LOOP = "neighborhood:chicago-32"


def _editions(
    *rows: tuple[int, int, float | None, str], source: str = "chicago_health_atlas"
) -> pl.DataFrame:
    made = pl.DataFrame(
        rows,
        schema={
            "period_start": pl.Int64, "period_end": pl.Int64, "se": pl.Float64, "reliability": pl.String,
        },
        orient="row",
    )  # fmt: skip
    return made.with_columns(
        place_id=pl.lit(LOOP), source_id=pl.lit(source), value=pl.lit(90.6), cautions=pl.lit(None, pl.String),
        ci_low=pl.lit(None, pl.Float64), ci_high=pl.lit(None, pl.Float64),
        reason=pl.when(pl.col("se").is_null()).then(pl.lit("not_published:standard_error")),
    )  # fmt: skip


def _shown(rows: pl.DataFrame, no_estimate: pl.Expr | None = None) -> list[dict[str, Any]]:
    found = as_sure_as_the_nearest_edition(rows, "value", SERIES, CATALOG, no_estimate=no_estimate)
    return with_quotability(found, "value", CATALOG, unit="").to_dicts()


def test_preschool_enrollment_of_the_loop_stays_unreliable() -> None:
    """95.7 ± 63.2 in 2017-2021; 90.6 in 2018-2022, of which no error is printed."""
    rows = _shown(_editions((2017, 2021, 63.2, "unreliable"), (2018, 2022, None, "caution")))
    lost = rows[1]
    assert (lost["reliability"], lost["quotable"]) == ("unreliable", "no")
    assert lost["reason"] == "unreliable:nearest_edition"


@pytest.mark.parametrize("known", ["good", "caution"])
def test_a_figure_is_at_most_cautious_and_quoted_with_the_edition_that_vouches_for_it(known: str) -> None:
    lost = _shown(_editions((2015, 2019, 1.0, known), (2018, 2022, None, "caution")))[1]
    assert (lost["reliability"], lost["quotable"]) == ("caution", "with_caveat")
    assert "edition of 2015-2019" in lost["caveat"]


def test_where_no_edition_has_an_error_the_figure_is_shown_and_not_quoted() -> None:
    rows = _shown(_editions((2015, 2019, None, "caution"), (2018, 2022, None, "caution")))
    assert {(row["reliability"], row["quotable"], row["value"]) for row in rows} == {("caution", "no", 90.6)}
    assert all("no standard error" in row["caveat"] for row in rows)


def test_the_nearest_edition_counts_and_of_two_as_near_the_worse() -> None:
    nearest = _shown(
        _editions((2005, 2009, 9.0, "unreliable"), (2014, 2018, 1.0, "good"), (2018, 2022, None, "caution"))
    )[2]
    assert nearest["reliability"] == "caution"
    as_near = _shown(
        _editions((2014, 2018, 1.0, "good"), (2022, 2026, 9.0, "unreliable"), (2018, 2022, None, "caution"))
    )[2]
    assert as_near["reliability"] == "unreliable"


def test_another_place_or_source_vouches_for_nothing() -> None:
    known = _editions((2018, 2022, 1.0, "good")).with_columns(place_id=pl.lit("neighborhood:chicago-8"))
    other = _editions((2018, 2022, 1.0, "good"), source="census_acs5")
    lost = _shown(pl.concat([known, other, _editions((2018, 2022, None, "caution"))]))[2]
    assert lost["quotable"] == "no"


def test_ranks_and_counts_of_everyone_have_lost_nothing() -> None:
    ranks = _editions((2019, 2019, None, "caution"), source="chr_rankings")
    (rank,) = _shown(ranks, no_estimate=pl.lit(value=True))
    (census,) = _shown(_editions((2010, 2010, None, "caution"), source="census_decennial"))
    assert {rank["quotable"], census["quotable"]} == {"with_caveat"}


def test_an_error_that_is_there_changes_nothing() -> None:
    rows = _editions((2015, 2019, 1.0, "good"), (2018, 2022, 2.0, "unreliable"))
    found = as_sure_as_the_nearest_edition(rows, "value", SERIES, CATALOG)
    assert found["reliability"].to_list() == ["good", "unreliable"]
    assert found["unmeasured"].to_list() == [False, False]
