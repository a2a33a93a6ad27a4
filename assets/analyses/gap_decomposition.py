"""`published.gap_decomposition`: at which ages, and in which causes, the years of a gap lie.

The parts are those of two tables made alike: pooled from tracts, or made from deaths (by cause too, where
these are told by cause; `parts_of_death_tables`). They sum to the gap of the tables, not to that of printed
life expectancies. Where the gap is withheld, so are its parts. Intervals of pooled tables come from drawing
the tracts again: a ZIP code and its county are made of the same draws.
"""

import numpy as np
import polars as pl

from assets.analyses.parts_of_death_tables import parts_of_death_tables
from assets.indicators.life_expectancy_gap import PAIR, SERIES
from assets.indicators.pooled_life_table import WHOLE, tract_bands
from assets.table import table
from assets.units import FOR_FIGURES, shares_of, tract_shares
from assets.wording import sentences
from lifegap.methods.arrays import Floats
from lifegap.methods.mortality.decomposition import DRAWS, both_ways, table_of
from lifegap.methods.mortality.drawn_rates import drawn_pooled_rates
from lifegap.methods.mortality.life_table import LifeTable
from lifegap.methods.seeds import SEED
from lifegap.methods.surveys.reliability import at_best_caution, reliability_of_years
from lifegap.store.warehouse import Relation

SIGNIFICANT = 0.05
SPREAD = ("se", "ci_low", "ci_high")
COLUMNS = (
    *PAIR, *SERIES, "dimension", "age_start", "age_end", "cause", "years", "se", "ci_low", "ci_high",
    "percent", "reliability", "reason", "caveat", "seed",
)  # fmt: skip
FEW_DEATHS, OLD = 10, 75
"""Deaths in a place below which, and age from which, intervals hold the truth less than 94 times of 100."""

ALL_BUT_NOBODY = 1 - 1e-6
"""Part of the rate at which nobody outlives a band that a drawn rate may reach."""

OF_FEW_DEATHS = (
    "Fewer than ten deaths stand behind it: in simulations such intervals hold 80 to 93 times of 100."
)
OF_THE_OLD = "In simulations intervals of these ages hold 93 times of 100."
FEW_SURVIVORS = 0.3
"""Of those born: below this part the open band rests on few, and its contribution is at best `caution`."""


@table(
    "published.gap_decomposition",
    gap="indicators.life_expectancy_gap",
    pooled="indicators.pooled_life_table",
    crosswalk="warehouse.crosswalk",
    partition="warehouse.partition",
    place="warehouse.place",
    life_table="warehouse.life_table",
    observation="warehouse.observation",
    band="warehouse.death_band",
    own="warehouse.coalition_death",
)
def gap_decomposition(
    gap: pl.DataFrame,
    pooled: pl.DataFrame,
    crosswalk: pl.DataFrame,
    partition: pl.DataFrame,
    place: pl.DataFrame,
    life_table: Relation,
    observation: Relation,
    band: pl.DataFrame,
    own: pl.DataFrame,
) -> pl.DataFrame:
    """One row per comparison with tables on both sides, and age band; and cause, of tables from deaths."""
    of_deaths = gap.filter(pl.col("method") == "life_table").sort(*PAIR, *SERIES)
    comparisons = gap.filter(pl.col("method").str.starts_with("pooled")).sort(*PAIR, *SERIES)
    tables = pooled.filter(pl.col("less_place_id") == WHOLE).sort("place_id", *SERIES, "age_start")
    groups = tract_shares(shares_of(crosswalk, partition, FOR_FIGURES), place).filter(
        pl.col("place_id").is_in(
            pl.concat([comparisons["place_id"], comparisons["reference_place_id"]]).to_list()
        )
    )
    bands = tract_bands(groups.with_columns(less_place_id=pl.lit(WHOLE)), life_table, observation)
    made = [
        _of_series(part, *(frame.join(part, on=SERIES, how="semi") for frame in (tables, bands)))
        for part in comparisons.partition_by(SERIES, maintain_order=True)
    ]
    counted = parts_of_death_tables(of_deaths, band, own)
    return pl.concat([*made, counted], how="diagonal_relaxed").pipe(_graded).select(COLUMNS)


