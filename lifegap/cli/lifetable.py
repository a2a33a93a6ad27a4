"""`lifegap lifetable`: life tables of a user's own deaths and population."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lifegap.cli.options import AsFormat, Home, home_of
from lifegap.cli.terminal import Format, say, show
from lifegap.cli.wonder_export import ABOUT, PARTIAL, ages_of, read_export, refuse_causes
from lifegap.landing.own_ages import rows_by_age
from lifegap.landing.own_file import own_cells, unusable

if TYPE_CHECKING:
    import polars as pl

    from lifegap.cli.open_band import Standard

NEEDED = ("age_start", "deaths", "population")
NUMBERS = (*NEEDED, "age_end")
GROUPING = ("area", "year", "period", "sex", "race", "population_group")
YEARS = ("year", "period")
BRIEF = ("age_start", "qx", "lx", "ex", "ci_low", "ci_high", "reason")
NAMED = 5
"""Groups that a line on stderr names before it counts the rest."""


class Convention(StrEnum):
    """Conventions for infants and small children (`lifegap.methods.mortality.fractions`)."""

    phe = "phe"
    as_ = "as"
    ak_male = "ak_male"
    ak_female = "ak_female"
    ak_both = "ak_both"
    cd_male = "cd_male"
    cd_female = "cd_female"


ConventionOption = Annotated[
    Convention,
    typer.Option("--convention", help="Of the part of their band that those who die in it have lived."),
]
LeastOption = Annotated[float, typer.Option("--least", help="Person-years that are too few for a table.")]
OpenBand = Annotated[
    str | None,
    typer.Option(
        "--open-band",
        metavar="NAME",
        help="Take years of life in the last band from a nation's or state's table of the latest release, as "
        "NAME or NAME/GROUP, of the nearest year.",
    ),
]


def lifetable(
    file: Annotated[Path, typer.Argument(help="CSV with age_start, deaths, population; or a WONDER export.")],
    form: AsFormat = Format.table,
    by: Annotated[
        list[str] | None,
        typer.Option("--by", metavar="COLUMN", help="A further column that tells groups apart."),
    ] = None,
    least: LeastOption = 5000.0,
    convention: ConventionOption = Convention.phe,
    open_band: OpenBand = None,
    home: Home = None,
) -> None:
    """Life tables with 95 percent intervals, one for each group of rows.

    The file has a row for each age band: age_start (in years; the last band is open), deaths and population
    (person-years), separated by commas, semicolons or tabs. area, year, period, sex, race, population_group
    and the columns of --by tell groups apart; all others are ignored and named. age_end is optional: the age
    at which the band ends, or its last age; without it a band that is wider than those beside it is refused.
    The first age need not be 0.

    An export of CDC WONDER by age, of all causes, is read as it is, whatever else it is grouped by. A group
    that cannot carry a table has its reason and no figure.

    Examples:
      lifegap lifetable deaths.csv

      lifegap lifetable deaths.csv --by district --convention ak_female

      lifegap lifetable wonder_export.txt --format csv > tables.csv
    """
    from lifegap.methods.mortality.deaths import COLUMNS, life_tables_of_deaths

    export = read_export(file)
    if export is None:
        rows, groups = _own_rows(file, tuple(by or ()))
    else:
        ages = ages_of(file, export)
        refuse_causes(ages)
        rows, groups = ages.rows.drop("cause"), ages.groups
    if rows.is_empty():
        raise unusable(file, "no rows", "a row for each age band", "add the age bands")
    standard = None
    if open_band is not None:
        from lifegap.cli.open_band import read_standard

        standard = read_standard(home_of(home), open_band)
    closed = rows if standard is None else _closed(rows, groups, standard)
    tables = life_tables_of_deaths(closed, groups, least_person_years=least, convention=convention.value)
    columns = [*groups, "age_start", "age_end", *COLUMNS, "reason"]
    told = tables.select(columns)
    _tell(told, groups, wonder=export is not None)
    if standard is None:
        _tell_bias(told)
    else:
        plain = life_tables_of_deaths(rows, groups, least_person_years=least, convention=convention.value)
        told = _named(told, closed, groups, standard, plain)
    if form is Format.table:
        told = _brief(told, groups)
    show(told.columns, told.rows(), form)


def _own_rows(file: Path, by: tuple[str, ...]) -> "tuple[pl.DataFrame, list[str]]":
    """The rows of a file by age, and the columns that tell its groups apart."""
    cells = own_cells(file, (*NUMBERS, *GROUPING, *by), tell=say)
    if absent := [name for name in by if name not in cells.columns]:
        raise unusable(
            file, f"no column {', '.join(absent)}", "the columns that --by names", "name a column of the file"
        )
    groups = [name for name in dict.fromkeys((*GROUPING, *by)) if name in cells.columns]
    rows = rows_by_age(
        file,
        cells,
        needed=NEEDED,
        numbers=NUMBERS,
        texts=tuple(groups),
        adding=("deaths", "population"),
        tell=say,
    )
    return rows, groups


def _closed(rows: "pl.DataFrame", groups: list[str], standard: "Standard") -> "pl.DataFrame":
    """The rows with the standard's years of life at the start of each group's open band."""
    import polars as pl

    from lifegap.cli.open_band import closing, middle_of

    if "period_start" in rows.columns:
        middle = (pl.col("period_start").cast(pl.Float64) + pl.col("period_end").cast(pl.Float64)) / 2
    else:
        years = [name for name in YEARS if name in groups]
        told = pl.col(years[0]).map_elements(middle_of, return_dtype=pl.Float64) if years else pl.lit(None)
        middle = told.cast(pl.Float64)
        if not years:
            say("The file does not tell its years: the open band is taken from the standard's latest table.")
    known = pl.col("age_start").filter(pl.col("population").is_not_null())
    after = pl.col("age_start").filter(pl.col("age_start") > known.max()).min()
    key = groups or pl.lit(1)
    opens = pl.coalesce(after.over(key), pl.col("age_start").max().over(key))
    with_age = rows.with_columns(middle=middle, opens=opens)
    parts = [
        closing(standard, part, age)
        for (age,), part in with_age.partition_by("opens", as_dict=True, maintain_order=True).items()
    ]
    return pl.concat(parts)


def _named(
    told: "pl.DataFrame",
    closed: "pl.DataFrame",
    groups: list[str],
    standard: "Standard",
    plain: "pl.DataFrame",
) -> "pl.DataFrame":
    """The tables with `method`, which names the standard's table; how much it changes is told."""
    import polars as pl

    used = closed.select("opens", "open_ex", "open_source", "open_period").unique(maintain_order=True)
    for age, years, source, period in used.head(NAMED).rows():
        say(f"Open band: {years:.2f} years from {age:g} on, of {standard.name}, {period} ({source}).")
    firsts = pl.col("age_start") == (
        pl.col("age_start").min().over(groups) if groups else pl.col("age_start").min()
    )
    changes = (told.filter(firsts)["ex"] - plain.filter(firsts)["ex"]).drop_nulls()
    if len(changes):
        low, high = changes.min(), changes.max()
        span = f"{low:+.2f}" if len(changes) == 1 else f"{low:+.2f} to {high:+.2f}"
        say(f"It changes the expectation at the first age by {span} years.")
    method = pl.lit(f"{standard.method} ") + pl.col("open_period")
    if not groups:
        return told.with_columns(method=pl.lit(closed.select(method).item(0, 0)))
    of_group = closed.select(*groups, method=method).unique()
    return told.join(of_group, on=groups, how="left", maintain_order="left", nulls_equal=True)


