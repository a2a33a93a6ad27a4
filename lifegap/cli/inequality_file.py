"""The user's file of groups for `lifegap inequality`, by our column names or by those of WHO's HEAT."""

from pathlib import Path
from typing import TYPE_CHECKING

from lifegap.cli.terminal import say
from lifegap.landing.own_file import LINE, own_cells, own_columns, unusable

if TYPE_CHECKING:
    import polars as pl

NEEDED = ("subgroup", "estimate")
NUMBERS = ("estimate", "se", "ci_low", "ci_high", "population", "order", "reference", "favorable")
TEXTS = ("set", "subgroup", "scale")
ONE_SET = "all"

NAMES_OF_HEAT = {
    "favorable": "favourable_indicator",
    "order": "subgroup_order",
    "reference": "reference_subgroup",
    "scale": "indicator_scale",
    "ci_low": "ci_lb",
    "ci_high": "ci_ub",
}
"""Our name → that of the upload form of HEAT."""

ORDERED = "ordered_dimension"
SETS_OF_HEAT = (
    "setting", "date", "year", "source", "indicator_abbr", "indicator", "indicator_name", "dimension",
)  # fmt: skip
"""Columns of that form which together tell one set of groups from another."""

NOT_KNOWN = ("NA", "N/A", "NaN", "NULL")
"""What other programs write for an empty cell."""

TOTALS = ("total", "all", "all groups", "overall", "grand total")


def read_groups(file: Path) -> "pl.DataFrame":
    """The groups: set, subgroup, estimate, line, and of NUMBERS and scale what the file has.

    Totals and columns that are not used are left out and told. Raises OWN-FILE for a file, or rows, of which
    no sets of groups can be made.
    """
    import polars as pl

    cells = _by_our_names(
        own_cells(file, (*NEEDED, *NUMBERS, *TEXTS, *NAMES_OF_HEAT.values(), *SETS_OF_HEAT), tell=say)
    )
    emptied = [name for name in NUMBERS if name in cells.columns]
    cells = cells.with_columns(pl.col(emptied).replace(list(NOT_KNOWN), None))
    rows = own_columns(file, cells, needed=NEEDED, numbers=NUMBERS, texts=TEXTS, tell=say)
    if "set" not in rows.columns:
        rows = rows.with_columns(set=pl.lit(ONE_SET))
    rows = _without_totals(rows.with_columns(pl.col("set", "subgroup").fill_null("")))
    _refuse_faults(file, rows)
    return _with_errors_by_limits(rows)


def _by_our_names(cells: "pl.DataFrame") -> "pl.DataFrame":
    """The cells of HEAT's form under our names; others as they are."""
    import polars as pl

    heat = {theirs: ours for ours, theirs in NAMES_OF_HEAT.items() if theirs in cells.columns}
    if not heat and ORDERED not in cells.columns:
        return cells
    cells = cells.rename({theirs: ours for theirs, ours in heat.items() if ours not in cells.columns})
    if ORDERED in cells.columns and "order" in cells.columns:
        # Groups without an order have a 0 there, which is no rank.
        unordered = pl.col(ORDERED).is_in(["0", "0.0"])
        cells = cells.with_columns(order=pl.when(~unordered.fill_null(value=False)).then("order")).drop(
            ORDERED
        )
    told = [name for name in SETS_OF_HEAT if name in cells.columns]
    if not told or "set" in cells.columns:
        return cells
    return cells.with_columns(set=pl.concat_str(told, separator=", ", ignore_nulls=True)).drop(told)


def _without_totals(rows: "pl.DataFrame") -> "pl.DataFrame":
    """The rows without those of everybody taken together."""
    import polars as pl

    total = pl.col("subgroup").str.to_lowercase().is_in(TOTALS)
    for line, name in rows.filter(total).select(LINE, "subgroup").rows():
        say(f"Left out: line {line}, {name}, which is no group but all of them.")
    return rows.filter(~total)


def _with_errors_by_limits(rows: "pl.DataFrame") -> "pl.DataFrame":
    """The rows with a standard error where there are 95 percent limits in its place."""
    import polars as pl

    from lifegap.methods.surveys.intervals import se_of_interval

    if not {"ci_low", "ci_high"} <= set(rows.columns):
        return rows.drop("ci_low", "ci_high", strict=False)
    given = pl.col("se") if "se" in rows.columns else pl.lit(None, pl.Float64)
    found = rows.with_columns(se=pl.coalesce(given, se_of_interval(pl.col("ci_low"), pl.col("ci_high"))))
    by_limits = rows.filter(given.is_null(), pl.col("ci_low").is_not_null(), pl.col("ci_high").is_not_null())
    if by_limits.height:
        say(f"se of {by_limits.height} groups from their 95 percent limits: the width, divided by 3.92.")
    return found.drop("ci_low", "ci_high")


def _refuse_faults(file: Path, rows: "pl.DataFrame") -> None:
    """Raise OWN-FILE for rows of which no sets of groups can be made."""
    import polars as pl

    if rows.is_empty():
        raise unusable(file, "no rows", "one row for each group", "add the groups")
    absent = [pl.lit(None, pl.Float64).alias(name) for name in NUMBERS if name not in rows.columns]
    told = rows.with_columns(absent).with_columns(_bounds(file, rows))
    known, people = pl.col("estimate").is_not_null(), pl.col("population")
    named = (pl.col("reference") == 1).fill_null(False)
    low, high = pl.col("ci_low"), pl.col("ci_high")
    faults = {
        "subgroup is empty": pl.col("subgroup") == "",
        "subgroup stands twice": pl.struct("set", "subgroup").is_duplicated(),
        "se is negative": pl.col("se") < 0,
        "a limit without the other": low.is_null() != high.is_null(),
        "the estimate is outside its limits": (low > pl.col("estimate")) | (high < pl.col("estimate")),
        "population is negative, or 0 with an estimate": (people < 0) | (known & (people == 0)),
        "reference is neither 0 nor 1": ~pl.col("reference").is_in((0.0, 1.0)),
        "favorable is neither 0 nor 1": ~pl.col("favorable").is_in((0.0, 1.0)),
        "a second reference": named & (named.cum_sum().over("set") > 1),
        "favorable differs within the set": pl.col("favorable").n_unique().over("set") > 1,
        "scale differs within the set": pl.struct("low", "high").n_unique().over("set") > 1,
        "estimate is not possible on its scale": ~pl.col("estimate").is_between("low", "high"),
        "order is empty where others have one": known & pl.col("order").is_null()
        & pl.col("order").is_not_null().any().over("set"),
    }  # fmt: skip
    found = [
        f"line {line}: {fault}" for fault, broken in faults.items() for line in told.filter(broken)[LINE]
    ]
    if found:
        raise unusable(
            file,
            found,
            "each group once, with numbers that are possible, and one favorable and one scale in a set",
            "correct the rows",
        )


def _bounds(file: Path, rows: "pl.DataFrame") -> "list[pl.Series]":
    """The lowest and highest estimate that each row's scale allows. Raises OWN-FILE for an unknown scale."""
    import polars as pl

    from lifegap.methods.disparity.inequality_intervals import read_scale

    words = rows["scale"].to_list() if "scale" in rows.columns else [None] * rows.height
    try:
        scales = {word: read_scale(word) for word in set(words)}
    except ValueError as unknown:
        raise unusable(
            file, str(unknown), "a scale that is known", "correct the scale, or leave it empty"
        ) from None
    return [
        pl.Series("low", [scales[word].low for word in words]),
        pl.Series("high", [scales[word].high for word in words]),
    ]
