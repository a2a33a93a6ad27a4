"""Columns of a frame as arrays, figures back beside them, and why a row has none."""

from collections.abc import Sequence

import polars as pl

from lifegap.methods.arrays import Floats


def first_reason(*rules: tuple[pl.Expr, str]) -> pl.Expr:
    """The reason of the first rule that is broken; null where all hold."""
    return pl.coalesce(pl.when(broken).then(pl.lit(reason)) for broken, reason in rules)


def unknown(*columns: str) -> pl.Expr:
    """Whether any of the columns is null, NaN or infinite."""
    return pl.any_horizontal(
        ~pl.col(name).cast(pl.Float64).is_finite().fill_null(value=False) for name in columns
    )


def by_group(rows: pl.DataFrame, by: list[str], aggregates: Sequence[pl.Expr]) -> pl.DataFrame:
    """One row per group, sorted; where `by` is empty, all rows are one group."""
    return rows.group_by(by, maintain_order=True).agg(*aggregates).sort(by)


def floats(rows: pl.DataFrame, name: str) -> Floats:
    """A column as floats, NaN where it is null or the row has a reason, so that nothing is divided by 0."""
    kept = pl.when(pl.col("reason").is_null()).then(pl.col(name).cast(pl.Float64))
    return rows.select(kept).to_series().to_numpy()


def with_figures(
    rows: pl.DataFrame, figures: dict[str, Floats], method: pl.Expr | None = None
) -> pl.DataFrame:
    """The rows with the figures, all null where there is a reason; reason stands last, after the method."""
    kept = pl.col("reason").is_null()
    added = [
        pl.when(kept).then(pl.Series(name, values).fill_nan(None)).alias(name)
        for name, values in figures.items()
    ]
    if method is not None:
        added.append(pl.when(kept).then(method).alias("method"))
    others = [name for name in rows.columns if name not in {*figures, "method", "reason"}]
    return rows.select(*others, *added, "reason")
