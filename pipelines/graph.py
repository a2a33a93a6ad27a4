"""What follows what: every table is made, then checked; what is made of it waits for its check."""

from collections.abc import Iterable

from assets.table import TableMaker, registered
from expectations import domain_rules, tables_looked_into
from pipelines.step import LAND, PUBLISH, Step


def selected(landed: Iterable[str]) -> dict[str, TableMaker]:
    """The tables of a run: all but those of sources that have no file in it."""
    idle = set(idle_tables({source.partition(":")[0] for source in landed}))
    return {name: each for name, each in registered().items() if name not in idle}


def idle_tables(landed: set[str]) -> list[str]:
    """Tables of sources without a file in this run, of which nothing else is made: left out of it."""
    makers = registered()
    read = {name for each in makers.values() for name in each.reads.values()}
    needed = {
        name
        for each in makers.values()
        if each.source in landed or each.source is None
        for rule in domain_rules(each.table.full_name)
        for name in rule.needs
    }
    return [
        name
        for name, each in makers.items()
        if each.source is not None and each.source not in landed and name not in read | needed
    ]


def graph(makers: dict[str, TableMaker]) -> dict[Step, set[Step]]:
    """Each step of a run of these tables → the steps that must have succeeded before it."""
    steps: dict[Step, set[Step]] = {LAND: set()}
    for name, maker in makers.items():
        checked = {Step("check", each) for each in maker.needed if each in makers}
        steps[Step("make", name)] = {LAND} | checked
        looked_into = [each for each in tables_looked_into(maker.table) if each in makers]
        steps[Step("check", name)] = {Step("make", each) for each in (name, *looked_into)}
    steps[PUBLISH] = {Step("check", name) for name in makers}
    return steps
