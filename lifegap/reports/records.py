"""Tables that say what a release is made of and how it stands: sources, changes, checks, measures, words."""

import csv
from typing import Any

from lifegap.releases.dictionary import DICTIONARY
from lifegap.releases.read import Release
from lifegap.reports.exhibits import Column, Exhibit
from lifegap.reports.figures import Names
from lifegap.wording import counted


def _table(
    id_: str, title: str, subtitle: str, columns: tuple[Column, ...], rows: list[dict[str, Any]]
) -> Exhibit:
    return Exhibit(id_, title, subtitle, columns, rows)


def sources_table(release: Release) -> Exhibit:
    """Every edition that went in: how old our copy is, and whether a later one is known."""
    rows = release.ask(
        """
        SELECT s.title, s.vintage, s.publisher, s.status, s.license, s.license_limit, s.url, s.fitness,
            s.period_start, s.period_end, strftime(s.obtained_at, '%Y-%m-%d') AS obtained, s.obtained_from,
            CASE WHEN s.edition_order = max(s.edition_order) OVER (PARTITION BY s.source_id) THEN 'yes'
                ELSE 'no, a later one is here too' END AS newest,
            coalesce(c.earliest::VARCHAR || ' to ' || c.latest::VARCHAR, 'not known') AS next_edition
        FROM source AS s LEFT JOIN release_calendar AS c USING (source_id, vintage)
        ORDER BY s.title, s.edition_order
        """
    ).dicts()
    for row in rows:
        row["years"] = f"{row['period_start']}–{row['period_end']}" if row["period_start"] else ""
    return _table(
        "sources",
        f"{len(rows)} editions of {len({row['title'] for row in rows})} sources went into this release",
        "Age of our copy and whether it is the newest edition here are two things, and stand in two columns.",
        (
            Column("title", "Source"),
            Column("vintage", "Edition"),
            Column("years", "Years of data"),
            Column("publisher", "Publisher"),
            Column("obtained", "Our copy is of"),
            Column("newest", "Newest edition here"),
            Column("next_edition", "Next edition expected"),
            Column("fitness", "Fit for"),
            Column("license", "License"),
            Column("license_limit", "Limit of the license"),
            Column("obtained_from", "Obtained from"),
            Column("url", "Address"),
        ),
        rows,
    )


def changes_tables(release: Release) -> list[Exhibit]:
    """What is different from the release before: counts, sentences, restatements."""
    counts = release.ask(
        "SELECT table_name, kind, cause, sum(cells)::BIGINT AS cells, sum(cells_beyond)::BIGINT AS beyond, "
        "sum(flips)::BIGINT AS flips FROM change_count GROUP BY ALL "
        "ORDER BY cells DESC, table_name, kind, cause"
    ).dicts()
    sentences = release.ask(
        "SELECT table_name, kind, sentence FROM change WHERE flip IS NOT NULL OR beyond_uncertainty "
        "ORDER BY flip IS NULL, abs(difference) DESC NULLS LAST, table_name, key, column_name LIMIT 500"
    ).dicts()
    restated = release.ask("SELECT * FROM restatement ORDER BY ALL LIMIT 500").dicts()
    whole = {"places": 0}
    return [
        _table(
            "change-counts",
            f"Not as in the release before: {counted(sum(row['cells'] or 0 for row in counts), 'cell')}",
            "Counted by table, kind and cause. Numbers are compared with six digits that count.",
            (
                Column("table_name", "Table"),
                Column("kind", "Kind"),
                Column("cause", "Cause"),
                Column("cells", "Cells", "count", 0),
                Column("beyond", "Beyond their uncertainty", "count", 0),
                Column("flips", "Findings turned round", "count", 0),
            ),
            [row | whole for row in counts],
        ),
        _table(
            "changes-worth-reading",
            f"{counted(len(sentences), 'change')} beyond uncertainty, or turning a finding round",
            "At most 500, the largest first. The table `change` has all of them.",
            (Column("table_name", "Table"), Column("kind", "Kind"), Column("sentence", "What changed")),
            sentences,
        ),
        _table(
            "restatements",
            counted(len(restated), "restatement"),
            "A published figure that changed for the same source, edition, period and method.",
            tuple(
                Column(key, key.replace("_", " ").capitalize())
                for key in ("restated_at", "kind", "table_name", "key", "column_name", "old", "new", "cause")
            ),
            [{key: None if value is None else str(value) for key, value in row.items()} for row in restated],
        ),
    ]


