"""`lifegap explain`: one figure's whole way, from the release alone."""

from typing import Annotated, Any

import typer

from lifegap.cli.app import app
from lifegap.cli.options import Home, home_of
from lifegap.cli.terminal import Format, show, tell
from lifegap.errors import error
from lifegap.store import lineage
from lifegap.store.release import Release, open_release

SHOWN = 10


@app.command()
def explain(
    table: Annotated[str, typer.Argument(metavar="TABLE", help="A table of the release.")],
    key: Annotated[
        str,
        typer.Argument(metavar="KEY", help="column=value pairs, or values in the order of the key."),
    ],
    everything: Annotated[bool, typer.Option("--all", help="All inputs, not the first ten.")] = False,
    home: Home = None,
) -> None:
    """One figure's whole way: file, sha256, row, cells, formula, code version, checks, uses.

    Name as many columns of the key as it takes to single out the row.

    Examples:
      lifegap explain life_expectancy_gap place_id=neighborhood:chicago-26,period_end=2020

      lifegap explain indicator_value place_id=zcta2010:19104,indicator_id=poverty
    """
    with open_release(home_of(home)) as release:
        row = _the_row(release, table, key)
        _facts(table, row)
        for part in lineage.inputs(release, table, row):
            _part(part, SHOWN if not everything else len(part.answer.rows))
        _sources(release, row)
        _checks(release, table)
        manifest = release.manifest
        tell(f"\nRelease {manifest['release_id']}, made by lifegap {manifest['lifegap']}.")


def _the_row(release: Release, table: str, key: str) -> dict[str, Any]:
    """The one row that the key names. Raises UNKNOWN-NAME for no row or several."""
    tables = release.manifest["tables"]
    if table not in tables:
        raise _unclear(f"no table {table}", f"one of {', '.join(sorted(tables))}")
    columns: list[str] = tables[table]["key"]
    wanted = _pairs(key, columns)
    where = " AND ".join(f'"{name}"::VARCHAR = ?' for name in wanted)
    found = release.ask(
        f'SELECT * FROM "{table}" WHERE {where} ORDER BY ALL LIMIT 12', list(wanted.values())
    ).dicts()
    if len(found) == 1:
        return found[0]
    if not found:
        raise _unclear(f"no row of {table} where {key}", f"values of its key: {', '.join(columns)}")
    differing = [name for name in columns if len({str(each[name]) for each in found}) > 1]
    raise _unclear(
        [", ".join(f"{name}={each[name]}" for name in differing) for each in found],
        f"one row; add {' or '.join(differing)} to the key",
    )


def _pairs(key: str, columns: list[str]) -> dict[str, str]:
    parts = [part.strip() for part in key.split(",") if part.strip()]
    named = dict(part.split("=", 1) for part in parts if "=" in part)
    plain = [part for part in parts if "=" not in part]
    unknown = [name for name in named if name not in columns]
    if unknown or len(plain) > len(columns) or (plain and named):
        raise _unclear(
            f"key {key}" if not unknown else f"no column {', '.join(unknown)} in the key",
            f"column=value pairs, or values, of {', '.join(columns)}",
        )
    return named or dict(zip(columns, plain, strict=False))


def _unclear(found: str | list[str], expected: str) -> Exception:
    return error(
        "UNKNOWN-NAME",
        doing="looking up the figure to explain",
        found=found,
        expected=expected,
        todo='see the keys with lifegap sql "SELECT * FROM <table> LIMIT 5"',
    )


def _facts(table: str, row: dict[str, Any]) -> None:
    tell(f"{table}")
    for name, value in row.items():
        if value is not None:
            tell(f"  {name:<20} {value}")


def _part(part: lineage.Part, limit: int) -> None:
    tell(f"\n{part.title}")
    tell(f"  {part.formula}")
    rows = part.answer.rows
    if rows:
        show(part.answer.columns, rows[:limit], Format.table)
    if len(rows) > limit:
        tell(f"  and {len(rows) - limit:,} more; --all lists them")


def _sources(release: Release, row: dict[str, Any]) -> None:
    if row.get("source_id") is None:
        return
    found = release.ask(
        "SELECT title, publisher, obtained_from, obtained_at, license, fitness, citation FROM source "
        "WHERE (source_id, vintage) = (?, ?)",
        [row["source_id"], row["vintage"]],
    ).dicts()
    for source in found:
        tell("\nSource")
        for name, value in source.items():
            tell(f"  {name:<20} {value}")


def _checks(release: Release, table: str) -> None:
    held, failed = release.ask(
        "SELECT count(*) FILTER (success), count(*) FILTER (NOT success) FROM check_result "
        "WHERE table_name = 'published.' || ?",
        [table],
    ).rows[0]
    tell(f"\nChecks: {held} hold on {table}, {failed} do not.")
