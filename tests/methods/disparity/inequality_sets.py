"""Sets of groups that tests of inequality measure."""

from collections.abc import Sequence
from typing import Any

import polars as pl
import pytest
from hypothesis import strategies as st

from lifegap.methods.disparity.inequality import MEASURES, measures

NUMBERS = ("value", "se", "ci_low", "ci_high")
Group = tuple[float, float, float]
GROUPS = st.lists(
    st.tuples(st.floats(5, 95), st.floats(0.05, 4), st.integers(1, 100_000).map(float)),
    min_size=3,
    max_size=8,
)


def rows_of(groups: Sequence[Group], *, ordered: bool = True, **columns: Any) -> pl.DataFrame:
    """One set, in the order of the groups; the last is the reference."""
    estimate, se, population = zip(*groups, strict=True)
    given: dict[str, Any] = {
        "estimate": list(estimate),
        "se": list(se),
        "population": list(population),
        "order": list(range(1, len(groups) + 1)) if ordered else None,
        "reference": [0] * (len(groups) - 1) + [1],
        "favorable": 1,
    }
    columns_of = {
        name: value if isinstance(value, list) else [value] * len(groups)
        for name, value in (given | columns).items()
    }
    return pl.DataFrame({"set": ["A"] * len(groups)} | columns_of, strict=False)


def figures_of(rows: pl.DataFrame, draws: int = 200) -> dict[str, dict[str, Any]]:
    told = measures(rows, ["set"], seed=1, draws=draws)
    assert tuple(told["measure"]) == MEASURES
    return {row["measure"]: row for row in told.to_dicts()}


def same(one: float | None, two: float | None) -> bool:
    if one is None or two is None:
        return one is two
    return one == pytest.approx(two, rel=1e-6, abs=1e-7)
