"""`warehouse.crosswalk`: which places a unit belongs to, and how much of it.

Chicago's 2010 tracts go whole to the community area the city assigns them to, but for the people of
tracts that cross the city limit, who count by the blocks inside it; the overlay of the shapes is a table
of its own, compared with it and used for nothing else. 2020 tracts follow an unofficial list. Philadelphia's
tracts are shared out among ZIP polygons by area, the remainder outside. Block groups follow their
tract. Coalition members make up their footprint. Counties that changed lead to what they became, and back.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import polars as pl

from assets.identifiers import census_place, neighborhood, year_of_vintage
from assets.table import table
from assets.warehouse.crosswalk_changes import changed_counties
from assets.warehouse.place_boundary import (
    ILLINOIS_EAST,
    PENNSYLVANIA_SOUTH,
    one_layout,
    shapes,
)
from lifegap.catalog.catalog import Catalog
from lifegap.catalog.coalitions import Coalition
from lifegap.store.warehouse import Relation, Warehouse

if TYPE_CHECKING:
    import geopandas as gpd

OUTSIDE = "outside"
SLIVER = 1e-6
"""Shares below this come from borders drawn twice, not from land."""

COLUMNS = ("from_place_id", "partition", "to_place_id", "weight", "basis", "source_id", "vintage")


@table(
    "warehouse.crosswalk",
    chicago_tract="sources.chicago_tract",
    block="sources.chicago_block",
    paral="sources.paral_tract2020",
    zip_polygon="sources.philadelphia_zip",
    philadelphia_tract="sources.philadelphia_tract",
    population="sources.tract_population",
    relationship="sources.tract_relationship",
    pair="sources.code_pair",
    cells="sources.acs_cell",
    observation="warehouse.observation",
    place="warehouse.place",
)
def crosswalk(
    chicago_tract: pl.DataFrame,
    block: pl.DataFrame,
    paral: pl.DataFrame,
    zip_polygon: pl.DataFrame,
    philadelphia_tract: pl.DataFrame,
    population: pl.DataFrame,
    relationship: pl.DataFrame,
    pair: pl.DataFrame,
    cells: Relation,
    observation: Relation,
    place: pl.DataFrame,
    catalog: Catalog,
    warehouse: Warehouse,
) -> pl.DataFrame:
    """All partitions, each with what it leaves outside."""
    assigned = pl.concat(
        [
            community_area_2010(one_layout(chicago_tract), block, population),
            _community_area_2020(paral),
        ]
    )
    zips = overlay_shares(
        shapes(philadelphia_tract.select("tract_id", "geometry"), PENNSYLVANIA_SOUTH),
        shapes(zip_polygon.select("zip", "geometry"), PENNSYLVANIA_SOUTH),
    ).select(
        from_place_id="tract2010:" + pl.col("tract_id"),
        partition=pl.lit("philadelphia_zip"),
        to_place_id="zip:" + pl.col("zip"),
        weight="weight",
        basis=pl.lit("area"),
        source_id=pl.lit("philadelphia_portal"),
        vintage=pl.lit("2010"),
    )
    counties = _counties(population, catalog, warehouse)
    units = pl.concat([assigned, _block_groups(cells, assigned), zips, counties])
    return pl.concat(
        [
            with_outside(units),
            with_outside(tract_2010_to_2020(relationship)),
            with_outside(changed_counties(pair, observation, place)),
            *(footprint(coalition, units, place) for coalition in catalog.coalitions.values()),
        ]
    ).select(COLUMNS)


def community_area_2010(tract: pl.DataFrame, block: pl.DataFrame, population: pl.DataFrame) -> pl.DataFrame:
    """2010 tracts to the community area of the city's own assignment.

    The weight is the share of the tract's people who live inside the city: its blocks there over its
    census count. A tract without people goes whole. An area of which one tract was not counted is left out:
    whether the tract crosses the city limit cannot be told.
    """
    inside = block.group_by("tract_id").agg(inside=pl.col("population").sum())
    counted = population.filter(pl.col("vintage") == "2010").select("tract_id", people="population")
    share = pl.col("inside") / pl.col("people")
    return (
        tract.join(inside, on="tract_id", how="left")
        .join(counted, on="tract_id", how="left")
        .filter(pl.col("people").is_not_null().all().over("area_number"))
        .select(
            from_place_id="tract2010:" + pl.col("tract_id"),
            partition=pl.lit("chicago_community_area"),
            to_place_id=neighborhood(pl.col("area_number")),
            weight=pl.when(pl.col("people") > 0).then(share).otherwise(1.0),
            basis=pl.lit("published"),
            source_id=pl.lit("chicago_portal"),
            vintage="vintage",
        )
        .filter(pl.col("weight") > 0)
    )


def _community_area_2020(paral: pl.DataFrame) -> pl.DataFrame:
    return paral.select(
        from_place_id="tract2020:" + pl.col("tract_id"),
        partition=pl.lit("chicago_community_area"),
        to_place_id=neighborhood(pl.col("area_number")),
        weight=pl.lit(1.0),
        basis=pl.lit("unofficial"),
        source_id=pl.lit("paral_community_areas"),
        vintage="vintage",
    )


def _block_groups(cells: Relation, tracts: pl.DataFrame) -> pl.DataFrame:
    """Block groups to the community area of their tract."""
    groups = cells.filter("geo_id LIKE '150%'").select("geo_id, vintage").distinct().pl()
    return (
        groups.select(from_place_id=census_place(pl.col("geo_id"), year_of_vintage()))
        .unique()
        .with_columns(tract=pl.col("from_place_id").str.replace("block_group", "tract").str.slice(0, 21))
        .join(tracts.rename({"from_place_id": "tract"}), on="tract")
        .select(COLUMNS)
    )


def _counties(population: pl.DataFrame, catalog: Catalog, warehouse: Warehouse) -> pl.DataFrame:
    """2010 tracts to the counties that coalitions name, where all tracts of the county are here.

    A county of which the bundle holds some tracts only must not be made of them.
    """
    named = {
        each.removeprefix("county:")
        for coalition in catalog.coalitions.values()
        for each in (*(place.id for place in coalition.place), *coalition.reference_ids)
        if each.startswith("county:")
    }
    if "bundle" in warehouse.ledger.origins("census_decennial"):
        named &= set(catalog.bundle.whole_counties)
    return population.filter(
        pl.col("vintage") == "2010", pl.col("tract_id").str.slice(0, 5).is_in(list(named))
    ).select(
        from_place_id="tract2010:" + pl.col("tract_id"),
        partition=pl.lit("county"),
        to_place_id="county:" + pl.col("tract_id").str.slice(0, 5),
        weight=pl.lit(1.0),
        basis=pl.lit("published"),
        source_id=pl.lit("census_decennial"),
        vintage="vintage",
    )


def overlay_shares(units: "gpd.GeoDataFrame", places: "gpd.GeoDataFrame") -> pl.DataFrame:
    """Share of each unit's area in each place, both in one planar projection."""
    import geopandas as gpd

    unit, place = units.columns[0], places.columns[0]
    whole = pl.DataFrame({unit: list(units[unit]), "whole": units.area.to_numpy()})
    pieces = gpd.overlay(units, places, how="intersection", keep_geom_type=True)
    return (
        pl.DataFrame({unit: list(pieces[unit]), place: list(pieces[place]), "piece": pieces.area.to_numpy()})
        .sort(unit, place, "piece")
        .group_by(unit, place, maintain_order=True)
        .agg(pl.col("piece").sum())
        .join(whole, on=unit)
        .select(unit, place, weight=pl.min_horizontal(pl.col("piece") / pl.col("whole"), 1.0))
        .filter(pl.col("weight") > SLIVER)
        .sort(unit, place)
    )


