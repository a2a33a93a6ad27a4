"""The release before: what it holds is given as it was; none, an older one and a damaged one are told apart."""

import json
import shutil
from pathlib import Path

import pytest

from lifegap.errors import MachineError
from lifegap.home import MANIFEST
from lifegap.releases.before import Before, release_before
from lifegap.settings import Settings
from tests.store.small_home import home_settings, publish_titled


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return home_settings(tmp_path / "home")


@pytest.fixture
def before(settings: Settings) -> Before:
    publish_titled(settings.home, "first")
    return release_before(settings.latest)


def test_a_home_without_a_release_has_nothing_before(settings: Settings) -> None:
    none = release_before(settings.latest)
    assert (none.manifest, none.release_id, none.version, none.path("place")) == (None,) * 4
    assert none.frame("place") is None


def test_a_link_to_a_release_that_is_gone_is_nothing_before(settings: Settings, before: Before) -> None:
    shutil.rmtree(settings.releases)
    assert release_before(settings.latest).release_id is None


def test_the_tables_of_the_release_are_given_as_they_were(settings: Settings, before: Before) -> None:
    frame = before.frame("coalition")
    assert frame is not None
    assert frame["title"].to_list() == ["first"]
    assert before.release_id == settings.latest.resolve().name


def test_it_stays_the_one_that_it_was_when_the_next_is_published(settings: Settings, before: Before) -> None:
    version = before.version
    publish_titled(settings.home, "second")
    frame = before.frame("coalition")
    assert frame is not None
    assert frame["title"].to_list() == ["first"]
    assert before.version == version != release_before(settings.latest).version


def test_a_table_that_an_older_release_did_not_have_is_none(before: Before) -> None:
    assert before.frame("a_table_of_later_years") is None


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda folder: (folder / "parquet" / "coalition.parquet").unlink(), "the file is gone"),
        (lambda folder: (folder / "parquet" / "coalition.parquet").write_bytes(b"PAR1"), "coalition.parquet"),
        (lambda folder: (folder / MANIFEST).write_text("{"), MANIFEST),
        (lambda folder: (folder / MANIFEST).write_text("[]"), MANIFEST),
        (lambda folder: (folder / MANIFEST).write_text(json.dumps({"release_id": "x"})), MANIFEST),
    ],
    ids=["a table is gone", "a table is cut off", "half a manifest", "another file", "no tables"],
)
def test_a_damaged_release_is_named_and_not_passed_over(
    settings: Settings, before: Before, damage, said
) -> None:
    damage(before.folder)
    with pytest.raises(MachineError, match="restore") as refused:
        release_before(settings.latest).frame("coalition")
    assert said in refused.value.found[0]
