"""What is declared, as tables: places, coalitions, their targets and comparisons, indicators."""

from typing import Any

import polars as pl

from assets.editions import bundled_sources
from assets.table import table
from assets.units import FOR_FIGURES, shares_of, tract_shares
from lifegap.catalog.catalog import Catalog
from lifegap.catalog.coalition_files import FAMILY, own_source_id
from lifegap.catalog.coalitions import Coalition, Member, PriorityArea, Reference
from lifegap.catalog.indicators import Cells, Indicator, Measurement
from lifegap.catalog.tables import declared_tables
from lifegap.store.warehouse import Relation, Warehouse

NOT_IN_BUNDLE = {
    "reason": "not_in_bundle",
    "where_to_get": "lifegap refresh --sources mirror, or --sources official",
}
NOT_PUBLISHED = {"reason": "not_published:place", "where_to_get": None}
"""What is said of an indicator without a value for any of a coalition's places."""

INDICATOR_PAGE = "docs/explanation/methods/indicators.md"


def _frame(full_name: str, rows: list[dict[str, object]]) -> pl.DataFrame:
    """Rows in the columns and types that the table declares."""
    kinds = {"VARCHAR": pl.String, "INTEGER": pl.Int32, "DOUBLE": pl.Float64, "DATE": pl.Date,
             "BOOLEAN": pl.Boolean}  # fmt: skip
    columns = declared_tables()[full_name].columns
    return pl.DataFrame(rows, schema={column.name: kinds[column.type] for column in columns})


@table(
    "published.place",
    known="warehouse.place",
    boundary="warehouse.place_boundary",
    crosswalk="warehouse.crosswalk",
    partition="warehouse.partition",
)
def place(
    known: pl.DataFrame, boundary: pl.DataFrame, crosswalk: pl.DataFrame, partition: pl.DataFrame
) -> pl.DataFrame:
    """Places with their measures; places made of tracts with the sum of their shares.

    A city's own drawing of a place says how large it is; else the land that the Census Bureau prints.
    """
    people = (
        tract_shares(shares_of(crosswalk, partition, FOR_FIGURES), known)
        .group_by("place_id", maintain_order=True)
        .agg(made=(pl.col("population") * pl.col("weight")).sum().round().cast(pl.Int64))
    )
    city = pl.col("drawn_by").is_not_null() & (pl.col("drawn_by") != "census_geography")
    return (
        known.join(people, on="place_id", how="left")
        .join(
            boundary.select(
                "place_id",
                drawn_by="source_id",
                drawn_area="area_km2",
                drawn_north="latitude",
                drawn_east="longitude",
            ),
            on="place_id",
            how="left",
        )
        .with_columns(
            latitude=pl.when(city).then("drawn_north").otherwise(pl.coalesce("latitude", "drawn_north")),
            longitude=pl.when(city).then("drawn_east").otherwise(pl.coalesce("longitude", "drawn_east")),
            land_area_km2=pl.when(city).then("drawn_area").otherwise("land_area_km2"),
            population=pl.coalesce("population", "made"),
            population_period=pl.coalesce(
                "population_period", pl.when(pl.col("made").is_not_null()).then(pl.lit("2010"))
            ),
        )
        .drop("made", "drawn_by", "drawn_area", "drawn_north", "drawn_east")
    )


@table("published.place_renamed", known="warehouse.place_renamed")
def place_renamed(known: Relation) -> Relation:
    """Counties that changed, for whoever looks for one by its old code or name."""
    return known


@table("published.coalition")
def coalition(catalog: Catalog) -> pl.DataFrame:
    """One row per coalition file."""
    return _frame(
        "published.coalition",
        [
            {
                "coalition_id": each.id,
                "title": each.title,
                "city": each.city,
                "mission": each.mission,
                "url": each.url,
                "status": each.status,
                "target_statement": each.target_statement,
                "headline_place_id": each.headline and each.headline.place,
                "headline_reference_id": each.headline and each.headline.reference,
            }
            for each in catalog.coalitions.values()
        ],
    )


