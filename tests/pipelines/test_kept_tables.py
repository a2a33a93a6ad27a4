"""What has not changed is not made again; what follows from a change is, and comes out as in a whole refresh."""

import gzip
import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import pytest

from assets.table import TableMaker, registered
from lifegap.checks.run import SqlChecker
from lifegap.landing.obtain import obtain
from lifegap.releases.before import Before
from lifegap.releases.publish import make_latest
from lifegap.settings import Settings, read_settings
from lifegap.store.warehouse import SOURCE, Warehouse
from pipelines import recipe, steps
from pipelines.graph import graph, selected
from pipelines.run import Run, open_run
from pipelines.step import Step
from tests.conftest import CHECKOUT, attach_warehouse, run_lifegap

INCOME = "data/bundle/chicago_health_atlas/community_areas_income_2026.csv.gz"
OF_ROGERS_PARK = "64982.84252006701"
READ_THE_LEDGER = {
    "warehouse.unused_row", "published.source", "published.source_file", "published.indicator_cell",
    "published.row_account", "published.correction", "published.change", "published.restatement",
    "published.source_edition", "published.release_calendar",
}  # fmt: skip
"""Made anew whenever a file is another, since they tell of files, or of editions by the hash of theirs."""


@pytest.fixture
def settings(bundle_home: Path, tmp_path: Path) -> Settings:
    """A home in which the bundle has been refreshed, and declarations that may be changed."""
    home = tmp_path / "home"
    home.mkdir()
    shutil.copytree(bundle_home / "landing", home / "landing")
    shutil.copyfile(bundle_home / "warehouse.duckdb", home / "warehouse.duckdb")
    shutil.copytree(CHECKOUT / "data", tmp_path / "data")
    return read_settings(home=home, data=tmp_path / "data")


def _made(
    settings: Settings,
    *,
    change: Callable[[Run], None] = lambda _: None,
    makers: dict[str, TableMaker] | None = None,
    **options: Any,
) -> tuple[set[str], set[str]]:
    """The tables that a run makes anew, and those whose rules it puts anew."""
    made, checked = set[str](), set[str]()

    class Noting(SqlChecker):
        def run(self, full_name: str, rules: list[Any]) -> list[Any]:
            checked.add(full_name)
            return super().run(full_name, rules)

    with open_run("r", settings, Noting, **options) as run:
        run.receipts.update({card.id: obtain(card, settings) for card in run.catalog.cards.values()})
        change(run)
        steps.land(run)
        known = selected(source for source, files in run.receipts.items() if files) | (makers or {})
        for step in _in_order(known):
            if step.what == "make" and not steps.make(run, known[step.name]).kept:
                made.add(step.name)
            if step.what == "check":
                assert not steps.check(run, known[step.name]).critical
    return made, checked


def _in_order(makers: dict[str, TableMaker]) -> Iterable[Step]:
    return TopologicalSorter(graph(makers)).static_order()


def test_nothing_is_made_or_checked_again_where_nothing_has_changed(settings: Settings) -> None:
    assert _made(settings) == (set(), set())


def test_forced_everything_is_made_anew(settings: Settings) -> None:
    made, checked = _made(settings, anew=True)
    assert made == {*selected(["census_acs5"])} | {name for name in made if name.startswith("sources.")}
    assert checked >= {name for name in made if not name.startswith("sources.")}


