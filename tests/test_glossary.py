"""Every term of statistics that readers meet has an entry in docs/explanation/glossary.md."""

import re
from pathlib import Path

import pytest

from lifegap.catalog.catalog import Catalog
from lifegap.catalog.tables import declared_tables
from lifegap.methods.disparity.inequality import MEASURES
from tests.conftest import CHECKOUT

GLOSSARY = CHECKOUT / "docs" / "explanation" / "glossary.md"
ENTRY = re.compile(r"^- \*\*(?P<term>.+?)\*\*(?: \((?P<codes>.+?)\))?: (?P<text>.+)$", re.MULTILINE)
ENTRIES = list(ENTRY.finditer(GLOSSARY.read_text(encoding="utf-8")))
TERMS = " | ".join(entry["term"].lower() for entry in ENTRIES)
CODES = {code.strip("[]") for entry in ENTRIES for code in re.findall(r"`(.+?)`", entry["codes"] or "")}

QUALITY_COLUMNS = {
    "method",
    "reliability",
    "quotable",
    "verdict",
    "cluster",
    "direction",
    "baseline_kind",
    "severity",
}
STATUS_TABLES = {"progress", "source", "coalition_indicator"}

PLAIN_UNITS = {
    "US dollars", "bytes", "deaths", "degrees", "kilometers", "meters", "micrograms per cubic meter", "months", "people", "rows", "square kilometers",
    "units", "years",
}  # fmt: skip
"""Units that everybody knows."""

PLAIN_METHODS = {"published", "life_table"}
"""Methods whose word is a term already."""

VOCABULARY = [
    "abridged life table",
    "age-adjusted",
    "benchmark",
    "bootstrap",
    "coefficient of variation",
    "concentration index",
    "confidence interval",
    "covariance",
    "crude rate",
    "death rate",
    "decomposition",
    "delta method",
    "design effect",
    "dissimilarity",
    "excess deaths",
    "false discovery rate",
    "funnel plot",
    "index of disparity",
    "isolation",
    "local moran",
    "margin of error",
    "mean log deviation",
    "median",
    "noise",
    "open band",
    "percentile",
    "person-years",
    "premature mortality",
    "presentation standard",
    "p-value",
    "quantile",
    "q-value",
    "ridit",
    "sample size",
    "significant",
    "slope index",
    "small count",
    "standard error",
    "stationary population",
    "survivors",
    "theil",
    "weighted mean",
    "z-score",
    "relative risk",
    "odds ratio",
    "hazard",
    "kriging",
    "empirical bayes",
    "propensity",
    "instrumental variable",
    "gini",
]
"""Terms that a reader may not know. Those that no page uses need no entry."""


def _pages() -> str:
    paths = [CHECKOUT / "README.md", *(CHECKOUT / "docs").rglob("*.md")]
    return "\n".join(path.read_text(encoding="utf-8").lower() for path in paths if path != GLOSSARY)


def _declared_codes() -> set[str]:
    """Values that columns of quality, methods, statuses and dimensions may have, as the tables declare them."""
    found = set()
    for table in declared_tables().values():
        for check in table.checks if table.layer == "published" else ():
            match = re.fullmatch(r"\(\"?(\w+)\"? IN \((.+)\)\)", check)
            if match and (
                match[1] in QUALITY_COLUMNS or (match[1] == "status" and table.name in STATUS_TABLES)
            ):
                found |= set(re.findall(r"'(\w+)'", match[2]))
    return found


def _without_entry(terms: set[str]) -> set[str]:
    return {term for term in terms if term not in CODES}


def test_codes_of_tables_are_explained() -> None:
    codes = _declared_codes()
    assert {"pooled_b", "withheld", "high_low", "getting_worse", "with_caveat"} <= codes
    assert _without_entry(codes) == set()
    assert _without_entry({"pooled_c"}) == {"pooled_c"}


def test_units_are_explained(catalog: Catalog) -> None:
    units = {each.indicator.unit for each in catalog.indicators.values()} | {
        column.unit
        for table in declared_tables().values()
        for column in table.columns
        if table.layer == "published" and column.unit
    }
    assert _without_entry(units - PLAIN_UNITS) == set()


def test_uses_and_kinds_of_reasons_are_explained(catalog: Catalog) -> None:
    uses = {use for card in catalog.cards.values() for use in card.fitness}
    kinds = {reason.split(":")[0] for reason in catalog.reasons}
    assert _without_entry(uses | kinds) == set()


def test_measures_of_inequality_are_explained() -> None:
    assert _without_entry(set(MEASURES)) == set()


def test_terms_that_pages_use_are_explained() -> None:
    pages = _pages()
    used = [term for term in VOCABULARY if re.search(rf"\b{re.escape(term)}", pages)]
    assert len(used) > 25
    assert [term for term in used if term not in TERMS] == []


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["term"])
def test_an_entry_is_two_sentences(entry: re.Match[str]) -> None:
    assert len(re.findall(r"\.(?= [A-Z]|$)", entry["text"])) == 2


def test_no_term_is_explained_twice() -> None:
    terms = [entry["term"].lower() for entry in ENTRIES]
    assert len(terms) == len(set(terms))
    assert Path(GLOSSARY).read_text(encoding="utf-8").count("\n- ") == len(terms)
