"""`lifegap inequality`: how unevenly a user's own figures are spread over groups."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lifegap.cli.app import app
from lifegap.cli.options import AsFormat
from lifegap.cli.own_file import LINE, read_own_file, unusable
from lifegap.cli.terminal import Format, say, show
from lifegap.methods.seeds import SEED

if TYPE_CHECKING:
    import polars as pl

NEEDED = ("subgroup", "estimate")
NUMBERS = ("estimate", "se", "population", "order", "reference", "favorable")
TEXTS = ("set", "subgroup", "scale")
USED = ("set", "subgroup", *NUMBERS, "scale")
COLUMNS = ("set", "measure", "value", "se", "ci_low", "ci_high", "groups", "reason")
ONE_SET = "all"


@app.command()
def inequality(
    file: Annotated[Path, typer.Argument(help="CSV with subgroup, estimate, and what is known of them.")],
    form: AsFormat = Format.table,
) -> None:
    """Summary measures of inequality with 95 percent intervals, of one set of groups or of many.

    The file has a row for each group: subgroup and estimate; and as far as they are known se (standard
    error), population, order (1 = most disadvantaged; for groups that have one), reference (1 for one group,
    else 0), favorable (1: more is better, 0: less is better), scale (percent, proportion, per_1000, years,
    ...), and set, which tells several sets apart. A group without an estimate is left out with its people. A
    measure that these columns do not allow has its reason and no figure.

    Examples:
      lifegap inequality groups.csv

      lifegap inequality neighborhoods.csv --format csv > measures.csv
    """
    import polars as pl

    from lifegap.methods.inequality import measures

    rows = read_own_file(file, needed=NEEDED, numbers=NUMBERS, texts=TEXTS)
    if "set" not in rows.columns:
        rows = rows.with_columns(set=pl.lit(ONE_SET))
    rows = rows.with_columns(pl.col("set", "subgroup").fill_null(""))
    _refuse_faults(file, rows)
    told = measures(rows.select(name for name in USED if name in rows.columns), ["set"], seed=SEED)
    short = told.filter(pl.col("left_out") > 0).select("set", "left_out").unique(maintain_order=True)
    for name, left_out in short.rows():
        say(f"Set {name}: {left_out} without an estimate, left out with their people.")
    show(COLUMNS, told.select(COLUMNS).rows(), form)


def _refuse_faults(file: Path, rows: "pl.DataFrame") -> None:
    """Raise OWN-FILE for rows of which no sets of groups can be made."""
    import polars as pl

    if rows.is_empty():
        raise unusable(file, "no rows", "one row for each group", "add the groups")
    absent = [pl.lit(None, pl.Float64).alias(name) for name in NUMBERS if name not in rows.columns]
    told = rows.with_columns(absent).with_columns(_bounds(file, rows))
    known, people = pl.col("estimate").is_not_null(), pl.col("population")
    named = (pl.col("reference") == 1).fill_null(False)
    faults = {
        "subgroup is empty": pl.col("subgroup") == "",
        "subgroup stands twice": pl.struct("set", "subgroup").is_duplicated(),
        "se is negative": pl.col("se") < 0,
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

    from lifegap.methods.inequality_intervals import read_scale

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
