"""What must hold: one module per table that has domain rules, `expectations/<layer>/<table>.py`.

What `sql/` already declares (keys, references, nulls, ranges, finite numbers) is not repeated here:
those rules are generated. A module holds `RULES`, each with a reason in the reader's words, a
severity and what to do when it fails.
"""

from functools import cache
from importlib import import_module

from lifegap.checks.rules import Rule


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