@table("published.coalition_target")
def coalition_target(catalog: Catalog) -> pl.DataFrame:
    """Every version of every target. A coalition without one has no row."""
    return _frame(
        "published.coalition_target",
        [
            {
                "coalition_id": each.id,
                "target_id": target.id,
                "adopted": target.adopted,
                "superseded_by": target.superseded_by,
                "text": target.text,
                "metric": target.metric,
                "percent": target.percent,
                "target_year": target.year,
                "stated_baseline": target.stated_baseline,
                "baseline_period": target.baseline_period,
                "source": target.source,
            }
            for each in catalog.coalitions.values()
            for target in each.target
        ],
    )


@table("published.coalition_conflict")
def coalition_conflict(catalog: Catalog) -> pl.DataFrame:
    """What documents say differently, one row per statement, with the choice made."""
    return _frame(
        "published.coalition_conflict",
        [
            {
                "coalition_id": each.id,
                "conflict_id": conflict.id,
                "position": position,
                "what": conflict.what,
                "says": statement.says,
                "source": statement.source,
                "chosen": statement.chosen,
                "choice": conflict.choice,
                "why": conflict.why,
            }
            for each in catalog.coalitions.values()
            for conflict in each.conflict
            for position, statement in enumerate(conflict.statement, start=1)
        ],
    )


@table("published.coalition_place")
def coalition_place(catalog: Catalog) -> pl.DataFrame:
    """Members, then references, stand-ins and footprints as context."""
    return _frame(
        "published.coalition_place",
        [row for each in catalog.coalitions.values() for row in _places(each)],
    )


def _places(coalition: Coalition) -> list[dict[str, Any]]:
    listed = {
        place.id: place.model_dump(
            include={"role", "stands_for", "valid_from", "valid_to", "declared_by", "note"}
        )
        | _names(place)
        for place in coalition.place
    }
    for reference in coalition.reference_ids:
        listed.setdefault(reference, {"role": "context", "note": "Reference."})
    for reference in coalition.reference:
        named = _names(reference)
        listed.get(reference.id, {}).update({name: words for name, words in named.items() if words})
    for footprint in coalition.footprints:
        own = "members" if footprint == coalition.footprint_id else "stand-ins"
        listed[footprint] = {"role": "context", "note": f"The {own} taken together."}
    return [
        {
            "coalition_id": coalition.id,
            "place_id": place_id,
            "position": position,
            **dict.fromkeys(("stands_for", "also", "spoken", "valid_from", "valid_to", "declared_by")),
        }
        | facts
        for position, (place_id, facts) in enumerate(listed.items(), start=1)
    ]


def _names(place: Member | Reference) -> dict[str, str | None]:
    """What people call the place beside its name."""
    return {"also": "; ".join(place.other_names) or None, "spoken": place.spoken}


@table("published.coalition_comparison")
def coalition_comparison(catalog: Catalog) -> pl.DataFrame:
    """Which place is compared with which, in the order of the coalition's list."""
    why = {
        (coalition.id, reference.id): reference.why
        for coalition in catalog.coalitions.values()
        for reference in coalition.reference
    }
    position: dict[str, int] = {}
    rows: list[dict[str, object]] = []
    for coalition_id, place_id, reference in catalog.comparisons:
        position[coalition_id] = position.get(coalition_id, 0) + 1
        rows.append(
            {
                "coalition_id": coalition_id,
                "place_id": place_id,
                "reference_place_id": reference,
                "position": position[coalition_id],
                "why": why.get((coalition_id, reference)),
            }
        )
    return _frame("published.coalition_comparison", rows)


