"""Traps of the Social Vulnerability Index, each on rows of the real files."""

from pathlib import Path

import polars as pl
import pytest

from assets.sources.cdc_svi import svi_cell
from lifegap.errors import DataError
from tests.assets.slices import CATALOG, parse, source_file
from tests.conftest import FIXTURES

SVI = FIXTURES / "cdc_svi"
VINTAGES = {listed.file: listed.vintage for listed in CATALOG.cards["cdc_svi"].files}
FIRST_2020 = "earlier_release/SVI2020_US_COUNTY.csv"
COUNTIES_PA_2020 = "state_ranked_pa_county/2020svi_pa_co_cdc.csv"
TRACTS_PA_2020 = "tract_pennsylvania/philly_svi_2020.csv"


def _cells(name: str) -> pl.DataFrame:
    return parse(svi_cell, source_file("cdc_svi", SVI / name, VINTAGES[name], name))


def _one(rows: pl.DataFrame, code: str, variable: str) -> dict:
    return rows.filter((pl.col("code") == code) & (pl.col("variable") == variable)).row(0, named=True)


def test_the_overall_rank_has_another_name_in_each_age() -> None:
    assert _one(_cells("SVI_2000_US_county.csv"), "42101", "USTP")["value"] == 0.9573
    assert _one(_cells("SVI_2010_US_county.csv"), "42101", "R_PL_THEMES")["value"] == 0.9287
    assert _one(_cells("SVI_2014_US_county.csv"), "42101", "RPL_THEMES")["value"] == 0.914


def test_2020_was_issued_twice_and_the_edition_tells_them_apart() -> None:
    now, first = _cells("SVI_2020_US_county.csv"), _cells(FIRST_2020)
    assert _one(now, "17031", "RPL_THEMES")["value"] == 0.8004
    assert _one(first, "17031", "RPL_THEMES")["value"] == 0.8160
    key = ["vintage", "ranked_within", "level", "code", "variable"]
    assert not pl.concat([now, first]).select(key).is_duplicated().any()


def test_files_of_a_state_rank_within_it() -> None:
    nation, state = _cells("SVI_2020_US_county.csv"), _cells(COUNTIES_PA_2020)
    assert _one(nation, "42101", "RPL_THEMES")["value"] == 0.9484
    assert _one(state, "42101", "RPL_THEMES")["value"] == 1.0
    assert nation["ranked_within"].unique().to_list() == ["nation"]
    for name in (COUNTIES_PA_2020, "tract_cook_il/cook-county-svi-2018.csv", TRACTS_PA_2020):
        assert _cells(name)["ranked_within"].unique().to_list() == ["state"]


@pytest.mark.parametrize(
    ("name", "vintage"), [(COUNTIES_PA_2020, "2020"), ("SVI_2020_US_county.csv", "2020-pennsylvania")]
)
def test_a_file_of_a_state_under_the_vintage_of_the_nation_is_refused(name: str, vintage: str) -> None:
    with pytest.raises(DataError, match="SOURCE-UNREADABLE"):
        parse(svi_cell, source_file("cdc_svi", SVI / name, vintage))


def test_codes_get_their_leading_zeros_back() -> None:
    rows = _cells("SVI_2022_US_county.csv")
    assert set(rows["code"]) == {"01001", "09110", "11001", "17031", "42101"}
    assert _one(rows, "01001", "E_TOTPOP")["value"] == 58761
    assert _one(rows, "01001", "E_TOTPOP")["county"] == "Autauga County"


def test_connecticut_has_planning_regions_since_2022() -> None:
    assert "09001" in set(_cells("SVI_2014_US_county.csv")["code"])
    assert "09110" in set(_cells("SVI_2022_US_county.csv")["code"])


