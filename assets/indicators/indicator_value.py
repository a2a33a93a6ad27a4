"""`indicators.indicator_value`: declared indicators for all places at once, margins carried through.

Cells are found by their labels. A single unit's own percentage or median is used as published; places
made of units are summed from counts, numerator and denominator apart, each unit by its weight, and
divided once. Medians are derived from units' counts by interval where there are such; else they, and
rates without counts, are never taken together.
"""

from collections.abc import Iterator

import polars as pl

from assets.editions import UNCERTAIN_GROUPS, bundled_sources, is_of_edition
from assets.indicators.absent import absent
from assets.indicators.cells import SERIES, declared_measurements, observed_cells
from assets.indicators.counts import FIGURES, of_places_made_of_units, of_single_units
from assets.indicators.derived_medians import derived_medians
from assets.indicators.evenness import evenness
from assets.indicators.without_error import NO_ESTIMATE, as_sure_as_the_nearest_edition
from assets.table import table
from assets.units import FOR_FIGURES, said_of_lists, shares_of
from assets.warehouse.observed import UNRELIABLE, YEARS_IN_WORDS
from assets.wording import sentences
from lifegap.catalog.catalog import Catalog
from lifegap.methods.surveys.intervals import Z95
from lifegap.methods.surveys.margins import margin_of_proportion, se_of_margin
from lifegap.methods.surveys.reliability import reliability_of_count, reliability_of_percent
from lifegap.store.warehouse import Relation, Warehouse

MANY_TERMS = 10
MOST = {
    "percent": 100.0, "percentile": 100.0, "per 1,000": 1e3, "per 1,000 live births": 1e3, "per 10,000": 1e4,
    "per 100,000": 1e5,
}  # fmt: skip
"""Most that a unit can have; a year of life lost for every person in every year is past belief too."""

DIGITS = 12
"""Significant digits of numbers taken to another unit, so that 81.9 does not become 81.89999999999999."""

AT_ONCE = 1_000_000
"""Observations up to which the figures of all priority areas are made at once."""

BELOW_ZERO = ("z-score", "score")
"""Units whose numbers may be negative."""

KEY = (
    "place_id", "indicator_id", "period_start", "period_end", "source_id", "vintage", "population_group",
    "method",
)  # fmt: skip
COLUMNS = (
    "place_id", "indicator_id", "period_start", "period_end", "source_id", "vintage",
    "population_group", "method", "value", "se", "moe90", "ci_low", "ci_high", "numerator",
    "denominator", "units", "reliability", "reason", "unmeasured", "rank", "rank_of",
    "cautions", "note",
)  # fmt: skip


@table(
    "indicators.indicator_value",
    by_source="as read",
    observation="warehouse.observation",
    crosswalk="warehouse.crosswalk",
    partition="warehouse.partition",
)
def indicator_value(
    observation: Relation,
    crosswalk: pl.DataFrame,
    partition: pl.DataFrame,
    catalog: Catalog,
    warehouse: Warehouse,
) -> Iterator[pl.DataFrame]:
    """Single units as published, places made of units as sums, and places that a series lacks.

    One priority area after the other, where all figures at once would take some gigabytes.
    """
    shares = shares_of(crosswalk, partition, FOR_FIGURES)
    sliced = bundled_sources(catalog, warehouse)
    areas = {name: found.priority_area for name, found in catalog.indicators.items()}
    declared = declared_measurements(catalog).with_columns(area=pl.col("indicator_id").replace_strict(areas))
    every = sorted(set(areas.values()))
    (observations,) = observation.count("*").fetchall()[0]
    for together in [every] if observations <= AT_ONCE else [[area] for area in every]:
        measurements = declared.filter(pl.col("area").is_in(together))["measurement"].unique()
        cells = observed_cells(observation, catalog, warehouse, measurements)
        yield _figures(cells, shares, catalog, sliced)


def _figures(cells: pl.DataFrame, shares: pl.DataFrame, catalog: Catalog, sliced: list[str]) -> pl.DataFrame:
    """The figures that the cells give."""
    declared = declared_measurements(catalog).filter(pl.col("evenness").is_null())
    plain = declared.filter(~pl.col("by_interval"))
    single = of_single_units(cells, plain)
    made = of_places_made_of_units(cells, shares, plain)
    derived = derived_medians(cells, single, shares, declared, catalog)
    known = (
        pl.concat([single, made, *derived], how="diagonal_relaxed")
        .join(declared, on=["measurement", "kind"])
        .pipe(_first_measurement_that_has_it)
        .pipe(_with_interval)
        .pipe(_explained, catalog)
        .pipe(_as_sure, catalog, no_estimate=pl.col("unit").is_in(NO_ESTIMATE) | _counted(catalog))
        .pipe(_ranked)
        .select(COLUMNS)
    )
    uneven = evenness(cells, shares, catalog).pipe(_as_sure, catalog).select(COLUMNS)
    known = pl.concat([known, uneven], how="vertical_relaxed")
    series = [name for name in KEY if name != "place_id"]
    missing = absent(known, series, catalog, sliced).with_columns(
        reliability=pl.lit("withheld"), unmeasured=pl.lit(False)
    )
    return pl.concat([known, missing], how="diagonal").select(COLUMNS)


