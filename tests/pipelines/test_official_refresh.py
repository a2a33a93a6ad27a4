"""A refresh from the publishers alone, from an empty home, over a gateway on loopback."""

import random
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from lifegap.landing.official import KEPT
from lifegap.releases.read import open_release
from tests.conftest import run_lifegap
from tests.landing.publishers import serving
from tests.landing.small_publishers import SmallPublishers, small_publishers

SEED = 20_261_130

# One worker for all of them: what the publishers give is landed and refreshed once.
pytestmark = pytest.mark.xdist_group("official")


@pytest.fixture(scope="module")
def publishers(tmp_path_factory: pytest.TempPathFactory) -> SmallPublishers:
    """Publishers with the slices that the tests have of their files."""
    return small_publishers(tmp_path_factory.mktemp("publishers") / "data")


@dataclass(frozen=True)
class Refreshed:
    """How a refresh from the publishers ended."""

    home: Path
    exit_code: int
    stdout: str
    stderr: str
    asked: Counter[str]


def _refresh(publishers: SmallPublishers, home: Path, *options: str, absent: str = "") -> Refreshed:
    with serving(lambda path: publishers.answer(path, [absent])) as (gateway, asked):
        ended = run_lifegap(
            "refresh", "--sources", "official", *options, home=home,
            LIFEGAP_DATA=str(publishers.data), LIFEGAP_GATEWAY=gateway, NO_PROXY="127.0.0.1",
        )  # fmt: skip
    return Refreshed(home, ended.returncode, ended.stdout, ended.stderr, asked)


@pytest.fixture(scope="module")
def refreshed(publishers: SmallPublishers, tmp_path_factory: pytest.TempPathFactory) -> Refreshed:
    """A refresh with every address answering."""
    return _refresh(publishers, tmp_path_factory.mktemp("official"))


@pytest.mark.slow
def test_both_coalitions_are_published_and_every_address_is_asked_once(
    publishers: SmallPublishers, refreshed: Refreshed
) -> None:
    assert refreshed.exit_code == 0, refreshed.stderr
    assert "West Side United: In 2010" in refreshed.stdout
    assert "Together for West Philadelphia: In " in refreshed.stdout
    assert refreshed.asked == dict.fromkeys(publishers.files, 1)


@pytest.mark.slow
def test_what_has_no_address_is_named_in_the_release_and_on_the_way(refreshed: Refreshed) -> None:
    with open_release(refreshed.home) as release:
        told = dict(release.ask("SELECT source_id || ' ' || vintage, obtained_from FROM source").rows)
        listed = release.ask(
            "SELECT obtained_from FROM source_file WHERE source_id = 'census_decennial'"
        ).rows
    words = "the bundle: rows of the publisher's file (re-shaped by others); the publisher's own file has no address"
    assert told["census_decennial 2010"] == words
    assert {text for (text,) in listed} == {words}
    assert told["census_saipe 2023"].startswith("https://www2.census.gov/")
    assert told["chicago_life_expectancy qjr3-bm53"].startswith(
        "2 of 3 files: https://data.cityofchicago.org/"
    )
    assert (
        f"census_decennial: tract_population_2010_IL_MI_PA_TN.csv, tract_population_2020_IL_MI_PA_TN.csv: {words}"
        in refreshed.stderr
    )
    shown = run_lifegap("sources", home=refreshed.home)
    assert words in shown.stdout


@pytest.mark.slow
def test_rules_whose_other_side_is_the_bundles_are_not_tested(refreshed: Refreshed) -> None:
    with open_release(refreshed.home) as release:
        untested = release.ask(
            "SELECT table_name, expectation_id, observed FROM check_result WHERE success IS NULL ORDER BY ALL"
        ).rows
    assert ("sources.chicago_tract", "tracts_are_of_2010") in [(table, rule) for table, rule, _ in untested]
    assert all(observed.startswith("not tested: of sources.") for *_, observed in untested)
    assert f"{len(untested)} not tested" in refreshed.stdout


@pytest.mark.slow
def test_a_refresh_says_what_it_takes_where_the_release_is_and_what_comes_next(refreshed: Refreshed) -> None:
    first, *_ = refreshed.stderr.splitlines()
    assert first.startswith("First refresh, from the publishers: ")
    assert "GB of disk" in first
    assert f"The release is in {refreshed.home / 'latest'}" in refreshed.stderr
    assert "lifegap quote" in refreshed.stderr
    assert "lifegap gap" in refreshed.stderr


@pytest.mark.slow
def test_strict_refuses_what_stands_in(publishers: SmallPublishers, tmp_path: Path) -> None:
    ended = _refresh(publishers, tmp_path, "--strict")
    assert ended.exit_code == 3
    assert "SOURCE-UNREACHABLE" in ended.stderr
    assert "the publisher's own file has no address" in ended.stderr
    assert not (tmp_path / "latest").exists()


def _one_absent(publishers: SmallPublishers, home: Path, absent: str) -> None:
    """A release that names what stands in for the source, or a refusal that names the source."""
    ended = _refresh(publishers, home, absent=absent)
    if ended.exit_code == 0:
        with open_release(home) as release:
            origins = release.ask("SELECT obtained_from FROM source WHERE source_id = ?", [absent]).rows
        assert "West Side United: " in ended.stdout
        assert all("the bundle" in told for (told,) in origins)
    else:
        assert ended.exit_code == 3, ended.stderr
        assert f"obtaining {absent} from its publisher" in ended.stderr
        assert not (home / "latest").exists()
    assert "Traceback" not in ended.stderr


@pytest.mark.slow
def test_without_one_publisher_there_is_a_release_or_a_reason(
    publishers: SmallPublishers, tmp_path: Path
) -> None:
    # One source for which the bundle can stand in, and one drawn from all.
    for absent in ("census_geography", random.Random(SEED).choice(publishers.sources)):
        _one_absent(publishers, tmp_path / absent, absent)


@pytest.mark.soak
def test_without_any_one_publisher_there_is_a_release_or_a_reason(
    publishers: SmallPublishers, tmp_path: Path
) -> None:
    for absent in publishers.sources:
        _one_absent(publishers, tmp_path / absent, absent)


@pytest.mark.slow
def test_a_publisher_who_is_gone_later_is_stood_in_for_by_his_earlier_files(
    publishers: SmallPublishers, refreshed: Refreshed
) -> None:
    ended = _refresh(publishers, refreshed.home, absent="cdc_svi")
    assert ended.exit_code == 0, ended.stderr
    assert "Nothing has changed since the last release" in ended.stderr
    assert KEPT in ended.stderr


@pytest.mark.slow
def test_where_the_earlier_files_are_deleted_too_the_refresh_stops_and_the_last_release_stands(
    publishers: SmallPublishers, refreshed: Refreshed, tmp_path: Path
) -> None:
    home = Path(shutil.copytree(refreshed.home, tmp_path / "home", symlinks=True))
    before = (home / "latest").readlink()
    shutil.rmtree(home / "landing" / "cdc_svi")
    ended = _refresh(publishers, home, absent="cdc_svi")
    assert ended.exit_code == 3
    assert "obtaining cdc_svi from its publisher" in ended.stderr
    assert (home / "latest").readlink() == before
    with open_release(home) as release:
        assert release.ask("SELECT count(*) > 0 FROM indicator_value WHERE source_id = 'cdc_svi'").rows == [
            (True,)
        ]
