"""`published.zip_comparison`: how far figures of a ZIP code differ by what it is taken to be.

A ZIP code is a set of addresses. A city may draw it as a polygon, to which tracts belong by their shares; the
whole tracts that lie mostly in it are a common stand-in; the Census Bureau draws ZCTAs, of other blocks.
Life expectancy of both is pooled alike, from the same tables; what covers less than half of the people is not
shown, as everywhere.
"""

import polars as pl

from assets.indicators.pooled_life_table import BY, SERIES, WHOLE, tract_bands
from assets.table import table
from assets.units import FOR_FIGURES, LEAST_SHARE, OUTSIDE, tract_shares
from lifegap.catalog.catalog import Catalog
from lifegap.catalog.tables import declared_tables
from lifegap.methods.mortality.pooling import pooled_life_table as pool
from lifegap.store.warehouse import Relation

ZIP, ZCTA = "zip:", r"^zcta\d{4}:"
LEAST_COVERED = 0.5
EDITION = ["source_id", "vintage", "period_start", "period_end"]


@table(
    "published.zip_comparison",
    known="warehouse.place",
    boundary="warehouse.place_boundary",
    crosswalk="warehouse.crosswalk",
    partition="warehouse.partition",
    life_table="warehouse.life_table",
    observation="warehouse.observation",
    value="indicators.indicator_value",
    estimate="indicators.life_expectancy",
)
def zip_comparison(
    known: pl.DataFrame,
    boundary: Relation,
    crosswalk: pl.DataFrame,
    partition: pl.DataFrame,
    life_table: Relation,
    observation: Relation,
    value: Relation,
    estimate: pl.DataFrame,
    catalog: Catalog,
) -> pl.DataFrame:
    """One row per ZIP code of a coalition and measure."""
    named = pl.DataFrame(catalog.coalition_places, schema=["coalition_id", "place_id"], orient="row")
    zips = named.filter(pl.col("place_id").str.starts_with(ZIP)).unique(maintain_order=True)
    columns = [column.name for column in declared_tables()["published.zip_comparison"].columns]
    units = partition.filter(pl.col("purpose") == FOR_FIGURES)["partition"].implode()
    shared = crosswalk.filter(
        pl.col("partition").is_in(units), pl.col("from_place_id").str.starts_with("tract2010:")
    )
    shared = shared.filter(pl.col("to_place_id").str.starts_with(ZIP).any().over("partition"))
    by_area, whole = tract_shares(shared, known), tract_shares(mostly_in(shared), known)
    measures = [
        _of_shapes(shared, by_area, whole, boundary),
        _life_expectancy(by_area, whole, life_table, observation, estimate),
        _of_indicators(value),
    ]
    rows = pl.concat(measures, how="diagonal_relaxed").with_columns(
        majority_less_polygon=pl.col("by_majority") - pl.col("by_polygon"),
        zcta_less_polygon=pl.col("by_zcta") - pl.col("by_polygon"),
    )
    return zips.join(rows, on="place_id").select(columns).sort("coalition_id", "place_id", "measure")


def mostly_in(shared: pl.DataFrame) -> pl.DataFrame:
    """The shares, each tract whole with the place that has most of it; with none where most lies outside."""
    return (
        shared.sort("weight", "to_place_id", descending=[True, False])
        .unique(["partition", "from_place_id"], keep="first", maintain_order=True)
        .filter(pl.col("to_place_id") != OUTSIDE)
        .with_columns(weight=pl.lit(1.0), basis=pl.lit("published"))
    )


def _of_shapes(
    shared: pl.DataFrame, by_area: pl.DataFrame, whole: pl.DataFrame, boundary: Relation
) -> pl.DataFrame:
    """Area, tracts and people."""
    edition = (
        shared.filter(pl.col("to_place_id") != OUTSIDE)
        .group_by(place_id="to_place_id")
        .agg(pl.col("source_id", "vintage").first())
    )
    pieces = shared.filter(pl.col("weight") >= LEAST_SHARE)
    split = pieces.filter(pl.len().over("partition", "from_place_id") > 1)["from_place_id"].implode()
    held = pieces.filter(pl.col("to_place_id") != OUTSIDE).group_by(place_id="to_place_id")
    touched = held.agg(tracts=pl.len(), tracts_split=pl.col("from_place_id").is_in(split).sum())
    mostly = whole.group_by("place_id").agg(
        tracts_whole=pl.len(), tracts_split_whole=pl.col("unit").is_in(split).sum(), people_whole=_people()
    )
    area = boundary.filter(f"starts_with(place_id, '{ZIP}')").project("place_id, area_km2").pl()
    sums = (
        edition.join(area, on="place_id", how="left")
        .join(touched, on="place_id", how="left")
        .join(by_area.group_by("place_id").agg(people=_people()), on="place_id", how="left")
        .join(mostly, on="place_id", how="left")
    )
    measures = {
        "area": ("square kilometers", "area_km2", None),
        "tracts": ("tracts", "tracts", "tracts_whole"),
        "tracts_split": ("tracts", "tracts_split", "tracts_split_whole"),
        "people": ("people of 2010", "people", "people_whole"),
    }
    return pl.concat(
        sums.select(
            "place_id", "source_id", "vintage",
            measure=pl.lit(measure),
            unit=pl.lit(unit),
            by_polygon=pl.col(polygon).cast(pl.Float64),
            by_majority=pl.lit(None, pl.Float64) if majority is None else pl.col(majority).cast(pl.Float64),
            by_zcta=pl.lit(None, pl.Float64),
            note=pl.lit("No shape of the ZCTA is read." if measure == "area" else None, pl.String),
        )
        for measure, (unit, polygon, majority) in measures.items()
    )  # fmt: skip


