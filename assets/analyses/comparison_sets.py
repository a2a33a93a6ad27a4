"""Places that are compared with each other: all of one kind within one place, never picked from the data.

The sets of a coalition are those its members belong to: the areas of a city of one kind. Beside them stand
the counties of each state and of the nation.
"""

import polars as pl

from assets.concepts import PEOPLE
from assets.identifiers import NATION
from lifegap.catalog.catalog import Catalog

PEOPLE_OF_COUNTIES = f"concept = '{PEOPLE}' AND starts_with(source_id, 'chr_') AND population_group = 'all'"
"""Observations of County Health Rankings: people of each county, which weight it among others."""

KINDS = {"neighborhood": "Neighborhoods", "zip": "ZIP codes", "county": "Counties", "district": "Districts"}
"""Kinds of places that make a set, in words; tracts do not: their figures are not to be ranked."""


def comparison_sets(place: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """comparison_set, title, place_id: the sets of all coalitions, and the counties of states and nation."""
    named = place.filter(
        pl.col("place_type").is_in(list(KINDS)), pl.col("parent_place_id").is_not_null()
    ).select("place_id", "place_type", within="parent_place_id")
    members = [member.id for coalition in catalog.coalitions.values() for member in coalition.members]
    asked = named.filter(pl.col("place_id").is_in(members)).select("place_type", "within").unique()
    counties = named.filter(pl.col("place_type") == "county")
    sets = pl.concat(
        [
            named.filter(pl.col("place_type") != "county").join(
                asked, on=["place_type", "within"], how="semi"
            ),
            counties,
            counties.with_columns(within=pl.lit(NATION)),
        ]
    )
    return (
        sets.join(place.select(within="place_id", name="name"), on="within")
        .select(
            comparison_set=pl.format("{}/{}", "place_type", "within"),
            title=pl.format("{} of {}", pl.col("place_type").replace_strict(KINDS), "name"),
            place_id="place_id",
        )
        .sort("comparison_set", "place_id")
    )


def sets_of(coalition_members: list[str], sets: pl.DataFrame) -> list[str]:
    """The sets that hold any of the members, the national one apart."""
    found = sets.filter(
        pl.col("place_id").is_in(coalition_members), ~pl.col("comparison_set").str.ends_with(f"/{NATION}")
    )
    return sorted(found["comparison_set"].unique().to_list())
