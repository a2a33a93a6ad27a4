"""Releases: what is in one, that forms agree, and that queries cannot change anything."""

import csv
import hashlib
import json
from pathlib import Path

import duckdb
import polars as pl
import pytest

from lifegap.catalog.tables import Column, Table, published_tables
from lifegap.errors import InputError
from lifegap.releases.csv_form import csv_columns, csv_select
from lifegap.releases.read import Release, open_release
from lifegap.releases.seal import content_hash

TABLES = published_tables()


def test_a_release_has_every_table_in_every_form(release: Release) -> None:
    for table in TABLES:
        rows = release.ask(f'SELECT count(*) FROM "{table.name}"').rows[0][0]
        assert pl.read_parquet(release.folder / "parquet" / f"{table.name}.parquet").height == rows
        with (release.folder / "csv" / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
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
    for table in TABLES:
        for reference in table.references:
            here = ", ".join(reference.columns)
            there = ", ".join(reference.to_columns)
            lost = release.ask(
                f'SELECT count(*) FROM "{table.name}" WHERE ({here}) IS NOT NULL AND '
                f"COLUMNS([{', '.join(repr(name) for name in reference.columns)}]) IS NOT NULL AND "
                f"({here}) NOT IN (SELECT ({there}) FROM {reference.table})"
                if len(reference.columns) > 1
                else f'SELECT count(*) FROM "{table.name}" WHERE {here} IS NOT NULL AND '
                f"{here} NOT IN (SELECT {there} FROM {reference.table})"
            ).rows[0][0]
            assert lost == 0, (table.name, reference)


def test_every_table_and_column_of_the_file_has_a_comment(release: Release) -> None:
    assert release.ask("SELECT table_name FROM duckdb_tables() WHERE comment IS NULL").rows == []
    assert (
        release.ask(
            "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND comment IS NULL "
            "AND table_name IN (SELECT table_name FROM duckdb_tables())"
        ).rows
        == []
    )


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


def test_the_content_hash_is_that_of_the_csv_files(release: Release) -> None:
    hashes = {
        path.stem: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (release.folder / "csv").glob("*.csv")
    }
    manifest = json.loads((release.folder / "release.json").read_text(encoding="utf-8"))
    assert content_hash(hashes) == manifest["content_hash"]
    assert manifest["release_id"].endswith(manifest["content_hash"][:8])


def test_a_csv_says_names_and_rounds_to_the_digits_that_numbers_carry(release: Release) -> None:
    with (release.folder / "csv" / "life_expectancy_gap.csv").open(encoding="utf-8", newline="") as file:
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
        texts = connection.sql("FROM published.README").fetchall()
        queries = [query for *_, text in texts if text.startswith("SELECT") for query in text.split(";")]
        for query in filter(str.strip, queries):
            assert connection.sql(query).limit(1).fetchall() or "NOT success" in query


def test_example_programs_of_the_readme_view_run(bundle_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_release(bundle_home) as release:
        texts = dict(release.ask("SELECT topic, text FROM README").rows)
    monkeypatch.chdir(bundle_home / "latest")
    *opening, last = texts["From Python"].split("; ")
    names: dict = {}
    exec("\n".join(opening), names)  # noqa: S102 - our own words
    assert eval(last, names).height > 0  # noqa: S307
    names["con"].close()
    with duckdb.connect() as connection:
        both = texts["Two releases side by side"].replace("EARLIER/", "")
        assert connection.execute(both).fetchall()


def test_the_file_opens_with_the_names_users_rely_on(bundle_home: Path) -> None:
    with duckdb.connect(str(bundle_home / "latest" / "lifegap.duckdb"), read_only=True) as connection:
        assert connection.sql("SELECT count(*) FROM published.life_expectancy_gap").fetchone()


def test_without_a_release_the_message_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="lifegap refresh"), open_release(tmp_path):
        pass
