"""What simulations of coverage share: areas of an anchor, and how often intervals hold the truth."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from lifegap import APPLICATION
from lifegap.methods.arrays import Floats
from lifegap.methods.mortality.deaths import life_tables_of_deaths
from lifegap.methods.mortality.decomposition import table_of
from lifegap.methods.mortality.premature_mortality import UNITED_STATES_2000
from lifegap.methods.surveys.intervals import Z95

Random = np.random.Generator
Numbers = NDArray[Any]

SEED = 20261123


class Line(NamedTuple):
    """How often the intervals of one setting held the truth, with the 95 percent Monte Carlo error of that.

    intervals: how many simulations gave one; refused: how many gave none; marked: the share of the intervals
    that came with a warning, NaN where there are no warnings. high, low: the shares of the intervals that lie
    above the truth and below it. se: the mean standard error, NaN where there is none; sd: the spread of the
    estimates, which it should equal. why: the reasons of the refused, if told.
    """

    setting: str
    intervals: int
    refused: int
    marked: float
    coverage: float
    error: float
    high: float
    low: float
    bias: float
    se: float
    sd: float
    why: str = ""


class Shape(NamedTuple):
    """Ages at which bands begin, death rates, and the share of the people in each band."""

    ages: Floats
    rates: Floats
    people: Floats


def line(
    setting: str,
    truth: Floats | float,
    value: Floats,
    low: Floats,
    high: Floats,
    se: Floats | None = None,
    marked: Floats | None = None,
) -> Line:
    """The line of figures (simulations,), or of several places in each, (simulations, places)."""
    made = np.isfinite(low) & np.isfinite(high)
    if made.ndim == 2:
        made = made.all(axis=1)
    off, count = (value - truth)[made], int(made.sum())
    held = np.asarray((low <= truth) & (truth <= high))[made].reshape(count, -1).mean(axis=1)
    return Line(
        setting,
        intervals=count,
        refused=int(np.size(made)) - count,
        marked=np.nan if marked is None else float(marked[made].mean()),
        coverage=float(held.mean()),
        error=float(Z95 * held.std() / np.sqrt(count)),
        high=float(np.mean((low > truth)[made])),
        low=float(np.mean((high < truth)[made])),
        bias=float(off.mean()),
        se=np.nan if se is None else float(se[made].mean()),
        sd=float(off.std(axis=0, ddof=1).mean()),
    )


def normal_line(setting: str, truth: float, value: Floats, se: Floats) -> Line:
    return line(setting, truth, value, value - Z95 * se, value + Z95 * se, se)


def anchor_area(starts: Sequence[float] | None = None) -> Shape:
    """The ages and rates of an area of the anchors, perhaps in wider bands."""
    cases = pl.read_csv(APPLICATION / "tests" / "anchors" / "lifetable_cases.csv")
    area = cases.filter(pl.col("case_id") == "phe_df1")
    ages, deaths, people = columns(area, "age", "deaths", "pop")
    wide = ages if starts is None else np.array(starts, dtype=float)
    band = np.searchsorted(wide, ages, side="right") - 1
    deaths, people = np.bincount(band, deaths), np.bincount(band, people)
    return Shape(wide, deaths / people, people / people.sum())


def columns(rows: pl.DataFrame, *names: str, bands: int = 1) -> list[Floats]:
    """Columns as numbers, (rows,) or (areas, bands); NaN where there is nothing."""
    found = [rows[name].cast(pl.Float64).fill_null(np.nan).to_numpy() for name in names]
    return found if bands == 1 else [each.reshape(-1, bands) for each in found]


def warned(rows: pl.DataFrame) -> Floats:
    """Whether figures came with a warning, 0 or 1."""
    unreliable = pl.col("reason").str.starts_with("unreliable").fill_null(value=False)
    return columns(rows.select(marked=unreliable), "marked")[0]


def reasons(rows: pl.DataFrame) -> str:
    """How many figures were refused for each reason."""
    counts = rows.drop_nulls("reason").group_by("reason").len().sort("len", descending=True)
    return ", ".join(f"{count:,} `{reason.split(':')[1]}`" for reason, count in counts.iter_rows())


def areas_of(deaths: Numbers, people: Numbers, ages: Numbers, **others: Numbers) -> pl.DataFrame:
    """One row per area and band of deaths, (areas, bands); others have any shape that fits."""
    grid = {"deaths": deaths.astype(float), "population": people, "age_start": ages, **others}
    rows = {name: np.broadcast_to(each, deaths.shape).ravel() for name, each in grid.items()}
    return pl.DataFrame({"area": np.repeat(np.arange(len(deaths)), deaths.shape[1]), **rows})


FINE, WIDE = anchor_area(), anchor_area(list(UNITED_STATES_2000))
STANDARD = np.array(list(UNITED_STATES_2000.values()))


def expectation(rates: Floats, ages: Floats) -> Floats:
    """True life expectancy at each age, of rates (bands,)."""
    return table_of(rates[None, :], ages).ex[0]


def at_birth(deaths: Numbers, people: Numbers) -> tuple[Floats, Floats]:
    """Life expectancy at birth and its standard error, (areas,)."""
    found = life_tables_of_deaths(areas_of(deaths, people, FINE.ages), ["area"])
    ex, se = columns(found.filter(pl.col("age_start") == 0), "ex", "se")
    return ex, se
