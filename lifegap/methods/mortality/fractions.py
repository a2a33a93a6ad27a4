"""How much of an age band those who die in it have lived: the conventions that life tables follow.

Only the first years of life matter: infants die early in their band, others near its middle. Two life tables
are compared under one convention only. A convention is of bands of its own width, the first year of life and
the four years after it: every other band gets one half, a first one of many years too.

Source: Public Health England, technical guide of life expectancy (0.1 in the first year); Andreev and
Shkolnikov (MPIDR TR-2010-002); Andreev and Kingkade (2015, Demographic Research 33:363-390) for infants,
with 1.6 years at ages 1 to 4; Coale and Demeny (1983) West, as in Preston, Heuveline and Guillot (2001),
table 3.3.
"""

from collections.abc import Callable

import numpy as np

from lifegap.methods.arrays import Floats

CONVENTIONS = ("phe", "as", "ak_male", "ak_female", "ak_both", "cd_male", "cd_female")
Fractions = Callable[[Floats], Floats]
"""Death rates (rows, bands), per person-year, to fractions of the closed bands (rows, bands - 1)."""

HALF, INFANCY, EARLY_CHILDHOOD = 0.5, 0.1, 1.6 / 4


def fractions(convention: str, ages: Floats) -> Fractions:
    """The fractions that a convention gives to bands that start at `ages` (years, increasing).

    Raises ValueError for a convention that is not one of CONVENTIONS.
    """
    if convention not in CONVENTIONS:
        raise ValueError(f"{convention} is none of {', '.join(CONVENTIONS)}")
    widths = np.diff(ages)
    first_year = (ages[0], widths[0]) == (0, 1)
    one_to_four = len(widths) > 1 and (ages[1], widths[1]) == (1, 4)

    def of(m: Floats) -> Floats:
        found = np.full((len(m), len(widths)), HALF)
        if first_year:
            infants, children = _young(convention, m[:, 0])
            found[:, 0] = np.clip(infants, 0, 1)  # lines of the rate, made for rates that occur
            if one_to_four:
                found[:, 1] = children
        return found

    return of


def _young(convention: str, m: Floats) -> tuple[Floats, Floats | float]:
    """Fractions of the first year and of ages 1 to 4, from the rate of the first year."""
    if convention == "phe":
        return np.full_like(m, INFANCY), HALF
    if convention == "as":
        return 0.07 + 1.7 * m, EARLY_CHILDHOOD
    if convention.startswith("ak"):
        male = np.select([m < 0.02300, m < 0.08307], [0.14929 - 1.99545 * m, 0.02832 + 3.26021 * m], 0.29915)
        female = np.select(
            [m < 0.01724, m < 0.06891], [0.14903 - 2.05527 * m, 0.04667 + 3.88089 * m], 0.31411
        )
        sexes = {"ak_male": male, "ak_female": female, "ak_both": (male + female) / 2}
        return sexes[convention], EARLY_CHILDHOOD
    male = convention == "cd_male"
    infants = 0.045 + 2.684 * m if male else 0.053 + 2.800 * m
    children = 1.651 - 2.816 * m if male else 1.522 - 1.518 * m
    high = m >= 0.107
    return (
        np.where(high, 0.330 if male else 0.350, infants),
        np.where(high, 1.352 if male else 1.361, children) / 4,
    )
