"""Places made of smaller units: which units, and what share of each."""

import polars as pl

from assets.identifiers import kind_of
from lifegap.catalog.catalog import Catalog
from lifegap.methods.mortality.shares import variance_of_share

FOR_FIGURES, FOR_SUCCESSION, FOR_CONVERSION = "figures", "succession", "conversion"
"""What a partition is for: places that figures are made for; what places became, and were before; the same
land in tracts of the other census."""

OUTSIDE = "outside"
COUNTIES = "county"
NOW, BEFORE = "county_now", "county_before"
TRACT_NOW, TRACT_BEFORE = "tract_now", "tract_before"
"""Partitions that are no city's: counties that coalitions name, and what counties and tracts became."""

LEAST_SHARE = 0.01
"""Part of a unit from which it counts as one of a place."""

UNOFFICIAL = "unofficial"
"""Basis of a share by a list that is not the city's own."""


def shares_of(crosswalk: pl.DataFrame, partition: pl.DataFrame, *purposes: str) -> pl.DataFrame:
    """The shares that places have of units, in partitions for those purposes; not what lies outside."""
    wanted = partition.filter(pl.col("purpose").is_in(purposes))
    return crosswalk.filter(
        pl.col("partition").is_in(wanted["partition"].to_list()), pl.col("to_place_id") != OUTSIDE
    )


def said_of_lists(catalog: Catalog) -> pl.Expr:
    """What the card says of the list that assigns a figure's units, where it is not the city's own."""
    said = {card.id: card.caveat for card in catalog.cards.values()}
    return pl.col("unofficial").replace_strict(said, default=None, return_dtype=pl.String)


def tract_shares(shares: pl.DataFrame, place: pl.DataFrame) -> pl.DataFrame:
    """2010 tracts of each place: census population, the part that is the place's, and how unsure that is.

    shares: those of the places that figures are made for.
    """
    return (
        shares.filter(pl.col("from_place_id").str.starts_with("tract2010:"))
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


def members(shares: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Units of the places made of units, and how many units each place has.

    shares: those of the places that figures are made for. The first frame has unit, place_id, weight,
    unofficial (the list, where it is not the city's own), by_area, unit_kind; the second place_id, unit_kind,
    expected: units of which the place has a part that counts.
    """
    units = shares.select(
        unit="from_place_id",
        place_id="to_place_id",
        weight="weight",
        unofficial=pl.when(pl.col("basis") == UNOFFICIAL).then("source_id"),
        by_area=pl.col("basis") == "area",
        unit_kind=kind_of("from_place_id"),
    )
    expected = (
        pl.concat([units, _tracts_without_block_group(units)], how="diagonal")
        .filter(pl.col("weight") >= LEAST_SHARE)
        .group_by("place_id", "unit_kind")
        .agg(expected=pl.len())
    )
    return units, expected


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