def _people() -> pl.Expr:
    """People of the tracts by their weights; null where one was not counted."""
    people = pl.col("population") * pl.col("weight")
    return pl.when(people.is_not_null().all()).then(people.sum())


def _life_expectancy(
    by_area: pl.DataFrame,
    whole: pl.DataFrame,
    life_table: Relation,
    observation: Relation,
    estimate: pl.DataFrame,
) -> pl.DataFrame:
    """Pooled life expectancy of the polygon and of the whole tracts, by one method.

    Where that of the polygon is withheld, neither is shown.
    """
    found = [
        _pooled(each, life_table, observation).rename({"ex": name, "covered": f"covered_{name}"})
        for name, each in (("by_polygon", by_area), ("by_majority", whole))
    ]
    shown = estimate.drop_nulls("estimate").select("place_id", *SERIES, "method")
    both = (
        found[0]
        .join(found[1], on=["place_id", *SERIES, "method"])
        .join(shown, on=["place_id", *SERIES, "method"])
    )
    covered = [pl.col(f"covered_{name}") for name in ("by_polygon", "by_majority")]
    return both.filter(pl.col("population_group") == "all").select(
        "place_id", *EDITION,
        *(pl.when(pl.col(f"covered_{name}") >= LEAST_COVERED).then(name).alias(name)
          for name in ("by_polygon", "by_majority")),
        measure=pl.lit("life_expectancy"),
        unit=pl.lit("years"),
        by_zcta=pl.lit(None, pl.Float64),
        note=pl.format(
            "Tables for {} percent of the people of the polygon, {} percent of those of the whole tracts.",
            *((each * 100).round(1) for each in covered),
        ),
    )  # fmt: skip


def _pooled(shares: pl.DataFrame, life_table: Relation, observation: Relation) -> pl.DataFrame:
    """Life expectancy at birth, and the part of the people who live in tracts with a table."""
    groups = shares.filter(pl.col("place_id").str.starts_with(ZIP)).with_columns(less_place_id=pl.lit(WHOLE))
    bands = tract_bands(groups, life_table, observation)
    have = bands.select("place_id", *SERIES, "unit").unique()
    all_people = groups.group_by("place_id").agg(of_all=_people())
    covered = (
        have.join(groups.select("place_id", "unit", "population", "weight"), on=["place_id", "unit"])
        .group_by("place_id", *SERIES)
        .agg(with_table=_people())
        .join(all_people, on="place_id")
        .select("place_id", *SERIES, covered=pl.col("with_table") / pl.col("of_all"))
    )
    born = pool(bands, by=BY).filter(pl.col("age_start") == 0)
    return born.select("place_id", *SERIES, "method", "ex").join(covered, on=["place_id", *SERIES])


def _of_indicators(value: Relation) -> pl.DataFrame:
    """Indicators that the polygon and the ZCTA have of one source, edition and period; the latest of each."""
    figures = value.filter(
        "population_group = 'all' AND value IS NOT NULL AND reliability NOT IN ('withheld', 'unreliable') "
        "AND regexp_matches(place_id, '^(zip|zcta[0-9]{4}):')"
    ).project("place_id, indicator_id, value, method, " + ", ".join(EDITION))
    rows = figures.pl()
    polygon = rows.filter(pl.col("place_id").str.starts_with(ZIP))
    zcta = rows.filter(pl.col("place_id").str.contains(ZCTA)).with_columns(
        place_id=pl.col("place_id").str.replace(ZCTA, ZIP)
    )
    return (
        polygon.join(zcta, on=["place_id", "indicator_id", *EDITION], suffix="_zcta")
        .sort("period_end", "vintage", "source_id", descending=True)
        .unique(["place_id", "indicator_id"], keep="first", maintain_order=True)
        .select(
            "place_id", *EDITION,
            measure="indicator_id",
            unit=pl.lit("as the indicator"),
            by_polygon="value",
            by_majority=pl.lit(None, pl.Float64),
            by_zcta="value_zcta",
            note=pl.format(
                "{} of the polygon, {} of the ZCTA.", pl.col("method").str.to_titlecase(), "method_zcta"
            ),
        )
    )  # fmt: skip
