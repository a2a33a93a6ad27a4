"""Every published figure leads back to files, through the views that the release itself has."""

import shutil
from pathlib import Path

import duckdb
import pytest

from lifegap.catalog.tables import published_tables
from lifegap.cli.explain import tell_why_no_file
from lifegap.errors import LifegapError
from lifegap.releases.read import Release
from tests.conftest import run_lifegap
from tests.store.traced import COLUMNS, OF_FIGURES, without_file

OF_GARFIELD_PARK = "place_id = 'neighborhood:chicago-26'"


@pytest.mark.parametrize("table", OF_FIGURES)
def test_every_row_of_every_table_of_figures_leads_to_a_file(table: str, release: Release) -> None:
    assert without_file(release, table) == []


@pytest.mark.parametrize("table", [table.name for table in published_tables()])
def test_every_table_has_a_trace_over_its_key(table: str, release: Release) -> None:
    key = release.manifest["tables"][table]["key"]
    names = ", ".join(f'"{name}"' for name in key)
    asked = release.ask(f'SELECT * FROM "trace_{table}" LIMIT 0').columns
    assert asked[: len(key)] == key
    assert {*COLUMNS} <= {*asked}
    if table not in OF_FIGURES:
        both = f'SELECT count(*) FROM (SELECT {names} FROM "{table}") EXCEPT ALL SELECT count(*) FROM (SELECT DISTINCT {names} FROM "trace_{table}")'
        assert release.ask(both).rows == []


def test_a_trace_says_what_its_columns_are(release: Release) -> None:
    lacking = release.ask(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE starts_with(table_name, 'trace_') AND comment IS NULL"
    ).rows
    assert lacking == []


def test_a_sum_names_as_many_units_as_it_counts(release: Release) -> None:
    key = ", ".join(release.manifest["tables"]["indicator_value"]["key"])
    differing = release.ask(
        f"""
        SELECT * FROM (SELECT {key}, units FROM indicator_value WHERE units IS NOT NULL AND value IS NOT NULL)
        LEFT JOIN (SELECT {key}, count(DISTINCT unit) AS named FROM trace_indicator_value GROUP BY ALL) USING ({key})
        WHERE named IS DISTINCT FROM units LIMIT 5
        """
    ).rows
    assert differing == []


def test_the_numbers_behind_a_published_figure_are_the_figure(release: Release) -> None:
    differing = release.ask(
        "SELECT place_id, value, of_value FROM trace_life_expectancy WHERE method = 'published' AND value <> of_value LIMIT 5"
    ).rows
    assert differing == []


def test_both_sides_of_a_gap_lead_to_files(release: Release) -> None:
    key = ", ".join(release.manifest["tables"]["life_expectancy_gap"]["key"])
    sides = release.ask(
        f"""
        SELECT {key} FROM life_expectancy_gap WHERE gap IS NOT NULL
        EXCEPT
        SELECT {key} FROM trace_life_expectancy_gap WHERE sha256 IS NOT NULL
        GROUP BY ALL HAVING count(DISTINCT (of_place_id, of_population_group)) = 2
        """
    ).rows
    assert sides == []


def test_people_by_age_of_every_tract_are_named_where_they_weigh_its_rates(release: Release) -> None:
    numbers = release.ask(
        """
        SELECT n.place_id, unit, line, role, n.source_file, n.value, p.total
        FROM trace_life_expectancy AS n
        LEFT JOIN (
            SELECT place_id AS unit, source_file, source_row, estimate AS total FROM figure_input
            WHERE measure = 'B01001_001'
        ) AS p USING (unit, source_file, source_row)
        WHERE method = 'pooled_a_prime' AND of_value IS NOT NULL AND n.source_file IS NOT NULL
        """
    ).dicts()
    tables = {(row["place_id"], row["unit"]) for row in numbers if row["line"] == "life table"}
    people = [row for row in numbers if row["role"] == "people by age"]
    assert tables
    assert {(row["place_id"], row["unit"]) for row in people} == tables
    assert {row["line"] for row in people} == {"lines of B01001, 2013-2017"}
    assert all("B01001" in row["source_file"] for row in people)
    # The lines of ages and sexes are everyone: they add up to the total that stands in the same row.
    assert [row["value"] for row in people] == [row["total"] for row in people]


