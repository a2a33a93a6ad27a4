"""The grammar of names, docs/reference/naming.md, on every name that is declared."""

import ast
import re
from itertools import filterfalse
from pathlib import Path

import pytest

from assets.table import registered
from expectations import domain_rules, rules_of
from lifegap.catalog.catalog import Catalog
from lifegap.catalog.coalition_files import FAMILY, is_own
from lifegap.catalog.comments import LAYERS
from lifegap.catalog.tables import Column, Table, declared_tables, declared_views
from lifegap.errors import ERRORS
from lifegap.settings import Settings
from tests.conftest import CHECKOUT, TESTS
from tests.test_house import TRACKED

TABLES = declared_tables()
CATALOG = Catalog(CHECKOUT / "data")
PAGE = (CHECKOUT / "docs" / "reference" / "naming.md").read_text(encoding="utf-8")

SNAKE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

NOT_PLURAL = ("access", "class", "progress", "diabetes", "atlas")
"""Singular words that end in s."""

SHORT_WORDS = set(
    re.findall(
        r"\w+",
        "age and as at by do for gap get hit if in is low met not of old on or out per row set sex the to who why",
    )
)
"""Words of English of up to three letters; others are abbreviations, which the page explains."""

OWN_TERMS = {
    "bchi": "the inventory's own name, without a publisher before it",
    "illinois_deaths": "county deaths by the state, handed on by others",
}
"""Sources that are not called `<publisher>_<dataset>`."""

PUBLISHED_ROOMS = {"declared", "editions_over_time", "figures", "history", "provenance"}
"""Modules of several published tables, each of a kind."""

CITIES = "cities"
"""The observer of several cities' own maps."""

EXCEPTIONS = {
    "published.change.coalition_id": "of what is gone there is nothing to refer to",
    "published.change.indicator_id": "of what is gone there is nothing to refer to",
    "published.change.place_id": "of what is gone there is nothing to refer to",
    "published.coalition.headline_reference_id": "the place_id of a reference; a name of releases that are out",
    "published.progress.reference_place_id": "none where the indicator is of the place alone",
    "sources.chicago_cause_of_death.deaths_per_year": "a number of deaths",
    "sources.county_age_estimate.year_code": "a number that stands for a year",
    "warehouse.coalition_death.source_rows": "row numbers in words",
    "warehouse.death_band.source_rows": "row numbers in words",
    "warehouse.death_band.population_rows": "row numbers in words",
    "published.life_table_input.source_rows": "row numbers in words",
    "published.life_table_input.population_rows": "row numbers in words",
}
"""Columns that keep a name which the rules would not give, and why."""

UNITS = {
    r"(.+_)?share": r"share",
    r"percent(_.+)?": r"percent",
    r"(.+_)?rate": r".*\bper\b.*|rate as printed",
    r".+_km2": r"square kilometers",
    r"rows(_.+)?|.+_rows": r"rows",
    r"(period|survey|year)_(start|end)|year|.+_year": r"year",
    r"age_(start|end)": r"years",
    r"(.+_)?(latitude|longitude)": r"degrees",
}
"""Name → unit of numbers."""

TYPES = {
    r"(.+_)?(code|fips|sign|text|name|label)": {"VARCHAR"},
    r"(.+_)?(start|end|year)": {"INTEGER"},
    r"(.+_)?(share|rate|low|high|se)|se_.+|[pqz]_(value|score)|probability_.+|moe\d+": {"DOUBLE"},
}
"""Name → types."""

UNKNOWN_KEYS = {"conflict_id", "correction_id", "expectation_id", "metric_id", "target_id", "table_id"}
"""Ids of what stands in a card, a rule, a coalition's files or a publisher's own list."""

EMPTY_WORDS = ("told", "said", "found", "mine", "wanted", "rest", "do_it", "process", "handle")
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "base", "core", "manager", "stuff"}


def _abbreviations() -> set[str]:
    """What the page explains, in its table of abbreviations."""
    table = PAGE.split("| short | long |")[1].split("\n\n")[0]
    return {name for row in table.splitlines()[2:] for name in re.findall(r"`(\w+)`", row.split("|")[1])}


