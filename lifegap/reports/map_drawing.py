"""Shapes on a picture: projected, scaled to its width, and written as paths in tenths of a pixel."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

EARTH_MILES = 3958.8
BARS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
"""Miles that a scale bar may have."""

SIDES = 3
"""Of the smallest polygon."""


class Drawing:
    """Shapes in a rectangle of a picture, of which north is up.

    The projection is Lambert's azimuthal equal-area one around their middle. texts: well-known text,
    longitude before latitude. left, top, width: of the rectangle, in pixels; bottom follows from the shapes.
    """

    def __init__(self, texts: Sequence[str], left: float, top: float, width: float, tallest: float) -> None:
        import numpy as np
        import shapely

        read = shapely.from_wkt(list(texts))
        west, south, east, north = shapely.total_bounds(read)
        center = np.radians(((west + east) / 2, (south + north) / 2))
        planar = shapely.transform(read, lambda at: _equal_area(at, center))
        first, low, last, high = shapely.total_bounds(planar)
        self.scale = min(width / (last - first), tallest / (high - low))
        self.left, self.width = left, width
        aside = left + (width - (last - first) * self.scale) / 2

        def on_picture(at: "np.ndarray") -> "np.ndarray":
            x, y = at.T
            return np.column_stack([aside + (x - first) * self.scale, top + (high - y) * self.scale])

        self.shapes = shapely.transform(planar, on_picture)
        self.bottom = top + (high - low) * self.scale

    def path(self, at: int) -> str:
        """The `d` of a shape's path; of one smaller than a tenth of a pixel a dot, which is seen."""
        import shapely

        rings = shapely.get_rings(shapely.get_parts(self.shapes[at]))
        path = "".join(_ring(shapely.get_coordinates(ring)) for ring in rings)
        x, y = (round(each * 10) for each in shapely.get_coordinates(self.shapes[at])[0].tolist())
        return path or f"M{_tenths(x)} {_tenths(y)}h1v1h-1z"

    def middle(self, at: int) -> tuple[float, float]:
        """The point of a shape that is farthest from its border."""
        import shapely

        x, y = shapely.get_coordinates(shapely.maximum_inscribed_circle(self.shapes[at], tolerance=1.0))[0]
        return round(float(x), 1), round(float(y), 1)

    def scale_bar(self, below: float) -> dict[str, Any] | None:
        """A bar of round miles, a quarter of the width at most, so far below; None where a mile is longer."""
        fitting = [miles for miles in BARS if miles * self.scale <= self.width / 4]
        if not fitting:
            return None
        miles = fitting[-1]
        right, y = self.left + self.width, round(self.bottom + below, 1)
        return {
            "left": round(right - miles * self.scale, 1), "right": right, "y": y,
            "text": f"{miles} {'mile' if miles == 1 else 'miles'}",
        }  # fmt: skip


def _equal_area(degrees: "np.ndarray", center: "np.ndarray") -> "np.ndarray":
    """Longitude and latitude in miles on a plane that touches the globe at the center.

    Snyder 1987, Map projections: a working manual, equations 24-2 to 24-4.
    """
    import numpy as np

    east, north = np.radians(degrees).T
    middle_east, middle_north = center
    along = np.cos(east - middle_east)
    k = np.sqrt(2 / (1 + np.sin(middle_north) * np.sin(north) + np.cos(middle_north) * np.cos(north) * along))
    x = k * np.cos(north) * np.sin(east - middle_east)
    y = k * (np.cos(middle_north) * np.sin(north) - np.sin(middle_north) * np.cos(north) * along)
    return EARTH_MILES * np.column_stack([x, y])


def _ring(points: "np.ndarray") -> str:
    """A ring as a path: its first point, then steps in tenths of a pixel, which add up without an error.

    Nothing of a ring that has no area at that size.
    """
    import numpy as np

    tenths = np.rint(points * 10).astype(int)
    steps = np.diff(tenths, axis=0)[:-1]
    moved = [f"{_tenths(x)}{'' if y < 0 else ' '}{_tenths(y)}" for x, y in steps.tolist() if x or y]
    if len(moved) < SIDES - 1:
        return ""
    x, y = tenths[0].tolist()
    return f"M{_tenths(x)} {_tenths(y)}l{' '.join(moved)}z"


def _tenths(number: int) -> str:
    """A number of tenths, as short as can be written: 5 → .5, -120 → -12."""
    whole, tenth = divmod(abs(number), 10)
    text = f"{whole or ''}.{tenth}" if tenth else str(whole)
    return f"-{text}" if number < 0 else text
