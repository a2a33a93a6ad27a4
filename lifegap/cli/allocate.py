"""`lifegap allocate`: how an amount would be split over a coalition's places, as a what-if."""

import math
from typing import Annotated, Any

import typer

from lifegap.cli.options import AsFormat, Home, home_of, known_coalition
from lifegap.cli.terminal import Format, hint, show
from lifegap.errors import error
from lifegap.releases.read import Release, open_release

RULES = ("population", "gap", "need")
COLUMNS = (
    "place_id", "place", "amount", "amount_low", "amount_high", "share", "share_low", "share_high",
    "proportionality", "amount_per_person",
)  # fmt: skip
DOING = "splitting an amount"


def allocate(
    coalition: Annotated[str, typer.Option("--coalition", metavar="ID", help="Whose places share it.")],
    amount: Annotated[float, typer.Option("--amount", metavar="N", help="What is split, in US dollars.")],
    rule: Annotated[
        str,
        typer.Option("--rule", metavar="R", help="population, gap, need, or a mix: population=0.5,gap=0.5."),
    ] = "population",
    floor: Annotated[float, typer.Option("--floor", help="Least share of any place, from 0 to 1.")] = 0.0,
    cap: Annotated[float, typer.Option("--cap", help="Most share of any place, from 0 to 1.")] = 1.0,
    form: AsFormat = Format.table,
    home: Home = None,
) -> None:
    """A what-if split: shares by a rule, with their limits, and how they compare with the people.

    population: as the people. gap: as the person-years that people live shorter than the reference. need: as
    the people times how far up their place ranks. Limits show how far the shares would move if the gaps or
    ranks were others within their error.

    Examples:
      lifegap allocate --coalition west-side-united --amount 1000000 --rule gap

      lifegap allocate --coalition west-side-united --amount 500000 --rule gap=1,need=1 --floor 0.05
    """
    mix = _mix(rule)
    if not (math.isfinite(amount) and amount > 0):
        raise _wrong(f"--amount {amount:g}", "an amount above 0", "give what is to be split, in US dollars")
    with open_release(home_of(home)) as release:
        known_coalition(release, coalition)
        rows = _places(release, coalition, mix)
        basis = dict.fromkeys(row["basis"] for row in rows if row["basis"])
    split = _split(rows, mix, amount, floor=floor, cap=cap)
    show(COLUMNS, [[row[name] for name in COLUMNS] for row in split], form)
    hint(f"A what-if split, not a recommendation. Weights: {'; '.join(basis)}. People are those of 2010.")


def _mix(rule: str) -> dict[str, float]:
    """Rule → its part of the whole. Raises OPTION."""
    parts = [part.partition("=") for part in rule.split(",")]
    try:
        mix = {name.strip(): float(part or 1) for name, _, part in parts}
    except ValueError:
        mix = {}
    usable = all(math.isfinite(part) and part >= 0 for part in mix.values()) and sum(mix.values()) > 0
    if set(mix) - set(RULES) or len(mix) < len(parts) or not usable:
        raise _wrong(
            f"--rule {rule}",
            f"one of {', '.join(RULES)}, or several with their parts: population=0.5,gap=0.5",
            "correct the rule",
        )
    whole = sum(mix.values())
    return {name: part / whole for name, part in mix.items() if part > 0}


def _places(release: Release, coalition: str, mix: dict[str, float]) -> list[dict[str, Any]]:
    """The rows of the mix's rules, place by place. Raises UNKNOWN-NAME where there is no such split."""
    rows = release.ask(
        """
        SELECT a.*, p.name AS place FROM allocation AS a JOIN place AS p USING (place_id)
        JOIN coalition_place AS c USING (coalition_id, place_id)
        WHERE coalition_id = $coalition AND list_contains($rules, rule)
        ORDER BY rule, c.position
        """,
        {"coalition": coalition, "rules": list(mix)},
    ).dicts()
    if not rows:
        raise _wrong(
            f"no split for {coalition}",
            "a coalition of two places or more that lie together",
            "name another coalition",
        )
    if missing := {row["rule"]: row["reason"] for row in rows if row["reason"]}:
        raise _wrong(
            [f"{name}: {reason}" for name, reason in missing.items()],
            "a figure with an error for every place of the coalition",
            "name another rule; `lifegap indicators` and `lifegap gap` show what is there",
        )
    return rows


def _split(
    rows: list[dict[str, Any]], mix: dict[str, float], amount: float, *, floor: float, cap: float
) -> list[dict[str, Any]]:
    """The places with their shares of the mix. Raises OPTION where floor and cap leave no split."""
    import numpy as np

    from lifegap.methods.disparity.allocation import drawn_shares, limits, proportionality, shares
    from lifegap.methods.seeds import SEED

    by_rule = {rule: [row for row in rows if row["rule"] == rule] for rule in mix}
    places = next(iter(by_rule.values()))
    weights = {rule: np.array([row["weight"] for row in each]) for rule, each in by_rule.items()}
    errors = {rule: np.array([row["weight_se"] for row in each]) for rule, each in by_rule.items()}
    of_mix = sum(part * shares(np.maximum(weights[rule], 0)) for rule, part in mix.items())
    drawn = sum(
        part * drawn_shares(weights[rule], errors[rule], SEED + RULES.index(rule))
        for rule, part in mix.items()
    )
    try:
        found = shares(np.asarray(of_mix), floor=floor, cap=cap)
        low, high = limits(shares(np.asarray(drawn), floor=floor, cap=cap))
    except ValueError as wrong:
        raise _wrong(
            f"--floor {floor:g} --cap {cap:g}: {wrong}",
            "a floor of at most 1 over the number of places, and a cap of at least that",
            "correct the limits",
        ) from None
    people = np.array([row["people"] for row in places])
    ratios = proportionality(found, people)
    dollars = _whole_dollars(found, amount)
    return [
        {
            "place_id": row["place_id"],
            "place": row["place"],
            "amount": dollars[index],
            "amount_low": round(low[index] * amount),
            "amount_high": round(high[index] * amount),
            "share": float(found[index]),
            "share_low": float(low[index]),
            "share_high": float(high[index]),
            "proportionality": float(ratios[index]),
            "amount_per_person": float(found[index] * amount / row["people"]),
        }
        for index, row in enumerate(places)
    ]


def _whole_dollars(found: Any, amount: float) -> list[int]:
    """Whole dollars that sum to those of the amount: what is left goes to the largest remainders."""
    exact = found * math.floor(amount)
    dollars = [math.floor(each) for each in exact]
    left = math.floor(amount) - sum(dollars)
    for index in sorted(range(len(dollars)), key=lambda each: dollars[each] - exact[each])[:left]:
        dollars[index] += 1
    return dollars


def _wrong(found: str | list[str], expected: str, todo: str) -> Exception:
    return error("OPTION", doing=DOING, found=found, expected=expected, todo=todo)
