"""Observations of Chicago's public schools: what the schools located in a community area come to.

Schools are where their point is; pupils may live elsewhere, and do. Each school counts by the pupils that its
profile of about the same year counts. A percentile is that of the school among the nation's, so that its mean
over pupils says how the schools that they go to stand, not how many pupils are proficient.
"""

import polars as pl

from assets.warehouse.cities.chicago import CHICAGO, ILLINOIS_EAST, community_area
from assets.warehouse.observed import observed
from assets.warehouse.shapes import places_of_points, shapes
from lifegap.catalog.catalog import Catalog
from lifegap.store.warehouse import Relation

MEASURES = {
    "Graduation_4_Year_School_Pct_Year_2": "Progress_Toward_Graduation_Year_2",
    "NWEA_Reading_Attainment_Grade_3_Pct": "Progress_Report_Year",
    "NWEA_Math_Attainment_Grade_8_Pct": "Progress_Report_Year",
}
"""Column of the progress reports → the column with the year, by its end, that it is of."""

PUPILS = "Student_Count_Total"
"""Column of the profiles: pupils of the twentieth day of a school year."""

PROFILE_OF = {"2018-19": "2017-18", "2022-23": "2022-23"}
"""Progress reports → the profiles nearest to the years they tell of; those of others have none near."""

TABLE = "schools_located_here"
LATITUDE, LONGITUDE = "School_Latitude", "School_Longitude"


@observed("sources.chicago_school", "sources.chicago_community_area")
def schools_located_here(school: Relation, area: Relation, _: Catalog) -> pl.DataFrame:
    """Means over the pupils of the schools of each community area, and of the city, by report and measure."""
    rows = school.filter(
        "attribute IN " + str((*MEASURES, *MEASURES.values(), PUPILS, LATITUDE, LONGITUDE))
    ).pl()
    found = _measured(rows).join(_pupils(rows), on=["profile", "school_id"])
    located = found.join(_areas(rows, area.pl()), on=["vintage", "school_id"])
    both = pl.concat(
        [located, located.with_columns(place_id=pl.lit(CHICAGO.place_id))], how="vertical_relaxed"
    )
    return (
        both.sort("source_file", "source_row")
        .group_by("place_id", "attribute", "vintage", "year", maintain_order=True)
        .agg(
            pl.col("source_file", "source_row").first(),
            estimate=(pl.col("value") * pl.col("pupils")).sum() / pl.col("pupils").sum(),
            schools=pl.len(),
            pupils=pl.col("pupils").sum(),
        )
        .select(
            "place_id", "vintage", "source_file", "source_row", "estimate",
            table_id=pl.lit(TABLE),
            measure="attribute",
            measure_label="attribute",
            period_start="year",
            period_end="year",
            source_id=pl.lit("chicago_portal"),
            note=pl.format(
                "{} located here, with {} pupils; the row is that of the first.",
                pl.when(pl.col("schools") == 1)
                .then(pl.lit("One school"))
                .otherwise(pl.format("{} schools", "schools")),
                pl.col("pupils").cast(pl.Int64),
            ),
        )
    )  # fmt: skip


def _measured(rows: pl.DataFrame) -> pl.DataFrame:
    """vintage, profile, school_id, attribute, value, year and the row of each school's figure."""
    key = ["source_file", "source_row"]
    years = rows.filter(pl.col("attribute").is_in(list(MEASURES.values()))).select(
        *key, of_year="attribute", year=pl.col("text").cast(pl.Int32, strict=False)
    )
    return (
        rows.filter(pl.col("attribute").is_in(list(MEASURES)), pl.col("value").is_not_null())
        .with_columns(
            of_year=pl.col("attribute").replace_strict(MEASURES, return_dtype=pl.String),
            profile=pl.col("vintage").replace_strict(PROFILE_OF, default=None, return_dtype=pl.String),
        )
        .filter(pl.col("profile").is_not_null())
        .join(years.drop_nulls(), on=[*key, "of_year"])
        .select("vintage", "profile", "school_id", "attribute", "value", "year", *key)
    )


def _pupils(rows: pl.DataFrame) -> pl.DataFrame:
    """profile, school_id, pupils: of schools that have any."""
    return rows.filter(pl.col("attribute") == PUPILS, pl.col("value") > 0).select(
        "school_id", profile="vintage", pupils="value"
    )


def _areas(rows: pl.DataFrame, area: pl.DataFrame) -> pl.DataFrame:
    """vintage, school_id, place_id: the community area that each school's point lies in."""
    value, name = pl.col("value"), pl.col("attribute")
    points = (
        rows.group_by("vintage", "school_id", maintain_order=True)
        .agg(
            latitude=value.filter(name == LATITUDE).drop_nulls().first(),
            longitude=value.filter(name == LONGITUDE).drop_nulls().first(),
        )
        .drop_nulls()
    )
    areas = area.unique("area_number", keep="first", maintain_order=True).select(
        place_id=community_area(pl.col("area_number")), geometry="geometry"
    )
    return places_of_points(points, shapes(areas, ILLINOIS_EAST))
