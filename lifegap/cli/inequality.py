"""`lifegap inequality`: how unevenly a user's own figures are spread over groups."""

from pathlib import Path
from typing import Annotated

import typer

from lifegap.cli.options import AsFormat
from lifegap.cli.terminal import Format, say, show
from lifegap.methods.seeds import SEED

COLUMNS = ("set", "measure", "value", "se", "ci_low", "ci_high", "groups", "reason")


def inequality(
    file: Annotated[Path, typer.Argument(help="CSV with subgroup, estimate, and what is known of them.")],
    form: AsFormat = Format.table,
) -> None:
    """Summary measures of inequality with 95 percent intervals, of one set of groups or of many.

    The file has a row for each group: subgroup and estimate; and as far as they are known se (standard
    error) or ci_low and ci_high (95 percent limits), population, order (1 = most disadvantaged; for groups
    that have one), reference (1 for one group, else 0), favorable (1: more is better, 0: less is better),
    scale (percent, proportion, per_1000, years, ...), and set, which tells several sets apart. The upload
    form of WHO's HEAT is read by its own column names. A group without an estimate is left out with its
    people; a row Total is left out. A measure that these columns do not allow has its reason and no figure; a
    figure whose interval holds the truth less often than it should has a reason beside it.

    Examples:
      lifegap inequality groups.csv

      lifegap inequality neighborhoods.csv --format csv > measures.csv
    """
    import polars as pl

    from lifegap.cli.inequality_file import read_groups
    from lifegap.methods.disparity.inequality import measures

    told = measures(read_groups(file), ["set"], seed=SEED)
    short = told.filter(pl.col("left_out") > 0).select("set", "left_out").unique(maintain_order=True)
    for name, left_out in short.rows():
        say(f"Set {name}: {left_out} without an estimate or people, left out.")
    show(COLUMNS, told.select(COLUMNS).rows(), form)
