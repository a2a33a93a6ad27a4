"""At which ages and in which causes the years of a gap lie, for life tables made from deaths.

Intervals come from drawing the deaths again. Where a count of a side is hidden, the parts by age would tell
it: they are withheld, and those by cause, each a sum over ages, are rounded.
Causes with fewer deaths than may be told stand together with what is of no cause that both sides tell.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from assets.indicators.life_expectancy_gap import PAIR, SERIES
from lifegap.methods.arrays import Floats
from lifegap.methods.counts.suppression import HIDDEN
from lifegap.methods.mortality.decomposition import by_cause, drawn, table_of
from lifegap.methods.seeds import SEED

OTHER, ALL_CAUSES = "other causes", "all"
YEARS_DIGITS, ERROR_DIGITS = 1, 2
TABLE = ["source_id", "vintage", "period_start", "period_end", "population_group"]
OTHER_BANDS = "not_computable:age_bands"
SCHEMA = {
    "dimension": pl.String, "age_start": pl.Int32, "age_end": pl.Int32, "cause": pl.String,
    "years": pl.Float64, "se": pl.Float64, "ci_low": pl.Float64, "ci_high": pl.Float64,
    "deaths": pl.Float64, "survivors": pl.Float64, "withheld": pl.String,
}  # fmt: skip


class Side(NamedTuple):
    """Deaths (bands, causes), the last of no cause that is told; people of the bands.

    shown, causes_shown: whether no count of all deaths, and none of a cause, is hidden.
    """

    ages: tuple[int, ...]
    causes: tuple[str, ...]
    deaths: Floats
    people: Floats
    shown: bool
    causes_shown: bool
    limit: int


def parts_of_death_tables(comparisons: pl.DataFrame, band: pl.DataFrame, own: pl.DataFrame) -> pl.DataFrame:
    """Rows by age and by cause of each comparison, with columns of SCHEMA beside those of the comparison.

    comparisons: gaps between life tables of deaths. band: rows of `warehouse.death_band`; own: those of
    `warehouse.coalition_death`.
    """
    tables = _tables(band, own)
    rows: list[dict[str, Any]] = []
    for at, gap in enumerate(comparisons.iter_rows(named=True)):
        rest = tuple(gap[name] for name in TABLE if name != "population_group")
        one = tables.get((gap["place_id"], *rest, gap["population_group"]))
        two = tables.get((gap["reference_place_id"], *rest, gap["reference_group"]))
        if one is not None and two is not None:
            known = gap["gap"] is not None
            rows += [{"at": at, **row} for row in _parts(one, two, known=known)]
    made = pl.DataFrame(rows, schema={"at": pl.UInt32} | SCHEMA)
    return made.join(comparisons.with_row_index("at"), on="at", maintain_order="left").select(
        *PAIR, *SERIES, *SCHEMA, "gap", "p_value", "cautions", of_gap="reliability",
        why=pl.coalesce("withheld", "reason"),
    )  # fmt: skip


def _tables(band: pl.DataFrame, own: pl.DataFrame) -> dict[tuple[Any, ...], Side]:
    """Each table of deaths by place and series."""
    key = ["place_id", *TABLE]
    causes = own.filter(pl.col("cause") != ALL_CAUSES).partition_by(key, as_dict=True)
    limits = dict(own.select("source_id", "suppress_below").unique().rows())
    tables = {}
    for name, rows in band.sort(*key, "age_start").partition_by(key, as_dict=True).items():
        whole = rows["deaths"].to_numpy().astype(float)
        named = causes.get(name)
        told, shown = (), rows["reason"].null_count() == rows.height
        by_age = whole[:, None]
        if named is not None:
            wide = rows.select("age_start").join(
                named.pivot("cause", index="age_start", values="deaths", sort_columns=True),
                on="age_start", how="left", maintain_order="left",
            ).fill_null(0)  # fmt: skip
            told = tuple(wide.columns[1:])
            parts = wide.select(told).to_numpy().astype(float)
            by_age = np.column_stack([parts, whole - parts.sum(axis=1)])
        tables[name] = Side(
            tuple(rows["age_start"]), told, by_age, rows["person_years"].to_numpy(), shown,
            named is None or bool(named["shown"].all()),
            limits.get(name[1], 0),
        )  # fmt: skip
    return tables


def _parts(one: Side, two: Side, *, known: bool) -> Iterator[dict[str, Any]]:
    """The rows of one comparison."""
    alike = one.ages == two.ages
    empty = dict.fromkeys(("years", "se", "ci_low", "ci_high", "deaths", "survivors"))
    withheld = None if alike else OTHER_BANDS
    if not (one.shown and two.shown):
        withheld = HIDDEN
    ends = [*one.ages[1:], None]
    if not known or withheld is not None:
        for start, end in zip(one.ages, ends, strict=True):
            yield {"dimension": "age", "age_start": start, "age_end": end, "cause": ALL_CAUSES,
                   "withheld": withheld if known else None, **empty}  # fmt: skip
    if not known or not alike:
        return
    if withheld is None:
        whole = [
            each._replace(causes=(), deaths=each.deaths.sum(axis=1, keepdims=True)) for each in (one, two)
        ]
        years, draws, survivors = _years(*whole)
        for at, (start, end) in enumerate(zip(one.ages, ends, strict=True)):
            yield {
                "dimension": "age", "age_start": start, "age_end": end, "cause": ALL_CAUSES,
                **_figures(years[at, 0], draws[:, at, 0]),
                "deaths": min(float(each.deaths[at, 0]) for each in whole), "survivors": survivors,
                "withheld": None,
            }  # fmt: skip
    yield from _of_causes(one, two)


def _of_causes(one: Side, two: Side) -> Iterator[dict[str, Any]]:
    """Years of each cause that both sides tell with deaths enough, summed over ages; and of the rest."""
    limit = max(one.limit, two.limit)
    common = [cause for cause in one.causes if cause in two.causes]
    fewest = {cause: min(_total(one, cause), _total(two, cause)) for cause in common}
    told = sorted(
        (cause for cause in common if fewest[cause] >= limit), key=lambda cause: (fewest[cause], cause)
    )
    while told and not all(_enough(side, told, limit) for side in (one, two)):
        told = told[1:]
    if not told:
        return
    told = sorted(told)
    sides = [_with_causes(side, told) for side in (one, two)]
    years, draws, _ = _years(*sides)
    coarse = not all(side.shown and side.causes_shown for side in (one, two))
    for at, cause in enumerate([*told, OTHER]):
        if any(side.deaths[:, at].sum() for side in sides):
            figures = _figures(years[:, at].sum(), draws[:, :, at].sum(axis=1))
            if coarse:
                figures = _rounded(figures)
            yield {
                "dimension": "cause", "age_start": 0, "age_end": None, "cause": cause, **figures,
                "deaths": min(float(side.deaths[:, at].sum()) for side in sides), "survivors": 1.0,
                "withheld": None,
            }  # fmt: skip


def _total(side: Side, cause: str) -> float:
    return float(side.deaths[:, side.causes.index(cause)].sum())


def _enough(side: Side, told: list[str], limit: int) -> bool:
    """Whether what is of no told cause is nothing, or as many deaths as may be told."""
    others = side.deaths.sum() - sum(_total(side, cause) for cause in told)
    return others == 0 or others >= limit


def _with_causes(side: Side, told: list[str]) -> Side:
    """The side by the told causes, and all others together."""
    parts = side.deaths[:, [side.causes.index(cause) for cause in told]]
    others = side.deaths.sum(axis=1) - parts.sum(axis=1)
    return side._replace(causes=tuple(told), deaths=np.column_stack([parts, others]))


def _years(one: Side, two: Side) -> tuple[Floats, Floats, float]:
    """Years (bands, causes), their draws, and the part of those born that reach the open band."""
    ages = np.array(one.ages, dtype=float)
    rates = [side.deaths / side.people[:, None] for side in (one, two)]
    draws = drawn(one.deaths, one.people, two.deaths, two.people, ages, seed=SEED)
    reaching = [table_of(m.sum(axis=1)[None, :], ages).lx[0, -1] for m in rates]
    return by_cause(rates[0], rates[1], ages), draws, float(min(reaching))


def _figures(years: float, draws: Floats) -> dict[str, float | None]:
    """A part with its spread; without one where a draw has nobody who reaches the last band."""
    if not np.isfinite(draws).all():
        return {"years": float(years), "se": None, "ci_low": None, "ci_high": None}
    low, high = np.quantile(draws, (0.025, 0.975))
    limits = {"ci_low": float(min(low, years)), "ci_high": float(max(high, years))}
    return {"years": float(years), "se": float(draws.std(ddof=1)), **limits}


def _rounded(figures: dict[str, float | None]) -> dict[str, float | None]:
    """Figures with as many digits as many counts would give; the limits still hold the part."""
    digits = {"se": ERROR_DIGITS}
    return {
        name: None if value is None else round(value, digits.get(name, YEARS_DIGITS))
        for name, value in figures.items()
    }
