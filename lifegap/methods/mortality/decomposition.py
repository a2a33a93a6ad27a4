"""Where a difference between two life expectancies lies: by age, and by cause of death.

Side 1 is the place, side 2 the reference; contributions sum to the expectation at the first age of side 2
less that of side 1. They are an account, not an explanation: years of the gap that are located at an age or
in a cause.

Source: Arriaga (1984, Demography 21:83-96), taken both ways and averaged, which equals stepwise
replacement from the youngest age both ways (Andreev, Shkolnikov and Begun 2002, Demographic Research
7:499-522); a cause takes the years that its age gives for each death per person-year. Where the rates of an
age are equal, and only their causes differ, these years are those of the line integral of Horiuchi, Wilmoth
and Pletcher (2008, Demography 45:785-801).
"""

import numpy as np
from numpy.typing import NDArray

from lifegap.methods.arrays import Floats
from lifegap.methods.mortality.fractions import Fractions, fractions
from lifegap.methods.mortality.life_table import LifeTable, life_table

DRAWS = 2000
LEAST_DEATHS = 10
"""A part that rests on fewer deaths of a side is unreliable: drawn limits hold it too rarely, since a count
of none stays none."""

STEPS = 20
SMALLEST_DIFFERENCE = 1e-9
"""Rates of an age that differ by less are equal."""

LITTLE = 1e-4
"""Part of a rate by which it is moved to see what a death per person-year takes."""


def table_of(m: Floats, ages: Floats, of: Fractions | None = None) -> LifeTable:
    """The life table of rates (rows, bands) without variances, of one born; by default under `phe`."""
    nothing = np.zeros((len(m), m.shape[1] - 1))
    a = (of or fractions("phe", ages))(m)
    return life_table(m, np.diff(ages), a, var_q=nothing, var_open=np.zeros(len(m)), radix=1.0)


def by_age(m1: Floats, m2: Floats, ages: Floats, of: Fractions | None = None) -> Floats:
    """Years of each age band, (rows, bands), under one convention for those who die in a band."""
    return both_ways(table_of(m1, ages, of), table_of(m2, ages, of))


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


def by_cause(m1: Floats, m2: Floats, ages: Floats, of: Fractions | None = None) -> Floats:
    """Years of each band and cause from rates (..., bands, causes), alike for many pairs of sides.

    They sum over causes to the years of the band. NaN where nobody reaches the last band.
    """
    shape = m1.shape
    one, two = (m.reshape(-1, *shape[-2:]) for m in (m1, m2))
    all1, all2 = one.sum(axis=2), two.sum(axis=2)
    difference = all2 - all1
    equal = np.abs(difference) < SMALLEST_DIFFERENCE
    per_death = np.divide(
        by_age(all1, all2, ages, of), difference, out=np.zeros_like(difference), where=~equal
    )
    apart = np.argwhere(equal & (one != two).any(axis=2))
    if len(apart):
        rows, bands = apart.T
        per_death[rows, bands] = years_per_rate(all1[rows], all2[rows], bands, ages, of)
    return (per_death[:, :, None] * (two - one)).reshape(shape)


def years_per_rate(
    m1: Floats, m2: Floats, bands: NDArray[np.int_], ages: Floats, of: Fractions | None = None
) -> Floats:
    """Years of expectation per unit of the rate of one band a row, the mean on the line from m1 to m2.

    m1, m2: rates (rows, bands); bands: the band of each row. The sign is that of the change: negative.
    """
    rows = np.arange(len(m1))
    found = np.zeros(len(m1))
    for step in range(STEPS):
        middle = m1 + (step + 0.5) / STEPS * (m2 - m1)
        little = LITTLE * middle[rows, bands] + SMALLEST_DIFFERENCE
        ends = []
        for sign in (1, -1):
            moved = middle.copy()
            moved[rows, bands] += sign * little
            ends.append(table_of(moved, ages, of).ex[:, 0])
        found += (ends[0] - ends[1]) / (2 * little) / STEPS
    return found


def drawn(
    deaths1: Floats,
    people1: Floats,
    deaths2: Floats,
    people2: Floats,
    ages: Floats,
    *,
    seed: int,
    of: Fractions | None = None,
    open_rate: float | None = None,
) -> Floats:
    """Contributions (draws, bands, causes) with deaths (bands, causes) drawn as Poisson on both sides.

    Cells without deaths stay without. A draw whose open band has no deaths is drawn as one death, since a
    table cannot be closed on none. open_rate: the rate of the open band of both sides, of a standard; its
    causes keep the parts that the deaths give them.
    """
    random = np.random.default_rng(seed)
    sides = []
    for deaths, people in ((deaths1, people1), (deaths2, people2)):
        again = random.poisson(deaths, (DRAWS, *deaths.shape)).astype(np.float64)
        empty = again[:, -1, :].sum(axis=1) == 0
        again[empty, -1, int(deaths[-1].argmax())] = 1
        sides.append(closed_at(again / people[None, :, None], open_rate))
    return by_cause(sides[0], sides[1], ages, of)


def closed_at(m: Floats, open_rate: float | None) -> Floats:
    """Rates (..., bands, causes) whose open band has the rate of a standard, its causes in proportion."""
    if open_rate is None:
        return m
    closed = m.copy()
    closed[..., -1, :] *= open_rate / m[..., -1, :].sum(axis=-1, keepdims=True)
    return closed
