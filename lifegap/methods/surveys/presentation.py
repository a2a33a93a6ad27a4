"""Whether a survey's share or rate may be shown: the standards of the National Center for Health Statistics.

The interval of a share is that of Clopper and Pearson on the effective sample size, which Korn and Graubard
lower where the design leaves few degrees of freedom. It is never taken larger than the sample. The figure and
its limits are returned whatever the decision; nothing of a row with a reason is for publishing.

Source: Parker, Talih, Malec et al. (2017), *NCHS Data Presentation Standards for Proportions*, Vital and
Health Statistics 2(175); Parker, Talih, Irimata et al. (2023), *... for Rates and Counts*, 2(200); Korn and
Graubard (1998), "Confidence intervals for proportions with small expected number of positive counts estimated
from survey data", Survey Methodology 24, 193-201.
"""

import numpy as np
import polars as pl
from scipy.special import betaincinv, stdtrit

from lifegap.methods.arrays import Floats

LEAST_SAMPLE = 30.0
"""People, counted or effective, behind a share that may be shown."""

WIDEST_SHARE, NARROW_SHARE = 0.30, 0.05
"""Width of the interval from which a share is hidden, and up to which it is shown whatever the share."""

WIDEST_OF_SHARE, WIDEST_OF_RATE = 1.30, 1.60
"""Width of the interval beside the figure itself, beyond which the figure is hidden."""

LEAST_EVENTS = 10.0
FEWEST_DEGREES = 8.0
TAIL = 0.025
DECIMALS = 10
"""Sizes are compared after rounding to this many decimals: 30 is 30 however it was computed."""


def standard_for_shares(
    share: Floats, sample: Floats, se: Floats, degrees: Floats | None = None
) -> pl.DataFrame:
    """What may be shown of survey proportions, one row each.

    share: 0 to 1. sample: people asked. se: standard error of the share, 0 where it is 0 or 1. degrees: of
    freedom of a clustered design (clusters less strata); None for a simple sample.

    Returns effective_sample, ci_low, ci_high (95 percent), width, relative_width (null for a share of 0),
    decision (present, suppress, or null where the standard cannot be applied), flags (review_df_lt_8,
    review_no_or_all_events: to be looked at by a person before they are shown; footnote_complement: say that
    what is missing to 1 may be unreliable) and reason.
    """
    freedom = sample - 1 if degrees is None else degrees
    extreme = (share == 0) | (share == 1)
    sized = np.isfinite(sample) & (sample >= 1) & (freedom > 0)
    known = (share >= 0) & (share <= 1) & sized & (extreme | (np.isfinite(se) & (se > 0)))
    p, n = np.where(known, share, 0.5), np.where(known, sample, LEAST_SAMPLE)
    spread = np.where(known & ~extreme, se, 1.0)
    by_design = np.where(extreme, n, p * (1 - p) / spread**2)
    by_degrees = (
        stdtrit(np.maximum(n - 1, 1), 1 - TAIL) / stdtrit(np.where(known, freedom, 1), 1 - TAIL)
    ) ** 2
    low, high = _clopper_pearson(p, np.where(extreme, n, np.minimum(n, by_design * by_degrees)))
    effective = np.minimum(n, by_design)
    width = high - low
    with np.errstate(divide="ignore", invalid="ignore"):
        relative = np.where(p > 0, width / p, np.nan)
        of_complement = np.where(p < 1, width / (1 - p), np.nan)
    between = width > NARROW_SHARE
    reason = _first(
        (~known, "not_assessable:presentation_standard"),
        (np.round(effective, DECIMALS) < LEAST_SAMPLE, "withheld:sample_too_small"),
        (width >= WIDEST_SHARE, "withheld:wide_share_interval"),
        (between & (relative > WIDEST_OF_SHARE), "withheld:wide_relative_interval"),
    )
    flags = (
        (known & (degrees is not None) & (freedom < FEWEST_DEGREES), "review_df_lt_8"),
        (known & extreme, "review_no_or_all_events"),
        (known & between & (of_complement > WIDEST_OF_SHARE), "footnote_complement"),
    )
    found = (effective, low, high, width, relative)
    names = ("effective_sample", "ci_low", "ci_high", "width", "relative_width")
    figures = {name: np.where(known, values, np.nan) for name, values in zip(names, found, strict=True)}
    return _decided(figures, reason, flags)


def standard_for_rates(
    rate: Floats, ci_low: Floats, ci_high: Floats, sample: Floats, degrees: Floats | None = None
) -> pl.DataFrame:
    """What may be shown of rates and counts with their 95 percent intervals, one row each.

    sample: events of a rate from registers; for a survey the smallest of the counted and effective sizes of
    numerator and denominator. degrees: as for shares; None for registers. Returns relative_width, decision,
    flags (review_df_lt_8) and reason, as for shares.
    """
    freedom = np.full(rate.shape, np.inf) if degrees is None else degrees
    ordered = np.isfinite(rate) & (ci_low <= rate) & (rate <= ci_high) & np.isfinite(ci_high)
    known = (sample >= 0) & ((sample < LEAST_EVENTS) | (ordered & (rate > 0) & (freedom > 0)))
    usable = ordered & (rate > 0)
    relative = np.full(rate.shape, np.nan)
    np.divide(ci_high - ci_low, rate, out=relative, where=usable)
    reason = _first(
        (~known, "not_assessable:presentation_standard"),
        (np.round(sample, DECIMALS) < LEAST_EVENTS, "withheld:few_events"),
        (relative > WIDEST_OF_RATE, "withheld:wide_relative_interval"),
    )
    flags = ((known & (freedom < FEWEST_DEGREES), "review_df_lt_8"),)
    return _decided({"relative_width": relative}, reason, flags)


def _clopper_pearson(share: Floats, size: Floats) -> tuple[Floats, Floats]:
    """Exact binomial limits of share × size events among size, neither of them whole."""
    events = share * size
    some, others = share > 0, share < 1
    low = betaincinv(np.where(some, events, 1), size - events + 1, TAIL)
    high = betaincinv(events + 1, np.where(others, size - events, 1), 1 - TAIL)
    return np.where(some, low, 0.0), np.where(others, high, 1.0)


def _first(*rules: tuple[np.ndarray, str]) -> pl.Expr:
    return pl.coalesce(pl.when(pl.Series(broken)).then(pl.lit(reason)) for broken, reason in rules)


def _decided(
    figures: dict[str, Floats], reason: pl.Expr, flags: tuple[tuple[np.ndarray, str], ...]
) -> pl.DataFrame:
    """The figures with decision, flags and reason; a row that is not shown needs no flags."""
    columns = {name: pl.Series(values, dtype=pl.Float64).fill_nan(None) for name, values in figures.items()}
    raised = pl.concat_list(pl.when(pl.Series(holds)).then(pl.lit(flag)) for holds, flag in flags)
    return (
        pl.DataFrame(columns)
        .with_columns(reason=reason)
        .with_columns(
            decision=pl.when(pl.col("reason").is_null())
            .then(pl.lit("present"))
            .when(pl.col("reason").str.starts_with("withheld:"))
            .then(pl.lit("suppress")),
            flags=pl.when(pl.col("reason").is_null())
            .then(raised.list.drop_nulls())
            .otherwise(pl.lit([], dtype=pl.List(pl.String))),
        )
        .select(*figures, "decision", "flags", "reason")
    )