@table(
    "warehouse.community_area_overlay",
    area="sources.chicago_community_area",
    chicago_tract="sources.chicago_tract",
)
def community_area_overlay(area: pl.DataFrame, chicago_tract: pl.DataFrame) -> pl.DataFrame:
    """Shares of tracts in community areas by their shapes, a check on the city's assignment."""
    return overlay_shares(
        shapes(one_layout(chicago_tract).select("tract_id", "geometry"), ILLINOIS_EAST),
        shapes(area.select("area_number", "geometry"), ILLINOIS_EAST),
    ).select(
        tract_place_id="tract2010:" + pl.col("tract_id"),
        area_place_id=neighborhood(pl.col("area_number")),
        share="weight",
    )


def tract_2010_to_2020(relationship: pl.DataFrame) -> pl.DataFrame:
    """2010 tracts to 2020 tracts and back, by shared land (by water where a tract has no land).

    Where several editions have a pair, the first by name speaks: the Bureau's before a re-shaped copy of it.
    """
    both = []
    relationship = relationship.sort("vintage").unique(
        ["tract_2010", "tract_2020"], keep="first", maintain_order=True
    )
    for here, there in (("2010", "2020"), ("2020", "2010")):
        part = pl.when(pl.col("land_part").sum().over(f"tract_{here}") > 0).then("land_part")
        shared = part.otherwise("water_part")
        both.append(
            relationship.with_columns(shared=shared)
            .with_columns(
                whole=pl.max_horizontal(
                    pl.when(pl.col(f"land_{here}") > 0).then(f"land_{here}"),
                    pl.col("shared").sum().over(f"tract_{here}"),
                )
            )
            .select(
                from_place_id=f"tract{here}:" + pl.col(f"tract_{here}"),
                partition=pl.lit(f"tract{there}"),
                to_place_id=f"tract{there}:" + pl.col(f"tract_{there}"),
                weight=pl.col("shared") / pl.col("whole"),
                basis=pl.lit("area"),
                source_id=pl.lit("census_geography"),
                vintage="vintage",
            )
            .filter(pl.col("weight") > SLIVER)
        )
    return pl.concat(both)


