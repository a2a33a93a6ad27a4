"""`lifegap gap`: the life-expectancy gap from the latest release."""

from typing import Annotated

import typer

from lifegap.cli.app import app
from lifegap.cli.options import (
    AsFormat,
    CoalitionOption,
    Home,
    find_place,
    home_of,
    known_coalition,
)
from lifegap.cli.terminal import Format, hint, show
from lifegap.errors import error
from lifegap.store.release import Release, open_release
from lifegap.wording import period_words

SHORT = ("place", "reference", "period", "source", "vintage", "method", "gap", "95 % interval", "reliability",
         "quotable")  # fmt: skip


@app.command()
def gap(
    coalition: CoalitionOption = None,
    place: Annotated[
        str | None, typer.Option("--place", metavar="P", help="One place, by id or name.")
    ] = None,
    period: Annotated[
        str | None,
        typer.Option("--period", metavar="P", help="One period: 2010 or 2010-2015."),
    ] = None,
    groups: Annotated[
        bool, typer.Option("--groups", help="Gaps of population groups, not of all people.")
    ] = False,
    form: AsFormat = Format.table,
    home: Home = None,
) -> None:
    """The life-expectancy gap: reference less place, sources side by side.

    Without --place or --period, the latest period of each source. CSV and JSON give every column.
    With --groups each group of a place against its white people, and the same group of two places.

    Examples:
      lifegap gap --coalition west-side-united

      lifegap gap --place "West Garfield Park"

      lifegap gap --period 2010 --format csv

      lifegap gap --groups --place "Philadelphia County"
    """
    with open_release(home_of(home)) as release:
        rows = _rows(release, known_coalition(release, coalition), place, period, groups=groups)
        if not rows:
            raise _none(release, coalition, place, period)
    if form is Format.table:
        show(SHORT, [_short(row) for row in rows], form)
        hint("Gap in years: reference less place. `lifegap quote PLACE` gives the sentence to quote.")
    else:
        columns = [name for name in rows[0] if name not in ("place", "reference", "position")]
        show(columns, [[row[name] for name in columns] for row in rows], form)


def _rows(
    release: Release, coalition: str | None, place: str | None, period: str | None, *, groups: bool
) -> list[dict[str, object]]:
    """Gaps with the names of both places, in the order of the coalition's list."""
    place_id = None if place is None else find_place(release, place)["place_id"]
    latest = (
        "QUALIFY row_number() OVER (PARTITION BY g.coalition_id, g.place_id, g.reference_place_id, "
        "population_group, reference_group, g.source_id, method ORDER BY gap IS NULL, g.period_end DESC, "
        "s.edition_order DESC) = 1"
        if place is None and period is None
        else ""
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
            AND ($period IS NULL OR $period IN (g.period_end::VARCHAR, g.period_start || '-' || g.period_end))
        {latest}
        ORDER BY g.coalition_id DESC, c.position, g.place_id, population_group, g.source_id, g.period_end,
            method, s.edition_order
        """,
        {"coalition": coalition, "place_id": place_id, "period": period, "groups": groups},
    ).dicts()


def _none(release: Release, coalition: str | None, place: str | None, period: str | None) -> Exception:
    """The refusal of a question without answer: what was asked, and what there is."""
    asked = {"--coalition": coalition, "--place": place, "--period": period}
    periods = [
        period_words(start, end)
        for start, end in release.ask(
            "SELECT DISTINCT period_start, period_end FROM life_expectancy_gap ORDER BY 2, 1"
        ).rows
    ]
    references = release.ask(
        "SELECT DISTINCT name FROM coalition_comparison JOIN place ON place.place_id = reference_place_id"
    ).rows
    expected = f"a period of {', '.join(periods)}"
    if place is not None:
        names = ", ".join(sorted(name for (name,) in references))
        expected += f"; a place that a coalition compares with another (references are {names})"
    return error(
        "UNKNOWN-NAME",
        doing="looking up gaps",
        found="no gap for " + " ".join(f"{option} {value}" for option, value in asked.items() if value),
        expected=expected,
        todo="leave out --period or --place to see what there is",
    )


def _short(row: dict[str, object]) -> list[object]:
    interval = "" if row["ci_low"] is None else f"{row['ci_low']:.2f} to {row['ci_high']:.2f}"
    return [
        _side(row["place"], row["population_group"]),
        _side(row["reference"], row["reference_group"]),
        period_words(row["period_start"], row["period_end"]),  # pyright: ignore[reportArgumentType]
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
