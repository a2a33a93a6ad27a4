"""Age bands as they are printed and as life tables need them: first age, and the age at which a band ends."""

import re
from itertools import groupby, pairwise

PRINTED = (
    (re.compile(r"(?:<|under|less than)\s*(\d+)(?:\s*years?)?"), lambda found: (0, int(found[1]))),
    (
        re.compile(r"(\d+)\s*(?:-|–|—|to)\s*(\d+)(?:\s*years?)?"),
        lambda found: (int(found[1]), int(found[2]) + 1),
    ),
    (
        re.compile(r"(\d+)\s*(?:\+|(?:years? )?(?:and|or|&) (?:over|older|more)|plus)(?:\s*years?)?"),
        lambda found: (int(found[1]), None),
    ),
    (re.compile(r"(\d+)\s*years?"), lambda found: (int(found[1]), int(found[1]) + 1)),
)
"""Form of a label → first age and the age at which it ends."""

USUAL = ((0, 1), (0, 5), (1, 4), (5, 5), (5, 10))
"""First age and width of the young bands of usual tables."""

WIDE_BAND = 10
"""Years beyond which a first band is one of few, not one of many with a gap behind it."""

TOTALS = ("total", "all", "all ages", "all age groups", "totals")
NOT_STATED = ("not stated", "age not stated", "not stated (ns)")


def ages_of_label(label: str) -> tuple[int, int | None] | None:
    """First age and the age at which a printed band ends (None where it is open); None for other words.

    >>> ages_of_label("1-4 years"), ages_of_label("< 1 year"), ages_of_label("85+"), ages_of_label("n/a")
    ((1, 5), (0, 1), (85, None), None)
    """
    words = " ".join(label.strip().lower().split())
    for form, ages in PRINTED:
        if found := form.fullmatch(words):
            start, end = ages(found)
            return (start, end) if end is None or end > start else None
    return None


def is_total(label: str | None) -> bool:
    """Whether a label says that its row is the sum of all ages."""
    return label is not None and " ".join(label.strip().lower().split()) in TOTALS


def wider_than_neighbors(starts: list[float], ends: list[float | None]) -> list[int]:
    """Closed bands that look as if a band behind them were missing: wider than the closed bands beside them.

    starts: first ages, increasing. ends: where the file says that a band ends; such a band is believed.
    Returned are positions. Bands of one width in a row are taken together, since every second band may be
    missing. The first years of usual tables (0, 1, 5, then 10 or 15) are no such thing, nor is a first band
    of more than ten years, with which tables of few bands begin.
    """
    widths = [after - before for before, after in pairwise(starts)]
    runs = [(width, [at for at, _ in run]) for width, run in groupby(enumerate(widths), lambda each: each[1])]
    found = []
    for place, (width, run) in enumerate(runs):
        usual = (starts[run[0]], width) in USUAL or (place == 0 and width > WIDE_BAND)
        beside = [runs[other][0] for other in (place - 1, place + 1) if 0 <= other < len(runs)]
        lone_or_between = len(beside) == 2 or len(run) == 1
        if beside and not usual and lone_or_between and width > max(beside):
            found += [at for at in run if ends[at] is None]
    return found
