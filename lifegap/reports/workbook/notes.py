"""The last two sheets of a workbook: what its columns are, and the notes that hold for all of it."""

from lifegap.catalog.constraints import Constraint, constraints_of
from lifegap.catalog.tables import declared_tables
from lifegap.reports.workbook.columns import NUMBERS, Column, Row, Sheet
from lifegap.reports.workbook.words import MARKS, words_of

DICTIONARY = Sheet(
    name="Dictionary",
    table="dictionary",
    title="Dictionary: every column of every sheet of {title}",
    holds="What each column is, its unit, its values, and what an empty cell means",
    says=("Column of the release: the table and column that the figures come from, also in dictionary.csv.",),
    columns=(
        Column("Sheet", "", "text", 18),
        Column("Column", "", "text", 40),
        Column("Unit", "", "text", 14),
        Column("Meaning", "", "text", 100),
        Column("Allowed values", "", "text", 44),
        Column("Empty or marked", "", "text", 44),
        Column("Column of the release", "", "text", 40),
    ),
)

NOTES = Sheet(
    name="Notes",
    table="notes",
    title="Notes on the workbook of {title}",
    holds="How to read the figures, and what the marks mean",
    says=("One note a line.",),
    columns=(Column("About", "", "text", 30), Column("Note", "", "text", 140)),
)

ABOUT = (
    ("Gap", "Life expectancy of the reference less that of the place, in years: above zero, people of the "
     "place live shorter."),
    ("Difference", "Likewise the reference less the place, in the unit of the indicator."),
    ("Limits", "The lower and upper limit of the 95 percent interval, from sampling error or from the number "
     "of deaths. Other errors come on top."),
    ("Digits", "Cells hold every digit and show few of them: years to a tenth. Halves are rounded away from "
     "zero."),
    ("Empty cells", "An empty cell of a number is no zero. The mark in the column Status, and the sentence "
     "in the column Why, say why it is empty."),
    ("Reliability: good", "Of life expectancies: the 95 percent interval reaches at most 2 years to either "
     "side. Other figures have limits of their own."),
    ("Reliability: caution", "Usable with what goes with it: the interval is wider, or none is known."),
    ("Reliability: unreliable", "Shown because it exists; it may not be quoted."),
    ("Reliability: withheld", "No figure is shown."),
    ("Verdict", "Of the place against its reference: better, similar or worse; higher or lower where no "
     "direction is better; not compared, where Why says why."),
    ("Verdict: similar", "The interval of the difference holds zero. It does not say that there is no "
     "difference."),
    ("May be quoted", "Yes; yes, with its caveat, which stands beside it and goes with it; or no."),
    ("Several sources", "Figures of different sources, editions or ways of making are never mixed and should "
     "not be subtracted from each other."),
    ("Overlapping years", "Periods that share years are not independent of each other."),
    ("Names", "Names come first; the ids of the release's tables stand in the last columns."),
    ("Formulas", "There are none: nothing changes when the workbook is calculated again."),
)  # fmt: skip


def notes() -> list[Row]:
    """What holds for all sheets, then each mark."""
    return [*ABOUT, *((f"Mark {mark}", f"{said[0].upper()}{said[1:]}.") for mark, said in MARKS.values())]


def entries(sheet: Sheet) -> list[Row]:
    """The lines of the dictionary for a sheet, one a column."""
    return [_entry(sheet, column) for column in sheet.columns]


def _entry(sheet: Sheet, column: Column) -> Row:
    meaning, allowed, missing, origin = column.means, "", "", ""
    if (declared := sheet.declared(column)) is not None:
        table = declared_tables()[f"published.{declared[0]}"]
        of = table.column(declared[1])
        meaning = column.means or of.description or column.words
        origin = ".".join(declared)
        values = constraints_of(table).get(of.name, Constraint())
        allowed = "; ".join(map(words_of, values.values)) if values.values else values.words
        missing = "may be empty" if of.nullable else ""
    if column.form == "mark":
        allowed = "; ".join(mark for mark, _ in MARKS.values())
    elif column.form in NUMBERS and any(each.form == "mark" for each in sheet.columns):
        missing = "empty where there is none; Status says why" if missing else ""
    return (
        sheet.name,
        sheet.header(column),
        sheet.unit(column) or None,
        meaning or f"{column.words}.",
        allowed or None,
        missing or None,
        origin or None,
    )
