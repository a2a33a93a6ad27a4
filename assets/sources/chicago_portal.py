"""Chicago's community areas, 2010 tracts and 2010 block counts, from the city's portal.

Peculiar: every property is text; areas named "area", "comarea" are 0, the number stands in
`area_numbe`; the shapefile of the areas repeats the GeoJSON corner by corner; block populations have
thousands separators and stop at the city limit; six tracts of the block file have no polygon and no
people; twelve tracts carry a note that they cross a border.
"""

from collections.abc import Iterator

import polars as pl
import shapely

from assets.table import table
from lifegap.landing.files import SourceFiles, number, unparsed

TRACT_COLUMNS = {
    "tracts_geojson": ("geoid10", "commarea", "notes"),
    "tracts_csv": ("GEOID10", "COMMAREA", "NOTES"),
}


@table("sources.chicago_community_area", source="chicago_portal")
def chicago_community_area(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """The 77 polygons with the city's numbers; of the second form only what differs from the first."""
    drawn: pl.DataFrame | None = None
    for file in files.of("community_areas", "community_areas_shapefile"):
        features = file.features()
        if missing := {"area_numbe", "community", "shape_area"} - set(features.columns):
            raise file.unreadable(f"no property {', '.join(sorted(missing))}")
        rows = features.select(
            "source_file",
            "source_row",
            pl.lit(file.vintage.id).alias("vintage"),
            area_number=number("area_numbe").cast(pl.Int32),
            name=pl.col("community"),
            shape_area=pl.col("shape_area").cast(pl.Float64, strict=False),
            geometry=pl.col("geometry"),
        )
        if drawn is None:
            drawn = rows
        else:
            repeated = pl.col("area_number").is_in(_drawn_alike(rows, drawn))
            rows = file.without(rows, repeated, "repeats_another_form")
        yield rows


def _drawn_alike(areas: pl.DataFrame, others: pl.DataFrame) -> list[int]:
    """Numbers of the areas that have the same name, size and shape in both."""
    both = areas.join(others, on=["area_number", "name", "shape_area"], suffix="_other")
    shapes = (shapely.from_wkb(both[name].to_numpy()) for name in ("geometry", "geometry_other"))
    return both.filter(pl.Series(shapely.equals(*shapes)))["area_number"].to_list()


@table("sources.chicago_tract", source="chicago_portal")
def chicago_tract(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """Tracts with the community area the city assigns them to."""
    for file in files.of(*TRACT_COLUMNS):
        tract, area, notes = TRACT_COLUMNS[file.layout.id]
        if file.layout.id == "tracts_csv":
            rows = file.without_empty_lines(file.rows())
            shapes = shapely.to_wkb(shapely.from_wkt(rows["the_geom"].to_numpy()))
            rows = rows.with_columns(pl.Series("geometry", shapes, dtype=pl.Binary))
        else:
            rows = file.features()
        yield rows.select(
            "source_file",
            "source_row",
            pl.lit(file.vintage.id).alias("vintage"),
            layout=pl.lit(file.layout.id),
            tract_id=pl.col(tract),
            area_number=number(area).cast(pl.Int32),
            notes=pl.when(pl.col(notes).str.strip_chars() != "").then(pl.col(notes)),
            geometry=pl.col("geometry"),
        )


@table("sources.chicago_block", source="chicago_portal")
def chicago_block(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """People of each block inside the city."""
    for file in files.of("blocks"):
        rows = file.without_empty_lines(file.rows()).with_columns(
            pl.col("TOTAL POPULATION").str.replace_all(",", "")
        )
        yield rows.select(
            "source_file",
            "source_row",
            pl.lit(file.vintage.id).alias("vintage"),
            block_id=pl.col("CENSUS BLOCK FULL"),
            tract_id=pl.col("CENSUS BLOCK FULL").str.slice(0, 11),
            population=number("TOTAL POPULATION").cast(pl.Int32),
            unparsed=unparsed("TOTAL POPULATION"),
        )
