"""Medians of places made of units, derived from the units' counts by interval: rows like those of `counts`.

The counts of each interval are added up, each unit by its weight, and the median is found inside the interval
that half of the whole falls into. A place that lacks a unit, or a count of one, gets none.

Peculiar: the margin needs a design factor, which the Census Bureau prints in documents and not beside its
tables. It is derived from the same table: the factor with which the formula gives the county of the units the
margin that the Bureau publishes for the county's own median, and at least 1. What is not known of where in a
cut unit its households are comes on top.

Source: as for `lifegap.methods.surveys.medians` and `lifegap.methods.mortality.shares`.
"""

from collections.abc import Iterator

import numpy as np
import polars as pl

from assets.identifiers import county_place, kind_of
from assets.indicators.cells import SERIES, measurements_by_interval
from assets.units import LEAST_SHARE, members
from assets.wording import sentences
from lifegap.catalog.catalog import Catalog
from lifegap.catalog.indicators import Interpolation, Measurement
from lifegap.methods.arrays import Floats
from lifegap.methods.mortality.shares import variance_of_share
from lifegap.methods.surveys.medians import ONE_YEAR_SAMPLE, medians_of_intervals

LEAST_FACTOR = 1.0
"""That of a simple random sample; the survey's is no simpler."""

HALVINGS = 40
"""Halvings of an interval of a few hundred: the factor is known to nine digits."""

PLACE = ["place_id", "unit_kind", *SERIES]
ABOUT = SERIES[1:]
"""What a figure is about, whatever measurement it comes from."""

SAID = "Interpolated in the counts of {} units."
SAID_OF_CUT = "Cut, and counted by their unsure share of surface: {}."
SAID_OF_MARGIN = "The margin uses a design factor of {}, derived from the published margin of {}."


def derived_medians(
    cells: pl.DataFrame,
    single: pl.DataFrame,
    shares: pl.DataFrame,
    declared: pl.DataFrame,
    catalog: Catalog,
) -> Iterator[pl.DataFrame]:
    """One row per place made of units and series that has counts by interval; why, where it has no median.

    cells: as observed. single: figures of single units, counties' published medians among them. declared: the
    measurements, by the kind of place they are declared for.
    """
    of_places, expected = members(shares)
    for number, measurement in measurements_by_interval(catalog).items():
        mine = cells.filter(pl.col("measurement") == number)
        if mine.is_empty():
            continue
        lines = [f"interval {position}" for position in range(len(measurement.edges))]
        of_units = _counts_by_interval(mine, lines)
        kinds = declared.filter(pl.col("measurement") == number)
        parts = _parts(of_units, of_places, kinds)
        places = _added_up(parts, expected, lines)
        margins = _published_margins(single, kinds, declared)
        factors = _of_counties(places, of_units, margins, measurement, lines)
        rows = _with_factor_of_cuts(_of_each_place(places, factors), parts, lines)
        for each in rows.partition_by("sampled", "whole_factor", maintain_order=True):
            yield _medians(each, measurement, lines)


def _counts_by_interval(cells: pl.DataFrame, lines: list[str]) -> pl.DataFrame:
    """One row per unit and series, a column for each interval; null where the count is not known."""
    return (
        cells.sort("place_id", *SERIES, "measure")
        .group_by("place_id", *SERIES, maintain_order=True)
        .agg(
            pl.col("estimate").filter(pl.col("interval") == position).first().alias(line)
            for position, line in enumerate(lines)
        )
        .with_columns(sampled=ONE_YEAR_SAMPLE * (pl.col("period_end") - pl.col("period_start") + 1))
    )


def _parts(of_units: pl.DataFrame, shares: pl.DataFrame, kinds: pl.DataFrame) -> pl.DataFrame:
    """The units of each place made of units, with their counts, weight, and how unsure that is."""
    unsure = variance_of_share(pl.col("weight"))
    return (
        of_units.rename({"place_id": "unit"})
        .join(shares, on="unit")
        .with_columns(
            kind=kind_of("place_id"), var_share=pl.when("by_area").then(unsure).otherwise(pl.lit(0.0))
        )
        .join(kinds, on=["measurement", "kind"], how="semi")
        .sort(*PLACE, "unit")
    )


