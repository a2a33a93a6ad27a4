"""Why rows of a source's table reach no figure, place or weight; `warehouse.unused_row` counts them."""

from typing import NamedTuple

COPY, WAITS = "copy_for_comparison", "waits_for_a_use"
PARTS, BASE, UNDATED = "part_of_a_tract", "base_of_the_estimates", "no_place_or_period"
TWICE, CORRECTED, SAID, BLANK = "stands_twice", "corrected_by_publisher", "row_says_why", "no_value"


class Why(NamedTuple):
    """Why rows of a table reach nothing further. `where` picks them, as `t`; without it they are all meant.

    vintages: a pattern of the editions that the reason is for.
    """

    table: str
    vintages: str
    reason: str
    where: str | None = None