def _of_series(comparisons: pl.DataFrame, tables: pl.DataFrame, bands: pl.DataFrame) -> pl.DataFrame:
    """Years of each band for the comparisons of one source, period and method, with their draws' spread.

    Withheld comparisons keep their rows, without figures.
    """
    known = comparisons.filter(pl.col("gap").is_not_null())
    sides = ("place_id", "reference_place_id")
    wanted = pl.concat([known[side] for side in sides]).unique()
    kept = tables.filter(pl.col("place_id").is_in(wanted.to_list())).sort("place_id", "age_start")
    ages = tables["age_start"].unique().sort()
    grid = {
        name: kept[name].to_numpy().reshape(-1, len(ages)) for name in ("qx", "lx", "nLx", "Tx", "ex", "ax")
    }
    places, drawn = drawn_pooled_rates(
        bands.filter(pl.col("place_id").is_in(wanted.to_list())), "place_id", draws=DRAWS, seed=SEED
    )
    one, two = (np.searchsorted(places, known[side].to_list()) for side in sides)
    years = both_ways(_table(grid, one), _table(grid, two))
    spread = [
        _spread(drawn[i], grid["ax"][i], drawn[j], grid["ax"][j], ages.to_numpy().astype(float))
        for i, j in zip(one, two, strict=True)
    ]
    ends = tables.select("age_start", "age_end").unique()
    rows = comparisons.join(ends, how="cross").sort(*PAIR, "age_start")
    figures = {"years": years, **dict(zip(SPREAD, np.stack(spread, axis=1), strict=True))}
    of_bands = kept.select("place_id", "age_start").join(
        _deaths(bands), on=["place_id", "age_start"], how="left", maintain_order="left"
    )
    deaths = of_bands["deaths"].to_numpy().reshape(-1, len(ages))
    figures["deaths"] = np.minimum(deaths[one], deaths[two])
    open_share = np.minimum(grid["lx"][one, -1], grid["lx"][two, -1]) / grid["lx"][one, 0]
    of_known = known.select(PAIR).with_columns(survivors=pl.Series(open_share)).join(ends, how="cross")
    found = of_known.sort(*PAIR, "age_start").with_columns(
        pl.Series(name, values.ravel()) for name, values in figures.items()
    )
    return rows.select(
        *PAIR, *SERIES, "age_start", "age_end", "gap", "p_value", "cautions",
        of_gap="reliability", why="reason",
    ).join(found.drop("age_end"), on=[*PAIR, "age_start"], how="left", maintain_order="left")  # fmt: skip


def _deaths(bands: pl.DataFrame) -> pl.DataFrame:
    """How many deaths would leave the rate of each place and band as unsure as it is, if people are known."""
    rate = (pl.col("people") * pl.col("mx")).sum()
    variance = (pl.col("people") ** 2 * pl.col("var_mx")).sum()
    deaths = pl.when(variance > 0).then(rate**2 / variance).otherwise(0.0)
    return bands.sort("place_id", "age_start", "unit").group_by("place_id", "age_start").agg(deaths=deaths)


def _table(grid: dict[str, Floats], places: np.ndarray) -> LifeTable:
    """The pooled tables of some places, of one born."""
    radix = grid["lx"][places, :1]
    lx, Lx, Tx = (grid[name][places] / radix for name in ("lx", "nLx", "Tx"))
    return LifeTable(qx=grid["qx"][places], lx=lx, Lx=Lx, Tx=Tx, ex=grid["ex"][places], se=np.zeros_like(lx))


def _spread(m1: Floats, a1: Floats, m2: Floats, a2: Floats, ages: Floats) -> Floats:
    """Standard error and limits of each band, (3, bands), from drawn rates (draws, bands) of both sides.

    a: part of the band that those who die in it live. At a rate of 1/(a × width) nobody outlives the band,
    and a place of few people draws such rates: a higher one means no more than that, and a table in which
    nobody is left says nothing of the bands behind.
    """
    one, two = (
        table_of(
            np.hstack([np.minimum(m[:, :-1], ALL_BUT_NOBODY / (a[:-1] * np.diff(ages))), m[:, -1:]]),
            ages,
            lambda rates, a=a: np.broadcast_to(a[:-1], (len(rates), len(a) - 1)),
        )
        for m, a in ((m1, a1), (m2, a2))
    )
    drawn = both_ways(one, two)
    return np.vstack([drawn.std(axis=0, ddof=1), np.quantile(drawn, (0.025, 0.975), axis=0)])


def _graded(rows: pl.DataFrame) -> pl.DataFrame:
    """Reliability, percent, reason and caveat of each part."""
    few = pl.col("age_end").is_null() & (pl.col("survivors") < FEW_SURVIVORS)
    empty = pl.col("years").is_null()
    few_deaths = (pl.col("method") == "life_table") & (pl.col("deaths") < FEW_DEATHS)
    grade = at_best_caution(reliability_of_years(pl.col("se")), few | (pl.col("of_gap") == "caution"))
    unsure = pl.col("p_value") >= SIGNIFICANT
    return rows.with_columns(
        reliability=pl.when(empty)
        .then(pl.lit("withheld"))
        .when((pl.col("of_gap") == "unreliable") | few_deaths)
        .then(pl.lit("unreliable"))
        .otherwise(grade),
    ).with_columns(
        dimension=pl.col("dimension").fill_null("age"),
        cause=pl.col("cause").fill_null("all"),
        percent=pl.when(~unsure).then(100 * pl.col("years") / pl.col("gap")),
        reason=pl.when(empty)
        .then("why")
        .when(pl.col("of_gap") == "unreliable")
        .then("why")
        .when(few_deaths)
        .then(pl.lit("unreliable:few_deaths"))
        .when(pl.col("reliability") == "unreliable")
        .then(pl.lit("unreliable:wide_interval")),
        caveat=pl.when(~empty).then(
            sentences(
                pl.lit("Where the years lie, not why."),
                pl.when(pl.col("deaths") < FEW_DEATHS).then(pl.lit(OF_FEW_DEATHS)),
                pl.when(pl.col("deaths") >= FEW_DEATHS, pl.col("age_start") >= OLD).then(pl.lit(OF_THE_OLD)),
                pl.when(few).then(pl.lit("Fewer than three in ten of those born reach the last age band.")),
                pl.when(unsure).then(pl.lit("The whole gap may be none: no part of it has a percentage.")),
                pl.col("cautions"),
            )
        ),
        seed=pl.lit(SEED, pl.Int32),
    )
