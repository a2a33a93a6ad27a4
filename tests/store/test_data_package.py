"""The data package of a release in the hands of its users: frictionless, and the profile of the standard."""

import gzip
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import jsonschema
import pytest
from frictionless import Package, Report

from lifegap.catalog.tables import published_tables
from lifegap.releases.csv_form import csv_columns
from lifegap.releases.data_package import TYPES
from lifegap.releases.read import Release
from tests.store.references import lost_references

# frictionless leaves compressed files for the garbage collector to close.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

SEED = 20_261_130

WHOLE = 600_000
"""Bytes up to which a file is validated whole; of a larger one a sample of its rows is."""

SAMPLE = 400
"""Rows: frictionless reads some thousand a second."""

TABLES = {table.name: table for table in published_tables()}


@pytest.fixture(scope="module")
def package(bundle_home: Path) -> dict[str, Any]:
    return json.loads((bundle_home / "latest" / "datapackage.json").read_text(encoding="utf-8"))


def _copied(folder: Path, to: Path) -> Path:
    """The package alone, to be changed."""
    (to / "csv").mkdir(parents=True)
    for path in (folder / "csv").iterdir():
        shutil.copyfile(path, to / "csv" / path.name)
    return Path(shutil.copyfile(folder / "datapackage.json", to / "datapackage.json"))


def _sampled(folder: Path, to: Path, *, apart: bool) -> tuple[Path, set[str]]:
    """The package with drawn rows of its large files; and which files those are.

    What is said of a whole file (bytes, hash, rows) is left out of the descriptor of a sample. apart: files
    that others refer to are samples as well, so that nothing is said of references.
    """
    descriptor = json.loads(_copied(folder, to).read_text(encoding="utf-8"))
    schemas = [resource["schema"] for resource in descriptor["resources"]]
    parents = {key["reference"]["resource"] for schema in schemas for key in schema.get("foreignKeys", [])}
    sampled: set[str] = set()
    with duckdb.connect(config={"threads": 1}) as connection:
        for resource in descriptor["resources"]:
            if apart:
                resource["schema"].pop("foreignKeys", None)
            elif resource["name"] in parents:
                continue
            if (folder / resource["path"]).stat().st_size <= WHOLE:
                continue
            connection.execute(
                f"COPY (FROM read_csv('{folder / resource['path']}', all_varchar=true, nullstr='') "
                f"USING SAMPLE reservoir({SAMPLE} ROWS) REPEATABLE ({SEED})) "
                f"TO '{to / resource['path']}' (HEADER)"
            )
            for name in ("bytes", "hash", "rows"):
                del resource[name]
            sampled.add(resource["name"])
    written = to / "datapackage.json"
    written.write_text(json.dumps(descriptor), encoding="utf-8")
    return written, sampled


def _found(report: Report) -> list[str]:
    return [f"{task.name}: {error.message}" for task in report.tasks for error in task.errors]


@pytest.mark.slow
def test_frictionless_finds_nothing_in_small_files_whole_and_large_ones_by_sample(
    bundle_home: Path, tmp_path: Path
) -> None:
    folder = (bundle_home / "latest").resolve()
    written, sampled = _sampled(folder, tmp_path / "package", apart=False)
    report = Package(str(written)).validate()
    assert _found(report) == []
    assert {task.name for task in report.tasks} == TABLES.keys()
    assert {"indicator_value", "figure_input"} <= sampled
    assert len(sampled) < 10


@pytest.mark.slow
@pytest.mark.mirror
def test_frictionless_finds_nothing_in_samples_of_the_whole_public_files(
    mirror_home: Path, tmp_path: Path
) -> None:
    folder = (mirror_home / "latest").resolve()
    written, sampled = _sampled(folder, tmp_path / "package", apart=True)
    assert {path.name for path in (folder / "csv").glob("*.gz")} >= {"indicator_value.csv.gz", "place.csv.gz"}
    assert {"indicator_value", "figure_input", "place"} <= sampled
    assert _found(Package(str(written)).validate()) == []


@pytest.mark.mirror
def test_references_of_the_whole_public_files_resolve(mirror_release: Release) -> None:
    assert lost_references(mirror_release) == []


def _member(text: str) -> str:
    return text.replace(",member,", ",sometimes,", 1)


def _without_cook(text: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("county:17031,"))


def _short(text: str) -> str:
    return "".join(text.splitlines(keepends=True)[:20])


def _negative(text: str) -> str:
    """The first share of an allocation, below zero."""
    header, first, *rows = text.splitlines(keepends=True)
    cells = first.split(",")
    cells[header.split(",").index("share")] = "-0.5"
    return "".join([header, ",".join(cells), *rows])


def _twice(text: str) -> str:
    header, first, *rows = text.splitlines(keepends=True)
    return "".join([header, first, first, *rows])