def _is_abbreviated(word: str) -> bool:
    letters = re.sub(r"\d", "", word)
    return (
        bool(letters)
        and word not in SHORT_WORDS
        and (len(letters) <= 2 or not re.search("[aeiouy]", letters))
    )


def _faults(table: Table, column: Column) -> list[str]:
    """What is wrong with the name of a column."""
    faults = []
    if not SNAKE.fullmatch(column.name) and column.name not in _abbreviations():
        faults.append("not in snake_case")
    if column.name not in _abbreviations():
        known = _abbreviations() | {"2kx"}
        faults += [
            f"{word} is not explained"
            for word in column.name.split("_")
            if _is_abbreviated(word) and word not in known and not re.fullmatch(r"[a-z]+\d+[a-z]*", word)
        ]
    if column.type == "BOOLEAN" and re.match("(is|has|was)_", column.name):
        faults.append("true or false needs no is_")
    names = {each.name for each in table.columns}
    for one, other in (("start", "end"), ("low", "high")):
        for this, that in ((one, other), (other, one)):
            if column.name.endswith(f"_{this}") and f"{column.name.removesuffix(this)}{that}" not in names:
                faults.append(f"no {that} beside it")
    for pattern, types in TYPES.items():
        if re.fullmatch(pattern, column.name) and column.type not in types:
            faults.append(f"{column.type} is not {' or '.join(types)}")
    for pattern, unit in UNITS.items():
        if re.fullmatch(pattern, column.name) and not re.fullmatch(unit, column.unit or ""):
            faults.append(f"[{column.unit}] is not {unit}")
    if column.name.endswith("_id") and table.layer != "sources" and column.type != "VARCHAR":
        faults.append("an id is text")
    return faults + (_faults_of_id(table, column.name) if table.layer == "published" else [])


def _faults_of_id(table: Table, name: str) -> list[str]:
    """A published id is the key of a published table that it refers to."""
    if not name.endswith("_id") or name in UNKNOWN_KEYS:
        return []
    keys = {each.key[0] for each in TABLES.values() if each.layer == "published" and len(each.key) == 1} | {
        "source_id"
    }
    if not any(name == key or name.endswith(f"_{key}") for key in keys):
        return ["names no table"]
    referring = {column for reference in table.references for column in reference.columns}
    # A pair of source and vintage refers; some tables name a source of any edition.
    if name in referring or name in table.key[:1] or name == "source_id":
        return []
    return ["refers to no table"]


COLUMNS = [(table, column) for table in TABLES.values() for column in table.columns]


def test_columns_follow_the_grammar() -> None:
    faults = {f"{table.full_name}.{column.name}": _faults(table, column) for table, column in COLUMNS}
    assert {name: why for name, why in faults.items() if why and name not in EXCEPTIONS} == {}


def test_exceptions_are_needed() -> None:
    faults = {f"{table.full_name}.{column.name}": _faults(table, column) for table, column in COLUMNS}
    assert {name for name in EXCEPTIONS if not faults.get(name)} == set()


@pytest.mark.parametrize(
    ("name", "type", "comment", "fault"),
    [
        ("placeId", "VARCHAR", "Place.", "not in snake_case"),
        ("is_modeled", "BOOLEAN", "Whether.", "true or false needs no is_"),
        ("period_start", "INTEGER", "[year] First.", "no end beside it"),
        ("gap_low", "DOUBLE", "[years] Limit.", "no high beside it"),
        ("death_rate", "DOUBLE", "[years] Rate.", "[years] is not .*\\bper\\b.*|rate as printed"),
        ("white_share", "DOUBLE", "[percent] Share.", "[percent] is not share"),
        ("percent_white", "DOUBLE", "Share.", "[None] is not percent"),
        ("county_fips", "INTEGER", "Code.", "INTEGER is not VARCHAR"),
        ("house_id", "VARCHAR", "House.", "names no table"),
        ("second_place_id", "VARCHAR", "Place.", "refers to no table"),
        ("pctl", "DOUBLE", "Percentile.", "pctl is not explained"),
    ],
)
def test_a_name_that_breaks_the_grammar_is_seen(name: str, type: str, comment: str, fault: str) -> None:
    column = Column(name, type, nullable=True, comment=comment)
    table = Table("published", "house", "Houses.", (column,), (), (), ())
    assert fault in _faults(table, column)


