"""Sentences that may be quoted, each made from the row of its figure alone.

Pure functions of rows: years to a tenth, the limits in the words of the sentence, names as English has them.
"""

import re
from collections.abc import Sequence
from typing import Any

from lifegap.digits import digits

ARTICLE = re.compile(r"(United States|District of Columbia|Planning Region|Census Area|planning district)\b")
PAGE = re.compile(r"^([^:]+): .*\(https?://\S+\)$")
"""Note of a figure that was read on a page: who published it, its title, its address."""

GROUPS = {
    "race:american_indian_alaska_native": "American Indian and Alaska Native people",
    "race:asian": "Asian people",
    "race:black": "Black people",
    "race:hispanic": "Hispanic people",
    "race:native_hawaiian_pacific_islander": "Native Hawaiian and Pacific Islander people",
    "race:two_or_more": "people of two or more races",
    "race:white": "White people",
}
"""Groups of people inside a sentence."""

SHORT = 150
"""Characters of caveat that a quote carries beyond its first sentence."""


def period_words(start: int, end: int) -> str:
    """A period as people write it."""
    return str(end) if start == end else f"{start}-{end}"


def place_words(name: str, spoken: str | None = None) -> str:
    """The name of a place inside a sentence. spoken: as its coalition says it."""
    if spoken is not None:
        return spoken
    title, together, _ = name.partition(", all places")
    if together:
        return f"the places of {title} together"
    return f"the {name}" if ARTICLE.search(name.split(",", maxsplit=1)[0]) else name


def group_words(group: str) -> str:
    """A group of people inside a sentence; one that is not listed by its name."""
    return GROUPS.get(group) or f"people of {group.partition(':')[2].replace('_', ' ') or group}"


def counted(count: int, thing: str) -> str:
    """How many there are of a thing: 1 place, 2 places."""
    return f"{count:,} {thing}{'' if count == 1 else 's'}"


def gap_sentence(gap: dict[str, Any]) -> str:
    """A gap: how long people of the place live, and how much shorter or longer than those of the reference.

    gap: a row of `life_expectancy_gap` with `place` and `reference`, the names in words. Limits are in the
    direction of the sentence: 1.6 years longer has 1.3 to 1.8, not -1.8 to -1.3.
    """
    years = _tenths(gap["gap"])
    than = "the same as" if years == "0.0" else f"{years} years {_way(gap['gap'])} than"
    return (
        f"In {period_words(gap['period_start'], gap['period_end'])}, life expectancy in {gap['place']} was "
        f"{digits(gap['place_estimate'], 1)} years, {than} in {gap['reference']}{_gap_interval(gap)}."
    )


def own_sentence(own: dict[str, Any]) -> str:
    """A life expectancy, of a row of `life_expectancy` with `place`, its name in words."""
    interval = _interval(*_limits(own)) if _has_interval(own) else ""
    return (
        f"In {period_words(own['period_start'], own['period_end'])}, life expectancy in {own['place']} was "
        f"{digits(own['estimate'], 1)} years{interval}."
    )


def source_sentence(figure: dict[str, Any], others: Sequence[dict[str, Any]], column: str) -> str:
    """Whose figure it is and, in half a sentence each, what other sources say. column: gap or estimate."""
    beside = "".join(f"; {_half_sentence(figure, other, column)}" for other in others)
    title = re.sub(r" \([^()]*\)$", "", figure["title"])
    return f"Source: {publisher_words(figure)} ({title}){beside}."


def short_caveat(caveat: str | None) -> tuple[str, bool]:
    """What of a caveat goes with a quote, and whether that is all of it.

    The width of the interval is left out, for the interval stands in the sentence; that a place is a stand-in
    comes first.
    """
    if caveat is None:
        return "", True
    said = re.split(r"(?<=[.!?])\s+(?=[A-Z0-9])", caveat)
    told = [each for each in dict.fromkeys(said) if not each.startswith("The 95 percent interval reaches")]
    told.sort(key=lambda each: not each.startswith("A stand-in"))
    # What is listed behind a semicolon is left to `explain` where it is long.
    kept = [each if len(each) <= SHORT else re.sub(r"; .*", ".", each) for each in told[:1]]
    for each in told[1:]:
        if len(" ".join([*kept, each])) <= SHORT:
            kept.append(each)
    return " ".join(kept), kept == told


def _half_sentence(figure: dict[str, Any], other: dict[str, Any], column: str) -> str:
    """What another source says: its figure, period, interval or that it has none.

    page: the note of the place's figure, which names the page of one that was reported.
    """
    value = other[column]
    years = f"{_tenths(value)} years" if column == "gap" else f"{digits(value, 1)} years"
    if column == "gap" and value * figure["gap"] < 0:
        years += f" {_way(value)}"
    period = period_words(other["period_start"], other["period_end"])
    if not _has_interval(other):
        interval = ", without an interval"
    else:
        limits = _gap_interval(other) if column == "gap" else _interval(*_limits(other))
        interval = limits.replace("95 % interval ", "")
    reported = PAGE.match(other.get("page") or "")
    who = f"{reported[1]} reported" if reported else f"{publisher_words(other)} gives"
    return f"{who} {years} for {period}{interval}"


def publisher_words(figure: dict[str, Any]) -> str:
    """The publisher without its department or program."""
    return re.split(r",| \(", figure["publisher"])[0]


def _gap_interval(gap: dict[str, Any]) -> str:
    """The limits in the direction of the gap; where they lie on both sides of none, each with its own."""
    if not _has_interval(gap):
        return ""
    low, high = gap["ci_low"], gap["ci_high"]
    if low < 0 < high and "0.0" not in (_tenths(low), _tenths(high)):
        return _interval(f"{_tenths(low)} longer", f"{_tenths(high)} shorter")
    near, far = sorted((abs(low), abs(high))) if low * high > 0 else (0.0, max(abs(low), abs(high)))
    return _interval(_tenths(near), _tenths(far))


def _interval(low: str, high: str) -> str:
    return f" (95 % interval {low} to {high})"


def _limits(own: dict[str, Any]) -> tuple[str, str]:
    return digits(own["ci_low"], 1), digits(own["ci_high"], 1)


def _has_interval(figure: dict[str, Any]) -> bool:
    return figure["ci_low"] is not None and figure["ci_high"] is not None


def _way(gap: float) -> str:
    return "shorter" if gap >= 0 else "longer"


def _tenths(years: float) -> str:
    return digits(abs(years), 1)
