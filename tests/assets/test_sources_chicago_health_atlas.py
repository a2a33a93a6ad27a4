"""Traps of the Chicago Health Atlas' downloads, each on rows of the real files."""

import gzip
from pathlib import Path

import polars as pl
import pytest

from assets.sources.chicago_health_atlas import chicago_health_atlas
from assets.warehouse.observation import complete
from assets.warehouse.observed.chicago import atlas
from lifegap.errors import LifegapError
from lifegap.landing.files import SourceFile
from tests.assets.slices import CATALOG, parse, relation, slices_of, source_file
from tests.conftest import FIXTURES

SLICES = FIXTURES / "chicago_health_atlas"


def _slice(name: str) -> SourceFile:
    return next(file for file in slices_of("chicago_health_atlas") if file.name == name)


def _rows(name: str) -> pl.DataFrame:
    return parse(chicago_health_atlas, _slice(name))


def test_labels_stand_on_a_second_sheet_in_one_row_or_in_four() -> None:
    sheet = _rows("community_areas_20230306_se.xlsx").filter(pl.col("topic") == "LDPP")
    short = _rows("community_areas_lead_1996_2021_se.csv").filter(pl.col("topic") == "LDPP")
    long = _rows("community_areas_sdoh_20240302.csv").filter(pl.col("topic") == "EKW")
    assert sheet["label"][0] == short["label"][0] == "Lead poisoning rate (% of children ages 1-5), 2021"
    assert sheet["definition"][0].startswith("Percent of children")
    assert short["definition"].null_count() == short.height
    assert long["label"].unique().to_list() == ["Walkability Index, 2022"]
    assert long["citation"].null_count() == 0


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("community_areas_lead_1996_2021_se.csv", 6),
        ("community_areas_sdoh_20240302.csv", 5),
        ("tracts_se_2026.csv", 6),
    ],
)
def test_rows_of_labels_are_no_areas(name: str, rows: int) -> None:
    file = _slice(name)
    read = parse(chicago_health_atlas, file)
    assert (file.rows_read, read["geoid"].n_unique()) == (rows, rows)
    assert set(read["layer"]) <= {"Community area", "Census tract"}


def test_margins_are_1645_standard_errors() -> None:
    se, margin = (_rows(f"community_areas_20230306_{form}.xlsx") for form in ("se", "moe90"))
    both = se.join(margin, on=["geoid", "topic", "period_start", "period_end"], suffix="_m")
    assert both.height == se.height
    assert both["se"].count() == both["moe90_m"].count() > 100
    assert (both["se"] * 1.645 - both["moe90_m"]).abs().drop_nulls().lt(1e-8).all()
    assert both["estimate"].equals(both["estimate_m"])
    assert se["moe90"].count() == margin["se"].count() == 0


def test_a_lead_poisoning_rate_of_zero_has_no_standard_error_and_a_count_has_none_at_all() -> None:
    rows = _rows("community_areas_lead_1996_2021_se.csv")
    assert rows.filter(pl.col("estimate") == 0)["se"].count() == 0 < (rows["estimate"] == 0).sum()
    assert rows.filter(pl.col("estimate") > 0)["se"].null_count() == 0
    counts = _rows("community_areas_20230306_se.xlsx").filter(pl.col("topic") == "LDPC")
    assert (counts["estimate"].count(), counts["se"].count()) == (counts.height, 0)


def test_a_share_of_zero_in_a_tract_has_a_standard_error_and_an_index_has_none() -> None:
    rows = _rows("tracts_se_2026.csv")
    none = rows.filter((pl.col("geoid") == "17031062300") & (pl.col("topic") == "MCD"))
    assert none["estimate"].to_list() == [0]
    assert none["se"][0] > 0
    assert rows.filter(pl.col("topic").is_in(["EKW", "ADI", "HDX", "RITB", "EKR"]))["se"].count() == 0


def test_ids_stay_text_in_the_order_of_text() -> None:
    assert _rows("community_areas_20230306_se.xlsx")["geoid"].unique(maintain_order=True)[:3].to_list() == [
        "1", "10", "11",
    ]  # fmt: skip
    assert _rows("tracts_se_2026.csv")["geoid"].str.len_chars().unique().to_list() == [11]


def test_topics_with_a_hyphen_are_topics() -> None:
    assert {"EDG-I", "PCT-W"} <= set(_rows("community_areas_sdoh_20240302.csv")["topic"])


def test_populations_differ_between_downloads_and_some_have_none() -> None:
    def people(name: str, area: str) -> float | None:
        return _rows(name).filter(pl.col("geoid") == area)["population"][0]

    assert people("community_areas_lead_1996_2021_se.csv", "1") == 52_772
    assert people("community_areas_sdoh_20240302.csv", "1") == 55_454
    assert people("community_areas_pharmacies_2021.csv", "26") is None
    without = _rows("community_areas_food_education_2024.csv")
    assert without["longitude"].count() == 0 < without["population"].count()


