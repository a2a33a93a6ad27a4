"""What a person reads: tables that fit the window, numbers with the digits that carry them."""

import csv
import io

import pytest

from lifegap.cli import terminal
from lifegap.cli.terminal import Format, column_texts, show

COLUMNS = (
    "place",
    "reference",
    "period",
    "source",
    "vintage",
    "method",
    "gap",
    "95 % interval",
    "reliability",
)
ROW = ("Philadelphia County, Pennsylvania", "Montgomery County, Pennsylvania", "2021-2023", "chr_measures",
       "2026", "published", 5.684, "5.45 to 5.92", None)  # fmt: skip


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal of 80 columns."""
    monkeypatch.setattr(terminal, "window", lambda: 80)


@pytest.mark.usefixtures("narrow")
def test_a_wide_table_is_a_block_a_row_in_a_narrow_window(capsys: pytest.CaptureFixture[str]) -> None:
    show(COLUMNS, [ROW, ROW], Format.table)
    text = capsys.readouterr().out
    assert all(len(line) <= 80 for line in text.splitlines())
    assert text.count("Philadelphia County, Pennsylvania") == 2
    assert text.count("5.68\n") == 2
    assert "reliability" not in text
    assert "\n\n" in text


@pytest.mark.usefixtures("narrow")
def test_a_table_that_fits_stays_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    show(("place", "gap", "period", "se"), [("Austin", 12.5, "2010", 1.25)], Format.table)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert lines[-1].split() == ["Austin", "12.50", "2010", "1.25"]


@pytest.mark.usefixtures("narrow")
def test_long_cells_wrap_and_lose_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    words = "a caveat of many words " * 12
    show(COLUMNS, [(*ROW[:-1], words)], Format.table)
    text = capsys.readouterr().out
    assert " ".join(text.split()).endswith(words.strip())
    assert all(len(line) <= 80 for line in text.splitlines())


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("+1+1", "'+1+1"), ("-2+3", "'-2+3"), ("-cmd", "'-cmd"),
        ("\t=1", "'\t=1"), ("-", "-"), ("-5", "-5"), ("-1,234.5", "-1,234.5"), ("+3 %", "+3 %"),
        ("-2.9 to -2.4", "-2.9 to -2.4"), ("a=b", "a=b"), ("", ""), (-2.5, "-2.5"), (None, ""),
    ],
)  # fmt: skip
def test_no_text_of_a_csv_is_run_by_a_spreadsheet(
    cell: object, written: str, capsys: pytest.CaptureFixture[str]
) -> None:
    show(("first", "cell"), [("x", cell)], Format.csv)
    assert list(csv.reader(io.StringIO(capsys.readouterr().out)))[1] == ["x", written]


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        ([18001.0, 1526006.0], ["18,001", "1,526,006"]),
        ([16.2, 12.0, None], ["16.20", "12.00", ""]),
        ([3.07e-14, 0.5, 0.0], ["3.1e-14", "0.50", "0.00"]),
        ([0.0041, 0.2], ["0.0041", "0.20"]),
        ([-0.0, 1.5], ["0.00", "1.50"]),
        ([-0.0004, 0.37], ["-0.0004", "0.37"]),
        ([5, "text", None], ["5", "text", ""]),
        ([float("inf"), 1.25], ["inf", "1.25"]),
    ],
)
def test_numbers_have_the_digits_that_carry_them(values: list[object], texts: list[str]) -> None:
    assert column_texts(values) == texts
