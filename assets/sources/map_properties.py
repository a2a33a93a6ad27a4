"""What map sources share: shapes with the properties of their layout, all of them kept as one text.

Publishers give every map other properties. Those that a table has a column for are named there; all
of them are kept together as JSON, so that nothing of a file is lost. Not here: reading a map, which
is `SourceFile.features`.
"""

import polars as pl
import shapely

from lifegap.landing.files import FILE, ROW, SourceFile


def shapes(file: SourceFile) -> pl.DataFrame:
    """The shapes of a map. One whose properties are not exactly those of its layout is refused."""
    found = file.features()
    if file.layout.format == "topojson" and found["id"].null_count() == found.height:
        found = found.drop("id")  # every shape of that format may have one; these have none
    properties = [name for name in found.columns if name not in (FILE, ROW, "geometry")]
    if other := sorted(set(properties) ^ set(file.layout.columns)):
        raise file.unreadable(f"properties only there or only expected: {', '.join(other)}")
    return found


def attributes() -> pl.Expr:
    """All properties of each shape as one JSON text, numbers as numbers, empty ones as null."""
    return pl.struct(pl.exclude(FILE, ROW, "geometry", "longitude", "latitude")).struct.json_encode()


def with_coordinates(points: pl.DataFrame) -> pl.DataFrame:
    """The frame with longitude and latitude of its points."""
    located = shapely.from_wkb(points["geometry"].to_numpy())
    return points.with_columns(
        longitude=pl.Series(shapely.get_x(located), dtype=pl.Float64),
        latitude=pl.Series(shapely.get_y(located), dtype=pl.Float64),
    )
