"""`lifegap lifetable`: life tables of a user's own deaths and population."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lifegap.cli.app import app
from lifegap.cli.options import AsFormat
from lifegap.cli.own_file import LINE, own_cells, own_columns, unusable
from lifegap.cli.terminal import Format, say, show

if TYPE_CHECKING:
    import polars as pl

NEEDED = ("age_start", "deaths", "population")
NUMBERS = (*NEEDED, "age_end")
GROUPING = ("area", "year", "period", "sex", "race", "population_group")
GROUPS = ("place", "period_start", "period_end", "race", "hispanic_origin", "sex", "cause")
"""What a WONDER export may be grouped by, ages apart."""


class Convention(StrEnum):
    """Conventions for infants and small children (`lifegap.methods.fractions`)."""

    phe = "phe"
    as_ = "as"
    ak_male = "ak_male"
    ak_female = "ak_female"
    ak_both = "ak_both"
    cd_male = "cd_male"
    cd_female = "cd_female"


BRIEF = ("age_start", "qx", "lx", "ex", "ci_low", "ci_high", "reason")


@app.command()
def lifetable(
    file: Annotated[Path, typer.Argument(help="CSV with age_start, deaths, population; or a WONDER export.")],
    form: AsFormat = Format.table,
    least: Annotated[
        float, typer.Option("--least", help="Person-years that are too few for a table.")
    ] = 5000.0,
    convention: Annotated[
        Convention,
        typer.Option("--convention", help="Of the part of their band that those who die in it have lived."),
    ] = Convention.phe,
) -> None:
    """Life tables with 95 percent intervals, one for each group of rows.

    The file has a row for each age band: age_start (in years; the last band is open), deaths and population
    (person-years). All other columns, such as area, tell the groups apart; age_end is optional and shows
    missing bands. An export of CDC WONDER by age can be given as it is. A group that cannot carry a table
    has its reason and no figure.

    Examples:
      lifegap lifetable deaths.csv

      lifegap lifetable wonder_export.txt --format csv > tables.csv
    """
    from lifegap.methods.deaths import COLUMNS, life_tables_of_deaths

    export = _export(file)
    rows = _own(file) if export is None else _of_export(export)
    if rows.is_empty():
        raise unusable(file, "no rows", "a row for each age band", "add the age bands")
    groups = [name for name in rows.columns if name not in NUMBERS]
    tables = life_tables_of_deaths(rows, groups, least_person_years=least, convention=convention.value)
    told = tables.select(*groups, "age_start", "age_end", *COLUMNS, "reason")
    refused = told.filter(told["lx"].is_null()).select(*groups, "reason").unique().height
    if refused:
        every = told.select(groups).unique().height if groups else 1
        say(f"{refused} of {every} groups carry no table; see reason.")
    if form is Format.table:
        told = told.select(*groups, *BRIEF)
    show(told.columns, told.rows(), form)


def _export(file: Path) -> "pl.DataFrame | None":
    """The rows of a WONDER export, whose columns are told apart by tabs; None for any other file."""
    try:
        with file.open("rb") as opened:
            tabs = b"\t" in opened.readline()
    except OSError:
        return None
    if not tabs:
        return None
    from lifegap.settings import read_settings
    from pipelines.exports import read_wonder

    return read_wonder(file, read_settings().data)


def _own(file: Path) -> "pl.DataFrame":
    """The rows of a file with the columns that tell groups apart as text, empty cells too."""
    import polars as pl

    cells = own_cells(file, (*NUMBERS, *GROUPING))
    rows = own_columns(file, cells, needed=NEEDED, numbers=NUMBERS, texts=GROUPING)
    return rows.drop(LINE).with_columns(pl.exclude(NUMBERS).fill_null(""))


def _of_export(export: "pl.DataFrame") -> "pl.DataFrame":
    """Deaths and population by age of an export; deaths of no stated age are told and left out.

    Without them every rate is a little too low. Single ages that have no population get none here.
    """
    import polars as pl

    stated = export.filter(pl.col("age_start").is_not_null())
    lost = export.filter(pl.col("age_start").is_null())["deaths"].sum()
    if lost:
        say(f"{lost:,} deaths of no stated age are left out.")
    told = [name for name in GROUPS if stated[name].n_unique() > 1]
    return stated.select(
        *(pl.col(name).cast(pl.String).fill_null("") for name in told),
        *(pl.col(name).cast(pl.Float64) for name in NUMBERS),
    )