def test_decimals_of_life_expectancy_change_by_year_and_it_has_no_standard_error() -> None:
    life = _rows("community_areas_20230424.xlsx").filter(pl.col("topic") == "VRLE")
    assert (life["se"].count(), life["moe90"].count()) == (0, 0)
    printed = life.filter(pl.col("geoid") == "26").sort("period_end")["estimate"].cast(pl.String)
    decimals = [len(text.partition(".")[2]) for text in printed]
    assert min(decimals) == 1
    assert max(decimals) >= 8


def test_suppressed_cells_are_empty_and_their_rows_are_kept() -> None:
    rows = _rows("community_areas_overdose_2026.csv").filter(pl.col("topic") == "HCSOP")
    assert (rows.height, rows["estimate"].count()) == (5, 1)


def test_observations_keep_the_download_as_their_edition() -> None:
    everything = parse(chicago_health_atlas, *slices_of("chicago_health_atlas"))
    observed = complete(atlas(relation(everything), CATALOG))
    assert observed["vintage"].n_unique() == everything["vintage"].n_unique()
    life = observed.filter(pl.col("concept") == "life_expectancy")
    assert life["vintage"].unique().to_list() == ["2023-04-24"]
    tracts = observed.filter(pl.col("place_id").str.starts_with("tract"))
    kinds = dict(tracts.select("vintage", pl.col("place_id").str.slice(0, 9)).unique().iter_rows())
    assert kinds == {"2023-tracts": "tract2010", "2026-03": "tract2020"}


def test_two_downloads_of_one_day_are_one_observation_with_its_standard_error() -> None:
    both = relation(
        pl.concat([_rows("community_areas_20230306_se.xlsx"), _rows("community_areas_20230306_moe90.xlsx")])
    )
    observed = complete(atlas(both, CATALOG))
    assert observed.height == observed.select("place_id", "measure", "period_start", "period_end").n_unique()
    known = observed.drop_nulls(["se", "moe90"])
    assert known.height > 0
    assert known.select((pl.col("moe90") - 1.645 * pl.col("se")).abs().max()).item() < 1e-4


@pytest.mark.parametrize(
    ("printed", "instead", "told"),
    [
        (b"LDPP_2021_se", b"LDPP_2021_sd", "no topic and period"),
        (b",LDPP_2021,", b",LDPX_2021,", "without the topic they belong to"),
    ],
)
def test_a_column_that_is_no_topic_or_beside_none_is_refused(
    tmp_path: Path, printed: bytes, instead: bytes, told: str
) -> None:
    name = "community_areas_lead_1996_2021_se.csv"
    (tmp_path / name).write_bytes((SLICES / name).read_bytes().replace(printed, instead, 1))
    with pytest.raises(LifegapError) as refused:
        parse(chicago_health_atlas, source_file("chicago_health_atlas", tmp_path / name, "2023-lead"))
    assert told in str(refused.value.found)


def test_a_value_that_is_no_number_is_told(tmp_path: Path) -> None:
    text = gzip.decompress((SLICES / "community_areas_sdoh_20240302.csv.gz").read_bytes())
    (tmp_path / "sdoh.csv").write_bytes(text.replace(b",55454,", b",about 55000,", 1))
    rows = parse(chicago_health_atlas, source_file("chicago_health_atlas", tmp_path / "sdoh.csv", "2024-03"))
    assert rows.filter(pl.col("geoid") == "1")["unparsed"].unique().to_list() == ["Population=about 55000"]


@pytest.mark.mirror
def test_anchors_of_the_atlas(mirror: Path) -> None:
    def whole(name: str) -> pl.DataFrame:
        listed = next(each for each in CATALOG.cards["chicago_health_atlas"].files if each.file == name)
        assert listed.mirror is not None
        return parse(
            chicago_health_atlas,
            source_file("chicago_health_atlas", mirror / listed.mirror, listed.vintage, name),
        )

    life = whole("community_areas_20230424.xlsx").filter(
        (pl.col("topic") == "VRLE") & (pl.col("period_end") == 2020)
    )
    values = dict(life.select("geoid", "estimate").iter_rows())
    assert values["32"] == pytest.approx(80.10008294, abs=1e-8)
    assert values["26"] == pytest.approx(67.524358853, abs=1e-8)

    def people(name: str) -> dict[str, float]:
        return dict(whole(name).select("geoid", "population").unique().iter_rows())

    older, newer = (people(f"community_areas_{name}.csv") for name in ("lead_1996_2021_se", "overdose_2026"))
    assert sum(older[area] != newer[area] for area in older) == 18
    assert sum(older.values()) == 2_675_609


def test_incomes_of_2020_to_2024_have_no_error() -> None:
    rows = _rows("community_areas_income_2026.csv")
    income = rows.filter(pl.col("topic") == "INC", pl.col("geoid") == "26").row(0, named=True)
    assert (income["period_start"], income["period_end"], income["se"]) == (2020, 2024, None)
    assert income["estimate"] == pytest.approx(44427.692980265936)
    assert rows["topic"].unique().sort().to_list() == ["INC", "PCI"]
