"""Sentences and periods, as the tables of figures say them."""

import polars as pl

PANDEMIC = (2020, 2021)
"""Years in which the pandemic shortened lives as nothing had for decades."""

IN_THE_PANDEMIC = "The years include the pandemic of 2020 and 2021."
ACROSS_THE_PANDEMIC = "The change spans the pandemic of 2020 and 2021."


def sentences(*parts: pl.Expr) -> pl.Expr:
    """The sentences that apply, joined; null where none does."""
    joined = pl.concat_str(parts, separator=" ", ignore_nulls=True)
    return pl.when(joined != "").then(joined)


def period_text(start: pl.Expr, end: pl.Expr) -> pl.Expr:
    """A period as targets and pages write it: 2010, or 2010-2015."""
    return pl.when(start == end).then(end.cast(pl.String)).otherwise(pl.format("{}-{}", start, end))


def touches_pandemic(start: pl.Expr, end: pl.Expr) -> pl.Expr:
    """Whether years from `start` to `end`, inclusive, hold one of the pandemic's."""
    first, last = PANDEMIC
    return (start <= last) & (end >= first)


def in_the_pandemic(start: pl.Expr, end: pl.Expr) -> pl.Expr:
    """What must be said of a figure about deaths in those years; null of other years."""
    return pl.when(touches_pandemic(start, end)).then(pl.lit(IN_THE_PANDEMIC))
