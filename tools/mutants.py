"""Mutants: modules with one small fault each, drawn by a seed.

A place in the code is drawn first and one of its faults after, so that an operator with a dozen replacements
weighs no more than a number. Types are left alone: a fault there is none.
"""

import random
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

import parso  # noqa: F401 - before cosmic_ray, whose operators cannot be loaded otherwise
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.ast.ast_query import ASTQuery
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

from tools.mutation_of_sql import SqlWord


@dataclass(frozen=True)
class Place:
    """A place in the code, and the faults that it can be given: operator and occurrence."""

    path: str
    line: int
    column: int
    within: str
    faults: tuple[tuple[str, int], ...]

    def drawn(self, text: str, seed: int) -> random.Random:
        """Chance that depends on the line alone: a change elsewhere draws nothing else here."""
        line = text.splitlines()[self.line - 1]
        column = self.column - len(line) + len(line.lstrip())
        return random.Random(f"{seed} {Path(self.path).name} {self.within} {line.strip()} {column}")  # noqa: S311


@dataclass(frozen=True)
class Mutant:
    """A module with one fault: the lines before and after, and the whole of its text."""

    path: str
    line: int
    within: str
    before: str
    after: str
    text: str

    @property
    def key(self) -> tuple[str, ...]:
        """What it is known by when the module or the line has moved."""
        return Path(self.path).name, self.within, self.before, self.after


@cache
def _operators() -> dict[str, object]:
    found = {name: get_operator(name) for name in operator_names()}
    return {name: each() for name, each in found.items() if not each.arguments()} | {"sql": SqlWord()}


def places(path: str, text: str) -> list[Place]:
    """Every place of a module that can be given a fault, in the order of the text."""
    nodes = list(ast_nodes(get_ast(text)))
    found: dict[tuple[int, int], list[tuple[str, int]]] = {}
    names: dict[tuple[int, int], str] = {}
    for name, operator in _operators().items():
        positions = (
            (node, start)
            for node in nodes
            for start, _ in operator.mutation_positions(node)  # pyright: ignore
        )
        for occurrence, (node, start) in enumerate(positions):
            if not (_is_annotation(node) or _parts_parameters(node)):
                found.setdefault(start, []).append((name, occurrence))
                names[start] = ASTQuery(node).get_definition_name() or ""
    return [Place(path, *at, names[at], tuple(found[at])) for at in sorted(found)]


def _is_annotation(node: object) -> bool:
    """Whether a node says a type: no test can, or need, see a fault there."""
    typed = {"tfpdef": 2, "annassign": 1}
    while (parent := node.parent) is not None:  # pyright: ignore
        if parent.type in typed and node is parent.children[typed[parent.type]]:
            return True
        if parent.type == "funcdef" and node is parent.annotation:
            return True
        node = parent
    return False


def _parts_parameters(node: object) -> bool:
    """Whether a node is the star or slash between parameters, which is no operator."""
    return node.type == "operator" and node.parent.type == "parameters"  # pyright: ignore


def mutant(place: Place, text: str, chance: random.Random) -> Mutant | None:
    """One of the faults of a place; None where none of them is Python."""
    for name, occurrence in chance.sample(place.faults, len(place.faults)):
        try:
            faulty = mutate_code(text, _operators()[name], occurrence)
        except AttributeError:  # cosmic-ray 8.7 cannot replace an exception with a dot in its name
            continue
        if faulty is None or faulty == text or not _compiles(faulty):
            continue
        before, after = _changed(text, faulty)
        return Mutant(place.path, place.line, place.within, before, after, faulty)
    return None


def _compiles(text: str) -> bool:
    """Without a warning too: the tests take warnings for errors, and would kill it for what it looks like."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            compile(text, "mutant", "exec")
        except (SyntaxError, ValueError):
            return False
    return True


def _changed(text: str, faulty: str) -> tuple[str, str]:
    """The lines that differ, without their indentation."""
    one, other = text.splitlines(), faulty.splitlines()
    changes = [
        each for each in SequenceMatcher(None, one, other, autojunk=False).get_opcodes() if each[0] != "equal"
    ]
    first, last = changes[0], changes[-1]
    return tuple(
        "\n".join(line.strip() for line in lines[start:end])
        for lines, start, end in ((one, first[1], last[2]), (other, first[3], last[4]))
    )  # pyright: ignore


def sample(root: Path, folder: str, size: int, seed: int) -> Iterator[Mutant]:
    """Mutants of a folder, drawn by a seed."""
    texts = {
        str(path.relative_to(root)): path.read_text(encoding="utf-8")
        for path in sorted((root / folder).rglob("*.py"))
    }
    known = [
        (place.drawn(text, seed), place, text) for path, text in texts.items() for place in places(path, text)
    ]
    known.sort(key=lambda each: each[0].random())
    made = (mutant(place, text, chance) for chance, place, text in known)
    for each, _ in zip(filter(None, made), range(size), strict=False):
        yield each
