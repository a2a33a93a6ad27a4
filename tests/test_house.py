"""The house: who imports whom, whose names are ours, and that nothing of a machine is in it."""

import ast
import re
import subprocess
import sys
from graphlib import TopologicalSorter
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from assets.concepts import CONCEPTS
from assets.table import registered
from assets.warehouse import cities
from lifegap.catalog.catalog import Catalog
from lifegap.catalog.tables import declared_tables
from pipelines.code import modules_behind
from tests.conftest import CHECKOUT

OURS = ("assets", "expectations", "lifegap", "pipelines")
ALLOWED = {
    "lifegap": {"lifegap"},
    "expectations": {"expectations", "lifegap"},
    "assets": {"assets", "expectations", "lifegap"},
    "pipelines": {"assets", "expectations", "lifegap", "pipelines"},
}
LOADS = {
    "lifegap/catalog/reference.py": "assets",
    "lifegap/cli/refresh.py": "pipelines",
    "lifegap/cli/dev.py": "pipelines",
    "lifegap/cli/known_places.py": "assets",
    "lifegap/cli/outline_at_hand.py": "assets",
    "lifegap/cli/wonder_export.py": "assets",
}
"""Commands, and the pages of reference, that load what stands above the library, when they run."""
MODULES = [path for folder in OURS for path in sorted((CHECKOUT / folder).rglob("*.py"))]
TRACKED = subprocess.run(
    ["git", "ls-files"], cwd=CHECKOUT, capture_output=True, text=True, check=True
).stdout.splitlines()


def _imports(path: Path, *, top_level: bool = False) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = tree.body if top_level else list(ast.walk(tree))
    found = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            folder = CHECKOUT / node.module.replace(".", "/")
            modules = {each.name for each in node.names if (folder / f"{each.name}.py").exists()}
            found |= {f"{node.module}.{name}" for name in modules}
            if len(modules) < len(node.names):
                found.add(node.module)
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(CHECKOUT)))
def test_imports_go_one_way(path: Path) -> None:
    name = str(path.relative_to(CHECKOUT))
    package = path.relative_to(CHECKOUT).parts[0]
    used = {module.split(".")[0] for module in _imports(path)} & set(OURS)
    if name in LOADS:
        assert LOADS[name] not in {module.split(".")[0] for module in _imports(path, top_level=True)}
        used -= {LOADS[name]}
    assert used <= ALLOWED[package]


FLOORS = (
    ("lifegap", "errors", "digits", "wording", "spreadsheets", "events", "home", "disk"),
    ("lifegap.settings", "lifegap.catalog"),
    ("lifegap.landing",),
    ("lifegap.store",),
    ("lifegap.checks",),
    # Releases hold what reports make of them.
    ("lifegap.releases", "lifegap.reports"),
    ("lifegap.cli",),
)
"""The library from the ground up: a room knows of those below it and of its own."""

METHODS = CHECKOUT / "lifegap" / "methods"

DATA_FLOW = ("sources", "warehouse", "indicators", "analyses", "published")
"""Assets in the order data flow; the rooms beside them (`assets.units`, ...) know none of them."""


def _room(module: str, depth: int = 2) -> str:
    return ".".join(module.split(".")[:depth])


def _modules_below(folder: str) -> dict[str, set[str]]:
    """Module → ours that it imports, of a top-level folder."""
    return {
        str(path.relative_to(CHECKOUT).with_suffix("")).replace("/", "."): {
            module for module in _imports(path) if module.split(".")[0] in OURS
        }
        for path in MODULES
        if path.relative_to(CHECKOUT).parts[0] == folder
    }


def test_rooms_of_the_library_know_those_below_them() -> None:
    floors = {
        name if "." in name or name == "lifegap" else f"lifegap.{name}": floor
        for floor, names in enumerate(FLOORS)
        for name in names
    } | {"lifegap.methods": 0, "lifegap.__init__": 0}
    for module, used in _modules_below("lifegap").items():
        here = floors[_room(module)]
        for other in {_room(each) for each in used if each.split(".")[0] == "lifegap"}:
            assert floors[other] <= here, f"{module} knows {other}"