def checks_tables(release: Release) -> list[Exhibit]:
    """How the checks ended: those that do not hold, and how many hold of each table."""
    failed = release.ask(
        "SELECT table_name, expectation_id, severity, observed, reason, what_to_do FROM check_result "
        "WHERE NOT success ORDER BY ALL"
    ).dicts()
    counts = release.ask(
        "SELECT table_name, count(*) FILTER (success) AS held, count(*) FILTER (NOT success) AS failed, "
        "count(*) FILTER (success IS NULL) AS untested FROM check_result GROUP BY ALL ORDER BY ALL"
    ).dicts()
    return [
        _table(
            "checks-that-warn",
            f"{counted(len(failed), 'check')} {'warns' if len(failed) == 1 else 'warn'}",
            "A critical check that fails stops a release; so none of these is critical.",
            (
                Column("table_name", "Table"),
                Column("expectation_id", "Rule"),
                Column("observed", "What was found"),
                Column("reason", "Why it matters"),
                Column("what_to_do", "What to do"),
            ),
            failed,
        ),
        _table(
            "checks-by-table",
            f"{sum(row['held'] for row in counts):,} checks hold",
            "By table.",
            (
                Column("table_name", "Table"),
                Column("held", "Hold", "count", 0),
                Column("failed", "Warn", "count", 0),
                Column("untested", "Not tested", "count", 0),
            ),
            counts,
        ),
    ]


def measures_table(names: Names) -> Exhibit:
    """Every indicator with what it measures, its formula, and the goals that it belongs to."""
    rows = [
        {
            **row,
            "area": row["priority_area"].replace("_", " ").capitalize(),
            "better": {"higher": "more", "lower": "less"}.get(row["direction"], "neither"),
            "goals": "; ".join(
                f"{label} {row[key]}"
                for label, key in (("SDG", "sdg_indicator"), ("Healthy People 2030", "hp2030_objective"))
                if row[key]
            ),
        }
        for row in names.indicators.values()
    ]
    return _table(
        "measures",
        f"{len(rows)} measures",
        "What each is, in which unit, of whom, by which formula; and the goals it belongs to.",
        (
            Column("title", "Measure"),
            Column("area", "Area"),
            Column("unit", "Unit"),
            Column("better", "Better is"),
            Column("universe", "Of whom"),
            Column("description", "What it is"),
            Column("formula", "Formula"),
            Column("goals", "Goals"),
        ),
        sorted(rows, key=lambda row: (row["area"], row["title"])),
    )


def dictionary_tables(release: Release) -> list[Exhibit]:
    """Every table with what it holds, and then each one with its columns, as dictionary.csv says it."""
    with (release.folder / DICTIONARY).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    tables = [row for row in rows if not row["column_name"]]
    columns = (
        Column("column_name", "Column"),
        Column("type", "Type"),
        Column("unit", "Unit of it"),
        Column("description", "What it means"),
        Column("allowed", "Values"),
        Column("missing", "Where it is empty"),
    )
    each = [
        _table(
            f"dictionary-{table['table_name']}",
            f"The columns of {table['table_name']}",
            table["description"],
            columns,
            [row for row in rows if row["table_name"] == table["table_name"] and row["column_name"]],
        )
        for table in tables
    ]
    whole = Exhibit(
        "dictionary",
        f"{counted(len(rows) - len(tables), 'column')} of {counted(len(tables), 'table')} and views",
        "The same as dictionary.csv beside these pages. The name of a table leads to its columns.",
        (
            Column("table_name", "Table"),
            Column("kind", "Kind"),
            Column("description", "What it holds"),
        ),
        tables,
        links={
            f"table_name:{table['table_name']}": f"dictionary/{table['table_name']}.html" for table in tables
        },
    )
    return [whole, *each]


