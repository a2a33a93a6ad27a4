"""Releases: what is in one, that forms agree, and that queries cannot change anything."""

import csv
import json
import re
from pathlib import Path

import duckdb
import polars as pl
import pytest

from lifegap.catalog.tables import Column, Reference, Table, published_tables
from lifegap.errors import InputError
from lifegap.releases.csv_form import csv_columns, csv_select
from lifegap.releases.read import Release, open_release
from lifegap.releases.seal import content_hash
from tests.store.csv_texts import csv_text, text_hashes
from tests.store.references import lost_references

TABLES = published_tables()


def test_a_release_has_every_table_in_every_form(release: Release) -> None:
    for table in TABLES:
        rows = release.ask(f'SELECT count(*) FROM "{table.name}"').rows[0][0]
        assert pl.read_parquet(release.folder / "parquet" / f"{table.name}.parquet").height == rows
        with csv_text(release.folder, table.name) as file:
            reader = csv.reader(file)
            assert next(reader) == csv_columns(table)
            assert sum(1 for _ in reader) == rows
        assert release.manifest["tables"][table.name]["rows"] == rows


def test_rows_are_sorted_by_key_and_keys_are_unique(release: Release) -> None:
    for table in TABLES:
        key = ", ".join(f'"{name}"' for name in table.key)
        found = release.ask(f'SELECT {key} FROM "{table.name}"').rows
        assert len(set(found)) == len(found), table.name
        assert found == release.ask(f'SELECT {key} FROM "{table.name}" ORDER BY {key}').rows, table.name


def test_references_resolve(release: Release) -> None:
    assert sum(len(table.references) for table in TABLES) > 50
    assert lost_references(release) == []


def test_every_table_view_and_column_of_the_file_has_a_comment(release: Release) -> None:
    for function, name in (("duckdb_tables", "table_name"), ("duckdb_views", "view_name")):
        query = f"SELECT {name} FROM {function}() WHERE NOT internal AND coalesce(comment, '') = ''"
        assert release.ask(query).rows == []
    assert (
        release.ask(
            "SELECT table_name, column_name FROM duckdb_columns() "
            "WHERE NOT internal AND coalesce(comment, '') = ''"
        ).rows
        == []
    )


def test_a_column_of_a_view_means_what_it_means_in_the_table_it_comes_from(release: Release) -> None:
    """Many columns share a name: a place's vintage is a census, a figure's is an edition."""
    carried = {
        "gap_latest": "life_expectancy_gap",
        "latest_indicator": "indicator_value",
        "trace_coalition_place": "coalition_place",
        "trace_place": "place",
        "trace_gap_decomposition": "gap_decomposition",
    }
    comments = {
        (table, column): comment
        for table, column, comment in release.ask(
            "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal"
        ).rows
    }
    for view, name in carried.items():
        table = next(table for table in TABLES if table.name == name)
        own = {column for each, column in comments if each == view}
        shared = [column for column in table.columns if column.name in own]
        if view.startswith("trace_"):
            shared = [column for column in shared if column.name in table.key]
        assert shared, view
        for column in shared:
            assert comments[view, column.name] == column.comment, (view, column.name)
    assert comments["gap_latest", "vintage"] == "Release or edition."
    assert comments["indicator_wide", "child_poverty"].startswith("[percent] ")


def test_no_figure_is_empty_without_a_reason_of_the_list(release: Release, catalog) -> None:
    for table, figure in (
        ("life_expectancy", "estimate"),
        ("life_expectancy_gap", "gap"),
        ("indicator_value", "value"),
    ):
        assert release.ask(
            f"SELECT count(*) FROM {table} WHERE {figure} IS NULL AND reason IS NULL"
        ).rows == [(0,)]
        used = {
            row[0]
            for row in release.ask(f"SELECT DISTINCT reason FROM {table} WHERE reason IS NOT NULL").rows
        }
        assert used <= set(catalog.reasons), used - set(catalog.reasons)
        quotable = release.ask(f"SELECT DISTINCT quotable FROM {table}").rows
        assert {row[0] for row in quotable} <= {"yes", "with_caveat", "no"}


