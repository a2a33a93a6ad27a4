"""`lifegap explain`: one figure's whole way, from the release alone."""

import re
from typing import Annotated, Any

import typer

from lifegap.cli.options import Home, OfRelease, opened
from lifegap.cli.terminal import Format, show, tell
from lifegap.errors import error
from lifegap.releases import lineage
from lifegap.releases.read import Release

SHOWN = 10
SAID_OF_A_SOURCE = (
    "title", "publisher", "obtained_from", "obtained_at", "license", "fitness", "citation", "first_seen",
    "same_bytes_since", "retired",
)  # fmt: skip


def explain(
    table: Annotated[str, typer.Argument(metavar="TABLE", help="A table of the release.")],
    key: Annotated[
        str,
        typer.Argument(metavar="KEY", help="column=value or plain values, by commas or spaces."),
    ],
    everything: Annotated[bool, typer.Option("--all", help="All inputs, not the first ten.")] = False,
    of_release: OfRelease = None,
    home: Home = None,
) -> None:
    """One figure's whole way: file, sha256, row, cells, formula, code version, checks, uses.

    Name as many columns of the key as it takes to single out the row. All of it stands in the release: one of
    years ago is explained by its folder alone, with --release.

    Examples:
      lifegap explain life_expectancy_gap place_id=neighborhood:chicago-26,period_end=2020

      lifegap explain indicator_value "zcta2010:19104 poverty"

      lifegap explain indicator_value "zcta2010:19104 poverty" --release 20260101T000000Z-1a2b3c4d
    """
    with opened(home, of_release) as release:
        row = _the_row(release, table, key)
        manifest = release.manifest
        way = [*lineage.steps(release, table, row, manifest["tables"][table]["key"])]
        _facts(table, row)
        for step in way:
            _step(step, len(step.answer.rows) if everything else SHOWN)
        _weights(release, row, way)
        _sources(release, row, way)
        _checks(release, table)
        _release(manifest)
    has_file = row.get("source_file") is not None or lineage.has_files(way)
    if not has_file and any(name in row for name in lineage.FIGURES):
        tell_why_no_file(table, row)


def tell_why_no_file(table: str, row: dict[str, Any]) -> None:
    """Say why no file stands behind the row. Raises NO-ORIGIN where a figure has none."""
    if row.get("reason") is not None and all(row.get(name) is None for name in lineage.FIGURES):
        tell(f"\nNo file stands behind this row, for it has no figure: {row['reason']}.")
        return
    raise error(
        "NO-ORIGIN",
        doing=f"looking for the files behind a row of {table}",
        found="none: the release does not say where this figure comes from",
        expected="at least one file, sha256 and row behind every figure",
        todo="do not use the figure; run `lifegap refresh` again, and report it if it stays so",
    )


def _the_row(release: Release, table: str, key: str) -> dict[str, Any]:
    """The one row that the key names. Raises UNKNOWN-NAME for no row or several."""
    tables = release.manifest["tables"]
    if table not in tables:
        raise _unclear(f"no table {table}", f"one of {', '.join(sorted(tables))}")
    columns: list[str] = tables[table]["key"]
    found: list[dict[str, Any]] = []
    for parts in _readings(key, columns):
        conditions, values = _conditions(parts, columns)
        found = release.ask(f'SELECT * FROM "{table}" WHERE {conditions} ORDER BY ALL', values).dicts()
        if found:
            break
    if len(found) == 1:
        return found[0]
    if not found:
        raise _unclear(f"no row of {table} where {key}", f"values of its key: {', '.join(columns)}")
    differing = [name for name in columns if len({str(each[name]) for each in found}) > 1]
    raise _unclear(
        [", ".join(f"{name}={each[name]}" for name in differing) for each in found],
        f"one row; add {' or '.join(differing)} to the key",
    )


def _readings(key: str, columns: list[str]) -> list[list[str]]:
    """The parts of a key, in the ways in which it can be meant, the first that finds a row.

    In pairs alone a value goes on to the next column of the key, for some have blanks and commas in them.
    """
    words = re.split(r"[,\s]+", key.strip(", "))
    pair = rf"(?:{'|'.join(map(re.escape, columns))})="
    if not re.match(pair, key.strip()):
        return [words]
    return [re.split(rf"(?:,\s*|\s+)(?={pair})", key.strip()), words]


