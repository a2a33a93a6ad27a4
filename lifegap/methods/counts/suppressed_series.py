"""Small counts by age: a series is hidden whole where one of its counts is, and others that give it away.

A series is a list of counts by age. What is made of it, a death rate, survivors, a life table, gives its
counts in many ways at once; so either all counts of a series are shown or none. Then the sums among series
(a year and its months, all people and their groups, a region and its places) are read as an intruder reads
them, age by age, with `suppress`; a series that must keep another company is hidden whole, and the search
begins again, until nothing more must be hidden.

Source: as `suppression`; hiding rows of a table whole is a stricter form of it.
"""

import polars as pl

from lifegap.methods.counts.suppression import suppress


def hidden_series(
    counts: pl.DataFrame, totals: pl.DataFrame, *, threshold: int, smallest_hidden: int = 0
) -> list[str]:
    """Names of the series none of whose counts may be shown, sorted.

    counts: `series`, `age`, `count` (null where it is not known), `latent` (never shown itself). totals:
    `total`, `part`, `split`: names of series, a row for each part. Series of one sum that have other ages are
    taken as one: where one of them is hidden, so are all. Counts from smallest_hidden to threshold - 1 are
    small; by default 0 is, since a series that is hidden for a 0 tells nothing of where it stands. A small
    count that is never shown itself, what is left of a total, must not follow from the others either; a left
    over 0 is none.
    """
    shown = counts.filter(~pl.col("latent"))
    small = pl.col("count").is_between(smallest_hidden, threshold - 1)
    hidden = set(shown.filter(small)["series"].unique())
    ages = dict(counts.group_by("series").agg(pl.col("age").sort()).rows())
    together, alike = _sums(totals, ages)
    open_names = set(shown["series"].unique())
    parts = [
        (names, counts.filter(pl.col("series").is_in(list(names))), sums)
        for names, sums in _components(alike)
    ]
    left_over = set(counts.filter("latent", pl.col("count").is_between(1, threshold - 1))["series"])
    while True:
        before = len(hidden)
        for names in together:
            if names & hidden:
                hidden |= names & open_names
        for names, mine, sums in parts:
            if names & (hidden | left_over) and names & (open_names - hidden):
                hidden |= _company(mine, sums, hidden, threshold, smallest_hidden) & open_names
        if len(hidden) == before:
            return sorted(hidden)


def _sums(totals: pl.DataFrame, ages: dict[str, list[int]]) -> tuple[list[set[str]], list[pl.DataFrame]]:
    """Members of sums whose ages differ, and the sums whose ages are alike."""
    together, alike = [], []
    for (total, _), sums in totals.partition_by("total", "split", as_dict=True, maintain_order=True).items():
        names = {str(total), *sums["part"]}
        if len({tuple(ages[name]) for name in names}) > 1:
            together.append(names)
        else:
            alike.append(sums)
    return together, alike


def _components(sums: list[pl.DataFrame]) -> list[tuple[set[str], pl.DataFrame]]:
    """Series that hang together by sums, with these."""
    found: list[tuple[set[str], list[pl.DataFrame]]] = []
    for each in sums:
        names, mine = {each["total"][0], *each["part"]}, [each]
        apart = []
        for others, theirs in found:
            if others & names:
                names |= others
                mine = theirs + mine
            else:
                apart.append((others, theirs))
        found = [*apart, (names, mine)]
    return [(names, pl.concat(mine)) for names, mine in found]


def _company(
    counts: pl.DataFrame, sums: pl.DataFrame, hidden: set[str], threshold: int, smallest_hidden: int
) -> set[str]:
    """Series that must be hidden with those that are, by the sums of each age."""
    found: set[str] = set()
    for whole in counts.partition_by("age", maintain_order=True):
        age = whole.filter(~(pl.col("latent") & (pl.col("count") == 0)).fill_null(value=False))
        here = sums.filter(pl.col("part").is_in(age["series"].implode()))
        cells = age.select(
            "count", cell="series", latent=pl.col("latent") | pl.col("series").is_in(list(hidden | found))
        )
        try:
            kept = suppress(cells, here, threshold=threshold, smallest_hidden=smallest_hidden)
        except ValueError:
            # No other counts fit what would be shown: nothing of these series is.
            return set(counts["series"].unique())
        found |= set(kept.filter(~pl.col("latent"), pl.col("count").is_null())["cell"])
    return found
