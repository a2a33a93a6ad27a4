"""The rows of both sides of a decomposition: what makes no grid, and what carries no life table."""

from pathlib import Path
from typing import TYPE_CHECKING

from lifegap.landing.own_file import unusable

if TYPE_CHECKING:
    import polars as pl

RATES = ("mx_1", "mx_2")
COUNTS = ("deaths_1", "population_1", "deaths_2", "population_2")
MANY = 1e9
"""Person-years that stand for those of rates, which come without."""


def people_columns(rows: "pl.DataFrame") -> list[str]:
    return [name for name in ("population_1", "population_2") if name in rows.columns]


def without_unpeopled_ages(file: Path, rows: "pl.DataFrame", open_ex: float | None) -> "pl.DataFrame":
    """The rows with one open band for the last ages of which no people are told, if a standard closes it."""
    import polars as pl

    people = people_columns(rows)
    unknown = (
        rows.filter(pl.any_horizontal(pl.col(name).is_null() for name in people)) if people else rows.clear()
    )
    if unknown.is_empty():
        return rows
    first = unknown["age_start"].min()
    later = pl.col("age_start") >= first
    if rows.filter(later).height > unknown.height or open_ex is None:
        raise unusable(
            file,
            f"no people at ages from {first:g} on (not_published:population)",
            "people of every band",
            "export by ten-year ages; or take the last band from a standard with --open-band",
        )
    keys = ["cause", *(["shown"] if "shown" in rows.columns else [])]
    merged = rows.filter(later).group_by("cause", maintain_order=True).agg(
        pl.col("age_start").min(), pl.col("deaths_1", "deaths_2").sum(),
        *(pl.col(name).any() for name in keys[1:]),
    ).with_columns(pl.lit(0.0).alias(name) for name in people)  # fmt: skip
    return pl.concat([rows.filter(~later), merged], how="diagonal_relaxed").sort("age_start", "cause")


def refuse_gaps(file: Path, rows: "pl.DataFrame") -> None:
    """Raise OWN-FILE for what makes no grid of ages and causes."""
    import polars as pl

    ages, causes = rows["age_start"].unique(), rows["cause"].unique()
    numbers = [name for name in (*RATES, *COUNTS) if name in rows.columns]
    people = people_columns(rows)
    uneven = rows.group_by("age_start").agg(pl.col(people).n_unique()) if people else None
    faults = {
        "an empty or negative number": rows.select(
            pl.any_horizontal(pl.col(numbers).is_null() | (pl.col(numbers) < 0)).any()
        ).item(),
        "fewer than two ages": len(ages) < 2,
        "an age and cause that stands twice or is missing": rows.height != len(ages) * len(causes)
        or bool(rows.select(pl.struct("age_start", "cause").is_duplicated().any()).item()),
        "populations of one age that differ from cause to cause": uneven is not None
        and bool(uneven.select(pl.max_horizontal(pl.col(people)).max() > 1).item()),
    }
    if found := [fault for fault, is_so in faults.items() if is_so]:
        raise unusable(
            file,
            found,
            "one row for each age band and cause, to an open band",
            "correct the rows",
        )


def refuse_by_gates(file: Path, rows: "pl.DataFrame", least: float, open_ex: float | None) -> None:
    """Raise OWN-FILE where one of the sides carries no life table, with the reason that it would have."""
    import polars as pl

    from lifegap.methods.mortality.gates import areas_of, refusal

    counts = "deaths_1" in rows.columns
    found = []
    for side in (1, 2):
        deaths = pl.col(f"deaths_{side}") if counts else pl.col(f"mx_{side}")
        people = pl.col(f"population_{side}") if counts else pl.lit(MANY)
        has_ends = "age_end" in rows.columns
        one = rows.group_by("age_start", maintain_order=True).agg(
            deaths=deaths.sum(), population=people.first(),
            age_end=pl.col("age_end").first() if has_ends else pl.lit(None, pl.Float64),
            open_ex=pl.lit(open_ex, pl.Float64),
        )  # fmt: skip
        reason = refusal(areas_of(one, []), least)[0]
        if reason is not None:
            found.append(f"side {side}: {reason}{_torn(one) if reason.endswith('age_band_missing') else ''}")
    if found:
        raise unusable(
            file,
            found,
            "two sides that each carry a life table",
            "`lifegap lifetable` of each side says what it lacks; say where bands end in a column age_end",
        )


def _torn(one: "pl.DataFrame") -> str:
    """The bands that look as if one were missing behind them, in words."""
    from lifegap.methods.mortality.age_bands import wider_than_neighbors

    starts = one["age_start"].to_list()
    torn = wider_than_neighbors(starts, one["age_end"].to_list())
    return "".join(f", ages {starts[at]:g} to {starts[at + 1]:g} are wider than those beside" for at in torn)
