"""Traps of USALEEP, each on rows of the real files."""

import polars as pl
import pytest

from assets.sources.nchs_usaleep import usaleep_export, usaleep_life_table, usaleep_tract
from lifegap.errors import DataError
from tests.assets.slices import BUNDLE, parse, source_file
from tests.conftest import FIXTURES

SOURCE, VINTAGE = "nchs_usaleep", "2010-2015"


def test_tract_codes_keep_their_leading_zeros() -> None:
    rows = parse(usaleep_tract, source_file(SOURCE, FIXTURES / "usaleep" / "US_A_extremes.CSV", VINTAGE))
    assert "01001020100" in rows["tract_id"]
    assert set(rows["state2kx"]) >= {"01", "02"}


def test_the_empty_line_at_the_end_is_counted_and_not_a_row() -> None:
    file = source_file(SOURCE, FIXTURES / "usaleep" / "US_A_extremes.CSV", VINTAGE)
    rows = parse(usaleep_tract, file)
    assert rows.height == 5
    assert (file.rows_read, file.rows_kept, dict(file.set_aside)) == (6, 5, {"empty_line": 1})


def test_lowest_and_highest_tract_of_the_nation_are_read_as_printed() -> None:
    rows = parse(usaleep_tract, source_file(SOURCE, FIXTURES / "usaleep" / "US_A_extremes.CSV", VINTAGE))
    printed = dict(rows.select("tract_id", "e0").iter_rows())
    assert printed["40001376900"] == 56.3
    assert printed["37037020104"] == 97.5


def test_life_tables_have_eleven_bands_with_their_ages() -> None:
    rows = parse(usaleep_life_table, source_file(SOURCE, BUNDLE / SOURCE / "IL_B.CSV.gz", VINTAGE))
    one = rows.filter(pl.col("tract_id") == "17031260100")
    assert one["age_start"].to_list() == [0, 1, 5, 15, 25, 35, 45, 55, 65, 75, 85]
    assert one["age_end"].to_list() == [1, 5, 15, 25, 35, 45, 55, 65, 75, 85, None]


def test_the_one_row_whose_columns_contradict_each_other_is_kept_as_printed() -> None:
    file = source_file(SOURCE, FIXTURES / "usaleep" / "NJ_B_34037374300.CSV", VINTAGE)
    last = parse(usaleep_life_table, file).row(-1, named=True)
    assert (last["lx"], last["Tx"], last["ex"]) == (29, 75, 2.5)
    assert last["se_nqx"] > 0  # printed, and used for nothing


def test_the_export_tells_states_from_tracts_and_reads_quoted_counties() -> None:
    rows = parse(usaleep_export, source_file(SOURCE, FIXTURES / "usaleep" / "export_traps.csv", VINTAGE))
    states = rows.filter(pl.col("level") == "state")
    assert states["county"].unique().to_list() == [""]
    assert {"Maine", "Wyoming"} <= set(states["state"])
    assert "Montgomery County, PA" in rows["county"]
    assert rows.filter(pl.col("tract_number") == "0201.00")["e0"][0] == 73.1


def test_a_number_that_is_none_is_kept_as_text_for_the_check(tmp_path) -> None:
    text = (FIXTURES / "usaleep" / "US_A_extremes.CSV").read_bytes().replace(b"56.3", b"n/a")
    (tmp_path / "US_A.CSV").write_bytes(text)
    rows = parse(usaleep_tract, source_file(SOURCE, tmp_path / "US_A.CSV", VINTAGE))
    odd = rows.filter(pl.col("e0").is_null()).row(0, named=True)
    assert odd["unparsed"] == "e(0)=n/a"


def test_a_row_with_a_cell_too_many_is_refused_with_the_file(tmp_path) -> None:
    whole = (FIXTURES / "usaleep" / "US_A_extremes.CSV").read_bytes()
    (tmp_path / "US_A.CSV").write_bytes(
        whole.replace(b"\r\n40001", b",9\r\n40001", 1) + b"1,2,3,4,5,6,7,8,9\r\n"
    )
    with pytest.raises(DataError, match=r"US_A\.CSV"):
        parse(usaleep_tract, source_file(SOURCE, tmp_path / "US_A.CSV", VINTAGE))


def test_rows_of_a_state_that_repeat_the_national_file_are_counted_once(tmp_path) -> None:
    whole = (FIXTURES / "usaleep" / "US_A_extremes.CSV").read_bytes()
    header, *lines = whole.splitlines()
    new = lines[0].replace(b"01001020100", b"23001020100")
    (tmp_path / "ME_A.CSV").write_bytes(b"\r\n".join([header, lines[0], new, lines[1]]) + b"\r\n")
    nation = source_file(SOURCE, FIXTURES / "usaleep" / "US_A_extremes.CSV", VINTAGE)
    state = source_file(SOURCE, tmp_path / "ME_A.CSV", VINTAGE)
    rows = parse(usaleep_tract, nation, state)
    assert rows.filter(pl.col("source_file") == state.name)["tract_id"].to_list() == ["23001020100"]
    assert rows["tract_id"].is_unique().all()
    assert dict(state.set_aside) == {"repeats_national_file": 2}
