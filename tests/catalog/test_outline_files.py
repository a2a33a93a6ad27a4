"""Outlines in GeoJSON: what is an area, and what is refused with what to do."""

import json
from pathlib import Path

import pytest
import shapely

from lifegap.catalog.outlines import read_outline
from lifegap.errors import InputError

SQUARE = [[[-75.2, 39.9], [-75.1, 39.9], [-75.1, 40.0], [-75.2, 40.0], [-75.2, 39.9]]]
FAR = [[[500000.0, 4400000.0], [501000.0, 4400000.0], [501000.0, 4401000.0], [500000.0, 4400000.0]]]
BOW = [[[-75.2, 39.9], [-75.1, 40.0], [-75.1, 39.9], [-75.2, 40.0], [-75.2, 39.9]]]


def _polygon(rings: list) -> dict:
    return {"type": "Polygon", "coordinates": rings}


def _feature(rings: list, **properties: object) -> dict:
    return {"type": "Feature", "properties": properties, "geometry": _polygon(rings)}


def _written(tmp_path: Path, content: object) -> Path:
    path = tmp_path / "area.geojson"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "content",
    [
        _polygon(SQUARE),
        _feature(SQUARE, name="Square"),
        {"type": "FeatureCollection", "features": [_feature(SQUARE, name="Square"), _feature(SQUARE)]},
    ],
)
def test_all_polygons_of_a_file_make_one_area(content: dict, tmp_path: Path) -> None:
    found = read_outline(_written(tmp_path, content))
    assert shapely.from_wkb(found.geometry).equals(shapely.box(-75.2, 39.9, -75.1, 40.0))
    assert found.names in ((), ("Square",))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("name,x\n", "no JSON"),
        ([1], "no GeoJSON"),
        ({"type": "Point", "coordinates": [0, 0]}, "a Point"),
        ({"type": "FeatureCollection", "features": []}, "no polygon"),
        (_polygon(FAR), "WGS 84"),
        (_polygon(BOW), "Self-intersection"),
        (_polygon([[["a", "b"], [1, 2], [3, 4], [1, 2]]]), "cannot be read"),
        (_polygon([[[0, 0], [1, 1]]]), "cannot be read"),
    ],
)
def test_what_draws_no_area_is_refused(content: object, said: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        read_outline(_written(tmp_path, content))
    assert said in str(refused.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        read_outline(tmp_path / "none.geojson")
