"""`published.asset_access`: assets of a place by its people, and how far its people live from the nearest.

Places are the areas of a city, the city itself, and footprints made of its areas alone. People live at the
centers of the parts that an area has of its 2010 tracts, each with its share of the tract's census count, as
everywhere else here. Distances are as the crow flies, in the UTM zone of the city (scale within 0.04
percent), to the nearest counted asset of the list, in the place or not. What a list does not hold beyond its
edge may be nearer: `edge_share` is the part of the people of whom that may be so.
"""

from typing import TYPE_CHECKING

import polars as pl

from assets.analyses.asset import EDITION, areas_with_shapes
from assets.editions import bundled_sources
from assets.quotable import caveat_of_source
from assets.table import table
from assets.units import FOR_FIGURES, UNOFFICIAL, shares_of
from assets.warehouse.shapes import EQUAL_AREA, WGS84, shapes
from assets.wording import sentences
from lifegap.catalog.catalog import Catalog
from lifegap.catalog.tables import declared_tables
from lifegap.store.warehouse import Relation, Warehouse

if TYPE_CHECKING:
    import geopandas as gpd

METHOD = "tract_parts"
MEASURED_FROM = 2010
"""Census whose tracts have a shape wherever areas have one."""

LIST = EDITION[1:]
FIGURES = ["place_id", *LIST]
WORDS = {
    "twice": "listed twice",
    "closed": "closed",
    "status_unknown": "whose status is unknown",
    "nowhere": "without coordinates",
    "outside": "outside all areas",
    "disagrees": "whose address or area code names another place than the shapes",
}
"""What a note counts."""

AS_LISTED = (
    "Counts what the list of that edition holds. It does not say that an asset is open to everyone, and "
    "distances are not ways."
)
UNDATED = "The list bears no date."
BY_UNOFFICIAL = "People of 2020 are counted by an unofficial list of tracts."
YEARS_APART = 5
GAP_METERS = 20.0


@table(
    "published.asset_access",
    asset="published.asset",
    known="warehouse.place",
    boundary="warehouse.place_boundary",
    crosswalk="warehouse.crosswalk",
    partition="warehouse.partition",
)
def asset_access(
    asset: pl.DataFrame,
    known: Relation,
    boundary: Relation,
    crosswalk: pl.DataFrame,
    partition: pl.DataFrame,
    catalog: Catalog,
    warehouse: Warehouse,
) -> pl.DataFrame:
    """One row per place and list that covers it."""
    areas = areas_with_shapes(known, boundary)
    shares = shares_of(crosswalk, partition, FOR_FIGURES)
    parts = parts_of_tracts(shares, areas, known)
    members = members_of_places(shares, areas)
    counts = _counts(asset, members)
    nearest = _nearest(asset, areas, centers_of_parts(parts, areas, boundary), members)
    rows = (
        counts.join(people_of_lists(parts, members, counts), on=FIGURES, how="left")
        .join(nearest, on=FIGURES, how="left")
        .join(_notes(asset), on=EDITION)
    )
    columns = [column.name for column in declared_tables()["published.asset_access"].columns]
    return rows.pipe(_judged, catalog, bundled_sources(catalog, warehouse)).select(columns).sort(FIGURES)


def parts_of_tracts(shares: pl.DataFrame, areas: pl.DataFrame, known: Relation) -> pl.DataFrame:
    """area, tract, census, people (null where the tract was not counted), unofficial: the parts of areas."""
    counted = known.filter("place_type LIKE 'tract%'").project("place_id AS tract, population").pl()
    return (
        shares.filter(
            pl.col("from_place_id").str.starts_with("tract"),
            pl.col("to_place_id").is_in(areas["place_id"].implode()),
        )
        .select(
            "weight",
            area="to_place_id",
            tract="from_place_id",
            census=pl.col("from_place_id").str.extract(r"^tract(\d{4}):").cast(pl.Int32),
            unofficial=pl.col("basis") == UNOFFICIAL,
        )
        .join(counted, on="tract", how="left")
        .with_columns(people=pl.col("population") * pl.col("weight"))
        .sort("area", "tract")
        .drop("population")
    )


def members_of_places(shares: pl.DataFrame, areas: pl.DataFrame) -> pl.DataFrame:
    """place_id, area, covered_place_id: each area, what it is part of, footprints of areas of one city."""
    own = areas.select("place_id", "covered_place_id", area="place_id")
    whole = areas.select("covered_place_id", area="place_id", place_id="covered_place_id")
    made = shares.filter(~pl.col("from_place_id").str.contains(r"^(tract|block_group)")).select(
        place_id="to_place_id", area="from_place_id"
    )
    footprints = made.join(areas.select("covered_place_id", area="place_id"), on="area", how="left").filter(
        pl.col("covered_place_id").is_not_null().all().over("place_id"),
        (pl.col("covered_place_id").n_unique() == 1).over("place_id"),
    )
    columns = ["place_id", "area", "covered_place_id"]
    return pl.concat([each.select(columns) for each in (own, whole, footprints)]).unique(maintain_order=True)


