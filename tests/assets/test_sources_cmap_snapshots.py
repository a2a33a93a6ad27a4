"""Traps of CMAP's snapshots, each on rows of the real files."""

import gzip
from pathlib import Path

import polars as pl
import pytest

from assets.sources.chicago_portal import chicago_block, chicago_tract
from assets.sources.cmap_snapshots import MUNICIPAL, cmap_cell
from lifegap.errors import LifegapError
from tests.assets.slices import parse, slices_of, source_file
from tests.conftest import FIXTURES

NEWER = "community_data_snapshots_2024_cca.csv"


def _rows(vintage: str) -> pl.DataFrame:
    return parse(cmap_cell, *slices_of("cmap_snapshots")).filter(pl.col("vintage") == vintage)


def test_columns_of_municipalities_are_told_from_those_of_areas() -> None:
    suburb = _rows("2024").filter(pl.col("belongs_to") == "suburb")
    assert suburb["variable"].n_unique() == len(MUNICIPAL) == 36
    filled = suburb.filter(pl.col("value").is_not_null())
    assert filled["area_number"].unique().to_list() == [54]
    assert filled.height == 36
    assert filled.filter(pl.col("variable") == "RET_SALES")["value"].to_list() == [53_945_819]
    assert _rows("2015-2019").filter(pl.col("belongs_to") == "suburb")["value"].count() == 0


def test_everything_else_of_riverdale_is_its_own() -> None:
    riverdale = _rows("2024").filter((pl.col("area_number") == 54) & (pl.col("belongs_to") == "area"))
    assert riverdale.height == 258 - 36 - 2
    assert riverdale.filter(pl.col("variable") == "2000_POP")["value"].count() == 1


def test_a_name_that_stands_twice_is_kept_twice() -> None:
    jobs = _rows("2015-2019").filter((pl.col("variable") == "total_emp") & (pl.col("area_number") == 26))
    assert jobs["occurrence"].to_list() == [1, 2, 3]
    assert jobs["value"].n_unique() == 2
    twice = _rows("2015-2019").filter(pl.col("occurrence") > 1)
    assert twice["variable"].n_unique() == 11


def test_every_column_of_the_files_is_there() -> None:
    assert _rows("2015-2019").filter(pl.col("area_number") == 26).height == 293 - 2
    assert _rows("2024").filter(pl.col("area_number") == 26).height == 258 - 2


def test_words_stay_words_and_numbers_keep_their_decimals() -> None:
    rows = _rows("2015-2019").filter(pl.col("area_number") == 32)
    said = dict(rows.filter(pl.col("occurrence") == 1).select("variable", "text").iter_rows())
    assert said["RES_CITY1_TYPE"] == "The Loop"
    assert said["MEDINC"] is None
    people = _rows("2015-2019").filter(pl.col("variable") == "TOT_POP")["value"]
    assert (people % 1 != 0).any()


def test_areas_are_known_by_their_number() -> None:
    names = dict(_rows("2024").select("area_number", "area_name").unique().iter_rows())
    assert (names[32], names[18]) == ("The Loop", "Montclare")


def test_a_release_without_a_municipal_column_is_refused(tmp_path: Path) -> None:
    text = gzip.decompress((FIXTURES / "cmap_snapshots" / f"{NEWER}.gz").read_bytes())
    (tmp_path / NEWER).write_bytes(text.replace(b",RET_SALES,", b",RETAIL,", 1))
    with pytest.raises(LifegapError) as refused:
        parse(cmap_cell, source_file("cmap_snapshots", tmp_path / NEWER, "2024"))
    assert "RET_SALES" in str(refused.value.found)


@pytest.mark.mirror
def test_counts_of_2010_differ_from_blocks_where_tracts_are_assigned_otherwise(mirror: Path) -> None:
    folder = mirror / "chicago"
    cmap = parse(
        cmap_cell,
        source_file("cmap_snapshots", folder / "cmap_reference_cca_profiles_2015_2019.csv.gz", "2015-2019"),
    )
    tracts = parse(
        chicago_tract,
        source_file("chicago_portal", folder / "census_tracts_2010_5jrd-6zik.geojson.gz", "2010"),
    )
    blocks = parse(
        chicago_block,
        source_file("chicago_portal", folder / "population_by_2010_census_block_20260302.csv.gz", "2010"),
    )
    by_area = blocks.join(tracts, on="tract_id").group_by("area_number").agg(pl.col("population").sum())
    printed = cmap.filter(pl.col("variable") == "2010_POP").select("area_number", "value")
    more = by_area.join(printed, on="area_number").with_columns(more=pl.col("population") - pl.col("value"))
    differing = dict(more.filter(pl.col("more") != 0).select("area_number", "more").iter_rows())
    assert {area: abs(people) for area, people in differing.items()} == {
        22: 804,
        24: 804,
        42: 2_243,
        43: 2_243,
    }
    assert sum(differing.values()) == 0
