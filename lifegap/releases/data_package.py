"""`datapackage.json`: the CSV files of a release, described by version 2 of the Data Package standard.

Fields have the types, units, keys and references that their tables declare, and as constraints what the
CHECKs of a table say of one column alone. An empty text is a missing value; `missing_reason` names the column
that says why. The Parquet files are not described: readers of packages bend their missing values.
"""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from lifegap.catalog.constraints import Constraint, constraints_of, reason_columns
from lifegap.catalog.tables import Column, Table, published_tables
from lifegap.releases.csv_files import COMPRESSED, csv_file
from lifegap.releases.csv_form import Field, csv_fields
from lifegap.releases.licenses import LICENSES, Terms, release_terms, version_of
from lifegap.releases.read import Release

DATA_PACKAGE = "datapackage.json"

PROFILES = "https://datapackage.org/profiles/2.0"

TYPES = {
    "VARCHAR": {"type": "string"},
    "INTEGER": {"type": "integer"},
    "BIGINT": {"type": "integer"},
    "DOUBLE": {"type": "number"},
    "BOOLEAN": {"type": "boolean", "trueValues": ["true"], "falseValues": ["false"]},
    "DATE": {"type": "date", "format": "%Y-%m-%d"},
    "TIMESTAMP": {"type": "datetime", "format": "%Y-%m-%d %H:%M:%S"},
}
"""Type of a column → how a CSV of DuckDB writes it. A type that is not here cannot be described yet."""

LIMITS = {
    "minimum": "minimum",
    "exclusive_minimum": "exclusiveMinimum",
    "maximum": "maximum",
    "exclusive_maximum": "exclusiveMaximum",
    "pattern": "pattern",
}


def write_data_package(release: Release) -> None:
    """Write the descriptor beside the tables of a release."""
    path = release.folder / DATA_PACKAGE
    path.write_text(json.dumps(_package(release), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _package(release: Release) -> dict[str, Any]:
    terms = release_terms(release)
    stated = release.manifest["tables"]
    resources = [_resource(release, table, stated[table.name], terms) for table in published_tables()]
    return {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": "lifegap",
        "title": "Life-expectancy gaps between neighborhoods",
        "description": (
            "The tables of a release of lifegap as CSV. release.json says which release it is, "
            f"dictionary.csv describes every column, {LICENSES} says what may be done with the data of each "
            "source. Numbers with a fraction keep six significant digits, and a text that a spreadsheet "
            "would run as a formula stands behind an apostrophe; lifegap.duckdb and parquet/ have both as "
            "they are."
        ),
        "version": version_of(release),
        "keywords": ["life expectancy", "health inequality", "neighborhoods", "United States"],
        "contributors": [{"title": "lifegap", "roles": ["publisher"]}],
        **_terms_of_use(terms),
        "resources": resources,
    }


def _resource(release: Release, table: Table, stated: dict[str, Any], terms: list[Terms]) -> dict[str, Any]:
    """A table as a file. Its sources are those that its rows name; where they name none, the package's."""
    path = csv_file(release.folder, table.name)
    compressed = path.suffix == COMPRESSED
    return {
        "name": table.name,
        "type": "table",
        "title": table.name.replace("_", " ").capitalize(),
        "description": table.comment,
        "path": path.relative_to(release.folder).as_posix(),
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **({"compression": COMPRESSED.removeprefix(".")} if compressed else {}),
        "bytes": path.stat().st_size,
        "hash": f"sha256:{_sha256(path) if compressed else stated['sha256']}",
        "rows": stated["rows"],
        **_terms_of_use(_within(release, table, terms)),
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "$schema": f"{PROFILES}/tableschema.json",
        "fields": [_field(table, field) for field in csv_fields(table)],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    if table.references:
        schema["foreignKeys"] = [
            {
                "fields": list(each.columns),
                "reference": {
                    "resource": "" if each.table == table.name else each.table,
                    "fields": list(each.to_columns),
                },
            }
            for each in table.references
        ]
    return schema


def _field(table: Table, field: Field) -> dict[str, Any]:
    column = field.column
    if field.names is not None:
        said = f"Name of {column.name}: {'.'.join(field.names)}."
        return {"name": field.name, "type": "string", "description": said}
    described: dict[str, Any] = {"name": field.name, **TYPES[column.type], "description": column.description}
    if column.unit is not None:
        described["unit"] = column.unit
    if (reason := reason_columns(table).get(column.name)) is not None:
        described["missing_reason"] = reason
    if constraints := _constraints(column, constraints_of(table).get(column.name, Constraint())):
        described["constraints"] = constraints
    return described


def _constraints(column: Column, constraint: Constraint) -> dict[str, Any]:
    limits = {named: getattr(constraint, name) for name, named in LIMITS.items()}
    return {
        **({} if column.nullable else {"required": True}),
        **({"enum": list(constraint.values)} if constraint.values else {}),
        **{name: limit for name, limit in limits.items() if limit is not None},
    }


def _within(release: Release, table: Table, terms: list[Terms]) -> list[Terms]:
    """The sources that the rows of a table name; none where it has no column for them."""
    if "source_id" not in {column.name for column in table.columns}:
        return []
    named = {row[0] for row in release.ask(f'SELECT DISTINCT source_id FROM "{table.name}"').rows}
    return [each for each in terms if each.source_id in named]


def _terms_of_use(terms: list[Terms]) -> dict[str, Any]:
    """Licenses and sources, where there are any: the standard has no empty lists of them."""
    return {"licenses": _licenses(terms), "sources": _sources(terms)} if terms else {}


def _licenses(terms: Iterable[Terms]) -> list[dict[str, Any]]:
    """Each license once, with the sources that it is of and what it limits."""
    of_sources: dict[tuple[str, str, str, str | None], list[str]] = {}
    for each in terms:
        terms_of_use = (each.license_name, each.license_url or LICENSES, each.license, each.license_limit)
        of_sources.setdefault(terms_of_use, []).append(each.source_id)
    return [
        {
            "name": name,
            "path": path,
            "title": title,
            **({"limit": limit} if limit else {}),
            "source_ids": source_ids,
        }
        for (name, path, title, limit), source_ids in of_sources.items()
    ]


def _sources(terms: Iterable[Terms]) -> list[dict[str, Any]]:
    return [
        {
            "title": each.title,
            "path": each.url,
            "version": ", ".join(each.vintages),
            "source_id": each.source_id,
            "publisher": each.publisher,
            "citation": each.citation,
            "license": each.license,
            **({"license_limit": each.license_limit} if each.license_limit else {}),
        }
        for each in terms
    ]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