def scorecard_table(release: Release, coalition_id: str) -> Exhibit | None:
    """What the coalition counts itself, with its source and where documents differ."""
    rows = release.ask(
        "SELECT *, subject AS about FROM coalition_scorecard WHERE coalition_id = ? "
        "ORDER BY metric_id, period_start, period_end, subject",
        [coalition_id],
    ).dicts()
    for row in rows:
        row["period"] = _years(row)
        row["places"] = 0 if row["value"] is not None and float(row["value"]).is_integer() else 1
        # A year is no number of things: it has no comma.
        if row["unit"] == "calendar year" and row["value"] is not None:
            row["value_text"] = f"{row['value']:.0f}"
    if not rows:
        return None
    return _table(
        f"{coalition_id}-scorecard",
        f"{counted(len(rows), 'figure')} that the coalition counts itself",
        "As its documents state them, each with its source.",
        (
            Column("title", "What is counted"),
            Column("about", "Of"),
            Column("period", "Period"),
            Column("value", "Figure", "in its unit", None),
            Column("unit", "Unit"),
            Column("target", "Target", "in its unit", None),
            Column("status", "Status"),
            Column("source", "Source"),
            Column("note", "Note"),
        ),
        rows,
    )


def _years(row: dict[str, Any]) -> str:
    start, end = row["period_start"], row["period_end"]
    return "" if end is None else str(end) if start == end else f"{start}–{end}"


def needed_table(release: Release, coalition_id: str, names: Names) -> Exhibit | None:
    """What no source at hand has for this coalition, why, and who has it."""
    rows = release.ask(
        "SELECT * FROM coalition_indicator WHERE coalition_id = ? AND status <> 'available' "
        "ORDER BY priority_area, position",
        [coalition_id],
    ).dicts()
    if not rows:
        return None
    for row in rows:
        known = names.indicators.get(row["indicator_id"])
        row["measure"] = known["title"] if known else row["indicator_id"].replace("_", " ").capitalize()
        row["area"] = row["priority_area"].replace("_", " ").capitalize()
        row["state"] = row["status"].replace("_", " ")
        row["why"] = names.why(row["reason"])
    return _table(
        f"{coalition_id}-needed",
        f"No public figure: {counted(len(rows), 'measure')} that the coalition names",
        "Why there is none, and who has it.",
        (
            Column("area", "Area"),
            Column("measure", "Measure"),
            Column("state", "State"),
            Column("why", "Why there is none"),
            Column("where_to_get", "Where it is"),
        ),
        rows,
    )


def conflicts_table(release: Release, coalition_id: str) -> Exhibit | None:
    """Where documents about a coalition differ, and what was chosen."""
    rows = release.ask(
        "SELECT what, says, source, CASE WHEN chosen THEN 'yes' ELSE '' END AS taken, choice, why "
        "FROM coalition_conflict WHERE coalition_id = ? ORDER BY conflict_id, position",
        [coalition_id],
    ).dicts()
    if not rows:
        return None
    return _table(
        f"{coalition_id}-conflicts",
        f"Documents differ in {counted(len({row['what'] for row in rows}), 'thing')}",
        "What each says, and what is done here.",
        (
            Column("what", "About"),
            Column("says", "One says"),
            Column("source", "Where"),
            Column("taken", "Taken here"),
            Column("choice", "What is done"),
            Column("why", "Why"),
        ),
        rows,
    )
