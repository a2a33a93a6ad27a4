"""Would a test fail if a line were wrong? A seeded sample of mutants, and the nearest tests for each.

    make mutation                                         a small sample of every folder
    make mutation ARGS="--sample 40 --seed 7 lifegap/store"

A mutant is the code with one small fault. cosmic-ray makes them: another comparison, operator, number, a
branch turned, a decorator gone; this script adds the words of SQL. A place in the code is drawn first and one
of its faults after, so that an operator with a dozen replacements weighs no more than a number. The faults
are put into a copy of the checkout; the tests are those that reach the module by the fewest imports, without
the tests that need a whole refresh. What survives is looked up in `tools/mutants_judged.toml`: a mutant that
stands there, with its reason, is judged; every other survivor ends the run with exit code 1.
"""

import argparse
import ast
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import tomllib
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import parso  # noqa: F401 - before cosmic_ray, whose operators cannot be loaded otherwise
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.ast.ast_query import ASTQuery
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

from tools.mutation_of_sql import SqlWord

CHECKOUT = Path(__file__).resolve().parents[1]
JUDGED = CHECKOUT / "tools" / "mutants_judged.toml"
FOLDERS = ("lifegap/methods", "lifegap/store", "lifegap/releases", "lifegap/landing", "lifegap/checks")
MOST_FILES = 6
LEFT_OUT = "not slow and not soak and not refresh"


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


# -- faults ---------------------------------------------------------------------------------------


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
            if not _is_annotation(node):
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


def mutant(place: Place, text: str, chance: random.Random) -> Mutant | None:
    """One of the faults of a place; None where none of them is Python."""
    for name, occurrence in chance.sample(place.faults, len(place.faults)):
        faulty = mutate_code(text, _operators()[name], occurrence)
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


# -- the nearest tests ----------------------------------------------------------------------------


