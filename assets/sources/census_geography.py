"""Census geography: codes, shapes of counties, tracts and ZCTAs, and which code belongs to which.

Peculiar: the list of codes of 2010 has no header, that of 2020 has one; others print the gazetteer without
its header, the publisher zips it and ends its last column in a hundred blanks. The 2020-2010 relationship
files of the mirror have eight of the sixteen columns, and they, the ZIP codes of counties and the tracts of
ZCTAs have only the pairs that touch four states or some counties; two files may have the same pair. A
spreadsheet that reads ZIP codes as numbers takes their zeros off. The mirror's pairs of ZCTAs and tracts have
no share, so they can give no weights; the Bureau's of 2020 name tracts beside no ZCTA where none reaches. A
ZIP code where nobody lives has residential shares of 0. The 2010 counties are no UTF-8. A ZCTA's GEOID10
carries its state before the five digits, and its map the same area and length for every shape. The tracts
around Philadelphia are simplified and have nothing but their code. Connecticut's tracts are printed as
Python prints bytes, b'09009350400', the names of its counties and regions cut short, and the number of a
tract as a decimal, 3504.0. Counties follow their year: 46113, 02270 and 51515 in 2010, 46102 and 02158
since; Connecticut has eight counties in all of them, and planning regions in its own file and since 2022.
"""

from collections.abc import Iterator

import polars as pl

from assets.sources.map_properties import attributes, shapes
from assets.table import table
from lifegap.landing.files import FILE, ROW, SourceFile, SourceFiles, number, unparsed

SHAPES = {
    "county_shapes": ("county", "GEOID", "NAME", "ALAND", "AWATER"),
    "county_shapes_2010": ("county", "GEO_ID", "NAME", None, None),
    "tract_shapes": ("tract", "GEOID", "NAME", "ALAND", "AWATER"),
    "tract_shapes_tiger": ("tract", "GEOID", "NAME", "ALAND", "AWATER"),
    "tract_shapes_simplified": ("tract", "GEOID", None, None, None),
    "zcta_shapes": ("zcta", "ZCTA5CE10", None, "ALAND10", "AWATER10"),
}
"""Layout → level, and the columns of code, name, land and water."""

PAIRS = {
    "zip_counties": ("zip", "ZIP", "county", "COUNTY"),
    "zip_counties_workbook": ("zip", "ZIP", "county", "COUNTY"),
    "zcta_tracts": ("zcta", "ZCTA5", "tract", "GEOID"),
    "zcta_tracts_2020": ("zcta", "GEOID_ZCTA5_20", "tract", "GEOID_TRACT_20"),
    "connecticut_tracts": ("tract", "tract_fipscode_2020", "tract", "tract_fipscode_2022"),
}
"""Layout → level and column of the one code, level and column of the other."""

SHARES = {
    "residential_share": "RES_RATIO",
    "business_share": "BUS_RATIO",
    "other_share": "OTH_RATIO",
    "total_share": "TOT_RATIO",
}