def _is_plural(table: str) -> bool:
    """Whether the noun of the table's name, before `_of_`, is a plural."""
    noun = table.split("_of_", maxsplit=1)[0].rsplit("_", maxsplit=1)[-1]
    return noun.endswith("s") and noun not in NOT_PLURAL


def test_tables_are_named_after_one_row() -> None:
    assert _is_plural("places")
    assert not _is_plural("table_of_deaths")
    assert [table.full_name for table in TABLES.values() if _is_plural(table.name)] == []
    assert all(SNAKE.fullmatch(table.name) for table in TABLES.values())
    assert all(SNAKE.fullmatch(view.name) or view.name == "README" for view in declared_views())


def test_makers_bear_the_name_of_their_table() -> None:
    modules: dict[str, set[str]] = {}
    for maker in registered().values():
        assert maker.make.__name__ == maker.table.name
        modules.setdefault(maker.make.__module__, set()).add(maker.table.name)
    for module, tables in modules.items():
        room, name = module.split(".")[1], module.split(".")[-1]
        if room == "published":
            assert name in PUBLISHED_ROOMS
        elif room != "sources" and module.split(".")[-2] != "cities":
            assert name in tables, f"{module} makes {tables}"


def test_rules_are_named_after_their_table() -> None:
    """A file of another name would never be run."""
    for layer in LAYERS:
        for path in (CHECKOUT / "expectations" / layer).glob("*.py"):
            assert path.stem == "__init__" or f"{layer}.{path.stem}" in TABLES, path
            assert path.stem == "__init__" or domain_rules(f"{layer}.{path.stem}"), path


def test_sources_are_named_after_publisher_and_dataset() -> None:
    for source in filterfalse(is_own, CATALOG.cards):
        assert SNAKE.fullmatch(source)
        assert "_" in source or source in OWN_TERMS
        assert (CHECKOUT / "data" / "sources" / f"{source}.toml").exists()
    for path in (TESTS / "expectations" / "breaks").glob("*.py"):
        assert path.stem in CATALOG.cards, path


def test_parsers_begin_with_the_publisher_of_their_source() -> None:
    for maker in registered().values():
        if maker.source:
            module = maker.make.__module__.split(".")[-1]
            assert module.split("_")[0] == maker.source.split("_")[0], module


def test_observers_are_named_after_publishers() -> None:
    publishers = {source.split("_")[0] for source in CATALOG.cards} | {CITIES, FAMILY}
    for path in (CHECKOUT / "assets" / "warehouse" / "observed").glob("*.py"):
        # A publisher's second module says what of it is read there: chicago_schools.
        assert path.stem == "__init__" or path.stem.split("_")[0] in publishers, path


def test_indicators_bear_no_code_and_no_year() -> None:
    for indicator in CATALOG.indicators:
        assert SNAKE.fullmatch(indicator)
        assert not re.search(r"(^|_)[a-z]{1,2}\d{3,}|(19|20)\d\d", indicator), indicator


def test_coalitions_are_called_as_their_title() -> None:
    for coalition in CATALOG.coalitions.values():
        assert KEBAB.fullmatch(coalition.id)
        assert coalition.id == re.sub(r"[^a-z0-9]+", "-", coalition.title.lower()).strip("-")
        assert (CHECKOUT / "data" / "coalitions" / f"{coalition.id}.toml").exists()
        assert all(KEBAB.fullmatch(target.id) for target in coalition.target)


