"""How each summary measure of inequality is made of one set of groups that has what the measure needs.

Where the groups that are compared were picked for their estimates, the reason says so and how large chance
alone would make the figure (95 percent of its draws are smaller).

Source: Schlotheuber and Hosseinpoor (2022), "Summary measures of health inequality", IJERPH 19:3697, for what
is compared with what; the formulas are in the modules for spread and for order.
"""

from collections.abc import Callable
from functools import partial

import numpy as np

from lifegap.methods.arrays import Floats
from lifegap.methods.disparity import disproportionality as spread
from lifegap.methods.disparity import slope_index
from lifegap.methods.disparity.inequality_groups import (
    BY_DRAWS,
    EXTREMES,
    FITTED,
    MEAN,
    MEAN_AT_BOUND,
    NEGATIVE,
    NO_ERROR,
    NO_FIT,
    NO_GAIN,
    NO_RESIDUALS,
    NO_SHARE,
    PEOPLE_AS_SAMPLE,
    ZERO,
    Draws,
    Figure,
    Groups,
    around,
    around_ratio,
    refused,
)
from lifegap.methods.disparity.inequality_intervals import basic_limits, simulated
from lifegap.methods.surveys.intervals import Z95

MOST_NOISE = 0.2
"""Share of the variance between groups that noise may make before measures of spread say so."""

MOST_BIAS = 0.3
"""Standard errors that noise may add to a measure before its interval holds the truth less than 94 times of
100: the normal integral from 0.3 - 1.96 to 0.3 + 1.96 is 0.940."""

UNCORRECTED = ("bgv", "ti", "mld")

CHANCE = 0.95
BY_ORDER = ("d", "r", "par", "paf")
"""Measures whose groups an order names, where there is one."""


def _pair(groups: Groups) -> tuple[int, int]:
    """The two groups of the difference and the ratio, the first to stand less or over the second."""
    if groups.ordered:
        first, last = int(groups.place.argmin()), int(groups.place.argmax())
        return (last, first) if groups.favorable else (first, last)
    one, two = spread.compared(np.round(groups.estimate, 10), groups.favorable, groups.reference)
    return int(one), int(two)


def draw_groups(groups: Groups, seed: int, draws: int) -> Draws:
    """Draws of every measure that has no closed error, and of what is picked from groups that are alike."""
    level = groups.mean if groups.weighted else float(groups.estimate.mean())
    share, favorable, reference = groups.share, groups.favorable, groups.reference
    drawn, alike = simulated(
        groups.estimate,
        groups.se,
        groups.scale,
        level=level,
        measured=lambda estimate: spread.distances(estimate, share, favorable, reference),
        by_chance=lambda estimate: _picked_from(estimate, groups, share),
        seed=seed,
        draws=draws,
    )
    return Draws(drawn, alike)


def _picked_from(estimate: Floats, groups: Groups, share: Floats) -> dict[str, Floats]:
    """Measures of groups (draws, groups) that are picked for their estimates."""
    highest, lowest, mean = estimate.max(axis=-1), estimate.min(axis=-1), estimate @ share
    found = {"max_min": highest - lowest}
    gain = (highest if groups.favorable else lowest) - mean
    if groups.favorable is not None:
        best = highest if groups.favorable else lowest
        found |= {"mdbu": np.abs(best - estimate.mean(axis=-1)), "mdbw": np.abs(gain)}
    if groups.ordered:
        return found
    one, two = (
        np.take_along_axis(estimate, index[..., None], axis=-1)[..., 0]
        for index in spread.compared(estimate, groups.favorable, groups.reference)
    )
    nothing = np.full_like(mean, np.nan)
    return found | {
        "d": one - two,
        "r": np.divide(one, two, out=nothing.copy(), where=two > 0),
        "par": gain,
        "paf": 100 * np.divide(gain, mean, out=nothing.copy(), where=mean > 0),
    }


