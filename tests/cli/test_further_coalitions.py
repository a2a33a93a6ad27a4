"""Further coalitions beside those of the project: their rows are added, and no other moves."""

import json
import shutil
from pathlib import Path

import duckdb
import pytest

from lifegap.catalog.tables import declared_tables
from tests.conftest import CHECKOUT, run_lifegap, tables_of_history


@pytest.fixture(scope="module")
def tried_home(bundle_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A refresh with three more coalitions: two elsewhere, one of a tract in a county that others compare."""
    folder = tmp_path_factory.mktemp("tried")
    shutil.copytree(bundle_home, folder / "home", symlinks=True)
    data = Path(shutil.copytree(CHECKOUT / "data", folder / "data"))
    (data / "coalitions" / "detroit-try.toml").write_text(
        'id = "detroit-try"\ntitle = "A trial"\n'
        '[headline]\nplace = "county:26163"\nreference = "county:26125"\n'
        '[[place]]\nid = "county:26163"\nreferences = ["county:26125"]\n'
    )
    (data / "coalitions" / "nested-try.toml").write_text(
        'id = "nested-try"\ntitle = "One in another"\n'
        '[[place]]\nid = "county:42101"\nrole = "context"\nreferences = ["county:42091"]\n'
        '[[place]]\nid = "tract2010:42101000100"\nreferences = ["county:42101"]\n'
    )
    (data / "coalitions" / "two-counties-try.toml").write_text(
        'id = "two-counties-try"\ntitle = "Two Counties"\n'
        '[[place]]\nid = "county:26163"\nreferences = ["state:26", "nation:us"]\n'
        '[[place]]\nid = "county:47037"\nreferences = ["state:47", "nation:us"]\n'
    )
    ended = run_lifegap("refresh", home=folder / "home", LIFEGAP_DATA=str(data))
    assert ended.returncode == 0, ended.stderr
    (folder / "home" / "stdout").write_text(ended.stdout, encoding="utf-8")
    return folder / "home"


@pytest.mark.slow
@pytest.mark.xdist_group("tried")
def test_a_county_has_its_gap_and_says_where_the_figures_are_that_the_bundle_lacks(
    tried_home: Path,
) -> None:
    printed = (tried_home / "stdout").read_text(encoding="utf-8")
    headline = next(line for line in printed.splitlines() if line.startswith("A trial: "))
    assert "In 2021-2023, life expectancy in Wayne County, Michigan was 74.0 years, 5.7 years" in headline
    rows = json.loads(
        run_lifegap("gap", "--coalition", "detroit-try", "--format", "json", home=tried_home).stdout
    )
    found = {(row["source_id"], row["gap"] is None, row["reason"], row["quotable"]) for row in rows}
    assert found == {
        ("chr_measures", False, None, "with_caveat"),
        ("nchs_usaleep", True, "not_in_bundle", "no"),
    }


@pytest.mark.slow
@pytest.mark.xdist_group("tried")
def test_another_coalition_adds_its_rows_and_changes_no_row_of_the_others(
    tried_home: Path, bundle_home: Path
) -> None:
    tried = {"detroit-try", "nested-try", "two-counties-try"}
    with duckdb.connect() as connection:
        for name, home in (("before", bundle_home), ("after", tried_home)):
            connection.execute(f"ATTACH '{home}/latest/lifegap.duckdb' AS {name} (READ_ONLY)")
        added = {}
        published = [each for each in declared_tables().values() if each.layer == "published"]
        # What the checks saw of tables with more rows is another count; the release before tells of itself.
        for table in (each for each in published if each.name not in tables_of_history()):
            name = table.full_name
            assert connection.execute(f"FROM before.{name} EXCEPT FROM after.{name}").fetchall() == [], name
            new = connection.sql(f"FROM after.{name} EXCEPT FROM before.{name}")
            if "coalition_id" in new.columns:
                added[table.name] = {each for (each,) in new.project("coalition_id").fetchall()}
                assert added[table.name] <= tried, name
    assert added["coalition"] == added["coalition_place"] == added["life_expectancy_gap"] == tried
    assert added["indicator_comparison"] == tried