@table("published.indicator")
def indicator(catalog: Catalog) -> pl.DataFrame:
    """Every declared indicator, measured or not."""
    return _frame(
        "published.indicator",
        [
            {
                "indicator_id": found.indicator.id,
                "title": found.indicator.title,
                "description": found.indicator.description,
                "unit": found.indicator.unit,
                "direction": found.indicator.direction,
                "priority_area": found.priority_area,
                "universe": found.indicator.universe,
                "formula": formula(found.indicator),
                "trend_allowed": found.indicator.trend_allowed,
                "not_comparable_with": " ".join(found.indicator.not_comparable_with) or None,
                "sdg_indicator": found.indicator.sdg_indicator,
                "hp2030_objective": found.indicator.hp2030_objective,
                "method_page": INDICATOR_PAGE if found.indicator.measured_by else None,
            }
            for found in catalog.indicators.values()
        ],
    )


def formula(indicator: Indicator) -> str | None:
    """The cells of an indicator in one line, source by source."""
    return "; or ".join(dict.fromkeys(_way(each) for each in indicator.measured_by)) or None


def _way(measurement: Measurement) -> str:
    """What a measurement does with its cells, and whose they are."""
    if measurement.evenness:
        against = measurement.other or measurement.whole
        words = f"{measurement.evenness} of {_sum(measurement.group)} and {_sum(against)}"
        words += f" over {measurement.units}"
    elif measurement.numerator:
        words = f"100 × {_sum(measurement.numerator)} / {_sum(measurement.denominator)}"
    elif measurement.intervals:
        first, *_, last = measurement.intervals
        words = f"median of the counts by interval {first} to {last}, added up over units"
    else:
        printed = _sum(measurement.published)
        scaled = printed if measurement.scale == 1 else f"{measurement.scale:g} × {printed}"
        words = f"100 − {scaled}" if measurement.opposite else f"{scaled} as published"
    return f"{words} ({measurement.source})"


def _sum(cells: Cells) -> str:
    joined = " + ".join(cells)
    return f"({joined})" if len(cells) > 1 else joined


@table("published.coalition_indicator", figures="indicators.indicator_value")
def coalition_indicator(figures: Relation, catalog: Catalog, warehouse: Warehouse) -> pl.DataFrame:
    """What each coalition wants measured: available, needed, or for the coalition to supply.

    What is available and has no value for any of the coalition's places in this run says why, and how to
    get it. What was needed is available once a file of the coalition gives it.
    """
    valued = figures.filter("value IS NOT NULL")
    own = set(
        valued.filter(f"starts_with(source_id, '{FAMILY}:')")
        .aggregate("source_id, indicator_id", "source_id, indicator_id")
        .fetchall()
    )
    measured = set(valued.aggregate("indicator_id, place_id", "indicator_id, place_id").fetchall())
    lacking = NOT_IN_BUNDLE if bundled_sources(catalog, warehouse) else NOT_PUBLISHED
    rows: list[dict[str, object]] = []
    for coalition in catalog.coalitions.values():
        wanted = [each for area in coalition.priority_area for each in _indicators_of(area)]
        places = [row["place_id"] for row in _places(coalition)]
        for position, row in enumerate(wanted, start=1):
            has_value = any((row["indicator_id"], place) in measured for place in places)
            why = lacking if row["status"] == "available" and not has_value else {}
            if (own_source_id(coalition.id), row["indicator_id"]) in own:
                why = {"status": "available", "reason": None, "where_to_get": None}
            about = {
                "coalition_id": coalition.id,
                "caution": coalition.cautions.get(str(row["indicator_id"])),
                "position": position,
            }
            rows.append({**row, **why, **about})
    return _frame("published.coalition_indicator", rows)


def _indicators_of(area: PriorityArea) -> list[dict[str, str | None]]:
    """What a priority area names, in its order."""
    listed = [(each, "available", None, None) for each in area.indicators]
    listed += [(need.id, "data_needed", need.reason, need.where) for need in area.data_needed]
    listed += [(own.id, "coalition_supplied", own.reason, own.where) for own in area.coalition_supplied]
    names = ("indicator_id", "status", "reason", "where_to_get")
    return [dict(zip(names, each, strict=True)) | {"priority_area": area.id} for each in listed]