def _added_up(parts: pl.DataFrame, expected: pl.DataFrame, lines: list[str]) -> pl.DataFrame:
    """The parts of each place together; null where a unit is missing. counties: those of the units."""
    weighted = [
        pl.when(pl.col(line).is_not_null().all()).then((pl.col(line) * pl.col("weight")).sum()).alias(line)
        for line in lines
    ]
    cut = (pl.col("var_share") > 0) & pl.col("weight").is_between(LEAST_SHARE, 1 - LEAST_SHARE)
    return (
        parts.group_by(*PLACE, maintain_order=True)
        .agg(
            *weighted,
            pl.col("sampled", "kind").first(),
            units=pl.col("unit").n_unique().cast(pl.Int64),
            counted=pl.col("unit").filter(pl.col("weight") >= LEAST_SHARE).n_unique(),
            unofficial=pl.col("unofficial").min(),
            cut=cut.sum(),
            counties=_county(pl.col("unit")).drop_nulls().unique().sort(),
        )
        .join(expected, on=["place_id", "unit_kind"], how="left")
        .with_columns(missing=(pl.col("counted") < pl.col("expected")).fill_null(True))
        .with_columns(pl.when(~pl.col("missing")).then(line).alias(line) for line in lines)
    )


def _county(unit: pl.Expr) -> pl.Expr:
    """County of a tract or a block group; null for other units, which may lie in several."""
    return county_place(unit.str.extract(r"^(?:tract|block_group)\d{4}:(\d{5})"))


def _published_margins(single: pl.DataFrame, mine: pl.DataFrame, declared: pl.DataFrame) -> pl.DataFrame:
    """Margins of the published medians of the same indicator and source: place_id, ABOUT, margin."""
    same = declared.join(mine.select("indicator_id", "source_id").unique(), on=["indicator_id", "source_id"])
    return (
        single.filter(pl.col("published_margin").is_not_null())
        .join(same, on=["measurement", "kind"])
        .sort("place_id", *ABOUT, "position")
        .unique(["place_id", *ABOUT], keep="first", maintain_order=True)
        .select("place_id", *ABOUT, margin=pl.col("published_margin") * pl.col("scale"))
    )


def _of_counties(
    places: pl.DataFrame,
    of_units: pl.DataFrame,
    margins: pl.DataFrame,
    measurement: Measurement,
    lines: list[str],
) -> pl.DataFrame:
    """Design factor of each county of the places that has counts and a published margin."""
    asked = places.select(county="counties").explode("county").unique()
    both = (
        of_units.rename({"place_id": "county"})
        .join(asked, on="county", how="semi")
        .join(margins.rename({"place_id": "county"}), on=["county", *ABOUT])
    )
    factors = [
        design_factor(
            np.array([[row[line] for line in lines]], dtype=np.float64),
            edges_of(measurement),
            row["margin"],
            sampling_percent=row["sampled"],
            interpolation=measurement.interpolation,
        )
        for row in both.iter_rows(named=True)
    ]
    return both.select(
        "county", *SERIES, factor=pl.Series(factors, dtype=pl.Float64).fill_nan(None)
    ).drop_nulls("factor")


def design_factor(
    counts: Floats, edges: Floats, margin: float, *, sampling_percent: float, interpolation: Interpolation
) -> float:
    """The least factor, from 1, with which the median of one row of counts has no less than the margin.

    counts: (1, intervals); margin: at 90 percent. NaN where the margin cannot be had: the counts are not
    known, or a limit comes to lie in an interval without end.
    """

    def margin_with(factor: float) -> float | None:
        return medians_of_intervals(
            counts,
            edges,
            sampling_percent=sampling_percent,
            design_factor=factor,
            interpolation=interpolation,
        )["moe90"][0]

    def suffices(factor: float) -> bool:
        found = margin_with(factor)
        # Margins grow with the factor until a limit has no value any more: then it is too large as well.
        return found is None or found >= margin

    low = LEAST_FACTOR
    if suffices(low):
        return np.nan if margin_with(low) is None else low
    # With this one the limits lie at 0 and 100 percent of the people.
    high = float(np.sqrt(np.nansum(counts) * sampling_percent / (100 - sampling_percent)))
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if suffices(middle) else (middle, high)
    return np.nan if margin_with(high) is None else high


