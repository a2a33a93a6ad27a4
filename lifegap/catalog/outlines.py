"""Outlines that a coalition draws itself: GeoJSON beside its file, one area each.

Longitude and latitude in degrees, WGS 84, as the format has it. All polygons of a file make one area.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lifegap.errors import LifegapError, error

FILE = r"^[A-Za-z0-9][A-Za-z0-9._-]*\.(geojson|json)$"
"""A plain name: an outline lies beside the coalition's file, never elsewhere on the machine."""

LARGEST = 5_000_000
"""Most bytes of an outline: it is a line around a neighborhood, not a map."""


@dataclass(frozen=True)
class OutlineShape:
    """An outline that was read. geometry: its polygons together, as WKB; names: those of its features."""

    geometry: bytes
    names: tuple[str, ...]


def read_outline(path: Path) -> OutlineShape:
    """The area that a file draws. Raises OWN-FILE."""
    import shapely
    from shapely.geometry import shape

    shapes, names = [], []
    for geometry, name in _features(path, _content(path)):
        if geometry.get("type") not in ("Polygon", "MultiPolygon"):
            raise _unusable(path, f"a {geometry.get('type')}", "polygons alone", "draw the area as a polygon")
        try:
            found = shape(geometry)
        except (AttributeError, IndexError, KeyError, TypeError, ValueError, shapely.errors.ShapelyError):
            raise _unusable(
                path,
                "a polygon whose coordinates cannot be read",
                "rings of at least four points",
                "draw it again",
            ) from None
        shapes.append(found)
        names += [name] if name else []
    if not shapes or all(each.is_empty for each in shapes):
        raise _unusable(path, "no polygon", "the area as a polygon", "draw the area as a polygon")
    for each in shapes:
        west, south, east, north = each.bounds
        if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
            raise _unusable(
                path,
                f"coordinates from {west:g}, {south:g} to {east:g}, {north:g}",
                "longitude and latitude in degrees",
                "save it in WGS 84 (EPSG:4326)",
            )
        if not each.is_valid:
            raise _unusable(
                path, shapely.is_valid_reason(each), "a line that does not cross itself", "mend it there"
            )
    return OutlineShape(shapely.to_wkb(shapely.union_all(shapes)), tuple(dict.fromkeys(names)))


def _content(path: Path) -> Any:
    """What the file holds, as JSON."""
    try:
        if path.stat().st_size > LARGEST:
            raise _unusable(
                path,
                f"{path.stat().st_size:,} bytes",
                f"at most {LARGEST:,}",
                "keep the one area, or simplify it",
            )
        return json.loads(path.read_bytes())
    except OSError as wrong:
        raise _unusable(path, str(wrong.strerror), "a file that can be read", "correct its name") from None
    except (ValueError, RecursionError):
        raise _unusable(path, "no JSON", "GeoJSON in UTF-8", "save the outline as GeoJSON") from None


def _features(path: Path, content: Any) -> list[tuple[dict[str, Any], str | None]]:
    """Geometry and name of each feature; a geometry alone is one."""
    if not isinstance(content, dict):
        raise _unusable(
            path, "no GeoJSON", "a Feature, a FeatureCollection or a Polygon", "save it as GeoJSON"
        )
    many = content.get("features") if content.get("type") == "FeatureCollection" else [content]
    found = []
    for each in many if isinstance(many, list) else []:
        feature = each if isinstance(each, dict) else {}
        geometry = feature.get("geometry") if feature.get("type") == "Feature" else feature
        properties = feature.get("properties")
        name = properties.get("name") if isinstance(properties, dict) else None
        if isinstance(geometry, dict):
            found.append((geometry, name if isinstance(name, str) else None))
    return found


def code_of(name: str) -> str:
    """A code for a place of that name."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "area"


def _unusable(path: Path, found: str, expected: str, todo: str) -> LifegapError:
    return error("OWN-FILE", doing=f"reading the outline {path}", found=found, expected=expected, todo=todo)
