"""`LICENSES.md`: what may be done with the data of each source of a release, for whoever passes it on."""

from typing import NamedTuple

from lifegap import __version__
from lifegap.releases.read import Release

LICENSES = "LICENSES.md"


class Terms(NamedTuple):
    """A source of a release: what it is, whose, and on what terms. vintages: the editions that are in it."""

    source_id: str
    title: str
    publisher: str
    url: str
    citation: str
    license: str
    license_name: str
    license_url: str | None
    license_limit: str | None
    vintages: list[str]


def release_terms(release: Release) -> list[Terms]:
    """The sources of the release, by id."""
    facts = ", ".join(name for name in Terms._fields if name != "vintages")
    rows = release.ask(
        f"SELECT {facts}, list(vintage ORDER BY edition_order) FROM source GROUP BY ALL ORDER BY source_id"
    ).rows
    return [Terms(*row) for row in rows]


def version_of(release: Release) -> str:
    """What a release is cited by: the version that made it, and its content.

    It says no time, so that the same release made twice is cited alike; the eight digits end its release id.
    """
    return f"{release.manifest.get('lifegap', __version__)}+{release.manifest['content_hash'][:8]}"


def write_licenses(release: Release) -> None:
    """Write the terms of all sources: those first that are not free for every use."""
    terms = release_terms(release)
    limited = [each for each in terms if each.license_limit is not None]
    free = [each for each in terms if each.license_limit is None]
    parts = [
        "# Licenses of the data",
        "The license of the program does not cover the data. What is made of several sources may be used as "
        "all of them allow; `source_id` in a row says which source it is of. Whoever quotes a figure names "
        "its publisher, whether or not the license demands it.",
    ]
    if limited:
        parts += ["## Not free for every use", *map(_section, limited)]
    if free:
        parts += ["## Free for every use", *map(_section, free)]
    text = "\n\n".join(parts) + "\n"
    (release.folder / LICENSES).write_text(text, encoding="utf-8")


def _section(terms: Terms) -> str:
    page = f"<{terms.url}>" if "://" in terms.url else f"`{terms.url}`"
    lines = [
        f"- {terms.title}. {terms.publisher}. {page}",
        f"- License: {terms.license} (`{terms.license_name}`)"
        + (f", <{terms.license_url}>" if terms.license_url else ""),
        f"- Editions: {', '.join(terms.vintages)}",
        f"- Cite as: {terms.citation}",
    ]
    if terms.license_limit is not None:
        lines.insert(0, f"- **{terms.license_limit}**")
    return f"### {terms.source_id}\n\n" + "\n".join(lines)
