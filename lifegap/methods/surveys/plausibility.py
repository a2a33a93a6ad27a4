"""Which life expectancies at birth cannot be true, and which are true and rare.

The shortest lives of the nation are real: counties that are reservations, or hold one, have 53 to 60 years
in the files of County Health Rankings, with intervals of two to five years to either side. So a figure is
not refused for being far from others. What is refused lies beyond what any population has had, or beyond
what is believable of a number that comes without an interval; a wide interval says by itself that few
deaths stand behind a figure.

Before 1950 epidemics and deaths of infants made lives much shorter: 29 years for Black men in the death
registration states of 1904.
"""

import polars as pl

BELIEVABLE = (40.0, 100.0)
"""Years that a figure with an interval may have."""

BELIEVABLE_ALONE = (50.0, 97.0)
"""Years that a figure without an interval may have."""

USUAL = (62.0, 90.0)
"""Years outside which a county, a state or the nation is rare."""

USUAL_OF_FEW = (50.0, 95.0)
"""The same of a population group, a tract or a neighborhood."""

FIRST_MODERN_YEAR = 1950
LEAST_BEFORE = 20.0

UNUSUALLY_LOW, UNUSUALLY_HIGH = (
    f"Unusually {which}; few deaths, or a population that is counted differently, can do this."
    for which in ("low", "high")
)


def is_beyond_belief(estimate: pl.Expr, has_interval: pl.Expr, year: pl.Expr) -> pl.Expr:
    """Whether a life expectancy at birth, in years, cannot be that of any population in that year."""
    (least, most), (least_alone, most_alone) = BELIEVABLE, BELIEVABLE_ALONE
    lowest = (
        pl.when(year < FIRST_MODERN_YEAR)
        .then(LEAST_BEFORE)
        .when(has_interval)
        .then(least)
        .otherwise(least_alone)
    )
    highest = pl.when(has_interval).then(most).otherwise(most_alone)
    return ((estimate < lowest) | (estimate > highest)).fill_null(False)


def unusual(estimate: pl.Expr, of_few: pl.Expr, year: pl.Expr) -> pl.Expr:
    """The sentence that goes with a rare life expectancy; null where it is not rare.

    of_few: whether it is that of a population group, a tract or a neighborhood.
    """
    (least, most), (least_of_few, most_of_few) = USUAL, USUAL_OF_FEW
    low = estimate < pl.when(of_few).then(least_of_few).otherwise(least)
    high = estimate > pl.when(of_few).then(most_of_few).otherwise(most)
    return (
        pl.when(low & (year >= FIRST_MODERN_YEAR))
        .then(pl.lit(UNUSUALLY_LOW))
        .when(high)
        .then(pl.lit(UNUSUALLY_HIGH))
    )
