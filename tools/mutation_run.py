"""Would a test fail if a line were wrong? A seeded sample of mutants, and the nearest tests for each.

    make mutation                                         a small sample of every folder
    make mutation ARGS="--sample 40 --seed 7 lifegap/store"

A mutant is the code with one small fault. cosmic-ray makes them: another comparison, operator, number, a
branch turned, a decorator gone; words of SQL are added. The faults are put into a copy of the checkout; the
tests are those that reach the module by the fewest imports. Tests of releases read one that the code without
a fault has made (LIFEGAP_BUNDLE_HOME may name it), for a refresh takes too long for every mutant. What
survives is looked up in `tools/mutants_judged.toml`: a mutant that stands there, with its reason, is judged;
every other survivor ends the run with exit code 1.
"""

import argparse
import ast
import os
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.mutants import Mutant, sample

CHECKOUT = Path(__file__).resolve().parents[1]
JUDGED = CHECKOUT / "tools" / "mutants_judged.toml"
FOLDERS = ("lifegap/methods", "lifegap/store", "lifegap/releases", "lifegap/landing", "lifegap/checks")
MOST_FILES = 4
LEFT_OUT = "not slow and not soak and not mirror"


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
    """The files of tests that reach a module: that of its name, then those of its folder, then others.

    Near is what takes few imports. Tests of commands start processes: they are taken where no others are;
    those at the top of `tests` try every layout or rule, which takes too long.
    """
    package, folder, *_ = Path(path).parts
    files = [*(root / "tests").rglob("*.py"), *(root / package / folder).rglob("*.py")]
    graph = sorted(str(each.relative_to(root)) for each in files)
    distance, reached = {path: 0}, [path]
    for each in reached:
        for other in graph:
            if other not in distance and each in _imports(root, other):
                distance[other] = distance[each] + 1
                reached.append(other)
    tests = [each for each in reached if Path(each).name.startswith("test_") and each.count("/") > 1]
    tests = [each for each in tests if "/cli/" not in each and "/mirror/" not in each] or tests
    tests.sort(key=lambda each: (distance[each], each))
    named = [each for each in tests if Path(each).stem == f"test_{Path(path).stem}"]
    own = [each for each in tests if each.startswith(f"tests/{folder}/") and each not in named]
    others = [each for each in tests if each not in named and each not in own]
    return tuple(tuple(each[:MOST_FILES]) for each in (named, own, others) if each)


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


@cache
def _home(folder: Path) -> Path:
    """A home with a release of the bundle, made without a fault."""
    if named := os.environ.get("LIFEGAP_BUNDLE_HOME"):
        return Path(named).absolute()
    home = folder / ".lifegap"
    command = [".venv/bin/lifegap", "refresh", "--home", str(home), "--sources", "bundle"]
    made = subprocess.run(
        command, cwd=folder, env=os.environ | {"PYTHONPATH": str(folder)}, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    (home / "stdout").write_text(made.stdout, encoding="utf-8")
    return home


def tried(folder: Path, tests: tuple[str, ...], seconds: float) -> str:
    """How the tests end in a copy of the checkout: `passed`, `failed`, `late`, or `none` without any."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith("LIFEGAP_")}
    with subprocess.Popen(
        [
            ".venv/bin/python",
            "-m",
            "pytest",
            "-q",
            "-x",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:xdist",
            "-m",
            LEFT_OUT,
            *tests,
        ],
        cwd=folder,
        env=variables | {"PYTHONPATH": str(folder), "LIFEGAP_BUNDLE_HOME": str(_home(folder))},
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
def _pass_without_fault(folder: Path, tests: tuple[str, ...], seconds: float) -> bool:
    """Whether tests pass as they are; a fault can be seen only by tests that do, in time."""
    ended = tried(folder, tests, seconds)
    if ended == "failed":
        sys.exit(f"without a fault, a test fails: {' '.join(tests)}")
    return ended == "passed"


def _is_killed(folder: Path, each: Mutant, asked: argparse.Namespace) -> bool:
    """Whether the tests see the fault: the nearest first, others if these do not."""
    module = folder / each.path
    whole = module.read_text(encoding="utf-8")
    for tests in nearest_tests(folder, each.path):
        _put(module, each.text)
        try:
            ended = tried(folder, tests, asked.seconds)
        finally:
            _put(module, whole)
        if ended in ("failed", "late") and (asked.green or _pass_without_fault(folder, tests, asked.seconds)):
            return True
    return False


def _put(module: Path, text: str) -> None:
    """Write a module and forget its bytecode: Python tells it by second and size, which may be the same."""
    for compiled in (module.parent / "__pycache__").glob(f"{module.stem}.*.pyc"):
        compiled.unlink()
    module.write_text(text, encoding="utf-8")


# -- the run --------------------------------------------------------------------------------------


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
        killed = _is_killed(copy, each, asked)
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
    options.add_argument("--green", action="store_true", help="the tests are known to pass without a fault")
    asked = options.parse_args()
    asked.stop = time.monotonic() + 60 * asked.minutes
    with TemporaryDirectory(prefix="lifegap-mutants-") as temporary:
        copy = Path(temporary)
        _copied(copy)
        ends = sum((_ends(copy, folder, asked, judged()) for folder in asked.folders), Counter())
    return 1 if ends["survived"] else 0


if __name__ == "__main__":
    sys.exit(main())