def test_missing_is_a_sign_with_and_without_decimals() -> None:
    rio_arriba = _cells("SVI_2018_US_county.csv").filter(pl.col("code") == "35039")
    missing = rio_arriba.filter(pl.col("sign") == "-999")
    assert missing.height == 24
    assert missing["value"].null_count() == 24
    assert {"E_POV", "MP_PCI", "RPL_THEMES", "F_TOTAL"} <= set(missing["variable"])
    clearfield = _cells("SVI_2010_US_county.csv").filter(pl.col("code") == "42033")
    assert clearfield.filter(pl.col("sign") == "-999").height == 9
    columbia = _cells("SVI_2020_US_county.csv").filter(pl.col("code") == "11001")
    flags = columbia.filter(pl.col("variable").str.starts_with("F_"))
    assert flags["sign"].to_list() == ["-999"] * 21
    assert columbia.filter(~pl.col("variable").str.starts_with("F_"))["sign"].null_count() == 130


def test_the_margin_of_a_controlled_estimate_is_a_sign() -> None:
    cell = _one(_cells("SVI_2022_US_county.csv"), "11001", "M_GROUPQ")
    assert (cell["value"], cell["sign"]) == (None, "-555555555")


def test_in_2010_the_state_is_in_the_other_column() -> None:
    cell = _one(_cells("SVI_2010_US_county.csv"), "17031", "TOTPOP")
    assert (cell["state_abbr"], cell["value"], cell["location"]) == ("IL", 5194675, "Cook County, Illinois")
    assert cell["shape"].startswith("(-87.")


def test_tracts_of_cook_county_lose_what_others_added() -> None:
    rows = _cells("tract_cook_il/cook-county-svi-2014.csv")
    assert set(rows["county"]) == {"Cook"}
    assert set(rows["state"]) == {"Illinois"}
    assert {"Shape.STArea()", "Shape.STLength()"} <= set(rows["variable"])
    assert set(rows["level"]) == {"tract"}
    assert _one(rows, "17031381700", "RPL_THEMES")["sign"] == "-999"


def test_the_file_named_after_philadelphia_covers_pennsylvania() -> None:
    rows = _cells(TRACTS_PA_2020)
    assert {code[:5] for code in rows["code"]} == {"42001", "42003", "42101"}
    assert _one(rows, "42003980000", "RPL_THEMES")["sign"] == "-999"
    assert _one(rows, "42003980000", "E_TOTPOP")["sign"] is None


def test_a_code_that_disagrees_with_its_parts_is_refused(tmp_path: Path) -> None:
    text = (SVI / COUNTIES_PA_2020).read_bytes().replace(b",42101,Philadelphia,42101,", b",42101,x,42091,")
    (tmp_path / "shifted.csv").write_bytes(text)
    with pytest.raises(DataError, match="SOURCE-UNREADABLE"):
        parse(svi_cell, source_file("cdc_svi", tmp_path / "shifted.csv", "2020-pennsylvania"))


def test_a_renamed_column_is_refused(tmp_path: Path) -> None:
    text = (SVI / "SVI_2020_US_county.csv").read_bytes().replace(b",RPL_THEMES,", b",RPL_ALL,")
    (tmp_path / "renamed.csv").write_bytes(text)
    with pytest.raises(DataError, match="SOURCE-HEADER"):
        source_file("cdc_svi", tmp_path / "renamed.csv", "2020")


def test_every_column_is_a_cell_or_tells_the_place() -> None:
    told = {"ST", "STATE", "ST_ABBR", "STCNTY", "COUNTY", "FIPS", "LOCATION"}
    layout = next(each for each in CATALOG.cards["cdc_svi"].layout if each.id == "since_2020")
    assert set(_cells("SVI_2020_US_county.csv")["variable"]) == set(layout.columns) - told


def test_text_that_is_no_number_is_found(tmp_path: Path) -> None:
    text = (SVI / COUNTIES_PA_2020).read_bytes().replace(b",102627,", b",null,")
    (tmp_path / "words.csv").write_bytes(text)
    rows = parse(svi_cell, source_file("cdc_svi", tmp_path / "words.csv", "2020-pennsylvania"))
    assert rows["unparsed"].drop_nulls().to_list() == ["E_TOTPOP=null"]


