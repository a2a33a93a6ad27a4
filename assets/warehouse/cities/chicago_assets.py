"""What Chicago's lists of places and of schools hold as assets, each with the community area that it states.

A pharmacy counts where the list says that it is open. Of a school the report of its year that stands first is
taken: profile and progress report of one year tell of the same schools.
"""

import polars as pl

from assets.warehouse.cities import LISTED
from assets.warehouse.cities.chicago import CHICAGO, community_area
from lifegap.store.warehouse import Relation

TYPES = {
    "grocery_store": "grocery",
    "pharmacy": "pharmacy",
    "primary_care": "health_center",
    "mental_health_clinic": "mental_health_clinic",
    "wic_clinic": "wic_clinic",
    "sti_clinic": "sti_clinic",
    "senior_center": "senior_center",
    "service_center": "service_center",
    "library": "library",
}
"""Kind of a place in the city's lists → type of asset.

Housing is none: its rows are buildings, and one development stands there with one or with twenty."""

COUNTED = {"open": None, "closed": "closed", "permanently closed": "closed", "unknown": "status_unknown"}
"""Status of a pharmacy → why it is not counted."""

SCHOOL = {
    "name": ("Long_Name", "NAME_OF_SCHOOL"),
    "address": ("Address", "Street_Address"),
    "latitude": ("School_Latitude", "Latitude"),
    "longitude": ("School_Longitude", "Longitude"),
    "area": ("COMMUNITY_AREA_NUMBER",),
}
"""What is asked of a school → the columns of the reports that say it, by year."""


@CHICAGO.assets("sources.chicago_point")
def places(point: Relation) -> pl.DataFrame:
    """Groceries, pharmacies, clinics, centers and libraries, by license where they have one."""
    status, kind = pl.col("status"), pl.col("kind")
    told = status.replace_strict(COUNTED, default="status_unknown", return_dtype=pl.String)
    rows = point.filter("kind IN " + str((*TYPES,))).pl()
    return rows.select(
        "name", "address", "status", "latitude", "longitude", "vintage", "source_file", "source_row",
        asset_type=kind.replace_strict(TYPES, return_dtype=pl.String),
        key=pl.col("source_row").cast(pl.String),
        number="id",
        stated_place=community_area(pl.col("area_number")),
        not_counted=pl.when(status.is_not_null()).then(told),
        source_id=pl.lit("chicago_portal"),
    ).select(LISTED)  # fmt: skip


@CHICAGO.assets("sources.chicago_school")
def schools(school: Relation) -> pl.DataFrame:
    """Public schools, one a school and year."""
    names = [name for columns in SCHOOL.values() for name in columns]
    cells = school.filter("attribute IN " + str((*names,))).pl().sort("source_file", "source_row")
    said = {
        what: pl.col("value" if what in ("latitude", "longitude", "area") else "text")
        .filter(pl.col("attribute").is_in(columns))
        .drop_nulls()
        .first()
        for what, columns in SCHOOL.items()
    }
    return (
        cells.group_by("vintage", "school_id", maintain_order=True)
        .agg(pl.col("source_file", "source_row").first(), **said)
        .select(
            "name", "address", "latitude", "longitude", "vintage", "source_file", "source_row",
            asset_type=pl.lit("school"),
            key="school_id",
            number="school_id",
            stated_place=community_area(pl.col("area").cast(pl.Int64)),
            status=pl.lit(None, pl.String),
            not_counted=pl.lit(None, pl.String),
            source_id=pl.lit("chicago_portal"),
        )
        .select(LISTED)
    )  # fmt: skip
