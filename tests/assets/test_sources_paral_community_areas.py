"""Traps of the unofficial 2010 list, on the whole file."""

from pathlib import Path

import polars as pl
import pytest

from assets.sources.chicago_portal import chicago_tract
from assets.sources.paral_community_areas import paral_tract2010
from tests.assets.slices import parse, slices_of, source_file

MORE = {"17031770500", "17031770700", "17031770800"}


def _rows() -> pl.DataFrame:
    return parse(paral_tract2010, *slices_of("paral_community_areas"))


def test_codes_are_put_together_with_the_zeros_they_lost() -> None:
    rows = _rows()
    assert rows.height == 803
    assert rows["tract_id"].str.len_chars().unique().to_list() == [11]
    first = rows.filter(pl.col("tract_id") == "17031010100").row(0, named=True)
    # Printed as county 31 and 1010100.
    assert (first["area_number"], first["area_and_tract"]) == (1, "01010100")


def test_tracts_without_people_of_chicago_say_so() -> None:
    noted = _rows().filter(pl.col("notes").is_not_null())
    assert set(noted["tract_id"]) == MORE
    assert noted["notes"].str.contains("Only partially in Chicago").all()


def test_a_name_is_kept_as_printed_and_the_number_decides() -> None:
    names = _rows().filter(pl.col("area_number") == 57)["area_name"].unique().to_list()
    assert names == ["Archer Heights,"]


@pytest.mark.mirror
def test_the_list_has_three_tracts_more_than_the_boundaries_and_one_less(mirror: Path) -> None:
    city = parse(
        chicago_tract,
        source_file("chicago_portal", mirror / "chicago/census_tracts_2010_5jrd-6zik.geojson.gz", "2010"),
    )
    listed, drawn = set(_rows()["tract_id"]), set(city["tract_id"])
    assert listed - drawn == MORE
    assert drawn - listed == {"17031821402"}
