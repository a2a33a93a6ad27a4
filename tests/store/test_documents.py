"""Documents of a release: what they say, and that the same release gives the same bytes."""

import csv
import json
import re
import shutil
from datetime import datetime, tzinfo
from pathlib import Path

import pytest
import yaml

from lifegap.catalog.cards import FREE_LICENSES, SourceCard
from lifegap.catalog.catalog import Catalog
from lifegap.catalog.tables import declared_traces, declared_views, published_tables
from lifegap.releases import publish
from lifegap.releases.csv_form import csv_columns
from lifegap.releases.documents import write_documents
from lifegap.releases.read import Release
from tests.store.small_home import publish_titled

DOCUMENTS = ("CITATION.cff", "LICENSES.md", "datapackage.json", "dictionary.csv")


@pytest.fixture(scope="module")
def dictionary(bundle_home: Path) -> dict[tuple[str, str], dict[str, str]]:
    """Table and column ('' for the whole) → its line."""
    path = bundle_home / "latest" / "dictionary.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {(row["table_name"], row["column_name"]): row for row in csv.DictReader(file)}


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every look at the clock of publishing is a day later than the one before."""
    days = iter(range(1, 9))

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return datetime(2026, 11, next(days), tzinfo=tz)

    monkeypatch.setattr(publish, "datetime", Clock)


def test_the_same_release_published_on_another_day_has_the_same_documents(
    tmp_path: Path, later: None
) -> None:
    folders = []
    for name in ("first", "second"):
        release_id = publish_titled(tmp_path / name, 'Title with "quotes", <b>tags</b> & =1+1')
        folders.append(tmp_path / name / "releases" / release_id)
    assert folders[0].name[:8] != folders[1].name[:8]
    files = [
        sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file()) for folder in folders
    ]
    assert files[0] == files[1]
    assert {*DOCUMENTS} <= {str(path) for path in files[0]}
    for path in files[0]:
        if path.name not in ("lifegap.duckdb", "release.json"):
            assert (folders[0] / path).read_bytes() == (folders[1] / path).read_bytes(), path


def test_documents_can_be_written_again_beside_a_copy(bundle_home: Path, tmp_path: Path) -> None:
    folder = (bundle_home / "latest").resolve()
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns(*DOCUMENTS, "parquet"))
    write_documents(copy)
    for name in DOCUMENTS:
        assert (copy / name).read_bytes() == (folder / name).read_bytes(), name


def test_the_dictionary_has_every_column_of_every_table_and_view(
    dictionary: dict[tuple[str, str], dict[str, str]], release: Release
) -> None:
    of_tables = {(table.name, name) for table in published_tables() for name in csv_columns(table)}
    of_file = {*release.ask("SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal").rows}
    wholes = {(name, "") for name, _ in of_file}
    assert dictionary.keys() == of_tables | of_file | wholes
    assert all(line["description"].strip() for line in dictionary.values())
    views = {view.name for view in (*declared_views(), *declared_traces().values())}
    assert {name for (name, _), line in dictionary.items() if line["kind"] == "view"} == views


def test_a_line_of_the_dictionary_says_what_its_table_declares(
    dictionary: dict[tuple[str, str], dict[str, str]],
) -> None:
    for table in published_tables():
        for column in table.columns:
            line = dictionary[table.name, column.name]
            assert (line["type"], line["unit"]) == (column.type, column.unit or "")
            assert line["nullable"] == ("yes" if column.nullable else "no")
        positions = {
            line["key_position"]: name
            for (of, name), line in dictionary.items()
            if of == table.name and line["key_position"]
        }
        assert tuple(positions[str(place)] for place in range(1, len(positions) + 1)) == table.key
    gap = dictionary["life_expectancy_gap", "gap"]
    assert gap["unit"] == "years"
    assert gap["description"] == "Reference less place: positive means people of the place live shorter."
    assert gap["missing"] == "empty; reason says why"
    assert dictionary["life_expectancy_gap", "place_id"]["refers_to"] == "place.place_id"
    assert dictionary["life_expectancy_gap", "vintage"]["refers_to"] == "source.vintage"
    assert dictionary["life_expectancy_gap", "place_name"]["forms"] == "csv"
    assert dictionary["indicator_value", "quotable"]["allowed"] == "yes; with_caveat; no"
    assert dictionary["indicator_value", "se"]["allowed"] == ">= 0"
    assert dictionary["gap_latest", "ci_low"]["unit"] == "years"


def test_reasons_of_missing_figures_are_listed_where_they_are_few(
    dictionary: dict[tuple[str, str], dict[str, str]], release: Release, catalog: Catalog
) -> None:
    listed = dictionary["life_expectancy", "reason"]["allowed"].split("; ")
    given = release.ask(
        "SELECT DISTINCT reason FROM life_expectancy WHERE reason IS NOT NULL ORDER BY 1"
    ).rows
    assert listed == [reason for (reason,) in given]
    assert {*listed} <= catalog.reasons.keys()


def test_a_release_is_cited_by_its_version_and_content_and_not_by_its_time(
    bundle_home: Path, release: Release
) -> None:
    text = (bundle_home / "latest" / "CITATION.cff").read_text(encoding="utf-8")
    citation = yaml.safe_load(text)
    content = release.manifest["content_hash"]
    assert citation["version"] == f"{release.manifest['lifegap']}+{content[:8]}"
    assert release.manifest["release_id"].endswith(content[:8])
    assert citation["identifiers"][0]["value"] == f"sha256:{content}"
    assert not {"date-released", "doi"} & citation.keys()
    assert release.manifest["release_id"].split("T")[0] not in text.replace("-", "")
    titles = [
        title
        for (title,) in release.ask(
            "SELECT DISTINCT ON (source_id) title FROM source ORDER BY source_id"
        ).rows
    ]
    assert [each["title"] for each in citation["references"]] == titles


def test_licenses_that_limit_a_use_come_first_and_say_which(bundle_home: Path, release: Release) -> None:
    text = (bundle_home / "latest" / "LICENSES.md").read_text(encoding="utf-8")
    limited, free = text.split("## Free for every use")
    ids = {
        limit: {
            source
            for (source,) in release.ask(
                f"SELECT DISTINCT source_id FROM source WHERE license_limit IS {limit}"
            ).rows
        }
        for limit in ("NULL", "NOT NULL")
    }
    assert {*re.findall(r"^### (.+)$", limited, re.MULTILINE)} == ids["NOT NULL"]
    assert {*re.findall(r"^### (.+)$", free, re.MULTILINE)} == ids["NULL"]
    (rankings,) = re.findall(r"### chr_measures\n\n- \*\*(.+)\*\*", limited)
    assert rankings.startswith("Not for commercial use")


def test_a_card_whose_license_is_not_free_says_what_it_limits(catalog: Catalog) -> None:
    card = catalog.cards["chr_rankings"]
    assert card.license_name not in FREE_LICENSES
    with pytest.raises(ValueError, match="license_limit"):
        SourceCard.model_validate(card.model_dump(exclude={"files"}) | {"license_limit": None})


def test_documents_stand_beside_the_tables_that_release_json_names(release: Release) -> None:
    described = json.loads((release.folder / "datapackage.json").read_text(encoding="utf-8"))
    assert [each["name"] for each in described["resources"]] == [*release.manifest["tables"]]
    assert all((release.folder / each["path"]).is_file() for each in described["resources"])
