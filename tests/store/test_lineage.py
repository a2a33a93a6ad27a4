"""Every published figure leads back to files: all of the bundle's, a sample of those of the whole files."""

import duckdb
import pytest

from lifegap.cli.explain import tell_why_no_file
from lifegap.errors import LifegapError
from lifegap.releases import lineage
from lifegap.releases.publish import published_tables
from lifegap.releases.read import Release
from tests.conftest import run_lifegap

TRACED = (*lineage.STEPS, *(name for name in lineage.OWN_FILE if name not in lineage.STEPS))
OF_GARFIELD_PARK = "place_id = 'neighborhood:chicago-26'"
ONE_IN = 97
"""Of the rows of the whole files, that many are taken, always the same ones."""


def _without_file(release: Release, table: str, sample: str) -> list[tuple]:
    """Rows of a table with a figure and no file, and rows with neither figure, file nor reason."""
    columns = {column.name for each in published_tables() if each.name == table for column in each.columns}
    figures = [f'"{name}" IS NOT NULL' for name in lineage.FIGURES if name in columns]
    why = "reason IS NULL" if "reason" in columns else "true"
    return release.ask(
        f"""
        WITH found AS MATERIALIZED (
            SELECT DISTINCT figure FROM ({lineage.files_query(table, sample)})
            WHERE source_file IS NOT NULL AND source_row >= 1 AND length(sha256) = 64
        )
        SELECT * FROM (SELECT row_number() OVER () AS figure, * FROM "{table}" WHERE {sample})
        WHERE figure NOT IN (FROM found) AND (({" OR ".join(figures)}) OR {why})
        LIMIT 10
        """
    ).rows


def _keys(release: Release, table: str) -> str:
    return ", ".join(f'"{name}"' for name in release.manifest["tables"][table]["key"])


def test_every_published_table_is_traced_or_says_why_it_names_no_file(release: Release) -> None:
    known = {*lineage.STEPS, *lineage.OWN_FILE, *lineage.WITHOUT_FILES}
    assert set(release.manifest["tables"]) <= known


@pytest.mark.parametrize("table", TRACED)
def test_every_row_of_every_table_of_figures_leads_to_a_file(table: str, release: Release) -> None:
    assert _without_file(release, table, "true") == []


@pytest.mark.parametrize("table", TRACED)
def test_rows_made_of_the_whole_files_lead_to_a_file(table: str, mirror_release: Release) -> None:
    sample = f"hash({_keys(mirror_release, table)}) % {ONE_IN} = 0"
    assert _without_file(mirror_release, table, sample) == []


def test_a_sum_names_as_many_units_as_it_counts(release: Release) -> None:
    summed = "units IS NOT NULL AND value IS NOT NULL"
    differing = release.ask(
        f"""
        WITH found AS (
            SELECT figure, count(DISTINCT unit) AS named
            FROM ({lineage.files_query("indicator_value", summed)}) GROUP BY figure
        )
        SELECT * FROM (SELECT row_number() OVER () AS figure, * FROM indicator_value WHERE {summed})
        LEFT JOIN found USING (figure) WHERE named IS DISTINCT FROM units LIMIT 5
        """
    ).rows
    assert differing == []


def test_the_numbers_behind_a_published_figure_are_the_figure(release: Release) -> None:
    differing = release.ask(
        f"""
        SELECT e.place_id, e.estimate, n.estimate
        FROM (SELECT row_number() OVER () AS figure, * FROM life_expectancy WHERE method = 'published') AS e
        JOIN ({lineage.files_query("life_expectancy", "method = 'published'")}) AS n USING (figure)
        WHERE e.estimate <> n.estimate LIMIT 5
        """
    ).rows
    assert differing == []


def test_people_by_age_of_every_tract_are_named_where_they_weigh_its_rates(release: Release) -> None:
    numbers = release.ask(
        f"""
        SELECT place_id, unit, measure, role, source_file, vintage, estimate, p.total
        FROM ({lineage.files_query("life_expectancy", "method = 'pooled_a_prime' AND estimate IS NOT NULL")})
        LEFT JOIN (
            SELECT place_id AS unit, vintage, source_file, source_row, estimate AS total FROM figure_input
            WHERE measure = 'B01001_001'
        ) AS p USING (unit, vintage, source_file, source_row)
        WHERE source_file IS NOT NULL
        """
    ).dicts()
    tables = {(row["place_id"], row["unit"]) for row in numbers if row["measure"] == "life table"}
    people = [row for row in numbers if row["role"] == "people by age"]
    assert tables
    assert {(row["place_id"], row["unit"]) for row in people} == tables
    assert {row["measure"] for row in people} == {"lines of B01001, 2013-2017"}
    assert all("B01001" in row["source_file"] for row in people)
    # The lines of ages and sexes are everyone: they add up to the total that stands in the same row.
    assert [row["estimate"] for row in people] == [row["total"] for row in people]


def test_what_a_place_was_before_is_no_unit_of_its_figures(release: Release) -> None:
    condition = "place_id = 'neighborhood:chicago-26' AND method = 'pooled_a_prime'"
    units = f"SELECT DISTINCT unit FROM ({lineage.files_query('life_expectancy', condition)}) ORDER BY unit"
    coverage = f"SELECT count(DISTINCT place_id) FROM ({lineage.files_query('coverage', OF_GARFIELD_PARK)})"
    given = [release.ask(query).rows for query in (units, coverage)]
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{release.folder / 'lifegap.duckdb'}' AS r (READ_ONLY)")
        connection.execute("SET search_path = 'r.published'")
        connection.execute(
            "CREATE TEMP TABLE crosswalk AS FROM r.published.crosswalk UNION ALL BY NAME SELECT "
            "'neighborhood:chicago-26' AS to_place_id, from_place_id, 'county_before' AS partition, 1.0 AS weight, "
            "'published' AS basis FROM r.published.crosswalk WHERE to_place_id = 'neighborhood:chicago-32'"
        )
        assert [connection.execute(query).fetchall() for query in (units, coverage)] == given


def test_every_number_of_an_indicator_is_of_an_edition_that_its_line_is_declared_for(
    release: Release,
) -> None:
    limited = release.ask("SELECT count(*) FROM indicator_cell WHERE vintages <> 'all'").rows
    assert limited != [(0,)]
    elsewhere = release.ask(
        f"""
        SELECT DISTINCT made_of, n.source_id, n.vintage, n.role, n.measure
        FROM ({lineage.files_query("indicator_value")}) AS n
        JOIN figure_input AS i ON (i.place_id, i.source_id, i.vintage, i.measure, i.source_file, i.source_row)
            = (n.unit, n.source_id, n.vintage, n.measure, n.source_file, n.source_row) AND i.concept IS DISTINCT FROM 'life_expectancy'
        WHERE n.role IS NOT NULL AND NOT EXISTS (
            FROM indicator_cell AS c
            WHERE (c.indicator_id, c.source_id, c.role, c.label)
                = (n.made_of, n.source_id, n.role, i.measure_label)
            AND (c.vintages = 'all' OR list_contains(string_split(c.vintages, '; '), n.vintage))
        )
        """
    ).rows
    assert elsewhere == []


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