@pytest.mark.parametrize(
    ("name", "edition", "found"),
    [
        ("SVI_2022_US_county_20260507.csv", "2020", "code 09110"),
        ("SVI_2022_US_county.csv", "2020", "code 09110"),
        ("SVI_2022_US_county.csv", "2020-first", "code 09110"),
    ],
)
def test_an_edition_is_told_by_connecticuts_codes_where_headers_are_alike(
    name: str, edition: str, found: str
) -> None:
    with pytest.raises(DataError) as refused:
        parse(svi_cell, source_file("cdc_svi", SVI / name, edition, name))
    assert refused.value.code == "SOURCE-VINTAGE"
    assert found in str(refused.value)
    assert f"as edition {edition}" in str(refused.value)


def test_counties_of_connecticut_are_not_of_2022(tmp_path: Path) -> None:
    with (SVI / "SVI_2022_US_county_20260507.csv").open("rb") as whole:
        changed = whole.read().replace(b"09110", b"09001")
    (tmp_path / "changed.csv").write_bytes(changed)
    with pytest.raises(DataError, match="09001"):
        parse(svi_cell, source_file("cdc_svi", tmp_path / "changed.csv", "2022", "changed.csv"))


def test_the_publishers_bytes_of_2022_hold_the_numbers_of_the_copy_without_zeros() -> None:
    ours, copy = _cells("SVI_2022_US_county_20260507.csv"), _cells("SVI_2022_US_county.csv")
    both = ours.join(copy, on=["code", "variable"], suffix="_copy").filter(pl.col("variable") != "AREA_SQMI")
    assert both.height > 100
    assert both.filter(pl.col("value").ne_missing(pl.col("value_copy"))).is_empty()
    assert set(ours["vintage"]) == {"2022"}


@pytest.mark.mirror
def test_anchors_on_the_whole_files(mirror: Path) -> None:
    listed = {each.file: each for each in CATALOG.cards["cdc_svi"].files}

    def whole(name: str) -> pl.DataFrame:
        path = mirror / str(listed[name].mirror)
        return parse(svi_cell, source_file("cdc_svi", path, VINTAGES[name], name))

    now, first, state = whole("SVI_2020_US_county.csv"), whole(FIRST_2020), whole(COUNTIES_PA_2020)
    assert _one(now, "17031", "RPL_THEMES")["value"] == 0.8004
    assert _one(first, "17031", "RPL_THEMES")["value"] == 0.8160
    assert _one(now, "42101", "RPL_THEMES")["value"] == 0.9484
    assert _one(state, "42101", "RPL_THEMES")["value"] == 1.0
    tracts = whole(TRACTS_PA_2020).filter(pl.col("variable") == "RPL_THEMES")
    assert (tracts.height, tracts["sign"].drop_nulls().len()) == (3445, 48)
    philadelphia = tracts.filter(pl.col("code").str.starts_with("42101"))
    assert (philadelphia.height, philadelphia["value"].drop_nulls().len()) == (408, 388)
    assert tracts.filter(pl.col("code").str.starts_with("42091")).height == 219
    codes = whole("SVI_2022_US_county.csv")["code"].unique()
    assert codes.str.starts_with("0").sum() == 318
    for name, count in {"2014": 1318, "2020": 1331}.items():  # the lake is in none
        cook = whole(f"tract_cook_il/cook-county-svi-{name}.csv")["code"].unique()
        assert cook.len() == count
        assert "17031990000" not in set(cook)


@pytest.mark.mirror
def test_the_first_issue_of_2020_ranked_counts_of_burdened_households(mirror: Path) -> None:
    listed = {each.file: each for each in CATALOG.cards["cdc_svi"].files}
    for name, ranked in {"SVI_2020_US_county.csv": "EP_HBURD", FIRST_2020: "E_HBURD"}.items():
        path = mirror / str(listed[name].mirror)
        rows = parse(svi_cell, source_file("cdc_svi", path, VINTAGES[name], name))
        wide = rows.filter(pl.col("variable").is_in([ranked, "EPL_HBURD"])).pivot(
            "variable", index="code", values="value"
        )
        rank = (pl.col(ranked).rank("min") - 1) / (pl.len() - 1)
        assert wide.filter((rank - pl.col("EPL_HBURD")).abs() > 0.0001).height == 0
