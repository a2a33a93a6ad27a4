"""Life tables of every export of CDC WONDER in the mirror, against the table of the documentation and NCHS."""

import csv
import gzip
import io
import re
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from lifegap.methods.mortality.deaths import life_tables_of_deaths
from tests.conftest import CHECKOUT, run_lifegap

PAGE = CHECKOUT / "docs" / "explanation" / "methods" / "life-tables.md"
DOCUMENTED = dict(re.findall(r"^\| `(\w+\.(?:txt|csv))` \| (.+) \|$", PAGE.read_text(encoding="utf-8"), re.M))


def _whole(mirror: Path, folder: Path, name: str) -> Path:
    file = folder / name
    file.write_bytes(gzip.decompress((mirror / "cdc_wonder" / f"{name}.gz").read_bytes()))
    return file


def _told(mirror: Path, folder: Path, name: str) -> str:
    """What the command makes of an export, in the words of the page."""
    ended = run_lifegap("lifetable", str(_whole(mirror, folder, name)), "--format", "csv", home=folder)
    if ended.returncode == 2:
        found = re.search(r"found: +(?:an export |)(?:.*(not by age)|([^(,\n]*[^(,\s]))", ended.stderr)
        assert found, ended.stderr
        return f"refused: {found[1] or found[2]}"
    assert ended.returncode == 0, ended.stderr
    rows = list(csv.DictReader(io.StringIO(ended.stdout)))
    before = list(rows[0]).index("age_start")
    groups: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for row in rows:
        groups.setdefault(tuple(row.values())[:before], []).append(row)
    made = [part for part in groups.values() if any(row["ex"] for row in part)]
    closed = [part for part in groups.values() if part not in made and any(row["lx"] for row in part)]
    without = [part for part in groups.values() if not any(row["lx"] for row in part)]
    assert all(part[-1]["age_start"] == "85.0" for part in closed)
    reasons = sorted({part[0]["reason"].split(":")[1] for part in without})
    words = [f"{len(made)} tables"] * bool(made) + [f"{len(closed)} closed at 85"] * bool(closed)
    return ", ".join(words + [f"{len(without)} without: {', '.join(reasons)}"] * bool(without))


@pytest.mark.mirror
def test_every_export_is_on_the_page(mirror: Path) -> None:
    files = {path.name.removesuffix(".gz") for path in (mirror / "cdc_wonder").glob("*.gz")}
    assert {f"wonder_{name}" for name in DOCUMENTED} == files


@pytest.mark.mirror
@pytest.mark.parametrize("name", DOCUMENTED)
def test_an_export_gives_what_the_page_says(name: str, mirror: Path, tmp_path: Path) -> None:
    assert _told(mirror, tmp_path, f"wonder_{name}") == DOCUMENTED[name]


@pytest.mark.mirror
def test_a_national_open_band_brings_2014_to_the_printed_expectation(mirror: Path, tmp_path: Path) -> None:
    """NCHS prints 78.9 at birth and 6.7 at 85 for 2014; ten-year ages differ from single ones by under 0.1."""
    printed = pl.read_csv(
        gzip.decompress((mirror / "nchs" / "nchs_us_life_table_2014.csv.gz").read_bytes()),
        has_header=False, infer_schema=False,
    )  # fmt: skip
    at = {row[0]: row[-1] for row in printed.iter_rows() if row[0]}
    old = next(float(ex) for age, ex in at.items() if age.replace("–", "-").startswith("85-86"))
    assert old == pytest.approx(6.7, abs=0.05)
    name = "wonder_ucd_us_deaths_by_age10_year_1999_2018.txt"
    ended = run_lifegap("lifetable", str(_whole(mirror, tmp_path, name)), "--format", "csv", home=tmp_path)
    rows = [row for row in csv.DictReader(io.StringIO(ended.stdout)) if row["period_start"] == "2014"]
    assert (round(float(rows[0]["ex"]), 2), round(float(rows[-1]["ex"]), 2)) == (79.23, 7.46)
    ages = [float(row["age_start"]) for row in rows]
    m = np.array([float(row["mx"]) for row in rows])
    people = np.full(len(m), 1e7)
    closed = pl.DataFrame({"age_start": ages, "deaths": m * people, "population": people, "open_ex": old})
    assert life_tables_of_deaths(closed, [])["ex"][0] == pytest.approx(78.9, abs=0.1)


@pytest.mark.mirror
def test_the_release_of_the_whole_files_holds_the_national_standard(
    mirror: Path, mirror_home: Path, tmp_path: Path
) -> None:
    """The national table of 2014 closes the export's open band: 78.9 at birth, as NCHS prints."""
    name = "wonder_ucd_us_deaths_by_age10_year_1999_2018.txt"
    file = str(_whole(mirror, tmp_path, name))
    ended = run_lifegap(
        "lifetable", file, "--open-band", "United States", "--format", "csv", home=mirror_home
    )
    assert ended.returncode == 0, ended.stderr
    rows = [row for row in csv.DictReader(io.StringIO(ended.stdout)) if row["period_start"] == "2014"]
    assert float(rows[-1]["ex"]) == pytest.approx(6.7, abs=0.05)
    assert float(rows[0]["ex"]) == pytest.approx(78.9, abs=0.1)
    assert rows[0]["method"].startswith("life_table, open band of nation:us 2014")


@pytest.mark.mirror
def test_standard_errors_of_tract_tables_hold_the_open_band(mirror: Path) -> None:
    """All 2,919 tables of Illinois, from the errors of q and of the open band, with and without the latter."""
    (file,) = (mirror / "usaleep" / "file_b").glob("IL_B*")
    rows = pl.read_csv(gzip.decompress(file.read_bytes())).drop_nulls("Tract ID")
    names = ("nq(x)", "e(x)", "se(nq(x))", "se(e(x))")
    q, ex, se_q, se_e = (rows[name].cast(pl.Float64).to_numpy().reshape(-1, 11) for name in names)
    assert len(q) == 2919
    n = np.array([1, 4, *[10] * 8])
    a = np.array([0.1, *[0.5] * 9])
    survivors = np.hstack([np.ones((len(q), 1)), np.cumprod(1 - q[:, :-1], axis=1)])
    reach = survivors[:, :-1] * ((1 - a) * n + ex[:, 1:])
    closed = ((se_q[:, :-1] * reach) ** 2).sum(axis=1)
    opened = (survivors[:, -1] * se_e[:, -1]) ** 2
    ratio = np.sqrt(closed + opened) / se_e[:, 0]
    assert 0.994 < ratio.min() < ratio.max() < 1.006
    assert np.median(np.sqrt(closed) / se_e[:, 0]) == pytest.approx(0.78, abs=0.01)
    assert np.median(opened / (closed + opened)) == pytest.approx(0.39, abs=0.01)