def test_assets_know_what_flows_into_them() -> None:
    for module, used in _modules_below("assets").items():
        room = module.split(".")[1]
        others = {each.split(".")[1] for each in used if each.startswith("assets.")} & {*DATA_FLOW}
        if module == "assets.exports":
            assert others == {"sources"}
        elif room not in DATA_FLOW:
            assert not others, module
        else:
            assert all(DATA_FLOW.index(each) <= DATA_FLOW.index(room) for each in others), module
        if room == "sources":
            assert others <= {"sources"}, module
        if room == "published":
            assert others <= {"analyses", "published"}, module


KNOW_CITIES = (
    "assets/sources/", "assets/warehouse/cities/", "assets/warehouse/observed/", "expectations/sources/",
)  # fmt: skip
NAME_CITIES = {
    # Figures that are known beforehand, each of its place.
    "expectations/indicators/life_expectancy_gap.py",
    "expectations/warehouse/observation.py",
    # Ids of sources.
    # Examples in what a command says of itself.
    "lifegap/cli/coalition_new_command.py",
    "lifegap/cli/explain.py",
    "lifegap/cli/gap.py",
    "lifegap/cli/quote.py",
}
"""Modules that name a city and would be the same for another."""


def test_a_city_is_named_in_its_own_module_by_its_parsers_and_observers_alone() -> None:
    names = {
        name
        for found in cities.registered()
        for name in (found.id, found.place_id.partition(":")[2], found.county_fips)
    }
    assert {"chicago", "philadelphia", "17031", "42101"} <= names
    naming = {
        name
        for path in MODULES
        if not (name := str(path.relative_to(CHECKOUT))).startswith(KNOW_CITIES)
        and re.search("|".join(names), path.read_text(encoding="utf-8"), re.IGNORECASE)
    }
    assert naming <= NAME_CITIES


def test_tables_that_walk_over_the_cities_are_made_anew_when_one_changes() -> None:
    of_cities = {
        f"assets.warehouse.cities.{path.stem}"
        for path in (CHECKOUT / "assets" / "warehouse" / "cities").glob("[a-z]*.py")
    }
    walking = [
        f"warehouse.{name}" for name in ("place", "crosswalk", "place_boundary", "partition", "unused_row")
    ]
    for name in (*walking, "published.asset"):
        module = registered()[name].make.__module__
        assert of_cities <= modules_behind(module), name


def test_who_reads_shares_asks_what_they_are_for() -> None:
    """Figures are made of the shares of some partitions, counties that changed follow others."""
    for maker in registered().values():
        reads = maker.reads.values()
        if maker.table.layer != "warehouse" and "warehouse.crosswalk" in reads:
            of_lists = maker.table.full_name in ("published.progress", "published.equity_review")
            assert "warehouse.partition" in reads or of_lists


LOOKS_ELSEWHERE = re.compile(
    r"\bopen\(|\bread_(text|bytes|csv|parquet|json)\b|\bscan_\w+\(|\b(now|today|utcnow)\(\)|\benviron\b|\bgetenv\b"
)


def test_makers_are_given_all_that_they_look_at() -> None:
    """A table that has not changed is kept: what its maker looked up by itself would not be seen to change."""
    assert LOOKS_ELSEWHERE.search('pl.read_csv("x")')
    assert LOOKS_ELSEWHERE.search("date.today()")
    looking = {
        str(path.relative_to(CHECKOUT)): found[0]
        for path in MODULES
        if path.relative_to(CHECKOUT).parts[0] == "assets"
        and (found := LOOKS_ELSEWHERE.search(path.read_text(encoding="utf-8")))
    }
    assert looking == {}


def test_no_two_modules_import_each_other() -> None:
    """No circles, within functions either."""
    graph = {
        str(path.relative_to(CHECKOUT).with_suffix("")).replace("/", ".").removesuffix(".__init__"): {
            module for module in _imports(path) if module.split(".")[0] in OURS
        }
        for path in MODULES
    }
    TopologicalSorter({name: used - {name} for name, used in graph.items()}).prepare()


@pytest.mark.parametrize("path", [p for p in MODULES if "methods" in p.parts], ids=lambda path: path.name)
def test_methods_import_nothing_of_ours_but_methods(path: Path) -> None:
    ours = {module for module in _imports(path) if module.split(".")[0] in OURS}
    assert all(module.startswith("lifegap.methods") for module in ours)


