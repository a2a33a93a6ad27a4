"""A map as an exhibit: life expectancy of a coalition's places and of those around them, of one source."""

from typing import Any

from lifegap.digits import digits
from lifegap.releases.read import Release
from lifegap.reports.exhibits import Column, Exhibit
from lifegap.reports.figures import QUOTABLE, Names, period_of, printed
from lifegap.reports.maps import Area, Map, Outline, map_of
from lifegap.reports.shapes import notes_of, places_on_the_map_of, shapes_of

Figures = list[dict[str, Any]]

FEWEST = 3
"""Places with a figure that make a map worth drawing; of fewer a chart says more."""


def map_exhibit(
    id_: str, release: Release, gap: dict[str, Any], members: set[str], names: Names
) -> Exhibit | None:
    """The map of the source, edition, period and method of a gap; None where there are no shapes.

    members: places of the coalition, which are outlined, as is the place that the gap compares with.
    """
    drawn = places_on_the_map_of(release, gap["place_id"])
    shapes = shapes_of(release, drawn)
    rows = _figures(release, gap, drawn, names)
    known = [row for row in rows if row["estimate"] is not None]
    if len(known) < FEWEST:
        return None
    outlines: dict[str, Outline] = dict.fromkeys(members, "highlighted")
    outlines[gap["reference_place_id"]] = "reference"
    areas = [
        Area(
            row["place_id"],
            row["place"],
            shapes[row["place_id"]].geometry,
            row["estimate"],
            f"{printed(row['estimate'], row)} years",
            reason=row["missing"],
            quotable=row["quotable"] != "no",
            outline=outlines.get(row["place_id"]),
        )
        for row in rows
    ]
    lowest, highest = known[0], known[-1]
    # Of those alone: lives may be shorter, or longer, where this source has no figure.
    title = (
        f"Of {len(known)} places with a figure, estimates go from {digits(lowest['estimate'], 1)} years in "
        f"{names.spoken(lowest['place_id'])} to {digits(highest['estimate'], 1)} in "
        f"{names.spoken(highest['place_id'])}"
    )
    subtitle = f"Life expectancy at birth in years, {period_of(gap)}. The table has the intervals."
    picture = map_of(
        areas,
        Map(
            id_,
            title,
            subtitle,
            "Life expectancy",
            "years",
            darkest="low",
            notes=notes_of(shapes.values()),
            headed=False,
        ),
    )
    return Exhibit(
        f"{id_}-map",
        title,
        subtitle,
        (
            Column("place", "Place"),
            Column("estimate", "Life expectancy", "years"),
            Column("ci_low", "From", "years"),
            Column("ci_high", "To", "years"),
            Column("may_be_quoted", "May be quoted"),
            Column("caveat", "Caveat"),
        ),
        rows,
        str(picture),
        (names.source(gap["source_id"]),),
    )


def _figures(release: Release, gap: dict[str, Any], drawn: list[str], names: Names) -> Figures:
    """A row of each place that is drawn, the lowest figure first; those without one last, with why."""
    rows = release.ask(
        """
        SELECT place_id, e.estimate, e.ci_low, e.ci_high, e.quotable, e.caveat, e.reason
        FROM (SELECT unnest($drawn) AS place_id)
        LEFT JOIN (
            SELECT * FROM life_expectancy WHERE population_group = 'all' AND source_id = $source
                AND vintage = $vintage AND period_start = $start AND period_end = $end AND method = $method
        ) AS e USING (place_id)
        ORDER BY e.estimate NULLS LAST, place_id
        """,
        {
            "drawn": drawn,
            "source": gap["source_id"],
            "vintage": gap["vintage"],
            "start": gap["period_start"],
            "end": gap["period_end"],
            "method": gap["method"],
        },
    ).dicts()
    for row in rows:
        row["place"] = names.place(row["place_id"])
        row["quotable"] = row["quotable"] or "no"
        row["may_be_quoted"] = QUOTABLE[row["quotable"]]
        row["missing"] = names.why(row["reason"]) or "No figure in this release."
    return rows
