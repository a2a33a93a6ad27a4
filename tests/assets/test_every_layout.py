"""Every layout of every source: a slice of the real file is told, read, accounted for, and holds."""

import pytest

from assets.table import TableMaker
from expectations import rules_of
from lifegap.catalog.coalition_files import is_own
from lifegap.checks.rules import Rule
from lifegap.checks.run import SqlChecker
from tests.assets.slices import CATALOG, load, slices_of, tables_of

CARDS = [card for card in CATALOG.cards.values() if not is_own(card.id)]
"""Cards of publishers; coalitions' own files have one layout each, which they are named after."""

LAYOUTS = [(card.id, layout.id) for card in CARDS for layout in card.layout]


@pytest.mark.parametrize(("source_id", "layout_id"), LAYOUTS)
def test_every_layout_has_a_slice(source_id: str, layout_id: str) -> None:
    assert layout_id in {file.layout.id for file in slices_of(source_id)}


@pytest.mark.parametrize("source_id", [card.id for card in CARDS])
def test_rows_of_slices_are_read_accounted_for_and_hold(source_id: str) -> None:
    files = slices_of(source_id)
    warehouse = load(source_id, files)
    for file in files:
        assert file.rows_read > 0, file.name
        assert sum(file.set_aside.values()) + file.rows_kept == file.rows_read
    checker = SqlChecker(warehouse.connection)
    for made in tables_of(source_id):
        for outcome in checker.run(made.table.full_name, _own_rules(made)):
            assert outcome.success or outcome.severity == "warning", (outcome, outcome.reason)


def _own_rules(made: TableMaker) -> list[Rule]:
    """Rules of the slice alone: what spans tables or the whole file is checked on the bundle."""
    return [
        rule
        for rule in rules_of(made.table)
        if not rule.needs and "SELECT" not in (rule.where or rule.counts or "")
    ]
