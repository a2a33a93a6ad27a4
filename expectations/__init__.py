"""What must hold: one module per table that has domain rules, `expectations/<layer>/<table>.py`.

What `sql/` already declares (keys, references, nulls, ranges, finite numbers) is not repeated here:
those rules are generated. A module holds `RULES`, each with a reason in the reader's words, a
severity and what to do when it fails.
"""

from functools import cache
from importlib import import_module

from lifegap.catalog.tables import Table
from lifegap.checks.rules import Rule, structural_rules


@cache
def domain_rules(full_name: str) -> tuple[Rule, ...]:
    """The domain rules of a table; none where it has no module."""
    module = f"{__name__}.{full_name}"
    try:
        return import_module(module).RULES
    except ModuleNotFoundError as missing:
        if missing.name is None or not module.startswith(missing.name):
            raise
        return ()


def rules_of(table: Table) -> list[Rule]:
    """Everything that must hold of a table: what its declaration implies, and its domain rules."""
    return [*structural_rules(table), *domain_rules(table.full_name)]


def tables_looked_into(table: Table) -> list[str]:
    """Full names of the other tables that the rules of a table look into."""
    named = [f"{table.layer}.{each.table}" for each in table.references]
    named += [name for rule in domain_rules(table.full_name) for name in rule.needs]
    return [name for name in dict.fromkeys(named) if name != table.full_name]
