"""Delimited text is read strictly: a line with too few or too many cells is refused, by its number."""

import csv
import gzip
import io
from pathlib import Path

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assets.sources.census_acs5 import acs_cell
from assets.sources.chr_measures import chr_measure
from lifegap.errors import DataError
from lifegap.landing import delimited
from lifegap.landing.delimited import RaggedError, read_delimited
from lifegap.landing.files import SourceFile
from tests.assets.slices import parse, slices_of, source_file

cell = st.text(st.sampled_from('ab,;\n" é'), max_size=6)
tables = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(cell, min_size=width, max_size=width), min_size=2, max_size=8)
)


def _written(rows: list[list[str]], *, quoted: bool = False, ends: str = "\n") -> bytes:
    made = io.StringIO()
    quoting = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    csv.writer(made, lineterminator=ends, quoting=quoting).writerows(rows)
    return made.getvalue().encode()


def _read(text: bytes, width: int) -> pl.DataFrame:
    return read_delimited(text, [f"c{at}" for at in range(width)], delimiter=",", header_rows=1)


@given(tables, st.booleans(), st.sampled_from(["\n", "\r\n"]))
@example([["a", "b"], ["x", ""]], False, "\n")
@example([["a", "b"], ["x,y\nz", '"']], True, "\r\n")
def test_whole_lines_are_read_as_they_were_written(rows: list[list[str]], quoted: bool, ends: str) -> None:
    header = [f"c{at}" for at in range(len(rows[0]))]
    frame = _read(_written([header, *rows], quoted=quoted, ends=ends), len(header))
    assert [[value or "" for value in row] for row in frame.rows()] == rows


@given(tables, st.booleans(), st.data())
def test_a_line_with_a_cell_less_or_more_is_refused_wherever_it_stands(
    rows: list[list[str]], quoted: bool, data: st.DataObject
) -> None:
    width = len(rows[0])
    at = data.draw(st.integers(0, len(rows) - 1))
    other = [*rows[at], "x"] if data.draw(st.booleans()) or width == 2 else rows[at][:-1]
    text = _written([[f"c{at}" for at in range(width)], *rows[:at], other, *rows[at + 1 :]], quoted=quoted)
    with pytest.raises(RaggedError, match=f"has {len(other)} cells under a header of {width}"):
        _read(text, width)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (b"a,b,c\n1,2,3\n4,5\n6,7,8\n", "line 3 has 2 cells under a header of 3: it is cut short"),
        (b"a,b,c\n1,2,3\n4,5,6,7\n", "line 3 has 4 cells under a header of 3"),
        (b'a,b,c\n1,"2\n2",3\n4\n5,6,7\n', "line 4 has 1 cells"),
        (b'a,b,c\n1,2,3\n4,"5,6', "line 3 has 2 cells"),
        (b'a,b,c\n1,2,3\n4,5,"6', "line 3 holds a quoted cell that does not end"),
        (b"a,b,c\n4,5\n1,2,3,4\n", "line 2 has 2 cells"),
        (b'"a","b","c"\n"1,1","2"\n"4","5,5","6"\n', "line 2 has 2 cells"),
    ],
)
def test_the_line_and_its_cells_are_named(text: bytes, found: str) -> None:
    with pytest.raises(RaggedError) as refused:
        _read(text, 3)
    assert found in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        b"a,b,c\n1,2,3\n\n",
        b"a,b,c\r\n1,2,\r\n\r\n4,5,\r\n",
        b"a,b,c\n1,,\n\n\n4,,\n",
        b"a,b,c\n,,\n",
        b"a,b,c\n",
    ],
)
def test_lines_of_nothing_are_no_short_lines(text: bytes) -> None:
    _read(text, 3)


def test_a_cell_of_lines_may_lie_across_two_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "CHUNK", 3)
    text = b'a,b,c\n"1,\n,1","2,",\n3,"4\n,",\n'
    assert _read(text, 3).rows() == [("1,\n,1", "2,", None), ("3", "4\n,", None)]
    with pytest.raises(RaggedError):
        _read(text.replace(b'"4\n,",\n', b'"4\n,"\n'), 3)


def _cut(file: SourceFile, begins: bytes, cells: int, folder: Path) -> SourceFile:
    """The file with one line in its middle cut to a few cells."""
    lines = file.content().splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if line.startswith(begins))
    assert at < len(lines) - 1
    lines[at] = b",".join(lines[at].split(b",")[:cells]) + b"\n"
    path = folder / f"{Path(file.name).name}.gz"
    path.write_bytes(gzip.compress(b"".join(lines)))
    return source_file(file.receipt.source_id, path, file.vintage.id, file.name)


def test_a_line_of_life_expectancy_cut_in_mid_file_does_not_lose_its_limits_in_silence(
    tmp_path: Path,
) -> None:
    whole = next(file for file in slices_of("chr_measures") if file.name.endswith("v147_r2025.csv"))
    with pytest.raises(DataError) as refused:
        parse(chr_measure, _cut(whole, b"17,031", 3, tmp_path))
    assert refused.value.code == "SOURCE-UNREADABLE"
    assert "v147_r2025.csv" in str(refused.value)
    assert "has 3 cells under a header of 6: it is cut short" in str(refused.value)


def test_a_line_of_the_survey_cut_in_mid_file_is_not_a_cell_that_the_publisher_left_empty(
    tmp_path: Path,
) -> None:
    whole = next(
        file for file in slices_of("census_acs5") if "S1901" in file.name and file.layout.id == "data_csv"
    )
    first = whole.content().splitlines()[3]
    with pytest.raises(DataError) as refused:
        parse(acs_cell, _cut(whole, first[:12], 5, tmp_path))
    assert refused.value.code == "SOURCE-UNREADABLE"
    assert whole.name in str(refused.value)
    assert "it is cut short" in str(refused.value)
