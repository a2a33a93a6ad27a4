"""`docs/reference`, written from the declarations so that it cannot disagree with them.

Run as a module (`make docs`); a test sees that what is committed is current.
"""

import inspect
import re
from pathlib import Path

from pydantic.fields import FieldInfo

from lifegap import APPLICATION
from lifegap.catalog import bundle, cards, coalitions, indicators
from lifegap.catalog.cards import SourceCard
from lifegap.catalog.catalog import Catalog
from lifegap.catalog.coalition_files import FAMILY, card_of, is_own
from lifegap.catalog.reading import Declared
from lifegap.catalog.tables import Table, declared_tables, declared_traces, declared_views
from lifegap.errors import ERRORS, INTERRUPTED
from lifegap.settings import Settings

DECLARED_IN = {
    "data/bundle.toml": (bundle, "Bundle"),
    "data/coalitions/<id>.toml": (coalitions, "Coalition"),
    "data/indicators/<theme>.toml": (indicators, "IndicatorFile"),
    "data/sources/<source_id>.toml": (cards, "SourceCard"),
}
REFERENCE = APPLICATION / "docs" / "reference"
WRITTEN_BY = {
    "landing": "lifegap/store/ledger.py",
    "published.check_history": "lifegap/releases/check_history.py",
    "published.check_result": "lifegap/releases/publish.py",
}
"""Tables that no function of `assets/` makes, by layer or name."""
MADE = "<!-- Written by `make docs`; change the declarations, not this page. -->"


def pages(catalog: Catalog) -> dict[str, str]:
    """Name of each page and its text."""
    return {
        "tables.md": tables_page(),
        "sources.md": sources_page(catalog),
        "calendar.md": calendar_page(catalog),
        "indicators.md": indicators_page(catalog),
        "reasons.md": reasons_page(catalog),
        "errors.md": errors_page(),
        "settings.md": settings_page(),
        "declarations.md": declarations_page(),
    }


def tables_page() -> str:
    """The data dictionary: published tables, then the layers under them."""
    parts = [
        "# Tables",
        MADE,
        "A release holds the tables of the schema `published`, in `lifegap.duckdb`, as Parquet and as CSV, "
        "sorted by key. The layers under them stand in `warehouse.duckdb` while a refresh runs and after it. "
        "A column's unit stands in brackets before what it is. How names are made is in [names](naming.md).",
        "## Views of a release",
        *(f"- `{view.name}`: {_comment_of(view.sql)}" for view in declared_views()),
        "Each table has a view that leads from its rows to files: the key of the table, then a row for every "
        "number behind it (`step`, `made_of`, `unit`, `line`, `value`, `formula`), with `source_file`, "
        "`source_row` and `sha256`. A row of which no file is the source says where it comes from in `step`.",
        *(f"- `{view.name}`: {_comment_of(view.sql)}" for view in declared_traces().values()),
    ]
    for layer in ("published", "indicators", "warehouse", "sources", "landing"):
        parts.append(f"## {layer}")
        parts += [_table(table) for table in declared_tables().values() if table.layer == layer]
    return _joined(parts)


def _table(table: Table) -> str:
    rows = [["column", "type", "empty", "what"]] + [
        [
            f"**{column.name}**" if column.name in table.key else column.name,
            column.type,
            "may be" if column.nullable else "",
            column.comment,
        ]
        for column in table.columns
    ]
    references = [f"`{', '.join(each.columns)}` → `{each.table}`" for each in table.references]
    return _joined(
        [
            f"### {table.full_name}",
            table.comment,
            f"Key: {', '.join(f'`{name}`' for name in table.key)}."
            + (f" References: {'; '.join(references)}." if references else ""),
            _origin(table),
            _markdown(rows),
        ]
    )


