"""Damaged files: for every layout, the right rows or one clear refusal; never other rows in silence.

Slices of the real files are cut to a few rows, damaged in one way, and read as a refresh reads them. What
comes out must be the rows of the whole slice, or a refusal, or rows that a critical rule or the count of
rows rejects; a column that can be done without may come under another name, which is then told. A seeded
sample runs always, all of it in `make soak`.
"""

import csv
import gzip
import io
import random
from collections.abc import Callable
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from expectations import rules_of
from lifegap.catalog.coalition_files import is_own
from lifegap.checks.rules import Rule
from lifegap.errors import LifegapError
from lifegap.landing.files import SourceFile
from lifegap.store.warehouse import Warehouse
from tests.assets.slices import CATALOG, load, slices_of, source_file, tables_of

ROWS = 8
SAMPLE = 3
SEED = 2015

Table = list[list[str]]
Read = tuple[dict[str, tuple[pl.DataFrame, dict[str, int]]], int, list[str]]
"""Table → its rows and how many of them break each rule; the rows of the file; its columns not used."""


def _table(content: bytes, delimiter: str) -> Table:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def _bytes(table: Table, delimiter: str) -> bytes:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, lineterminator="\n").writerows(table)
    return written.getvalue().encode()


def _rewritten(change: Callable[[Table, int, random.Random], Table]) -> Callable:
    """A damage to the cells of a delimited file: change(table, header rows, random)."""

    def damage(content: bytes, file: SourceFile, rng: random.Random) -> bytes:
        delimiter = file.layout.delimiter
        return _bytes(change(_table(content, delimiter), file.layout.header_rows, rng), delimiter)

    return damage


def _renamed(table: Table, headers: int, rng: random.Random) -> Table:
    column = rng.randrange(len(table[0]))
    return [[f"{cell} renamed" if at == column and line < headers else cell for at, cell in enumerate(row)]
            for line, row in enumerate(table)]  # fmt: skip


def _dropped(table: Table, _: int, rng: random.Random) -> Table:
    column = rng.randrange(len(table[0]))
    return [row[:column] + row[column + 1 :] for row in table]


def _added(table: Table, headers: int, rng: random.Random) -> Table:
    column = rng.randrange(len(table[0]) + 1)
    return [
        [*row[:column], "new column" if line < headers else "7", *row[column:]]
        for line, row in enumerate(table)
    ]


def _reordered(table: Table, _: int, rng: random.Random) -> Table:
    order = list(range(len(table[0])))
    rng.shuffle(order)
    return [[row[at] if at < len(row) else "" for at in order] for row in table]


def _line_cut(table: Table, headers: int, rng: random.Random) -> Table:
    """One line anywhere without its last cells."""
    at = rng.randrange(headers, len(table))
    kept = rng.randrange(1, max(len(table[at]), 2))
    return [*table[:at], table[at][:kept], *table[at + 1 :]]


def _line_with_more(table: Table, headers: int, rng: random.Random) -> Table:
    at = rng.randrange(headers, len(table))
    return [*table[:at], [*table[at], "7"], *table[at + 1 :]]


def _repeated(table: Table, headers: int, rng: random.Random) -> Table:
    return [*table, table[rng.randrange(headers, len(table))]]


def _in_other_letters(content: bytes, file: SourceFile, _: random.Random) -> bytes:
    """The names of the columns in small letters for large and large for small; labels stay as printed."""
    table, at = _table(content, file.layout.delimiter), (file.layout.names_row or 1) - 1
    table[at] = [cell.swapcase() for cell in table[at]]
    return _bytes(table, file.layout.delimiter)


def _other_delimiter(content: bytes, file: SourceFile, _: random.Random) -> bytes:
    delimiter = file.layout.delimiter
    return _bytes(_table(content, delimiter), ";" if delimiter != ";" else ",")


