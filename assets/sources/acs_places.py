"""The Bureau's ids of places, from the forms in which layouts of the survey have them."""

import polars as pl

from lifegap.landing.columns import plain_name
from lifegap.landing.files import SourceFile

NATION = "0100000US"
LEVELS = {
    ("us",): "010",
    ("state",): "040",
    ("state", "county"): "050",
    ("state", "county", "tract"): "140",
    ("state", "county", "tract", "block group"): "150",
    ("state", "place"): "160",
    ("zip code tabulation area",): "860",
    ("state", "zip code tabulation area"): "860",
}
"""Columns of the API that hold the parts of a place's code → summary level."""

OTHER_PARTS = (
    "region", "division", "county subdivision", "congressional district", "public use microdata area",
    "metropolitan statistical area/micropolitan statistical area", "combined statistical area", "urban area",
    "american indian area/alaska native area/hawaiian home land", "school district (unified)",
    "school district (elementary)", "school district (secondary)", "principal city (or part)",
    "consolidated city",
    "state legislative district (upper chamber)", "state legislative district (lower chamber)",
)  # fmt: skip
"""Columns of the API that make the place another than those of `LEVELS`."""

GEOGRAPHY = {part for parts in LEVELS for part in parts} | set(OTHER_PARTS)
ZCTA = "zip code tabulation area"
FIRST_ON_2020_ZCTAS = 2021


def api_place(file: SourceFile, columns: list[str]) -> pl.Expr:
    """The id of a place whose code the API gives in parts. Raises SOURCE-UNREADABLE for other places."""
    plain = {plain_name(name): name for name in columns}
    parts = tuple(name for name in plain if name in GEOGRAPHY)
    found = next((known for known in LEVELS if set(known) == set(parts)), None)
    if found is None:
        raise file.unreadable(
            f"no GEO_ID, and places by {', '.join(parts)}, whose ids cannot be made of their codes here"
        )
    level = LEVELS[found]
    if level == "010":
        return pl.lit(NATION)
    codes = found[-1:] if level == "860" else found
    # Since 2021 the ids of ZIP code tabulation areas name the census that drew them.
    on_2020 = level == "860" and (file.vintage.period_end or 0) >= FIRST_ON_2020_ZCTAS
    return pl.lit(f"{level}{'Z200' if on_2020 else '0000'}US") + pl.concat_str(
        pl.col(plain[name]) for name in codes
    )


def shortened(column: str) -> pl.Expr:
    """The id of a place, from the forms that others shorten it to.

    Census Reporter leaves two zeros out (14000US42…); the subset of County Health Rankings has codes
    alone, 00000 for the nation and county 000 for a state.
    """
    code = pl.col(column)
    return (
        pl.when(code.str.contains(r"^\d{5}US"))
        .then(code.str.slice(0, 3) + "0000" + code.str.slice(5))
        .when(code == "00000")
        .then(pl.lit(NATION))
        .when(code.str.contains(r"^\d{2}000$"))
        .then("0400000US" + code.str.slice(0, 2))
        .when(code.str.contains(r"^\d{5}$"))
        .then("0500000US" + code)
        .when(code.str.contains(r"^\d{11}$"))
        .then("1400000US" + code)
        .otherwise(code)
    )
