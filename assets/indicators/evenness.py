"""How unevenly groups live among the units of a place: rows of `indicators.indicator_value`.

A place needs every one of its units; a unit that lies in two places goes into each by its weight. What
the survey's margins do to an index is found by drawing the units again.
"""

import zlib

import numpy as np
import polars as pl

from assets.identifiers import kind_of
from assets.indicators.cells import SERIES, declared_measurements
from assets.units import LEAST_SHARE, members, said_of_lists
from assets.wording import sentences
from lifegap.catalog.catalog import Catalog
from lifegap.methods.disparity.segregation import with_draws
from lifegap.methods.surveys.intervals import ACS_Z90, Z95
from lifegap.methods.surveys.margins import margin_of_sum, se_of_margin
from lifegap.methods.surveys.reliability import reliability_of_count

PERCENT = 100.0
FEWEST_UNITS = 5
"""An index over fewer units says more about how they were drawn than about who lives where."""

SAID = "Drawing the units again within their margins moves the index by {} points on average."


def evenness(cells: pl.DataFrame, shares: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """One row per place, series and index that is declared; withheld where units are missing or few."""
    declared = declared_measurements(catalog).filter(pl.col("evenness").is_not_null())
    of_units = _counts_of_units(cells.join(declared, on="measurement", how="semi"))
    parts, expected = members(shares)
    by = ["place_id", "unit_kind", *SERIES]
    rows = (
        of_units.join(parts, on="unit")
        .with_columns(kind=kind_of("place_id"))
        .join(declared, on=["measurement", "kind"])
        .filter(pl.col("unit_kind").str.starts_with(pl.col("of")), pl.col("weight") >= LEAST_SHARE)
        .sort(*by, "unit")
        .group_by(*by, maintain_order=True)
        .agg(
            *(
                (pl.col(name) * pl.col("weight")).alias(name)
                for name in ("group", "group_se", "against", "against_se")
            ),
            pl.col("indicator_id", "source_id", "evenness", "caveat").first(),
            units=pl.col("unit").n_unique().cast(pl.Int64),
            unofficial=pl.col("unofficial").min(),
        )
        .join(expected, on=["place_id", "unit_kind"])
        .with_columns(missing=pl.col("units") < pl.col("expected"), few=pl.col("units") < FEWEST_UNITS)
    )
    return _figures(rows, [_index(row) for row in rows.iter_rows(named=True)], catalog)


def _counts_of_units(cells: pl.DataFrame) -> pl.DataFrame:
    """People of the group and of those it is set against, in each unit, with standard errors."""
    side = pl.when(pl.col("role") == "group").then(pl.lit("group")).otherwise(pl.lit("against"))
    summed = (
        cells.filter(pl.col("estimate").is_not_null())
        .with_columns(side=side)
        .sort("measure")
        .group_by("place_id", *SERIES, "side", maintain_order=True)
        .agg(
            people=pl.col("estimate").sum(),
            se=se_of_margin(margin_of_sum(pl.col("estimate"), pl.col("moe90"))),
        )
    )
    on = ["place_id", *SERIES]
    mine = summed.filter(pl.col("side") == "group").select(*on, group="people", group_se="se")
    theirs = summed.filter(pl.col("side") == "against").select(*on, against="people", against_se="se")
    return mine.join(theirs, on=on).rename({"place_id": "unit"})


def _index(row: dict[str, object]) -> tuple[float, float, float]:
    """Index, standard error and mean of the draws of one place, in percent; seeded by what it is about."""
    if row["missing"] or row["few"]:
        return (np.nan, np.nan, np.nan)
    numbers = [
        np.array(row[name], dtype=np.float64) for name in ("group", "against", "group_se", "against_se")
    ]
    about = "|".join(str(row[name]) for name in ("indicator_id", "place_id", "unit_kind", *SERIES[1:]))
    found = with_draws(str(row["evenness"]), *numbers, seed=zlib.crc32(about.encode()))
    return (PERCENT * found.value, PERCENT * found.se, PERCENT * found.mean_of_draws)


def _figures(rows: pl.DataFrame, found: list[tuple[float, float, float]], catalog: Catalog) -> pl.DataFrame:
    """The rows with value, interval, reliability and what must be said."""
    numbers = pl.DataFrame(found, schema=["value", "se", "drawn"], orient="row").cast(pl.Float64)
    value, se = pl.col("value"), pl.col("se")
    return (
        rows.hstack(numbers.fill_nan(None))
        .with_columns(
            ci_low=(value - Z95 * se).clip(0, PERCENT),
            ci_high=(value + Z95 * se).clip(0, PERCENT),
            moe90=ACS_Z90 * se,
            reliability=pl.when(value.is_null())
            .then(pl.lit("withheld"))
            .otherwise(reliability_of_count(value, se)),
        )
        .with_columns(
            method=pl.lit("index"),
            numerator=pl.lit(None, pl.Float64),
            denominator=pl.lit(None, pl.Float64),
            rank=pl.lit(None, pl.Int64),
            rank_of=pl.lit(None, pl.Int64),
            reason=pl.when("missing")
            .then(pl.lit("not_computable:cell_missing"))
            .when("few")
            .then(pl.lit("withheld:few_units"))
            .when(value.is_null())
            .then(pl.lit("not_computable:no_denominator"))
            .when(se.is_null())
            .then(pl.lit("not_published:standard_error"))
            .when(pl.col("reliability") == "unreliable")
            .then(pl.lit("unreliable:wide_interval")),
            cautions=sentences(said_of_lists(catalog), pl.col("caveat")),
            note=pl.when(se.is_not_null()).then(pl.format(SAID, (pl.col("drawn") - value).round(1))),
        )
    )