def _counts(asset: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """Counted assets of every place that each list covers, and those that the list puts elsewhere."""
    counted = (
        asset.filter(pl.col("not_counted").is_null(), pl.col("place_id").is_not_null())
        .group_by(*EDITION, area="place_id")
        .agg(count=pl.len().cast(pl.Int64))
    )
    elsewhere = (
        asset.filter(pl.col("not_counted").is_null(), pl.col("place_id").is_not_null())
        .join(members.select("area", of="place_id"), left_on="place_id", right_on="area")
        .join(
            members.select("area", of="place_id", held=pl.lit(value=True)),
            left_on=["stated_place", "of"], right_on=["area", "of"], how="left",
        )
        .filter(pl.col("stated_place").is_not_null(), pl.col("held").is_null())
        .group_by(*EDITION, place_id="of")
        .agg(stated_elsewhere=pl.len().cast(pl.Int64))
    )  # fmt: skip
    lists = asset.select(EDITION).unique(maintain_order=True)
    return (
        lists.join(members, on="covered_place_id")
        .join(counted, on=[*EDITION, "area"], how="left")
        .group_by(*EDITION, "place_id", maintain_order=True)
        .agg(pl.col("count").fill_null(0).sum())
        .join(elsewhere, on=[*EDITION, "place_id"], how="left")
        .with_columns(pl.col("stated_elsewhere").fill_null(0))
    )


def people_of_lists(parts: pl.DataFrame, members: pl.DataFrame, counts: pl.DataFrame) -> pl.DataFrame:
    """People of each place in the census nearest to the year of the list; the earlier of two as near."""
    of_area = parts.group_by("area", people_year="census").agg(
        people=pl.when(pl.col("people").is_not_null().all()).then(pl.col("people").sum()),
        unofficial=pl.col("unofficial").any(),
    )
    sizes = members.group_by("place_id").agg(areas=pl.len())
    of_place = (
        members.join(of_area, on="area")
        .group_by("place_id", "people_year")
        .agg(pl.col("people").sum(), pl.col("unofficial").any(), known=pl.col("people").count())
        .join(sizes, on="place_id")
        .filter(pl.col("known") == pl.col("areas"))
    )
    apart = (pl.col("year") - pl.col("people_year")).abs()
    return (
        counts.select(FIGURES)
        .with_columns(year=pl.col("vintage").str.extract(r"\b((?:19|20)\d\d)\b").cast(pl.Int32))
        .with_columns(year=pl.col("year").fill_null(MEASURED_FROM))
        .join(of_place, on="place_id")
        .with_columns(apart=apart)
        .sort("apart", "people_year")
        .unique(FIGURES, keep="first", maintain_order=True)
        .select(*FIGURES, "people", "people_year", "unofficial", "apart")
    )


def centers_of_parts(parts: pl.DataFrame, areas: pl.DataFrame, boundary: Relation) -> pl.DataFrame:
    """area, people, longitude, latitude: the center of the part of each inhabited tract in the area.

    Of an assigned tract whose shape misses the area, its own center. An area of which one tract has no shape
    or no count is left out.
    """
    import geopandas as gpd

    drawn = (
        boundary.filter("place_id LIKE 'tract%'")
        .project("place_id AS tract, geometry AS tract_geometry")
        .pl()
    )
    lived = (
        parts.filter(pl.col("census") == MEASURED_FROM, (pl.col("people") > 0) | pl.col("people").is_null())
        .join(drawn, on="tract", how="left")
        .filter((pl.col("people").is_not_null() & pl.col("tract_geometry").is_not_null()).all().over("area"))
        .join(areas.select(area="place_id", geometry="geometry"), on="area")
    )
    tracts = gpd.GeoSeries.from_wkb(lived["tract_geometry"].to_list(), crs=WGS84)
    inside = tracts.intersection(gpd.GeoSeries.from_wkb(lived["geometry"].to_list(), crs=WGS84), align=False)
    shape = inside.where(~inside.is_empty, tracts)
    points = shape.to_crs(epsg=EQUAL_AREA).centroid.to_crs(epsg=WGS84)
    return lived.select(
        "area", "people",
        longitude=pl.Series(points.x.to_numpy()), latitude=pl.Series(points.y.to_numpy()),
    )  # fmt: skip


def _nearest(
    asset: pl.DataFrame, areas: pl.DataFrame, centers: pl.DataFrame, members: pl.DataFrame
) -> pl.DataFrame:
    """nearest_km and edge_share of every place, by list."""
    located = asset.filter(pl.col("not_counted").is_null(), pl.col("latitude").is_not_null())
    measured = [
        _distances(points, within, centers.filter(pl.col("area").is_in(within["place_id"].implode())))
        for points in located.partition_by("covered_place_id", maintain_order=True)
        if not (
            within := areas.filter(pl.col("covered_place_id") == points["covered_place_id"][0])
        ).is_empty()
    ]
    if not measured:
        kinds = dict.fromkeys(FIGURES, pl.String) | {"nearest_km": pl.Float64, "edge_share": pl.Float64}
        return pl.DataFrame(schema=kinds)
    people, total = pl.col("people"), pl.col("people").sum()
    return (
        members.filter(pl.col("area").is_in(centers["area"].implode()).all().over("place_id"))
        .join(pl.concat(measured), on="area")
        .group_by(FIGURES)
        .agg(
            nearest_km=(people * pl.col("meters")).sum() / total / 1000,
            edge_share=(people * (pl.col("to_edge") < pl.col("meters"))).sum() / total,
        )
    )


def _distances(points: pl.DataFrame, areas: pl.DataFrame, centers: pl.DataFrame) -> pl.DataFrame:
    """area, people, meters and to_edge of each center, by list, in the UTM zone of the areas."""
    import geopandas as gpd

    lonlat = shapes(areas.select("place_id", "geometry"), WGS84)
    zone = _utm_zone(lonlat)
    # Borders that were drawn twice miss each other by a little, and leave gaps that are no edge.
    planar_areas = lonlat.to_crs(zone).simplify(1.0)
    edge = planar_areas.buffer(GAP_METERS).union_all().buffer(-GAP_METERS).boundary

    def planar(frame: pl.DataFrame) -> "gpd.GeoSeries":
        columns = frame["longitude"].to_list(), frame["latitude"].to_list()
        return gpd.GeoSeries(gpd.points_from_xy(*columns, crs=WGS84)).to_crs(zone)

    homes = planar(centers)
    to_edge = homes.distance(edge).to_numpy()
    found = []
    for each in points.partition_by(LIST, maintain_order=True):
        _, meters = planar(each).sindex.nearest(homes, return_all=False, return_distance=True)
        found.append(
            centers.select(
                "area", "people", *(pl.lit(each[name][0]).alias(name) for name in LIST),
                meters=pl.Series(meters), to_edge=pl.Series(to_edge),
            )
        )  # fmt: skip
    return pl.concat(found)


def _utm_zone(lonlat: "gpd.GeoDataFrame") -> int:
    """EPSG code of the zone that holds the middle of the shapes."""
    west, south, east, north = lonlat.total_bounds
    return (32_600 if north + south >= 0 else 32_700) + int(((west + east) / 2 + 180) // 6) + 1


def _notes(asset: pl.DataFrame) -> pl.DataFrame:
    """What each list holds, and how much of it counts nowhere or disagrees, in words."""
    told = {
        **{name: pl.col("not_counted") == name for name in ("twice", "closed", "status_unknown")},
        **{name: pl.col("located") == name for name in ("nowhere", "outside")},
        "disagrees": ~pl.col("agrees"),
    }
    numbers = asset.group_by(EDITION).agg(
        listed=pl.len(), **{name: is_so.fill_null(value=False).sum() for name, is_so in told.items()}
    )
    words = [pl.when(pl.col(name) > 0).then(pl.format("{} " + WORDS[name], name)) for name in told]
    parts = pl.concat_str(*words, separator=", ", ignore_nulls=True)
    return numbers.select(
        *EDITION,
        note=pl.when(parts != "")
        .then(pl.format("Of {} listed: {}.", "listed", parts))
        .otherwise(pl.format("{} listed.", "listed")),
    )


def _judged(rows: pl.DataFrame, catalog: Catalog, sliced: list[str]) -> pl.DataFrame:
    """The rows with rates, reasons and caveats."""
    known = pl.col("people") > 0
    undated = ~pl.col("vintage").str.contains(r"\b(?:19|20)\d\d\b")
    no_people = "not_in_bundle" if sliced else "not_computable:no_weights"
    return rows.with_columns(
        method=pl.lit(METHOD),
        per_10000=pl.when(known).then(pl.col("count") * 10_000 / pl.col("people")),
        reason=pl.when(pl.col("people").is_null())
        .then(pl.lit(no_people))
        .when(~known)
        .then(pl.lit("not_computable:no_denominator"))
        .when(pl.col("nearest_km").is_null())
        .then(pl.lit("not_computable:no_distance")),
        caveat=sentences(
            pl.lit(AS_LISTED),
            pl.when(undated).then(pl.lit(UNDATED)),
            pl.when(pl.col("unofficial")).then(pl.lit(BY_UNOFFICIAL)),
            pl.when(pl.col("apart") > YEARS_APART).then(
                pl.format("People are those of {}, {} years apart from the list.", "people_year", "apart")
            ),
            caveat_of_source(catalog),
        ),
    )
