"""Bad input, as a user meets it: one clear message, the exit code of the contract, nothing lost."""

import gzip
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT, run_lifegap

SERIES = "bundle/chicago_life_expectancy/le_community_area_qjr3-bm53.csv.gz"
FILE_A = "bundle/nchs_usaleep/US_A.CSV.gz"
FILE_B = "bundle/nchs_usaleep/IL_B.CSV.gz"
S1901 = "bundle/census_acs5/county/ACSST5Y{}.S1901-Data.csv.gz"
RANKS = "bundle/chr_rankings/{0}/t_category_data_{0}.csv.gz"
COALITION = "coalitions/west-side-united.toml"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of `data/` that a test may break."""
    return Path(shutil.copytree(CHECKOUT / "data", tmp_path / "data"))


@pytest.fixture
def home(bundle_home: Path, tmp_path: Path) -> Path:
    """A home with a release, whose next refresh will be given bad input."""
    copy = tmp_path / "home"
    shutil.copytree(bundle_home / "releases", copy / "releases")
    (copy / "latest").symlink_to((bundle_home / "latest").readlink())
    return copy


def _edit(path: Path, change: Callable[[bytes], bytes]) -> None:
    before = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    after = change(before)
    assert after != before
    path.write_bytes(gzip.compress(after, mtime=0) if path.suffix == ".gz" else after)


def _replace(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda text: text.replace(old, new, 1)


def _cut_wrapping(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def _swap(data: Path, one: str, other: str) -> None:
    (data / one).write_bytes((data / other).read_bytes())


CASES: dict[str, tuple[Callable[[Path], object], int, list[str]]] = {
    "missing file": (lambda data: (data / FILE_A).unlink(), 3, ["SOURCE-MISSING", "US_A.CSV"]),
    "web page instead of data": (
        lambda data: (data / FILE_A).write_bytes(gzip.compress(b"<!DOCTYPE html><html>404</html>")),
        1,
        ["SOURCE-HTML", "nchs_usaleep/US_A.CSV", "<!DOCTYPE html>"],
    ),
    "empty file": (
        lambda data: (data / FILE_A).write_bytes(gzip.compress(b"")),
        1,
        ["SOURCE-EMPTY", "nchs_usaleep/US_A.CSV"],
    ),
    "file cut short": (lambda data: _cut_wrapping(data / FILE_B), 1, ["SOURCE-TRUNCATED", "IL_B.CSV"]),
    "rows missing at the end": (
        lambda data: _edit(data / FILE_B, lambda text: text[: text.rfind(b"\r\n", 0, -6000) + 2]),
        1,
        ["CHECK-FAILED", "sources.usaleep_life_table", "IL_B.CSV: ", "rows, expected ", "cut short"],
    ),
    "renamed column": (
        lambda data: _edit(data / SERIES, _replace(b"2010 Life Expectancy", b"Life Expectancy 2010")),
        1,
        ["SOURCE-HEADER", "missing against portal_csv: 2010 Life Expectancy", "not in portal_csv"],
    ),
    "missing column of a survey table": (
        lambda data: _edit(data / S1901.format(2019), _replace(b'"S1901_C01_012E"', b'"X"')),
        1,
        ["SOURCE-COLUMN", "S1901_C01_012 has no estimate"],
    ),
    "label of a survey column changed": (
        lambda data: _edit(
            data / S1901.format(2019), _replace(b"Households!!Median income (dollars)", b"Households!!Middle")
        ),
        1,
        ["CHECK-FAILED", "declared_cells_are_in_every_file", "data/indicators"],
    ),
    "duplicated key": (
        lambda data: _edit(data / SERIES, lambda text: text.replace(b"27,East", b"26,West", 1)),
        1,
        ["CHECK-FAILED", "77_areas_and_the_city"],
    ),
    "value out of range": (
        lambda data: _edit(
            data / SERIES, _replace(b"26,West Garfield Park,63.2", b"26,West Garfield Park,632")
        ),
        1,
        ["CHECK-FAILED", "sources.chicago_life_expectancy", "source_row=26", "40"],
    ),
    "text instead of a number": (
        lambda data: _edit(
            data / SERIES, _replace(b"26,West Garfield Park,63.2", b"26,West Garfield Park,n.a.")
        ),
        1,
        ["CHECK-FAILED", "estimate"],
    ),
    "file of another vintage": (
        lambda data: _swap(data, RANKS.format(2019), RANKS.format(2018)),
        1,
        ["SOURCE-VINTAGE", "2019", "2018"],
    ),
    "file of another vintage, rewritten": (
        lambda data: _edit(data / RANKS.format(2019), lambda text: text.replace(b"\n2019,", b"\n2018,")),
        1,
        ["CHECK-FAILED", "year_is_the_release"],
    ),
    "coalition naming an unknown place": (
        lambda data: _edit(
            data / COALITION, _replace(b"neighborhood:chicago-26", b"neighborhood:chicago-78")
        ),
        2,
        ["DECLARATION", "west-side-united.toml", "neighborhood:chicago-78"],
    ),
    "coalition file that is no TOML": (
        lambda data: _edit(data / COALITION, _replace(b"id = ", b"id = = ")),
        2,
        ["DECLARATION", "west-side-united.toml", "line 1"],
    ),
    "publisher mended what is corrected": (
        lambda data: _edit(data / SERIES, _replace(b"79.8,70,72.7", b"71.3,70,72.7")),
        1,
        ["CORRECTION-COUNT", "dunning_2010_interval", "remove the correction"],
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_bad_input_ends_with_one_message_and_loses_nothing(case: str, data: Path, home: Path) -> None:
    spoil, exit_code, said = CASES[case]
    if case == "publisher mended what is corrected":
        for suffix in ("_bom", "_api"):
            path = data / SERIES.replace("bm53.csv", f"bm53{suffix}.csv")
            _edit(
                path,
                lambda text: text.replace(b"79.8,70,72.7", b"71.3,70,72.7").replace(
                    b'"79.8","70.0"', b'"71.3","70.0"'
                ),
            )
    spoil(data)
    latest = (home / "latest").readlink()
    ended = run_lifegap("--quiet", "refresh", home=home, LIFEGAP_DATA=str(data))
    assert ended.returncode == exit_code, ended.stderr
    assert ended.stdout == ""
    for words in said:
        assert words in ended.stderr
    assert "Traceback" not in ended.stderr
    assert ["found:" in ended.stderr, "expected:" in ended.stderr, "next:" in ended.stderr] == [True] * 3
    assert (home / "latest").readlink() == latest
    assert [path.name for path in (home / "releases").iterdir()] == [latest.name]


def test_a_home_that_cannot_be_written_is_the_machines_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    ended = run_lifegap("refresh", home=tmp_path / "file" / "home")
    assert ended.returncode == 5
    assert "MACHINE" in ended.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["refresh", "--sources", "elsewhere"], "bundle"),
        (["gap", "--coalition", "nobody"], "west-side-united"),
        (["gap", "--place", "Narnia"], "one of"),
        (["gap", "--period", "1066"], "no gap"),
        (["quote", "Narnia"], "one of"),
        (["explain", "nothing", "x=1"], "no table nothing"),
        (["explain", "life_expectancy_gap", "place=1"], "no column place"),
        (["explain", "life_expectancy_gap", "place_id=neighborhood:chicago-26"], "add"),
        (["indicators", "--area", "astrology"], "education"),
        (["sql", "SELEC 1"], "QUERY"),
        (["releases", "show", "never"], "NO-RELEASE"),
        (["gap", "--format", "xml"], "xml"),
        (["nonsense"], "nonsense"),
    ],
)
def test_what_the_user_got_wrong_ends_with_exit_code_2(
    arguments: list[str], words: str, bundle_home: Path
) -> None:
    ended = run_lifegap(*arguments, home=bundle_home)
    assert ended.returncode == 2, ended.stderr
    assert words in ended.stderr
    assert ended.stdout == ""
