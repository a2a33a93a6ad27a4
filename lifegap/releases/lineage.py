"""What a figure of a release is made of: the figures behind it, and the file and row of every number.

The release tells it itself, by a view for each of its tables (`sql/published/traces`); here it is read for
one row, step by step.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lifegap.errors import error
from lifegap.releases.read import Answer, Release

FIGURES = (
    "estimate", "gap", "value", "difference", "years", "score", "ypll75_rate", "latest_value", "local_i",
    "ex", "deaths", "population_share",
)  # fmt: skip
"""Columns that are the figure of a row."""

TITLES = {
    "life_expectancy_gap": "Gap",
    "gap_decomposition": "Part of a gap",
    "indicator_comparison": "Difference",
    "progress": "Series",
    "inequality": "Places of {comparison_set}",
    "priority_index": "Indicators of the place",
    "spatial_cluster": "The map",
    "premature_mortality": "Years lost before 75",
    "life_table": "Life table",
    "coverage": "Units",
}
"""Table → what its step from published figures is called; it may hold columns of the row."""

FEW_PARTS = 4
OF = ("made_of", "of_place_id", "of_source_id", "of_vintage", "of_period_start", "of_period_end",
      "of_population_group", "of_method")  # fmt: skip
"""Columns of a trace that name the published figure which a number belongs to."""

NUMBERS = {
    "made_of": "made_of", "of_place_id": "place_id", "input_source_id": "source_id",
    "input_vintage": "vintage", "of_period_start": "period_start", "of_period_end": "period_end",
    "of_population_group": "population_group", "of_method": "method", "unit": "unit", "weight": "weight",
    "role": "role", "line": "measure", "value": "estimate", "se": "se", "moe90": "moe90", "reason": "reason",
    "flags": "flags", "people": "people", "source_file": "source_file", "source_row": "source_row",
    "sha256": "sha256",
}  # fmt: skip
"""Columns of a trace → their names beside a number."""


@dataclass(frozen=True)
class Step:
    """One step of a figure's way: what was done, with which rows, of which editions (source_id, vintage)."""

    title: str
    formula: str
    answer: Answer
    editions: tuple[tuple[str, str], ...] = ()


def steps(release: Release, table: str, row: dict[str, Any], key: list[str]) -> Iterator[Step]:
    """The steps behind a row of `table`, down to files. Raises NO-RELEASE for a release without traces."""
    lines = _trace(release, table, row, key)
    if not lines:
        return
    step, title = lines[0]["step"], TITLES.get(table, "As published").format(**row)
    if "of_place_id" not in lines[0]:
        found = [line for line in lines if line["source_file"] is not None]
        yield Step(title if found else "Where it comes from", step, _numbers(found, row), _editions(found))
        return
    if step is not None:
        yield Step(title, step, _figures(release, lines, row))
    yield from _files([line for line in lines if line["line"] is not None], row)


def has_files(steps_of_row: list[Step]) -> bool:
    """Whether any step names a file."""
    return any(
        line[step.answer.columns.index("source_file")] is not None
        for step in steps_of_row
        if "source_file" in step.answer.columns
        for line in step.answer.rows
    )


def _trace(release: Release, table: str, row: dict[str, Any], key: list[str]) -> list[dict[str, Any]]:
    """The rows of the table's trace for one row.

    The key stands in the query as values: for parameters DuckDB looks up the values when all is planned, and
    takes ten times as long.
    """
    views = "SELECT 1 FROM duckdb_views() WHERE view_name = ? AND NOT internal"
    if not release.ask(views, [f"trace_{table}"]).rows:
        raise error(
            "NO-RELEASE",
            doing=f"explaining a row of {table}",
            found=f"no view trace_{table} in {release.folder.name}, which was made before there was one",
            expected="a release that tells where its figures come from",
            todo="run `lifegap refresh`; figure_input and source_file of the old one name its rows",
        )
    condition = " AND ".join(f'"{name}" = {_literal(row[name])}' for name in key)
    return release.ask(f'SELECT * FROM "trace_{table}" WHERE {condition}').dicts()


def _literal(value: Any) -> str:
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"


def _figures(release: Release, lines: list[dict[str, Any]], row: dict[str, Any]) -> Answer:
    """The published figures that the row is made of, each once, with the names of their places."""
    columns = (*OF, "of_value", "of_se", "of_reason")
    found = {tuple(line[name] for name in columns): None for line in lines}
    places = sorted({str(each[1]) for each in found})
    listed = ", ".join(_literal(place) for place in places)
    names = dict(release.ask(f"SELECT place_id, name FROM place WHERE place_id IN ({listed})").rows)
    rows = [(*each[:2], names.get(each[1]), *each[2:]) for each in found]
    plain = [name.removeprefix("of_") for name in columns]
    rows.sort(key=lambda each: (each[0], each[6], each[9] is None, each[9], each[1]))
    return _shown(Answer([*plain[:2], "name", *plain[2:]], rows), row)


def _files(lines: list[dict[str, Any]], row: dict[str, Any]) -> Iterator[Step]:
    """The numbers, figure by figure where these are few."""
    parts = list(dict.fromkeys(tuple(line.get(name) for name in OF) for line in _sorted(lines)))
    if len(parts) > FEW_PARTS:
        title = "Numbers of the publishers"
        yield Step(title, "each with its file and row", _numbers(lines, row), _editions(lines))
        return
    for part in parts:
        mine = [line for line in lines if tuple(line.get(name) for name in OF) == part]
        about = {
            NUMBERS.get(name, name.removeprefix("of_")): value for name, value in zip(OF, part, strict=True)
        }
        yield Step(_title(about), mine[0]["formula"], _numbers(mine, about), _editions(mine))


def _editions(lines: list[dict[str, Any]]) -> tuple[tuple[str, str], ...]:
    """The editions that numbers stand in."""
    named = {(line.get("input_source_id"), line.get("input_vintage")) for line in lines}
    return tuple(sorted((source, vintage) for source, vintage in named if source and vintage))


def _title(about: dict[str, Any]) -> str:
    what = str(about["made_of"]).replace("_", " ")
    words = f"{what[0].upper()}{what[1:]} of {about['place_id']}"
    group = about["population_group"]
    return words if group in (None, "all") else f"{words}, {group}"


def _sorted(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Numbers by figure; the units with most people first, and of a unit what weighs it before the rest."""
    return sorted(
        lines,
        key=lambda line: (
            str(line.get("made_of")), line.get("of_period_end") or 0, str(line.get("of_place_id")),
            str(line.get("of_population_group")), -(line.get("people") or -1), str(line.get("unit")),
            [-ord(sign) for sign in line.get("role") or ""], str(line.get("line")),
        ),
    )  # fmt: skip


def _numbers(lines: list[dict[str, Any]], known: dict[str, Any]) -> Answer:
    """The numbers with their names, without what is known already."""
    names = [name for name in NUMBERS if lines and name in lines[0]]
    rows = [tuple(line[name] for name in names) for line in _sorted(lines)]
    return _shown(Answer([NUMBERS[name] for name in names], rows), known)


def _shown(answer: Answer, known: dict[str, Any]) -> Answer:
    """The columns that say something: neither empty, nor known already."""
    lines = answer.dicts()
    kept = [
        name
        for name in answer.columns
        if any(line[name] is not None for line in lines)
        and not (name in known and all(line[name] == known[name] for line in lines))
    ]
    return Answer(kept, [tuple(line[name] for name in kept) for line in lines])
