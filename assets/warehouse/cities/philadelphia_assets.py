"""What Philadelphia's lists of facilities hold as assets, each with the ZIP code of its address.

Hospitals are those of the whole state, so that most lie outside the city. A center for older adults is a site
of that program whose name says so: two of the program's sites are a playground and a recreation center, which
stand in the list a second time for it.
"""

import polars as pl

from assets.warehouse.cities import LISTED
from assets.warehouse.cities.philadelphia import PHILADELPHIA
from lifegap.store.warehouse import Relation

TYPES = {
    "health_center": "health_center",
    "school": "school",
    "corner_store": "corner_store",
    "farmers_market": "farmers_market",
    "hospital": "hospital",
    "recreation_site": "recreation_site",
}
"""Kind of a facility in the city's lists → type of asset; label points of districts are none."""

ADDRESS = ("FULL_ADDRESS", "FACIL_ADDRESS", "STORE_ADDRESS", "ADDRESS", "STREET")
"""Properties that hold the address, by list."""

FOR_OLDER_ADULTS, SO_NAMED = "OLDER_ADULT_CENTER", r"(?i)\b(older adult|senior) center\b"


@PHILADELPHIA.assets("sources.philadelphia_point")
def facilities(point: Relation) -> pl.DataFrame:
    """Health centers, schools, corner stores, markets, hospitals, recreation sites, senior centers."""
    properties = pl.col("attributes").str.json_path_match
    program, kind = properties("$.program_type"), pl.col("kind")
    for_older = (program == FOR_OLDER_ADULTS).fill_null(value=False)
    so_named = pl.col("name").str.contains(SO_NAMED)
    rows = point.filter("kind IN " + str((*TYPES,))).project("* EXCLUDE (geometry)").pl()
    return rows.select(
        "name", "latitude", "longitude", "vintage", "source_file", "source_row",
        asset_type=pl.when(for_older & so_named).then(pl.lit("senior_center")).otherwise(
            kind.replace_strict(TYPES, return_dtype=pl.String)
        ),
        key="id",
        number="id",
        address=pl.coalesce(properties(f"$.{name}") for name in ADDRESS),
        stated_place="zip:" + pl.col("zip"),
        status=pl.lit(None, pl.String),
        not_counted=pl.when(for_older & ~so_named).then(pl.lit("twice")),
        source_id=pl.lit("philadelphia_portal"),
    ).select(LISTED)  # fmt: skip
