"""Traps of the relational files of County Health Rankings, each on rows of the real files."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from assets.sources.chr_rankings import (
    chr_benchmark,
    chr_measure_release,
    chr_part_score,
    chr_rank_class,
    chr_relational_value,
    chr_summary_name,
)
from lifegap.errors import LifegapError
from tests.assets.slices import parse, slices_of, source_file

SOURCE = "chr_rankings"


def _of(maker: Any, *names: str) -> pl.DataFrame:
    """The table made of the slices with these names."""
    return parse(maker, *(file for file in slices_of(SOURCE) if file.name in names))


def _values(*years: int) -> pl.DataFrame:
    return _of(chr_relational_value, *(f"{year}/t_state_data_years_{year}.csv" for year in years))


def _published(measure: str, *years: int, place: str = "00000") -> dict[str, float]:
    """Release → value of the measure, of the nation if no other place is named."""
    rows = _values(*years).filter(
        (pl.col("measure") == measure) & (pl.col("county_fips") == place) & (pl.col("kind") == "raw_value")
    )
    return dict(rows.filter(pl.col("correction") != 1).select("vintage", "estimate").rows())


def test_from_2024_scores_of_factors_are_national_and_have_no_rank() -> None:
    rows = _of(chr_part_score, "2024/t_factor_data_2024.csv")
    assert rows["rank"].null_count() == rows["quartile"].null_count() == rows.height
    assert rows["sign"].null_count() == rows.height
    assert rows["z_score"].null_count() == 0


def test_factors_and_focus_areas_are_renumbered_in_2025() -> None:
    old = _of(chr_part_score, "2024/t_factor_data_2024.csv")
    new = _of(chr_part_score, "2025/t_factor_data_2025.csv")
    assert set(old["summary_id"]) & set(new["summary_id"]) == set()
    names = _of(chr_summary_name, "t_factor.csv", "t_focus_area.csv", "t_category.csv")
    said = names.filter((pl.col("year") == 2025) & (pl.col("level") == "category"))
    assert said["summary_id"].to_list() == [31, 32, 33]


def test_a_release_says_which_years_its_data_are_of() -> None:
    years = _of(chr_measure_release, "t_measure_years.csv").filter(pl.col("measure") == "v147")
    of = dict(years.select("year", "years_used").rows())
    assert of[2019] == "2015-2017"
    assert of[2022] == of[2023] == "2018-2020"


def test_the_release_of_2023_repeats_the_life_expectancy_of_2022() -> None:
    nation = _published("v147", 2019, 2023, 2024, 2025)
    assert {year: round(value, 6) for year, value in nation.items()} == {
        "2019": 79.06385, "2023": 78.528895, "2024": 77.585337, "2025": 77.099412,
    }  # fmt: skip


def test_the_scale_of_a_measure_changes_between_releases() -> None:
    stays = _published("v005", 2018, 2019, place="42000")
    assert stays["2018"] < 100
    assert stays["2019"] > 1000
    infants = _published("v129", 2013, 2014)
    assert infants["2013"] > 600
    assert infants["2014"] < 10
    physicians = _published("v004", 2010, 2011, place="42000")
    assert physicians["2010"] > 50
    assert physicians["2011"] < 0.01
    inequality = _published("v044", 2010, 2015, place="42000")
    assert inequality["2010"] > 40
    assert inequality["2015"] < 10
    assert _published("v156", 2023, 2024)["2023"] > 4 * _published("v156", 2023, 2024)["2024"]


def test_percentages_are_shares() -> None:
    rows = _of(chr_relational_value, "2019/t_race_data_2019.csv").filter(pl.col("measure") == "v024")
    assert rows["estimate"].is_between(0, 1).all()


def test_a_corrected_value_stands_beside_the_wrong_one() -> None:
    rows = _values(2011).filter((pl.col("measure") == "v004") & (pl.col("kind") == "raw_value"))
    assert (
        rows.group_by("county_fips").agg(pl.col("correction").sort())["correction"].to_list() == [[1, 2]] * 2
    )


def test_a_row_that_stands_three_times_is_kept_once() -> None:
    (file,) = (each for each in slices_of(SOURCE) if each.name == "2023/t_state_data_years_2023.csv")
    rows = parse(chr_relational_value, file)
    assert file.set_aside == {"repeated_row": 2}
    assert rows.filter((pl.col("measure") == "v045") & (pl.col("county_fips") == "35000")).height == 1


def test_not_ranked_is_a_sign_and_no_rank() -> None:
    rows = _of(chr_part_score, "2010/t_factor_data_2010.csv")
    unranked = rows.filter(pl.col("county_fips") == "02013")
    assert set(unranked["sign"]) == {"rank=999"}
    assert unranked["quartile"].null_count() == unranked.height
    assert unranked["rank"].null_count() == unranked["z_score"].null_count() == unranked.height
    legend = _of(chr_rank_class, "t_map_legend.csv").filter(pl.col("year") == 2010)
    assert set(legend.filter(pl.col("state_fips") == "02")["not_ranked_min"]) == {"999"}


def test_a_number_that_stands_for_none_is_a_sign() -> None:  # -888 in another file, -999 here
    rows = _values(2020).filter((pl.col("measure") == "v158") & (pl.col("kind") == "other_data_2"))
    told = rows.filter(pl.col("sign").is_not_null())
    assert told["sign"].unique().to_list() == ["other_data_2=-999"]
    assert told["estimate"].null_count() == told.height > 0


def test_planning_regions_of_connecticut_share_one_imputed_score() -> None:
    rows = _of(chr_part_score, "2025/t_focus_area_data_2025.csv").filter(
        (pl.col("summary_id") == 41) & pl.col("county_fips").str.starts_with("09")
    )
    regions = rows.filter(pl.col("county_fips").str.slice(2, 1) == "1")
    assert regions.height == 9
    assert regions["z_score"].round(3).unique().to_list() == [-0.486]
    counties = rows.filter(pl.col("county_fips").str.slice(2, 1) == "0")
    assert (counties.height, counties["z_score"].null_count()) == (8, 8)


def test_a_score_is_not_cut_where_many_people_live() -> None:
    rows = _of(chr_part_score, "2010/t_factor_data_2010.csv")
    philadelphia = rows.filter((pl.col("county_fips") == "42101") & (pl.col("summary_id") == 1))
    assert philadelphia["z_score"].round(9).to_list() == [2.280814528]
    # The score is half of premature death's: 4.56 standard deviations, beyond the cut of 3.


def test_classes_follow_the_legend_and_not_a_fourth_of_the_ranks() -> None:
    rows = _of(chr_rank_class, "t_map_legend.csv").filter(pl.col("year") == 2010)
    alabama = rows.filter(pl.col("state_fips") == "01").select("rank_class", "rank_min", "rank_max").rows()
    assert alabama == [(1, 1, 17), (2, 18, 34), (3, 35, 50), (4, 51, 67), (5, None, None)]
    five = rows.filter(pl.col("state_fips") == "44").filter(pl.col("rank_min").is_not_null())
    assert five.height == 5


def test_weights_of_health_factors_do_not_add_up_to_one_before_2013() -> None:
    rows = _of(chr_summary_name, "t_factor.csv", "t_focus_area.csv")
    factors = rows.filter(pl.col("level") == "factor").select("year", "summary_id", category="parent_id")
    areas = rows.filter(pl.col("level") == "focus_area").join(
        factors, left_on=["year", "parent_id"], right_on=["year", "summary_id"]
    )
    total = (pl.col("weight_numerator") / pl.col("weight_denominator")).sum().round(9)
    sums = dict(areas.filter(pl.col("category") == 2).group_by("year").agg(total).rows())
    assert [sums[year] for year in (2010, 2011, 2012, 2013, 2024)] == [1.05, 1.05, 1.02, 1.0, 1.0]


def test_values_by_race_are_of_three_groups_only() -> None:
    rows = _of(chr_relational_value, "2017/t_race_data_2017.csv", "2019/t_race_data_2019.csv")
    assert set(rows["population_group"]) == {"race:black", "race:hispanic", "race:white"}


def test_a_benchmark_says_which_end_is_the_better() -> None:
    rows = _of(chr_benchmark, "t_benchmark.csv").filter(pl.col("measure") == "v001")
    assert rows["percentile"].drop_nulls().unique().to_list() == ["10th percentile"]


def test_a_renamed_column_is_refused(tmp_path: Path) -> None:
    listed = next(each for each in slices_of(SOURCE) if each.layout.id == "state_data")
    other = tmp_path / "renamed.csv"
    other.write_bytes(listed.content().replace(b'"raw_value"', b'"rawvalue"', 1))
    with pytest.raises(LifegapError, match="SOURCE-HEADER"):
        source_file(SOURCE, other, "2010")


def _whole(mirror: Path, name: str, vintage: str) -> Any:
    return source_file(SOURCE, mirror / "chr" / "relational" / f"{name}.gz", vintage, name)


@pytest.mark.mirror
def test_length_of_life_of_philadelphia(mirror: Path) -> None:
    rows = parse(chr_part_score, _whole(mirror, "2010/t_factor_data_2010.csv", "2010"))
    life = rows.filter((pl.col("summary_id") == 1) & pl.col("rank").is_not_null())
    assert life.height == 3_017
    philadelphia = life.filter(pl.col("county_fips") == "42101")
    assert philadelphia.select(pl.col("z_score").round(9), "rank").rows() == [(2.280814528, 67)]


@pytest.mark.mirror
def test_ranked_counties_by_release(mirror: Path) -> None:
    legend = parse(chr_rank_class, _whole(mirror, "t_map_legend.csv", "2025"))
    states = legend.filter(pl.col("rank_class") == 1)
    ranked = dict(states.group_by("year").agg(pl.col("ranked_counties").sum()).rows())
    assert [ranked[year] for year in (2010, 2019, 2023)] == [3_017, 3_081, 3_082]