def biased_by_noise(groups: Groups, names: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the measures of spread that noise moves by more than their intervals allow for."""
    variance = spread.between_group_variance(groups.estimate, groups.se, groups.share)
    if variance.noise > MOST_NOISE * variance.value:
        return names
    return UNCORRECTED if variance.noise > MOST_BIAS * variance.se else ()


def _picked(figure: Figure, groups: Groups, drawn: Draws, name: str, *, low: bool = False) -> Figure:
    """The figure, warning that its groups were picked for their estimates where no order names them."""
    if groups.ordered and name in BY_ORDER:
        return figure
    null = float(np.quantile(drawn.alike[name], 1 - CHANCE if low else CHANCE)) if drawn.alike else np.nan
    told = f"{EXTREMES}:null_95={null:.6g}" if np.isfinite(null) else EXTREMES
    return figure._replace(reasons=(*figure.reasons, told), null_95=null)


def _difference(groups: Groups, drawn: Draws) -> Figure:
    one, two = _pair(groups)
    value = float(groups.estimate[one] - groups.estimate[two])
    figure = around(value, float(np.hypot(groups.se[one], groups.se[two])))
    return _picked(figure, groups, drawn, "d")


def _ratio(groups: Groups, drawn: Draws) -> Figure:
    one, two = _pair(groups)
    above, below = float(groups.estimate[one]), float(groups.estimate[two])
    if below == 0 or min(above, below) < 0:
        return refused(ZERO if below == 0 else NEGATIVE)
    if above == 0:
        return _picked(Figure(0.0, reasons=(ZERO,)), groups, drawn, "r")
    # Delta method: the error of a logarithm is the relative error.
    log_se = float(np.hypot(groups.se[one] / above, groups.se[two] / below))
    return _picked(around_ratio(above / below, log_se), groups, drawn, "r")


def _variance(groups: Groups, _: Draws) -> Figure:
    found = spread.between_group_variance(groups.estimate, groups.se, groups.share)
    return around(found.value, found.se, floor=0.0)


def _corrected_variance(groups: Groups, _: Draws) -> Figure:
    found = spread.between_group_variance(groups.estimate, groups.se, groups.share)
    if not np.isfinite(found.se):
        return refused(NO_ERROR)
    return around(found.value - found.noise, found.se, floor=0.0)


def _standard_deviation(groups: Groups, drawn: Draws) -> Figure:
    """Its limits are the roots of those of the corrected variance, moved out to the value if need be."""
    figure, corrected = _by_draws("bgsd", groups, drawn), _corrected_variance(groups, drawn)
    if not np.isfinite(corrected.se):
        return figure
    low, high = np.sqrt(corrected.ci_low), np.sqrt(corrected.ci_high)
    return figure._replace(ci_low=min(low, figure.value), ci_high=max(high, figure.value), reasons=())


def _by_draws(name: str, groups: Groups, drawn: Draws) -> Figure:
    """A measure without a closed error."""
    point = spread.distances(groups.estimate, groups.share, groups.favorable, groups.reference)
    value = float(point[name])
    if not np.isfinite(value):
        return refused(MEAN)
    if name not in drawn.around:
        return Figure(value, reasons=(NO_ERROR,))
    draws = drawn.around[name]
    if not np.isfinite(draws).all():
        return Figure(value, reasons=(MEAN,))
    return Figure(value, float(draws.std(ddof=1)), *basic_limits(value, draws), (BY_DRAWS,))


def _by_draws_from_best(name: str, groups: Groups, drawn: Draws) -> Figure:
    """The same for a measure from the best of the groups, or between the best and the worst."""
    figure = _by_draws(name, groups, drawn)
    kept = tuple(reason for reason in figure.reasons if reason != BY_DRAWS)  # the pick says more
    return _picked(figure._replace(reasons=kept), groups, drawn, name)


def _theil(groups: Groups, _: Draws) -> Figure:
    if groups.mean <= 0 or groups.estimate.min() < 0:
        return refused(NEGATIVE if groups.estimate.min() < 0 else MEAN)
    unknown = ZERO if groups.has_errors else NO_ERROR
    return around(*spread.theil_index(groups.estimate, groups.se, groups.share), unknown=unknown, floor=0.0)


def _log_deviation(groups: Groups, _: Draws) -> Figure:
    if groups.estimate.min() <= 0:
        return refused(NEGATIVE if groups.estimate.min() < 0 else ZERO)
    return around(*spread.mean_log_deviation(groups.estimate, groups.se, groups.share), floor=0.0)


def _concentration(groups: Groups, _: Draws, *, of: str) -> Figure:
    """The index, or a multiple of it that is relative or fit for shares, which cannot exceed their base.

    Its error is by those of the groups; where they are not known, by how far the groups lie off the line.
    """
    found = slope_index.concentration(groups.estimate, groups.share, groups.order)
    mean, base = found.mean, groups.scale.base or np.nan
    if of in ("erreygers", "wagstaff") and np.isnan(base):
        return refused(NO_SHARE)
    if of in ("relative", "wagstaff") and mean <= 0:
        return refused(MEAN)
    if of == "wagstaff" and mean == base:
        return refused(MEAN_AT_BOUND)
    # What the absolute index is divided by, and the derivative of that by the mean.
    divisor, by_mean = {
        "absolute": (1.0, 0.0),
        "erreygers": (base / 4, 0.0),
        "relative": (mean, 1.0),
        "wagstaff": (mean * (1 - mean / base), 1 - 2 * mean / base),
    }[of]
    value = found.absolute / divisor
    if groups.has_errors:
        gradient = (found.gradient - value * by_mean * groups.share) / divisor
        return around(value, spread.se_by_error_of_groups(gradient, groups.se))
    reach = slope_index.reach_of_residuals(len(groups.estimate))
    return around(value, found.se / divisor, unknown=NO_RESIDUALS, reach=reach)


def _slope(groups: Groups, _: Draws) -> Figure:
    fit = slope_index.line(groups.estimate, groups.se, groups.share, groups.order)
    return around(fit.sii, fit.sii_se)


def _ratio_of_ends(groups: Groups, _: Draws) -> Figure:
    """Its limits are from the logarithm, so that turning the order inverts them; its se is of the ratio."""
    fit = slope_index.line(groups.estimate, groups.se, groups.share, groups.order)
    if not np.isfinite(fit.rii):
        return refused(FITTED)
    figure = around_ratio(fit.rii, fit.rii_se / fit.rii)
    return figure._replace(se=fit.rii_se)


def _logit(groups: Groups, _: Draws, *, ratio: bool) -> Figure:
    base = groups.scale.base
    if base is None:
        return refused(NO_SHARE)
    if not 0 < groups.mean < base:
        return refused(MEAN_AT_BOUND)
    errors = groups.se / base if groups.has_errors else None
    fit = slope_index.logit_line(groups.estimate / base, groups.share, groups.order, errors)
    if fit is None:
        return refused(NO_FIT)
    reach = Z95 if groups.has_errors else slope_index.reach_of_residuals(len(groups.estimate))
    if ratio:
        log_se = max(fit.rii_log_se, fit.own_rii_log_se)
        return around_ratio(fit.rii, log_se, unknown=NO_RESIDUALS, reach=reach)
    se = base * max(fit.sii_se, fit.own_sii_se)
    return around(base * fit.sii, se, unknown=NO_RESIDUALS, reach=reach)


def _attributable(groups: Groups, drawn: Draws, *, fraction: bool) -> Figure:
    """What the mean would gain at the level of the best group; 0 without interval where that is no better.

    Its error is by those of the groups. Where none is known shares of people are taken as counted in a sample
    of all of them, which the reason says.
    """
    mean, share, base = groups.mean, groups.share, groups.scale.base
    if fraction and mean <= 0:
        return refused(MEAN)
    places = groups.place if groups.ordered else np.round(groups.estimate, 10)
    best = int(spread.best(places, groups.ordered or bool(groups.favorable)))
    gain = float(groups.estimate[best]) - mean
    in_percent = 100 / mean if fraction else 1.0
    if round(gain if groups.favorable else -gain, 10) < 0:
        return Figure(0.0, reasons=(NO_GAIN,))
    if base is not None and groups.without_errors:
        se = spread.se_of_attributable_fraction(groups.estimate / base, share, groups.people.sum(), best)
        figure = around(in_percent * gain, in_percent * mean * se / 100, unknown=ZERO)
        if np.isfinite(figure.se):
            figure = figure._replace(reasons=(PEOPLE_AS_SAMPLE,))
    else:
        own = np.zeros_like(share)
        own[best] = 1.0
        level = groups.estimate[best] / mean if fraction else 1.0
        figure = around(
            in_percent * gain, in_percent * spread.se_by_error_of_groups(own - level * share, groups.se)
        )
    return _picked(figure, groups, drawn, "paf" if fraction else "par", low=not groups.favorable)


COMPUTE: dict[str, Callable[[Groups, Draws], Figure]] = {
    "d": _difference,
    "r": _ratio,
    "max_min": partial(_by_draws_from_best, "max_min"),
    "bgv": _variance,
    "bgv_corrected": _corrected_variance,
    "bgsd": _standard_deviation,
    **{name: partial(_by_draws, name) for name in ("cov", "mdmu", "mdmw")},
    **{name: partial(_by_draws_from_best, name) for name in ("mdbu", "mdbw")},
    **{name: partial(_by_draws, name) for name in ("mdru", "mdrw", "idisu", "idisw")},
    "ti": _theil,
    "mld": _log_deviation,
    "aci": partial(_concentration, of="absolute"),
    "rci": partial(_concentration, of="relative"),
    "rci_erreygers": partial(_concentration, of="erreygers"),
    "rci_wagstaff": partial(_concentration, of="wagstaff"),
    "sii": _slope,
    "rii": _ratio_of_ends,
    "sii_logit": partial(_logit, ratio=False),
    "rii_logit": partial(_logit, ratio=True),
    "par": partial(_attributable, fraction=False),
    "paf": partial(_attributable, fraction=True),
}
"""Measure → how it is made of groups that have what it needs."""
