"""The query that stands under the rows of a CDC WONDER export: what was asked, in the publisher's words.

"Group By" names the columns; each further line is a criterion, which limits the query unless it asks for
all. Lines are wrapped, and a spreadsheet that saved the file has taken their quotes and added empty cells.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime

ALL = "All"
SEPARATOR = "---"

KINDS = {
    "age": r"(Ten-Year|Five-Year) Age Groups|Single-Year Ages|Age Groups?",
    "infant_age": r"Infant Age Groups?",
    "state": r"(Residence )?States?",
    "county": r"(Residence )?Count(y|ies)",
    "region": r"(Residence )?((Census|HHS) )?(Regions?|Divisions?)|.*Urbanization",
    "year": r"Year",
    "month": r"Month",
    "years": r"Year/Month",
    "race": r"Race|(Single|Bridged|Single/Multi) Race.*",
    "hispanic_origin": r"Hispanic Origin",
    "sex": r"Sex|Gender",
    "part": r"Autopsy|Place of Death|Weekday|Education|Industry|(Usual )?Occupation|Occurrence .*|MMWR.*",
    "cause": r".*(ICD|Cause|Injury|Drug/Alcohol).*",
}
"""What a column or a criterion is about → its names. A part is one of deaths that has no population."""

SHOWN = {"True": True, "False": False, "Disabled": False}
FIXED = {"Calculate Rates Per": "100,000", "Standard Population": "2000 U.S. Std. Population"}
STATED = ("Dataset", "Group By", "Show Zero Values", "Show Suppressed")
ABOUT = (*STATED, *FIXED, "Query Parameters", "Title", "Rate Options", "Show Totals")
WRAPPED_AT = 90
"""A line of fewer characters is whole: what follows it is a new criterion."""

WITH_COLONS = ("region", "cause")
"""Kinds whose values have colons of their own, such as `Census Region 2: Midwest`."""


@dataclass(frozen=True)
class Query:
    """What an export was asked for. criteria: name → value of those that limit it, in the order printed."""

    dataset: str
    asked_on: date | None
    grouped_by: tuple[str, ...]
    criteria: dict[str, str]
    zeros_shown: bool
    suppressed_shown: bool

    def of_kind(self, kind: str) -> dict[str, str]:
        """The criteria of a kind of KINDS."""
        return {name: value for name, value in self.criteria.items() if kind_of(name) == kind}

    def columns_of(self, kind: str) -> list[str]:
        """The columns of a kind that the export is grouped by."""
        return [name for name in self.grouped_by if kind_of(name) == kind]


def kind_of(name: str) -> str | None:
    """What a column or a criterion is about: a key of KINDS, None where it is not known."""
    return next((kind for kind, names in KINDS.items() if re.fullmatch(names, name)), None)


def read_query(footnotes: str) -> Query:
    """The query of an export from the text under its rows. Raises ValueError where it is not told."""
    told = _criteria(footnotes)
    if absent := [name for name in STATED if name not in told]:
        raise ValueError(f"the query under the rows does not say {', '.join(absent)}")
    if other := [name for name, fixed in FIXED.items() if told.get(name, fixed) != fixed]:
        raise ValueError(f"another {', '.join(other)} than {', '.join(FIXED.values())}")
    if unknown := [name for name in STATED[2:] if told[name] not in SHOWN]:
        raise ValueError(f"{unknown[0]}: {told[unknown[0]]}")
    groups = told["Group By"]
    return Query(
        dataset=told["Dataset"],
        asked_on=_asked_on(footnotes),
        grouped_by=tuple(name.strip() for name in re.split(";" if ";" in groups else ",", groups)),
        criteria={
            name: value for name, value in told.items() if name not in ABOUT and value not in (ALL, "")
        },
        zeros_shown=SHOWN[told["Show Zero Values"]],
        suppressed_shown=SHOWN[told["Show Suppressed"]],
    )


def lines_of(footnotes: str) -> list[str]:
    """The lines without the quotes around them and the empty cells behind them."""
    plain = (line.rstrip("\t, ;") for line in footnotes.splitlines())
    return [line.strip().removeprefix('"').removesuffix('"').replace('""', '"').strip() for line in plain]


def _criteria(footnotes: str) -> dict[str, str]:
    """Criterion → value, of the lines down to the next separator, wrapped ones joined."""
    told: dict[str, str] = {}
    name, wrapped = "", False
    for line in lines_of(footnotes):
        if line == SEPARATOR:
            break
        before, colon, value = (part.strip() for part in line.partition(":"))
        known = before in ABOUT or kind_of(before) is not None
        goes_on = wrapped and kind_of(name) in WITH_COLONS
        if colon and (known or not goes_on):
            if not known:
                raise ValueError(f"a criterion of the query that is not known: {before}")
            name = before
            told[name] = value
        elif name and line:
            told[name] = f"{told[name]} {line}".strip()
        wrapped = len(line) >= WRAPPED_AT
    return told


def _asked_on(footnotes: str) -> date | None:
    """The day of the query; None where it is not told. Raises ValueError where it is cut short."""
    found = re.search(r"Query Date: (\w{3} \d{1,2}, \d{4})", footnotes)
    if found is None and "Query Date" in footnotes:
        raise ValueError("the date of the query under the rows is cut short")
    return datetime.strptime(found[1], "%b %d, %Y").date() if found else None  # noqa: DTZ007 - a day, no time
