"""Words and marks of the workbook: what codes are called in its cells, and why a cell is empty."""

from collections.abc import Iterable
from typing import Any

from lifegap import APPLICATION
from lifegap.catalog.catalog import Catalog

NO_INTERVAL = "not_published:standard_error"
"""The reason that stands beside a figure whose publisher gives no standard error."""

NO_REFERENCE = "no_reference"
"""Not a reason of a release: of a place that is compared with no other, of which no figure is missing."""

OTHER = "other"
"""Of reasons that this version does not know, as a release of another may have."""

MARKS = {
    "suppressed": ("[s]", "hidden by the publisher: few cases stand behind it"),
    "not_published": ("[n]", "not published"),
    "not_computable": ("[x]", "not computable"),
    "withheld": ("[z]", "withheld by a rule of this project"),
    "not_assessable": ("[a]", "cannot be judged from these data"),
    "data_needed": ("[d]", "data needed: no public file has it"),
    "coalition_supplied": ("[o]", "only the coalition's own members have the data"),
    "not_in_bundle": ("[b]", "not in the files that come with lifegap; the whole public files have it"),
    "unreliable": ("[u]", "a figure is shown, but it is unreliable: do not quote it"),
    NO_INTERVAL: ("[i]", "a figure without an interval: the publisher gives no standard error"),
    NO_REFERENCE: ("[r]", "no place to compare with is declared"),
    OTHER: ("[w]", "the column Why says it"),
}
"""Code of a reason, or a whole reason → its mark in a column `Status`, and what the mark means."""

METHODS = {
    "published": "as published",
    "summed": "sum of its parts",
    "derived": "from counts by interval",
    "index": "index of its parts",
    "life_table": "life table from deaths",
    "pooled_a": "pooled life table, people by age of the same years",
    "pooled_a_prime": "pooled life table, people by age of a survey",
    "pooled_b": "pooled life table, each tract's own ages",
    "weighted_mean": "weighted mean",
    "age_adjusted": "age-adjusted rate",
    "z_scores": "mean of z-scores",
}
"""Value of a column `method` → how a figure was made."""

CODES = {
    "with_caveat": "yes, with its caveat",
    "own_first": "first figure of the series",
    "stated": "as the target states it",
    "all": "all people",
    "True": "yes",
    "False": "no",
} | METHODS


def words_of(code: str | bool) -> str:
    """A code of a table in words; groups of people as `race: black non hispanic`."""
    text = str(code)
    dimension, colon, value = text.partition(":")
    if colon:
        return f"{dimension.replace('_', ' and ')}: {value.replace('_', ' ')}"
    return CODES.get(text) or text.replace("_", " ")


def mark_of(reason: str) -> str:
    """The mark of a reason, of its code where it has none of its own."""
    return (MARKS.get(reason) or MARKS.get(reason.partition(":")[0]) or MARKS[OTHER])[0]


def meanings(marks: Iterable[str]) -> str:
    """What these marks mean, in one line; each has one meaning."""
    known = dict(MARKS.values())
    return "; ".join(f"{mark} {known[mark]}" for mark in sorted(marks))


def reason_sentences() -> dict[str, str]:
    """Reason → its sentence; those of the marks that are no reasons of figures besides."""
    return {NO_REFERENCE: "No place to compare with is declared."} | Catalog(APPLICATION / "data").reasons


def magnitude(value: Any) -> str:
    """Number format that shows a figure of any unit: never so few decimals that it looks like another."""
    size = abs(value)
    if size >= 1000 or size == 0:
        return "#,##0_)"
    decimals = 1 if size >= 1 else 2 if size >= 0.1 else 3 if size >= 0.01 else 4 if size >= 0.001 else 0
    return f"0.{'0' * decimals}_)" if decimals else "0.0E+00"


def as_it_comes(value: float) -> str:
    """Number format of a count, a rank, a year or whatever else a document states; years without a comma."""
    if value == int(value):
        return "0_)" if abs(value) < 10_000 else "#,##0_)"
    return "#,##0.0##_)"
