"""Exports of CDC WONDER as rows of life tables: what they are about, what they hide and cannot carry."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lifegap.cli.terminal import say
from lifegap.errors import LifegapError
from lifegap.landing.own_file import unusable

if TYPE_CHECKING:
    import polars as pl

    from assets.exports import Export

ABOUT = ("place", "period_start", "period_end", "population_group")
"""Columns that say what every table of an export is about."""

PEOPLE = ("race", "hispanic_origin", "sex")
NUMBERS = ("age_start", "age_end", "deaths", "population")
FEWEST = 10
"""Counts below this are hidden by the publisher and never told here."""

PARTIAL = "not_computable:partial_year"


@dataclass(frozen=True)
class Ages:
    """Deaths and people by age of one export.

    rows: the columns that tell groups apart, all ABOUT among them, `cause`, age_start, age_end (years),
    deaths, population and `refused`; a count that the publisher hides is null. totals: the same of all
    causes taken together, where the export has them.
    """

    path: Path
    rows: "pl.DataFrame"
    totals: "pl.DataFrame"
    groups: list[str]
    limited_to_causes: str
    by_cause: bool
    hides_rows: bool


def read_export(path: Path) -> "Export | None":
    """The export in a file; None for any other file. Raises OWN-FILE where it cannot be read."""
    try:
        with path.open("rb") as opened:
            first = opened.readline(1000)
    except OSError:
        return None
    if not first.removeprefix(b"\xef\xbb\xbf").lstrip(b'"').startswith(b"Notes"):
        return None
    from assets.exports import read_wonder
    from lifegap.settings import read_settings

    return read_wonder(path, read_settings().data)


def ages_of(path: Path, export: "Export") -> Ages:
    """Deaths and people by age of an export, and what it is about told on stderr.

    Deaths of no stated age are told and left out: without them every rate is a little too low. Raises
    OWN-FILE for an export of which no rates by age can be made.
    """
    import polars as pl

    _refuse(path, export)
    about = [pl.col(name) for name in ("place", "period_start", "period_end")]
    words = [
        pl.when(pl.col(name) != "All").then(pl.lit(f"{name}:") + pl.col(name).fill_null(""))
        for name in PEOPLE
    ]
    joined = pl.concat_str(words, separator="; ", ignore_nulls=True)
    group = pl.when(joined == "").then(pl.lit("all")).otherwise(joined).alias("population_group")
    kinds = {kind for kind in PEOPLE if export.query.columns_of(kind)}
    groups = [*ABOUT, *(kind for kind in PEOPLE if kind in kinds)]
    if export.rows["status"].null_count() < export.rows.height:
        groups.append("status")
    rows, totals = (
        each.filter(pl.col("age_start").is_not_null())
        .with_columns(*about, group, pl.col("status").fill_null(""))
        .select(
            *(pl.col(name).cast(pl.String) for name in groups),
            "cause",
            *(pl.col(name).cast(pl.Float64) for name in NUMBERS),
            refused=pl.when(pl.col("status").str.contains("partial")).then(pl.lit(PARTIAL)),
        )
        for each in (export.rows, _of_all_causes(export))
    )
    _tell(export)
    return Ages(
        path=path,
        rows=rows,
        totals=totals,
        groups=groups,
        limited_to_causes="; ".join(
            f"{name}: {value}" for name, value in export.query.of_kind("cause").items()
        ),
        by_cause=bool(export.query.columns_of("cause")),
        hides_rows=not export.query.suppressed_shown,
    )


def _of_all_causes(export: "Export") -> "pl.DataFrame":
    """The totals of an export by age and cause that add up its causes and nothing else."""
    import polars as pl

    people = [kind for kind in PEOPLE if export.query.columns_of(kind)]
    named = pl.all_horizontal(pl.col("place", *people).is_not_null())
    return export.totals.filter(pl.col("cause").is_null(), named, pl.col("period_start").is_not_null())


def refuse_causes(ages: Ages) -> None:
    """Raise OWN-FILE for an export of some causes: of some of the deaths no life expectancy can be made."""
    if not ages.limited_to_causes and not ages.by_cause:
        return
    what = f"limited to {ages.limited_to_causes}" if ages.limited_to_causes else "grouped by cause of death"
    raise unusable(
        ages.path,
        f"an export {what}",
        "all deaths: of those of some causes no life expectancy can be made",
        "export it again for all causes; `lifegap decompose` reads exports by cause beside such",
    )


def _refuse(path: Path, export: "Export") -> None:
    """Raise OWN-FILE for an export that is not by age, or of deaths that no population belongs to."""
    query = export.query
    part = {**query.of_kind("part"), **dict.fromkeys(query.columns_of("part"), "each")}
    months = {**query.of_kind("month"), **dict.fromkeys(query.columns_of("month"), "each")}
    if part:
        raise _no_table(
            path,
            f"deaths by {_words(part)}, of which there is no population",
            "all deaths of the people whose rates are asked for",
        )
    if months:
        raise _no_table(path, f"deaths by {_words(months)}, of which there is no population", "whole years")
    if not query.columns_of("age"):
        by = ", ".join(query.grouped_by)
        raise _no_table(path, f"an export by {by}, not by age", "an export grouped by Ten-Year Age Groups")


def _words(criteria: dict[str, str]) -> str:
    return ", ".join(f"{name} ({value})" for name, value in criteria.items())


def _no_table(path: Path, found: str, expected: str) -> LifegapError:
    return unusable(
        path, found, expected, "run the query again at wonder.cdc.gov and export it with its notes"
    )


def _tell(export: "Export") -> None:
    """Say what the export is about and what it leaves out."""
    import polars as pl

    query, rows = export.query, export.rows
    on = f", asked on {query.asked_on}" if query.asked_on else ""
    say(f"{query.dataset}{on}; by {', '.join(query.grouped_by)}.")
    for name, value in query.criteria.items():
        say(f"  {name}: {value}")
    pooled = rows.filter(pl.col("period_start") < pl.col("period_end"))
    if pooled.height:
        first, last = pooled["period_start"].min(), pooled["period_end"].max()
        say(f"  Years {first}-{last} are pooled; people are person-years.")
    for status in rows["status"].drop_nulls().unique().sort():
        years = rows.filter(pl.col("status") == status)["period_end"].unique().sort().to_list()
        say(f"  {', '.join(map(str, years))}: {status}.")
    lost = rows.filter(pl.col("age_start").is_null(), pl.col("deaths").is_null() | (pl.col("deaths") > 0))
    if lost.height:
        count = lost["deaths"].sum()
        told = f"{count:,}" if count >= FEWEST and not lost["deaths"].null_count() else "A few"
        if count >= FEWEST and lost["deaths"].null_count():
            told = f"{count:,} and a few more"
        say(f"{told} deaths of no stated age are left out.")