def _origin(table: Table) -> str:
    """Which module makes a table of what, and where its rules stand."""
    from assets.table import registered

    rules = Path("expectations") / table.layer / f"{table.name}.py"
    where = f"; rules in `{rules}`" if (APPLICATION / rules).exists() else ""
    maker = registered().get(table.full_name)
    if maker is None:
        writer = WRITTEN_BY[table.full_name if table.full_name in WRITTEN_BY else table.layer]
        return f"Written by `{writer}`{where}."
    module = f"{maker.make.__module__.replace('.', '/')}.py"
    made_of = [f"the files of [{maker.source}](sources.md#{maker.source})"] if maker.source else []
    made_of += [f"`{name}`" for name in dict.fromkeys(maker.reads.values())]
    if Catalog in {each.annotation for each in inspect.signature(maker.make).parameters.values()}:
        made_of.append("the declarations")
    if maker.over:
        made_of.append("all published tables but those of history")
    if any(kind.__name__ == "Before" for kind in maker.takes):
        made_of.append("the release before")
    if maker.after:
        made_of.append(f"the ledger once {' and '.join(maker.after)} stand")
    return f"Made by `{module}` from {', '.join(made_of) or 'a list in it'}{where}."


def sources_page(catalog: Catalog) -> str:
    """One section per source card, and one for what coalitions keep themselves."""
    cards = [card for card in catalog.cards.values() if not is_own(card.id)]
    return _joined(["# Sources", MADE, *map(_card, cards), _card(card_of(FAMILY, {}))])


def _card(card: SourceCard) -> str:
    bundled = [listed for listed in card.files if listed.bundle_rows is not None]
    uses = [["use", "may it?", "why"]] + [
        [use, "yes" if fit.allowed else "no", fit.why] for use, fit in card.fitness.items()
    ]
    facts = [
        f"- Publisher: {card.publisher}. License: {card.license}. Cadence: {card.cadence}.",
        *([f"- Not free for every use: {card.license_limit}"] if card.license_limit else []),
        f"- Page: <{card.url}>",
        f"- Cite as: {card.citation}",
        f"- Vintages: {', '.join(vintage.id for vintage in card.vintage)}",
        f"- Layouts: {'; '.join(f'`{layout.id}` ({layout.about})' for layout in card.layout)}",
        f"- Files: {len(card.files)}, {sum(listed.rows or 0 for listed in card.files):,} rows; in the bundle "
        f"{len(bundled)}, {sum(listed.bundle_rows or 0 for listed in bundled):,} rows.",
    ]
    facts += [f"- Correction `{each.id}`: {each.what} {each.why}" for each in card.correction]
    if card.caveat:
        facts.append(f"- Said with every figure: {card.caveat}")
    return _joined([f"## {card.id}", f"**{card.title}.** {card.about}", "\n".join(facts), _markdown(uses)])


def calendar_page(catalog: Catalog) -> str:
    """When the next editions are expected, in order; then the sources of which no date is known."""
    cards = [card for card in catalog.cards.values() if not is_own(card.id)]
    dated = [(card, card.next_edition) for card in cards if card.next_edition is not None]
    dated.sort(key=lambda each: (each[1].latest, each[1].earliest))
    expected = [
        [edition.expected, card.id, str(max(each.period_end or 0 for each in card.vintage)),
         f"{edition.every_months} months", edition.basis,
         edition.why]
        for card, edition in dated
    ]  # fmt: skip
    others = [[card.id, card.status, card.cadence] for card in cards if card.next_edition is None]
    return _joined(
        [
            "# Release calendar",
            MADE,
            "When publishers are expected to issue their next editions, as the cards of the sources say: a "
            "year, or a year and month, announced by the publisher or told from its habit. `lifegap sources "
            "--calendar` makes the next twelve months of it and says what is overdue; a release has it as "
            "`release_calendar`. What an edition may change is in [revisions](../explanation/revisions.md).",
            _markdown([["expected", "source", "data here to", "then every", "basis", "why"], *expected]),
            "## No date is known",
            _markdown([["source", "status", "editions come"], *others]),
        ]
    )


def indicators_page(catalog: Catalog) -> str:
    """Every declared indicator."""
    rows = [["indicator", "what", "unit", "better", "theme", "measured by"]] + [
        [
            f"`{found.indicator.id}`",
            f"{found.indicator.title}. {found.indicator.description}",
            found.indicator.unit,
            found.indicator.direction,
            found.priority_area,
            ", ".join(f"{each.source} {each.table}" for each in found.indicator.measured_by)
            or "no source yet",
        ]
        for found in catalog.indicators.values()
    ]
    return _joined(["# Indicators", MADE, _markdown(rows)])


