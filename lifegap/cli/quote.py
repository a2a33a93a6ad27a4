"""`lifegap quote`: one sentence that may be quoted, or why none may."""

from typing import Annotated, Any

import typer

from lifegap.cli.app import app
from lifegap.cli.options import Home, find_place, home_of, period_words
from lifegap.cli.terminal import tell
from lifegap.store.release import Release, open_release


@app.command()
def quote(
    place: Annotated[str, typer.Argument(metavar="PLACE", help="A place, by id or name.")],
    home: Home = None,
) -> None:
    """One sentence that may be quoted: figure, interval, period, source, caveat.

    The gap that may be quoted most freely, has an interval, was measured rather than pooled, and is
    latest; where a place is in no comparison, its life expectancy; else the reason for none.

    Examples:
      lifegap quote "West Garfield Park"

      lifegap quote county:42101
    """
    with open_release(home_of(home)) as release:
        found = find_place(release, place)
        tell(sentence(release, found))


def sentence(release: Release, place: dict[str, Any], reference: str | None = None) -> str:
    """The sentence for a place, compared with `reference` or with its first reference that serves."""
    gap = _best(
        release,
        """
        SELECT g.*, c.position, r.name AS reference, s.title, s.publisher
        FROM life_expectancy_gap AS g
        JOIN place AS r ON r.place_id = g.reference_place_id
        JOIN source AS s ON (s.source_id, s.vintage) = (g.source_id, g.vintage)
        JOIN coalition_comparison AS c ON (c.coalition_id, c.place_id, c.reference_place_id)
            = (g.coalition_id, g.place_id, g.reference_place_id)
        WHERE g.place_id = $place_id AND population_group = 'all'
            AND g.reference_place_id = coalesce($reference, g.reference_place_id)
        """,
        {"place_id": place["place_id"], "reference": reference},
    )
    if gap is not None and gap["quotable"] != "no":
        return _gap_sentence(place["name"], gap)
    alone = _best(
        release,
        """
        SELECT e.*, NULL AS position, s.title, s.publisher
        FROM life_expectancy AS e
        JOIN source AS s ON (s.source_id, s.vintage) = (e.source_id, e.vintage)
        WHERE place_id = $place_id AND population_group = 'all'
        """,
        {"place_id": place["place_id"]},
    )
    if alone is not None and alone["quotable"] != "no":
        return _own_sentence(place["name"], alone)
    refused = gap or alone
    why = "no source has a life expectancy for it." if refused is None else refused["caveat"]
    return f"No figure of {place['name']} may be quoted: {why}"


def _best(release: Release, query: str, values: dict[str, Any]) -> dict[str, Any] | None:
    rows = release.ask(
        f"""
        SELECT * FROM ({query})
        ORDER BY quotable = 'no', ci_low IS NULL, quotable <> 'yes', method <> 'published',
            position, period_end DESC
        LIMIT 1
        """,
        values,
    ).dicts()
    return rows[0] if rows else None


def _gap_sentence(name: str, gap: dict[str, Any]) -> str:
    period = period_words(gap["period_start"], gap["period_end"])
    years = abs(gap["gap"])
    shorter = "shorter" if gap["gap"] >= 0 else "longer"
    interval = (
        "" if gap["ci_low"] is None else f" (95 % interval {gap['ci_low']:.1f} to {gap['ci_high']:.1f})"
    )
    words = (
        f"In {period}, life expectancy in {name} was {gap['place_estimate']:.1f} years, "
        f"{years:.1f} years {shorter} than in {gap['reference']} "
        f"({gap['reference_estimate']:.1f} years){interval}."
    )
    return _with_source(words, gap)


def _own_sentence(name: str, own: dict[str, Any]) -> str:
    period = period_words(own["period_start"], own["period_end"])
    interval = (
        "" if own["ci_low"] is None else f" (95 % interval {own['ci_low']:.1f} to {own['ci_high']:.1f})"
    )
    return _with_source(
        f"In {period}, life expectancy in {name} was {own['estimate']:.1f} years{interval}.", own
    )


def _with_source(words: str, figure: dict[str, Any]) -> str:
    caveat = "" if figure["caveat"] is None else f" {figure['caveat']}"
    return f"{words} Source: {figure['publisher']}, {figure['title']}.{caveat}"
