"""Rates made comparable between populations of different ages: direct and indirect standardization.

A stratum is an age band, or a band of one sex. Every group of one call must have the same number of strata:
one whose file leaves out bands without events would otherwise be weighted by another standard than its
neighbors. A blank count is unknown and refuses its group; `blank_is_zero` reads it as none, as
PHEindicatormethods always does, and is right only where the file leaves zeros blank. In indirect
standardization that goes for blank populations too: they only lead to expected events.

Source: Dobson, Kuulasmaa, Eberle and Scherer (1991, Statistics in Medicine 10:457-462) for the limits of a
weighted sum of Poisson counts; Breslow and Day (1987), *Statistical Methods in Cancer Research*, volume II,
for indirect standardization.
"""

import numpy as np
import polars as pl

from lifegap.methods.arrays import Floats
from lifegap.methods.counts.rates import EXACT_BELOW, MISSING, NEGATIVE, byar_limits, poisson_limits
from lifegap.methods.frames import by_group, first_reason, floats, unknown, with_figures

LEAST_EVENTS = 10
"""Fewer events than this cannot carry a directly standardized rate."""

ZERO_POPULATION = "not_computable:zero_population"
REFUSED = pl.col("refusal").drop_nulls().first().alias("refusal")


def directly_standardized(
    rows: pl.DataFrame,
    by: list[str],
    *,
    multiplier: float,
    confidence: float = 0.95,
    blank_is_zero: bool = False,
) -> pl.DataFrame:
    """The rate each group would have with the ages of the standard population, per `multiplier` person-years.

    rows: `by`, events, population (person-years), standard_population (people or weights), one per stratum.
    Returns `by`, events, population (sums), value, se, ci_low, ci_high (Dobson) and reason, sorted by group.
    """
    strata = _read(rows, ["events"], ["population", "standard_population"], blank_is_zero)
    refusal = _refusal(["events", "standard_population"], ["population"])
    return _dobson(strata.with_columns(squares=pl.col("events"), refusal=refusal), by, multiplier, confidence)


def directly_standardized_repeat_events(
    rows: pl.DataFrame,
    by: list[str],
    stratum: list[str],
    *,
    multiplier: float,
    confidence: float = 0.95,
    blank_is_zero: bool = False,
) -> pl.DataFrame:
    """The same of events that one person may have again, such as admissions, with wider limits.

    People are independent, their events are not, so that k events of one person count k² in the variance.
    rows: `by`, `stratum`, people (who had so many events), events_each (how many), population,
    standard_population; a row per stratum and number of events, and one with no people where a stratum has no
    events. Returns the columns of `directly_standardized`; its events are events, not people.
    """
    sizes = ["population", "standard_population"]
    people, each = pl.col("people"), pl.col("events_each")
    told = _read(rows, ["people"], ["events_each", *sizes], blank_is_zero).with_columns(
        refusal=_refusal(["people", "events_each", "standard_population"], ["population"])
    )
    strata = by_group(
        told,
        [*by, *stratum],
        [
            (people * each).sum().alias("events"),
            (people * each**2).sum().alias("squares"),
            *(pl.col(name).first() for name in sizes),
            REFUSED,
            (pl.struct(sizes).n_unique() > 1).alias("differ"),
        ],
    )
    contradictory = first_reason((pl.col("differ"), "not_computable:contradictory_population"))
    return _dobson(
        strata.with_columns(refusal=pl.coalesce("refusal", contradictory)), by, multiplier, confidence
    )