def _counted(catalog: Catalog) -> pl.Expr:
    """Whether everyone of the universe is counted, so that there is no error of sampling."""
    counted = [name for name, each in catalog.indicators.items() if each.indicator.counts_everyone]
    return pl.col("indicator_id").is_in(counted)


def _as_sure(rows: pl.DataFrame, catalog: Catalog, *, no_estimate: pl.Expr | None = None) -> pl.DataFrame:
    """Figures without an error are as sure as those of other editions of their series."""
    series = ["place_id", "indicator_id", "source_id", "population_group"]
    return as_sure_as_the_nearest_edition(rows, "value", series, catalog, no_estimate=no_estimate)


def _first_measurement_that_has_it(rows: pl.DataFrame) -> pl.DataFrame:
    """Where two measure an indicator of one place, group and period, the first declared that can."""
    can = pl.col("numerator").is_not_null() | pl.col("published").is_not_null()
    figure = ["place_id", "indicator_id", "source_id", *(name for name in SERIES if name != "measurement")]
    return rows.sort(~can, "position", maintain_order=True).unique(figure, keep="first", maintain_order=True)


def _with_interval(rows: pl.DataFrame) -> pl.DataFrame:
    """Value, margin, standard error and interval, in the unit of the indicator; null where implausible."""
    share = pl.when(pl.col("denominator") > 0).then(100 * pl.col("numerator") / pl.col("denominator"))
    counted = (pl.col("aggregate") == "proportion") & pl.col("has_counts") & ~pl.col("missing")
    printed = pl.col("published").is_not_null()
    scaled = {name: _scaled(pl.col(name)) for name in FIGURES}
    low, high = scaled["published_low"], scaled["published_high"]
    opposite = pl.col("opposite")
    return (
        rows.with_columns(
            value=pl.when(printed)
            .then(pl.when(opposite).then(100 - scaled["published"]).otherwise(scaled["published"]))
            .when(counted)
            .then(share),
            moe90=pl.when(printed)
            .then(scaled["published_margin"])
            .when(counted)
            .then(100 * _margin_of_share()),
            low=pl.when(opposite).then(100 - high).otherwise(low),
            high=pl.when(opposite).then(100 - low).otherwise(high),
            published_se=scaled["published_se"],
        )
        .with_columns(implausible=_implausible(pl.col("value"), pl.col("unit")))
        .with_columns(
            pl.when(~pl.col("implausible")).then(name).alias(name)
            for name in ("value", "moe90", "low", "high", "published_se")
        )
        .with_columns(se=pl.coalesce("published_se", se_of_margin(pl.col("moe90"))))
        .with_columns(
            ci_low=_within(pl.coalesce("low", pl.col("value") - Z95 * pl.col("se"))),
            ci_high=_within(pl.coalesce("high", pl.col("value") + Z95 * pl.col("se"))),
        )
    )


def _scaled(printed: pl.Expr) -> pl.Expr:
    scale = pl.col("scale")
    return pl.when(scale == 1).then(printed).otherwise((printed * scale).round_sig_figs(DIGITS))


def _implausible(value: pl.Expr, unit: pl.Expr) -> pl.Expr:
    least = pl.when(~unit.is_in(BELOW_ZERO)).then(0.0)
    most = unit.replace_strict(MOST, default=None)
    return ((value < least) | (value > most)).fill_null(False)


def _margin_of_share() -> pl.Expr:
    """Margin of numerator/denominator, computed for the rarer of the event and its opposite.

    For a share near 1 the formula gives anything; the opposite has the same margin. Where the table
    does not print the opposite, its margin is that of a difference.
    """
    denominator, of_denominator = pl.col("denominator"), pl.col("denominator_margin")
    difference = (pl.col("numerator_margin") ** 2 + of_denominator**2).sqrt()
    opposite = denominator - pl.col("numerator")
    return (
        pl.when(pl.col("numerator") <= opposite)
        .then(
            margin_of_proportion(pl.col("numerator"), pl.col("numerator_margin"), denominator, of_denominator)
        )
        .otherwise(
            margin_of_proportion(
                opposite,
                pl.coalesce("complement_margin", difference),
                denominator,
                of_denominator,
            )
        )
    )


