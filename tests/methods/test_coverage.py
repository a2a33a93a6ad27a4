"""Nominal 95 percent intervals hold the truth as often as benchmarks/coverage.md says.

Each setting is simulated anew with few draws; how often its intervals hold must lie within the 99.9 percent
binomial limits around what the report found.
"""

import re
from collections.abc import Callable
from functools import partial

import numpy as np
import pytest
from scipy.stats import binom

from benchmarks import coverage, simulated_areas
from benchmarks.simulated_areas import Line

SEED = 20270101
REPORT = coverage.REPORT.read_text(encoding="utf-8")
ROUNDED = 0.0005
"""Half of the last digit that the report prints."""


def _reported(table: str) -> dict[str, float]:
    """Setting → the share of intervals that held the truth, of a table of the report."""
    found = re.search(rf"<!-- {table} -->\n((?:\|.*\n)*)", REPORT)
    assert found, table
    rows = [[cell.strip() for cell in row.split("|")[1:-1]] for row in found[1].splitlines()[2:]]
    return {row[0]: float(row[4].split("±")[0].strip(" *")) / 100 for row in rows}


ONE_OF_EACH = [
    ("life_expectancy", partial(coverage.life_expectancy, person_years=10_000), 900),
    ("life_expectancy", partial(coverage.life_expectancy, person_years=25_000, old=0.1), 900),
    ("binomial", partial(coverage.life_expectancy, person_years=25_000, binomial=True), 900),
    ("gap", partial(coverage.gap_of_places, place=25_000, reference=500_000), 900),
    ("gap", partial(coverage.gap_of_places, place=25_000, reference=250_000, inside=True), 900),
    ("gap", partial(coverage.gap_of_places, place=25_000, reference=50_000, inside=True, young=True), 900),
    ("pooling", partial(coverage.pooled, person_years=25_000, alike=False), 400),
    ("decomposition", partial(coverage.decomposition, person_years=10_000), 150),
    ("pooled_decomposition", partial(coverage.pooled_decomposition, person_years=25_000), 100),
    ("pooled_decomposition", partial(coverage.pooled_decomposition, person_years=25_000, old=0.01), 100),
    ("inequality", partial(coverage.inequality, groups=10, errors=3, draws=500), 300),
    ("few_groups", partial(coverage.inequality, groups=3, errors=0.5, on_a_line=True), 300),
    ("few_groups", partial(coverage.inequality, groups=4, errors=0.5, on_a_line=True, known=False), 300),
    ("few_groups", partial(coverage.logit, groups=5, known=False), 300),
    ("attributable", partial(coverage.attributable, people=100, asked=100), 400),
    ("attributable", partial(coverage.attributable, people=80_000, asked=200, known=True), 300),
    ("attributable", partial(coverage.attributable, people=80_000, asked=200), 300),
    ("near_the_bound", partial(coverage.near_the_bound, draws=500), 150),
    ("growing", partial(coverage.growing, growth=2), 900),
    ("events", partial(coverage.events, mean=6), 900),
    ("proportion", partial(coverage.proportion, share_of=(0.02, 50)), 900),
    ("standardized", partial(coverage.standardized, deaths=50), 900),
    ("lost_years", partial(coverage.lost_years, deaths=16), 900),
    ("projection", partial(coverage.projection, points=3, errors="unequal"), 900),
    ("percent_achieved", partial(coverage.percent_achieved, errors=1, half=True), 900),
    ("ranks", partial(coverage.ranked, places=20, errors=1, draws=500), 200),
]


@pytest.mark.parametrize(
    ("table", "simulate", "simulations"),
    ONE_OF_EACH,
    ids=[f"{table}-{'-'.join(map(str, simulate.keywords.values()))}" for table, simulate, _ in ONE_OF_EACH],
)
def test_intervals_hold_the_truth_as_often_as_the_report_says(
    table: str, simulate: Callable[..., list[Line]], simulations: int
) -> None:
    reported = _reported(table)
    for line in simulate(np.random.default_rng(SEED), simulations):
        found = np.clip(reported[line.setting], ROUNDED, 1 - ROUNDED)
        low, high = binom.interval(0.999, line.intervals, found)
        assert low <= line.coverage * line.intervals <= high, line.setting


@pytest.mark.parametrize("table", coverage.TABLES)
def test_the_report_has_the_settings_that_are_simulated(table: str) -> None:
    _, settings = coverage.TABLES[table]
    random = np.random.default_rng(SEED)
    assert list(_reported(table)) == [line.setting for simulate in settings for line in simulate(random, 16)]


def test_a_line_counts_what_holds_and_leaves_out_what_was_refused() -> None:
    value = np.array([1.0, 2.0, 4.0, np.nan])
    line = simulated_areas.line(
        "four", 2.0, value, value - 1, value + 1, np.ones(4), np.array([0.0, 1, 0, 1])
    )
    assert (line.intervals, line.refused) == (3, 1)
    assert line.coverage == pytest.approx(2 / 3)
    assert line.marked == pytest.approx(1 / 3)
    assert (line.high, line.low) == (pytest.approx(1 / 3), 0)
    assert line.bias == pytest.approx(1 / 3)
    assert line.sd == pytest.approx(np.std([1, 2, 4], ddof=1))
    assert line.error == pytest.approx(1.959964 * np.sqrt(2 / 9 / 3), abs=1e-6)


def test_a_line_of_several_places_takes_one_simulation_as_one() -> None:
    """Ranks of one set depend on one another, so they are no more evidence than one."""
    low = np.array([[0.0, 2.0], [0.0, 0.0]])
    line = simulated_areas.line("two", np.array([1.0, 1.0]), low, low, low + 2)
    assert line.intervals == 2
    assert line.coverage == pytest.approx(0.75)
    assert line.error == pytest.approx(1.959964 * 0.25 / np.sqrt(2), abs=1e-6)
