"""`indicators.pooled_life_table`: tracts taken together into the places that coalitions speak of.

Weights are the survey's people by age where every tract of the place has them (`pooled_a_prime`: those
of 2013-2017, on the same 2010 tracts), else the census population of the tract spread by its own
stationary shares (`pooled_b`). The survey's counts have margins of their own, which are carried into the
standard error. A reference that contains a place is also pooled without it, so that the two can be compared
as independent.
"""

import polars as pl

from assets.concepts import PEOPLE_BY_SEX_AND_AGE
from assets.table import table
from assets.units import FOR_FIGURES, shares_of, tract_shares
from lifegap.catalog.catalog import Catalog
from lifegap.methods.mortality.age_counts import se_of_age_counts
from lifegap.methods.mortality.life_table import death_rate_variance
from lifegap.methods.mortality.pooling import pooled_life_table as pool
from lifegap.methods.mortality.pooling import stationary_population
from lifegap.methods.mortality.shares import se_of_shares
from lifegap.methods.seeds import SEED
from lifegap.methods.surveys.margins import margin_of_sum, se_of_margin
from lifegap.store.warehouse import Relation

UNDER_FIVE = 1
"""The first age that tells the survey's count of children from those of other bands."""

WHOLE = ""
SERIES = ["population_group", "period_start", "period_end", "source_id", "vintage"]
BY = ["place_id", "less_place_id", *SERIES, "method"]


@table(
    "indicators.pooled_life_table",
    crosswalk="warehouse.crosswalk",
    partition="warehouse.partition",
    place="warehouse.place",
    life_table="warehouse.life_table",
    observation="warehouse.observation",
)
def pooled_life_table(
    crosswalk: pl.DataFrame,
    partition: pl.DataFrame,
    place: pl.DataFrame,
    life_table: Relation,
    observation: Relation,
    catalog: Catalog,
) -> pl.DataFrame:
    """One row per place (less the place inside it), method and age band."""
    shares = tract_shares(shares_of(crosswalk, partition, FOR_FIGURES), place)
    groups = pl.concat(
        [shares.with_columns(less_place_id=pl.lit(WHOLE)), _references_without_places(shares, catalog)]
    )
    bands = tract_bands(groups, life_table, observation)
    pooled = pool(bands, by=BY)
    ends = bands.select("age_start", "age_end").unique()
    known = pl.col("se").is_not_null()
    of_people = se_of_age_counts(bands, pooled, by=BY, seed=SEED)
    for error in (se_of_shares(bands, pooled, by=BY), of_people):
        pooled = pooled.join(error, on=[*BY, "age_start"], how="left", maintain_order="left")
    return (
        pooled.join(ends, on="age_start", how="left", maintain_order="left")
        .with_columns(
            pl.when(known).then(pl.col(name).fill_null(0.0)).alias(name)
            for name in ("se_shares", "se_people")
        )
        .with_columns(se=(pl.col("se") ** 2 + pl.col("se_shares") ** 2 + pl.col("se_people") ** 2).sqrt())
        .select(
            *BY, "age_start", "age_end", "people", "mx", "ax", "qx", "lx", "nLx", "Tx", "ex", "se",
            "se_shares", "se_people",
        )
    )  # fmt: skip


def tract_bands(groups: pl.DataFrame, life_table: Relation, observation: Relation) -> pl.DataFrame:
    """Each tract's rates by age, with the people of the band who are of the group, and their count's error.

    groups: place_id, less_place_id, unit (a tract), weight (its part that is of the group), var_share
    (variance of that part), population (of the whole tract).
    """
    tables = _tract_tables(life_table, groups["unit"].unique().to_list())
    profiled = pl.col("of_age").is_not_null().all().over("place_id", "less_place_id")
    # A place of which the people of one tract are not known must not be made of the others.
    counted = pl.col("population").is_not_null().all().over("place_id", "less_place_id")
    by_age = pl.col("of_age") * pl.col("share")
    stationary = stationary_population(pl.col("population") * pl.col("share"), pl.col("nLx"), pl.col("T0"))
    return (
        groups.rename({"weight": "share"})
        .join(tables, left_on="unit", right_on="tract_id")
        .join(age_profile(observation), on=["unit", "age_start"], how="left")
        .with_columns(profiled=profiled)
        .filter(pl.col("profiled") | counted)
        .with_columns(
            method=pl.when("profiled").then(pl.lit("pooled_a_prime")).otherwise(pl.lit("pooled_b")),
            people=pl.when("profiled").then(by_age).otherwise(stationary),
            se_of_age=pl.when("profiled").then("se_of_age"),
            counted=pl.max_horizontal("age_start", pl.lit(UNDER_FIVE)),
        )
    )


