"""A release in the hands of analysts: other versions of DuckDB, two releases side by side."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from lifegap.catalog.tables import declared_traces, declared_views, published_tables

# One worker for all of them: each version is installed once.
pytestmark = pytest.mark.xdist_group("other_versions")

TABLES = "SELECT count(*) FROM published.life_expectancy_gap"
VIEWS = (
    "SELECT count(*) FROM published.gap_latest",
    "SELECT count(*) FROM published.coalition_overview",
    'SELECT count(*) FROM published."README"',
    "SELECT count(sha256) FROM published.trace_life_expectancy_gap WHERE place_id = 'neighborhood:chicago-26'",
    "SELECT count(sha256) FROM published.trace_inequality WHERE measure = 'bgv' AND dimension = 'place' "
    "AND comparison_set = 'zip/county:42101'",
)

# Opens the release as a user does, without choosing a schema; what is asked comes as JSON.
OPEN = """
import json, sys
import duckdb
release, queries = sys.argv[1], json.loads(sys.argv[2])
connection = duckdb.connect(release, read_only=True)
print(json.dumps([connection.sql(query).fetchall() for query in queries]))
"""

# Reads every value of every table, and asks every view for its columns; what is refused, and bare columns.
EVERYTHING = """
import json, sys
import duckdb
connection = duckdb.connect(sys.argv[1], read_only=True)
names = {
    "tables": connection.sql("SELECT table_name FROM duckdb_tables()").fetchall(),
    "views": connection.sql("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall(),
}
queries = {"tables": "SELECT count(COLUMNS(*)) FROM published.{}", "views": "SELECT * FROM published.{} LIMIT 0"}
refused = {kind: [] for kind in names}
for kind, found in names.items():
    for (name,) in found:
        try:
            connection.sql(queries[kind].format(name)).fetchall()
        except duckdb.Error as wrong:
            refused[kind].append(name)
bare = connection.sql("SELECT count(*) FROM duckdb_columns() WHERE NOT internal AND comment IS NULL").fetchall()
print(json.dumps([{kind: len(found) for kind, found in names.items()}, refused, bare[0][0]]))
"""

# The program for two releases of the README view, on a release and a copy with other gaps.
EXAMPLE = """
import json, shutil, sys
from pathlib import Path
import duckdb
release, copy = sys.argv[1:]
Path(copy).mkdir()
shutil.copyfile(release, copy + "/lifegap.duckdb")
with duckdb.connect(copy + "/lifegap.duckdb") as changed:
    query = "SELECT text FROM published.README WHERE topic = 'Two releases side by side'"
    ((text,),) = changed.sql(query).fetchall()
    changed.execute("UPDATE published.life_expectancy_gap SET gap = 99, ci_low = 98, ci_high = 100 WHERE gap > 16")
connection = duckdb.connect()
for statement in text.replace("EARLIER", copy).replace("'lifegap.duckdb'", f"'{release}'").split(";"):
    if statement.strip():
        found = connection.sql(statement)
names = found.columns
rows = [dict(zip(names, row)) for row in found.fetchall()]
print(json.dumps([[row["earlier_gap"], row["gap"]] for row in rows]))
"""

# Two releases that differ in two figures: views of each must answer from its own file.
SIDE_BY_SIDE = """
import json, shutil, sys
import duckdb
release, copy = sys.argv[1:]
shutil.copyfile(release, copy)
place = "WHERE place_id = 'neighborhood:chicago-26' AND source_id = 'chicago_life_expectancy'"
queries = [
    "SELECT max(gap) FROM {}.published.gap_latest " + place,
    "SELECT max(value) FROM {}.published.trace_life_expectancy " + place + " AND period_end = 2010",
]
with duckdb.connect(copy) as changed:
    changed.execute("UPDATE published.life_expectancy_gap SET gap = 99, ci_low = 98, ci_high = 100")
    changed.execute("UPDATE published.figure_input SET estimate = 11 WHERE concept = 'life_expectancy'")
connection = duckdb.connect()
connection.execute(f"ATTACH '{release}' AS newest (READ_ONLY); ATTACH '{copy}' AS earlier (READ_ONLY)")
found = []
for current in ("newest", "earlier", "memory"):
    connection.execute(f"USE {current}")
    found += [
        [connection.sql(query.format(each)).fetchall()[0][0] for each in ("newest", "earlier")]
        for query in queries
    ]
print(json.dumps(found))
"""


@pytest.fixture(scope="module", params=["==1.0.0", "==1.2.0", ""], ids=["1.0.0", "1.2.0", "newest"])
def other(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A version of DuckDB in a folder of its own; without the registry the tests are skipped, loudly."""
    folder = tmp_path_factory.mktemp("duckdb")
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(folder)]
    ended = subprocess.run(
        [*install, f"duckdb{request.param}"], capture_output=True, text=True, check=False, timeout=300
    )
    if ended.returncode != 0:
        pytest.skip(f"duckdb{request.param} could not be installed: {ended.stderr.strip()[-200:]}")
    return request.param, folder


def _run(folder: Path, program: str, *arguments: str) -> list:
    ended = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env={"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


@pytest.mark.slow
def test_tables_open_from_1_0_on_and_views_from_1_2_on(other: tuple[str, Path], bundle_home: Path) -> None:
    version, folder = other
    database = str(bundle_home / "latest" / "lifegap.duckdb")
    queries = [TABLES] if version == "==1.0.0" else [TABLES, *VIEWS]
    assert all(rows[0][0] > 0 for rows in _run(folder, OPEN, database, json.dumps(queries)))


@pytest.mark.slow
def test_every_table_is_read_from_1_0_on_and_every_view_from_1_2_on(
    other: tuple[str, Path], bundle_home: Path
) -> None:
    version, folder = other
    counted, refused, bare = _run(folder, EVERYTHING, str(bundle_home / "latest" / "lifegap.duckdb"))
    views = [
        view for view in (*declared_views(), *declared_traces().values()) if view.name != "indicator_wide"
    ]
    assert counted == {"tables": len(published_tables()) + 1, "views": len(views)}
    assert refused["tables"] == []
    assert refused["views"] == (["trace_coverage"] if version == "==1.0.0" else [])
    assert bare == 0


@pytest.mark.slow
def test_the_example_of_two_releases_lists_the_gaps_that_differ(
    other: tuple[str, Path], bundle_home: Path, tmp_path: Path
) -> None:
    version, folder = other
    if version == "==1.0.0":
        return
    database = str((bundle_home / "latest" / "lifegap.duckdb").resolve())
    found = _run(folder, EXAMPLE, database, str(tmp_path / "earlier"))
    assert found
    assert all(earlier == 99.0 and now > 16 for earlier, now in found)


@pytest.mark.slow
def test_views_of_two_releases_side_by_side_answer_each_from_its_own_file(
    other: tuple[str, Path], bundle_home: Path, tmp_path: Path
) -> None:
    version, folder = other
    if version == "==1.0.0":
        return  # before 1.2 the tables of a view are looked up by the path of who asks: the page says so
    database = str((bundle_home / "latest" / "lifegap.duckdb").resolve())
    copy = str(tmp_path / "earlier.duckdb")
    found = _run(folder, SIDE_BY_SIDE, database, copy)
    assert found == [[pytest.approx(16.2), 99.0], [68.8, 11.0]] * 3
