"""Abridged life tables with variance, vectorized over areas.

Arrays are (areas, bands): bands in order of age, the last one open. `a` is the fraction of a
band that those who die in it have lived. Ages and expectations are in years.

Source: Chiang (1984), *The Life Table and Its Applications*, for q, l, L, T, e and the variance of
e; Silcocks, Jenner and Reza (2001, J Epidemiol Community Health 55:38-43) for the open band's term.
"""

from dataclasses import dataclass

import numpy as np

from lifegap.methods.arrays import Floats

RADIX = 100_000.0


@dataclass(frozen=True)
class LifeTable:
    """Columns of a life table, each of shape (areas, bands). se is that of ex, in years."""

    qx: Floats
    lx: Floats
    Lx: Floats
    Tx: Floats
    ex: Floats
    se: Floats


def probability_of_dying(m: Floats, n: Floats, a: Floats) -> Floats:
    """Q of closed bands from death rates m (per person-year), capped at 1 where n·a·m ≥ 1."""
    q = n * m / (1 + n * (1 - a) * m)
    return np.where(n * a * m >= 1, 1.0, np.minimum(q, 1.0))


def death_rate(q: Floats, n: Floats, a: Floats) -> Floats:
    """M of closed bands from q: the inverse of `probability_of_dying` below its cap."""
    return q / (n * (1 - (1 - a) * q))


def death_rate_variance(q: Floats, se_q: Floats, n: Floats, a: Floats) -> Floats:
    """Variance of m from se(q), by the delta method."""
    return (se_q / (n * (1 - (1 - a) * q) ** 2)) ** 2


def probability_variance(m: Floats, var_m: Floats, n: Floats, a: Floats) -> Floats:
    """Variance of q of closed bands from that of m, by the delta method."""
    return (n / (1 + n * (1 - a) * m) ** 2) ** 2 * var_m


def probability_variance_of_deaths(q: Floats, deaths: Floats) -> Floats:
    """Variance of q of closed bands from the deaths behind it (Chiang); 0 where no one died."""
    return np.divide(q**2 * (1 - q), deaths, out=np.zeros_like(q), where=deaths > 0)


def life_table(
    m: Floats, n: Floats, a: Floats, *, var_q: Floats, var_open: Floats, radix: float = RADIX
) -> LifeTable:
    """The table of death rates m, (areas, bands), last band open.

    n: widths of the closed bands in years, shape (bands - 1,). a and var_q (variance of q):
    (areas, bands - 1). var_open: variance of the open band's rate, (areas,).
    Rates must be positive in the open band; callers refuse tables where it is 0.
    """
    q = probability_of_dying(m[:, :-1], n, a)
    areas = len(m)
    lx = (radix * np.hstack([np.ones((areas, 1)), np.cumprod(1 - q, axis=1)])).astype(np.float64)
    dx = lx[:, :-1] - lx[:, 1:]
    Lx = np.hstack([n * (lx[:, 1:] + a * dx), lx[:, -1:] / m[:, -1:]])
    Tx = np.cumsum(Lx[:, ::-1], axis=1)[:, ::-1]
    ex = np.divide(Tx, lx, out=np.zeros_like(Tx), where=lx > 0)

    reach = lx[:, :-1] * ((1 - a) * n + ex[:, 1:])
    of_open = (lx[:, -1:] / m[:, -1:] ** 2) ** 2 * var_open[:, None]
    terms = np.hstack([var_q * reach**2, of_open])
    tail = np.cumsum(terms[:, ::-1], axis=1)[:, ::-1]
    se = np.divide(np.sqrt(tail), lx, out=np.zeros_like(tail), where=lx > 0)
    return LifeTable(qx=np.hstack([q, np.ones((areas, 1))]), lx=lx, Lx=Lx, Tx=Tx, ex=ex, se=se)
