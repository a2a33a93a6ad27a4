"""Faults in SQL, which cosmic-ray takes for text: another comparison, a turned condition."""

import re
from collections.abc import Iterator

from cosmic_ray.operators.operator import Example, Operator
from parso.python.tree import FStringString, String

QUERY = re.compile(r"\b(SELECT|WHERE|FILTER|JOIN|FROM|HAVING|IS NULL|coalesce)\b|count\(")
"""What a text must hold to be taken for a piece of SQL."""

WORDS = {
    r" <> ": " = ", r" = ": " <> ", r" < ": " <= ", r" > ": " >= ", r" <= ": " < ", r" >= ": " > ",
    r" AND ": " OR ", r" OR ": " AND ", r"IS NOT NULL": "IS NULL", r"IS NULL": "IS NOT NULL",
    r"NOT IN": "IN", r"NOT (?!NULL|IN)": "", r"DISTINCT ": "", r"\bmax\(": "min(", r"\bmin\(": "max(",
    r"LEFT JOIN": "JOIN", r"count\(\*\) > 1": "count(*) > 2",
}  # fmt: skip
FAULT = re.compile("|".join(f"(?P<w{number}>{word})" for number, word in enumerate(WORDS)))


class SqlWord(Operator):
    """One word of a query replaced."""

    def mutation_positions(self, node: object) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        if not isinstance(node, String | FStringString) or not QUERY.search(node.value):
            return
        if node.parent.type == "simple_stmt":  # a docstring
            return
        for found in FAULT.finditer(node.value):
            before = node.value[: found.start()]
            line = node.start_pos[0] + before.count("\n")
            column = len(before) - before.rfind("\n") - 1 + (0 if "\n" in before else node.start_pos[1])
            yield (line, column), (line, column + len(found[0]))

    def mutate(self, node: String | FStringString, index: int) -> String | FStringString:
        found = list(FAULT.finditer(node.value))[index]
        word = list(WORDS.values())[int(str(found.lastgroup)[1:])]
        node.value = node.value[: found.start()] + word + node.value[found.end() :]
        return node

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        return (Example("x = 'SELECT a WHERE b = 1'", "x = 'SELECT a WHERE b <> 1'"),)