def indirectly_standardized(
    rows: pl.DataFrame,
    by: list[str],
    *,
    multiplier: float,
    confidence: float = 0.95,
    blank_is_zero: bool = False,
    observed: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Observed events over those expected at the reference's rates, and the rate that follows.

    rows: `by`, events, population (person-years), reference_events, reference_population, one per stratum.
    observed: `by`, events, for groups whose events are known in total only; those of `rows` are not read.
    Returns `by`, observed, expected, ratio (1: as in the reference) with ratio_low, ratio_high,
    reference_rate, value (ratio × reference_rate, per `multiplier` person-years) with ci_low, ci_high, method
    (exact or byar) and reason, sorted by group.
    """
    total, may_be_blank, given = pl.col("events").sum(), ["events", "reference_events", "population"], []
    if observed is not None:
        totals = observed.select(*by, "events")
        rows = rows.drop("events", strict=False).join(
            totals, on=by, how="left", nulls_equal=True, validate="m:1"
        )
        # A group that is missing among the totals is unknown, whatever a blank stratum means.
        total, may_be_blank, given = pl.col("events").first(), may_be_blank[1:], ["events"]
    cases, source = pl.col("reference_events"), pl.col("reference_population")
    found = by_group(
        _read(rows, may_be_blank, [*given, "reference_population"], blank_is_zero).with_columns(
            refusal=_refusal(["events", "reference_events", "population"], ["reference_population"])
        ),
        by,
        [
            total.alias("observed"),
            (cases / source * pl.col("population")).sum().alias("expected"),
            (cases.sum() / source.sum()).alias("reference_rate"),
            pl.len().alias("strata"),
            REFUSED,
        ],
    )
    few = pl.col("strata") < pl.col("strata").max()
    reason = pl.coalesce(
        first_reason((few, "not_computable:strata_differ")),
        "refusal",
        first_reason((pl.col("expected") <= 0, "not_computable:zero_expected")),
    )
    method = pl.when(pl.col("observed") < EXACT_BELOW).then(pl.lit("exact")).otherwise(pl.lit("byar"))
    known = pl.when(pl.col("refusal").is_null()).then(pl.col("observed")).alias("observed")
    told = found.with_columns(known, reason=reason)
    figures = _ratios(told, multiplier, confidence)
    return with_figures(told, figures, method).select(*by, "observed", *figures, "method", "reason")


def _ratios(found: pl.DataFrame, multiplier: float, confidence: float) -> dict[str, Floats]:
    """The figures of an indirect standardization from the sums of its groups."""
    observed, expected = floats(found, "observed"), floats(found, "expected")
    rate = floats(found, "reference_rate") * multiplier
    limits = poisson_limits(observed, confidence)
    ratio, low, high = (count / expected for count in (observed, limits.low, limits.high))
    return {
        "expected": expected,
        "ratio": ratio,
        "ratio_low": low,
        "ratio_high": high,
        "reference_rate": rate,
        "value": ratio * rate,
        "ci_low": low * rate,
        "ci_high": high * rate,
    }


def _dobson(strata: pl.DataFrame, by: list[str], multiplier: float, confidence: float) -> pl.DataFrame:
    """Rates and limits of strata with events, squares (variance of the events), populations and refusal."""
    events, people, weight = pl.col("events"), pl.col("population"), pl.col("standard_population")
    found = by_group(
        strata,
        by,
        [
            events.sum(),
            people.sum(),
            ((weight * events / people).sum() / weight.sum()).alias("rate"),
            ((weight**2 * pl.col("squares") / people**2).sum() / weight.sum() ** 2).alias("variance"),
            weight.sum().alias("standard"),
            pl.len().alias("strata"),
            REFUSED,
        ],
    )
    few = pl.col("strata") < pl.col("strata").max()
    reason = pl.coalesce(
        first_reason((few, "not_computable:strata_differ")),
        "refusal",
        first_reason(
            (pl.col("standard") <= 0, "not_computable:standard_population"),
            (events < LEAST_EVENTS, "withheld:few_events"),
        ),
    )
    whole = pl.col("refusal").is_null()
    told = found.with_columns(
        pl.when(whole).then(events).alias("events"),
        pl.when(whole).then(people).alias("population"),
        reason=reason,
    )
    count, rate, variance = (floats(told, name) for name in ("events", "rate", "variance"))
    # Dobson and others: the limits of the count, stretched by the weighted sum's error over the count's.
    limits = byar_limits(count, confidence)
    scale = np.sqrt(variance / count)
    figures = {
        "value": rate * multiplier,
        "se": np.sqrt(variance) * multiplier,
        # One stratum with a heavy weight can draw the lower limit below 0, where no rate is.
        "ci_low": np.maximum(rate + scale * (limits.low - count), 0) * multiplier,
        "ci_high": (rate + scale * (limits.high - count)) * multiplier,
    }
    return with_figures(told, figures).select(*by, "events", "population", *figures, "reason")


def _read(rows: pl.DataFrame, counts: list[str], sizes: list[str], blank_is_zero: bool) -> pl.DataFrame:
    """The rows with counts and sizes as floats; blank counts are 0 where the caller says so."""
    numbers = rows.with_columns(pl.col(*counts, *sizes).cast(pl.Float64))
    return numbers.with_columns(pl.col(counts).fill_null(0)) if blank_is_zero else numbers


def _refusal(counts: list[str], denominators: list[str]) -> pl.Expr:
    """Why a row cannot be used; null where it can."""
    return first_reason(
        (unknown(*counts, *denominators), MISSING),
        (pl.any_horizontal(pl.col(name) < 0 for name in counts), NEGATIVE),
        (pl.any_horizontal(pl.col(name) <= 0 for name in denominators), ZERO_POPULATION),
    )
