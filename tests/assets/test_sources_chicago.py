"""Traps of Chicago's files, each on rows of the real files."""

import polars as pl

from assets.sources.chicago_health_atlas import chicago_health_atlas
from assets.sources.chicago_life_expectancy import chicago_life_expectancy
from assets.sources.chicago_portal import chicago_block, chicago_community_area, chicago_tract
from assets.sources.chicago_reported import chicago_reported
from tests.assets.slices import BUNDLE, parse, source_file
from tests.conftest import CHECKOUT

SERIES = BUNDLE / "chicago_life_expectancy"


def _series(name: str) -> pl.DataFrame:
    return parse(
        chicago_life_expectancy,
        source_file("chicago_life_expectancy", SERIES / f"{name}.csv.gz", "qjr3-bm53"),
    )


def test_the_three_forms_of_the_series_say_the_same() -> None:
    forms = [_series(f"le_community_area_qjr3-bm53{suffix}") for suffix in ("", "_bom", "_api")]
    values = ["area_number", "community_area", "year", "estimate", "ci_low", "ci_high"]
    assert forms[0].select(values).equals(forms[1].select(values))
    assert forms[0].select(values).equals(forms[2].select(values))


def test_names_lose_their_spaces_and_the_city_has_no_number() -> None:
    rows = _series("le_community_area_qjr3-bm53")
    assert {"Montclare", "Douglas", "CHICAGO"} <= set(rows["community_area"])
    assert rows.filter(pl.col("area_number").is_null())["community_area"].unique().to_list() == ["CHICAGO"]


def test_the_estimate_outside_its_interval_is_read_as_printed() -> None:
    odd = _series("le_community_area_qjr3-bm53").filter(
        ~pl.col("estimate").is_between(pl.col("ci_low"), pl.col("ci_high"))
    )
    assert odd.select("area_number", "year", "estimate", "ci_low", "ci_high").rows() == [
        (17, 2010, 79.8, 70.0, 72.7)
    ]


def test_the_loop_is_not_the_highest_and_a_gap_can_be_negative() -> None:
    rows = _series("le_community_area_qjr3-bm53")
    of_2010 = rows.filter(pl.col("year") == 2010).sort("estimate", descending=True)
    assert of_2010.row(0, named=True)["community_area"] == "Near North Side"
    of_1990 = dict(rows.filter(pl.col("year") == 1990).select("area_number", "estimate").iter_rows())
    assert round(of_1990[32] - of_1990[31], 1) == -0.3
    assert round(of_1990[32] - of_1990[19], 1) == 0.0


def test_atlas_columns_become_topics_and_periods() -> None:
    file = source_file(
        "chicago_health_atlas",
        BUNDLE / "chicago_health_atlas" / "community_areas_20230424.xlsx",
        "2023-04-24",
    )
    rows = parse(chicago_health_atlas, file)
    life = rows.filter((pl.col("topic") == "VRLE") & (pl.col("period_end") == 2020))
    assert life.height == 77
    values = dict(life.select("geoid", "estimate").iter_rows())
    assert round(values["32"], 8) == 80.10008294
    assert round(values["26"], 9) == 67.524358853
    assert rows.filter(pl.col("topic") == "UNI")["period_start"].min() == 2008


def test_reported_figures_keep_every_row_and_say_why_one_is_not_used() -> None:
    file = source_file(
        "chicago_reported", CHECKOUT / "data/reported/chicago_life_expectancy_reported.csv", "collected-2026"
    )
    rows = parse(chicago_reported, file)
    assert rows.height == 120
    used = rows.filter(pl.col("not_used").is_null())
    assert "years" in set(used["unit"])
    assert not used["unit"].str.contains("gap|change").any()
    city_2019 = used.filter(
        (pl.col("place") == "Chicago")
        & (pl.col("period_end") == 2019)
        & (pl.col("population_group") == "all")
    )
    # One year, two releases: the date of the page is part of the key.
    assert set(city_2019["estimate"]) == {77.3, 78.8}
    assert city_2019["edition"].n_unique() == city_2019.height


def test_block_counts_lose_their_separators_and_keep_their_zeros() -> None:
    file = source_file(
        "chicago_portal", BUNDLE / "chicago_portal" / "population_by_2010_census_block.csv.gz", "2010"
    )
    rows = parse(chicago_block, file)
    assert (rows["population"] > 1000).any()
    assert rows["block_id"].str.len_chars().unique().to_list() == [15]


def test_community_area_numbers_come_from_the_column_that_has_them() -> None:
    file = source_file("chicago_portal", BUNDLE / "chicago_portal" / "community_areas.geojson.gz", "2010")
    rows = parse(chicago_community_area, file)
    assert sorted(rows["area_number"]) == list(range(1, 78))
    assert rows.filter(pl.col("area_number") == 76)["name"][0] == "OHARE"


def test_both_forms_of_the_tracts_are_read(tmp_path) -> None:
    plain = source_file("chicago_portal", BUNDLE / "chicago_portal" / "census_tracts_2010.geojson.gz", "2010")
    rows = parse(chicago_tract, plain)
    text = (
        '"the_geom","STATEFP10","COUNTYFP10","TRACTCE10","GEOID10","NAME10","NAMELSAD10","COMMAREA",'
        '"COMMAREA_N","NOTES"\n'
        '"MULTIPOLYGON (((-87.7 41.8, -87.6 41.8, -87.6 41.9, -87.7 41.8)))","17","031","260100",'
        '"17031260100","2601","Census Tract 2601","26","26",""\n'
    )
    (tmp_path / "tracts.csv").write_text(text, encoding="utf-8")
    other = parse(chicago_tract, source_file("chicago_portal", tmp_path / "tracts.csv", "2010"))
    both = rows.join(other, on="tract_id", suffix="_csv")
    assert both["area_number"].to_list() == both["area_number_csv"].to_list() == [26]
    assert other["notes"].to_list() == [None]
