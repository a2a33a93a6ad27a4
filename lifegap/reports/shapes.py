"""Shapes of a release for maps, and what must be said of them. A release of before had none."""

from collections.abc import Iterable
from dataclasses import dataclass

from lifegap.releases.read import Release


@dataclass(frozen=True)
class Shape:
    """A place as it is drawn.

    geometry: well-known text, longitude before latitude. borders: whose they are and of when, a sentence.
    """

    place_id: str
    geometry: str
    borders: str
    note: str | None


def shapes_of(release: Release, place_ids: Iterable[str]) -> dict[str, Shape]:
    """Place id → shape, of those that have one."""
    wanted = sorted(set(place_ids))
    if "place_shape" not in release.manifest["tables"] or not wanted:
        return {}
    rows = release.ask(
        """
        SELECT s.place_id, s.geometry, s.note, coalesce(o.period_start::VARCHAR, s.vintage) AS edition,
            coalesce(split_part(o.publisher, ';', 1), c.title, s.source_id) AS publisher
        FROM place_shape AS s
        LEFT JOIN source AS o ON o.source_id = s.source_id AND o.vintage = s.vintage
        LEFT JOIN coalition AS c ON 'coalition:' || c.coalition_id = s.source_id
        WHERE s.place_id IN (SELECT unnest(?)) ORDER BY s.place_id
        """,
        [wanted],
    ).dicts()
    return {
        row["place_id"]: Shape(
            row["place_id"], row["geometry"], f"Borders: {row['publisher']}, {row['edition']}.", row["note"]
        )
        for row in rows
    }


def places_on_the_map_of(release: Release, place_id: str) -> list[str]:
    """Ids of the places of its type that are drawn together with a place, itself among them; else none."""
    if "place_shape" not in release.manifest["tables"]:
        return []
    rows = release.ask(
        """
        SELECT t.place_id FROM place_shape AS s
        JOIN place_shape AS t ON t.drawn_with = s.drawn_with
        WHERE s.place_id = ? AND split_part(t.place_id, ':', 1) = split_part(s.place_id, ':', 1)
        ORDER BY t.place_id
        """,
        [place_id],
    ).rows
    return [each for (each,) in rows]


def notes_of(shapes: Iterable[Shape]) -> tuple[str, ...]:
    """What a map says of its shapes, each once: where borders are from, and what is peculiar."""
    found = [text for shape in shapes for text in (shape.borders, shape.note) if text]
    return tuple(sorted(dict.fromkeys(found), key=lambda text: not text.startswith("Borders: ")))
