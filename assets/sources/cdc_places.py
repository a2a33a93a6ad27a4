"""CDC PLACES and 500 Cities: modeled prevalences of counties, tracts, ZCTAs and cities.

Peculiar: wide files hold an interval as one text, padded: ( 6.0,  9.0); populations have commas. A release
takes the place of the last under one address, so the year of the survey is compared with the release. The
one-measure file of the 2023 release was saved again by R: NA for empty, leading zeros lost. 500 Cities
writes a tract once for each city it lies in, with the people of that part; lost zeros in the codes of
cities and tracts, not in their joined id; and gives Honolulu the code of its county. Rows of the nation
have code 59. The three-measure files of others have crude prevalences and no intervals; those of Nashville
not even a population, and ZCTAs padded to the length of a tract.

Not kept: Socrata's housekeeping columns of a JSON row, and what says the same in every row (source BRFSS,
unit %) or twice (joined id, level, county of a tract): they are compared and refused where they differ.
"""

import re
from collections.abc import Callable, Iterator

import polars as pl

from assets.table import table
from lifegap.landing.files import FILE, ROW, SourceFile, SourceFiles, number, unparsed

TYPES = {"CrdPrv": "crude", "AgeAdjPrv": "age_adjusted"}
TYPE_WORDS = {"CrdPrv": "Crude prevalence", "AgeAdjPrv": "Age-adjusted prevalence"}
WIDE_TYPES = {"Crude": "crude", "Adj": "age_adjusted"}
LEVELS = {"US": "nation", "City": "city", "Census Tract": "tract"}
MEASURES = {"Current Asthma": "CASTHMA", "Current Smoking": "CSMOKING", "Obesity": "OBESITY"}
"""Measure in few words → as abbreviated, for the files of three measures."""

INTERVAL = r"^\(\s*(\d+(?:\.\d+)?),\s*(\d+(?:\.\d+)?)\)$"
WIDE_COLUMN = re.compile(r"^(?P<measure>[A-Z0-9_]+)_(?P<kind>CrudePrev|Crude95CI|AdjPrev|Adj95CI)$")

TEXTS = (
    "level",
    "code",
    "city_code",
    "state_abbr",
    "state",
    "name",
    "point",
    "measure",
    "measure_text",
    "short_text",
    "category",
    "category_id",
    "data_value_type",
    "footnote_symbol",
    "footnote",
)
NUMBERS = ("year", "estimate", "ci_low", "ci_high", "population", "population_18plus")

LONG = {
    "state_abbr": "StateAbbr",
    "state": "StateDesc",
    "year": "Year",
    "measure": "MeasureId",
    "measure_text": "Measure",
    "short_text": "Short_Question_Text",
    "category": "Category",
    "category_id": "CategoryID",
    "estimate": "Data_Value",
    "ci_low": "Low_Confidence_Limit",
    "ci_high": "High_Confidence_Limit",
    "footnote_symbol": "Data_Value_Footnote_Symbol",
    "footnote": "Data_Value_Footnote",
}
"""Column of the table → of the long layouts."""

LONG_NAMES = (
    *LONG.values(), "LocationID", "LocationName", "DataSource", "Data_Value_Unit", "Data_Value_Type",
    "DataValueTypeID", "TotalPopulation", "TotalPop18plus", "Geolocation",
)  # fmt: skip
"""Columns of the long layouts, which the API writes in small letters."""


