"""Where a difference between two life expectancies lies: by age, and by cause of death.

Side 1 is the place, side 2 the reference; contributions sum to e(0) of side 2 less e(0) of side 1. They are
an account, not an explanation: years of the gap that are located at an age or in a cause.

Source: Arriaga (1984, Demography 21:83-96), taken both ways and averaged, which equals stepwise
replacement from the youngest age both ways (Andreev, Shkolnikov and Begun 2002, Demographic Research
7:499-522); Horiuchi, Wilmoth and Pletcher (2008, Demography 45:785-801) where the shares of causes explode.
"""

import numpy as np

from lifegap.methods.fractions import Fractions, public_health_england
from lifegap.methods.life_table import Floats, LifeTable, life_table

DRAWS = 2000
LEAST_DEATHS = 10
"""A part that rests on fewer deaths of a side is unreliable: drawn limits hold it too rarely, since a count
of none stays none."""

STEPS, MOST_STEPS = 20, 320
MOST_UNTOLD = 0.001
"""Years that an integral may leave between its sum and the difference."""

LARGEST_SHARE = 3.0
"""A cause that takes more than this of its age's contribution is told by Horiuchi's integral instead."""

SMALLEST_DIFFERENCE = 1e-9


def table_of(m: Floats, ages: Floats, fractions: Fractions = public_health_england) -> LifeTable:
    """The life table of rates (rows, bands) without variances, of one born."""
    nothing = np.zeros((len(m), m.shape[1] - 1))
    return life_table(m, np.diff(ages), fractions(m), var_q=nothing, var_open=np.zeros(len(m)), radix=1.0)


def by_age(m1: Floats, m2: Floats, ages: Floats, fractions: Fractions = public_health_england) -> Floats:
    """Years of each age band, (rows, bands), under one convention for those who die in a band."""
    one, two = table_of(m1, ages, fractions), table_of(m2, ages, fractions)
    return both_ways(one, two)


def both_ways(one: LifeTable, two: LifeTable) -> Floats:
    """Years of each band, (rows, bands): the mean of Arriaga's from one to two and its opposite back."""
    return (arriaga(one, two) - arriaga(two, one)) / 2


def arriaga(one: LifeTable, two: LifeTable) -> Floats:
    """Years of each band on the way from table one to table two; they sum to the difference."""
    with np.errstate(divide="ignore", invalid="ignore"):
        direct = one.lx * (two.Lx / two.lx - one.Lx / one.lx)
        later = two.Tx[:, 1:] * (one.lx[:, :-1] / two.lx[:, :-1] - one.lx[:, 1:] / two.lx[:, 1:])
    direct[:, :-1] += later
    return direct


def by_cause(
    m1: Floats, m2: Floats, ages: Floats, fractions: Fractions = public_health_england
) -> tuple[Floats, str]:
    """Years of each band and cause from rates (bands, causes), and the method: arriaga or horiuchi.

    NaN where rates are so high that nobody reaches the last band, or the integral does not settle.
    """
    all1, all2 = m1.sum(axis=1), m2.sum(axis=1)
    difference = (all2 - all1)[:, None]
    explodes = np.abs(difference) < SMALLEST_DIFFERENCE
    shares = np.divide(m2 - m1, difference, out=np.zeros_like(m1), where=~explodes)
    if np.abs(shares).max() > LARGEST_SHARE or (explodes & (m1 != m2)).any():
        return _fine_enough(m1, m2, ages, fractions), "horiuchi"
    return by_age(all1[None, :], all2[None, :], ages, fractions)[0][:, None] * shares, "arriaga"


def _fine_enough(m1: Floats, m2: Floats, ages: Floats, fractions: Fractions) -> Floats:
    """Horiuchi's integral in as many steps as leave less than a thousandth of a year untold; else NaN."""
    ends = [table_of(m.sum(axis=1)[None, :], ages, fractions).ex[0, 0] for m in (m1, m2)]
    steps = STEPS
    while steps <= MOST_STEPS:
        found = horiuchi(m1, m2, ages, fractions, steps)
        if abs(found.sum() - (ends[1] - ends[0])) < MOST_UNTOLD:
            return found
        steps *= 4
    return np.full_like(m1, np.nan)


def horiuchi(
    m1: Floats, m2: Floats, ages: Floats, fractions: Fractions = public_health_england, steps: int = STEPS
) -> Floats:
    """Years of each band and cause as a line integral from side 1 to side 2, (bands, causes)."""
    bands, causes = m1.shape
    step = (m2 - m1) / steps
    found = np.zeros((bands, causes))
    halves = np.zeros((bands, causes, bands))
    for band in range(bands):
        halves[band, :, band] = step[band] / 2
    halves = halves.reshape(-1, bands)
    for index in range(steps):
        middle = (m1 + (index + 0.5) * step).sum(axis=1)[None, :]
        above = table_of(middle + halves, ages, fractions).ex[:, 0]
        below = table_of(middle - halves, ages, fractions).ex[:, 0]
        found += (above - below).reshape(bands, causes)
    return found


def drawn(
    deaths1: Floats, people1: Floats, deaths2: Floats, people2: Floats, ages: Floats, *, seed: int
) -> Floats:
    """Contributions (draws, bands, causes) with deaths (bands, causes) drawn as Poisson on both sides.

    Cells without deaths stay without. A draw whose open band has no deaths is drawn as one death, since a
    table cannot be closed on none.
    """
    random = np.random.default_rng(seed)
    sides = []
    for deaths, people in ((deaths1, people1), (deaths2, people2)):
        again = random.poisson(deaths, (DRAWS, *deaths.shape)).astype(np.float64)
        empty = again[:, -1, :].sum(axis=1) == 0
        again[empty, -1, int(deaths[-1].argmax())] = 1
        sides.append(again / people[None, :, None])
    one, two = sides
    years = by_age(one.sum(axis=2), two.sum(axis=2), ages)
    difference = (two.sum(axis=2) - one.sum(axis=2))[:, :, None]
    plain = np.abs(difference) >= SMALLEST_DIFFERENCE
    return years[:, :, None] * np.divide(two - one, difference, out=np.zeros_like(one), where=plain)
