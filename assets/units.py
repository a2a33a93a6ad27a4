"""Places made of smaller units: which units, and what share of each."""

import polars as pl

from assets.identifiers import kind_of
from lifegap.methods.mortality.shares import variance_of_share

MADE_OF_UNITS = r"^(chicago_community_area|philadelphia_zip|county|footprint:.*)$"
"""Partitions of the crosswalk whose places figures are made for."""


NOW, BEFORE = "county_now", "county_before"
TRACT_NOW, TRACT_BEFORE = "tract_now", "tract_before"
CHANGED = rf"^({NOW}|{BEFORE}|{TRACT_NOW}|{TRACT_BEFORE})$"
"""Partitions that lead from places to what they became, and back."""

LEAST_SHARE = 0.01
"""Part of a unit from which it counts as one of a place."""

UNOFFICIAL = "2020 tracts are assigned to community areas by an unofficial list."


def tract_shares(crosswalk: pl.DataFrame, place: pl.DataFrame) -> pl.DataFrame:
    """2010 tracts of each place: census population, the part that is the place's, and how unsure that is."""
    return (
        crosswalk.filter(
            pl.col("from_place_id").str.starts_with("tract2010:"),
            pl.col("partition").str.contains(MADE_OF_UNITS),
            pl.col("to_place_id") != "outside",
        )
        .join(place.select("place_id", "population"), left_on="from_place_id", right_on="place_id")
        .select(
            place_id="to_place_id",
            unit="from_place_id",
            weight="weight",
            var_share=pl.when(pl.col("basis") == "area")
            .then(variance_of_share(pl.col("weight")))
            .otherwise(0.0),
            population=pl.col("population").cast(pl.Float64),
        )
        .sort("place_id", "unit")
    )


def members(crosswalk: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Units of the places made of units, and how many units each place has.

    The first frame has unit, place_id, weight, unofficial, by_area, unit_kind; the second place_id,
    unit_kind, expected: units of which the place has a part that counts.
    """
    shares = crosswalk.filter(
        pl.col("partition").str.contains(MADE_OF_UNITS),
        pl.col("to_place_id") != "outside",
    ).select(
        unit="from_place_id",
        place_id="to_place_id",
        weight="weight",
        unofficial=pl.col("basis") == "unofficial",
        by_area=pl.col("basis") == "area",
        unit_kind=kind_of("from_place_id"),
    )
    expected = (
        pl.concat([shares, _tracts_without_block_group(shares)], how="diagonal")
        .filter(pl.col("weight") >= LEAST_SHARE)
        .group_by("place_id", "unit_kind")
        .agg(expected=pl.len())
    )
    return shares, expected


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
