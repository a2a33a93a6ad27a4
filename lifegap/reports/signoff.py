"""signoff.html: what somebody reads before signing a release, on one printed page, and annexes after it.

The page has counts and a few of each; the annexes have all. It says nothing of the moment: the id and the
time of the release stand in release.json, the content hash in both.
"""

from collections import Counter
from typing import Any

from lifegap import APPLICATION
from lifegap.catalog.catalog import Catalog
from lifegap.digits import digits
from lifegap.releases.quoted import figures_of, spoken
from lifegap.releases.read import Release
from lifegap.reports.changes import changes_of
from lifegap.reports.pages import rendered, shortened
from lifegap.wording import period_words, place_words

NAME = "signoff.html"

MOST_COALITIONS, MOST_OTHERS, MOST_WARNINGS, MOST_REASONS = 5, 6, 4, 5
"""Rows of the page; the annexes have the rest."""

LONGEST, TITLE = 96, 36
"""Characters of a text in a row of the page, about two lines; and of a coalition's title."""

FIGURES = {
    "allocation": "amount",
    "asset_access": "nearest_km",
    "death_count": "deaths",
    "equity_review": "level_change",
    "gap_decomposition": "years",
    "indicator_comparison": "difference",
    "indicator_value": "value",
    "inequality": "value",
    "life_expectancy": "estimate",
    "life_expectancy_gap": "gap",
    "premature_mortality": "ypll75_rate",
    "priority_index": "score",
    "progress": "latest_value",
    "spatial_cluster": "local_i",
}
"""Published tables of figures → the figure that is empty where `reason` says why."""

NOT_FIGURES = ("check_history", "check_result", "coalition_indicator", "figure_input", "row_account")
"""Tables whose `reason` is of something else: of a rule, of what is not measured, of what was read."""


def write_signoff(release: Release) -> None:
    """Write the sheet into the folder of the release."""
    text = rendered("signoff.html", {"sheet": sheet_of(release)})
    (release.folder / NAME).write_text(text, encoding="utf-8", newline="\n")


def sheet_of(release: Release) -> dict[str, Any]:
    """Everything that the sheet says, in the order in which it says it."""
    manifest = release.manifest
    checks = _checks(release, manifest.get("previous"))
    return {
        "facts": _facts(manifest),
        "ending": manifest["content_hash"][:8],
        "files": _files(manifest["files"]),
        "checks": checks,
        "changes": changes_of(release),
        "empty": _empty(release),
        "headlines": _headlines(release),
        "overview": _overview(release),
    }


def _facts(manifest: dict[str, Any]) -> list[tuple[str, str]]:
    """What ran, on what: the facts of release.json that are the same whenever it runs.

    The hash of the inputs is of the configuration, the code and the files that were obtained.
    """
    rows = sum(table["rows"] for table in manifest["tables"].values())
    code = str(manifest.get("code"))[:12]
    return [
        ("Content hash", manifest["content_hash"]),
        ("Release before", manifest.get("previous") or "none: the first of its folder"),
        ("Code", f"lifegap {manifest.get('lifegap')}, code {code}, Python {manifest.get('python')}"),
        ("Inputs (one hash)", str(manifest.get("inputs"))),
        ("Files taken from", str(manifest.get("sources"))),
        ("Published", f"{len(manifest['tables'])} tables, {rows:,} rows"),
    ]


def _files(files: list[dict[str, Any]]) -> dict[str, Any]:
    """How many files of which origin; and all of them, for the annex."""
    origins = Counter(str(each["origin"]) for each in files)
    return {
        "count": len(files),
        "sources": len({each["source_id"] for each in files}),
        "megabytes": digits(sum(each["bytes"] for each in files) / 1e6, 1),
        "origins": [(name, f"{count:,}") for name, count in sorted(origins.items())],
        "all": files,
    }


def _checks(release: Release, previous: str | None) -> dict[str, Any]:
    """How the checks ended; those that failed or were not tested, with reason, remedy and since when."""
    rows = release.ask(
        """
        SELECT c.*, h.outcome, h.changed_after, (
            SELECT count(*) FROM check_history AS e
            WHERE (e.table_name, e.expectation_id) = (c.table_name, c.expectation_id)
            AND e.outcome = 'fails' AND e.lasted_until IS NOT NULL
        ) AS failed_before
        FROM check_result AS c JOIN check_history AS h USING (table_name, expectation_id)
        WHERE h.lasted_until IS NULL AND h.outcome <> 'holds'
        ORDER BY changed_after IS NULL, changed_after DESC, table_name, expectation_id
        """
    ).dicts()
    for row in rows:
        row["rule"] = f"{row['table_name']}: {row['expectation_id']}"
        row["short"] = shortened(row["observed"].split("; ")[0], LONGEST)
        row["since"] = _since(row, previous)
    (passed,) = release.ask("SELECT count(*) FROM check_result WHERE success").rows[0]
    failed = [row for row in rows if row["outcome"] == "fails"]
    return {
        "passed": f"{passed:,}",
        "failed": failed,
        "critical": sum(row["severity"] == "critical" for row in failed),
        "shown": failed[:MOST_WARNINGS],
        "untested": [row for row in rows if row["outcome"] == "not_tested"],
    }


