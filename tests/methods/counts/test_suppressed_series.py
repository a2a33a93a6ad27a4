"""Series of counts by age that are hidden whole: what is shown gives no hidden count away."""

import numpy as np
import polars as pl
import pytest
from scipy.optimize import linprog

from lifegap.methods.counts.suppressed_series import hidden_series

Table = dict[str, list[int]]
Sums = list[tuple[str, list[str]]]


def _hidden(series: Table, sums: Sums, *, latent: tuple[str, ...] = (), threshold: int = 10) -> list[str]:
    cells = [
        (name, age, count, name in latent)
        for name, counts in series.items()
        for age, count in enumerate(counts)
    ]
    totals = [(total, part, str(at)) for at, (total, parts) in enumerate(sums) for part in parts]
    return hidden_series(
        pl.DataFrame(cells, schema=["series", "age", "count", "latent"], orient="row"),
        pl.DataFrame(totals, schema=dict.fromkeys(("total", "part", "split"), pl.String), orient="row"),
        threshold=threshold,
    )


def _ranges(series: Table, sums: Sums, hidden: list[str], latent: tuple[str, ...]) -> list[float]:
    """For each small hidden count, how far apart its least and greatest value are, with what is shown."""
    found = []
    names = list(series)
    for age in range(len(next(iter(series.values())))):
        equal, right = [], []
        for total, parts in sums:
            row = np.zeros(len(names))
            row[[names.index(part) for part in parts]] = 1
            row[names.index(total)] = -1
            equal.append(row)
            right.append(0.0)
        unknown = {*hidden, *latent}
        bounds = [(0, None) if name in unknown else (series[name][age],) * 2 for name in names]
        for at, name in enumerate(names):
            if name in hidden and series[name][age] < 10:
                aim = np.eye(len(names))[at]
                ends = [
                    linprog(sign * aim, A_eq=np.array(equal), b_eq=right, bounds=bounds) for sign in (1, -1)
                ]
                most = np.inf if ends[1].status == 3 else -ends[1].fun
                found.append(most - ends[0].fun)
    return found


def test_one_small_count_hides_its_whole_series() -> None:
    assert _hidden({"a": [30, 9, 40], "b": [30, 10, 40]}, []) == ["a"]


def test_none_is_a_small_count_too() -> None:
    assert _hidden({"a": [30, 0, 40]}, []) == ["a"]


def test_a_lone_hidden_part_takes_the_smallest_other_with_it() -> None:
    series = {"all": [100, 100], "a": [5, 20], "b": [35, 30], "c": [60, 50]}
    assert _hidden(series, [("all", ["a", "b", "c"])]) == ["a", "b"]


def test_what_is_never_shown_keeps_a_hidden_part_company() -> None:
    series = {"all": [100, 100], "a": [5, 20], "b": [35, 30], "rest": [60, 50]}
    assert _hidden(series, [("all", ["a", "b", "rest"])], latent=("rest",)) == ["a"]


def test_a_small_rest_that_is_never_shown_does_not_follow_either() -> None:
    series = {"all": [100, 100], "a": [95, 60], "rest": [5, 40]}
    assert _hidden(series, [("all", ["a", "rest"])], latent=("rest",)) in (["a"], ["all"])


def test_series_of_one_sum_with_other_ages_are_hidden_together() -> None:
    cells = [("all", 0, 100, False), ("a", 0, 30, False), ("a", 1, 5, False), ("b", 0, 65, False)]
    totals = [("all", "a", "x"), ("all", "b", "x")]
    found = hidden_series(
        pl.DataFrame(cells, schema=["series", "age", "count", "latent"], orient="row"),
        pl.DataFrame(totals, schema=["total", "part", "split"], orient="row"),
        threshold=10,
    )
    assert found == ["a", "all", "b"]


@pytest.mark.parametrize("seed", range(12))
def test_no_hidden_count_follows_from_what_is_shown(seed: int) -> None:
    """Places by sex and year, with their totals: an independent search finds room for every hidden count."""
    draw = np.random.default_rng(seed)
    parts = {
        f"{place} {sex} {year}": draw.poisson(draw.uniform(3, 30), 3).tolist()
        for place in "ab" for sex in "mf" for year in (1, 2)
    }  # fmt: skip
    series: Table = dict(parts)
    sums: Sums = []
    for place in "ab":
        for year in (1, 2):
            sums.append((f"{place} all {year}", [f"{place} {sex} {year}" for sex in "mf"]))
        for sex in "mf":
            sums.append((f"{place} {sex} 1-2", [f"{place} {sex} {year}" for year in (1, 2)]))
    for year in (1, 2):
        sums.append((f"both all {year}", [f"{place} all {year}" for place in "ab"]))
    for total, members in sums:
        series[total] = np.sum([series[member] for member in members], axis=0).tolist()
    hidden = _hidden(series, sums)
    assert hidden
    assert min(_ranges(series, sums, hidden, ())) >= 1
    small = {name for name, counts in series.items() if min(counts) < 10}
    assert small <= set(hidden)