def _tell(told: "pl.DataFrame", groups: list[str], *, wonder: bool) -> None:
    """Say which groups have no table, which bands look torn, and what is unusual of those that have one."""
    import polars as pl

    refused = told.filter(
        pl.col("lx").is_null().all().over(groups) if groups else pl.col("lx").is_null().all()
    )
    if not refused.is_empty():
        count = refused.select(groups).unique().height if groups else 1
        every = told.select(groups).unique().height if groups else 1
        say(f"{count} of {every} groups carry no table; see reason.")
        _tell_torn(refused, groups)
    reasons = set(told["reason"].drop_nulls())
    if PARTIAL in reasons:
        say("A year that is not over has deaths of a part of it and people of the whole: no table.")
    if "not_published:population" in reasons and not told["lx"].is_null().all():
        ends = told.filter(reason="not_published:population")["age_start"].max()
        how = "export it by ten-year ages" if wonder else "add the people"
        say(
            f"No people from {ends:g} on: tables are closed there, without expectations; {how}, or see "
            "--open-band."
        )
    made = told.filter(pl.col("lx").is_not_null())
    first = made["age_start"].min() if made.height else None
    if isinstance(first, float) and first > 0:
        say(f"Tables begin at {first:g}: their expectations are of those who live to that age.")
    wide = made.filter(pl.col("age_start") == 0, pl.col("age_end") > 10)
    if wide.height:
        say(
            f"The first band reaches to {wide['age_end'].max():g}: no convention for infants fits it; those "
            "who die in it are taken to have lived half of it."
        )
    if "not_computable:nobody_survives" in reasons:
        say("At so high a death rate nobody outlives the band: no figures from that age on.")


def _tell_torn(refused: "pl.DataFrame", groups: list[str]) -> None:
    """Name the bands that look as if one were missing behind them."""
    from lifegap.methods.mortality.age_bands import wider_than_neighbors

    torn = refused.filter(reason="not_computable:age_band_missing")
    named = torn.partition_by(groups, as_dict=True, maintain_order=True) if groups else {(): torn}
    lines = []
    for group, part in named.items():
        starts, ends = part["age_start"].to_list(), part["age_end"].to_list()
        if None not in starts and len(set(starts)) == len(starts):
            of = f"{', '.join(map(str, group))}: " if group else ""
            lines += [
                f"{of}ages {starts[at]:g} to {starts[at + 1]:g}" for at in wider_than_neighbors(starts, ends)
            ]
    if lines:
        more = f" and {len(lines) - NAMED} more" if len(lines) > NAMED else ""
        say(
            f"Wider than the bands beside it: {'; '.join(lines[:NAMED])}{more}. Is a band missing? If not, "
            "say where bands end in a column age_end."
        )


def _tell_bias(told: "pl.DataFrame") -> None:
    """Say how far an open band can be trusted that its own death rate closes."""
    if told["ex"].null_count() < told.height:
        from lifegap.cli.open_band import BIAS

        say(BIAS)


def _brief(told: "pl.DataFrame", groups: list[str]) -> "pl.DataFrame":
    """The columns that a reader looks at first; what is the same in every row of an export is said above."""
    shown = [name for name in groups if name not in ABOUT or told[name].n_unique() > 1]
    return told.select(*shown, *BRIEF)
