"""`lifegap gap`: the life-expectancy gap from a release."""

from typing import Annotated, Any

import typer

from lifegap.cli.options import (
    WHOLE_FILES,
    AsFormat,
    CoalitionOption,
    Home,
    OfRelease,
    find_place,
    known_coalition,
    opened,
)
from lifegap.cli.terminal import Format, hint, show
from lifegap.digits import digits
from lifegap.errors import error
from lifegap.releases.pairs import gaps_between
from lifegap.releases.read import Release
from lifegap.wording import period_words

SHORT = ("place", "reference", "period", "source", "vintage", "method", "gap", "95 % interval", "reliability",
         "quotable")  # fmt: skip


def gap(
    coalition: CoalitionOption = None,
    place: Annotated[
        str | None, typer.Option("--place", metavar="P", help="One place, by id, code or name.")
    ] = None,
    reference: Annotated[
        str | None, typer.Option("--reference", metavar="P", help="What --place is compared with.")
    ] = None,
    period: Annotated[
        str | None,
        typer.Option("--period", metavar="P", help="One period: 2010 or 2010-2015."),
    ] = None,
    groups: Annotated[
        bool, typer.Option("--groups", help="Gaps of population groups, not of all people.")
    ] = False,
    form: AsFormat = Format.table,
    of_release: OfRelease = None,
    home: Home = None,
) -> None:
    """The life-expectancy gap: reference less place, sources side by side.

    With --place and --reference, any two places that share a series: one source, edition, period and method.
    With --place alone, what coalitions compare it with, its state and the nation. Without --place or
    --period, the latest period of each source. CSV and JSON give every column. With --groups each group of
    a place against its white people, and the same group of two places.

    Examples:
      lifegap gap --coalition west-side-united

      lifegap gap --place "West Garfield Park"

      lifegap gap --place "Philadelphia County, PA" --reference "United States"

      lifegap gap --period 2010 --format csv

      lifegap gap --groups --place "Philadelphia County"

      lifegap gap --coalition west-side-united --release 20260101T000000Z-1a2b3c4d
    """
    if reference is not None and place is None:
        raise error(
            "OPTION",
            doing="reading the options of gap",
            found="--reference without --place",
            expected="both, or --place alone",
            todo="add --place",
        )
    with opened(home, of_release) as release:
        one, other = (None if name is None else _named(release, name) for name in (place, reference))
        rows = _rows(release, known_coalition(release, coalition), one, other, period, groups=groups)
        if one is not None and coalition is None:
            rows += _computed(release, rows, one, other, period, groups=groups)
        if not rows:
            raise _none(release, one, other, {"--coalition": coalition, "--period": period})
    if form is Format.table:
        show(SHORT, [_short(row) for row in rows], form)
        hint("Gap in years: reference less place. `lifegap quote PLACE` gives the sentence to quote.")
    else:
        columns = [name for name in rows[0] if name not in ("place", "reference", "position")]
        show(columns, [[row[name] for name in columns] for row in rows], form)


def _named(release: Release, name: str) -> dict[str, Any]:
    """The place of that name; what must be said of a name of before is said on stderr."""
    found = find_place(release, name)
    if found["said"] is not None:
        hint(found["said"])
    return found


def _computed(
    release: Release,
    known: list[dict[str, Any]],
    place: dict[str, Any],
    reference: dict[str, Any] | None,
    period: str | None,
    *,
    groups: bool,
) -> list[dict[str, Any]]:
    """Gaps that no coalition asks for: with the reference named, else with the state and the nation.

    Of the reference named every series of the place is told, with the reason where it cannot be compared.
    """
    wanted = [reference] if reference is not None else _around(release, place)
    published = {row["reference_place_id"] for row in known}
    found = []
    for each in wanted:
        if each["place_id"] in published or each["place_id"] == place["place_id"]:
            continue
        pair = (place["place_id"], each["place_id"])
        names = {"place": place["name"], "reference": each["name"], "position": None}
        rows = gaps_between(release, *pair, groups=groups, shared=reference is None)
        found += [names | row for row in rows]
    return [row for row in found if period is None or period in (str(row["period_end"]), _period_of(row))]


def _period_of(row: dict[str, Any]) -> str:
    return f"{row['period_start']}-{row['period_end']}"


def _around(release: Release, place: dict[str, Any]) -> list[dict[str, Any]]:
    """The state of the place, and the nation."""
    return release.ask(
        "SELECT r.place_id, r.name FROM place AS p JOIN place AS r ON r.place_id = 'state:' || p.state_fips "
        "OR r.place_type = 'nation' WHERE p.place_id = ? ORDER BY r.place_type DESC",
        [place["place_id"]],
    ).dicts()


