"""Schools count where they stand, by their pupils: two areas, four schools, figures made by hand."""

from pathlib import Path

import duckdb
import polars as pl
import pytest
import shapely

from assets.warehouse.observed.chicago_schools import schools_located_here
from lifegap.catalog.catalog import Catalog
from tests.conftest import CHECKOUT

WEST, EAST = shapely.box(-87.80, 41.80, -87.70, 41.90), shapely.box(-87.70, 41.80, -87.60, 41.90)
GRADUATION, YEAR = "Graduation_4_Year_School_Pct_Year_2", "Progress_Toward_Graduation_Year_2"
SCHOOLS = {
    # school: longitude, pupils of the profile, graduation in percent
    "1": (-87.75, 100, 60.0),
    "2": (-87.76, 300, 80.0),
    "3": (-87.65, 500, 90.0),
    "4": (-87.50, 900, 10.0),
}
"""The fourth stands outside both areas."""


def _cells() -> pl.DataFrame:
    rows = []
    for at, (school, (longitude, pupils, graduation)) in enumerate(SCHOOLS.items(), start=1):
        report = {GRADUATION: graduation, "School_Latitude": 41.85, "School_Longitude": longitude}
        rows += [_cell("reports.csv", at, "2018-19", school, name, value) for name, value in report.items()]
        rows.append(_cell("reports.csv", at, "2018-19", school, YEAR, None, "2018"))
        rows.append(_cell("profiles.csv", at, "2017-18", school, "Student_Count_Total", float(pupils)))
        rows.append(_cell("early.csv", at, "2015-16", school, GRADUATION, 50.0))
        rows.append(_cell("early.csv", at, "2015-16", school, YEAR, None, "2015"))
    return pl.DataFrame(rows)


def _cell(
    file: str, row: int, vintage: str, school: str, name: str, value: float | None, text: str | None = None
) -> dict[str, object]:
    return {
        "source_file": file, "source_row": row, "vintage": vintage, "school_id": school, "attribute": name,
        "value": value, "text": text,
    }  # fmt: skip


@pytest.fixture(scope="module")
def found() -> pl.DataFrame:
    connection = duckdb.connect()
    cells = _cells()
    areas = pl.DataFrame({"area_number": [1, 2], "geometry": [shapely.to_wkb(WEST), shapely.to_wkb(EAST)]})
    connection.register("cells", cells.to_arrow())
    connection.register("areas", areas.to_arrow())
    read = connection.table("cells"), connection.table("areas")
    return schools_located_here(*read, Catalog(Path(CHECKOUT / "data")))


def test_an_area_has_the_mean_over_the_pupils_of_its_schools(found: pl.DataFrame) -> None:
    held = {row["place_id"]: row for row in found.iter_rows(named=True)}
    assert held["neighborhood:chicago-1"]["estimate"] == pytest.approx((60 * 100 + 80 * 300) / 400)
    assert held["neighborhood:chicago-2"]["estimate"] == pytest.approx(90)
    assert "2 schools located here, with 400 pupils" in held["neighborhood:chicago-1"]["note"]
    assert "One school located here" in held["neighborhood:chicago-2"]["note"]


def test_the_city_has_all_schools_of_its_areas_and_none_outside(found: pl.DataFrame) -> None:
    (city,) = found.filter(pl.col("place_id") == "city:1714000")["estimate"]
    assert city == pytest.approx((60 * 100 + 80 * 300 + 90 * 500) / 900)


def test_a_figure_is_of_the_year_that_the_report_says(found: pl.DataFrame) -> None:
    assert set(found["period_end"]) == {2018}
    assert set(found["vintage"]) == {"2018-19"}, "no profile counts the pupils of 2015"


def test_a_city_without_school_files_has_no_figure() -> None:
    connection = duckdb.connect()
    connection.register("cells", _cells().clear().to_arrow())
    connection.register(
        "areas",
        pl.DataFrame({"area_number": [1], "geometry": [shapely.to_wkb(WEST)]}).to_arrow(),
    )
    found = schools_located_here(
        connection.table("cells"), connection.table("areas"), Catalog(Path(CHECKOUT / "data"))
    )
    assert found.height == 0