def _cut(content: bytes, file: SourceFile, rng: random.Random) -> bytes:
    """The file without its end: inside its last line, before the last cell, if it has lines.

    A cut inside the last cell leaves a file that only its sha256 tells apart.
    """
    whole = content.rstrip(b"\r\n")
    start = whole.rfind(b"\n") + 1
    end = whole.rfind(file.layout.delimiter.encode())
    return content[: rng.randrange(start + 1, end) if 0 < start < end - 1 else len(whole) // 2]


TEXT: dict[str, Callable[[bytes, SourceFile, random.Random], bytes]] = {
    "column renamed": _rewritten(_renamed),
    "column dropped": _rewritten(_dropped),
    "column added": _rewritten(_added),
    "columns reordered": _rewritten(_reordered),
    "columns in other letters": _in_other_letters,
    "line cut": _rewritten(_line_cut),
    "line with more cells": _rewritten(_line_with_more),
    "row repeated": _rewritten(_repeated),
    "wrong delimiter": _other_delimiter,
    "header only": lambda content, file, _: b"".join(content.splitlines(True)[: file.layout.header_rows]),
    "byte order mark": lambda content, *_: b"\xef\xbb\xbf" + content.removeprefix(b"\xef\xbb\xbf"),
    "carriage returns": lambda content, *_: content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"),
    "another encoding": lambda content, *_: content.decode("utf-8-sig").encode("utf-16"),
    "a byte that is no text": lambda content, *_: content.rstrip(b"\r\n") + b"\xff\xfe\n",
}
"""Damage to files of delimited text."""

ANY: dict[str, Callable[[bytes, SourceFile, random.Random], bytes]] = {
    "cut short": _cut,
    "web page": lambda *_: b"<!DOCTYPE html><html><body>Not found</body></html>",
    "empty": lambda *_: b"",
}
"""Damage to files of any format."""

COLUMNS = ("column renamed", "column dropped", "column added")
WHOLE_TABLES = ("census_acs5", "census_decennial")
"""Damage to the set of columns, and sources that know it although their cards do not list it.

Where columns depend on table and year and each becomes rows, another set of columns is another table:
only the sha256 tells that it is not the publisher's.
"""


PUBLISHED = [source_id for source_id in CATALOG.cards if not is_own(source_id)]
"""Sources but the files of coalitions, whose faults are told line by line and have tests of their own."""


@cache
def _short_slices() -> dict[tuple[str, str], tuple[SourceFile, bytes]]:
    """Source and layout → a slice, and its bytes cut to a few rows where it is delimited text."""
    found = {}
    for source_id in PUBLISHED:
        for file in slices_of(source_id):
            content = file.content()
            plain = file.layout.format == "csv" and file.layout.inside is None
            if plain and file.layout.encoding == "utf-8" and file.layout.ends_at is None:
                lines = content.splitlines(keepends=True)
                if len(lines) == len(_table(content, file.layout.delimiter)):  # no cell of several lines
                    content = b"".join(lines[: file.layout.header_rows + ROWS])
            found.setdefault((source_id, file.layout.id), (file, content))
    return found


def _cases() -> list:
    cases = []
    for card in (CATALOG.cards[source_id] for source_id in PUBLISHED):
        for layout in card.layout:
            text = layout.format == "csv" and layout.inside is None and layout.encoding == "utf-8"
            named = [*(TEXT if text and layout.ends_at is None and layout.header_rows else ()), *ANY]
            if not layout.columns and card.id not in WHOLE_TABLES:
                named = [damage for damage in named if damage not in COLUMNS]
            rng = random.Random(f"{SEED} {card.id} {layout.id}")
            sample = set(rng.sample(named, min(SAMPLE, len(named))))
            cases += [
                pytest.param(card.id, layout.id, damage, marks=() if damage in sample else pytest.mark.soak)
                for damage in named
            ]
    return cases


@pytest.mark.parametrize(("source_id", "layout_id", "damage"), _cases())
def test_damage_gives_the_right_rows_or_a_refusal(
    source_id: str, layout_id: str, damage: str, tmp_path: Path
) -> None:
    file, content = _short_slices()[source_id, layout_id]
    rng = random.Random(f"{SEED} {source_id} {layout_id} {damage}")
    whole, rows, _ = _read(source_id, file, content, tmp_path / "whole")
    damaged = (TEXT | ANY)[damage](content, file, rng)
    outcome = _outcome(source_id, file, damaged, tmp_path / "damaged")
    if isinstance(outcome, LifegapError):
        assert outcome.exit_code == 1
        assert file.name in str(outcome)
        return
    other, other_rows, unused = outcome
    caught = other_rows != rows or any(
        failing > whole[name][1].get(rule, 0)
        for name, (_, rules) in other.items()
        for rule, failing in rules.items()
    )
    told = damage == "column renamed" and any(name.endswith(" renamed") for name in unused)
    # Some editions lack a column that the layout can do without: what it fills is empty then.
    if damage == "column dropped":
        gone = _names(content, file) - _names(damaged, file)
        emptied = all(_same(other[name][0], _emptied(whole[name][0], other[name][0])) for name in whole)
        told = bool(gone) and gone <= set(file.layout.optional) and emptied
    assert caught or told or all(_same(other[name][0], whole[name][0]) for name in whole)


def _names(content: bytes, file: SourceFile) -> set[str]:
    """The names of the columns of a delimited file."""
    return set(_table(content, file.layout.delimiter)[(file.layout.names_row or 1) - 1])


def _emptied(table: pl.DataFrame, like: pl.DataFrame) -> pl.DataFrame:
    """The table without the values of columns that are empty in another."""
    empty = [name for name in like.columns if like[name].null_count() == like.height]
    return table.with_columns(pl.lit(None, table.schema[name]).alias(name) for name in empty)


def _same(one: pl.DataFrame, other: pl.DataFrame) -> bool:
    """Whether two tables have the same rows, in any order; line ends inside cells, in JSON too, do not matter."""
    first, second = (
        each.with_columns(
            pl.selectors.string().str.replace_all(r"\r\n|\\r\\n", "\n").str.replace_all(r"\\n", "\n")
        ).sort(pl.all())
        for each in (one, other)
    )
    return first.equals(second)


def _outcome(source_id: str, file: SourceFile, content: bytes, folder: Path) -> LifegapError | Read:
    try:
        return _read(source_id, file, content, folder)
    except LifegapError as refusal:
        return refusal


def _read(source_id: str, file: SourceFile, content: bytes, folder: Path) -> Read:
    """Tables of a source made of one file, with what fails in each; and the rows that were read."""
    path = folder / f"{file.name}.gz"
    path.parent.mkdir(parents=True)
    path.write_bytes(gzip.compress(content))
    landed = source_file(source_id, path, file.vintage.id, file.name)
    warehouse = load(source_id, [landed])
    found = {}
    for made in tables_of(source_id):
        own = [rule for rule in rules_of(made.table) if rule.severity == "critical" and not rule.needs]
        failing = {rule.id: _count(warehouse, made.table.full_name, rule) for rule in own}
        found[made.table.full_name] = (warehouse.frame(made.table.full_name), failing)
    return found, landed.rows_read - landed.set_aside["empty_line"], list(landed.columns_not_used)


def _count(warehouse: Warehouse, name: str, rule: Rule) -> int:
    """Rows that break a rule, without the library around it; 0 for a rule that looks elsewhere."""
    if "landing." in rule.count_sql:
        return 0
    found = warehouse.connection.execute(f"SELECT {rule.count_sql} FROM {name} LIMIT 1").fetchone()
    return 0 if found is None else found[0] or 0
