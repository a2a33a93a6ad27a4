"""Every input of a figure stands in the file and the row that the release names for it.

The files are read here by the csv module and the workbook reader, not by the parsers that are tested.
"""

import csv
import gzip
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from lifegap.releases.read import Release
from tests.conftest import CHECKOUT

SAMPLE = 300
SECOND_HEADER = {"Geography", "Id", "id"}


@cache
def _data_rows(source_id: str, name: str) -> tuple[list[str], list[list[str]]]:
    """The first header row of a file, and its data rows."""
    rows = list(_lines(source_id, name))
    headers = 2 if SECOND_HEADER & set(rows[1]) or not rows[1][0] else 1
    return rows[0], rows[headers:]


def _lines(source_id: str, name: str) -> Iterator[list[str]]:
    bundled = CHECKOUT / "data" / "bundle" / source_id / name
    if bundled.suffix == ".xlsx":
        sheet = pl.read_excel(bundled, has_header=False, infer_schema_length=0)
        return ([cell or "" for cell in row] for row in sheet.iter_rows())
    packed = Path(f"{bundled}.gz")
    if packed.exists():
        text = gzip.decompress(packed.read_bytes()).decode("utf-8-sig")
    else:
        reported = CHECKOUT / "data" / "reported" / name
        text = (bundled if bundled.exists() else reported).read_text(encoding="utf-8-sig")
    return csv.reader(text.splitlines(keepends=True))


def _number(cell: str) -> float | None:
    try:
        return float(cell.replace(",", "").removesuffix("%"))
    except ValueError:
        return None


def _traced(row: dict[str, Any]) -> None:
    header, rows = _data_rows(row["source_id"], row["source_file"])
    cells = rows[row["source_row"] - 1]
    column = f"{row['measure']}E"
    candidates = [cells[header.index(column)]] if column in header else cells
    assert any(_number(cell) == pytest.approx(row["estimate"], abs=1e-9) for cell in candidates), row
    code = row["place_id"].split(":")[1].removeprefix("chicago-").replace("us", "00000")
    named = [cell.strip().lower() for cell in cells if cell.strip()]
    name = row["name"].lower()
    assert code in "".join(named) or any(name.startswith(cell) or name in cell for cell in named), row


def _inputs(release: Release) -> list[dict[str, Any]]:
    return release.ask(
        "SELECT figure_input.*, place.name FROM figure_input JOIN place USING (place_id) "
        "WHERE estimate IS NOT NULL ORDER BY ALL"
    ).dicts()


def test_a_sample_of_the_inputs_stands_where_the_release_says(release: Release) -> None:
    rows = _inputs(release)
    by_source = {row["source_id"]: row for row in rows}
    for row in [*by_source.values(), *random.Random(20150).sample(rows, SAMPLE)]:
        _traced(row)


@pytest.mark.soak
def test_every_input_stands_where_the_release_says(release: Release) -> None:
    for row in _inputs(release):
        _traced(row)
