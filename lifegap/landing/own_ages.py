"""Rows by age of a user's own file: age bands as people write them, and totals among them."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from lifegap.landing.own_file import LINE, Tell, own_columns

if TYPE_CHECKING:
    import polars as pl

UNKNOWN_AGE = "not_computable:age_bands"
AGE, END = "age_start", "age_end"
LABEL, TOTAL = " label", " total"
"""Columns of our own; no column of a file begins with a blank."""

OF_AGES = re.compile(r"(^|[^a-z])ages?([^a-z]|$|group|band)")


def rows_by_age(
    path: Path,
    cells: "pl.DataFrame",
    *,
    needed: tuple[str, ...],
    numbers: tuple[str, ...],
    texts: tuple[str, ...],
    adding: tuple[str, ...],
    tell: Tell,
) -> "pl.DataFrame":
    """The rows by age: `numbers` with age_start and age_end, `texts` without nulls, `line`, and `refused`.

    A row of a total is told and left out: its label says so, or it has no age and `adding`, the columns that
    add up, are the sums of the other rows of its group (the same `texts`). A row of any other label has its
    group refused. A label of a band, such as 85+, stands for its ages.
    """
    import polars as pl

    if AGE not in cells.columns:
        own_columns(path, cells, needed=needed, numbers=(), texts=(), tell=tell)
    labeled = cells.drop(AGE, END, strict=False).join(
        labels_of_ages(cells, texts), on=LINE, maintain_order="left"
    )
    read = own_columns(path, labeled, needed=needed, numbers=numbers, texts=(*texts, LABEL, TOTAL), tell=tell)
    rows = read.with_columns(pl.col(name).fill_null("") for name in texts if name in read.columns)
    groups = [name for name in texts if name in rows.columns]
    present = [name for name in adding if name in rows.columns]
    sums = [
        (pl.col(name) - pl.col(name).filter(pl.col(AGE).is_not_null()).sum().over(groups or pl.lit(1))).abs()
        < 0.5
        for name in present
    ]
    others = pl.col(AGE).is_not_null().any().over(groups or pl.lit(1))
    is_sum = pl.all_horizontal(sums) & others if sums else pl.lit(False)
    no_age = pl.col(AGE).is_null()
    rows = rows.with_columns((pl.col(TOTAL).is_not_null() | (no_age & is_sum.fill_null(False))).alias(TOTAL))
    _tell(rows.filter(TOTAL), "of a total, left out", tell)
    rows = rows.filter(~pl.col(TOTAL))
    _tell(rows.filter(no_age), "without an age that is known; its group is refused", tell)
    return rows.with_columns(
        refused=pl.when(no_age.any().over(groups or pl.lit(1))).then(pl.lit(UNKNOWN_AGE))
    ).drop(LABEL, TOTAL)


def labels_of_ages(cells: "pl.DataFrame", texts: tuple[str, ...]) -> "pl.DataFrame":
    """Age and end of each line as text of numbers, its label, and whether it says that it is a total."""
    import polars as pl

    from lifegap.methods.mortality.age_bands import ages_of_label, is_total

    told = cells if END in cells.columns else cells.with_columns(pl.lit(None, pl.String).alias(END))
    is_number = pl.col(AGE).cast(pl.Float64, strict=False).is_not_null()
    words = told.filter(~is_number)[AGE].drop_nulls().unique().to_list()
    bands = {word: band for word in words if (band := ages_of_label(word))}
    ages = [{word: str(band[at]) for word, band in bands.items() if band[at] is not None} for at in (0, 1)]
    start, end = (pl.col(AGE).replace_strict(each, default=None, return_dtype=pl.String) for each in ages)
    totals = [word for word in words if is_total(word)]
    return told.select(
        LINE,
        pl.when(is_number).then(pl.col(AGE)).otherwise(start).alias(AGE),
        pl.coalesce(END, end).alias(END),
        pl.col(AGE).alias(LABEL),
        pl.when(pl.col(AGE).is_in(totals) | _marked(told, texts)).then(pl.lit("yes")).alias(TOTAL),
    )


def _marked(cells: "pl.DataFrame", texts: tuple[str, ...]) -> "pl.Expr":
    """Whether another cell of the line says that it is a total.

    A column of age labels says it of any line; another column of a line that has no age, where the lines that
    have one use other words.
    """
    import polars as pl

    from lifegap.methods.mortality.age_bands import is_total

    marked = pl.lit(False)
    for name in cells.columns:
        if name in (LINE, AGE, END) or cells.schema[name] != pl.String:
            continue
        words = {word for word in cells[name].drop_nulls().unique() if is_total(word)}
        if not words:
            continue
        if OF_AGES.search(name.lower()) and name not in texts:
            marked = marked | pl.col(name).is_in(list(words))
        else:
            words -= set(cells.filter(pl.col(AGE).is_not_null())[name].drop_nulls())
            marked = marked | (pl.col(name).is_in(list(words)) & pl.col(AGE).is_null())
    return marked.fill_null(False)


def _tell(rows: "pl.DataFrame", what: str, tell: Tell) -> None:
    """Name the lines of rows that are left out or refused."""
    if rows.is_empty():
        return
    lines = [
        f"{line} ({label})" if label else str(line) for line, label in rows.select(LINE, LABEL).head(5).rows()
    ]
    more = f" and {rows.height - 5} more" if rows.height > 5 else ""
    tell(f"{'Line' if rows.height == 1 else 'Lines'} {', '.join(lines)}{more}: {what}.")