def edges_of(measurement: Measurement) -> Floats:
    """Where the intervals begin, and where the last ends."""
    return np.array([*measurement.edges, np.inf])


def _of_each_place(places: pl.DataFrame, factors: pl.DataFrame) -> pl.DataFrame:
    """The places with the factor of their county; of several counties the largest, to be on the safe side."""
    largest = (
        places.select(*PLACE, county="counties")
        .explode("county")
        .join(factors, on=["county", *SERIES])
        .sort("factor", "county", descending=[True, False])
        .unique(PLACE, keep="first", maintain_order=True)
    )
    return places.join(largest, on=PLACE, how="left", maintain_order="left")


def _with_factor_of_cuts(places: pl.DataFrame, parts: pl.DataFrame, lines: list[str]) -> pl.DataFrame:
    """The places with whole_factor: their factor, enlarged for what the shares of cut units leave open.

    A unit that has more households below the median than above it, or fewer, moves the share of those below
    by as much as its own share is wrong; units are independent. In errors of a simple sample, which the
    factor is in as well, the two add as errors do.
    """
    people = pl.sum_horizontal(lines, ignore_nulls=False)
    below, within = pl.lit(0.0), list[pl.Expr]()
    for line in lines:
        reached = ((people / 2 - below) / pl.col(line)).clip(0.0, 1.0).fill_nan(0.0)
        within.append(reached.alias(f"{line} below"))
        below = below + pl.col(line)
    halves = places.select(*PLACE, *within, whole=people)
    lower = pl.sum_horizontal(pl.col(line) * pl.col(f"{line} below") for line in lines)
    moved = (lower - people / 2) / pl.col("whole")
    of_shares = (
        parts.join(halves, on=PLACE, maintain_order="left")
        .group_by(*PLACE, maintain_order=True)
        .agg(se_of_shares=(moved**2 * pl.col("var_share")).sum().sqrt())
    )
    se_simple = ((100 - pl.col("sampled")) / (pl.col("sampled") * people)).sqrt() / 2
    return places.join(of_shares, on=PLACE, maintain_order="left").with_columns(
        whole_factor=pl.when(people > 0)
        .then((pl.col("factor") ** 2 + (pl.col("se_of_shares") / se_simple) ** 2).sqrt())
        .otherwise("factor")
    )


def _medians(rows: pl.DataFrame, measurement: Measurement, lines: list[str]) -> pl.DataFrame:
    """The rows with median and margin; all have one factor, or none of them has one."""
    factor, sampled = rows["whole_factor"][0], rows["sampled"][0]
    found = medians_of_intervals(
        rows.select(lines).to_numpy(),
        edges_of(measurement),
        sampling_percent=sampled,
        design_factor=LEAST_FACTOR if factor is None else factor,
        interpolation=measurement.interpolation,
    )
    median, has_factor = pl.col("median"), pl.col("factor").is_not_null()
    return rows.hstack(found).select(
        "place_id", *SERIES, "kind", "units", "unofficial", "missing",
        published="median",
        published_se=pl.when(has_factor).then("se"),
        published_margin=pl.when(has_factor).then("moe90"),
        published_reason=pl.when(median.is_null() | has_factor)
        .then("reason")
        .otherwise(pl.lit("not_published:standard_error")),
        said=sentences(
            pl.when(median.is_not_null()).then(pl.format(SAID, "units")),
            pl.when(median.is_not_null() & (pl.col("cut") > 0)).then(pl.format(SAID_OF_CUT, "cut")),
            pl.when(pl.col("se").is_not_null()).then(
                pl.format(SAID_OF_MARGIN, pl.col("factor").round(2), "county")
            ),
            pl.format("It is at least {}.", pl.col("at_least").cast(pl.Int64)),
            pl.format("It is at most {}.", pl.col("at_most").cast(pl.Int64)),
        ),
        method=pl.lit("derived"),
    )  # fmt: skip
