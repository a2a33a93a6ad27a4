"""Small counts are hidden, and so many others with them that no hidden count follows from what is shown.

First every count from 1 to 9 is hidden (a count of 0 is shown). Then the declared sums are read as an
intruder reads them: row and column totals, a county and its tracts, a window of years and the years. A hidden
count that can have one value only gets company: of the shown counts that are not 0, those of the least sum
with which it can move while every published sum stays. In a single row that is the next smallest count. Who
reads the table is not told which were hidden first: the reason is the same, since knowing would narrow them.

The check is exact: for each hidden count there are other whole counts that fit all published sums, knowing
that no 0 is hidden, so that its least and its greatest value differ. How far they differ is not promised.

Source: Willenborg and de Waal (2001), *Elements of Statistical Disclosure Control*, chapter 4; Kelly, Golden
and Assad (1992), "Cell suppression: disclosure protection for sensitive tabular data", Networks 22, 397-417,
for the choice by programming; the limit of 10 is that of CDC WONDER for places within the United States.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack
from scipy.sparse.csgraph import connected_components

from lifegap.methods.arrays import Floats

Flags = NDArray[np.bool_]

LEAST_SHOWN = 10
"""Counts below this are hidden, unless the source says another number."""

HIDDEN, BY_PUBLISHER, REVEALING = (
    "withheld:small_count",
    "suppressed:too_few_cases",
    "withheld:reveals_small_count",
)
CONTRADICTION = "no counts fit the published sums: they contradict, or the publisher hides larger counts too"
SOLVED, UNSOLVABLE = 0, (2, 3, 4)
"""What the solver answers: done; no such numbers, or no least of them."""


@dataclass(frozen=True)
class _Table:
    """Cells, and the sums among them: a row of `sums` has 1 for each part and -1 for their total."""

    names: list[Any]
    sums: csr_array
    counts: Floats
    latent: Flags
    released: Flags
    lower: Floats
    upper: Floats
    by_publisher: Flags


def suppress(
    cells: pl.DataFrame,
    totals: pl.DataFrame,
    *,
    threshold: int = LEAST_SHOWN,
    smallest_hidden: int = 1,
    publisher_hides_small_only: bool = True,
) -> pl.DataFrame:
    """The cells with small counts hidden, and with them every count that would give one away.

    cells: `cell` (its name, once), `count` (a whole number; null where its publisher hides it), and perhaps
    `latent` (true: never published itself, but sums or differences may give it; its count may be null) and
    `released` (true: out already, as in an earlier release, so that it cannot be hidden any more).
    totals: `total` and `part`, names of cells, a row for each part; with `split` where one total is split in
    more than one way. Counts from smallest_hidden to threshold - 1 are hidden; those that the publisher hides
    are taken to be such counts too, unless it is said that it hides larger ones as well.

    Returns the cells with `count` null where it is hidden, and `reason`: withheld:small_count, or
    suppressed:too_few_cases for those of the publisher. Rows of latent cells come back without a count.
    Raises ValueError where parts do not add up to their total (declare the rest as a latent cell), counts are
    not whole, or figures that are out already give a hidden count away.
    """
    table = _read(cells, totals, threshold, smallest_hidden, publisher_hides_small_only)
    point = _completed(table)
    few = (point >= smallest_hidden) & (point < threshold) & ~table.released
    unknown = np.isnan(table.counts) | table.latent | few
    moved = np.zeros(len(point), dtype=bool)
    # A large count that is never published itself is no secret; all else that is unknown is.
    for cell in np.flatnonzero(unknown & (few | ~table.latent)):
        if not moved[cell]:
            touched = _cheapest_move(table, point, unknown, int(cell)) != 0
            unknown |= touched
            moved |= touched  # every cell that moves with it has another value too
    shown = np.where(unknown, np.nan, table.counts)
    hidden, theirs = pl.Series(unknown & ~table.latent), pl.Series(table.by_publisher)
    return cells.with_columns(
        count=pl.Series(shown).fill_nan(None).cast(pl.Int64),
        reason=pl.when(theirs).then(pl.lit(BY_PUBLISHER)).when(hidden).then(pl.lit(HIDDEN)),
    )


def bounds_of_hidden(
    cells: pl.DataFrame,
    totals: pl.DataFrame,
    *,
    threshold: int = LEAST_SHOWN,
    smallest_hidden: int = 1,
    publisher_hides_small_only: bool = True,
) -> pl.DataFrame:
    """What an intruder can tell of each cell without a count: `cell`, `low`, `high` (null: no upper bound).

    cells and totals as `suppress` takes and returns them. Where low equals high the count is given away.
    """
    table = _read(cells, totals, threshold, smallest_hidden, publisher_hides_small_only)
    unknown = np.isnan(table.counts) | table.latent
    ranges = []
    for members in _components(table, unknown):
        system = _System(table, unknown, members)
        ends = [[system.extreme(index, sign) for sign in (1, -1)] for index in range(len(members))]
        ranges += [
            (int(cell), *(None if end is None else int(end[index]) for end in pair))
            for index, (cell, pair) in enumerate(zip(members, ends, strict=True))
        ]
    found = pl.DataFrame(
        sorted(ranges), schema={"_row": pl.UInt32, "low": pl.Int64, "high": pl.Int64}, orient="row"
    )
    named = cells.with_row_index("_row").select("_row", "cell")
    return named.join(found, on="_row", how="inner", maintain_order="left").drop("_row")


def totals_along(cells: pl.DataFrame, dimension: str, parts: pl.DataFrame, *, by: list[str]) -> pl.DataFrame:
    """The sums of cells along one of their dimensions, as `suppress` takes them.

    cells: `cell`, `dimension` and the columns `by`, which together name a cell. parts: `total`, `part`, and
    perhaps `split`, values of the dimension, such as (all ages, 0-4) or (county, tract) or (2019-2023, 2019).
    """
    named = parts if "split" in parts.columns else parts.with_columns(split=pl.lit(""))
    wholes = cells.select(*by, pl.col(dimension).alias("total"), pl.col("cell").alias("_whole"))
    members = cells.select(*by, pl.col(dimension).alias("part"), pl.col("cell").alias("_member"))
    joined = named.join(wholes, on="total").join(members, on=["part", *by])
    split = pl.format("{} {}", pl.lit(dimension), pl.col("split").cast(pl.String))
    return joined.select(total="_whole", part="_member", split=split)


def reason_of_rate(numerator_reason: pl.Expr, denominator_reason: pl.Expr) -> pl.Expr:
    """Why a rate or a percentage, its error and its limits are hidden: one of its counts is; else null.

    With either count known the rate gives the other, and a ratio of two small counts gives both.
    """
    hidden = [reason.is_in([HIDDEN, BY_PUBLISHER]) for reason in (numerator_reason, denominator_reason)]
    return pl.when(pl.any_horizontal(hidden)).then(pl.lit(REVEALING))


def _read(
    cells: pl.DataFrame, totals: pl.DataFrame, threshold: int, smallest_hidden: int, small_only: bool
) -> _Table:
    counts = cells["count"].cast(pl.Float64).to_numpy().copy()
    unknown = np.isnan(counts)
    if cells["cell"].is_duplicated().any():
        raise ValueError("a cell stands twice")
    if ((counts < 0) | (counts != np.floor(counts)))[~unknown].any():
        raise ValueError("counts must be whole numbers, not below 0")
    latent, released = (
        cells[name].fill_null(False).to_numpy() if name in cells.columns else np.zeros(len(cells), bool)
        for name in ("latent", "released")
    )
    by_publisher = unknown & ~latent
    if "reason" in cells.columns:
        by_publisher &= (cells["reason"] != HIDDEN).fill_null(True).to_numpy()
    sums = _sums(cells, totals)
    apart = (sums @ np.nan_to_num(counts) != 0) & (abs(sums) @ unknown.astype(float) == 0)
    if apart.any():
        raise ValueError(f"parts do not add up to their total in {int(apart.sum())} of the sums")
    return _Table(
        names=cells["cell"].to_list(),
        sums=sums,
        counts=counts,
        latent=latent,
        released=released,
        lower=np.where(latent, 0.0, smallest_hidden),
        upper=np.where(by_publisher & small_only, threshold - 1.0, np.inf),
        by_publisher=by_publisher,
    )


def _sums(cells: pl.DataFrame, totals: pl.DataFrame) -> csr_array:
    """The sums as a matrix (sums, cells) that gives 0 for the true counts."""
    rows = cells.select("cell").with_row_index("_row")
    named = totals if "split" in totals.columns else totals.with_columns(split=pl.lit(""))
    each = named.select("total", "split").unique(maintain_order=True).with_row_index("_sum")
    parts = (
        named.join(each, on=["total", "split"], nulls_equal=True)
        .join(rows.rename({"cell": "part", "_row": "_part"}), on="part", how="left")
        .join(rows.rename({"cell": "total", "_row": "_total"}), on="total", how="left")
    )
    if parts.select(pl.col("_part", "_total").is_null().any()).row(0) != (False, False):
        raise ValueError("a total or a part is no cell")
    if parts.select("_sum", "_part").is_duplicated().any():
        raise ValueError("a part stands twice in a sum")
    heads = parts.select("_sum", "_total").unique(maintain_order=True)
    columns = np.concatenate([parts["_part"].to_numpy(), heads["_total"].to_numpy()])
    lines = np.concatenate([parts["_sum"].to_numpy(), heads["_sum"].to_numpy()])
    values = np.concatenate([np.ones(len(parts)), -np.ones(len(heads))])
    return csr_array((values, (lines, columns)), shape=(len(each), len(cells)))


def _completed(table: _Table) -> Floats:
    """The counts, and in place of those that nobody told us some that fit the sums."""
    point, unknown = table.counts.copy(), np.isnan(table.counts)
    for members in _components(table, unknown):
        point[members] = _System(table, unknown, members).extreme(0, 1)
    return point


def _cheapest_move(table: _Table, point: Floats, unknown: Flags, cell: int) -> Floats:
    """Whole changes of the counts `point` that change this cell, leave all sums, and touch the least shown.

    No count leaves its range. What is shown changes at the price of its count; what is hidden nearly free.
    """
    size = len(point)
    free = unknown | (~table.released & (point > 0))
    room = np.where(free, [table.upper - point, point - table.lower], 0.0)  # upwards, downwards
    # The grain in the price decides between equals by position, the same way whatever the solver.
    price = np.where(unknown, 0.0, point) + (1 + np.arange(size) / size) / 1000
    prices, both = np.append(price, price), hstack([table.sums, -table.sums])
    moves = []
    for way in (0, 1):
        least, most = np.zeros_like(room), room.copy()
        least[way, cell], most[1 - way, cell] = 1.0, 0.0
        if room[way, cell] < 1:
            continue
        found = _search(prices, both, 0.0, least.ravel(), most.ravel())
        if found is not None:
            moves.append((found @ prices, found[:size] - found[size:]))
            if not moves[-1][1][~unknown].any():
                break
    if not moves:
        raise ValueError(f"what is out already gives away the count of {table.names[cell]!r}")
    return min(moves, key=lambda move: move[0])[1]


def _components(table: _Table, unknown: Flags) -> list[NDArray[np.intp]]:
    """Unknown cells that hang together by sums."""
    places = np.flatnonzero(unknown)
    if not len(places):
        return []
    entries = csr_array(abs(table.sums)[:, places])
    count, label = connected_components(entries.T @ entries, directed=False)
    return [places[label == each] for each in range(count)]


class _System:
    """The sums that bind some unknown cells, with what is known on the other side."""

    def __init__(self, table: _Table, unknown: Flags, members: NDArray[np.intp]) -> None:
        rows = abs(table.sums)[:, members].sum(axis=1) > 0
        self.rest = -(table.sums[rows] @ np.where(unknown, 0.0, table.counts))
        self.sums = csr_array(csr_array(table.sums[rows])[:, members])
        self.lower, self.upper = table.lower[members], table.upper[members]

    def extreme(self, index: int, sign: int) -> Floats | None:
        """Cells with the least (sign 1) or greatest (-1) value of one of them; None where it has no end.

        The least comes first: it exists unless the published sums contradict each other.
        """
        weights = sign * np.eye(len(self.lower))[index]
        found = _search(weights, self.sums, self.rest, self.lower, self.upper)
        if found is None and sign == 1:
            raise ValueError(CONTRADICTION)
        return found


def _search(weights: Floats, sums: Any, rest: Any, lower: Any, upper: Any) -> Floats | None:
    """Whole numbers of the least weighted sum with sums @ numbers = rest; None where there are no such."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    found = milp(
        weights,
        constraints=LinearConstraint(sums, rest, rest) if sums.shape[0] else (),
        bounds=Bounds(lower, upper),
        integrality=np.ones(len(weights)),
        options={"mip_rel_gap": 0.0},
    )
    if found.status not in (SOLVED, *UNSOLVABLE):
        raise ValueError(f"the search for counts that fit failed: {found.message}")
    return np.rint(found.x) if found.status == SOLVED else None
