"""The figure of a place that is quoted, and the sentence that it is quoted in; or why none may be."""

from typing import Any

from lifegap.releases.read import Release
from lifegap.wording import gap_sentence, own_sentence, place_words, short_caveat, source_sentence

QUOTED_FIRST = (
    "f.quotable = 'no', f.ci_low IS NULL, f.period_end DESC, f.period_start DESC, s.edition_order DESC, "
    "f.quotable <> 'yes', f.method <> 'published'"
)
"""The order of a place's figures `f`, of editions `s`: the one to quote comes first."""

THEN_BY_NAME = "side_by_side, position, f.source_id, f.method"
"""The order of equal ones: that of the reference named first, then by name, so that it is always the same."""

OF_SOURCE = "JOIN source AS s ON (s.source_id, s.vintage) = (f.source_id, f.vintage)"

GAPS = f"""
    SELECT f.*, r.name AS reference, s.title, s.publisher, e.note AS page,
        k.headline_place_id IS NULL AS side_by_side, c.position
    FROM life_expectancy_gap AS f {OF_SOURCE}
    LEFT JOIN life_expectancy AS e ON (e.place_id, e.source_id, e.vintage, e.period_start, e.period_end)
        = (f.place_id, f.source_id, f.vintage, f.period_start, f.period_end)
        AND (e.population_group, e.method) = (f.population_group, f.method)
    JOIN place AS r ON r.place_id = f.reference_place_id
    JOIN coalition AS k ON k.coalition_id = f.coalition_id
    LEFT JOIN coalition_comparison AS c ON (c.coalition_id, c.place_id, c.reference_place_id)
        = (f.coalition_id, f.place_id, f.reference_place_id)
    WHERE f.population_group = 'all' AND f.reference_group = 'all'
"""
"""The gaps of all people of places, with what a sentence says of their sources and references."""

WHOLE_FILES = "lifegap refresh --sources official (or mirror)"
"""The command that loads more than the rows of the bundle."""


def sentence(release: Release, place: dict[str, Any], reference: str | None = None) -> str:
    """The words for a place, compared with `reference` or with any of its references."""
    column, figures = figures_of(release, place["place_id"], reference)
    named = place_words(place["name"], spoken(release, place["place_id"]))
    if not figures or figures[0]["quotable"] == "no":
        return f"No figure of {named} may be quoted: {_why_none(release, place, figures)}"
    best = figures[0] | {"place": named}
    if column == "gap":
        best["reference"] = place_words(best["reference"], spoken(release, best["reference_place_id"]))
    return quotation(best, _beside(figures), column)


def quotation(figure: dict[str, Any], others: list[dict[str, Any]], column: str) -> str:
    """A figure in words with its source, what other sources say, and its caveat. column: gap or estimate.

    figure: its row with `place` and `reference`, names inside a sentence, and `title` and `publisher`.
    """
    words = gap_sentence(figure) if column == "gap" else own_sentence(figure)
    caveat, _ = short_caveat(figure["caveat"])
    return f"{words} {source_sentence(figure, others, column)} {caveat}".rstrip()


def figures_of(release: Release, place_id: str, reference: str | None) -> tuple[str, list[dict[str, Any]]]:
    """`gap` or `estimate`, and the place's figures of it, the one to quote first.

    What may be quoted comes first, with an interval, then the newest. Of one period: the later edition, the
    freer to quote, the measured before the pooled, the reference that a coalition with a headline names
    first, then one whose places stand side by side.
    """
    gaps = release.ask(
        f"""
        {GAPS} AND f.place_id = $place
            AND f.reference_place_id = coalesce($reference, f.reference_place_id)
        ORDER BY {QUOTED_FIRST}, {THEN_BY_NAME}, f.reference_place_id, f.coalition_id
        """,
        {"place": place_id, "reference": reference},
    ).dicts()
    if gaps and gaps[0]["quotable"] != "no":
        return "gap", gaps
    alone = release.ask(
        f"""
        SELECT f.*, 0 AS position, false AS side_by_side, s.title, s.publisher, f.note AS page
        FROM life_expectancy AS f {OF_SOURCE}
        WHERE f.place_id = $place AND f.population_group = 'all' ORDER BY {QUOTED_FIRST}, {THEN_BY_NAME}
        """,
        {"place": place_id},
    ).dicts()
    return ("gap", gaps) if gaps and (not alone or alone[0]["quotable"] == "no") else ("estimate", alone)


def gaps_quoted_first(release: Release) -> list[dict[str, Any]]:
    """Of each place of each coalition the gap that is quoted first, where one may be; the largest first."""
    return release.ask(
        f"""
        SELECT q.*, p.name AS place FROM (
            {GAPS}
            QUALIFY 1 = row_number() OVER (
                PARTITION BY f.coalition_id, f.place_id
                ORDER BY {QUOTED_FIRST}, {THEN_BY_NAME}, f.reference_place_id
            )
        ) AS q JOIN place AS p USING (place_id)
        WHERE quotable <> 'no' AND gap IS NOT NULL ORDER BY coalition_id, gap DESC, place_id
        """
    ).dicts()


def _beside(figures: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What others say of the same places: the newest figure of all, and the newest with an interval.

    None that is unreliable, and none of the source that is quoted.
    """
    best = figures[0]
    column = "gap" if "gap" in best else "estimate"
    known = [
        each
        for each in figures[1:]
        if each["source_id"] != best["source_id"]
        and each.get("reference_place_id") == best.get("reference_place_id")
        and each[column] is not None
        and each["reliability"] in ("good", "caution")
    ]
    known.sort(key=lambda each: (-each["period_end"], each["ci_low"] is None, each["method"] != "published"))
    with_interval = [each for each in known if each["ci_low"] is not None]
    chosen = known[:1] + [each for each in with_interval[:1] if each is not known[0]]
    return [each for each in chosen if each is chosen[0] or each["source_id"] != chosen[0]["source_id"]]


def _why_none(release: Release, place: dict[str, Any], figures: list[dict[str, Any]]) -> str:
    """Why no figure may be quoted, and how to get one where the bundle does not hold the place."""
    sliced = release.manifest.get("sources") == "bundle"
    how = f" To have it: {WHOLE_FILES}."
    if figures:
        of_bundle = figures[0]["reason"] == "not_in_bundle"
        return f"{figures[0]['caveat']}{how if of_bundle else ''}"
    kind = place["place_id"].split(":")[0]
    of_its_kind = release.ask(
        "SELECT 1 FROM life_expectancy WHERE starts_with(place_id, ?) LIMIT 1", [f"{kind}:"]
    ).rows
    if sliced and of_its_kind and kind != "footprint":
        return f"this release is made of the rows that come with the repository (not_in_bundle).{how}"
    return "no source has a life expectancy for it."


def spoken(release: Release, place_id: str) -> str | None:
    """The name that a coalition gives the place inside a sentence."""
    rows = release.ask(
        "SELECT spoken FROM coalition_place WHERE place_id = ? AND spoken IS NOT NULL LIMIT 1", [place_id]
    ).rows
    return rows[0][0] if rows else None


def spoken_names(release: Release) -> dict[str, str]:
    """Place → the name that a coalition gives it inside a sentence, of all that have one."""
    return dict(
        release.ask(
            "SELECT place_id, min(spoken) FROM coalition_place WHERE spoken IS NOT NULL GROUP BY place_id"
        ).rows
    )
