"""Causes of death of a user's own file: which of them is the sum of the others."""

from pathlib import Path
from typing import TYPE_CHECKING

from lifegap.landing.own_file import Tell, unusable

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

NAMES = ("all causes", "all-cause", "all cause", "all", "total", "all causes of death", "all deaths")
FEWEST_OTHERS = 2
"""Causes that a third must add up to be known as their sum; of two equal ones neither is a total."""

MANY = 20
"""Deaths of an age on both sides, in the mean, from which a sum is told from chance by its size."""


def without_totals(
    path: Path, rows: "pl.DataFrame", numbers: "Sequence[str]", *, tell: Tell
) -> "pl.DataFrame":
    """The rows without those of a cause that equals the sum of the others at every age, which is told.

    numbers: the columns that add up, of both sides. Raises OWN-FILE for a cause that is a total by its name,
    or but for rounding, and is not the sum of the others: nothing tells which of them is right.
    """
    import polars as pl

    causes = rows["cause"].unique().sort().to_list()
    if len(causes) < FEWEST_OTHERS:
        return rows
    whole = rows.group_by("age_start").agg(pl.col(name).sum().alias(f"{name} of all") for name in numbers)
    joined = rows.join(whole, on="age_start")
    # Counts and rates of causes are each printed rounded by half a unit; rates by a thousandth of them.
    is_count = all(name.startswith("deaths") for name in numbers)
    apart = [(2 * pl.col(name) - pl.col(f"{name} of all")).abs() for name in numbers]
    rounding = (
        [pl.lit((len(causes)) / 2)] * len(numbers)
        if is_count
        else [pl.col(f"{name} of all") * 1e-3 + 1e-12 for name in numbers]
    )
    exact = [each <= 1e-9 * (1 + pl.col(f"{name} of all")) for each, name in zip(apart, numbers, strict=True)]
    near = [each <= bound for each, bound in zip(apart, rounding, strict=True)]
    # Of a handful of deaths an age, near says nothing.
    many = pl.lit(True) if not is_count else pl.sum_horizontal(numbers).mean() >= MANY
    found = joined.group_by("cause").agg(
        exact=pl.all_horizontal(exact).all(), near=pl.all_horizontal(near).all() & many
    )
    told = {cause: (is_sum, nearly) for cause, is_sum, nearly in found.rows()}
    enough = len(causes) > FEWEST_OTHERS
    sums = [c for c in causes if told[c][0] and (enough or c.strip().lower() in NAMES)]
    unclear = [c for c in causes if c not in sums and (c.strip().lower() in NAMES or (enough and told[c][1]))]
    if unclear or len(sums) > 1:
        raise unusable(
            path,
            f"cause {(unclear or sums)[0]!r} beside causes that are part of it",
            "causes that add up to all deaths, each counted once",
            "take out the rows of the total, or call what the others lack a cause of its own",
        )
    if sums:
        tell(f"Cause {sums[0]!r} is the sum of the others: left out.")
    return rows.filter(~pl.col("cause").is_in(sums))
