"""`warehouse.crosswalk`: which places a unit belongs to, and how much of it.

Each city shares out tracts among its own areas: by a list, or by shapes. Block groups follow a tract that a
list assigns. Coalition members make up their footprint. Counties that changed lead to what they became, and
back; tracts of one census to those of the other.
"""

from collections.abc import Iterator

import polars as pl

from assets.identifiers import census_place, year_of_vintage
from assets.table import table
from assets.units import COUNTIES, OUTSIDE
from assets.warehouse import cities
from assets.warehouse.crosswalk_changes import changed_counties
from assets.warehouse.outlines import shares_of_outlines
from assets.warehouse.shapes import SLIVER
from lifegap.catalog.catalog import Catalog
from lifegap.catalog.coalitions import Coalition
from lifegap.store.warehouse import Relation, Warehouse

COLUMNS = ("from_place_id", "partition", "to_place_id", "weight", "basis", "source_id", "vintage")


@table(
    "warehouse.crosswalk",
    population="sources.tract_population",
    relationship="sources.tract_relationship",
    pair="sources.code_pair",
    cells="sources.acs_cell",
    observation="warehouse.observation",
    place="warehouse.place",
    boundary="warehouse.place_boundary",
    **cities.tables_read(each for found in cities.registered() for each in found.crosswalks),
)
def crosswalk(
    population: pl.DataFrame,
    relationship: pl.DataFrame,
    pair: pl.DataFrame,
    cells: Relation,
    observation: Relation,
    place: pl.DataFrame,
    boundary: Relation,
    catalog: Catalog,
    warehouse: Warehouse,
    **tables: Relation,
) -> pl.DataFrame:
    """All partitions, each with what it leaves outside."""
    drawn = boundary.filter("place_id LIKE 'tract2010:%'").project("place_id, source_id, vintage, geometry")
    own = shares_of_outlines(catalog, drawn.pl()) if catalog.outlines else None
    shared = pl.concat(
        [
            *(_of_city(found, tables) for found in cities.registered()),
            *([] if own is None else [own.select(COLUMNS)]),
        ]
    )
    counties = _counties(population, catalog, warehouse)
    units = pl.concat([shared, _block_groups(cells, shared), counties])
    return pl.concat(
        [
            with_outside(units),
            with_outside(tract_2010_to_2020(relationship)),
            with_outside(changed_counties(pair, observation, place)),
            *(footprint(coalition, units, place) for coalition in catalog.coalitions.values()),
        ]
    ).select(COLUMNS)


def _of_city(found: cities.City, tables: dict[str, Relation]) -> pl.DataFrame:
    """The units that a city shares out among its areas."""
    return pl.concat(
        each.rows(tables).with_columns(partition=pl.lit(each.partition.id)).select(COLUMNS)
        for each in found.crosswalks
        if each.partition is not None
    )


def _block_groups(cells: Relation, tracts: pl.DataFrame) -> pl.DataFrame:
    """Block groups to the area of their tract where that is assigned; in a cut one they may lie anywhere."""
    assigned = tracts.filter(pl.col("basis") != "area")
    groups = cells.filter("geo_id LIKE '150%'").select("geo_id, vintage").distinct().pl()
    return (
        groups.select(from_place_id=census_place(pl.col("geo_id"), year_of_vintage()))
        .unique()
        .with_columns(tract=pl.col("from_place_id").str.replace("block_group", "tract").str.slice(0, 21))
        .join(assigned.rename({"from_place_id": "tract"}), on="tract")
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
        partition=pl.lit(COUNTIES),
        to_place_id="county:" + pl.col("tract_id").str.slice(0, 5),
        weight=pl.lit(1.0),
        basis=pl.lit("published"),
        source_id=pl.lit("census_decennial"),
        vintage="vintage",
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
    groups = {
        footprint: outermost([place.id for place in places], parents)
        for footprint, places in coalition.footprints.items()
    }
    members = groups.get(coalition.footprint_id, [])
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
