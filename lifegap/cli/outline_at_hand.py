"""What an outline can be made of: the tracts that it covers and cuts, as the warehouse at hand draws them."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from lifegap.catalog.known_places import WITHOUT_TRACT_FIGURES
from lifegap.catalog.outlines import OutlineShape
from lifegap.cli.at_hand import AtHand, nearest
from lifegap.cli.options import WHOLE_FILES
from lifegap.errors import error

if TYPE_CHECKING:
    import polars as pl

NEAR = 0.5
"""Degrees around an outline within which a tract's point may lie that it touches."""


@dataclass(frozen=True)
class OutlineAtHand:
    """The county that most of an outline lies in, its tracts, and those of them with a life table."""

    county: str
    tracts: int
    with_life_table: int


def outline_at_hand(file: Path, shape: OutlineShape, warehouse: Path, data: AtHand) -> OutlineAtHand:
    """What the outline is made of. Raises UNKNOWN-NAME with why it cannot be made, and what can be shown."""
    import polars as pl
    import shapely

    from assets.units import LEAST_SHARE
    from assets.warehouse.outlines import LEAST_COVERED
    from assets.warehouse.shapes import EQUAL_AREA, overlay_shares, shapes

    center = shapely.from_wkb(shape.geometry).representative_point()
    county = nearest((center.y, center.x), data.points)
    instead = "name its county with --county"
    if county is not None:
        instead = f"{data.places.names.get(county, county)} can be shown: --county {county.partition(':')[2]}"
    tracts = _tracts_around(warehouse, (center.y, center.x))
    more = f", or have more: {WHOLE_FILES}" if data.sources == "bundle" else ""
    if tracts.is_empty():
        raise _not_made(file, f"no shapes of tracts around it at hand ({data.said_of}){more}", instead)
    outline = shapes(pl.DataFrame({"outline": ["o"], "geometry": [shape.geometry]}), EQUAL_AREA)
    drawn = shapes(tracts.select("place_id", "geometry"), EQUAL_AREA)
    size = pl.DataFrame({"place_id": list(drawn["place_id"]), "whole": drawn.area.to_numpy()})
    found = overlay_shares(drawn, outline).join(size, on="place_id").join(tracts, on="place_id")
    found = found.with_columns(land=pl.col("weight") * pl.col("whole"))
    covered = float(found["land"].sum()) / float(outline.area.sum())
    if covered < LEAST_COVERED:
        raise _not_made(file, f"shapes of tracts cover {covered:.0%} of it ({data.said_of}){more}", instead)
    parts = found.filter(pl.col("weight") >= LEAST_SHARE)
    codes = found.group_by(code=pl.col("place_id").str.slice(len("tract2010:"), 5)).agg(pl.col("land").sum())
    code = codes.sort("land", "code")["code"].to_list()[-1]
    if not parts["has_table"].any():
        state = WITHOUT_TRACT_FIGURES.get(code[:2])
        why = (
            f"the national estimates of tracts leave out {state}"
            if state
            else "none of its tracts has a life table"
        )
        raise _not_made(file, why, instead)
    return OutlineAtHand(code, len(parts), int(parts["has_table"].sum()))


def _tracts_around(warehouse: Path, point: tuple[float, float]) -> "pl.DataFrame":
    """place_id, geometry, has_table of the tracts of 2010 near a point; none before the first refresh."""
    import polars as pl

    empty = pl.DataFrame(schema={"place_id": pl.String, "geometry": pl.Binary, "has_table": pl.Boolean})
    if not warehouse.is_file():
        return empty
    try:
        with duckdb.connect() as connection:
            quoted = str(warehouse).replace("'", "''")
            connection.execute(f"ATTACH '{quoted}' AS at_hand (READ_ONLY)")
            return connection.execute(
                "SELECT place_id, geometry, place_id IN (SELECT place_id FROM at_hand.warehouse.life_table) "
                "AS has_table FROM at_hand.warehouse.place_boundary WHERE place_id LIKE 'tract2010:%' "
                "AND abs(latitude - $lat) < $near AND abs(longitude - $lon) < $near ORDER BY place_id",
                {"lat": point[0], "lon": point[1], "near": NEAR},
            ).pl()
    except duckdb.CatalogException:
        return empty
    except duckdb.IOException:
        raise error(
            "BUSY",
            doing=f"reading {warehouse}",
            found="it is being written",
            expected="no refresh at the same time",
            todo="wait for it to end, and say it again",
        ) from None


def _not_made(file: Path, why: str, instead: str) -> Exception:
    return error(
        "UNKNOWN-NAME",
        doing=f"making a place of the outline {file}",
        found=why,
        expected="tracts that cover it, with life tables to be pooled",
        todo=instead,
    )