def _rows(
    release: Release,
    coalition: str | None,
    place: dict[str, Any] | None,
    reference: dict[str, Any] | None,
    period: str | None,
    *,
    groups: bool,
) -> list[dict[str, Any]]:
    """Gaps of coalitions with the names of both places, in the order of the coalition's list."""
    place_id, reference_id = (None if each is None else each["place_id"] for each in (place, reference))
    latest = (
        "QUALIFY row_number() OVER (PARTITION BY g.coalition_id, g.place_id, g.reference_place_id, "
        "population_group, reference_group, g.source_id, method ORDER BY gap IS NULL, g.period_end DESC, "
        "s.edition_order DESC) = 1"
        if place is None and period is None
        else ""
    )
    if place is not None and coalition is None:
        # A pair that several coalitions name is said once, with the baseline of the one that has a target.
        latest = (
            "QUALIFY row_number() OVER (PARTITION BY g.reference_place_id, population_group, "
            "reference_group, g.source_id, g.vintage, g.period_start, g.period_end, method "
            "ORDER BY percent_of_baseline IS NULL, g.coalition_id DESC) = 1"
        )
    return release.ask(
        f"""
        SELECT p.name AS place, r.name AS reference, c.position, g.*
        FROM life_expectancy_gap AS g
        JOIN place AS p ON p.place_id = g.place_id
        JOIN place AS r ON r.place_id = g.reference_place_id
        LEFT JOIN coalition_comparison AS c ON (c.coalition_id, c.place_id, c.reference_place_id)
            = (g.coalition_id, g.place_id, g.reference_place_id)
        JOIN source AS s ON (s.source_id, s.vintage) = (g.source_id, g.vintage)
        WHERE (population_group <> 'all') = $groups AND ($coalition IS NULL OR g.coalition_id = $coalition)
            AND ($place_id IS NULL OR g.place_id = $place_id)
            AND ($reference_id IS NULL OR g.reference_place_id = $reference_id)
            AND ($period IS NULL OR $period IN (g.period_end::VARCHAR, g.period_start || '-' || g.period_end))
        {latest}
        ORDER BY g.coalition_id DESC, c.position, g.place_id, population_group, g.source_id, g.period_end,
            method, s.edition_order
        """,
        {
            "coalition": coalition,
            "place_id": place_id,
            "reference_id": reference_id,
            "period": period,
            "groups": groups,
        },
    ).dicts()


def _none(
    release: Release,
    place: dict[str, Any] | None,
    reference: dict[str, Any] | None,
    options: dict[str, str | None],
) -> Exception:
    """The refusal of a question without answer: what was asked, and what there is."""
    named = {"--place": place, "--reference": reference}
    asked = {option: each["name"] for option, each in named.items() if each is not None}
    asked |= {option: value for option, value in options.items() if value is not None}
    known = [] if place is None else _known_of(release, place["place_id"])
    if place is not None and not known:
        bundle = release.manifest.get("sources") == "bundle"
        expected = "a place with a life expectancy"
        todo = f"have the whole files: {WHOLE_FILES}" if bundle else "name another place"
    elif place is not None:
        expected = f"a reference with a figure of the same series: {', '.join(known)}"
        todo = "name one with --reference, or leave out --period"
    else:
        periods = release.ask(
            "SELECT DISTINCT period_start, period_end FROM life_expectancy_gap ORDER BY 2, 1"
        )
        expected = f"a period of {', '.join(period_words(start, end) for start, end in periods.rows)}"
        todo = "leave out --period to see what there is"
    return error(
        "UNKNOWN-NAME",
        doing="looking up gaps",
        found="no gap for " + " ".join(f"{option} {value}" for option, value in asked.items()),
        expected=expected,
        todo=todo,
    )


def _known_of(release: Release, place_id: str) -> list[str]:
    """The series that a place has figures in."""
    rows = release.ask(
        "SELECT DISTINCT source_id, period_start, period_end FROM life_expectancy "
        "WHERE place_id = ? AND estimate IS NOT NULL ORDER BY 1, 3",
        [place_id],
    ).rows
    return [f"{source} {period_words(start, end)}" for source, start, end in rows]


def _short(row: dict[str, Any]) -> list[object]:
    interval = "" if row["ci_low"] is None else f"{digits(row['ci_low'], 2)} to {digits(row['ci_high'], 2)}"
    return [
        _side(row["place"], row["population_group"]),
        _side(row["reference"], row["reference_group"]),
        period_words(row["period_start"], row["period_end"]),
        row["source_id"],
        row["vintage"],
        row["method"],
        row["gap"],
        interval,
        row["reason"] if row["gap"] is None else row["reliability"],
        row["quotable"],
    ]


def _side(name: object, group: object) -> str:
    return f"{name}" if group == "all" else f"{name}, {group}"