def test_no_number_is_infinite_or_undefined(release: Release) -> None:
    for table in TABLES:
        for column in table.columns:
            if column.type == "DOUBLE":
                query = f'SELECT count(*) FROM "{table.name}" WHERE NOT isfinite("{column.name}")'
                assert release.ask(query).rows == [(0,)], (table.name, column.name)


def test_the_content_hash_is_that_of_the_csv_texts_compressed_or_not(release: Release) -> None:
    hashes = text_hashes(release.folder)
    manifest = json.loads((release.folder / "release.json").read_text(encoding="utf-8"))
    assert content_hash(hashes) == manifest["content_hash"]
    assert manifest["release_id"].endswith(manifest["content_hash"][:8])


def test_a_csv_says_names_and_rounds_to_the_digits_that_numbers_carry(release: Release) -> None:
    with csv_text(release.folder, "life_expectancy_gap") as file:
        rows = [
            row
            for row in csv.DictReader(file)
            if row["place_id"] == "neighborhood:chicago-26" and row["period_end"] == "2010"
        ]
    (found,) = (row for row in rows if row["source_id"] == "chicago_life_expectancy")
    assert (found["place_name"], found["reference_place_name"]) == ("West Garfield Park", "Loop")
    assert found["gap"] == "16.2"
    whole = release.ask(
        "SELECT gap, se FROM life_expectancy_gap WHERE place_id = 'neighborhood:chicago-26' AND period_end = 2010 "
        "AND source_id = 'chicago_life_expectancy'"
    ).rows[0]
    assert repr(whole[0]) == "16.200000000000003"
    assert float(found["se"]) == pytest.approx(whole[1], rel=1e-5)


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (16.200000000000003, 16.2), (0.9438948953106071, 0.943895), (-0.1 - 0.2, -0.3), (0.0, 0.0), (None, None),
        (5275541.25, 5275541.0), (12345.678, 12345.7), (1.5e-12, 1.5e-12), (100.0, 100.0), (1e300, 1e300),
    ],
)  # fmt: skip
def test_a_number_keeps_six_digits_and_its_whole_part(number: float | None, shown: float | None) -> None:
    table = Table("published", "t", "", (Column("x", "DOUBLE", True, ""),), ("x",), (), ())
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE t (x DOUBLE)")
        connection.execute("INSERT INTO t VALUES (?)", [number])
        assert connection.execute(csv_select(table, "main")).fetchall() == [(shown,)]


def test_the_rows_of_a_csv_keep_their_order_for_no_join_comes_after_it(release: Release) -> None:
    """DuckDB makes a join of an IN with many values, without a word, and a join gives rows in any order."""
    for table in TABLES:
        query = csv_select(table, "published")
        plan = str(release.ask(f"EXPLAIN {query}").rows[0][1])
        assert "ORDER_BY" in plan or "JOIN" not in plan, table.name


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("+1-800-555", "'+1-800-555"), ("-cmd", "'-cmd"), ("\t=1", "'\t=1"),
        ("-2.9 to -2.4", "-2.9 to -2.4"), ("-", "-"), ("+5 %", "+5 %"), ("a = b", "a = b"), (None, None),
        ('"Smith & <b>"', '"Smith & <b>"'), ("O'Hare", "O'Hare"),
    ],
)  # fmt: skip
def test_a_text_that_a_spreadsheet_would_run_stands_behind_an_apostrophe(
    text: str | None, shown: str | None
) -> None:
    columns = (Column("place_id", "VARCHAR", False, ""), Column("note", "VARCHAR", True, ""))
    reference = Reference(("place_id",), "place", ("place_id",))
    table = Table("published", "t", "", columns, ("place_id",), (reference,), ())
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE place (place_id VARCHAR, name VARCHAR)")
        connection.execute("CREATE TABLE t (place_id VARCHAR, note VARCHAR)")
        connection.execute("INSERT INTO place VALUES ('state:17', ?)", [text])
        connection.execute("INSERT INTO t VALUES ('state:17', ?)", [text])
        asked = connection.execute(csv_select(table, "main"))
        assert [column[0] for column in asked.description or []] == csv_columns(table)
        assert asked.fetchall() == [("state:17", shown, shown)]