def with_outside(shares: pl.DataFrame) -> pl.DataFrame:
    """The shares, and for each unit what lies in none of the partition's places."""
    rest = (
        shares.sort("from_place_id", "partition", "to_place_id")
        .group_by("from_place_id", "partition", maintain_order=True)
        .agg(
            weight=1 - pl.col("weight").sum(),
            basis=pl.col("basis").first(),
            source_id=pl.col("source_id").first(),
            vintage=pl.col("vintage").first(),
        )
        .filter(pl.col("weight") > SLIVER)
        .with_columns(to_place_id=pl.lit(OUTSIDE))
    )
    return pl.concat([shares.select(COLUMNS), rest.select(COLUMNS)])


def footprint(coalition: Coalition, units: pl.DataFrame, place: pl.DataFrame) -> pl.DataFrame:
    """The coalition's members, their stand-ins, and the units of members, to its footprints.

    A member inside another one (a tract in a county) is a part of it already and makes up nothing more; a
    member that is a unit of another one (a tract of a neighborhood) counts whole, once.
    """
    parents = dict(place.select("place_id", "parent_place_id").iter_rows())
    members = outermost([member.id for member in coalition.members], parents)
    groups = {coalition.footprint_id: members} | {
        footprint: outermost([place.id for place in places], parents)
        for footprint, places in coalition.stand_in_footprints.items()
    }
    listed = [
        pl.DataFrame(
            {
                "from_place_id": places,
                "partition": [footprint] * len(places),
                "to_place_id": [footprint] * len(places),
                "weight": [1.0] * len(places),
                "basis": ["published"] * len(places),
                "source_id": [None] * len(places),
                "vintage": [None] * len(places),
            },
            schema_overrides={"source_id": pl.String, "vintage": pl.String},
        )
        for footprint, places in groups.items()
    ]
    of_units = (
        units.filter(pl.col("to_place_id").is_in(members))
        .sort("from_place_id", "to_place_id")
        .group_by("from_place_id", maintain_order=True)
        .agg(
            weight=pl.min_horizontal(pl.col("weight").sum(), 1.0),
            basis=pl.col("basis").first(),
            source_id=pl.col("source_id").first(),
            vintage=pl.col("vintage").first(),
        )
        .with_columns(partition=pl.lit(coalition.footprint_id), to_place_id=pl.lit(coalition.footprint_id))
    )
    together = pl.concat([*(frame.select(COLUMNS) for frame in listed), of_units.select(COLUMNS)])
    return together.unique(["from_place_id", "to_place_id"], keep="first", maintain_order=True)


def outermost(places: list[str], parents: dict[str, str | None]) -> list[str]:
    """The places that lie inside no other of them, in their order."""
    return [each for each in places if not set(places) & set(_above(each, parents))]


def _above(place_id: str, parents: dict[str, str | None]) -> Iterator[str]:
    """What a place is part of, from the inside out."""
    parent = parents.get(place_id)
    while parent is not None:
        yield parent
        parent = parents.get(parent)
