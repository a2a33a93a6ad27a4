"""What commands print: results on stdout, everything else on stderr."""

import csv
import json
import math
import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from lifegap.digits import carried
from lifegap.errors import LifegapError
from lifegap.spreadsheets import harmless

WIDE = 1000
"""Columns of a line that is read by a program or a file."""

GAP = 3
"""Blanks between the columns of a table."""

FEWEST = 3
"""Columns that fold into any window; more become a block a row where they do not fit."""


class Format(StrEnum):
    """How a result is printed."""

    table = "table"
    csv = "csv"
    json = "json"


@dataclass
class State:
    """What the user wants to hear while a command runs."""

    quiet: bool = False
    verbose: bool = False
    json_logs: bool = False


state = State()


def configure(*, quiet: bool, verbose: bool, json_logs: bool) -> None:
    """Set what is said while a command runs."""
    state.quiet, state.verbose, state.json_logs = quiet, verbose, json_logs


def say(text: str) -> None:
    """A line on stderr."""
    if state.json_logs:
        _json_lines()(text, {})
    else:
        print(text, file=sys.stderr, flush=True)  # noqa: T201 - the one place that prints to stderr


def say_error(refusal: LifegapError) -> None:
    """A refusal on stderr: for people in four parts, for programs part by part."""
    if state.json_logs:
        _json_lines()(
            "error",
            {
                "code": refusal.code,
                "doing": refusal.doing,
                "found": refusal.found,
                "expected": refusal.expected,
                "next": refusal.todo,
                "exit_code": refusal.exit_code,
            },
        )
    else:
        say(str(refusal))


def hint(text: str) -> None:
    """A line on stderr that helps a reader and is not missed by one who wants results only."""
    if not state.quiet:
        say(text)


def tell(text: str = "") -> None:
    """A line of the result, on stdout."""
    print(text, flush=True)  # noqa: T201 - and this to stdout


def show(columns: Sequence[str], rows: Sequence[Sequence[Any]], form: Format) -> None:
    """Print rows on stdout: a table for people, CSV or JSON for programs."""
    if form is Format.csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(
            [[harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]
        )
    elif form is Format.json:
        told = [{name: _plain(cell) for name, cell in zip(columns, row, strict=True)} for row in rows]
        tell(json.dumps(told, default=str, allow_nan=False))
    else:
        _table(columns, rows)


def _plain(cell: Any) -> Any:
    """The cell as JSON has it: infinite and undefined numbers as text, for it knows none."""
    return str(cell) if isinstance(cell, float) and not math.isfinite(cell) else cell


def _table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """A table, or a block a row where the window is too narrow for one."""
    width = window()
    texts = list(
        zip(*(column_texts([row[index] for row in rows]) for index in range(len(columns))), strict=True)
    )
    widths = [max(len(name), *(len(row[index]) for row in texts), 0) for index, name in enumerate(columns)]
    if sum(widths) + GAP * len(widths) <= width or len(columns) <= FEWEST:
        _lines(columns, rows, texts, width)
    else:
        _blocks(columns, texts, width)


def window() -> int:
    """Columns of the window; piped, lines stay whole."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else WIDE


def _lines(
    columns: Sequence[str], rows: Sequence[Sequence[Any]], texts: Sequence[Sequence[str]], width: int
) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(width=width)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for index, name in enumerate(columns):
        numeric = any(isinstance(row[index], int | float) for row in rows)
        table.add_column(name, justify="right" if numeric else "left", overflow="fold")
    for row in texts:
        table.add_row(*(Text(cell) for cell in row))
    with console.capture() as captured:
        console.print(table)
    tell("\n".join(line.rstrip() for line in captured.get().strip("\n").splitlines() if line.strip()))


def _blocks(columns: Sequence[str], texts: Sequence[Sequence[str]], width: int) -> None:
    """A block a row: the column's name, then its cell; empty cells are left out."""
    name_width = max(len(name) for name in columns)
    for number, row in enumerate(texts):
        if number:
            tell()
        for name, cell in zip(columns, row, strict=True):
            if cell:
                lines = textwrap.wrap(cell, max(width - name_width - 2, 20)) or [""]
                tell(f"{name:<{name_width}}  {lines[0]}")
                for line in lines[1:]:
                    tell(f"{'':<{name_width}}  {line}")


def column_texts(values: Sequence[Any]) -> list[str]:
    """The cells of a column as text: numbers with the digits that carry them, alike within a column.

    Whole numbers have no decimals, others two; what two decimals would show as zero has two digits that
    count, and nothing is ever minus zero.
    """
    numbers = [value for value in values if isinstance(value, float) and math.isfinite(value)]
    whole = all(value.is_integer() for value in numbers)
    return [_cell(value, 0 if whole else 2) for value in values]


def _cell(value: Any, decimals: int) -> str:
    if value is None:
        return ""
    return carried(value, decimals) if isinstance(value, float) else str(value)


@contextmanager
def progress(total: int) -> Iterator[None]:
    """Show the events of `lifegap.events` until the block ends: a bar on a terminal, else lines."""
    from lifegap.events import listening

    if state.quiet:
        yield
    elif state.json_logs:
        with listening(_json_lines()):
            yield
    elif sys.stderr.isatty() and not state.verbose:
        with _bar(total) as advance, listening(advance):
            yield
    else:
        with listening(lambda what, facts: say(f"  {what:<36}{_facts(facts)}")):
            yield


def _facts(facts: dict[str, Any]) -> str:
    words = []
    if "rows" in facts:
        words.append(f"{facts['rows']:>12,} rows")
    if "seconds" in facts:
        words.append(f"{facts['seconds']:>8.2f} s")
    return "".join(words) or ", ".join(f"{name} {value}" for name, value in facts.items())


def _json_lines() -> Any:
    import structlog

    logger = structlog.wrap_logger(
        structlog.PrintLogger(sys.stderr),
        processors=[
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
    )
    return lambda what, facts: logger.info(what, **facts)


@contextmanager
def _bar(total: int) -> Iterator[Any]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(), TextColumn("{task.completed}/{task.total}"), TimeElapsedColumn())
    words = TextColumn("{task.description}")
    with Progress(*columns, words, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting", total=total)
        yield lambda what, _: bar.update(task, advance=1, description=what)