def test_other_code_makes_its_tables_anew_and_no_other_where_they_come_out_the_same(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = registered()["published.progress"].make.__module__
    before = recipe.code_of
    monkeypatch.setattr(recipe, "code_of", lambda *names: before(*names) + "b" * (names == (module,)))
    assert _made(settings) == ({"published.progress"}, set())


def test_another_release_before_makes_what_tells_of_it_anew_and_nothing_else(
    settings: Settings, bundle_home: Path
) -> None:
    folder = (bundle_home / "latest").resolve()
    shutil.copytree(folder, settings.releases / folder.name)
    make_latest(settings, folder.name)
    told = {name for name, maker in registered().items() if Before in maker.takes}
    made, _ = _made(settings)
    assert made == told
    assert _made(settings) == (set(), set())


def test_another_declaration_makes_its_table_anew(settings: Settings) -> None:
    maker = registered()["warehouse.place"]
    other = replace(maker, table=replace(maker.table, comment="Another comment."))
    made, checked = _made(settings, makers={"warehouse.place": other})
    assert made == {"warehouse.place"}
    assert checked == set()


def test_another_file_with_the_same_rows_makes_its_table_anew_and_what_tells_of_files(
    settings: Settings,
) -> None:
    def reissued(run: Run) -> None:
        first, *others = run.receipts["chicago_reported"]
        run.receipts["chicago_reported"] = [replace(first, sha256="0" * 64), *others]

    made, _ = _made(settings, change=reissued)
    assert made == {"sources.chicago_reported"} | READ_THE_LEDGER


BY_SOURCE = sorted(name for name, maker in registered().items() if maker.by_source is not None)


@pytest.mark.parametrize("name", BY_SOURCE)
def test_rows_of_a_source_are_made_of_that_source_alone(settings: Settings, name: str) -> None:
    with open_run("r", settings, SqlChecker) as run:
        maker, warehouse = registered()[name], run.warehouse
        there = {source for (source,) in warehouse.relation(name).aggregate(f"{SOURCE} AS s", "s").fetchall()}
        assert there <= maker.made_of.keys()
        whole = warehouse.versions_by_source(name, maker.made_of)
        for source in sorted(there):
            rows = maker.rows(warehouse, run.catalog, None, {source})
            warehouse.write(maker.table, rows, sources={source})
            run.correct(maker.table, {source})
        assert warehouse.versions_by_source(name, maker.made_of) == whole


def test_a_source_that_a_table_has_no_more_leaves_no_row_in_it(settings: Settings) -> None:
    name = "published.indicator_value"

    def left_by_an_earlier_version(run: Run) -> None:
        ledger, connection = run.warehouse.ledger, run.warehouse.connection
        ledger.remember(name, {"gone": next(iter(ledger.made(name).values()))})
        connection.execute(f"INSERT INTO {name} SELECT * REPLACE ('gone' AS source_id) FROM {name} LIMIT 1")

    made, _ = _made(settings, change=left_by_an_earlier_version)
    assert name in made
    with attach_warehouse(settings.home) as connection:
        assert connection.execute(f"SELECT 1 FROM {name} WHERE source_id = 'gone'").fetchall() == []
    assert _made(settings) == (set(), set())


@pytest.mark.slow
def test_another_number_makes_what_follows_from_it_anew_as_a_whole_refresh_does(
    settings: Settings, tmp_path: Path
) -> None:
    income = tmp_path / INCOME
    text = gzip.decompress(income.read_bytes()).decode()
    assert text.count(OF_ROGERS_PARK) == 1
    income.write_bytes(gzip.compress(text.replace(OF_ROGERS_PARK, "64983.5").encode(), mtime=0))
    made, checked = _made(settings)
    assert {"sources.chicago_health_atlas", "warehouse.observation", "indicators.indicator_value"} <= made
    # Crosswalk and pooled tables look at all observations, and come out the same.
    assert {"warehouse.crosswalk", "indicators.pooled_life_table"} <= made - checked
    kept = set(registered()) - made
    assert {"sources.acs_cell", "published.place", "published.life_table", "published.crosswalk"} <= kept
    assert {"published.life_expectancy", "published.life_expectancy_gap"} <= kept
    assert _rows(settings.home) == _rows(_whole(tmp_path))


def _whole(folder: Path) -> Path:
    """A home made from nothing with the changed data."""
    ended = run_lifegap("refresh", home=folder / "whole", LIFEGAP_DATA=str(folder / "data"))
    assert ended.returncode == 0, ended.stderr
    return folder / "whole"


def _rows(home: Path) -> dict[str, str]:
    """The version of every table of a home, but of that which is written when a release is published."""
    with attach_warehouse(home) as connection:
        names = connection.execute(
            "SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE schema_name <> 'landing'"
        ).fetchall()
        return {
            name: Warehouse(connection).version(name)
            for (name,) in names
            if name != "published.check_history"
        }
