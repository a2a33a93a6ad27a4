"""Releases: what is in one, that forms agree, and that queries cannot change anything."""

import csv
import hashlib
import json
from pathlib import Path

import duckdb
import polars as pl
import pytest

from lifegap.errors import InputError
from lifegap.store.publish import content_hash, published_tables
from lifegap.store.release import Release, open_release

TABLES = published_tables()


def test_a_release_has_every_table_in_every_form(release: Release) -> None:
    for table in TABLES:
        rows = release.ask(f'SELECT count(*) FROM "{table.name}"').rows[0][0]
        assert pl.read_parquet(release.folder / "parquet" / f"{table.name}.parquet").height == rows
        with (release.folder / "csv" / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file)
            assert next(reader) == [column.name for column in table.columns]
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


def test_example_queries_of_the_readme_view_run(release: Release) -> None:
    for (text,) in release.ask("SELECT text FROM README WHERE text LIKE 'SELECT%'").rows:
        for query in text.split(";"):
            if query.strip():
                release.ask(query)


def test_the_file_opens_with_the_names_users_rely_on(bundle_home: Path) -> None:
    with duckdb.connect(str(bundle_home / "latest" / "lifegap.duckdb"), read_only=True) as connection:
        assert connection.sql("SELECT count(*) FROM published.life_expectancy_gap").fetchone()


def test_without_a_release_the_message_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="lifegap refresh"), open_release(tmp_path):
        pass
