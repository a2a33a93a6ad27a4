"""Years of life in the open band, taken from a standard: a national or state table of the latest release.

One over the death rate of the open band holds for a stationary population. Where people over 85 are young for
their age, because their numbers grew, it is too long.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lifegap.errors import error

if TYPE_CHECKING:
    import polars as pl

STANDARDS = ("nation", "state")
EVERYONE = "all"

BIAS = (
    "The last band is closed by its own death rate, as if its people were as old as in a population that "
    "does not grow; where it grew, the years of life are too many. The United States of 2014 by ten-year "
    "ages: 7.46 from 85 on, where the national table has 6.7, and 79.23 at birth instead of 78.9. "
    "--open-band takes them from such a table; two tables made alike differ by nearly what they should."
)
"""What stands beside every table whose open band is closed by its own death rate."""


@dataclass(frozen=True)
class Standard:
    """Tables of one place and group by period: period_start, period_end, source_id, age_start, ex, se."""

    place_id: str
    name: str
    population_group: str
    tables: "pl.DataFrame"

    @property
    def method(self) -> str:
        """What a table that it closes calls its method."""
        group = "" if self.population_group == EVERYONE else f" {self.population_group}"
        return f"life_table, open band of {self.place_id}{group}"


def read_standard(home: Path, named: str) -> Standard:
    """The tables of a nation or a state in the latest release: `NAME`, or `NAME/GROUP` for one group.

    Raises NO-RELEASE, or UNKNOWN-NAME where the release has no table of it.
    """
    import polars as pl

    from lifegap.cli.options import find_place
    from lifegap.releases.read import open_release

    name, _, group = named.partition("/")
    group = group.strip() or EVERYONE
    with open_release(home) as release:
        have = release.ask(
            """
            SELECT DISTINCT t.place_id, p.name, t.population_group
            FROM life_table AS t JOIN place AS p USING (place_id)
            WHERE p.place_type IN ('nation', 'state') ORDER BY ALL
            """
        ).rows
        place = (
            find_place(release, name.strip()) if have else {"place_id": name.strip(), "name": name.strip()}
        )
        found = release.ask(
            """
            SELECT period_start, period_end, source_id, age_start, ex, se FROM life_table
            WHERE place_id = $place AND population_group = $group AND ex IS NOT NULL
            ORDER BY period_end, source_id, age_start
            """,
            {"place": place["place_id"], "group": group},
        )
    if not found.rows:
        known = [f"{place_id} ({known}){'' if of == EVERYONE else '/' + of}" for place_id, known, of in have]
        raise error(
            "UNKNOWN-NAME",
            doing=f"taking the open band from {named}",
            found=f"no life table of {name.strip()}, {group}, in the latest release",
            expected=f"one of {', '.join(known[:20])}"
            if known
            else "a release that has life tables of a nation or a state; this one has none",
            todo="name one of them" if known else "refresh with a source that has such tables",
        )
    tables = pl.DataFrame(found.rows, schema=found.columns, orient="row")
    return Standard(place["place_id"], place["name"], group, tables)


def closing(standard: Standard, rows: "pl.DataFrame", age: float) -> "pl.DataFrame":
    """The rows with open_ex and open_se at `age`, of the standard's table nearest to each row's years.

    rows: `middle`, the middle of the years of each row (null where they are not told: the latest table).
    Adds `open_period` too. Of two that are equally near the earlier is taken. Raises UNKNOWN-NAME where the
    standard's tables have no row of that age.
    """
    import polars as pl

    at_age = standard.tables.filter(pl.col("age_start") == age).with_columns(
        of=(pl.col("period_start") + pl.col("period_end")) / 2.0
    )
    if at_age.is_empty():
        ages = standard.tables["age_start"].unique().sort().to_list()
        raise error(
            "UNKNOWN-NAME",
            doing=f"taking the open band from {standard.place_id}",
            found=f"no expectation at {age:g}",
            expected=f"one of the ages of its tables: {ages[0]:g} to {ages[-1]:g}",
            todo="end the file's ages where the standard has an expectation",
        )
    latest = at_age["of"].max()
    wanted = rows.select(pl.col("middle").fill_null(latest).unique()).with_columns(
        pl.col("middle").cast(pl.Float64)
    )
    nearest = (
        wanted.join(at_age, how="cross")
        .sort((pl.col("of") - pl.col("middle")).abs(), "of", "source_id")
        .unique("middle", keep="first", maintain_order=True)
        .select(
            "middle", open_ex="ex", open_se="se", open_source="source_id",
            open_period=pl.format("{}-{}", "period_start", "period_end"),
        )
    )  # fmt: skip
    return rows.with_columns(pl.col("middle").cast(pl.Float64).fill_null(latest)).join(
        nearest, on="middle", how="left", maintain_order="left"
    )


def middle_of(text: str | None) -> float | None:
    """The middle of the years in a label such as `2014`, `2015-2019` or `2015/2017`; None without any.

    >>> middle_of("2015-2019"), middle_of("2014"), middle_of("baseline")
    (2017.0, 2014.0, None)
    """
    years = [int(year) for year in re.findall(r"(?<!\d)((?:18|19|20|21)\d\d)(?!\d)", text or "")]
    return (years[0] + years[-1]) / 2 if years else None
