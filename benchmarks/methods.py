"""Time the methods that a user waits for, on one core: `python benchmarks/methods.py`."""

import os

os.environ |= {"POLARS_MAX_THREADS": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}

import time
from collections.abc import Callable

import numpy as np
import polars as pl

from lifegap.methods.disparity.inequality import measures
from lifegap.methods.mortality.deaths import life_tables_of_deaths
from lifegap.methods.standing.ranks import index_with_ranks

SEED, RUNS = 20261122, 5
AGES = np.array([0, 1, 5, 15, 25, 35, 45, 55, 65, 75, 85])
RATES = np.array([0.006, 0.0003, 0.0002, 0.0008, 0.0012, 0.0018, 0.004, 0.009, 0.018, 0.045, 0.14])


def life_tables(random: np.random.Generator) -> Callable[[], object]:
    """67,000 areas of eleven bands with intervals."""
    areas = 67_000
    people = random.integers(2_000, 15_000, (areas, len(AGES))).astype(float)
    deaths = random.poisson(people * RATES).astype(float)
    deaths[:, -1] = np.maximum(deaths[:, -1], 1)
    rows = pl.DataFrame(
        {
            "area": np.repeat(np.arange(areas), len(AGES)),
            "age_start": np.tile(AGES, areas),
            "deaths": deaths.ravel(),
            "population": people.ravel(),
        }
    )
    return lambda: life_tables_of_deaths(rows, ["area"])


def priority_index(random: np.random.Generator) -> Callable[[], object]:
    """77 places, 30 indicators, 10,000 draws."""
    estimates, se = random.normal(size=(77, 30)), random.uniform(0.05, 0.5, (77, 30))
    direction, weights = random.choice([-1.0, 1.0], 30), np.full(30, 1 / 30)
    return lambda: index_with_ranks(estimates, se, direction, weights, SEED)


def inequality_of_counties(random: np.random.Generator) -> Callable[[], object]:
    """27 measures of 3,143 counties, 10,000 draws."""
    rows = pl.DataFrame(
        {
            "estimate": random.normal(76, 3, 3_143),
            "se": random.uniform(0.2, 1.5, 3_143),
            "population": random.lognormal(10, 1.4, 3_143),
            "favorable": 1,
            "scale": "years",
        }
    )
    return lambda: measures(rows, [], seed=SEED)


def main() -> None:
    print("| what | median s | spread s |\n| --- | --- | --- |")
    for make in (life_tables, priority_index, inequality_of_counties):
        run = make(np.random.default_rng(SEED))
        run()  # what is loaded and compiled once is not the method's time
        seconds = []
        for _ in range(RUNS):
            started = time.perf_counter()
            run()
            seconds.append(time.perf_counter() - started)
        middle, spread = sorted(seconds)[RUNS // 2], max(seconds) - min(seconds)
        print(f"| {make.__doc__} | {middle:.2f} | {spread:.2f} |")


if __name__ == "__main__":
    main()
