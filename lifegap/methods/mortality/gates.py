"""Why deaths and people by age carry no life table: the gates that stand before every figure.

An area whose rows contradict each other, hide something, or are too few gets a reason instead of a table.
Nothing is merged or borrowed to save one. The gates are those of Public Health England's method, and those
that files of other hands make necessary.
"""

import polars as pl

from lifegap.methods.mortality.age_bands import wider_than_neighbors

NUMBERS = ("age_start", "age_end", "deaths", "population", "open_ex", "open_se")


def areas_of(rows: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """One row per group with lists by age: age_start, age_end, deaths, population; open_ex, open_se, refused.

    Where the ages at which bands end are told as the last age of the band (4 where the next begins at 5),
    they become the age at which it ends. Bands from the age on at which no people are told are one open
    band without people.
    """
    given = {"age_end": pl.Float64, "open_ex": pl.Float64, "open_se": pl.Float64, "refused": pl.String}
    absent = [pl.lit(None, kind).alias(name) for name, kind in given.items() if name not in rows.columns]
    areas = (
        rows.with_columns(absent)
        .with_columns(pl.col(*NUMBERS).cast(pl.Float64))
        .sort(*by, "age_start")
        .group_by(by or pl.lit(1).alias("_all"), maintain_order=True)
        .agg(
            "age_start", "age_end", "deaths", "population",
            pl.col("open_ex", "open_se").first(), pl.col("refused").drop_nulls().first(),
        )
    )  # fmt: skip
    return areas.with_columns(_ends_as_next_starts()).with_columns(_closed_where_people_end())


def refusal(areas: pl.DataFrame, least_person_years: float) -> pl.Series:
    """Why each area gets no table; null where it gets one."""
    starts, ends = pl.col("age_start"), pl.col("age_end")
    deaths, people = pl.col("deaths"), pl.col("population")
    inner = starts.list.len() - 1
    apart = (ends.list.slice(0, inner) - starts.list.slice(1)).list.eval(pl.element() != 0).list.any()
    # A standard's open band needs neither the deaths nor the people in it.
    borrowed = pl.col("open_ex").is_not_null()
    counted = pl.when(borrowed | pl.col("closed")).then(deaths.list.slice(0, inner)).otherwise(deaths)
    known = pl.when(borrowed | pl.col("closed")).then(people.list.slice(0, inner)).otherwise(people)
    rules = (
        (pl.col("refused").is_not_null(), pl.col("refused")),
        (_any(starts, pl.element().is_null()), pl.lit("not_computable:age_bands")),
        ((starts.list.first() < 0) | (starts.list.len() < 2), pl.lit("not_computable:age_bands")),
        (starts.list.diff().list.slice(1).list.min() <= 0, pl.lit("not_computable:age_bands")),
        (apart.fill_null(False) | _looks_torn(areas), pl.lit("not_computable:age_band_missing")),
        (ends.list.last().is_not_null(), pl.lit("not_computable:open_band")),
        (_any(known, pl.element().is_null()), pl.lit("not_published:population")),
        (_any(counted, pl.element().is_null()), pl.lit("suppressed:too_few_cases")),
        (deaths.list.min() < 0, pl.lit("not_computable:negative_deaths")),
        (_any(known, pl.element() <= 0), pl.lit("not_computable:zero_population")),
        ((deaths - people).list.max() > 0, pl.lit("not_computable:deaths_above_population")),
        (people.list.sum() <= least_person_years, pl.lit("withheld:low_population")),
        (counted.list.last() == 0, pl.when(~borrowed & ~pl.col("closed"))
            .then(pl.lit("not_computable:open_band_zero_deaths"))),
    )  # fmt: skip
    return areas.select(pl.coalesce(pl.when(broken).then(reason) for broken, reason in rules)).to_series()


def _any(lists: pl.Expr, broken: pl.Expr) -> pl.Expr:
    return lists.list.eval(broken).list.any()


def _ends_as_next_starts() -> pl.Expr:
    """The ages at which bands end; one more where all are told as the last age of their band."""
    ends, next_starts = pl.col("age_end"), pl.col("age_start").list.slice(1)
    inner = pl.col("age_start").list.len() - 1
    between = (next_starts - ends.list.slice(0, inner)).list.drop_nulls()
    inclusive = (between.list.len() > 0) & (between.list.min() == 1) & (between.list.max() == 1)
    return pl.when(inclusive.fill_null(False)).then(ends + 1).otherwise(ends).alias("age_end")


def _closed_where_people_end() -> list[pl.Expr]:
    """Bands up to the age from which no people are told, which is the last; `closed` says that it is so."""
    people = pl.col("population")
    unknown = people.list.eval(pl.element().is_null().cast(pl.Int64))
    first = unknown.list.arg_max().cast(pl.Int64)
    trailing = (unknown.list.sum() == people.list.len().cast(pl.Int64) - first) & (first > 1)
    kept = pl.when(trailing).then(first + 1).otherwise(people.list.len())
    inner = kept - 1
    nothing = pl.lit([None], pl.List(pl.Float64))
    return [
        pl.col("age_start").list.slice(0, kept),
        *(
            pl.when(trailing).then(pl.concat_list(pl.col(name).list.slice(0, inner), nothing))
            .otherwise(pl.col(name)).alias(name)
            for name in ("age_end", "deaths", "population")
        ),
        trailing.alias("closed"),
    ]  # fmt: skip


def _looks_torn(areas: pl.DataFrame) -> pl.Series:
    """Whether a band is so much wider than its neighbors that one seems to be missing behind it."""
    keyed = areas.select("age_start", "age_end", key=pl.struct("age_start", "age_end").hash())
    bands = keyed.unique("key", maintain_order=True)
    torn = [_torn(starts, ends) for starts, ends in bands.select("age_start", "age_end").rows()]
    return keyed["key"].replace_strict(bands["key"], torn, return_dtype=pl.Boolean)


def _torn(starts: list[float | None], ends: list[float | None]) -> bool:
    known = [start for start in starts if start is not None]
    return len(known) == len(starts) and bool(wider_than_neighbors(known, ends))
