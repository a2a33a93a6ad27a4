"""`lifegap decompose`: where the difference of two life expectancies lies, by age and by cause."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lifegap.cli.app import app
from lifegap.cli.options import AsFormat
from lifegap.cli.own_file import read_own_file, unusable
from lifegap.cli.terminal import Format, say, show
from lifegap.methods.seeds import SEED

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

RATES = ("mx_1", "mx_2")
COUNTS = ("deaths_1", "population_1", "deaths_2", "population_2")
USED = ("age_start", "cause", *RATES, *COUNTS)
ALL_CAUSES = "all"


@app.command()
def decompose(
    file: Annotated[Path, typer.Argument(help="CSV with age_start and rates or deaths of two sides.")],
    form: AsFormat = Format.table,
) -> None:
    """Years of a gap by age, and by cause of death where the file has causes.

    The file has a row for each age band (age_start in years; the last band is open), or for each age
    band and cause: either mx_1 and mx_2 (deaths per person-year) or deaths_1, population_1, deaths_2,
    population_2. Side 1 is the place, side 2 the reference. The causes of an age add up to all its deaths.
    With deaths each contribution has a 95 percent interval, and a reason where fewer than ten deaths of a
    side stand behind it. The rows sum to the difference of the two life
    expectancies.

    Examples:
      lifegap decompose gap.csv

      lifegap decompose gap_by_cause.csv --format csv > contributions.csv
    """
    import numpy as np

    from lifegap.methods.decomposition import by_cause

    rows = _rows(file)
    ages, causes = rows["age_start"].unique().sort(), rows["cause"].unique().sort()
    _refuse_gaps(file, rows)
    grid = {
        name: rows[name].to_numpy().reshape(len(ages), len(causes))
        for name in (*RATES, *COUNTS)
        if name in rows.columns
    }
    years = by_cause(grid["mx_1"], grid["mx_2"], ages.to_numpy())
    if not np.isfinite(years).all():
        raise unusable(
            file,
            "death rates so high that nobody reaches the last age, or causes that no method tells apart",
            "rates per person-year, of bands in which somebody survives",
            "see that rates are not per 1,000 or 100,000, or merge causes",
        )
    told = _told(rows, years)
    if "deaths_1" in grid:
        told = _with_intervals(told, grid, ages)
    say(f"{years.sum():.2f} years between the two sides, by Arriaga's method, both ways averaged.")
    show(told.columns, told.rows(), form)


def _rows(file: Path) -> "pl.DataFrame":
    """The rows by age and cause, with the rates of both sides."""
    import polars as pl

    rows = read_own_file(
        file, needed=("age_start",), numbers=("age_start", *RATES, *COUNTS), texts=("cause",)
    )
    has_counts = set(COUNTS) <= set(rows.columns)
    if not has_counts and not set(RATES) <= set(rows.columns):
        raise unusable(
            file,
            f"columns {', '.join(rows.columns)}",
            f"{' and '.join(RATES)}, or {', '.join(COUNTS)}",
            "add the columns of one of the two forms",
        )
    if "cause" not in rows.columns:
        rows = rows.with_columns(cause=pl.lit(ALL_CAUSES))
    if has_counts:
        rows = rows.with_columns(
            (pl.col(f"deaths_{side}") / pl.col(f"population_{side}")).alias(f"mx_{side}") for side in (1, 2)
        )
    return rows.select(name for name in USED if name in rows.columns).sort("age_start", "cause")


def _refuse_gaps(file: Path, rows: "pl.DataFrame") -> None:
    """Raise OWN-FILE for what no decomposition can be made of."""
    import polars as pl

    ages, causes = rows["age_start"].unique(), rows["cause"].unique()
    numbers = [name for name in (*RATES, *COUNTS) if name in rows.columns]
    closing = rows.filter(pl.col("age_start") == pl.col("age_start").max())
    populations = [name for name in COUNTS if name.startswith("population") and name in rows.columns]
    uneven = rows.group_by("age_start").agg(pl.col(populations).n_unique()) if populations else None
    faults = {
        "an empty or negative number": rows.select(
            pl.any_horizontal(pl.col(numbers).is_null() | (pl.col(numbers) < 0)).any()
        ).item(),
        "ages that do not begin at 0, or fewer than two": len(ages) < 2 or ages.min() != 0,
        "an age and cause that stands twice or is missing": rows.height != len(ages) * len(causes)
        or bool(rows.select(pl.struct("age_start", "cause").is_duplicated().any()).item()),
        "a last age in which nobody died on one side": min(closing[name].sum() for name in RATES) <= 0,
        "populations of one age that differ from cause to cause": uneven is not None
        and bool(uneven.select(pl.max_horizontal(pl.col(populations)).max() > 1).item()),
    }
    if found := [fault for fault, is_so in faults.items() if is_so]:
        raise unusable(
            file,
            found,
            "one row for each age band and cause, from age 0 to an open band, with deaths in it",
            "correct the rows, or merge age bands until the last has deaths",
        )


def _told(rows: "pl.DataFrame", years: "object") -> "pl.DataFrame":
    """Contributions with their share of the difference, one row for each age and cause."""
    import numpy as np
    import polars as pl

    flat = np.asarray(years).ravel()
    total = flat.sum()
    starts = rows["age_start"].unique().sort()
    following = pl.DataFrame({"age_start": starts, "age_end": starts.shift(-1)})
    return (
        rows.select("age_start", "cause")
        .join(following, on="age_start", maintain_order="left")
        .select(
            "age_start", "age_end", "cause", years=pl.Series(flat),
            percent=pl.Series(100 * flat / total) if total else pl.lit(None, pl.Float64),
        )
    )  # fmt: skip


def _with_intervals(told: "pl.DataFrame", grid: "Mapping[str, object]", ages: "pl.Series") -> "pl.DataFrame":
    """The contributions with standard errors and limits from seeded draws of the deaths."""
    import numpy as np
    import polars as pl

    from lifegap.methods.decomposition import LEAST_DEATHS, drawn

    deaths1, people1, deaths2, people2 = (np.asarray(grid[name]) for name in COUNTS)
    draws = drawn(deaths1, people1[:, 0], deaths2, people2[:, 0], ages.to_numpy(), seed=SEED)
    flat = draws.reshape(len(draws), -1)
    low, high = np.quantile(flat, (0.025, 0.975), axis=0)
    few = np.minimum(deaths1, deaths2).ravel() < LEAST_DEATHS
    return told.with_columns(
        se=pl.Series(flat.std(axis=0, ddof=1)),
        ci_low=pl.Series(low),
        ci_high=pl.Series(high),
        reason=pl.when(pl.Series(few)).then(pl.lit("unreliable:few_deaths")),
    )
