"""What part of a reference's people live in the place that is compared with it."""

import polars as pl

from assets.units import tract_shares

MOST_LEVELS = 3
"""A county lies in its state and in the nation; a unit of the census a step or two below the county."""


def shares_of_references(pairs: pl.DataFrame, units: pl.DataFrame, place: pl.DataFrame) -> pl.DataFrame:
    """place_id, reference_place_id, share: the place's part of the reference's people, where they share any.

    pairs: place_id, reference_place_id. units: shares of the places that figures are made for. Counted tract
    by tract where both are made of tracts, or are one; else by the people of the two in one year, where the
    place lies inside the reference by the codes of the census.
    """
    asked = pairs.select("place_id", "reference_place_id").unique()
    by_tract = _by_tract(asked, units, place)
    rest = asked.join(by_tract, on=["place_id", "reference_place_id"], how="anti")
    return pl.concat([by_tract, _by_people(rest, place)])


def _by_tract(asked: pl.DataFrame, units: pl.DataFrame, place: pl.DataFrame) -> pl.DataFrame:
    """The shares of people in the tracts that both have."""
    shares = pl.concat([tract_shares(units, place), _single_tracts(asked, place)], how="diagonal")
    people = pl.col("population") * pl.col("weight")
    whole = shares.group_by("place_id", maintain_order=True).agg(whole=people.sum())
    return (
        asked.join(shares, on="place_id")
        .join(
            shares.select("place_id", "unit"),
            left_on=["reference_place_id", "unit"],
            right_on=["place_id", "unit"],
        )
        .sort("place_id", "reference_place_id", "unit")
        .group_by("place_id", "reference_place_id", maintain_order=True)
        .agg(inside=people.sum())
        .join(whole, left_on="reference_place_id", right_on="place_id")
        .select("place_id", "reference_place_id", share=pl.col("inside") / pl.col("whole"))
    )


def _single_tracts(asked: pl.DataFrame, place: pl.DataFrame) -> pl.DataFrame:
    """Tracts that are compared themselves: each is its own only unit."""
    named = pl.concat([asked["place_id"], asked["reference_place_id"]]).unique()
    return place.filter(
        pl.col("place_id").is_in(named.to_list()), pl.col("place_id").str.starts_with("tract2010:")
    ).select(
        "place_id", unit="place_id", weight=pl.lit(1.0), population=pl.col("population").cast(pl.Float64)
    )


def _by_people(asked: pl.DataFrame, place: pl.DataFrame) -> pl.DataFrame:
    """The shares of places that lie inside their reference and whose people are both known."""
    parents = place.select("place_id", "parent_place_id")
    people = place.select("place_id", "population_period", people=pl.col("population").cast(pl.Float64))
    above = asked.with_columns(above=pl.col("place_id"))
    inside = [asked.clear()]
    for _ in range(MOST_LEVELS):
        above = above.join(parents, left_on="above", right_on="place_id").with_columns(
            above="parent_place_id"
        ).drop("parent_place_id")  # fmt: skip
        inside.append(above.filter(pl.col("above") == pl.col("reference_place_id")).select(asked.columns))
    share = pl.col("people") / pl.col("people_reference")
    return (
        pl.concat(inside)
        .join(people, on="place_id")
        .join(people, left_on="reference_place_id", right_on="place_id", suffix="_reference")
        .filter(pl.col("population_period") == pl.col("population_period_reference"))
        .select("place_id", "reference_place_id", share=share)
        .filter(pl.col("share").is_between(0, 1, closed="right"))
        .sort("place_id", "reference_place_id")
    )
