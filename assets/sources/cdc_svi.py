"""CDC/ATSDR Social Vulnerability Index: every number of the county and tract files.

Peculiar: names of columns differ by edition, also that of the overall rank (USTP in 2000, R_PL_THEMES in
2010, RPL_THEMES since); in 2010 ST holds letters and STATE the code. -999 is missing, and the margin of one
controlled estimate is -555555555 (11001, 2022). A file of 2022 lost leading zeros when others saved it
again. Percentages are shares of 1 in 2000 and 2010. 2020 was published twice: the first issue ranked the
number of burdened households where it should rank their percentage. Files of one state rank within that
state under the same header as national ones, so the vintage states it and the rows must bear it out; 2020
and 2022 have one header too, and Connecticut's codes tell them. Cook's tracts were cut out of Illinois's
file by others: 2014 has leading blanks, and R turned Shape.STArea() into Shape.STArea.. The same county has
COUNTY "Adams" or "Adams County". FID counts rows of a map and says nothing of a place.
"""

from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

from assets.table import table
from lifegap.landing.files import FILE, ROW, SourceFile, SourceFiles, number

SIGNS = {-999.0: "-999", -555555555.0: "-555555555"}
"""Numbers that stand for a sign; written with and without decimals."""

STATES = {"illinois": "17", "pennsylvania": "42"}
"""Last word of the vintage of a file that ranks within one state → code of the state."""

MENDED = {"Shape.STArea..": "Shape.STArea()", "Shape.STLength..": "Shape.STLength()"}
"""Names as R wrote them → as published."""


class Names(NamedTuple):
    """Columns that say which place a row is of; None where the layout has none."""

    code: str = "FIPS"
    state_abbr: str = "ST_ABBR"
    state: str | None = "STATE"
    county: str | None = "COUNTY"
    location: str | None = "LOCATION"
    shape: str | None = None
    parts: tuple[str, ...] = ("ST",)
    """Columns that repeat a part of the code."""


NAMES = {
    "county_2000": Names(
        code="STCOFIPS",
        state_abbr="STATE_ABBR",
        state="STATE_NAME",
        location=None,
        parts=("STATE_FIPS", "CNTY_FIPS"),
    ),
    "county_2010": Names(state_abbr="ST", state=None, county=None, shape="Shape", parts=("STATE",)),
    "county_2014": Names(shape="Shape", parts=("AFFGEOID", "ST")),
    "county_2014_of_state": Names(parts=("AFFGEOID", "ST")),
    "county_2016": Names(),
    "county_2016_of_state": Names(),
    "tract_2014": Names(shape="Shape", parts=("AFFGEOID", "ST", "STCNTY", "TRACTCE")),
    "tract_2016": Names(parts=("ST", "STCNTY")),
    "tract_2018": Names(shape="Shape", parts=("ST", "STCNTY")),
    "since_2020": Names(parts=("ST", "STCNTY")),
}
"""Layout → where it says which place a row is of. Every other column is a variable."""

PART_OF_CODE: dict[str, tuple[int, int | None]] = {
    "AFFGEOID": (0, None),
    "ST": (0, 2),
    "STATE": (0, 2),
    "STATE_FIPS": (0, 2),
    "CNTY_FIPS": (2, 3),
    "STCNTY": (0, 5),
    "TRACTCE": (5, 6),
}
"""Column → where in the code it stands, and its length (None: the whole of it, after the letters US)."""


@table("sources.svi_cell", source="cdc_svi")
def svi_cell(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per edition, place and variable."""
    for file in files.of(*NAMES):
        yield cells(file, NAMES[file.layout.id])


def cells(file: SourceFile, names: Names) -> pl.DataFrame:
    """The cells of one file."""
    rows = file.without_empty_lines(file.rows()).rename(MENDED, strict=False)
    described = {
        "state_abbr": names.state_abbr,
        "state": names.state,
        "county": names.county,
        "location": names.location,
        "shape": names.shape,
    }
    telling = {names.code, *names.parts, *(name for name in described.values() if name)}
    variables = [name for name in rows.columns if name not in (*telling, ROW, FILE)]
    is_tract = pl.col(names.code).str.len_chars() > 5
    rows = rows.with_columns(
        pl.when(is_tract).then(pl.lit("tract")).otherwise(pl.lit("county")).alias("level"),
        pl.when(is_tract)
        .then(pl.col(names.code).str.zfill(11))
        .otherwise(pl.col(names.code).str.zfill(5))
        .alias("code"),
    )
    file.refuse_another_edition(rows)
    _refuse_another_place(file, rows, names.parts)
    within = _ranked_within(file, rows)
    index = [FILE, ROW, "level", "code", *dict.fromkeys(name for name in described.values() if name)]
    value = number("value")
    sign = value.replace_strict(SIGNS, default=None, return_dtype=pl.String)
    return rows.unpivot(variables, index=index).select(
        FILE,
        ROW,
        pl.lit(file.vintage.id).alias("vintage"),
        pl.lit(within).alias("ranked_within"),
        "level",
        "code",
        *(
            (pl.col(name).str.strip_chars() if name else pl.lit(None, pl.String)).alias(column)
            for column, name in described.items()
        ),
        "variable",
        value=pl.when(sign.is_null()).then(value),
        sign=sign,
        unparsed=pl.when(value.is_null()).then(pl.col("variable") + pl.lit("=") + pl.col("value")),
    )


def _refuse_another_place(file: SourceFile, rows: pl.DataFrame, parts: tuple[str, ...]) -> None:
    """Raise SOURCE-UNREADABLE where a column that repeats a part of the code says another place."""
    for name in parts:
        start, length = PART_OF_CODE[name]
        said = pl.col(name).str.replace(r"^\d+US", "").str.zfill(length or 0)
        wrong = rows.filter(said.ne_missing(pl.col("code").str.slice(start, length)))
        if wrong.height:
            raise file.unreadable(f"{name} {wrong[name][0]} beside code {wrong['code'][0]}")


def _ranked_within(file: SourceFile, rows: pl.DataFrame) -> str:
    """Either nation or state, as the vintage says. Raises SOURCE-UNREADABLE where the rows say otherwise."""
    state = STATES.get(file.vintage.id.rpartition("-")[2])
    found = rows["code"].str.slice(0, 2).unique().sort().to_list()
    if state is not None and found != [state]:
        raise file.unreadable(f"states {', '.join(found)} in an edition ranked within state {state}")
    if state is None and len(found) == 1:
        raise file.unreadable(f"only state {found[0]} in an edition ranked within the nation")
    return "nation" if state is None else "state"
