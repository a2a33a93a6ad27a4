"""`indicators.indicator_value`: declared indicators for all places at once, margins carried through.

Cells are found by their labels. A single unit's own percentage or median is used as published; places
made of units are summed from counts, numerator and denominator apart, each unit by its weight, and
divided once. Medians and rates without counts are never taken together.
"""

import polars as pl

from assets.indicators.absent import absent
from assets.indicators.life_expectancy import sentences
from assets.table import table
from lifegap.catalog.catalog import Catalog
from lifegap.methods.intervals import ACS_Z90, Z95
from lifegap.methods.margins import margin_of_proportion, margin_of_sum
from lifegap.methods.reliability import reliability_of_count, reliability_of_percent
from lifegap.store.warehouse import Relation, Warehouse

MANY_TERMS = 10
LEAST_SHARE = 0.01
SERIES = ["indicator_id", "table_id", "period_start", "period_end", "source_id", "vintage"]
KEY = (
    "place_id", "indicator_id", "period_start", "period_end", "source_id", "vintage", "population_group",
    "method",
)  # fmt: skip
COLUMNS = (
    "place_id", "indicator_id", "period_start", "period_end", "source_id", "vintage",
    "population_group", "method", "value", "se", "moe90", "ci_low", "ci_high", "numerator",
    "denominator", "units", "reliability", "reason", "rank", "rank_of", "cautions", "note",
)  # fmt: skip


@table(
    "indicators.indicator_value",
    observation="warehouse.observation",
    crosswalk="warehouse.crosswalk",
)
def indicator_value(
    observation: Relation, crosswalk: pl.DataFrame, catalog: Catalog, warehouse: Warehouse
) -> pl.DataFrame:
    """Single units as published, places made of units as sums, and places that a series lacks."""
    cells = _cells(observation)
    declared = _declared(catalog)
    single = _single(cells).join(declared, on=["indicator_id", "table_id", "kind"])
    summed = _summed(cells, crosswalk).join(declared, on=["indicator_id", "table_id", "kind"])
    known = (
        pl.concat([single, summed], how="diagonal_relaxed")
        .pipe(_first_table_that_has_it)
        .pipe(_with_interval)
        .pipe(_explained)
        .pipe(_ranked)
        .select(COLUMNS)
    )
    return pl.concat([known, _absent(known, catalog, warehouse)], how="diagonal").select(COLUMNS)


def _absent(known: pl.DataFrame, catalog: Catalog, warehouse: Warehouse) -> pl.DataFrame:
    """Places of coalitions that a series lacks."""
    series = [name for name in KEY if name != "place_id"]
    return absent(known, series, catalog, warehouse).with_columns(reliability=pl.lit("withheld"))


def _cells(observation: Relation) -> pl.DataFrame:
    """The observations that declared cells name, each with its role in an indicator."""
    return observation.query(
        "observations",
        """
        SELECT DISTINCT c.indicator_id, c.table_id, c.role, o.measure, o.place_id, o.period_start,
            o.period_end, o.source_id, o.vintage, o.estimate, o.moe90, o.reason, o.flags
        FROM observations AS o
        JOIN landing.indicator_cell AS c
            ON o.source_id = c.source_id AND o.table_id = c.table_id AND o.measure_label = c.label
        """,
    ).pl()


def _declared(catalog: Catalog) -> pl.DataFrame:
    """One row per indicator, table and kind of place it is declared for."""
    rows = [
        {
            "indicator_id": found.indicator.id,
            "table_id": measurement.table,
            "kind": kind,
            "unit": found.indicator.unit,
            "aggregate": found.indicator.aggregate,
            "has_counts": bool(measurement.numerator),
            "caveat": found.indicator.caveat,
            "order": order,
        }
        for found in catalog.indicators.values()
        for order, measurement in enumerate(found.indicator.measured_by)
        for kind in measurement.places
    ]
    return pl.DataFrame(rows, infer_schema_length=None)


def _first_table_that_has_it(rows: pl.DataFrame) -> pl.DataFrame:
    """Where two tables measure an indicator of one place and period, the first declared that can."""
    counted = pl.col("numerator").is_not_null() | pl.col("published").is_not_null()
    figure = ["place_id", "indicator_id", "period_start", "period_end", "source_id", "vintage"]
    return rows.sort(~counted, "order", maintain_order=True).unique(figure, keep="first", maintain_order=True)


def _single(cells: pl.DataFrame) -> pl.DataFrame:
    """One row per unit: its counts, and its published figure."""
    return _taken_together(cells.with_columns(weight=pl.lit(1.0)), ["place_id"]).with_columns(
        method=pl.lit("published"), units=pl.lit(None, pl.Int64), unofficial=pl.lit(False),
        missing=pl.lit(False), kind=_kind("place_id"),
    )  # fmt: skip