def _within(limit: pl.Expr) -> pl.Expr:
    """Limits of percentages stay between 0 and 100, those of incomes above 0."""
    return (
        pl.when(pl.col("unit") == "percent")
        .then(limit.clip(0.0, 100.0))
        .when(~pl.col("unit").is_in(BELOW_ZERO))
        .then(limit.clip(0.0))
        .otherwise(limit)
    )


def _explained(rows: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """Reliability, reason, cautions and note of each value."""
    summed = pl.col("method") == "summed"
    value, se = pl.col("value"), pl.col("se")
    surveyed = pl.col("source_id") == "census_acs5"
    graded = (
        pl.when(pl.col("unit") == "percent")
        .then(reliability_of_percent(value, se))
        .otherwise(reliability_of_count(value, se))
    )
    inconsistent = pl.col("flags") == "inconsistent_interval"
    doubted = pl.col("flags") == UNRELIABLE
    return rows.with_columns(
        reliability=pl.when(value.is_null())
        .then(pl.lit("withheld"))
        .when(inconsistent | doubted)
        .then(pl.lit("unreliable"))
        .otherwise(graded),
    ).with_columns(
        reason=pl.when("implausible")
        .then(pl.lit("withheld:implausible"))
        .when(value.is_null())
        .then(
            pl.when(summed & (pl.col("aggregate") == "median"))
            .then(pl.lit("not_computable:median_of_parts"))
            .when(summed & ~pl.col("has_counts"))
            .then(pl.lit("not_computable:rate_of_parts"))
            .when(summed & (pl.col("missing") | pl.col("cell_reason").is_not_null()))
            .then(pl.lit("not_computable:cell_missing"))
            .when(pl.col("published_reason").is_not_null())
            .then("published_reason")
            .when(pl.col("denominator") == 0)
            .then(pl.lit("not_computable:no_denominator"))
            .otherwise(pl.coalesce("cell_reason", pl.lit("not_published:blank")))
        )
        .when(inconsistent)
        .then(pl.lit("unreliable:inconsistent_interval"))
        .when(doubted)
        .then(pl.lit("unreliable:by_publisher"))
        .when(se.is_null() & (pl.col("method") == "derived"))
        .then("published_reason")
        .when(se.is_null() & surveyed)
        .then(pl.lit("not_published:margin_not_computable"))
        .when(se.is_null())
        .then(pl.lit("not_published:standard_error"))
        .when(pl.col("reliability") == "unreliable")
        .then(pl.lit("unreliable:wide_interval")),
        cautions=sentences(
            said_of_lists(catalog),
            pl.col("caveat"),
            pl.when(pl.col("flags") == YEARS_IN_WORDS).then("said"),
            pl.when(pl.col("population_group").str.contains(UNCERTAIN_GROUPS)).then(
                pl.lit("People of this group are classified differently from source to source.")
            ),
            pl.when(is_of_edition(catalog, lambda edition: edition.replaced_by is not None)).then(
                pl.lit("The publisher has replaced this edition by a later one.")
            ),
            pl.when(is_of_edition(catalog, lambda edition: edition.period_inferred)).then(
                pl.lit("The years of data are inferred from earlier releases, not stated by the publisher.")
            ),
        ),
        note=pl.when(summed & value.is_not_null() & (pl.col("units") > MANY_TERMS))
        .then(
            pl.format(
                "Sum of {} units; its margin ignores that estimates of neighboring units are related.",
                "units",
            )
        )
        .otherwise("said"),
    )


def _ranked(rows: pl.DataFrame) -> pl.DataFrame:
    """Ranks: the figure is the rank, among the ranked counties of its state and release."""
    is_rank = pl.col("aggregate") == "rank"
    state = pl.col("place_id").str.extract(r":(\d{2})")
    ranked = pl.col("value").is_not_null().sum().over(*SERIES, state)
    return rows.with_columns(
        rank=pl.when(is_rank).then(pl.col("value").cast(pl.Int64)),
        rank_of=pl.when(is_rank & pl.col("value").is_not_null()).then(ranked.cast(pl.Int64)),
        note=pl.when(is_rank | (pl.col("aggregate") == "score"))
        .then(pl.lit("release year"))
        .otherwise("note"),
    )
