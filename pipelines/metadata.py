"""The facts of a step as Dagster shows them."""

from collections.abc import Mapping
from typing import Any

import dagster as dg

CHECK = "holds"
"""Name of the one check of each table."""

RULE_COLUMNS = ("rule", "severity", "observed", "reason")


def key_of(full_name: str) -> dg.AssetKey:
    """A table's key in Dagster: its layer and its name."""
    return dg.AssetKey(full_name.split("."))


def of_table(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Of a table that was made (the fields of `MadeTable`)."""
    told = {
        "dagster/row_count": facts["rows"],
        "seconds": round(facts["seconds"], 3),
        "preview": dg.MetadataValue.md(facts["preview"]),
    }
    if facts["hashes"]:
        lines = [f"- {file}: `{sha256}`" for file, sha256 in facts["hashes"].items()]
        told["source hashes"] = dg.MetadataValue.md("\n".join(lines))
    return told


def data_version(facts: Mapping[str, Any]) -> dict[str, str]:
    """The tag by which Dagster knows whether rows have changed."""
    return {"dagster/data_version": facts["version"]}


def of_check(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Of rules that were put to a table (the fields of `CheckedTable`)."""
    return {
        "failed": facts["failed"],
        "not tested": facts["untested"],
        "rules": dg.MetadataValue.table(
            [dg.TableRecord(rule) for rule in facts["rules"]],
            schema=dg.TableSchema.from_name_type_dict(dict.fromkeys(RULE_COLUMNS, "string")),
        ),
    }


def of_release(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Of a release, or of the step that left it out."""
    return {
        name: dg.MetadataValue.path(value) if name == "folder" else value for name, value in facts.items()
    }


def severity(facts: Mapping[str, Any]) -> dg.AssetCheckSeverity:
    """ERROR where a critical rule is broken: what follows is not made."""
    return dg.AssetCheckSeverity.ERROR if facts["critical"] else dg.AssetCheckSeverity.WARN
