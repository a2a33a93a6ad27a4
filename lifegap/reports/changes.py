"""What changed since the release before, for a page: counts first, then what is beyond uncertainty."""

from typing import Any

from lifegap.releases.read import Release

MOST_KINDS, MOST_EXAMPLES = 4, 3
"""Kinds and examples of the page; an annex has more."""

MOST_LISTED = 500
"""Changes that the annex lists; the table has all of them."""

WORTH_READING = "beyond_uncertainty OR flip IS NOT NULL"


def changes_of(release: Release) -> dict[str, Any]:
    """Counts by kind, examples, and restatements; `known` is false where the release has no such tables."""
    here = release.ask(
        "SELECT table_name FROM duckdb_tables() UNION ALL SELECT view_name FROM duckdb_views()"
    )
    if not {"change", "change_count", "restatement"} <= {name for (name,) in here.rows}:
        return {"known": False}
    counts = release.ask(
        "SELECT kind, sum(cells)::BIGINT AS cells, coalesce(sum(cells_beyond), 0)::BIGINT AS beyond "
        "FROM change_count GROUP BY kind ORDER BY beyond DESC, cells DESC, kind"
    ).dicts()
    listed = release.ask(
        f"SELECT table_name, key, column_name, flip, old, new, sentence FROM change WHERE {WORTH_READING} "
        "ORDER BY flip IS NULL, abs(difference) DESC NULLS LAST, table_name, key, column_name "
        f"LIMIT {MOST_LISTED}"
    ).dicts()
    restated = release.ask(
        "SELECT table_name, key, column_name, old, new, cause, decided_by, acknowledged_by_reason "
        "FROM restatement WHERE restated_at = 'this' ORDER BY table_name, key, column_name "
        f"LIMIT {MOST_LISTED}"
    ).dicts()
    worth, flips = release.ask(
        f"SELECT count(*) FILTER ({WORTH_READING}), count(*) FILTER (flip IS NOT NULL) FROM change"
    ).rows[0]
    beyond = sum(each["beyond"] for each in counts)
    (restatements,) = release.ask("SELECT count(*) FROM restatement WHERE restated_at = 'this'").rows[0]
    return {
        "known": True,
        "first": release.manifest.get("previous") is None,
        "kinds": "; ".join(f"{each['kind']} {each['cells']:,}" for each in counts[:MOST_KINDS]),
        "cells": f"{sum(each['cells'] for each in counts):,}" if counts else "",
        "beyond": f"{beyond:,}",
        "flips": f"{flips:,}",
        "examples": listed[:MOST_EXAMPLES],
        "more": max(worth, beyond) - MOST_EXAMPLES,
        "listed": listed,
        "unlisted": max(worth, beyond) - len(listed),
        "restatements": f"{restatements:,}",
        "restated": restated,
        "unrestated": restatements - len(restated),
    }
