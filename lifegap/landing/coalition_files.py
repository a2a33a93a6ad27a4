"""The files that a coalition keeps itself, read with every fault told at once.

They are written by people in spreadsheets: a byte order mark, semicolons, decimal commas, blank rows and rows
of totals are taken as they are meant; what can only be meant wrongly is named with file and line.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl

from lifegap.catalog.catalog import Catalog
from lifegap.catalog.coalition_files import FORMS, Column, Form, is_own
from lifegap.catalog.coalitions import Coalition
from lifegap.errors import LifegapError, error
from lifegap.landing.own_ages import AGE, END, TOTAL, labels_of_ages
from lifegap.landing.own_causes import NAMES
from lifegap.landing.own_file import LINE, every_row, own_number

EARLIEST, LATEST = 1900, 2100
ALL_CAUSES = "all"
GROUP = r"^(all|[a-z_]+:[a-z0-9_]+)$"
EMPTY_LINE, TOTAL_ROW = "empty_line", "total_row"


@dataclass
class OwnRows:
    """The rows of a file under the columns of its form, with `line`; and what was found wrong.

    set_aside: reason → rows that are no data. unused: columns that nothing is read from.
    """

    rows: pl.DataFrame
    rows_read: int = 0
    set_aside: Counter[str] = field(default_factory=Counter)
    unused: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def refuse_faulty_files(catalog: Catalog, only: Collection[str] = ()) -> None:
    """Read the own files of all coalitions, or of these. Raises COALITION-FILE with every fault of each."""
    faults = [] if only else [*_stray(catalog)]
    for card in catalog.cards.values():
        named = card.id.partition(":")[2]
        if not is_own(card.id) or (only and named not in only):
            continue
        coalition = catalog.coalitions[named]
        for listed in card.files:
            assert listed.own is not None
            form = FORMS[listed.own.stem]
            found = read_own(listed.own, form)
            named = [*found.faults, *_unknown(found.rows, form, coalition, catalog)]
            faults += [f"{listed.file} {each}" for each in sorted(named, key=_line)]
    if faults:
        raise error(
            "COALITION-FILE",
            doing="reading the files of coalitions",
            found=faults,
            expected="the columns and values of docs/how-to/bring-your-own-data.md",
            todo="correct the lines that are named; nothing was read or written",
        )


def read_own(path: Path, form: Form) -> OwnRows:
    """The rows of a file, numbers as such (whole ones and years as Int64), and all that is wrong."""
    try:
        cells = every_row(path, form.names)
    except LifegapError as wrong:
        return OwnRows(_nothing(form), faults=[f"cannot be read: {'; '.join(wrong.found)}"])
    found = OwnRows(_nothing(form), rows_read=cells.height)
    present = [name for name in cells.columns if name != LINE]
    found.unused = [name for name in present if name not in form.names]
    if missing := [each.name for each in form.columns if each.needed and each.name not in present]:
        found.faults.append(f"has no column {', '.join(missing)}; its header is {', '.join(present)[:200]}")
        return found
    cells = cells.filter(~pl.all_horizontal(pl.exclude(LINE).is_null()))
    if blank := found.rows_read - cells.height:
        found.set_aside[EMPTY_LINE] = blank
    if any(each.kind == "age" for each in form.columns):
        cells = _by_age(cells, found)
    columns = {each.name: _column(path, cells, each, found) for each in form.columns}
    found.rows = cells.select(LINE).with_columns(**columns)
    found.faults += [*_of_rows(found.rows, form)]
    return found


def _nothing(form: Form) -> pl.DataFrame:
    return pl.DataFrame(schema={LINE: pl.UInt32} | {each.name: _type(each) for each in form.columns})


def _type(column: Column) -> pl.DataType:
    if column.kind in ("whole", "year", "age"):
        return pl.Int64()
    return pl.Float64() if column.kind == "number" else pl.String()


def _by_age(cells: pl.DataFrame, found: OwnRows) -> pl.DataFrame:
    """The rows without those of totals; labels of bands, such as 85+, as their first and last age."""
    labels = labels_of_ages(cells, ("place_id", "population_group", "cause"))
    marked = cells.drop(AGE, END, strict=False).join(labels, on=LINE, maintain_order="left")
    if totals := marked[TOTAL].count():
        found.set_aside[TOTAL_ROW] = totals
    return marked.filter(pl.col(TOTAL).is_null())


def _column(path: Path, cells: pl.DataFrame, column: Column, found: OwnRows) -> pl.Series:
    """A column by its kind; cells that are not of it are null, and told."""
    if column.name not in cells.columns:
        return pl.Series(column.name, [column.default] * cells.height, dtype=_type(column))
    text = cells[column.name]
    if column.default is not None:
        text = text.fill_null(column.default)
    if column.filled:
        no_age = " or no age" if column.kind == "age" else ""
        found.faults += _faults_where(cells[LINE], text.is_null(), f"{column.name} is empty{no_age}")
    if column.kind in ("number", "whole", "year", "age"):
        return _number(path, cells, column, found)
    if column.kind == "word":
        text = text.str.to_lowercase()
        wrong, expected = ~text.is_in(column.words), f"one of {', '.join(column.words)}"
    elif column.kind == "date":
        wrong = pl.Series(
            [each is not None and not _is_date(each) for each in text.to_list()], dtype=pl.Boolean
        )
        expected = "a date such as 2024-03-31, 2024-03 or 2024"
    elif column.name == "population_group":
        wrong, expected = ~text.str.contains(GROUP), "all, or such as race:black"
    elif column.name == "cause":
        return text.set(text.str.to_lowercase().is_in(NAMES), column.default)
    else:
        return text
    found.faults += _faults_where(
        cells[LINE], wrong.fill_null(value=False), lambda at: f"{column.name} is {text[at]!r}, not {expected}"
    )
    return text


def _number(path: Path, cells: pl.DataFrame, column: Column, found: OwnRows) -> pl.Series:
    """Numbers within their limits, whole where they must be."""
    text = cells[column.name]
    try:
        numbers = own_number(path, cells, column.name, tell=lambda _: None)
    except LifegapError as wrong:
        found.faults += [f"{each}, not a number without thousands separators" for each in wrong.found]
        numbers = text.cast(pl.Float64, strict=False)
        numbers = numbers.set(~numbers.is_finite().fill_null(value=False), None)
    least, most = (EARLIEST, LATEST) if column.kind == "year" else (column.least, column.most)
    whole = column.kind != "number"
    checks = (
        (numbers < least if least is not None else None, f"below {least:g}" if least is not None else ""),
        (numbers > most if most is not None else None, f"above {most:g}" if most is not None else ""),
        (numbers != numbers.round() if whole else None, "not a whole number"),
    )
    for wrong, words in checks:
        if wrong is not None:
            found.faults += _faults_where(
                cells[LINE],
                wrong.fill_null(value=False),
                lambda at, words=words: f"{column.name} is {text[at]}, {words}",
            )
    return numbers.round().cast(pl.Int64) if whole else numbers


def _of_rows(rows: pl.DataFrame, form: Form) -> Iterator[str]:
    """What is wrong with whole rows: years that end before they begin, limits in disorder, keys twice."""
    if "period_start" in rows.columns:
        backward = (rows["period_end"] < rows["period_start"]).fill_null(value=False)
        yield from _faults_where(
            rows[LINE], backward, lambda at: f"period_end {rows['period_end'][at]} is before period_start"
        )
    if "ci_low" in rows.columns:
        figure = "estimate" if "estimate" in rows.columns else "value"
        apart = rows.select(
            (pl.col("ci_low") > pl.col(figure)) | (pl.col("ci_high") < pl.col(figure))
            | (pl.col("ci_low").is_null() != pl.col("ci_high").is_null())
        ).to_series()  # fmt: skip
        yield from _faults_where(rows[LINE], apart, f"ci_low and ci_high do not lie around {figure}")
    if "age_end" in rows.columns:
        backward = (rows["age_end"] <= rows["age_start"]).fill_null(value=False)
        yield from _faults_where(
            rows[LINE], backward, lambda at: f"age_end {rows['age_end'][at]:g} is not after age_start"
        )
    if "other_value" in rows.columns:
        lone = rows["other_value"].is_not_null() & (rows["other_source"].is_null() | rows["choice"].is_null())
        yield from _faults_where(rows[LINE], lone, "other_value stands without other_source or choice")
    if "numerator" in rows.columns:
        more = (rows["numerator"] > rows["denominator"]).fill_null(value=False)
        per_head = rows["numerator"].is_not_null() != rows["denominator"].is_not_null()
        yield from _faults_where(rows[LINE], per_head, "numerator and denominator do not stand together")
        yield from _faults_where(rows[LINE], more, "numerator is greater than denominator")
    if form.name == "deaths":
        yield from _of_deaths(rows)
    named = rows.filter(pl.all_horizontal(pl.col(name).is_not_null() for name in _filled(form)))
    first = named.group_by(form.key, maintain_order=True).agg(pl.col(LINE).first().alias("first"))
    again = named.join(first, on=form.key, nulls_equal=True, maintain_order="left").filter(
        pl.col(LINE) != pl.col("first")
    )
    for line, at in again.select(LINE, "first").rows():
        yield f"line {line}: the same {', '.join(form.key)} as line {at}"


def _of_deaths(rows: pl.DataFrame) -> Iterator[str]:
    """What contradicts itself among deaths: with people, with causes, with the ages that a table needs."""
    more = (rows["deaths"] > rows["population"]).fill_null(value=False)
    yield from _faults_where(
        rows[LINE],
        more,
        lambda at: f"more deaths ({rows['deaths'][at]}) than people ({rows['population'][at]:g})",
    )
    series = ["place_id", "population_group", "period_start", "period_end", "cause"]
    known = rows.drop_nulls([*series, "age_start", "deaths", "population"])
    first = known.sort("age_start", LINE).unique(series, keep="first", maintain_order=True)
    late = first.filter(pl.col("age_start") > 0)
    for line, age in late.select(LINE, "age_start").rows():
        yield f"line {line}: the ages of this series begin at {age}, not at birth"
    band = [*series[:-1], "age_start"]
    is_all = pl.col("cause") == ALL_CAUSES
    sums = known.group_by(band, maintain_order=True).agg(
        pl.col(LINE).first(),
        whole=pl.col("deaths").filter(is_all).first(),
        parts=pl.col("deaths").filter(~is_all).sum(),
        alike=pl.col("population").n_unique() == 1,
    )
    for line, whole, parts in (
        sums.filter(pl.col("parts") > pl.col("whole")).select(LINE, "whole", "parts").rows()
    ):
        yield f"line {line}: the causes have more deaths ({parts}) than all deaths ({whole})"
    for line in sums.filter(~pl.col("alike"))[LINE]:
        yield f"line {line}: population is not that of the other causes of this age"


def _filled(form: Form) -> list[str]:
    return [each.name for each in form.columns if each.filled and each.name in form.key]


def _unknown(rows: pl.DataFrame, form: Form, coalition: Coalition, catalog: Catalog) -> Iterator[str]:
    """Places that the coalition's declaration does not name, and indicators that are not declared."""
    places = coalition.named_places | {*coalition.footprints}
    listed = {
        "place": (places, f"is no place of {coalition.id}.toml, which can name it as context"),
        "indicator": ({*catalog.indicators}, "is not declared in data/indicators"),
    }
    for column in form.columns:
        if column.kind in listed:
            known, words = listed[column.kind]
            cells = rows[column.name]
            unknown = cells.is_not_null() & ~cells.is_in(known)
            yield from _faults_where(
                rows[LINE],
                unknown,
                lambda at, cells=cells, column=column, words=words: f"{column.name} {cells[at]!r} {words}",
            )