def _references_without_places(shares: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """Each reference without each place of the same coalition that shares tracts with it."""
    pairs = (
        pl.DataFrame(
            catalog.comparisons,
            schema=["coalition_id", "place_id", "reference_place_id"],
            orient="row",
        )
        .select("place_id", "reference_place_id")
        .unique()
    )
    inside = shares.rename({"place_id": "inside"}).select(
        "inside", "unit", share="weight", unsure="var_share"
    )
    nested = (
        pairs.join(inside, left_on="place_id", right_on="inside")
        .join(shares.select("place_id", "unit"), left_on=["reference_place_id", "unit"],
              right_on=["place_id", "unit"])
        .select(pair_place="place_id", pair_reference="reference_place_id")
        .unique()
    )  # fmt: skip
    return (
        nested.join(shares, left_on="pair_reference", right_on="place_id")
        .join(inside, left_on=["pair_place", "unit"], right_on=["inside", "unit"], how="left")
        .select(
            place_id="pair_reference",
            unit="unit",
            weight=(pl.col("weight") - pl.col("share").fill_null(0.0)).clip(0.0),
            var_share=pl.max_horizontal("var_share", pl.col("unsure").fill_null(0.0)),
            population="population",
            less_place_id="pair_place",
        )
        # Of a reference that is all the place's nothing is left.
        .filter((pl.col("weight") * pl.col("population")).sum().over("place_id", "less_place_id") > 0)
    )


def _tract_tables(life_table: Relation, tracts: list[str]) -> pl.DataFrame:
    """Tables of the tracts, with the variance of each rate and the person-years at birth."""
    frame = (
        life_table.query(
            "tables",
            """
        SELECT place_id AS tract_id, population_group, period_start, period_end, source_id, vintage,
            age_start, age_end, nqx, se_nqx, lx, "nLx", "Tx", se, ax, mx,
            first_value("Tx") OVER (PARTITION BY place_id ORDER BY age_start) AS T0
        FROM tables WHERE place_id LIKE 'tract2010:%'
        """,
        )
        .pl()
        .filter(pl.col("tract_id").is_in(tracts))
    )
    closed = frame.filter(pl.col("age_end").is_not_null())
    width = (closed["age_end"] - closed["age_start"]).cast(pl.Float64).to_numpy()
    variance = death_rate_variance(
        closed["nqx"].to_numpy(), closed["se_nqx"].to_numpy(), width, closed["ax"].to_numpy()
    )
    # The open band's rate is 1/e there, so its variance follows from that of e.
    opened = frame.filter(pl.col("age_end").is_null()).with_columns(
        var_mx=pl.col("mx") ** 4 * pl.col("se") ** 2
    )
    return pl.concat([closed.with_columns(pl.Series("var_mx", variance)), opened]).drop("se")


def age_profile(observation: Relation) -> pl.DataFrame:
    """People of each 2010 tract by band of the life tables, from the survey's table of sex by age.

    The survey's youngest group is under 5; one fifth of it is taken as under 1, four fifths as 1 to 4.
    Returns unit, age_start, of_age and se_of_age (null where a margin is not known).
    """
    cells = observation.query(
        "cells",
        f"""
        SELECT place_id AS unit, measure_label AS label, estimate, moe90 FROM cells
        WHERE concept = '{PEOPLE_BY_SEX_AND_AGE}' AND place_id LIKE 'tract2010:%'
        """,
    ).pl()
    first_age = (
        pl.when(pl.col("label").str.ends_with("Under 5 years"))
        .then(0)
        .otherwise(pl.col("label").str.extract(r"!!(\d+)").cast(pl.Int32, strict=False))
    )
    band = (
        pl.when(pl.col("age") < 5)
        .then(0)
        .when(pl.col("age") >= 85)
        .then(85)
        .otherwise((pl.col("age") - 5) // 10 * 10 + 5)
    )
    people = (
        cells.with_columns(age=first_age)
        .group_by("unit", age_start=band.cast(pl.Int32))
        .agg(
            of_age=pl.col("estimate").sum(),
            se_of_age=se_of_margin(margin_of_sum(pl.col("estimate"), pl.col("moe90"))),
        )
    )
    young, both = people.filter(pl.col("age_start") == 0), pl.col("of_age", "se_of_age")
    return pl.concat(
        [
            people.filter(pl.col("age_start") > 0),
            young.with_columns(both / 5),
            young.with_columns(both * 4 / 5, age_start=pl.lit(1, pl.Int32)),
        ]
    )
