"""How long a refresh takes, and how that compares with reading the same files once.

    make bench                              the bundle
    LIFEGAP_MIRROR=<folder> make bench      the whole public files too
    RUNS=1 make bench                       one refresh of each, not the median of three
    benchmarks/refresh.py --against REV     ratios to another revision, refreshes in turn (RUNS=5 for five)
    benchmarks/refresh.py --bare            all makers, rules and publishing called in order, nothing else

Every row is a process of its own, timed from its start to its end; memory is its peak, as the system
counts it. The floor is the faster of DuckDB and Polars reading every cell of the same files once, as text.
Prints a table in Markdown.
"""

import gzip
import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path

import duckdb
import polars as pl

from assets.table import registered
from lifegap import APPLICATION
from lifegap.catalog.catalog import Catalog
from lifegap.checks.run import SqlChecker
from lifegap.landing.obtain import obtain
from lifegap.settings import read_settings
from pipelines import steps
from pipelines.graph import graph, selected
from pipelines.run import open_run

LIFEGAP = Path(sys.executable).with_name("lifegap")
TIMES = {"refresh": int(os.environ.get("RUNS", "3")), "command": 7}


@dataclass(frozen=True)
class Timing:
    """Median wall-clock seconds and the highest peak of memory of some runs."""

    seconds: float
    spread: float
    mebibytes: float