def _stray(catalog: Catalog) -> Iterator[str]:
    """Files that nothing reads: of another name, or beside no declaration."""
    known = {form.file for form in FORMS.values()}
    for folder in catalog.coalition_folders:
        for path in sorted(folder.glob("*/*.csv")):
            named = f"{path.parent.name}/{path.name}"
            if path.parent.name not in catalog.coalitions:
                yield f"{named} lies beside no {path.parent.name}.toml"
            elif path.name not in known:
                yield f"{named} is none of {', '.join(sorted(known))}"


def _faults_where(lines: pl.Series, where: pl.Series, words: str | Callable[[int], str]) -> list[str]:
    """A fault for each row that has it, with its line; words may depend on the row."""
    rows = where.fill_null(value=False).arg_true().to_list()
    return [f"line {lines[at]}: {words if isinstance(words, str) else words(at)}" for at in rows]


def _line(fault: str) -> int:
    """The line of a fault, for their order; faults of the whole file come first."""
    first = fault.split(":", maxsplit=1)[0].removeprefix("line ")
    return int(first) if first.isdigit() else 0


def _is_date(text: str) -> bool:
    """Whether a text is a year, a month or a day that there is."""
    parts = text.split("-")
    shape = [len(part) for part in parts] in ([4], [4, 2], [4, 2, 2])
    if not shape or not all(part.isdigit() for part in parts):
        return False
    year, month, day = (*map(int, parts), 1, 1)[:3]
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
