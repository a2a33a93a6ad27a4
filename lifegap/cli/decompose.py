"""`lifegap decompose`: where the difference of two life expectancies lies, by age and by cause."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lifegap.cli.lifetable import Convention, ConventionOption, LeastOption, OpenBand
from lifegap.cli.options import AsFormat, Home, home_of
from lifegap.cli.terminal import Format, say, show
from lifegap.cli.two_exports import pairs_of_exports
from lifegap.cli.two_sides import (
    COUNTS,
    RATES,
    people_columns,
    refuse_by_gates,
    refuse_gaps,
    without_unpeopled_ages,
)
from lifegap.cli.wonder_export import read_export
from lifegap.landing.own_ages import rows_by_age
from lifegap.landing.own_causes import without_totals
from lifegap.landing.own_file import own_cells, unusable
from lifegap.methods.seeds import SEED

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

NUMBERS = ("age_start", "age_end", *RATES, *COUNTS)
ALL_CAUSES = "all"
NO_INTERVAL = "not_published:standard_error"
COLUMNS = ("age_start", "age_end", "cause", "years", "percent", "se", "ci_low", "ci_high", "reason")


def decompose(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...", help="CSV of both sides; or WONDER exports of side 1, then of side 2."
        ),
    ],
    form: AsFormat = Format.table,
    least: LeastOption = 5000.0,
    convention: ConventionOption = Convention.phe,
    open_band: OpenBand = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only", metavar="COLUMN=VALUE", help="Of exports of several tables, take these alone."
        ),
    ] = None,
    home: Home = None,
) -> None:
    """Years of a gap by age, and by cause of death where the file has causes.

    The file has a row for each age band (age_start in years; the last band is open), or for each age
    band and cause: either mx_1 and mx_2 (deaths per person-year) or deaths_1, population_1, deaths_2,
    population_2. Side 1 is the place, side 2 the reference. The causes of an age add up to all its deaths.
    With deaths each contribution has a 95 percent interval, and a reason where fewer than ten deaths of a
    side stand behind it. The rows sum to the difference of the two life expectancies at the first age. What
    carries no life table is refused as in `lifegap lifetable`.

    Two exports of CDC WONDER by age can be given instead. By cause, if both are by cause too, with their
    totals or beside exports of all causes of the same people; deaths that are hidden or of other causes are
    told together.

    Examples:
      lifegap decompose gap.csv

      lifegap decompose gap_by_cause.csv --format csv > contributions.csv

      lifegap decompose place.txt reference.txt --only period_start=2018
    """
    import polars as pl

    exports = [read_export(file) for file in files]
    if all(export is not None for export in exports):
        pairs = pairs_of_exports(files, [each for each in exports if each is not None], tuple(only or ()))
    elif len(files) > 1 or only:
        raise unusable(
            files[-1],
            "a file that is no export of CDC WONDER",
            "exports alone, or one CSV",
            "give one of both",
        )
    else:
        pairs = [({}, _rows(files[0]))]
    parts = []
    for group, rows in pairs:
        made = _decomposed(
            files[0], group, rows, least, convention.value, _open(rows, group, open_band, home)
        )
        parts.append(made.select(*(pl.lit(value).alias(name) for name, value in group.items()), *COLUMNS))
    told = pl.concat(parts)
    show(told.columns, told.rows(), form)


def _decomposed(
    file: Path,
    group: "Mapping[str, str]",
    rows: "pl.DataFrame",
    least: float,
    convention: str,
    open_ex: float | None,
) -> "pl.DataFrame":
    """Contributions of one pair of sides, in COLUMNS; what they sum to is told."""
    import numpy as np

    from lifegap.methods.mortality.decomposition import by_cause, closed_at
    from lifegap.methods.mortality.fractions import fractions

    rows = without_unpeopled_ages(file, rows, open_ex)
    ages, causes = rows["age_start"].unique().sort(), rows["cause"].unique().sort()
    refuse_gaps(file, rows)
    refuse_by_gates(file, rows, least, open_ex)
    grid = {
        name: rows[name].to_numpy().reshape(len(ages), len(causes))
        for name in (*RATES, *COUNTS)
        if name in rows.columns
    }
    for side in (1, 2):
        if "deaths_1" in grid:
            with np.errstate(divide="ignore", invalid="ignore"):  # a standard closes a band without people
                grid[f"mx_{side}"] = grid[f"deaths_{side}"] / grid[f"population_{side}"]
    of, rate = fractions(convention, ages.to_numpy()), None if open_ex is None else 1 / open_ex
    sides = [closed_at(grid[name], rate) for name in RATES]
    years = by_cause(sides[0], sides[1], ages.to_numpy(), of)
    if not np.isfinite(years).all():
        raise unusable(
            file,
            "death rates so high that nobody reaches the last age",
            "rates per person-year, of bands in which somebody survives",
            "see that rates are not per 1,000 or 100,000",
        )
    told = _with_percents(rows, years)
    told = _with_intervals(told, grid, ages, convention, rate) if "deaths_1" in grid else _without(told)
    of_group = f"{', '.join(group.values())}: " if group else ""
    first = ages.item(0)
    at = "" if first == 0 else f" of life expectancy at {first:g}"
    say(
        f"{of_group}{years.sum():.2f} years{at} between the two sides, by Arriaga's method both ways "
        "averaged."
    )
    if rate is not None:
        plain = by_cause(grid["mx_1"], grid["mx_2"], ages.to_numpy(), of).sum()
        change = f", {years.sum() - plain:+.2f} years by the option" if np.isfinite(plain) else ""
        say(
            f"Both sides have {open_ex:.2f} years from {ages.item(-1):g} on, which have no part in "
            f"it{change}."
        )
    return told.filter(rows["shown"]) if "shown" in rows.columns else told


def _rows(file: Path) -> "pl.DataFrame":
    """The rows of a file by age and cause."""
    import polars as pl

    cells = own_cells(file, (*NUMBERS, "cause"), tell=say)
    rows = rows_by_age(
        file,
        cells,
        needed=("age_start",),
        numbers=NUMBERS,
        texts=("cause",),
        adding=("deaths_1", "deaths_2"),
        tell=say,
    )
    has_counts = set(COUNTS) <= set(rows.columns)
    if not has_counts and not set(RATES) <= set(rows.columns):
        raise unusable(
            file,
            f"columns {', '.join(cells.columns[1:])}",
            f"{' and '.join(RATES)}, or {', '.join(COUNTS)}",
            "add the columns of one of the two forms",
        )
    if has_counts:
        rows = rows.drop(RATES, strict=False)
    elif partly := [name for name in COUNTS if name in rows.columns]:
        say(f"Not used: {', '.join(partly)}.")
        rows = rows.drop(partly)
    if "cause" not in rows.columns:
        rows = rows.with_columns(cause=pl.lit(ALL_CAUSES))
    if rows["refused"].null_count() < rows.height:
        raise unusable(
            file, "a row without an age that is known", "an age in every row", "correct it or take it out"
        )
    return without_totals(file, rows, COUNTS[::2] if has_counts else RATES, tell=say).sort(
        "age_start", "cause"
    )


def _open(
    rows: "pl.DataFrame", group: "Mapping[str, str]", named: str | None, home: Path | None
) -> float | None:
    """Years of life in the open band of the standard, of the year of the pair; None without one."""
    import polars as pl

    from lifegap.cli.open_band import closing, middle_of, read_standard

    if named is None:
        return None
    standard = read_standard(home_of(home), named)
    ages = rows["age_start"].unique().sort()
    peopled = rows.filter(pl.all_horizontal(pl.col(name).is_not_null() for name in people_columns(rows)))
    after = ages.filter(ages > peopled["age_start"].max()) if peopled.height else ages
    opens = after.item(0) if len(after) else ages.item(-1)
    years = rows["middle"].item(0) if "middle" in rows.columns else middle_of(" ".join(group.values()))
    found = closing(standard, pl.DataFrame({"middle": [years]}, schema={"middle": pl.Float64}), opens)
    say(f"Open band of {standard.name}, {found['open_period'].item()} ({found['open_source'].item()}).")
    return float(found["open_ex"].item())


def _with_percents(rows: "pl.DataFrame", years: "object") -> "pl.DataFrame":
    """Contributions with their share of the difference, one row for each age and cause."""
    import numpy as np
    import polars as pl

    flat = np.asarray(years).ravel() + 0.0  # no minus before nothing
    total = flat.sum()
    starts = rows["age_start"].unique().sort()
    following = pl.DataFrame({"age_start": starts, "age_end": starts.shift(-1)})
    return (
        rows.select("age_start", "cause")
        .join(following, on="age_start", maintain_order="left")
        .select(
            "age_start", "age_end", "cause", years=pl.Series(flat),
            percent=pl.Series(100 * flat / total + 0.0) if total else pl.lit(None, pl.Float64),
        )
    )  # fmt: skip


def _without(told: "pl.DataFrame") -> "pl.DataFrame":
    """The contributions of rates, which have no intervals."""
    import polars as pl

    nothing = [pl.lit(None, pl.Float64).alias(name) for name in ("se", "ci_low", "ci_high")]
    return told.with_columns(*nothing, reason=pl.lit(NO_INTERVAL))


def _with_intervals(
    told: "pl.DataFrame",
    grid: "Mapping[str, object]",
    ages: "pl.Series",
    convention: str,
    open_rate: float | None,
) -> "pl.DataFrame":
    """The contributions with standard errors and limits from seeded draws of the deaths."""
    import numpy as np
    import polars as pl

    from lifegap.methods.mortality.decomposition import LEAST_DEATHS, drawn
    from lifegap.methods.mortality.fractions import fractions

    deaths1, people1, deaths2, people2 = (np.asarray(grid[name]) for name in COUNTS)
    with np.errstate(divide="ignore", invalid="ignore"):
        draws = drawn(
            deaths1, people1[:, 0], deaths2, people2[:, 0], ages.to_numpy(), seed=SEED,
            of=fractions(convention, ages.to_numpy()), open_rate=open_rate,
        )  # fmt: skip
    flat = draws.reshape(len(draws), -1) + 0.0
    known = np.asarray(np.isfinite(flat).all(axis=0), dtype=np.int8)
    settled = np.where(known == 1, flat, 0.0)
    low, high = np.quantile(settled, (0.025, 0.975), axis=0)
    figures = {"se": settled.std(axis=0, ddof=1), "ci_low": low, "ci_high": high}
    fewest = np.minimum(deaths1, deaths2).ravel()
    few = pl.Series(fewest) < LEAST_DEATHS
    drawn_well = pl.Series(known) == 1
    return told.with_columns(
        *(pl.when(drawn_well).then(pl.Series(values)).alias(name) for name, values in figures.items()),
        reason=pl.when(few).then(pl.lit("unreliable:few_deaths")).when(~drawn_well).then(pl.lit(NO_INTERVAL)),
    )
