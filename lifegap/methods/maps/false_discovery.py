"""P-values of many tests at once, adjusted so that few of the findings are false.

With the adjusted value q, calling everything with q ≤ 0.05 significant keeps the expected share of false
findings among the findings at 5 percent or less. A test without a p-value is not one of the tests.

Source: Benjamini and Hochberg (1995), J R Stat Soc B 57:289-300; that it also holds for tests that depend
positively on each other, Benjamini and Yekutieli (2001), Annals of Statistics 29:1165-1188.
"""

import numpy as np

from lifegap.methods.arrays import Floats

LARGEST_FALSE_SHARE = 0.05
"""An adjusted p-value of this or less is significant."""


def benjamini_hochberg(p: Floats) -> Floats:
    """Adjusted p-values (m,) of p-values (m,) by the step-up rule; NaN stays NaN and does not count.

    Raises ValueError if a p-value lies outside 0 to 1.
    """
    known = ~np.isnan(p)
    tests = p[known]
    if ((tests < 0) | (tests > 1)).any():
        raise ValueError("p-values must lie between 0 and 1")
    largest_first = np.argsort(-tests, kind="stable")
    ranks = np.arange(len(tests), 0, -1)
    stepped = np.minimum.accumulate(tests[largest_first] * (len(tests) / ranks))
    adjusted = np.empty_like(tests)
    adjusted[largest_first] = stepped
    q = np.full(p.shape, np.nan)
    q[known] = adjusted
    return q
