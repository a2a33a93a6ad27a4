"""Every published figure leads back to files: all of the bundle's, a sample of those of the whole files."""

import pytest

from lifegap.cli.explain import tell_why_no_file
from lifegap.errors import LifegapError
from lifegap.releases import lineage
from lifegap.releases.publish import published_tables
from lifegap.releases.read import Release
from tests.conftest import run_lifegap

TRACED = (*lineage.STEPS, *(name for name in lineage.OWN_FILE if name not in lineage.STEPS))
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