def test_what_a_place_was_before_is_no_unit_of_its_figures(release: Release, tmp_path: Path) -> None:
    asked = [
        f"SELECT DISTINCT unit FROM published.trace_life_expectancy WHERE {OF_GARFIELD_PARK} "
        "AND method = 'pooled_a_prime' ORDER BY unit",
        f"SELECT count(DISTINCT unit) FROM published.trace_coverage WHERE {OF_GARFIELD_PARK}",
    ]
    given = [release.ask(query).rows for query in asked]
    copy = shutil.copyfile(release.folder / "lifegap.duckdb", tmp_path / "changed.duckdb")
    with duckdb.connect(str(copy)) as connection:
        connection.execute(
            "INSERT INTO published.crosswalk BY NAME SELECT 'neighborhood:chicago-26' AS to_place_id, "
            "from_place_id, 'county_before' AS partition, 1.0 AS weight, 'published' AS basis "
            "FROM published.crosswalk WHERE to_place_id = 'neighborhood:chicago-32'"
        )
        assert [connection.execute(query).fetchall() for query in asked] == given


def test_every_number_of_an_indicator_is_of_an_edition_that_its_line_is_declared_for(
    release: Release,
) -> None:
    limited = release.ask("SELECT count(*) FROM indicator_cell WHERE vintages <> 'all'").rows
    assert limited != [(0,)]
    elsewhere = release.ask(
        """
        SELECT DISTINCT made_of, n.input_source_id, n.input_vintage, n.role, n.line
        FROM trace_indicator_value AS n
        JOIN figure_input AS i ON (i.place_id, i.source_id, i.vintage, i.measure, i.source_file, i.source_row)
            = (n.unit, n.input_source_id, n.input_vintage, n.line, n.source_file, n.source_row)
        WHERE n.role IS NOT NULL AND NOT EXISTS (
            FROM indicator_cell AS c
            WHERE (c.indicator_id, c.source_id, c.role, c.label)
                = (n.made_of, n.input_source_id, n.role, i.measure_label)
            AND (c.vintages = 'all' OR list_contains(string_split(c.vintages, '; '), n.input_vintage))
        )
        """
    ).rows
    assert elsewhere == []


def test_explain_says_of_a_release_without_traces_that_it_is_older(release: Release, tmp_path: Path) -> None:
    older = tmp_path / "releases" / release.manifest["release_id"]
    shutil.copytree(release.folder, older, ignore=shutil.ignore_patterns("csv", "parquet"))
    with duckdb.connect(str(older / "lifegap.duckdb")) as connection:
        connection.execute("DROP VIEW published.trace_life_expectancy")
    (tmp_path / "latest").symlink_to(older)
    key = "neighborhood:chicago-26 2010 chicago_life_expectancy"
    ended = run_lifegap("explain", "life_expectancy", key, home=tmp_path)
    assert ended.returncode == 2, ended.stderr
    assert "made before there was one" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("table", "key", "file"),
    [
        ("life_expectancy", "county:42101 2020-2022 chr_measures all", "v147_r2025.csv"),
        ("life_expectancy", "nation:us 2020-2022 chr_measures all", "v147_r2025.csv"),
        ("inequality", "zip/county:42101 bgv place", "PA_B.CSV"),
        ("priority_index", "neighborhood:chicago-26 health_and_health_care", "underlying_causes"),
        ("spatial_cluster", "neighborhood:chicago-26 life_expectancy chicago_health_atlas", "chicago_health"),
        ("indicator_value", "neighborhood:chicago-26 segregation_black_white 2013", "B03002"),
    ],
)
def test_explain_leads_to_the_file_in_one_command(table: str, key: str, file: str, release: Release) -> None:
    home = release.folder.parent.parent
    ended = run_lifegap("explain", table, key, home=home)
    assert ended.returncode == 0, ended.stderr
    assert file in ended.stdout
    assert "source_row" in ended.stdout


def test_explain_says_of_what_the_project_declares_that_no_file_is_behind_it(release: Release) -> None:
    home = release.folder.parent.parent
    ended = run_lifegap("explain", "coalition_target", "west-side-united", home=home)
    assert ended.returncode == 0, ended.stderr
    assert "Declared by the project" in ended.stdout


def test_a_figure_without_a_file_is_refused_loudly() -> None:
    with pytest.raises(LifegapError) as refused:
        tell_why_no_file("life_expectancy", {"estimate": 73.9, "reason": None})
    assert refused.value.code == "NO-ORIGIN"
    assert refused.value.exit_code == 1


def test_a_row_without_a_figure_says_why_it_has_none(capsys: pytest.CaptureFixture[str]) -> None:
    tell_why_no_file("life_expectancy", {"estimate": None, "reason": "not_in_bundle"})
    assert "not_in_bundle" in capsys.readouterr().out