def _since(row: dict[str, Any], previous: str | None) -> str:
    """Since when an outcome is what it is, in words."""
    if row["changed_after"] is None:
        words = "since the first release" if previous else "first release"
    elif row["changed_after"] == previous:
        words = "new in this release"
    else:
        words = f"since the release after that of {row['changed_after'][:8]}"
    times = row["failed_before"]
    return f"{words}; failed {times} {'time' if times == 1 else 'times'} before" if times else words


def _empty(release: Release) -> dict[str, Any]:
    """The figures that are empty: how many, and why, by reason and by table."""
    here = {name for (name,) in release.ask("SELECT table_name FROM duckdb_tables()").rows}
    asked = [
        f"SELECT '{table}' AS table_name, reason, count(*) FILTER (\"{figure}\" IS NULL) AS empty, "
        f'count(*) AS "all" FROM "{table}" GROUP BY reason'
        for table, figure in FIGURES.items()
        if table in here
    ]
    rows = release.ask(" UNION ALL ".join(asked)).dicts()
    sentences = Catalog(APPLICATION / "data").reasons
    reasons: Counter[str] = Counter()
    tables: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda row: (-row["empty"], row["table_name"])):
        if row["empty"]:
            reason = row["reason"] or "no reason"
            reasons[reason] += row["empty"]
            tables.setdefault(reason, []).append(f"{row['table_name']} {row['empty']:,}")
    listed = [
        {
            "reason": reason,
            "count": f"{count:,}",
            "sentence": sentences.get(reason, "No sentence is known for it."),
            "tables": ", ".join(tables[reason]),
        }
        for reason, count in sorted(reasons.items(), key=lambda each: (-each[1], each[0]))
    ]
    needed = release.ask("SELECT count(*) FROM coalition_indicator WHERE status = 'data_needed'").rows[0][0]
    return {
        "count": f"{sum(reasons.values()):,}",
        "of": f"{sum(row['all'] for row in rows):,}",
        "shown": listed[:MOST_REASONS],
        "more": len(listed) - MOST_REASONS,
        "all": listed,
        "data_needed": needed,
    }


def _headlines(release: Release) -> dict[str, Any]:
    """The figure that each coalition is known by, as `lifegap refresh` and `lifegap quote` say it."""
    coalitions = release.ask(
        """
        SELECT c.title, c.headline_place_id AS place_id, p.name, c.headline_reference_id AS reference_id,
            coalesce(g.gaps, 0) AS gaps, coalesce(g.quotable, 0) AS quotable
        FROM coalition AS c
        LEFT JOIN place AS p ON p.place_id = c.headline_place_id
        LEFT JOIN (
            SELECT coalition_id, count(*) AS gaps, count(*) FILTER (quotable <> 'no') AS quotable
            FROM life_expectancy_gap GROUP BY coalition_id
        ) AS g USING (coalition_id)
        ORDER BY c.headline_place_id IS NULL, c.title, coalition_id
        """
    ).dicts()
    rows = [_headline(release, each) for each in coalitions if each["place_id"] is not None]
    others = [
        f"{shortened(each['title'], TITLE)} ({each['quotable']:,} of {each['gaps']:,})"
        for each in coalitions
        if each["place_id"] is None
    ]
    more = [f"and {len(others) - MOST_OTHERS} more"] if len(others) > MOST_OTHERS else []
    return {
        "shown": rows[:MOST_COALITIONS],
        "more": len(rows) - MOST_COALITIONS,
        "others": shortened("; ".join([*others[:MOST_OTHERS], *more]), 240),
    }


def _headline(release: Release, coalition: dict[str, Any]) -> dict[str, str]:
    title = shortened(coalition["title"], TITLE)
    column, figures = figures_of(release, coalition["place_id"], coalition["reference_id"])
    place = place_words(coalition["name"], spoken(release, coalition["place_id"]))
    best = figures[0] if figures else None
    against = f" and {best['reference']}" if best is not None and column == "gap" else ", without a reference"
    row = {
        "coalition": title,
        "places": shortened(f"{place}{against}", LONGEST),
        "gap": "",
        "interval": "",
        "period": "",
    }
    if best is None or column != "gap":
        return row | {"quotable": "no gap"}
    return row | {
        "period": period_words(best["period_start"], best["period_end"]),
        "gap": "" if best["gap"] is None else digits(best["gap"], 1),
        "interval": _interval(best),
        "quotable": QUOTABLE[best["quotable"]],
    }


QUOTABLE = {"yes": "yes", "with_caveat": "with its caveat", "no": "no"}


def _overview(release: Release) -> list[tuple[str, list[dict[str, Any]]]]:
    """Each member of each coalition with its gap, as the view `coalition_overview` has it."""
    rows = release.ask(
        "SELECT * FROM coalition_overview WHERE role = 'member' ORDER BY title, coalition_id, position"
    ).dicts()
    coalitions: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        known = row["gap"] is not None
        row["period"] = period_words(row["period_start"], row["period_end"]) if known else ""
        row["interval"] = _interval(row) if known else ""
        row["source"] = f"{row['source_id']}; {QUOTABLE[row['quotable']]}" if known else ""
        row["gap"] = digits(row["gap"], 1) if known else "none"
        coalitions.setdefault((row["title"], row["coalition_id"]), []).append(row)
    return [(title, members) for (title, _), members in coalitions.items()]


def _interval(figure: dict[str, Any]) -> str:
    if figure["ci_low"] is None:
        return "none"
    return f"{digits(figure['ci_low'], 1)} to {digits(figure['ci_high'], 1)}"