def test_the_index_of_methods_names_every_module_under_its_family() -> None:
    modules = {path.stem for path in METHODS.rglob("*.py")} - {"__init__"}
    text = (METHODS / "__init__.py").read_text(encoding="utf-8")
    for family, names in re.findall(r"^- `(\w+)/`(.+?)(?=^- |\n\n)", text, re.MULTILINE | re.DOTALL):
        listed = {path.stem for path in (METHODS / family).glob("*.py")} - {"__init__"}
        assert set(re.findall(r"`(\w+)`", names)) == listed, family
    assert set(re.findall(r"`(\w+)`", text)) == modules


def _used_methods() -> set[str]:
    """Methods that something outside of them imports, and those that these rest on."""
    imports = {path: _imports(path) for path in MODULES}
    below = "lifegap.methods."

    def used_by(paths: set[Path]) -> set[str]:
        return {name for path in paths for name in imports[path] if name.startswith(below)}

    reached: set[str] = set()
    new = used_by({path for path in MODULES if METHODS not in path.parents})
    while new:
        reached |= new
        new = used_by({CHECKOUT / f"{name.replace('.', '/')}.py" for name in new}) - reached
    return {name.split(".")[-1] for name in reached}


def test_a_method_is_used_or_says_what_it_waits_for() -> None:
    modules = {path.stem for path in METHODS.rglob("*.py")} - {"__init__"}
    text = (METHODS / "__init__.py").read_text(encoding="utf-8")
    waiting = set(re.findall(r"^- `(\w+)`: for .+", text.split("Waiting, ")[1], re.MULTILINE))
    assert {"pooling", "arrays"} <= _used_methods()
    assert modules - _used_methods() == waiting


ABOVE_OBSERVERS = (
    *sorted((CHECKOUT / "assets").glob("*.py")),
    *sorted((CHECKOUT / "assets" / "warehouse").glob("*.py")),
    *(
        path
        for folder in (
            "assets/indicators", "assets/analyses", "assets/published", "expectations/warehouse",
            "expectations/indicators", "expectations/published", "lifegap/methods", "lifegap/releases",
            "lifegap/cli", "pipelines", "sql/published",
        )
        for path in sorted((CHECKOUT / folder).rglob("*"))
        if path.suffix in (".py", ".sql")
    ),
)  # fmt: skip
"""What is made of observations, or of what is made of them."""

CODE = re.compile(
    r"v\d{3}|e\(0\)|(?:[BC]\d{5}[A-Z]{0,3}|S\d{4}|DP\d\d|P[\dBC]\w*\d)(?:_\w+)?|[A-Z]{4,}"
    r"|(?=[\w-]*[a-z])(?=[\w-]*\d)[a-z\d]{4}-[a-z\d]{4}"
)
"""The shapes of publishers' codes: measures, tables and their lines, topics, datasets of a portal."""

OUR_OWN_WORDS = {
    # Words that observers write where a publisher has no code, and that mean something of ours elsewhere.
    "life_expectancy", "life_table", "population",
    # A status of scorecards, and how figures of the press are called.
    "reported",
    # The name of a community area, whose apostrophe a page leaves out.
    "OHARE",
}  # fmt: skip