def _summed(cells: pl.DataFrame, crosswalk: pl.DataFrame) -> pl.DataFrame:
    """One row per place made of units: the units' counts added up."""
    shares = crosswalk.filter(
        pl.col("partition").str.contains(r"^(chicago_community_area|philadelphia_zip|county|footprint:.*)$"),
        pl.col("to_place_id") != "outside",
    ).select(
        unit="from_place_id",
        place_id="to_place_id",
        weight="weight",
        unofficial=pl.col("basis") == "unofficial",
        unit_kind=_kind("from_place_id"),
    )
    units = cells.rename({"place_id": "unit"}).join(shares, on="unit")
    expected = (
        pl.concat([shares, _tracts_without_block_group(shares)], how="diagonal")
        .filter(pl.col("weight") >= LEAST_SHARE)
        .group_by("place_id", "unit_kind")
        .agg(expected=pl.len())
    )
    found = units.group_by("place_id", "unit_kind", *SERIES).agg(
        units=pl.col("unit").n_unique().cast(pl.Int64),
        counted=pl.col("unit").filter(pl.col("weight") >= LEAST_SHARE).n_unique(),
        unofficial=pl.col("unofficial").any(),
    )
    return (
        _taken_together(units, ["place_id", "unit_kind"])
        .join(found, on=["place_id", "unit_kind", *SERIES])
        .join(expected, on=["place_id", "unit_kind"], how="left")
        .with_columns(
            method=pl.lit("summed"),
            missing=pl.col("counted") < pl.col("expected"),
            kind=_kind("place_id"),
            # What is published is a unit's own; the whole has none.
            published=pl.lit(None, pl.Float64),
            published_margin=pl.lit(None, pl.Float64),
            published_reason=pl.lit(None, pl.String),
        )
        .drop("unit_kind", "counted", "expected")
    )


def _tracts_without_block_group(shares: pl.DataFrame) -> pl.DataFrame:
    """Tracts of places made of block groups that have none here: units that are missing.

    Block groups are known only from the tables that list them, so a place of which the tables hold a part
    would otherwise look whole.
    """
    groups = shares.filter(pl.col("unit_kind").str.starts_with("block_group"))
    kinds = groups.select("place_id", "unit_kind").unique()
    present = groups.select(
        "place_id", unit=pl.col("unit").str.replace("block_group", "tract").str.head(-1)
    ).unique()
    return (
        shares.with_columns(unit_kind=pl.col("unit_kind").str.replace("tract", "block_group"))
        .filter(pl.col("unit").str.starts_with("tract"))
        .join(kinds, on=["place_id", "unit_kind"], how="semi")
        .join(present, on=["place_id", "unit"], how="anti")
    )


def _taken_together(cells: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """Numerator, denominator, complement and published figure of each group, with margins."""
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
    printed = pl.col("role") == "published"
    # Sums of floats depend on their order; sorted, the same rows give the same digits.
    ordered = cells.sort(*by, *SERIES, "role", "measure", *_units(cells))
    return ordered.group_by(*by, *SERIES, maintain_order=True).agg(
        *sums,
        published=pl.col("estimate").filter(printed).first(),
        published_margin=pl.col("moe90").filter(printed).first(),
        published_reason=pl.col("reason").filter(printed).first(),
        cell_reason=pl.col("reason").filter(~printed).drop_nulls().first(),
    )


def _units(cells: pl.DataFrame) -> list[str]:
    return ["unit"] if "unit" in cells.columns else []


def _with_interval(rows: pl.DataFrame) -> pl.DataFrame:
    """Value, margin, standard error and interval, in the unit of the indicator."""
    proportion = pl.col("aggregate") == "proportion"
    share = pl.col("numerator") / pl.col("denominator")
    computed = pl.when(pl.col("denominator") > 0).then(100 * share)
    return (
        rows.with_columns(computed=computed, computed_margin=100 * _margin_of_share())
        .with_columns(
            value=pl.when(pl.col("published").is_not_null())
            .then("published")
            .when(proportion & pl.col("has_counts") & ~pl.col("missing"))
            .then("computed"),
        )
        .with_columns(
            moe90=pl.when(pl.col("published").is_not_null())
            .then("published_margin")
            .when(pl.col("value").is_not_null())
            .then("computed_margin"),
        )
        .with_columns(se=pl.col("moe90") / ACS_Z90)
        .with_columns(
            ci_low=_within(pl.col("value") - Z95 * pl.col("se")),
            ci_high=_within(pl.col("value") + Z95 * pl.col("se")),
        )
    )


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
        .when(pl.col("unit") == "US dollars")
        .then(limit.clip(0.0))
        .otherwise(limit)
    )


def _explained(rows: pl.DataFrame) -> pl.DataFrame:
    """Reliability, reason, cautions and note of each value."""
    summed = pl.col("method") == "summed"
    value, se = pl.col("value"), pl.col("se")
    surveyed = pl.col("source_id") == "census_acs5"
    graded = (
        pl.when(pl.col("unit") == "percent")
        .then(reliability_of_percent(value, se))
        .otherwise(reliability_of_count(value, se))
    )
    return rows.with_columns(
        population_group=pl.lit("all"),
        reliability=pl.when(value.is_null()).then(pl.lit("withheld")).otherwise(graded),
    ).with_columns(
        reason=pl.when(value.is_null())
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
        .when(se.is_null() & surveyed)
        .then(pl.lit("not_published:margin_not_computable"))
        .when(se.is_null())
        .then(pl.lit("not_published:standard_error"))
        .when(pl.col("reliability") == "unreliable")
        .then(pl.lit("unreliable:wide_interval")),
        cautions=sentences(
            pl.when(pl.col("unofficial")).then(
                pl.lit("2020 tracts are assigned to community areas by an unofficial list.")
            ),
            pl.col("caveat"),
        ),
        note=pl.when(summed & value.is_not_null() & (pl.col("units") > MANY_TERMS)).then(
            pl.format(
                "Sum of {} units; its margin ignores that estimates of neighboring units are related.",
                "units",
            )
        ),
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


def _kind(column: str) -> pl.Expr:
    return pl.col(column).str.extract(r"^(\w+):")