def test_vintages_layouts_and_corrections_follow_the_grammar() -> None:
    for card in CATALOG.cards.values():
        assert all(KEBAB.fullmatch(vintage.id) for vintage in card.vintage)
        assert all(re.fullmatch(r"[a-z0-9]+([_-][a-z0-9]+)*", layout.id) for layout in card.layout)
        assert all(SNAKE.fullmatch(correction.id) for correction in card.correction)


def test_expectations_are_sentences_or_kinds_of_columns() -> None:
    for table in TABLES.values():
        for rule in rules_of(table):
            sentence = rule.id.count("_") >= 1 and re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)+", rule.id)
            kind = re.match(r"(key$)|(both_or_neither|check|finite|not_null|reference):", rule.id)
            assert sentence or kind, f"{table.full_name} {rule.id}"


def test_reasons_errors_and_settings_follow_the_grammar() -> None:
    codes = {
        "suppressed", "not_published", "not_computable", "withheld", "not_assessable", "data_needed",
        "not_in_bundle", "unreliable",
    }  # fmt: skip
    for reason in CATALOG.reasons:
        code, _, detail = reason.partition(":")
        assert code in codes
        assert not detail or SNAKE.fullmatch(detail)
    assert all(re.fullmatch(r"[A-Z]+(-[A-Z]+)*", error) for error in ERRORS)
    assert all(SNAKE.fullmatch(name) for name in Settings.model_fields)


def test_ids_of_places_carry_the_census_that_drew_them() -> None:
    census = "tract|block_group|zcta"
    place = re.compile(
        rf"nation:us|state:\d{{2}}|county(2022)?:\d{{5}}|({census})(2010|2020):\d{{5,12}}|zip:\d{{5}}"
        r"|city:\d{7}|(neighborhood|district|footprint):[a-z0-9]+(-[a-z0-9]+)*"
    )
    for coalition in CATALOG.coalitions.values():
        for each in (*(member.id for member in coalition.place), *coalition.reference_ids):
            assert place.fullmatch(each), each
    assert not place.fullmatch("tract:17031260100")


def _modules() -> list[Path]:
    return [
        path
        for folder in ("assets", "expectations", "lifegap", "pipelines")
        for path in (CHECKOUT / folder).rglob("*.py")
    ]


def _functions(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def test_modules_and_functions_say_what_they_give() -> None:
    for path in _modules():
        assert re.fullmatch(r"__init__|[a-z][a-z0-9]*(_[a-z0-9]+)*", path.stem), path
        assert path.stem not in DRAWERS, path
        for name in _functions(path):
            assert name.strip("_") not in EMPTY_WORDS, f"{path}: {name}"


def test_tests_are_sentences() -> None:
    for path in TESTS.rglob("test_*.py"):
        for name in _functions(path):
            assert not name.startswith("test_") or name.count("_") >= 2, f"{path}: {name}"


BRITISH = re.compile(
    r"(?i)(behaviour|catalogue|centre(?!line)|centred|colour|favourable|labell|modell|neighbour|programme(?!r|d)|travell"
    r"|spelt|learnt|whilst|grey|judgement|licence|defence|per cent\b|(?:recogn|standard|organ|general|summar|normal"
    r"|vector|minim|maxim|optim|priorit|real|initial|visual|categor|character|emphas|util|penal)is(?:e|ed|es|ing|ation)\b)"
)
NOT_OURS = re.compile(r"favourable_indicator|_behavioural_|\"favourable\"")
"""Names and words of files that others write."""


def test_the_spelling_is_american() -> None:
    assert BRITISH.search("the neighbourhood")
    assert BRITISH.search("age_standardised_rate".replace("_", " "))
    assert not BRITISH.search("a standard is a promise; the analyses otherwise agree")
    for name in TRACKED:
        path = CHECKOUT / name
        if (
            path.suffix not in (".py", ".md", ".sql", ".toml")
            or path == Path(__file__)
            or "fixtures" in path.parts
        ):
            continue
        text = NOT_OURS.sub("", path.read_text(encoding="utf-8")).replace("_", " ")
        assert [match[0] for match in BRITISH.finditer(text)] == [], name
