"""Draws that do not depend on what else is drawn."""

from collections.abc import Iterable
from zlib import crc32

import numpy as np

from lifegap.methods.arrays import Floats


def standard_draws(names: Iterable[object], what: str, *, draws: int, seed: int) -> Floats:
    """Standard normal draws (names, draws) of what is unsure of each name.

    Each name has a sequence of its own: it draws the same whichever names are beside it, so that a place
    more in a table moves no digit of the others.
    """
    sequences = ((seed, crc32(f"{name} {what}".encode())) for name in names)
    return np.stack([np.random.default_rng(each).standard_normal(draws) for each in sequences])
