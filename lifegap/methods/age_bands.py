"""Age bands as they are printed and as life tables need them: first age, and the age at which a band ends."""

import re

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

    starts: first ages, increasing. ends: where the file says a band ends, such a band is believed. Returned
    are positions. The first years of usual tables (0, 1, 5, 10 or 15) and a first band of more than ten
    years, which tables of few bands begin with, are no such thing.
    """
    widths = [after - before for before, after in zip(starts, starts[1:], strict=False)]
    found = []
    for at, width in enumerate(widths):
        usual = (starts[at], width) in ((0, 1), (0, 5), (1, 4), (5, 5), (5, 10))
        if usual or ends[at] is not None or (at == 0 and width > WIDE_BAND):
            continue
        beside = [widths[other] for other in (at - 1, at + 1) if 0 <= other < len(widths)]
        if beside and width > max(beside):
            found.append(at)
    return found


WIDE_BAND = 10
"""Years beyond which a first band is one of few, not one of many with a gap behind it."""