def reasons_page(catalog: Catalog) -> str:
    """Every reason a figure can be empty or refused for."""
    rows = [["reason", "what it means"]] + [
        [f"`{code}`", sentence] for code, sentence in catalog.reasons.items()
    ]
    return _joined(
        [
            "# Reasons",
            MADE,
            "No figure is empty without a reason, `<code>:<detail>`. `unreliable` stands beside a figure, "
            "and `not_published:standard_error` beside one that has no interval.",
            _markdown(rows),
        ]
    )


def errors_page() -> str:
    """Every error with its exit code."""
    rows = [["error", "exit code", "what it means"]] + [
        [f"`{code}`", str(kind.exit_code), meaning] for code, (kind, meaning) in ERRORS.items()
    ]
    return _joined(
        [
            "# Errors and exit codes",
            MADE,
            "0 done, or nothing to do · 1 the data are wrong, nothing was published · 2 your input is wrong, "
            "nothing was written · 3 a source could not be obtained · 4 another refresh is running · "
            f"5 the machine · {INTERRUPTED} interrupted.",
            "Every message says what was being done, what was found, what was expected and what to do next.",
            _markdown(rows),
        ]
    )


def declarations_page() -> str:
    """Every key of the files in `data/`."""
    parts = [
        "# Declarations",
        MADE,
        "Coalitions, indicators, sources and the slices of the bundle are TOML files in `data/`. A key that "
        "is not listed here is refused, with the file and the key. A table of a table is written as "
        "`[[name]]`, once for each.",
    ]
    for written, (module, root) in DECLARED_IN.items():
        parts.append(f"## `{written}`")
        models = [
            model
            for _, model in inspect.getmembers(module, inspect.isclass)
            if issubclass(model, Declared) and model.__module__ == module.__name__
        ]
        for model in sorted(models, key=lambda model: (model.__name__ != root, model.__name__)):
            rows = [["key", "value", "default"]] + [
                [f"`{name}`", f"`{_type_of(field.annotation)}`", _default_of(field)]
                for name, field in model.model_fields.items()
            ]
            parts += [f"### {model.__name__}", inspect.getdoc(model) or "", _markdown(rows)]
    return _joined(parts)


def _type_of(annotation: object) -> str:
    named = annotation.__name__ if inspect.isclass(annotation) and not _is_generic(annotation) else annotation
    return re.sub(r"(lifegap\.catalog\.\w+|typing|datetime)\.", "", str(named))


def _is_generic(annotation: object) -> bool:
    return hasattr(annotation, "__args__")


def _default_of(field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    value = field.get_default(call_default_factory=True)
    return "" if value in (None, (), {}) else f"`{value}`"


def settings_page() -> str:
    """Every setting."""
    rows = [["variable", "default", "what"]] + [
        [
            f"`LIFEGAP_{name.upper()}`",
            f"`{_default(name)}`",
            field.description or "",
        ]
        for name, field in Settings.model_fields.items()
    ]
    return _joined(["# Settings", MADE, "Options of a command win over these.", _markdown(rows)])


def _default(name: str) -> str:
    value = Settings.model_fields[name].default
    return "data" if isinstance(value, Path) and value.is_absolute() else str(value)


def _comment_of(sql: str) -> str:
    return sql.rsplit(" IS '", 1)[1].rsplit("'", 1)[0].replace("''", "'")


def _markdown(rows: list[list[str]]) -> str:
    escaped = [[cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows]
    lines = [escaped[0], ["---"] * len(rows[0]), *escaped[1:]]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _joined(parts: list[str]) -> str:
    text = ""
    for part in parts:
        listed = part.startswith("- ") and text.rstrip("\n").rsplit("\n", 1)[-1].startswith("- ")
        text = text.rstrip("\n") + ("\n" if listed else "\n\n") + part + "\n"
    return text.lstrip("\n")


def write() -> None:
    """Write the pages into docs/reference."""
    REFERENCE.mkdir(exist_ok=True)
    for name, text in pages(Catalog(APPLICATION / "data")).items():
        (REFERENCE / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