@cache
def _imports(root: Path, path: str) -> frozenset[str]:
    """Modules of the checkout that a file imports, as paths; those within functions too."""
    names: set[str] = set()
    for node in ast.walk(ast.parse((root / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{each.name}" for each in node.names}
    paths = {f"{name.replace('.', '/')}.py" for name in names}
    return frozenset(each for each in paths if (root / each).is_file())


@cache
def nearest_tests(root: Path, path: str) -> tuple[tuple[str, ...], ...]:
    """The files of tests that reach a module: those of its own folder, then the nearest of the others.

    Near is what takes few imports. Tests of commands and of whole files take too long for every mutant.
    """
    folder = Path(path).parent.name
    files = [*(root / "tests").rglob("*.py"), *(root / path).parent.glob("*.py")]
    graph = sorted(str(each.relative_to(root)) for each in files)
    distance, reached = {path: 0}, [path]
    for each in reached:
        for other in graph:
            if other not in distance and each in _imports(root, other):
                distance[other] = distance[each] + 1
                reached.append(other)
    tests = [each for each in reached if Path(each).name.startswith("test_")]
    own_name = f"test_{Path(path).stem}.py"
    own = [each for each in tests if each.startswith(f"tests/{folder}/")]
    own.sort(key=lambda each: (Path(each).name != own_name, distance[each], each))
    others = [each for each in tests if each not in own and each.split("/")[1] not in ("cli", "mirror")]
    others.sort(key=lambda each: (distance[each], each))
    return tuple(tuple(each) for each in (own[:MOST_FILES], others[:MOST_FILES]) if each)


# -- trying ---------------------------------------------------------------------------------------


def _copied(folder: Path) -> None:
    """The files of the checkout, as they stand, in another folder."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=CHECKOUT, capture_output=True, check=True).stdout.decode()
    for name in filter(None, listed.split("\0")):
        if (CHECKOUT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(CHECKOUT / name, folder / name)
    (folder / ".venv").symlink_to((CHECKOUT / ".venv").resolve())


def tried(folder: Path, tests: tuple[str, ...], seconds: float) -> str:
    """How the tests end in a copy of the checkout: `passed`, `failed`, `late`, or `none` without any."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith("LIFEGAP_")}
    with subprocess.Popen(
        [".venv/bin/python", "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-m", LEFT_OUT, *tests],
        cwd=folder,
        env=variables | {"PYTHONPATH": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as running:
        try:
            code = running.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            return "late"
    return {0: "passed", 5: "none"}.get(code, "failed")


@cache
def _without_fault(folder: Path, tests: tuple[str, ...], seconds: float) -> str:
    """How the tests end as they are; a fault can be seen only by tests that pass in time."""
    return tried(folder, tests, seconds)


def _is_killed(folder: Path, each: Mutant, seconds: float) -> bool:
    """Whether the tests see the fault: those of the folder first, the others if these do not."""
    module = folder / each.path
    whole = module.read_text(encoding="utf-8")
    for tests in nearest_tests(folder, each.path):
        ended = _without_fault(folder, tests, seconds)
        if ended == "failed":
            sys.exit(f"without a fault, a test fails: {' '.join(tests)}")
        if ended != "passed":
            continue
        try:
            _put(module, each.text)
            if tried(folder, tests, seconds) != "passed":
                return True
        finally:
            _put(module, whole)
    return False


def _put(module: Path, text: str) -> None:
    """Write a module and forget its bytecode: Python tells it by second and size, which may be the same."""
    for compiled in (module.parent / "__pycache__").glob(f"{module.stem}.*.pyc"):
        compiled.unlink()
    module.write_text(text, encoding="utf-8")


# -- the run --------------------------------------------------------------------------------------


def sample(root: Path, folder: str, size: int, seed: int) -> Iterator[Mutant]:
    """Mutants of a folder, drawn by a seed."""
    texts = {
        str(path.relative_to(root)): path.read_text(encoding="utf-8")
        for path in sorted((root / folder).glob("*.py"))
    }
    known = [
        (place.drawn(text, seed), place, text) for path, text in texts.items() for place in places(path, text)
    ]
    known.sort(key=lambda each: each[0].random())
    made = (mutant(place, text, chance) for chance, place, text in known)
    for each, _ in zip(filter(None, made), range(size), strict=False):
        yield each


def judged() -> dict[tuple[str, ...], str]:
    """Survivors that are known, with the reason why each may live."""
    with JUDGED.open("rb") as file:
        known = tomllib.load(file).get("mutant", [])
    return {(each["module"], each["within"], each["before"], each["after"]): each["why"] for each in known}


def _ends(
    copy: Path, folder: str, asked: argparse.Namespace, known: dict[tuple[str, ...], str]
) -> Counter[str]:
    """Try the mutants of a folder, tell of each how it ended, and count the ends."""
    ends = Counter(killed=0, judged=0, survived=0)
    for each in sample(copy, folder, asked.sample, asked.seed):
        if time.monotonic() > asked.stop:
            print("the time is up", flush=True)
            break
        killed = _is_killed(copy, each, asked.seconds)
        end = "killed" if killed else "judged" if each.key in known else "survived"
        ends[end] += 1
        print(f"{end:9}{each.path}:{each.line} {each.within}", flush=True)
        if end != "killed":
            print(f"    - {each.before}\n    + {each.after}\n    {known.get(each.key, '')}", flush=True)
    print(f"{folder}: " + ", ".join(f"{count} {end}" for end, count in ends.items()), flush=True)
    return ends


def main() -> int:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument(
        "folders", nargs="*", default=[each for each in FOLDERS if (CHECKOUT / each).is_dir()]
    )
    options.add_argument("--sample", type=int, default=5, help="mutants of each folder")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--seconds", type=float, default=120.0, help="that the tests of one mutant may take")
    options.add_argument("--minutes", type=float, default=60.0, help="after which no further mutant is tried")
    asked = options.parse_args()
    asked.stop = time.monotonic() + 60 * asked.minutes
    with TemporaryDirectory(prefix="lifegap-mutants-") as temporary:
        copy = Path(temporary)
        _copied(copy)
        ends = sum((_ends(copy, folder, asked, judged()) for folder in asked.folders), Counter())
    return 1 if ends["survived"] else 0


if __name__ == "__main__":
    sys.exit(main())
