"""`indicators.coverage`: how many units of each coalition place have a value, and for how many people.

A unit counts when it gives the place at least one percent of its own people: borders drawn twice make
slivers that are nobody's. People are those of the census of 2010; where a unit has no count, the share
is known only if every unit has a value.
"""

import polars as pl

from assets.concepts import HOUSEHOLD_INCOME, HOUSEHOLDS, LIFE_EXPECTANCY
from assets.table import table
from assets.units import FOR_FIGURES, LEAST_SHARE, shares_of, tract_shares
from lifegap.catalog.catalog import Catalog
from lifegap.store.warehouse import Relation

OF_INCOME = (HOUSEHOLDS, HOUSEHOLD_INCOME)
"""What does not count as a value of the survey: the table of incomes is here for every county of the nation,
and does not tell whether the other tables have the units of a place."""


@table(
    "indicators.coverage",
    crosswalk="warehouse.crosswalk",
    partition="warehouse.partition",
    place="warehouse.place",
    life_table="warehouse.life_table",
    observation="warehouse.observation",
)
def coverage(
    crosswalk: pl.DataFrame,
    partition: pl.DataFrame,
    place: pl.DataFrame,
    life_table: Relation,
    observation: Relation,
    catalog: Catalog,
) -> pl.DataFrame:
    """Tracts with a life table, and units of the survey, of every place that is made of units."""
    ours = pl.DataFrame(catalog.coalition_places, schema=["coalition_id", "place_id"], orient="row")
    names = place.select(unit="place_id", name="name", population="population")
    shares = shares_of(crosswalk, partition, FOR_FIGURES)
    tracts = tract_coverage(shares, place, life_table, observation).join(ours, on="place_id")
    survey = _survey(shares, names, observation, ours)
    return pl.concat([tracts.select(survey.columns), survey])


def tract_coverage(
    shares: pl.DataFrame, place: pl.DataFrame, life_table: Relation, observation: Relation
) -> pl.DataFrame:
    """Of each place made of 2010 tracts: tracts with a life table, and the people in them."""
    tables = life_table.aggregate("place_id AS unit, source_id, vintage", "place_id, source_id, vintage").pl()
    series = tables.select("source_id", "vintage").unique()
    marked = f"concept = '{LIFE_EXPECTANCY}' AND population_group = 'all' AND flags IS NOT NULL"
    flags = observation.filter(marked).project("place_id AS unit, source_id, vintage, flags").pl()
    names = place.select(unit="place_id", name="name")
    people = pl.col("population") * pl.col("weight")
    return (
        tract_shares(shares, place)
        .join(series, how="cross")
        .join(tables.with_columns(has=pl.lit(True)), on=["unit", "source_id", "vintage"], how="left")
        .join(flags, on=["unit", "source_id", "vintage"], how="left")
        .join(names, on="unit", how="left")
        .with_columns(has=pl.col("has").fill_null(False), people=people)
        .with_columns(counts=pl.col("weight") >= LEAST_SHARE)
        .sort("people", "unit", descending=[True, False])
        .group_by("place_id", "source_id", "vintage", maintain_order=True)
        .agg(
            unit_type=pl.lit("tract2010"),
            units=pl.col("counts").sum().cast(pl.Int64),
            units_with_value=(pl.col("counts") & pl.col("has")).sum().cast(pl.Int64),
            population_share=_share(pl.col("has")),
            predicted_share=_share(
                pl.col("flags").filter("has") == "predicted", pl.col("people").filter("has")
            ),
            missing=pl.col("name").filter(pl.col("counts") & ~pl.col("has")).str.join("; "),
        )
        .with_columns(missing=pl.when(pl.col("missing") != "").then("missing"))
    )


def _share(where: pl.Expr, people: pl.Expr | None = None) -> pl.Expr:
    """Share of the people for whom `where` holds; null where there are none."""
    counted = pl.col("people") if people is None else people
    return pl.when(counted.sum() > 0).then((counted * where).sum() / counted.sum())


def _survey(
    shares: pl.DataFrame, names: pl.DataFrame, observation: Relation, ours: pl.DataFrame
) -> pl.DataFrame:
    """Units of the American Community Survey, by vintage; a unit without a row has no value."""
    present = (
        observation.filter(f"source_id = 'census_acs5' AND coalesce(concept, '') NOT IN {OF_INCOME}")
        .aggregate("place_id AS unit, source_id, vintage", "place_id, source_id, vintage")
        .pl()
    )
    kind = pl.col("unit").str.extract(r"^(\w+):")
    kinds = present.select("source_id", "vintage", unit_type=kind).unique()
    return (
        shares.join(ours, left_on="to_place_id", right_on="place_id")
        .filter(pl.col("weight") >= LEAST_SHARE)
        .select("coalition_id", place_id="to_place_id", unit="from_place_id")
        .with_columns(unit_type=kind)
        .join(kinds, on="unit_type")
        .join(present.with_columns(has=pl.lit(True)), on=["unit", "source_id", "vintage"], how="left")
        .join(names, on="unit", how="left")
        .with_columns(pl.col("has").fill_null(False))
        .sort("unit")
        .group_by("coalition_id", "place_id", "source_id", "vintage", "unit_type", maintain_order=True)
        .agg(
            units=pl.len().cast(pl.Int64),
            units_with_value=pl.col("has").sum().cast(pl.Int64),
            population_share=pl.when(pl.col("has").all()).then(1.0),
            predicted_share=pl.lit(None, pl.Float64),
            missing=pl.col("name").filter(~pl.col("has")).str.join("; "),
        )
        # A table of one county says nothing of places elsewhere.
        .filter(pl.col("units_with_value") > 0)
        .with_columns(missing=pl.when(pl.col("missing") != "").then("missing"))
    )