def _literals(path: Path) -> set[str]:
    """Texts of a module but for its docstrings; of a query, the words in quotes but for its comments."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".sql":
        return set(re.findall(r"'[^']*'", re.sub(r"--.*|COMMENT ON .*", "", text)))
    nodes = list(ast.walk(ast.parse(text)))
    said = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    return {
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said
    }


def _codes_of_publishers() -> set[str]:
    """Codes in data/indicators, and those that observers look for in a file or call a line by."""
    codes: set[str] = set()
    for found in Catalog(CHECKOUT / "data").indicators.values():
        for measurement in found.indicator.measured_by:
            codes |= {measurement.table, *(code for _, code, _ in measurement.cells())}
    for path in (CHECKOUT / "assets" / "warehouse" / "observed").glob("*.py"):
        codes |= _literals(path)
    codes = {code for code in codes if CODE.fullmatch(code)}
    called = re.compile(r'\b(?:table_id|measure)(?:=|": )pl\.lit\("(\w+)"\)')
    for path in (CHECKOUT / "assets" / "warehouse" / "observed").glob("*.py"):
        codes |= set(called.findall(path.read_text(encoding="utf-8")))
    return codes - OUR_OWN_WORDS


def _named(text: str, codes: set[str]) -> str | None:
    """A code that the text names: within it, if it has the shape of one, else as a text or in quotes."""
    shaped = re.search(rf"(?<![\w-])(?:{CODE.pattern.replace('|[A-Z]{4,}', '')})(?![\w-])", text)
    if shaped is not None:
        return shaped[0]
    return next((code for code in codes if text == code or f"'{code}'" in text), None)


def test_what_is_made_of_observations_names_no_code_of_a_publisher() -> None:
    """It asks for a concept, which the observer gives: a new source of it is one place to write."""
    codes = _codes_of_publishers()
    assert {"v147", "v051", "VRLE", "e(0)", "B01001", "file_a", "POPESTIMATE", "S1901"} <= codes
    for path in ABOVE_OBSERVERS:
        for text in _literals(path):
            found = _named(text, codes)
            assert found is None, f"{path.relative_to(CHECKOUT)} names {found}: {text[:100]}"


def test_every_concept_is_declared_and_given() -> None:
    table = declared_tables()["warehouse.observation"]
    (listed,) = [check for check in table.checks if "concept" in check]
    assert set(re.findall(r"'(\w+)'", listed)) == set(CONCEPTS)
    observers = "".join(
        path.read_text(encoding="utf-8")
        for path in (CHECKOUT / "assets" / "warehouse" / "observed").glob("*.py")
    )
    for concept in CONCEPTS:
        assert re.search(rf"\b{concept.upper()}\b", observers), concept


DAGSTER = {
    "pipelines/dagster_assets.py",
    "pipelines/definitions.py",
    "pipelines/event_log.py",
    "pipelines/instance.py",
    "pipelines/keeper.py",
    "pipelines/metadata.py",
}


def test_only_the_executor_and_its_history_know_dagster() -> None:
    """Parsers, makers and rules are had without it, and so is a refresh from the command line."""
    knowing = {
        str(path.relative_to(CHECKOUT))
        for path in MODULES
        if any(module.split(".")[0] == "dagster" for module in _imports(path))
    }
    assert knowing == DAGSTER
    for name in DAGSTER - {"pipelines/instance.py"}:
        module = name.removesuffix(".py").replace("/", ".")
        importing = {
            str(path.relative_to(CHECKOUT)) for path in MODULES if module in _imports(path, top_level=True)
        }
        assert importing <= DAGSTER


def test_one_place_knows_where_the_rooms_lie() -> None:
    """They lie elsewhere in a wheel: whoever climbs from its own file finds them in a checkout alone."""
    climbs = [path for path in MODULES if re.search(r"__file__.*parent", path.read_text(encoding="utf-8"))]
    assert climbs == [CHECKOUT / "lifegap" / "__init__.py"]


@pytest.mark.parametrize("library", ["great_expectations", "geopandas", "dagster"])
def test_commands_start_without_the_heavy_libraries(library: str) -> None:
    for path in (CHECKOUT / "lifegap" / "cli").glob("*.py"):
        assert not any(module.startswith(library) for module in _imports(path, top_level=True)), path


def test_help_needs_no_library_but_that_of_the_command_line() -> None:
    """It is asked often, and each of these takes longer to import than the help to print."""
    asked = (
        "import sys; from lifegap.cli.app import main; sys.argv = ['lifegap', '--help']\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    ended = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    heavy = {"polars", "pydantic", "numpy", "lifegap.settings"}
    assert not heavy & set(ended.stderr.split())


def test_no_dependency_ships_a_package_of_our_names() -> None:
    for name, distributions in packages_distributions().items():
        if name in OURS:
            assert set(distributions) == {"lifegap"}, (name, distributions)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(CHECKOUT)))
def test_modules_stay_short_and_functions_fit_a_screen(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 350
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno <= 70, node.name


def test_every_module_says_what_it_is() -> None:
    for path in MODULES:
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), path


def test_the_lock_names_no_address_and_has_hashes() -> None:
    lock = (CHECKOUT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    assert lock.count("--hash=sha256:") > 500


def test_nothing_of_a_machine_is_in_the_repository() -> None:
    for name in TRACKED:
        path = CHECKOUT / name
        if path.suffix in (".py", ".md", ".toml", ".sql", ".yaml", ".txt", ".csv") or name == "Makefile":
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"/(root|home/\w+|work)/", text), name


def test_no_file_is_larger_than_the_largest_boundary() -> None:
    for name in TRACKED:
        assert (CHECKOUT / name).stat().st_size <= 1_000_000, name