@table("sources.places_estimate", source="cdc_places")
def places_estimate(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per release, place, measure and kind of prevalence."""
    for file in files.of(*READERS):
        yield _typed(file, READERS[file.layout.id](file))


def _typed(file: SourceFile, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with every column of the table; a column that the file lacks is empty."""
    absent = [name for name in (*TEXTS, *NUMBERS) if name not in rows.columns]
    rows = rows.with_columns(pl.lit(None, pl.String).alias(name) for name in absent).with_columns(
        pl.col("city_code").fill_null(""), pl.col("population", "population_18plus").str.replace_all(",", "")
    )
    whole = {"year": pl.Int32, "population": pl.Int64, "population_18plus": pl.Int64}
    file.refuse_another_edition(rows)
    return rows.select(
        FILE,
        ROW,
        pl.lit(file.vintage.id).alias("vintage"),
        *TEXTS,
        *(number(name).cast(whole.get(name, pl.Float64)).alias(name) for name in NUMBERS),
        unparsed=unparsed(*NUMBERS),
    )


def _long(file: SourceFile) -> pl.DataFrame:
    """The rows of a long layout, with the columns that all of them have."""
    rows = file.without_empty_lines(file.rows())
    if file.layout.format == "json":
        rows = rows.rename({name.lower(): name for name in LONG_NAMES}, strict=False)
    _refuse(file, rows, pl.col("DataSource") != "BRFSS", "DataSource")
    _refuse(file, rows, pl.col("Data_Value_Unit") != "%", "Data_Value_Unit")
    words = pl.col("DataValueTypeID").replace_strict(TYPE_WORDS, default=None, return_dtype=pl.String)
    _refuse(file, rows, words.is_null(), "DataValueTypeID", empty=True)
    _refuse(file, rows, words != pl.col("Data_Value_Type"), "Data_Value_Type")
    named = {printed: name for name, printed in LONG.items()}
    return rows.rename(named, strict=False).with_columns(
        data_value_type=pl.col("DataValueTypeID").replace_strict(TYPES)
    )


def _long_places(file: SourceFile) -> pl.DataFrame:
    """The rows of a long layout of counties, tracts or ZCTAs."""
    return _long(file).with_columns(
        point=pl.col("Geolocation"),
        population=pl.col("TotalPopulation"),
        population_18plus=pl.col("TotalPop18plus"),
    )


def _long_counties(file: SourceFile) -> pl.DataFrame:
    is_nation = pl.col("state_abbr") == "US"
    saved_by_r = ("estimate", "ci_low", "ci_high", "footnote_symbol", "footnote")
    return _long_places(file).with_columns(
        pl.col(saved_by_r).replace("NA", None),
        level=pl.when(is_nation).then(pl.lit("nation")).otherwise(pl.lit("county")),
        code=pl.when(is_nation).then("LocationID").otherwise(pl.col("LocationID").str.zfill(5)),
        name=pl.col("LocationName"),
    )


def _long_tracts(file: SourceFile) -> pl.DataFrame:
    rows = _long_places(file).with_columns(
        level=pl.lit("tract"), code=pl.col("LocationID").str.zfill(11), name=pl.col("CountyName")
    )
    _refuse(file, rows, pl.col("LocationName") != pl.col("LocationID"), "LocationName")
    _refuse(file, rows, pl.col("CountyFIPS").str.zfill(5) != pl.col("code").str.head(5), "CountyFIPS")
    return rows


def _long_zctas(file: SourceFile) -> pl.DataFrame:
    rows = _long_places(file).with_columns(level=pl.lit("zcta"), code=pl.col("LocationID").str.zfill(5))
    _refuse(file, rows, pl.col("LocationName") != pl.col("LocationID"), "LocationName")
    return rows


def _long_500_cities(file: SourceFile) -> pl.DataFrame:
    city, tract = _city("CityFIPS"), pl.col("TractFIPS").str.zfill(11)
    rows = _long(file).with_columns(
        level=pl.col("GeographicLevel").replace_strict(LEVELS, default=None, return_dtype=pl.String),
        code=pl.coalesce(tract, city, "UniqueID"),
        city_code=pl.when(tract.is_not_null()).then(city),
        name=pl.col("CityName"),
        point=pl.col("GeoLocation"),
        population=pl.col("PopulationCount"),
    )
    joined = pl.concat_str("city_code", "code", separator="-")
    said = pl.when(pl.col("level") == "city").then(_city("UniqueID")).otherwise("UniqueID")
    _refuse(file, rows, pl.coalesce(joined, "code") != said, "UniqueID")
    return rows


def _wide_counties(file: SourceFile) -> pl.DataFrame:
    rows = file.without_empty_lines(file.rows()).rename(
        {
            "StateAbbr": "state_abbr",
            "StateDesc": "state",
            "CountyName": "name",
            "CountyFIPS": "code",
            "TotalPopulation": "population",
            "Geolocation": "point",
        }
    )
    return _turned(file, rows.with_columns(pl.col("code").str.zfill(5), level=pl.lit("county")))


def _wide_cities(file: SourceFile) -> pl.DataFrame:
    """Socrata's JSON: columns under meta, rows as lists under data."""
    try:
        document = file.document()
        columns, data = document["meta"]["view"]["columns"], document["data"]
        kept = {
            index: column["name"]
            for index, column in enumerate(columns)
            if not column["fieldName"].startswith(":")
        }
    except (KeyError, TypeError) as missing:
        raise file.unreadable(f"no {missing} in the file") from None
    if ragged := [row for row in data if len(row) != len(columns)]:
        raise file.unreadable(f"a row of {len(ragged[0])} cells under {len(columns)} columns")
    cells = [[None if row[index] is None else str(row[index]) for index in kept] for row in data]
    rows = pl.DataFrame(cells, schema=dict.fromkeys(kept.values(), pl.String), orient="row")
    rows = file.counted(rows).rename(
        {
            "StateAbbr": "state_abbr",
            "PlaceName": "name",
            "PlaceFIPS": "code",
            "Population2010": "population",
            "Geolocation": "point",
        }
    )
    return _turned(file, rows.with_columns(_city("code"), level=pl.lit("city")))


def _turned(file: SourceFile, rows: pl.DataFrame) -> pl.DataFrame:
    """Columns of a measure turned into rows; each must have both prevalences with their intervals."""
    found = [name for name in rows.columns if name not in (ROW, FILE, *TEXTS, *NUMBERS)]
    measures = dict.fromkeys(match["measure"] for name in found if (match := WIDE_COLUMN.match(name)))
    expected = [
        f"{name}_{kind}{what}" for name in measures for kind in WIDE_TYPES for what in ("Prev", "95CI")
    ]
    if wrong := set(expected) ^ set(found):
        raise file.unreadable(f"columns without their measure or fellows: {', '.join(sorted(wrong))}")
    index = [name for name in rows.columns if name not in found]
    estimates = rows.unpivot(expected[::2], index=index, value_name="estimate")
    interval = rows.unpivot(expected[1::2], value_name="interval")["interval"]
    named = pl.col("variable").str.extract_groups(r"^(?<measure>.+)_(?<kind>Crude|Adj)Prev$")
    return estimates.with_columns(interval).with_columns(
        named.struct["measure"],
        # Text that is no interval goes to the limits as it is, and from there to unparsed.
        ci_low=pl.coalesce(pl.col("interval").str.extract(INTERVAL, 1), "interval"),
        ci_high=pl.coalesce(pl.col("interval").str.extract(INTERVAL, 2), "interval"),
        data_value_type=named.struct["kind"].replace_strict(WIDE_TYPES),
    )


def _three_measures(file: SourceFile) -> pl.DataFrame:
    """500 Cities as others have pivoted it, without intervals."""
    rows = file.without_empty_lines(file.rows()).with_columns(
        pl.col("UniqueID").str.split_exact("-", 1).struct.rename_fields(["city", "tract"]).struct.unnest()
    )
    level = pl.col("GeographicLevel").replace_strict(LEVELS, default=None, return_dtype=pl.String)
    _refuse(file, rows, (level == "tract").ne_missing(pl.col("tract").is_not_null()), "GeographicLevel")
    rows = rows.with_columns(
        level=level,
        code=pl.coalesce("tract", _city("city")),
        city_code=pl.when(pl.col("tract").is_not_null()).then(_city("city")),
        state_abbr=pl.col("StateAbbr"),
        name=pl.col("CityName"),
        point=pl.lit("(") + pl.col("lat") + pl.lit(", ") + pl.col("long") + pl.lit(")"),
        year=pl.col("Year"),
        population=pl.col("PopulationCount"),
        data_value_type=pl.lit("crude"),
    )
    index = [name for name in rows.columns if name not in MEASURES]
    turned = rows.unpivot(list(MEASURES), index=index, variable_name="short_text", value_name="estimate")
    return turned.with_columns(measure=pl.col("short_text").replace_strict(MEASURES))


def _nashville(file: SourceFile) -> pl.DataFrame:
    """Tracts and ZCTAs of the Nashville area as others have cut them; no state has code 00."""
    is_zcta = pl.col("GEOID").str.starts_with("000000")
    rows = file.without_empty_lines(file.rows()).with_columns(
        level=pl.when(is_zcta).then(pl.lit("zcta")).otherwise(pl.lit("tract")),
        code=pl.when(is_zcta).then(pl.col("GEOID").str.tail(5)).otherwise("GEOID"),
        data_value_type=pl.lit("crude"),
    )
    measures = ["DIABETES", "BPHIGH", "OBESITY"]
    index = [name for name in rows.columns if name not in measures]
    return rows.unpivot(measures, index=index, variable_name="measure", value_name="estimate")


def _city(column: str) -> pl.Expr:
    """The code of a city with the leading zero it lost; Honolulu's is that of its county."""
    code = pl.col(column)
    return pl.when(code.str.len_chars() == 6).then(code.str.zfill(7)).otherwise(code)


def _refuse(
    file: SourceFile, rows: pl.DataFrame, where: pl.Expr, column: str, *, empty: bool = False
) -> None:
    """Raise SOURCE-UNREADABLE where a column does not say what it must; it may be absent, not half filled."""
    if rows[column].null_count() == rows.height and not empty:
        return
    if (wrong := rows.filter(where.fill_null(True))).height:
        raise file.unreadable(f"{column} {wrong[column][0]} in row {wrong[ROW][0]}")


READERS: dict[str, Callable[[SourceFile], pl.DataFrame]] = {
    "county_wide": _wide_counties,
    "city_wide": _wide_cities,
    "county_long": _long_counties,
    "county_api": _long_counties,
    "tract_long": _long_tracts,
    "zcta_long": _long_zctas,
    "500_cities_long": _long_500_cities,
    "three_measures": _three_measures,
    "nashville": _nashville,
}
"""Layout → what reads it."""