def test_the_manifest_says_what_went_in_and_how_the_checks_ended(release: Release) -> None:
    files = {(each["source_id"], each["file"]): each for each in release.manifest["files"]}
    listed = release.ask("SELECT source_id, file, sha256 FROM source_file").rows
    assert {key: each["sha256"] for key, each in files.items()} == {
        (source, file): sha256 for source, file, sha256 in listed
    }
    checks = release.manifest["checks"]
    assert [(checks["passed"], checks["warned"])] == release.ask(
        "SELECT count(*) FILTER (success), count(*) FILTER (NOT success) FROM check_result"
    ).rows
    assert len(checks["warnings"]) == checks["warned"]
    assert all(each["severity"] == "warning" for each in checks["warnings"])


def test_a_release_cannot_be_written_to(release: Release) -> None:
    with pytest.raises(InputError) as refused:
        release.ask_freely("DELETE FROM place")
    assert refused.value.code == "QUERY"
    with pytest.raises(InputError):
        release.ask_freely("COPY place TO 'out.csv'")


def test_views_answer(release: Release) -> None:
    for view in ("README", "gap_latest", "latest_indicator", "coalition_overview"):
        assert release.ask(f'SELECT * FROM "{view}"').rows
    overview = release.ask(
        "SELECT place, gap FROM coalition_overview WHERE place_id = 'neighborhood:chicago-26'"
    ).rows
    assert overview[0][0] == "West Garfield Park"


def test_example_queries_of_the_readme_view_run_after_plain_opening(bundle_home: Path) -> None:
    with duckdb.connect(str(bundle_home / "latest" / "lifegap.duckdb"), read_only=True) as connection:
        texts = [text for *_, text in connection.sql("FROM published.README").fetchall()]
        queries = [query for text in texts if text.startswith("SELECT") for query in text.split(";")]
        asked = [*filter(str.strip, queries)]
        assert len(asked) >= 12
        for query in asked:
            assert connection.sql(query).limit(1).fetchall() or "NOT success" in query


def test_example_programs_of_the_readme_view_run(bundle_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_release(bundle_home) as release:
        texts = dict(release.ask("SELECT topic, text FROM README").rows)
    monkeypatch.chdir(bundle_home / "latest")
    here = Path.cwd().as_posix()
    for topic, rows in (("Python", 1), ("Two releases from Python", 2)):
        names: dict = {}
        exec(texts[topic].replace("EARLIER", here), names)  # noqa: S102 - our own words
        assert len(names["gaps"]) == rows * len(
            names["con"].sql(f"FROM {'newer.' * (rows - 1)}published.gap_latest").fetchall()
        )
        names["con"].close()
    with duckdb.connect() as connection:
        both = texts["Two releases side by side"].replace("EARLIER", here)
        assert connection.execute(both).fetchall() == []
    for program in (texts["R"], texts["Two releases from R"]):
        queries = re.findall(r'dbExecute\(con, "(.*?)"\)|dbGetQuery\(con, "(.*?)"\)', program)
        with duckdb.connect(
            *(["lifegap.duckdb"] if "read_only" in program else []), read_only="read_only" in program
        ) as connection:
            for query in (one or other for one, other in queries):
                connection.execute(query.replace("EARLIER", here))


def test_the_file_says_which_release_it_is(bundle_home: Path, release: Release) -> None:
    stated = release.ask(
        "SELECT release_id, content_hash, strftime(published_at, '%Y-%m-%dT%H:%M:%SZ') FROM release"
    ).rows
    manifest = release.manifest
    assert stated == [(manifest["release_id"], manifest["content_hash"], manifest["published_at"])]


def test_the_file_opens_with_the_names_users_rely_on(bundle_home: Path) -> None:
    with duckdb.connect(str(bundle_home / "latest" / "lifegap.duckdb"), read_only=True) as connection:
        assert connection.sql("SELECT count(*) FROM published.life_expectancy_gap").fetchone()


def test_without_a_release_the_message_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="lifegap refresh"), open_release(tmp_path):
        pass
