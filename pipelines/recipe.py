"""What a table is made of, and what its rules are put to, each as one hash.

Where the hash is that of the run before, the table is not made again and the outcomes of its rules stand.
Tables that are read enter with the version of their rows: one that was made anew and came out the same
changes nothing downstream.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import duckdb

from assets.table import WHOLE, TableMaker, registered
from expectations import tables_looked_into
from lifegap.catalog.cards import SourceCard
from lifegap.checks.rules import Rule
from lifegap.releases.acknowledged import Acknowledged
from lifegap.releases.before import Before
from lifegap.store.warehouse import Warehouse
from pipelines.code import code_of
from pipelines.run import Run

CHECKS = "lifegap.checks.run"
GRAPH = "pipelines.definitions"
NAMED = re.compile(r"\b(landing|sources|warehouse|indicators|published)\.(\w+)")
"""A table in the text of a rule."""


def recipe_of_table(run: Run, maker: TableMaker, source: str, parts: Iterable[str]) -> str:
    """Hash of all that the rows of a source are made of; parts: the declarations that its maker reads."""
    ledger = run.warehouse.ledger
    takes = maker.takes
    return _hash(
        code_of(maker.make.__module__),
        asdict(maker.table),
        {part: run.declarations.get(part) for part in sorted(parts)},
        [_card(run, card) for card in _cards(run, maker, source)],
        _versions(run, maker, source),
        # Through the warehouse makers ask where files came from; who takes its connection reads the ledger.
        ledger.all_origins() if Warehouse in takes else None,
        ledger.accounts() if duckdb.DuckDBPyConnection in takes else None,
        run.before.version if Before in takes else None,
        [sorted(run.acknowledged.ids), run.acknowledged.reason] if Acknowledged in takes else None,
    )


def recipe_of_graph(makers: dict[str, TableMaker]) -> str:
    """Hash of the graph of a run as Dagster shows it: its tables, what they say and are made of."""
    told = {
        name: [asdict(each.table), each.make.__doc__, each.source, sorted(each.needed)]
        for name, each in makers.items()
    }
    return _hash(code_of(GRAPH), told)


def recipe_of_check(run: Run, maker: TableMaker, rules: list[Rule]) -> str:
    """Hash of the rules of a table and of all that they are put to."""
    ledger = run.warehouse.ledger
    versions = ledger.versions()
    text = json.dumps([asdict(rule) for rule in rules])
    named = {".".join(found) for found in NAMED.findall(text)}
    needed = {*tables_looked_into(maker.table), *named, *(name for rule in rules for name in rule.needs)}
    others = sorted({name for name in needed if not name.startswith("landing.")} - {maker.table.full_name})
    return _hash(
        code_of(CHECKS),
        text,
        versions.get(maker.table.full_name),
        {name: (versions.get(name), sorted(ledger.origins_of(name))) for name in others},
        ledger.accounts_of(maker.table.full_name),
        run.declarations.get("indicators") if "landing.indicator_cell" in named else None,
    )


def _versions(run: Run, maker: TableMaker, source: str) -> dict[str, str | None]:
    """Versions of what the rows of a source are made of: of tables made by source, its rows there."""
    made, whole = run.warehouse.ledger.versions_by_source(), run.warehouse.ledger.versions()
    return {
        name: made.get(name, {}).get(source)
        if maker.by_source is not None and registered()[name].by_source is not None
        else whole.get(name)
        for name in sorted(maker.made_of[source])
    }


def _cards(run: Run, maker: TableMaker, source: str) -> list[SourceCard]:
    """The card of the table's files, and those that correct its rows."""
    return [
        card
        for card in run.catalog.cards.values()
        if card.family == maker.source
        or (
            source in (WHOLE, card.id)
            and any(each.table == maker.table.full_name for each in card.correction)
        )
    ]


def _card(run: Run, card: SourceCard) -> list[Any]:
    """What a card says, and its files as they were obtained."""
    files = [
        (each.file, each.vintage, each.layout, each.origin, each.sha256, each.rows_expected, each.rows_least)
        for each in run.receipts_of(card)
    ]
    return [card.model_dump(mode="json"), files]


def _hash(*facts: Any) -> str:
    return hashlib.sha256(json.dumps(facts, sort_keys=True, default=str).encode()).hexdigest()
