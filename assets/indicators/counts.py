"""Numerators and denominators of units and of places made of units, with their margins.

Places made of units are summed from counts, each unit by its weight; a place that lacks a unit is marked
as `missing` one and gets no figure.
"""

import polars as pl

from assets.identifiers import kind_of
from assets.indicators.cells import SERIES
from assets.units import LEAST_SHARE, members
from lifegap.methods.surveys.margins import margin_of_sum

MADE_KINDS = ("neighborhood", "zip", "county", "footprint")
FIGURES = ("published", "published_se", "published_margin", "published_low", "published_high")


def of_single_units(cells: pl.DataFrame, declared: pl.DataFrame) -> pl.DataFrame:
    """One row per unit of a kind that its measurement is declared for: its counts, its published figure."""
    kind = kind_of("place_id")
    cells = cells.with_columns(kind=kind).join(declared, on=["measurement", "kind"], how="semi")
    alone = pl.col("role") == "published"
    by = ["place_id", *SERIES]
    published = cells.filter(alone).select(
        *by,
        published="estimate", published_se="se", published_margin="moe90", published_low="ci_low",
        published_high="ci_high", published_reason="reason", flags="flags", said="note",
    )  # fmt: skip
    together = _taken_together(cells.filter(~alone).with_columns(weight=pl.lit(1.0)), ["place_id"])
    # Most measurements are published alone: only those that have counts too need the join.
    counted = together.select("measurement").unique()
    with_counts = published.join(counted, on="measurement", how="semi")
    without = published.join(counted, on="measurement", how="anti")
    both = pl.concat(
        [without, with_counts.join(together, on=by, how="full", coalesce=True)], how="diagonal_relaxed"
    )
    return both.with_columns(
        method=pl.lit("published"), units=pl.lit(None, pl.Int64), unofficial=pl.lit(None, pl.String),
        missing=pl.lit(False), kind=kind_of("place_id"),
    )  # fmt: skip


def of_places_made_of_units(
    cells: pl.DataFrame, shares: pl.DataFrame, declared: pl.DataFrame
) -> pl.DataFrame:
    """One row per place made of units: the units' counts added up."""
    parts, expected = members(shares)
    wanted = declared.filter(pl.col("kind").is_in(MADE_KINDS)).select("measurement").unique()
    units = (
        cells.join(wanted, on="measurement", how="semi").rename({"place_id": "unit"}).join(parts, on="unit")
    )
    found = units.group_by("place_id", "unit_kind", *SERIES).agg(
        units=pl.col("unit").n_unique().cast(pl.Int64),
        counted=pl.col("unit").filter(pl.col("weight") >= LEAST_SHARE).n_unique(),
        unofficial=pl.col("unofficial").min(),
    )
    return (
        _taken_together(units, ["place_id", "unit_kind"])
        .join(found, on=["place_id", "unit_kind", *SERIES])
        .join(expected, on=["place_id", "unit_kind"], how="left")
        .with_columns(
            method=pl.lit("summed"),
            missing=pl.col("counted") < pl.col("expected"),
            kind=kind_of("place_id"),
            # What is published is a unit's own; the whole has none.
            **{name: pl.lit(None, pl.Float64) for name in FIGURES},
            published_reason=pl.lit(None, pl.String),
            flags=pl.lit(None, pl.String),
            said=pl.lit(None, pl.String),
        )
        .drop("unit_kind", "counted", "expected")
    )


def _taken_together(cells: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """Numerator, denominator and complement of each group, with margins."""
    estimate, margin = pl.col("estimate") * pl.col("weight"), pl.col("moe90") * pl.col("weight")
    sums: list[pl.Expr] = []
    for role in ("numerator", "denominator", "complement"):
        mine = pl.col("role") == role
        whole = estimate.filter(mine)
        known = whole.is_not_null().all() & (mine.sum() > 0)
        sums += [
            pl.when(known).then(whole.sum()).alias(role),
            pl.when(known).then(margin_of_sum(whole, margin.filter(mine))).alias(f"{role}_margin"),
        ]
    # Sums of floats depend on their order; sorted, the same rows give the same digits.
    ordered = cells.sort(*by, *SERIES, "role", "measure", *_units(cells))
    return ordered.group_by(*by, *SERIES, maintain_order=True).agg(
        *sums,
        cell_reason=pl.col("reason").drop_nulls().first(),
    )


def _units(cells: pl.DataFrame) -> list[str]:
    return ["unit"] if "unit" in cells.columns else []
