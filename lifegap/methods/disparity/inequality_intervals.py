"""Intervals of inequality measures from seeded draws, and what chance alone makes of equal groups.

Each group is drawn anew around its estimate. The estimates already hold noise and the draws add as much
again, so a measure of spread is larger in the draws than in the data, and larger there than in truth:
percentile limits, as HEAT and healthequal print them, lie too high. Basic limits turn the draws around the
value, which takes the excess off instead.

Source: Davison and Hinkley (1997), *Bootstrap Methods and their Application*, section 5.2 (basic limits); the
draws within a valid range as in Ahn et al. (2019), PLoS ONE 14(7).
"""

import re
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy.special import ndtr, ndtri

from lifegap.methods.arrays import Floats

Statistics = Callable[[Floats], dict[str, Floats]]

CELLS = 2_000_000
"""Drawn numbers that are held at once."""

FAR = 8.0
"""Standard errors from a bound of the scale beyond which no draw crosses it."""

LARGEST_UNIFORM = 1 - 2.0**-53
NAMED = {
    "percent": (100.0, 0.0, 100.0),
    "proportion": (1.0, 0.0, 1.0),
    **dict.fromkeys(("years", "dollars", "count", "rate", "ratio"), (None, 0.0, np.inf)),
    **dict.fromkeys(("index", "score", "z_score"), (None, -np.inf, np.inf)),
}
PER = re.compile(r"per_(\d+)(k|m)?(_[a-z_]+)?")


class Scale(NamedTuple):
    """What an estimate can be. base: it is a share of so many people; None where it is no share."""

    base: float | None
    low: float
    high: float


def read_scale(scale: str | float | None) -> Scale:
    """The scale that a word or a number declares; nothing declared allows any value.

    percent, proportion, per_1000, per_100k (or the number itself: 100, 1, 1000) are shares of people; years,
    dollars, count, rate, ratio cannot be negative; index, score, z_score can. Raises ValueError for others.
    """
    word = "" if scale is None else re.sub(r"[\s-]+", "_", str(scale).strip().lower().replace(",", ""))
    if not word:
        return Scale(None, -np.inf, np.inf)
    if word in NAMED:
        return Scale(*NAMED[word])
    if per := PER.fullmatch(word):
        base = float(per[1]) * {None: 1, "k": 1e3, "m": 1e6}[per[2]]
    else:
        try:
            base = float(word)
        except ValueError:
            base = np.nan
    if not (np.isfinite(base) and base > 0):
        raise ValueError(f"{scale!r} is no scale; known are {', '.join(NAMED)}, per_<number> and a number")
    return Scale(base, 0.0, base)


def simulated(
    estimate: Floats,
    se: Floats,
    scale: Scale,
    *,
    level: float,
    measured: Statistics,
    by_chance: Statistics,
    seed: int,
    draws: int,
) -> tuple[dict[str, Floats], dict[str, Floats]]:
    """Statistics of groups drawn around their estimates, and of groups that all lie at `level`.

    estimate, se: (groups,); measured and by_chance make statistics (draws,) of (draws, groups). Memory is
    bounded however many groups there are, and the result is the same for a seed.
    """
    random = np.random.default_rng(seed)
    at_once = max(1, CELLS // len(estimate))
    around: list[dict[str, Floats]] = []
    alike: list[dict[str, Floats]] = []
    for start in range(0, draws, at_once):
        standard = random.standard_normal((min(at_once, draws - start), len(estimate)))
        alike.append(by_chance(level + se * standard))
        around.append(measured(within(standard, estimate, se, scale)))
    return _joined(around), _joined(alike)


def within(standard: Floats, estimate: Floats, se: Floats, scale: Scale) -> Floats:
    """Standard normal draws (draws, groups) moved to the estimates, cut off at the bounds of the scale.

    A draw keeps its place among the draws of its group, so that only groups near a bound are touched.
    """
    known = np.where(se > 0, se, 1.0)
    low = np.where(se > 0, (scale.low - estimate) / known, -np.inf)
    high = np.where(se > 0, (scale.high - estimate) / known, np.inf)
    near = np.flatnonzero((low > -FAR) | (high < FAR))
    if len(near):
        below, above = ndtr(low[near]), ndtr(high[near])
        uniform = below + ndtr(standard[:, near]) * (above - below)
        standard = standard.copy()
        standard[:, near] = ndtri(np.minimum(uniform, LARGEST_UNIFORM))
    return np.clip(estimate + se * standard, scale.low, scale.high)


def basic_limits(value: float, drawn: Floats) -> tuple[float, float]:
    """95 percent limits of a measure that cannot be negative: 2 × value less the points of its draws.

    So many draws lie around their mean, and 2 × value less that mean is the value without noise. It cannot be
    negative either: groups that happen to be alike leave an interval from 0 as wide as noise is. Where nearly
    all of the value is noise even the upper limit can lie below it; it is moved out to the value, so that the
    interval holds it and is, if anything, too wide.
    """
    mean = float(drawn.mean())
    low, high = max(0.0, 2 * value - mean) + mean - np.quantile(drawn, (0.975, 0.025))
    return max(0.0, min(float(low), value)), max(float(high), value)


def _joined(parts: list[dict[str, Floats]]) -> dict[str, Floats]:
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