@table("sources.county_code", source="census_geography")
def county_code(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per county and list."""
    for file in files.of("county_codes", "county_codes_with_header"):
        rows = file.without_empty_lines(file.rows())
        yield rows.select(
            "source_file",
            "source_row",
            pl.lit(file.vintage.id).alias("vintage"),
            state=pl.col("STATE"),
            state_fips=pl.col("STATEFP"),
            county_fips=pl.col("STATEFP") + pl.col("COUNTYFP"),
            name=pl.col("COUNTYNAME"),
            **{"class": pl.col("CLASSFP")},
        )


@table("sources.tract_relationship", source="census_geography")
def tract_relationship(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per pair of tracts that share land or water; what another file has said is set aside."""
    numbers = {
        "land_2020": "AREALAND_TRACT_20",
        "land_2010": "AREALAND_TRACT_10",
        "land_part": "AREALAND_PART",
        "water_part": "AREAWATER_PART",
    }
    earlier = pl.DataFrame()
    for file in files.of("tract_relationship"):
        rows = file.without_empty_lines(file.rows())
        rows, earlier = file.not_in_earlier_files(
            rows, ["GEOID_TRACT_20", "GEOID_TRACT_10", *numbers.values()], earlier
        )
        yield rows.select(
            "source_file",
            "source_row",
            pl.lit(file.vintage.id).alias("vintage"),
            tract_2020=pl.col("GEOID_TRACT_20"),
            tract_2010=pl.col("GEOID_TRACT_10"),
            **{name: number(printed) for name, printed in numbers.items()},
            unparsed=unparsed(*numbers.values()),
        )


@table("sources.county_gazetteer", source="census_geography")
def county_gazetteer(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per county: its areas and a point inside it."""
    numbers = {
        "land": "ALAND",
        "water": "AWATER",
        "land_square_miles": "ALAND_SQMI",
        "water_square_miles": "AWATER_SQMI",
        "latitude": "INTPTLAT",
        "longitude": "INTPTLONG",
    }
    for file in files.of(
        "gazetteer_counties", "gazetteer_counties_with_header", "gazetteer_counties_zip"
    ):  # fmt: skip
        rows = file.without_empty_lines(file.rows())
        yield rows.select(
            "source_file",
            "source_row",
            pl.lit(file.vintage.id).alias("vintage"),
            state=pl.col("USPS"),
            county_fips=pl.col("GEOID"),
            ansi_code=pl.col("ANSICODE"),
            name=pl.col("NAME"),
            **{name: number(printed) for name, printed in numbers.items()},
            unparsed=unparsed(*numbers.values()),
        )


@table("sources.boundary_shape", source="census_geography")
def boundary_shape(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per county, tract or ZCTA and vintage."""
    for file in files.of(*SHAPES):
        level, code, name, land, water = SHAPES[file.layout.id]
        yield shapes(file).select(
            "source_file",
            "source_row",
            pl.lit(file.vintage.id).alias("vintage"),
            level=pl.lit(level),
            code=pl.col(code).str.strip_prefix("0500000US"),
            name=_column(name, pl.String),
            land_area=_column(land, pl.Float64),
            water_area=_column(water, pl.Float64),
            attributes=attributes(),
            geometry=pl.col("geometry"),
        )


@table("sources.code_pair", source="census_geography")
def code_pair(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per pair: a ZIP code and a county, a ZCTA and a tract, a tract and its new code."""
    for file in files.of(*PAIRS):
        level, code, other_level, other_code = PAIRS[file.layout.id]
        rows = _pairs(file)
        shared = all(printed in rows.columns for printed in SHARES.values())
        found, declared = set(file.match.names), (*file.layout.columns, *file.layout.optional)
        texts = [name for name in declared if name in found and name not in (code, other_code)]
        yield rows.select(
            "source_file",
            "source_row",
            pl.lit(file.vintage.id).alias("vintage"),
            from_level=pl.lit(level),
            from_code=_five_digits(code),
            to_level=pl.lit(other_level),
            to_code=_five_digits(other_code),
            **{
                name: number(printed) if shared else pl.lit(None, pl.Float64)
                for name, printed in SHARES.items()
            },
            attributes=pl.lit(None, pl.String) if shared else pl.struct(texts).struct.json_encode(),
            unparsed=unparsed(*SHARES.values()) if shared else pl.lit(None, pl.String),
        )


def _column(name: str | None, kind: type[pl.DataType]) -> pl.Expr:
    """The column as `kind`, or nothing where the map has none."""
    return pl.lit(None, kind) if name is None else pl.col(name).cast(kind)


def _five_digits(code: str) -> pl.Expr:
    """A code with the zeros that a spreadsheet took off a ZIP code or a county; longer codes as they are."""
    cell = pl.col(code).str.strip_chars()
    return pl.when(cell.str.contains(r"^\d{3,4}$")).then(cell.str.zfill(5)).otherwise(cell)


def _pairs(file: SourceFile) -> pl.DataFrame:
    """The rows of a file of pairs; texts that were printed as bytes without b and quotes.

    Land of a 2020 tract that no ZCTA has is no pair.

    Raises SOURCE-UNREADABLE where some are printed so and others are not.
    """
    rows = file.without_empty_lines(file.rows())
    if file.layout.id == "zcta_tracts_2020":
        return file.without(rows, pl.col("GEOID_ZCTA5_20").is_null(), "outside_every_zcta")
    if file.layout.id != "connecticut_tracts":
        return rows
    printed = pl.exclude(FILE, ROW, "tract_name")
    bare = printed.str.extract(r"^b'(.*)'$")
    found = rows.select(bare.is_not_null())
    if not found.select(pl.any_horizontal(pl.all())).to_series().any():
        return rows
    if not found.select(pl.all_horizontal(pl.all())).to_series().all():
        raise file.unreadable("a text that is not printed as bytes, b'…'")
    return rows.with_columns(bare)
