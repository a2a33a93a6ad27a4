"""A text that a spreadsheet would run stands behind an apostrophe, said by Python and by DuckDB alike."""

import duckdb
import pytest

from lifegap.spreadsheets import harmless, harmless_sql

RUN = ("=1+1", "@SUM(A1)", "+1+1", "-2+3", "\t=1", "\r=1", "-cmd", "--", "+", "- 2")
PLAIN = ("-2.9 to -2.4", "-2.9", "+5 %", "-", "Austin", "", "1=1", "it's = so", "'=1", "-1,234.5%")


@pytest.mark.parametrize("text", [*RUN, *PLAIN])
def test_python_and_duckdb_write_the_same(text: str) -> None:
    ((written,),) = duckdb.execute(f"SELECT {harmless_sql('t')} FROM (SELECT ? AS t)", [text]).fetchall()
    assert written == harmless(text)


@pytest.mark.parametrize("text", [text for text in RUN if text != "+"])
def test_what_would_be_run_is_behind_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", [*PLAIN, "+"])
def test_numbers_and_intervals_stay(text: str) -> None:
    assert harmless(text) == text
