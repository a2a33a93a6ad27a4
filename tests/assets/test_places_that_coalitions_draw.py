"""Places that coalitions draw: shares of the tracts that they cover, and none where too little is covered."""

import json
import shutil
from pathlib import Path

import polars as pl
import pytest
import shapely

from assets.warehouse.outlines import places_of_outlines, shares_of_outlines
from lifegap.catalog.catalog import Catalog
from lifegap.catalog.watched import parts_of
from tests.conftest import CHECKOUT

TRACTS = pl.DataFrame(
    {
        "place_id": [f"tract2010:9900100010{number}" for number in range(3)],
        "source_id": "census_geography",
        "vintage": "2018",
        "geometry": [shapely.box(-96 + i / 100, 40, -96 + (i + 1) / 100, 40.01).wkb for i in range(3)],
    }
)
"""Three tracts in a row, one hundredth of a degree wide."""


def _catalog(folder: Path, west: float, east: float) -> Catalog:
    """A catalog with one coalition that draws the ground between two longitudes."""
    data = folder / "data"
    shutil.copytree(CHECKOUT / "data", data, ignore=shutil.ignore_patterns("bundle", "coalitions"))
    (data / "coalitions" / "drawn").mkdir(parents=True)
    (data / "coalitions" / "drawn.toml").write_text(
        'id = "drawn"\ntitle = "Drawn"\n[[outline]]\nid = "mill"\ntitle = "Mill Creek"\nfile = "mill.geojson"\n'
        'county = "99001"\n[[place]]\nid = "neighborhood:drawn-mill"\n',
        encoding="utf-8",
    )
    ring = [[west, 40], [east, 40], [east, 40.01], [west, 40.01], [west, 40]]
    outline = {"type": "Polygon", "coordinates": [ring]}
    (data / "coalitions" / "drawn" / "mill.geojson").write_text(json.dumps(outline), encoding="utf-8")
    return Catalog(data)


def test_a_whole_tract_and_half_of_the_next(tmp_path: Path) -> None:
    shares = shares_of_outlines(_catalog(tmp_path, -96, -95.985), TRACTS)
    # A side in one stroke is a straight line on the plane, the same side in two strokes bends a little.
    assert dict(shares.select("from_place_id", "weight").iter_rows()) == pytest.approx(
        {"tract2010:99001000100": 1.0, "tract2010:99001000101": 0.5}, abs=1e-4
    )
    assert set(shares["to_place_id"]) == {"neighborhood:drawn-mill"}
    assert set(shares["basis"]) == {"area"}


def test_an_outline_that_tracts_cover_too_little_is_made_of_none(tmp_path: Path) -> None:
    assert shares_of_outlines(_catalog(tmp_path, -96.02, -95.985), TRACTS).is_empty()


def test_a_drawn_place_has_a_name_and_a_county(tmp_path: Path) -> None:
    catalog = _catalog(tmp_path, -96, -95.985)
    (row,) = places_of_outlines(catalog).drop("geometry").rows(named=True)
    assert row == {
        "place_id": "neighborhood:drawn-mill", "name": "Mill Creek", "county": "99001", "coalition_id": "drawn",
    }  # fmt: skip


def test_an_outline_that_changes_is_noticed(tmp_path: Path) -> None:
    parts = parts_of(_catalog(tmp_path, -96, -95.985))
    assert [path.name for path in parts["coalitions"]] == ["drawn.toml", "mill.geojson"]
