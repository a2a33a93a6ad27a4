"""`lifegap diff`: what is different between two releases, counts first."""

from typing import TYPE_CHECKING, Annotated

import typer

from lifegap.cli.options import AsFormat, Home, home_of
from lifegap.cli.terminal import Format, show, tell
from lifegap.errors import error
from lifegap.releases.findings import KINDS, OF_FIGURES
from lifegap.releases.read import list_releases, read_manifest, release_folder

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl

EXAMPLES = 3
"""Changes of a kind that are told before "and N more"."""

TOLD = ("added", "removed", *OF_FIGURES, "finding", "table_added", "table_removed", "column_added",
        "column_removed")  # fmt: skip
"""Kinds of which examples are told; the others follow from these, and are counted."""


def diff(
    old: Annotated[
        str | None, typer.Argument(metavar="[OLD]", help="Id of a release; the one before NEW without it.")
    ] = None,
    new: Annotated[
        str | None, typer.Argument(metavar="[NEW]", help="Id of a release; the latest without it.")
    ] = None,
    table: Annotated[
        str | None, typer.Option("--table", metavar="TABLE", help="The changes of this table only.")
    ] = None,
    form: AsFormat = Format.table,
    home: Home = None,
) -> None:
    """What is different between two releases: counts, places, figures beyond their uncertainty.

    CSV and JSON have a row for every change, as in the table `change`.

    Examples:
      lifegap diff

      lifegap diff --table life_expectancy_gap --format csv
    """
    from lifegap.releases.change_words import COLUMNS
    from lifegap.releases.differences import differences

    folder = home_of(home)
    now = release_folder(folder, new)
    earlier = old or _before(now.name, folder)
    if earlier is None and form is Format.table:
        tell(f"{now.name} is the only release that is kept: there is nothing to compare it with.")
        return
    if earlier is None:
        show(COLUMNS, [], form)
        return
    before = release_folder(folder, earlier)
    if table is not None and table not in read_manifest(now)["tables"]:
        raise error(
            "UNKNOWN-NAME",
            doing="comparing releases",
            found=f"no table {table} in {now.name}",
            expected=f"one of {', '.join(sorted(read_manifest(now)['tables']))}",
            todo="name a table, or leave out --table",
        )
    cells = differences(before, now, table)
    if form is not Format.table:
        show(cells.columns, cells.rows(), form)
        return
    tell(f"{now.name} against {before.name}")
    if cells.is_empty():
        tell("Nothing differs.")
        return
    _counts(cells)
    _sentences(cells)


def _before(release_id: str, home: "Path") -> str | None:
    """The release that a release was compared with, or else the next older one that is kept."""
    kept = [each["release_id"] for each in list_releases(home)]
    previous = next(each["previous"] for each in list_releases(home) if each["release_id"] == release_id)
    older = [each for each in kept if each < release_id]
    return previous if previous in kept else next(iter(older), None)


def _counts(cells: "pl.DataFrame") -> None:
    """How many changes there are, by table and kind."""
    import polars as pl

    counted = (
        _groups(cells)
        .group_by("table_name", "kind", "cause")
        .agg(pl.col("cells").sum(), pl.col("cells_beyond").fill_null(0).sum())
        .join(
            cells.group_by("table_name", "kind", "cause").agg(flips=pl.col("flip").count()),
            on=["table_name", "kind", "cause"],
        )
        .sort("table_name", "kind", "cause")
    )
    columns = ("table", "kind", "cause", "changes", "beyond uncertainty", "turned round")
    show(columns, counted.rows(), Format.table)
    for name in sorted(set(counted["kind"]) & set(KINDS)):
        tell(f"  {name}: {KINDS[name]}")


def _sentences(cells: "pl.DataFrame") -> None:
    """Up to three changes of each kind, those first that matter most; places by name."""
    import polars as pl

    flips = cells.filter(pl.col("flip").is_not_null())
    _few("Findings that turned round", flips, flips.height)
    beyond = int(_groups(cells)["cells_beyond"].sum())
    _few("Beyond their uncertainty", cells.filter(pl.col("beyond_uncertainty")), beyond)
    for (table, kind), group in cells.filter(pl.col("kind").is_in(TOLD)).group_by(
        "table_name", "kind", maintain_order=True
    ):
        _few(f"{table}, {kind}", group, int(_groups(group)["cells"].sum()))


def _groups(cells: "pl.DataFrame") -> "pl.DataFrame":
    """A row of each group, which says how many cells it has, listed or not."""
    return cells.unique(["table_name", "column_name", "kind", "cause", "source_id", "vintage"])


def _few(title: str, group: "pl.DataFrame", count: int) -> None:
    """A few sentences of a group, the largest changes first, and how many of `count` there are more."""
    import polars as pl

    if group.is_empty():
        return
    first = group.sort(pl.col("difference").abs(), descending=True, nulls_last=True).head(EXAMPLES)
    more = count - first.height
    tell(f"\n{title}:")
    for sentence in first["sentence"]:
        tell(f"  {sentence}")
    if more > 0:
        tell(f"  and {more:,} more")