@pytest.mark.parametrize(
    ("changed", "how", "asked", "kind"),
    [
        ("coalition_place", _member, "coalition_place", "constraint-error"),
        ("place", _without_cook, "coalition_place", "foreign-key"),
        ("allocation", _short, "allocation", "row-count"),
        ("allocation", _short, "allocation", "hash-count"),
        ("allocation", _negative, "allocation", "constraint-error"),
        ("coalition_target", _twice, "coalition_target", "primary-key"),
        ("indicator_value", _short, "indicator_value", "row-count"),
    ],
)
def test_frictionless_finds_what_is_changed_in_a_file(
    bundle_home: Path, tmp_path: Path, changed: str, how: Callable[[str], str], asked: str, kind: str
) -> None:
    written = _copied((bundle_home / "latest").resolve(), tmp_path / "package")
    resources = {each.name: each for each in Package(str(written)).resources}
    path = written.parent / str(resources[changed].path)
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(how(gzip.decompress(path.read_bytes()).decode()).encode()))
    else:
        path.write_text(how(path.read_text(encoding="utf-8")), encoding="utf-8")
    report = resources[asked].validate()
    assert kind in {error.type for task in report.tasks for error in task.errors}


def test_every_column_of_every_csv_is_described_in_order(package: dict[str, Any]) -> None:
    described = {
        each["name"]: [field["name"] for field in each["schema"]["fields"]] for each in package["resources"]
    }
    assert described == {name: csv_columns(table) for name, table in TABLES.items()}


def test_keys_references_and_units_are_those_that_tables_declare(package: dict[str, Any]) -> None:
    for resource in package["resources"]:
        table = TABLES[resource["name"]]
        assert resource["schema"]["primaryKey"] == list(table.key)
        stated = [
            (
                tuple(each["fields"]),
                each["reference"]["resource"] or table.name,
                tuple(each["reference"]["fields"]),
            )
            for each in resource["schema"].get("foreignKeys", [])
        ]
        assert stated == [(each.columns, each.table, each.to_columns) for each in table.references]
        units = {field["name"]: field.get("unit") for field in resource["schema"]["fields"]}
        assert all(units[column.name] == column.unit for column in table.columns)


def test_every_type_of_a_published_column_can_be_described() -> None:
    assert {column.type for table in TABLES.values() for column in table.columns} <= TYPES.keys()


def test_a_missing_value_is_an_empty_text_and_the_column_of_its_reason_is_named(
    package: dict[str, Any],
) -> None:
    resources = {each["name"]: each["schema"] for each in package["resources"]}
    assert all(schema["missingValues"] == [""] for schema in resources.values())
    fields = {field["name"]: field for field in resources["life_expectancy"]["fields"]}
    assert fields["estimate"]["missing_reason"] == "reason"
    assert fields["estimate"]["unit"] == "years"
    assert fields["se"]["constraints"] == {"minimum": 0}
    assert fields["reliability"]["constraints"]["enum"] == ["good", "caution", "unreliable", "withheld"]
    assert fields["place_name"]["description"] == "Name of place_id: place.name."


def test_no_required_text_is_empty(release: Release) -> None:
    """An empty text and a missing one are the same in a CSV: a required column must have neither."""
    for table in TABLES.values():
        for column in table.columns:
            if column.type == "VARCHAR":
                query = f'SELECT count(*) FROM "{table.name}" WHERE "{column.name}" = \'\''
                assert release.ask(query).rows == [(0,)], (table.name, column.name)


def test_each_resource_says_the_sources_of_its_rows_and_what_their_licenses_limit(
    package: dict[str, Any], release: Release
) -> None:
    stated = {each["source_id"]: each for each in package["sources"]}
    assert [*stated] == [
        row[0] for row in release.ask("SELECT DISTINCT source_id FROM source ORDER BY 1").rows
    ]
    assert "commercial" in stated["chr_measures"]["license_limit"]
    assert "license_limit" not in stated["nchs_usaleep"]
    (resource,) = (each for each in package["resources"] if each["name"] == "life_expectancy")
    named = {row[0] for row in release.ask("SELECT DISTINCT source_id FROM life_expectancy").rows}
    assert {each["source_id"] for each in resource["sources"]} == named
    assert {source for terms in resource["licenses"] for source in terms["source_ids"]} == named


def _installed(requirement: str, folder: Path) -> None:
    """A package without what it needs, for the files that are in it; skipped, loudly, without the registry."""
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(folder)]
    ended = subprocess.run([*install, requirement], capture_output=True, text=True, check=False, timeout=300)
    if ended.returncode != 0:
        pytest.skip(f"{requirement} could not be installed: {ended.stderr.strip()[-200:]}")


@pytest.mark.slow
def test_the_descriptor_keeps_the_profile_of_the_standard(package: dict[str, Any], tmp_path: Path) -> None:
    _installed("dplib-py==1.1.0", tmp_path)
    profile = json.loads(
        (tmp_path / "dplib" / "profiles" / "2.0" / "datapackage.json").read_text(encoding="utf-8")
    )
    validator = jsonschema.Draft7Validator(profile)
    assert [error.message for error in validator.iter_errors(package)] == []


@pytest.mark.slow
def test_the_citation_keeps_the_schema_of_its_format(bundle_home: Path, tmp_path: Path) -> None:
    import yaml

    _installed("cffconvert==2.0.0", tmp_path)
    schema = json.loads(
        (tmp_path / "cffconvert" / "schemas" / "1.2.0" / "schema.json").read_text(encoding="utf-8")
    )
    citation = yaml.safe_load((bundle_home / "latest" / "CITATION.cff").read_text(encoding="utf-8"))
    assert [error.message for error in jsonschema.Draft7Validator(schema).iter_errors(citation)] == []
