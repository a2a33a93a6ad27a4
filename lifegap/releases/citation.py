"""`CITATION.cff`: how a release is cited, in the Citation File Format 1.2.0, with the sources it is made of.

A release is cited by the version that made it and the first digits of its content hash, which its release id
ends with. The id itself has the time of publishing, and stands in release.json alone: the same release made
twice has the same citation, and whoever cites it can be told from the hash whether the figures are the same.
"""

import json
from typing import Any

from lifegap.releases.licenses import LICENSES, Terms, release_terms, version_of
from lifegap.releases.read import Release

CITATION = "CITATION.cff"

Value = str | list["Value"] | dict[str, "Value"]


def write_citation(release: Release) -> None:
    """Write the citation beside the tables of a release."""
    text = "\n".join(_lines(_citation(release))) + "\n"
    (release.folder / CITATION).write_text(text, encoding="utf-8")


def _citation(release: Release) -> dict[str, Value]:
    sources: list[Value] = [_reference(terms) for terms in release_terms(release)]
    return {
        "cff-version": "1.2.0",
        "message": f"Cite the release, and the sources of the figures you use; {LICENSES} has their terms.",
        "type": "dataset",
        "title": "Life-expectancy gaps between neighborhoods",
        "abstract": (
            "Gaps in life expectancy between neighborhoods and what they are compared with, and indicators "
            "beside them, computed by lifegap from public files and checked."
        ),
        "authors": [{"name": "lifegap"}],
        "version": version_of(release),
        "identifiers": [
            {
                "type": "other",
                "value": f"sha256:{release.manifest['content_hash']}",
                "description": "Hash of the content: of the hashes of the tables as CSV, by name.",
            }
        ],
        "keywords": ["life expectancy", "health inequality", "neighborhoods"],
        **({"references": sources} if sources else {}),
    }


def _reference(terms: Terms) -> dict[str, Value]:
    """A source. Its whole citation is a note: publishers word theirs in ways that no field holds."""
    address: dict[str, Value] = {"url": terms.url} if terms.url.startswith("http") else {}
    return {
        "type": "data",
        "title": terms.title,
        "authors": [{"name": terms.publisher}],
        **address,
        "version": ", ".join(terms.vintages),
        "notes": " ".join(terms.citation.split()),
    }


def _lines(value: dict[str, Any], indent: str = "") -> list[str]:
    """A mapping as YAML, every text in double quotes: as JSON writes it, which YAML reads alike."""
    lines: list[str] = []
    for name, each in value.items():
        if isinstance(each, str):
            lines.append(f"{indent}{name}: {_quoted(each)}")
            continue
        lines.append(f"{indent}{name}:")
        for item in each:
            nested = [_quoted(item)] if isinstance(item, str) else _lines(item)
            lines += [f"{indent}  {'-' if first else ' '} {line}" for first, line in _marked(nested)]
    return lines


def _marked(lines: list[str]) -> list[tuple[bool, str]]:
    return [(place == 0, line) for place, line in enumerate(lines)]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
