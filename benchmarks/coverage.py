"""How often 95 percent intervals hold the truth, by simulation: the tables of benchmarks/coverage.md.

    python -m benchmarks.coverage               writes the tables into the report (4 minutes)
    python -m benchmarks.coverage --draws 400   prints them, of at most 400 simulations each

The truth is known, data are drawn from it, and intervals are made of the data with the project's own
functions. Each simulation of a setting gives one line of a table or more; tests call it with fewer draws.
"""

import argparse
import re
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import product
from typing import Any

import numpy as np

from benchmarks.simulated_areas import SEED, Line
from benchmarks.simulated_mortality import (
    decomposition,
    gap_of_places,
    growing,
    life_expectancy,
    pooled,
    pooled_decomposition,
)
from benchmarks.simulated_sets import (
    attributable,
    events,
    inequality,
    logit,
    lost_years,
    near_the_bound,
    percent_achieved,
    projection,
    proportion,
    ranked,
    standardized,
)
from lifegap import APPLICATION

REPORT = APPLICATION / "benchmarks" / "coverage.md"
SOUND = (94, 96)
"""Percent of intervals that hold the truth beyond which the report says why."""


def varied(simulate: Callable[..., list[Line]], **options: Sequence[Any]) -> list[Callable[..., list[Line]]]:
    """A simulation with every combination of its options."""
    return [
        partial(simulate, **dict(zip(options, chosen, strict=True))) for chosen in product(*options.values())
    ]


SIZES = (5050, 10_000, 25_000, 100_000, 500_000)
PARTS = {"place": [25_000], "reference": [250_000, 50_000], "inside": [True]}
TABLES: dict[str, tuple[int, list[Callable[..., list[Line]]]]] = {
    "life_expectancy": (
        20_000,
        [
            *varied(life_expectancy, person_years=SIZES),
            *varied(life_expectancy, person_years=(5050, 25_000), old=[0.1]),
        ],
    ),
    "binomial": (20_000, varied(life_expectancy, person_years=SIZES, binomial=[True])),
    "gap": (
        20_000,
        [
            *varied(gap_of_places, place=[5050, 25_000], reference=[25_000, 500_000]),
            *varied(gap_of_places, **PARTS, known=[True, False]),
            *varied(gap_of_places, **PARTS, young=[True]),
        ],
    ),
    "pooling": (4000, varied(pooled, person_years=[25_000], alike=[True, False])),
    "decomposition": (2000, varied(decomposition, person_years=[10_000, 50_000])),
    "pooled_decomposition": (
        1000,
        [
            *varied(pooled_decomposition, person_years=[25_000]),
            *varied(pooled_decomposition, person_years=[25_000], old=[0.01, 0.03]),
        ],
    ),
    "inequality": (
        1500,
        [
            *varied(inequality, groups=[10, 50], errors=[0.5, 3]),
            *varied(inequality, groups=[50], errors=[1.5]),
        ],
    ),
    "few_groups": (
        4000,
        [
            *varied(
                inequality, groups=[3, 4, 5, 10, 50], errors=[0.5], on_a_line=[True], known=[True, False]
            ),
            *varied(logit, groups=[3, 4, 5], known=[True, False]),
        ],
    ),
    "attributable": (
        4000,
        [
            partial(attributable, people=100, asked=100),
            partial(attributable, people=1000, asked=1000),
            *varied(attributable, people=[80_000], asked=[200], known=[True, False]),
        ],
    ),
    "events": (200_000, varied(events, mean=[2, 6, 10, 50])),
    "proportion": (200_000, varied(proportion, share_of=[(0.02, 50), (0.1, 30), (0.5, 100)])),
    "standardized": (
        20_000,
        [
            *varied(standardized, deaths=[16, 50, 160, 650]),
            *varied(standardized, deaths=[50, 650], young=[True]),
        ],
    ),
    "lost_years": (20_000, varied(lost_years, deaths=[6, 16, 32, 128, 637])),
    "projection": (
        20_000,
        varied(projection, points=[3, 5, 8], errors=["equal", "unequal", "larger than told"]),
    ),
    "percent_achieved": (20_000, varied(percent_achieved, errors=[0.3, 1, 2], half=[False, True])),
    "ranks": (1000, varied(ranked, places=[20, 77], errors=[0.3, 1, 3])),
    "growing": (20_000, varied(growing, growth=[0, 1, 2, 3])),
    "near_the_bound": (2000, [near_the_bound]),
}
"""Table of the report → simulations of each setting, and the settings.

New tables come last: the place of a table starts its random sequences.
"""

HEADER = """\
| setting | intervals | refused | marked % | coverage % | too high / low % | bias | mean se | sd |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
"""


def printed(found: Line) -> str:
    """The line in Markdown; bold where the coverage is not what it should be."""
    percent = round(100 * found.coverage, 1)
    bold = "" if SOUND[0] <= percent <= SOUND[1] else "**"
    marked = "" if np.isnan(found.marked) else f"{100 * found.marked:.0f}"
    covered = f"{bold}{percent:.1f}{bold} ± {100 * found.error:.1f}"
    numbers = ["" if np.isnan(number) else f"{number:.3g}" for number in (found.bias, found.se, found.sd)]
    cells = [
        found.setting,
        f"{found.intervals:,}",
        found.why or (f"{found.refused:,}" if found.refused else ""),
        marked,
        covered,
        f"{100 * found.high:.1f} / {100 * found.low:.1f}",
        *numbers,
    ]
    return f"| {' | '.join(cells)} |\n"


def table(name: str, most: int | None) -> str:
    """A table of the report, of at most so many simulations of each setting."""
    simulations, settings = TABLES[name]
    lines: list[Line] = []
    for index, simulate in enumerate(settings):
        random = np.random.default_rng((SEED, list(TABLES).index(name), index))
        lines += simulate(random, min(simulations, most or simulations))
    return HEADER + "".join(map(printed, lines))


def main() -> None:
    options = argparse.ArgumentParser(description="How often 95 percent intervals hold the truth.")
    options.add_argument("--draws", type=int, metavar="N", help="at most so many simulations; writes nothing")
    options.add_argument("--only", choices=TABLES, help="this table alone")
    chosen = options.parse_args()
    report = REPORT.read_text(encoding="utf-8")
    for name in [chosen.only] if chosen.only else TABLES:
        started = time.perf_counter()
        made = table(name, chosen.draws)
        print(f"{name}, {time.perf_counter() - started:.1f} seconds\n\n{made}")
        report, places = re.subn(rf"(?<=<!-- {name} -->\n)(\|.*\n)*", made, report)
        if places != 1:
            raise SystemExit(f"{REPORT.name} has no place for the table {name}")
    if chosen.draws is None:
        REPORT.write_text(report, encoding="utf-8")


if __name__ == "__main__":
    main()
