"""Exports of CDC WONDER as the two sides of a decomposition.

An export by cause hides counts of 1 to 9 deaths, yet its totals hold them, and so does an export of all
causes of the same people. What the causes that are shown leave of the total is told as one: deaths of other
causes and hidden ones together, and never so that a hidden count can be had from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lifegap.cli.terminal import say
from lifegap.cli.wonder_export import ABOUT, FEWEST, PARTIAL, Ages, ages_of
from lifegap.landing.own_file import unusable

if TYPE_CHECKING:
    import polars as pl

    from lifegap.cli.wonder_export import Export

OTHERS = "all other causes"
ALL_CAUSES = "all"
BAND = ("age_start", "age_end")
Pair = tuple[dict[str, str], "pl.DataFrame"]


@dataclass(frozen=True)
class Side:
    """One side: deaths and people of all causes by group and age; deaths of causes, None without any."""

    paths: list[Path]
    groups: list[str]
    everyone: "pl.DataFrame"
    causes: "pl.DataFrame | None"


def pairs_of_exports(files: Sequence[Path], exports: "Sequence[Export]", only: tuple[str, ...]) -> list[Pair]:
    """For each group that both sides have, the columns that tell it apart and its rows by age and cause.

    Rows: age_start, age_end, cause, deaths and population of both sides, `middle` (of the years of side 2)
    and `shown` (false where a cause is told among the others at this age). Raises OWN-FILE for exports that
    are not two sides.
    """
    ages = [ages_of(file, export) for file, export in zip(files, exports, strict=True)]
    known = {name for each in ages for name in each.groups}
    if unknown := [each for each in only if each.partition("=")[0] not in known]:
        raise unusable(
            files[0],
            f"no column for {', '.join(unknown)}",
            f"one of {', '.join(sorted(known))}",
            "correct --only",
        )
    ages = [_narrowed(each, only) for each in ages]
    sides = _sides(ages)
    one, two = sides
    if (one.causes is None) != (two.causes is None):
        lacking = two if two.causes is None else one
        say(f"{lacking.paths[0]} has no causes: by age alone.")
        one, two = (Side(side.paths, side.groups, side.everyone, None) for side in sides)
    return [(group, _rows(first, second)) for group, first, second in _matched(one, two)]


def _narrowed(ages: Ages, only: tuple[str, ...]) -> Ages:
    """The export without the tables that --only leaves out, where it has several."""
    import polars as pl

    rows, totals = ages.rows, ages.totals
    for condition in only:
        column, _, value = condition.partition("=")
        if column in ages.groups and rows[column].n_unique() > 1:
            rows, totals = rows.filter(pl.col(column) == value), totals.filter(pl.col(column) == value)
        if rows.is_empty():
            raise unusable(
                ages.path, f"no rows with {condition}", "a value that the export has", "correct --only"
            )
    if rows["refused"].eq_missing(PARTIAL).any():
        raise unusable(
            ages.path,
            f"a year that is not over ({PARTIAL})",
            "whole years",
            "take whole years alone, as with --only period_start=2021",
        )
    return Ages(ages.path, rows, totals, ages.groups, ages.limited_to_causes, ages.by_cause, ages.hides_rows)


def _sides(ages: list[Ages]) -> list[Side]:
    """The exports taken together by the people they are about, in the order in which these first come."""
    by_people: dict[tuple, list[Ages]] = {}
    for each in ages:
        key = tuple(sorted(each.rows.select(ABOUT).unique().rows()))
        by_people.setdefault(key, []).append(each)
    if len(by_people) != 2:
        found = [", ".join(key[0]) + (" ..." if len(key) > 1 else "") for key in by_people]
        raise unusable(
            ages[0].path,
            [f"{len(by_people)} {'side' if len(by_people) == 1 else 'sides'}", *found],
            "exports of two places, periods or groups of people, side 1 first",
            "give an export of each side; those of the same people are taken together",
        )
    return [_side(each) for each in by_people.values()]


def _side(ages: list[Ages]) -> Side:
    """All-cause deaths and those of causes, from one export or from several of the same people."""
    import polars as pl

    whole = [each for each in ages if not each.by_cause and not each.limited_to_causes]
    by_cause = [each for each in ages if each.by_cause or each.limited_to_causes]
    groups = [name for name in ages[0].groups if all(name in each.groups for each in ages)]
    keys = [*groups, *BAND]
    causes = None
    if by_cause:
        causes = pl.concat(each.rows.select(*keys, "cause", "deaths", "population") for each in by_cause)
        if causes.select(pl.struct(*keys, "cause").is_duplicated().any()).item():
            raise unusable(
                by_cause[0].path,
                "a cause twice at one age",
                "each cause once",
                "give one export of each cause",
            )
    if whole:
        everyone = whole[0].rows
    elif not by_cause[0].limited_to_causes and not by_cause[0].totals.is_empty():
        everyone = by_cause[0].totals
    else:
        raise unusable(
            by_cause[0].path,
            "an export by cause without the deaths of all causes",
            "totals of each age (Show Totals, ages before causes), or an export of all causes beside it",
            "export it again with totals, or add the export of all causes of the same people",
        )
    return Side([each.path for each in ages], groups, everyone.select(*keys, "deaths", "population"), causes)


def _matched(one: Side, two: Side) -> list[tuple[dict[str, str], Side, Side]]:
    """The groups of both sides that are compared: the only one of each, or those that tell the same apart."""
    import polars as pl

    tables = [side.everyone.select(side.groups).unique(maintain_order=True) for side in (one, two)]
    if all(table.height == 1 for table in tables):
        return [({}, one, two)]
    common = [name for name in one.groups if name in two.groups]
    varying = [name for name in common if any(table[name].n_unique() > 1 for table in tables)]
    both = tables[0].select(varying).join(tables[1].select(varying), on=varying, maintain_order="left")
    told = [table.select(varying).rows() for table in tables]
    if both.is_empty() or any(len(set(rows)) < len(rows) for rows in told):
        raise unusable(
            two.paths[0],
            [
                f"{table.height} tables in {side.paths[0]}"
                for table, side in zip(tables, (one, two), strict=True)
            ],
            "one table a side, or the same years or groups on both",
            "name those that are compared, such as --only period_start=2018",
        )
    alone = sum(len(rows) - both.height for rows in told)
    if alone:
        say(f"{alone} tables of one side have no counterpart: left out.")
    pairs = []
    for values in both.rows():
        where = [pl.col(name) == value for name, value in zip(varying, values, strict=True)]
        first, second = (
            Side(
                side.paths, side.groups, side.everyone.filter(where),
                None if side.causes is None else side.causes.filter(where),
            )
            for side in (one, two)
        )  # fmt: skip
        pairs.append((dict(zip(varying, values, strict=True)), first, second))
    return pairs


def _rows(one: Side, two: Side) -> "pl.DataFrame":
    """Rows by age and cause of one pair of sides."""
    import polars as pl

    bands = [side.everyone.select(BAND).sort("age_start") for side in (one, two)]
    if not bands[0].equals(bands[1]):
        raise unusable(
            two.paths[0],
            f"other ages than in {one.paths[0]}, or ages that are hidden in one of the two",
            "the same ages on both sides",
            "export both by the same age groups, with suppressed and zero values shown",
        )
    if hidden := [side for side in (one, two) if side.everyone["deaths"].null_count()]:
        raise unusable(
            hidden[0].paths[0],
            "a hidden number of deaths of all causes (suppressed:too_few_cases)",
            "all-cause deaths of every age",
            "take more years or more people together",
        )
    everyone = one.everyone.select(*BAND, deaths_1="deaths", population_1="population").join(
        two.everyone.select("age_start", deaths_2="deaths", population_2="population"), on="age_start"
    )
    first, last = (two.everyone[name].cast(pl.Float64).item(0) for name in ("period_start", "period_end"))
    everyone = everyone.with_columns(middle=pl.lit((first + last) / 2))
    if one.causes is None or two.causes is None:
        return everyone.with_columns(cause=pl.lit(ALL_CAUSES), shown=pl.lit(True)).sort("age_start")
    return _by_cause(one, two, everyone)


def _by_cause(one: Side, two: Side, everyone: "pl.DataFrame") -> "pl.DataFrame":
    """The rows of causes that both sides show at an age, and what is left of all deaths as one more cause."""
    import polars as pl

    shown = (
        _known(one).rename({"deaths": "deaths_1"}).join(
            _known(two).rename({"deaths": "deaths_2"}), on=("age_start", "cause")
        )
        .join(everyone.select("age_start", all_1="deaths_1", all_2="deaths_2"), on="age_start")
        .with_columns(least=pl.min_horizontal("deaths_1", "deaths_2"))
        .sort("age_start", "least", "cause", descending=[False, True, False])
    )  # fmt: skip
    # The largest causes first: what they leave of all deaths, on each side.
    left = [pl.col(f"all_{side}") - pl.col(f"deaths_{side}").cum_sum().over("age_start") for side in (1, 2)]
    if shown.select(pl.min_horizontal(left).min() < 0).item():
        raise unusable(
            one.paths[0],
            "causes of an age that add up to more than its deaths",
            "causes that each death has one of",
            "give exports whose causes do not overlap",
        )
    # A rest of fewer than ten deaths may tell a hidden count: the next larger cause joins it.
    small = pl.any_horizontal((each > 0) & (each < FEWEST) for each in left)
    at = pl.int_range(pl.len()).over("age_start")
    tellable = shown.with_columns(at=at, rest=~small)
    last = tellable.group_by("age_start").agg(
        keep=pl.col("at").filter(pl.col("rest")).max().fill_null(-1), end=pl.col("at").max()
    )
    kept = tellable.join(last, on="age_start").filter(pl.col("at") <= pl.col("keep"))
    kept = kept.select("age_start", "cause", "deaths_1", "deaths_2")
    sums = kept.group_by("age_start").agg(pl.col("deaths_1", "deaths_2").sum())
    rest = (
        everyone.select("age_start", all_1="deaths_1", all_2="deaths_2")
        .join(sums, on="age_start", how="left")
        .select(
            "age_start", cause=pl.lit(OTHERS),
            deaths_1=pl.col("all_1") - pl.col("deaths_1").fill_null(0.0),
            deaths_2=pl.col("all_2") - pl.col("deaths_2").fill_null(0.0),
        )
    )  # fmt: skip
    both = pl.concat([kept, rest]).with_columns(shown=pl.lit(True))
    grid = everyone.select("age_start").join(both.select("cause").unique(), how="cross")
    rows = grid.join(both, on=("age_start", "cause"), how="left").with_columns(
        pl.col("deaths_1", "deaths_2").fill_null(0.0), pl.col("shown").fill_null(False)
    )
    nothing = (pl.col("cause") == OTHERS) & (pl.col("deaths_1") == 0) & (pl.col("deaths_2") == 0)
    rows = rows.with_columns(shown=pl.col("shown") & ~nothing)
    people = everyone.select(*BAND, "population_1", "population_2", "middle")
    return rows.join(people, on="age_start").sort("age_start", "cause")


def _known(side: Side) -> "pl.DataFrame":
    import polars as pl

    assert side.causes is not None
    return side.causes.filter(pl.col("deaths").is_not_null()).select("age_start", "cause", "deaths")