def _conditions(parts: list[str], columns: list[str]) -> tuple[str, list[str]]:
    """SQL of the key and its values: a pair is about its column, a plain value about any of the key."""
    conditions, values = [], []
    anywhere = ", ".join(f'"{name}"::VARCHAR' for name in columns)
    for part in parts:
        name, pair, value = part.partition("=")
        if (period := re.fullmatch(r"(\d{4})-(\d{4})", part)) and "period_end" in columns:
            conditions.append(f"(period_start, period_end) = ({period[1]}, {period[2]}) OR ? IN ({anywhere})")
            values.append(part)
            continue
        if pair and name not in columns:
            raise _unclear(f"no column {name} in the key", f"some of {', '.join(columns)}")
        conditions.append(f'"{name}"::VARCHAR = ?' if pair else f"? IN ({anywhere})")
        values.append(value if pair else part)
    return " AND ".join(f"({each})" for each in conditions), values


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


def _step(step: lineage.Step, limit: int) -> None:
    tell(f"\n{step.title}")
    tell(f"  {step.formula}")
    rows = step.answer.rows
    if rows:
        show(step.answer.columns, rows[:limit], Format.table)
    if len(rows) > limit:
        tell(f"  and {len(rows) - limit:,} more; --all lists them")


def _weights(release: Release, row: dict[str, Any], way: list[lineage.Step]) -> None:
    """Where the weights of the units come from that the row's places are put together of."""
    units = {line["unit"] for step in way for line in step.answer.dicts() if line.get("unit") is not None}
    places = {row[name] for name in ("place_id", "reference_place_id") if row.get(name) is not None}
    found = release.ask(
        """
        SELECT to_place_id AS place, partition, basis, count(*) AS units, source_id, vintage FROM crosswalk
        WHERE to_place_id IN (SELECT unnest($places)) AND from_place_id IN (SELECT unnest($units))
        GROUP BY ALL ORDER BY ALL
        """,
        {"places": sorted(places), "units": sorted(units)},
    )
    if found.rows:
        tell("\nWeights of the units")
        show(found.columns, found.rows, Format.table)


def _sources(release: Release, row: dict[str, Any], way: list[lineage.Step]) -> None:
    """The source of the row, and those of the numbers behind it, with what they may be used for."""
    own = [(row["source_id"], row["vintage"])] if row.get("source_id") is not None else []
    behind = sorted({each for step in way for each in step.editions} - {*own})
    found = {
        (each["source_id"], each["vintage"]): each for each in release.ask("SELECT * FROM source").dicts()
    }
    for edition in (*own, *behind):
        if (source := found.get(edition)) is not None:
            tell("\nSource" if edition in own else f"\nSource of numbers behind it: {' '.join(edition)}")
            for name, value in (source | _over_time(release, edition)).items():
                if name in SAID_OF_A_SOURCE and value is not None:
                    tell(f"  {name:<20} {value}")


def _over_time(release: Release, edition: tuple[str, str]) -> dict[str, Any]:
    """Since when releases before this one have the edition, and whether it is retired."""
    if "source_edition" not in release.manifest["tables"]:
        return {}
    ((first, since, retired, because, other),) = release.ask(
        "SELECT nullif(first_seen, 'this'), nullif(same_bytes_since, 'this'), "
        "replace(retired_in, 'this', 'this release'), retired_because, replaced_by FROM source_edition "
        "WHERE (source_id, vintage) = (?, ?)",
        edition,
    ).rows
    by = f" by {other}" if other else ""
    return {
        "first_seen": first,
        "same_bytes_since": since or (first and "this release"),
        "retired": retired and f"since {retired}: {because}{by}",
    }


def _checks(release: Release, table: str) -> None:
    """How the checks of the table ended, with what those found that failed or had nothing to look at."""
    outcomes = release.ask(
        "SELECT expectation_id, success, observed, reason FROM check_result "
        "WHERE table_name = 'published.' || ? ORDER BY ALL",
        [table],
    ).rows
    held = sum(success is True for _, success, *_ in outcomes)
    failed = [each for each in outcomes if each[1] is False]
    tell(f"\nChecks: {held} hold on {table}, {len(failed)} do not.")
    for expectation, _, observed, reason in failed:
        tell(f"  {expectation}: {observed}. {reason}")


def _release(manifest: dict[str, Any]) -> None:
    """Which release it is, of which code, and how all of its checks ended."""
    tell(f"\nRelease {manifest['release_id']}, made by lifegap {manifest['lifegap']}.")
    checks = manifest["checks"]
    code = f"Code {manifest['code']}; of" if "code" in manifest else "Of"
    tell(f"{code} all its checks {checks['passed']} passed and {checks['warned']} warned.")