def timed(command: list[str], times: int, environment: dict[str, str]) -> Timing:
    """Run a command a number of times, in a process of its own each time."""
    seconds, peaks = [], []
    with Path(os.devnull).open("wb") as nowhere:
        for _ in range(times):
            started = time.perf_counter()
            process = os.posix_spawn(
                command[0],
                command,
                os.environ | environment,
                file_actions=[(os.POSIX_SPAWN_DUP2, nowhere.fileno(), stream) for stream in (1, 2)],
            )
            _, status, usage = os.wait4(process, 0)
            seconds.append(time.perf_counter() - started)
            peaks.append(usage.ru_maxrss / 1024)
            if status:
                sys.exit(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    return Timing(statistics.median(seconds), max(seconds) - min(seconds), max(peaks))


def files_of(where: str) -> list[Path]:
    """Every file that a refresh reads."""
    found = []
    for card in Catalog(APPLICATION / "data").cards.values():
        for listed in card.files:
            if where == "bundle":
                path = APPLICATION / "data" / "bundle" / card.id / listed.file
                path = path if path.exists() else path.with_name(f"{path.name}.gz")
            else:
                path = Path(os.environ["LIFEGAP_MIRROR"]) / (listed.mirror or "")
            if path.is_file():
                found.append(path)
    return found


def read_once(engine: str, where: str) -> None:
    """Read every cell of every file, as text.

    A file that an engine refuses under these general settings is read as bytes: that makes the floor
    lower, never higher.
    """
    for path in files_of(where):
        try:
            _read_cells(engine, path)
        except (pl.exceptions.PolarsError, duckdb.Error, ValueError):
            path.read_bytes()


def _read_cells(engine: str, path: Path) -> None:
    name = path.name.removesuffix(".gz").lower()
    content = path.read_bytes()
    if path.suffix == ".gz" and not name.endswith((".csv", ".txt", ".dat")):
        content = gzip.decompress(content)
    if name.endswith((".xlsx", ".xls")):
        pl.read_excel(io.BytesIO(content), infer_schema_length=0)
    elif name.endswith("json"):
        json.loads(content.decode("latin-1"))
    elif name.endswith(".zip"):
        return
    elif engine == "polars":
        pl.read_csv(
            path, infer_schema=False, truncate_ragged_lines=True, has_header=False, encoding="utf8-lossy"
        )
    else:
        duckdb.sql(
            f"SELECT count(COLUMNS(*)) FROM read_csv('{path}', all_varchar = true, header = false, "
            "delim = ',', quote = '\"', null_padding = true, strict_mode = false, ignore_errors = true, "
            "max_line_size = 10000000)"
        ).fetchall()


def rows() -> list[list[str]]:
    """The table: what was run, seconds, spread, memory."""
    table = [["what", "median s", "spread s", "peak MiB"]]

    def add(what: str, timing: Timing) -> None:
        table.append([what, f"{timing.seconds:.2f}", f"{timing.spread:.2f}", f"{timing.mebibytes:,.0f}"])

    with tempfile.TemporaryDirectory() as folder:
        for where in ("bundle", *(["mirror"] if os.environ.get("LIFEGAP_MIRROR") else [])):
            engines = {
                engine: timed([sys.executable, __file__, "read", engine, where], TIMES["refresh"], {})
                for engine in ("duckdb", "polars")
            }
            files = files_of(where)
            megabytes = sum(path.stat().st_size for path in files) / 1e6
            about = f"{len(files)} files, {megabytes:.1f} MB"
            for engine, timing in engines.items():
                add(f"{where}: {engine} reads the files once ({about})", timing)
            home = {"LIFEGAP_HOME": f"{folder}/{where}"}
            refresh = [str(LIFEGAP), "refresh", "--force", "--sources", where]
            timing = timed(refresh, TIMES["refresh"], home)
            add(f"{where}: `lifegap refresh`", timing)
            floor = min(each.seconds for each in engines.values())
            table.append([f"{where}: refresh / floor", f"{timing.seconds / floor:.1f}×", "", ""])
        home = {"LIFEGAP_HOME": f"{folder}/bundle"}
        add("`lifegap gap`", timed([str(LIFEGAP), "gap"], TIMES["command"], home))
        add("`lifegap --help`", timed([str(LIFEGAP), "--help"], TIMES["command"], home))
    return table


def show(table: list[list[str]]) -> None:
    """Print a table in Markdown."""
    header, *body = table
    for line in (header, ["---"] * len(header), *body):
        print("| " + " | ".join(line) + " |")


COMMAND = "import sys; from lifegap.cli import main; sys.exit(main())"


def ratios(revision: str) -> list[list[str]]:
    """What a refresh takes here, in another revision, and the ratio of each pair, run in turn.

    Files that the other revision does not know are read here alone: on the whole public files the ratio is
    to our disadvantage.
    """
    table = [["what", "here", revision[:7], "ratio"]]
    with tempfile.TemporaryDirectory() as folder:
        other = f"{folder}/checkout"
        subprocess.run(["git", "worktree", "add", "--detach", other, revision], cwd=APPLICATION, check=True)
        try:
            for where in ("bundle", *(["mirror"] if os.environ.get("LIFEGAP_MIRROR") else [])):
                command = [sys.executable, "-P", "-c", COMMAND, "refresh", "--force", "--sources", where]
                roots = {"here": str(APPLICATION), "other": other}
                pairs = [
                    [
                        timed(command, 1, {"PYTHONPATH": root, "LIFEGAP_HOME": f"{folder}/{where}-{name}"})
                        for name, root in roots.items()
                    ]
                    for _ in range(TIMES["refresh"])
                ]
                for what, unit in (("seconds", "s"), ("mebibytes", "MiB")):
                    here, there = ([getattr(pair[side], what) for pair in pairs] for side in (0, 1))
                    ratio = statistics.median(a / b for a, b in zip(here, there, strict=True))
                    shown = [f"{statistics.median(each):,.1f} {unit}" for each in (here, there)]
                    table.append([f"{where}: {what}", *shown, f"{ratio:.2f}"])
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", other], cwd=APPLICATION, check=True)
    return table


def bare(where: str) -> list[list[str]]:
    """Seconds of the steps of a refresh called in order in this process, and of what comes before them."""
    started = time.perf_counter()
    registered()
    spent = dict.fromkeys(("make", "check", "release"), 0.0)
    with tempfile.TemporaryDirectory() as home:
        settings = read_settings(home=Path(home), sources=where)
        catalog = Catalog(settings.data)
        receipts = {card.id: obtain(card, settings) for card in catalog.cards.values()}
        makers = selected(source for source, files in receipts.items() if files)
        with open_run(str(uuid.uuid4()), settings, SqlChecker, receipts=receipts) as run:
            before = time.perf_counter() - started
            for step in TopologicalSorter(graph(makers)).static_order():
                began = time.perf_counter()
                match step.what:
                    case "land":
                        steps.land(run)
                    case "release":
                        steps.release(run)
                    case "make":
                        steps.make(run, makers[step.name])
                    case "check":
                        steps.check(run, makers[step.name])
                if step.what in spent:
                    spent[step.what] += time.perf_counter() - began
    rows = [["obtaining, importing", f"{before:.1f}"], *([name, f"{spent[name]:.1f}"] for name in spent)]
    return [["what", "s"], *rows, ["all", f"{time.perf_counter() - started:.1f}"]]


if __name__ == "__main__":
    if sys.argv[1:2] == ["read"]:
        read_once(*sys.argv[2:4])
    elif sys.argv[1:2] == ["--against"]:
        show(ratios(sys.argv[2]))
    elif sys.argv[1:2] == ["--bare"]:
        show(bare(os.environ.get("LIFEGAP_SOURCES", "bundle")))
    else:
        show(rows())
