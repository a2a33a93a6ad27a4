"""Places of Chicago as points, from the city's portal: groceries, pharmacies, clinics, housing, centers.

Peculiar: coordinates stand in columns, in a text "POINT (longitude latitude)" or in GeoJSON; 40 housing
developments and 8 pharmacies have none; one clinic lies in Kansas, two pharmacies beyond the city limit;
the clinics' column "Community Areas" holds region ids of the portal, the area's number stands in brackets
after its name; their header has "Address" twice and an empty name, the columns after which somebody
added; the grocery list of 2013 has one license twice and one store without, two groceries a tract code
without state and county; a housing development is said to lie in Austin under the number of Logan Square;
the status of pharmacies comes in any mixture of capitals; clinics stand in two lists. Numbers decide.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl
import shapely

from assets.table import table
from lifegap.landing.files import FILE, ROW, SourceFile, SourceFiles, number, unparsed

WEST, EAST, SOUTH, NORTH = -87.95, -87.52, 41.64, 42.03
"""A rectangle around Chicago, in degrees."""

POINT = ("printed_longitude", "printed_latitude")

COORDINATE = r"(-?\d+(?:\.\d+)?)"
CLINICS = {
    "Mental Health Clinic": "mental_health_clinic",
    "WIC Clinic": "wic_clinic",
    "STI Specialty Clinic": "sti_clinic",
}


@dataclass(frozen=True)
class List:
    """Columns of a list of places; what is in none of them becomes an attribute."""

    name: str
    address: str
    kind: str | None = None
    clinic_type: str | None = None
    id: str | None = None
    area: str | None = None
    area_in_brackets: str | None = None
    status: str | None = None
    longitude: str | None = None
    latitude: str | None = None
    point: str | None = None

    @property
    def as_printed(self) -> set[str | None]:
        """Columns of the file that stand in the table as they are, and in no attribute."""
        return {self.name, self.address, self.id, self.area, self.longitude, self.latitude}


_GROCERY = List(
    name="STORE NAME",
    address="ADDRESS",
    kind="grocery_store",
    id="LICENSE ID",
    area="COMMUNITY AREA",
    longitude="LONGITUDE",
    latitude="LATITUDE",
)

LISTS = {
    "grocery_2011": _GROCERY,
    "grocery_2013": _GROCERY,
    "housing": List(
        name="Property Name",
        address="Address",
        kind="affordable_housing",
        area="Community Area Number",
        longitude="Longitude",
        latitude="Latitude",
    ),
    "pharmacies": List(
        name="Pharmacy Name",
        address="Address",
        kind="pharmacy",
        status="Status",
        point="New Georeferenced Column",
    ),
    "primary_care": List(
        name="Facility",
        address="Address (added)",
        kind="primary_care",
        area_in_brackets="Community Area (#)",
        longitude="LON",
        latitude="LAT",
    ),
    "clinics_table": List(
        name="Site Name", address="Street Address", id="Site Number", clinic_type="Clinic Type"
    ),
    "clinics_api": List(
        name="site_name", address="street_address", id="site_number", clinic_type="clinic_type"
    ),
    "senior_centers": List(name="site_name", address="address", kind="senior_center"),
    "service_centers": List(name="site", address="address", kind="service_center"),
    "libraries": List(name="name_", address="address", kind="library"),
}
"""Layout → its columns. GeoJSON has the point as shape."""


@table("sources.chicago_point", source="chicago_portal")
def chicago_point(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per place and list."""
    for file in files.of(*LISTS):
        of = LISTS[file.layout.id]
        rows = _rows(file)
        others = [name for name in rows.columns if name not in {*of.as_printed, *POINT, FILE, ROW}]
        located = _located(rows.with_columns(attributes=pl.struct(others).struct.json_encode()), of)
        yield located.select(
            FILE,
            ROW,
            pl.lit(file.vintage.id).alias("vintage"),
            "attributes",
            kind=_kind(of),
            id=pl.lit(None, pl.String) if of.id is None else pl.col(of.id),
            name=pl.col(of.name).str.strip_chars(),
            address=pl.col(of.address).str.strip_chars(),
            area_number=number("printed_area").cast(pl.Int32),
            status=pl.lit(None, pl.String) if of.status is None else pl.col(of.status).str.to_lowercase(),
            longitude=number("printed_longitude"),
            latitude=number("printed_latitude"),
            located=pl.when(number("printed_longitude").is_null())
            .then(pl.lit("nowhere"))
            .when(
                number("printed_longitude").is_between(WEST, EAST),
                number("printed_latitude").is_between(SOUTH, NORTH),
            )
            .then(pl.lit("city"))
            .otherwise(pl.lit("elsewhere")),
            unparsed=unparsed("printed_area", "printed_longitude", "printed_latitude"),
        )


def _rows(file: SourceFile) -> pl.DataFrame:
    """The places as rows of text; the point of a GeoJSON as columns of its own."""
    if file.layout.format == "geojson":
        features = file.features()
        points = shapely.from_wkb(features["geometry"].to_numpy())
        return features.drop("geometry").with_columns(
            pl.col(pl.Null).cast(pl.String),
            pl.col(pl.String).replace("", None),
            printed_longitude=pl.Series(shapely.get_x(points)).cast(pl.String),
            printed_latitude=pl.Series(shapely.get_y(points)).cast(pl.String),
        )
    if file.layout.id != "primary_care":
        return file.without_empty_lines(file.rows())
    before, after = file.header[0][:11], [f"{name} (added)" for name in file.header[0][12:]]
    added = {"LAT (added)": "LAT", "LON (added)": "LON"}
    return file.without_empty_lines(
        file.rows([*before, "(no name)", *(added.get(name, name) for name in after)])
    )


def _located(rows: pl.DataFrame, of: List) -> pl.DataFrame:
    """The rows with area and coordinates as text; what cannot be taken out of a text stays whole."""
    area = pl.lit(None, pl.String)
    if of.area is not None:
        area = pl.col(of.area)
    elif of.area_in_brackets is not None:
        printed = pl.col(of.area_in_brackets)
        area = pl.coalesce(printed.str.extract(r"\((\d+)\)\s*$"), printed)
    placed = {"printed_area": area}
    if of.longitude is not None and of.latitude is not None:
        placed |= {"printed_longitude": pl.col(of.longitude), "printed_latitude": pl.col(of.latitude)}
    elif of.point is not None:
        pattern, printed = rf"^POINT \({COORDINATE} {COORDINATE}\)$", pl.col(of.point)
        placed |= {
            "printed_longitude": pl.coalesce(printed.str.extract(pattern, 1), printed),
            "printed_latitude": pl.coalesce(printed.str.extract(pattern, 2), printed),
        }
    return rows.with_columns(**placed)


def _kind(of: List) -> pl.Expr:
    """The kind of the list, or of each clinic by its type."""
    if of.clinic_type is None:
        return pl.lit(of.kind)
    return pl.col(of.clinic_type).replace_strict(CLINICS, default=None, return_dtype=pl.String)
