"""Traps of the files of measures of County Health Rankings, each on rows of the real files."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from assets.sources.chr_measures import chr_measure
from assets.sources.chr_workbooks import chr_workbook_cell
from lifegap.errors import LifegapError
from lifegap.landing.files import SourceFile
from tests.assets.slices import CATALOG, parse, slices_of, source_file

SOURCE = "chr_measures"


def _slice(name: str) -> SourceFile:
    return next(each for each in slices_of(SOURCE) if each.name == name)


def _measure(*names: str) -> pl.DataFrame:
    return parse(chr_measure, *map(_slice, names))


def _cells(*names: str) -> pl.DataFrame:
    return parse(chr_workbook_cell, *map(_slice, names))


def _one(rows: pl.DataFrame, **where: str) -> dict[str, Any]:
    return rows.filter(**where).row(0, named=True)


@pytest.mark.parametrize(
    ("name", "vintage", "estimate"),
    [
        ("chr_2019_rawvalues.csv", "2019-reshaped", 76.0333),
        ("division_2020.csv", "2020-reshaped", 76.0682),
        ("division_2022.csv", "2022-reshaped", 75.2907),
        ("v147_r2025.csv", "2025", 73.9426),
    ],
)
def test_life_expectancy_of_five_releases(name: str, vintage: str, estimate: float) -> None:
    row = _one(_measure(name), measure="v147", county_fips="42101", population_group="all")
    assert (row["vintage"], round(row["estimate"], 4)) == (vintage, estimate)
    assert (row["ci_low"] is None) == vintage.endswith("-reshaped")


def test_files_that_others_re_shaped_are_marked() -> None:
    marked = {name for name, vintage in CATALOG.cards[SOURCE].vintages.items() if vintage.reshaped}
    assert marked == {name for name in CATALOG.cards[SOURCE].vintages if name.endswith("-reshaped")}
    in_folder = {file.vintage for file in CATALOG.cards[SOURCE].files if "/reshaped/" in str(file.mirror)}
    assert marked == in_folder


def test_impossible_life_expectancies_are_kept_as_printed() -> None:
    rows = _measure("division_2020.csv", "division_2022.csv")
    at = {place: _one(rows, measure="v147", county_fips=place) for place in ("08113", "02013", "06051")}
    assert {place: round(row["estimate"], 2) for place, row in at.items()} == {
        "08113": 104.74, "02013": 112.50, "06051": 103.31,
    }  # fmt: skip


def test_the_scale_of_a_measure_changes_between_releases() -> None:
    rows = _measure("analytic_data2010.csv", "analytic_data2011.csv").filter(measure="v004")
    of = {row["vintage"]: row["estimate"] for row in rows.filter(county_fips="42101").to_dicts()}
    assert of["2010"] > 50
    assert of["2011"] < 0.01


def test_percentages_are_of_100_in_workbooks_and_shares_in_files_of_measures() -> None:
    workbook = _cells("2023_ranked_measure_data.csv").filter(label="% Adults with Obesity")
    national = _measure("analytic_data2010.csv").filter(measure="v011")
    assert workbook["value"].is_between(10, 100).all()
    assert national["estimate"].is_between(0, 1).all()
    picked = _one(_measure("division_2020.csv"), measure="v054", county_fips="42101")
    assert picked["estimate"] > 40
    assert picked["numerator"] > 600_000


def test_no_provider_is_a_sign_with_the_number_of_people() -> None:
    rows = _measure("analytic_data2010.csv").filter(pl.col("sign").is_not_null())
    assert set(rows["measure"]) == {"v004"}
    assert rows["sign"].str.contains(r"^v004_other_data_1=-\d+$").all()
    assert rows["other_value"].null_count() == rows.height > 0


def test_signs_and_separators_of_2016() -> None:
    rows = _cells("analytic_2016_from_rdata.csv")
    alabama = rows.filter(county_fips="01000")
    assert _one(alabama, label="Premature.death.Value")["value"] == 9545
    assert _one(alabama, label="Primary.care.physicians.Ratio")["sign"] == "1570:1"
    modeled = rows.filter(label="Drug.Overdose.Deaths..Modeled.Value")
    signs = set(modeled["sign"].drop_nulls())
    assert "." in signs
    assert any(sign.startswith(">=") for sign in signs)
    assert modeled["sign"].str.contains(r"^\d+\.\d-\d+\.\d$").any()
    assert {"Yes", "No"} & set(rows.filter(label="Drinking.water.violations.Value")["sign"])
    assert rows["unparsed"].null_count() == rows.height


def test_national_files_have_two_header_rows() -> None:
    rows = _measure("analytic_data2010.csv")
    nation = _one(rows, measure="v001", county_fips="00000")
    assert (nation["label"], nation["estimate"], nation["county_ranked"]) == ("Premature death", 7261.2, None)
    district = rows.filter(pl.col("measure") == "v001", pl.col("county_fips").str.starts_with("11"))
    assert district["county_fips"].to_list() == ["11000", "11001"]


def test_lost_leading_zeros_are_put_back() -> None:
    rows = _measure("division_2020.csv", "state_2020.csv", "analytic_data2020_two_measures_reshaped.csv")
    assert {"01001", "01000", "00000"} <= set(rows["county_fips"])
    assert rows["county_fips"].str.len_chars().unique().to_list() == [5]


def test_codes_of_renamed_counties_stay_as_printed() -> None:
    assert {"46113", "02201"} <= set(_measure("analytic_data2010.csv")["county_fips"])
    assert "46102" in set(_measure("chr_2018_rawvalues_subset.csv")["county_fips"])


def test_connecticut_has_counties_and_regions_in_the_files_of_measures() -> None:
    rows = _measure("v001_r2025.csv")
    flags = dict(rows.select("county_fips", "flag_ct").rows())
    assert (flags["09001"], flags["09110"]) == ("A", "U")
    assert _one(rows, county_fips="09110")["estimate"] is None


def test_an_unreliable_rate_is_printed_with_its_flag() -> None:
    rows = _measure("v001_r2025.csv", "v001_otherdata_r2025.csv")
    assert {"1", "2"} <= set(rows["reliability"])
    nation = _one(rows, county_fips="00000", population_group="all")
    assert round(nation["se"], 6) == 5.731161


def test_columns_of_measure_files_differ_and_are_read_by_name() -> None:
    rows = _measure("v133_r2025.csv", "v133_R2026.csv", "v124_R2025.csv", "v014_R2025.csv", "v062_r2025.csv")
    philadelphia = rows.filter(county_fips="42101")
    assert philadelphia.height == 5
    assert philadelphia["estimate"].null_count() == 0
    births = _one(philadelphia, measure="v014")
    assert births["ci_low"] < births["estimate"] < births["ci_high"]
    assert _one(philadelphia, measure="v062")["other_value"] > 100


def test_a_renamed_column_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "renamed.csv"
    other.write_bytes(_slice("v062_r2025.csv").content().replace(b"v062_cilow", b"v062_low", 1))
    with pytest.raises(LifegapError, match="columns that are not known: v062_low"):
        parse(chr_measure, source_file(SOURCE, other, "2025"))


def test_a_file_of_another_year_is_told_by_its_column() -> None:
    file = _slice("analytic_data2011.csv")
    rows = parse(chr_measure, source_file(SOURCE, file.path, "2010", file.name))
    assert set(rows["unparsed"]) == {"year=2011"}


def test_texts_of_workbooks_are_signs() -> None:
    rows = _cells("nat_rwj_2020_oregon.xlsx")
    assert {"NR", "1-4", "1357:0"} <= set(rows["sign"])
    assert rows["unparsed"].null_count() == rows.height
    assert set(rows["sheet"]) == {
        "Outcomes & Factors Rankings", "Outcomes & Factors SubRankings", "Ranked Measure Data",
        "Additional Measure Data",
    }  # fmt: skip


def test_a_sheet_names_a_measure_over_its_first_column_only() -> None:
    rows = _cells("2023_ranked_measure_data.csv").filter(county_fips="26163", label="95% CI - Low")
    assert rows["section"].n_unique() == rows.height > 3


def test_sheets_of_notes_and_places_without_values_are_counted() -> None:
    file = _slice("nat_rwj_2020_oregon.xlsx")
    parse(chr_workbook_cell, file)
    assert file.set_aside["sheet_of_notes"] > 0
    assert file.set_aside["no_value"] == 2  # the state, in the two sheets of ranks
    retired = _slice("2025_select_measure_data.csv")
    assert "46113" not in set(parse(chr_workbook_cell, retired)["county_fips"])
    assert retired.set_aside == {"no_value": 1}


def test_deaths_by_race_stand_under_names_that_a_join_left() -> None:
    rows = _measure("v129_otherdata_r2026.csv").filter(county_fips="00000")
    nation = {row["population_group"]: row for row in rows.iter_rows(named=True)}
    black = nation["race:black"]
    assert (black["numerator"], black["denominator"]) == (41441.0, 3711452.0)
    assert nation["race:hispanic"]["numerator"] is None
    for group in nation.values():
        if group["numerator"] is not None:
            rate = group["numerator"] / group["denominator"] * 1000
            assert rate == pytest.approx(group["estimate"], abs=1e-9)


def test_flags_that_a_join_left_are_those_of_their_group_and_no_column_is_lost() -> None:
    file = _slice("v128_otherdata_r2026.csv")
    rows = parse(chr_measure, file)
    assert rows["population_group"].n_unique() == 7
    assert rows["source_flag"].null_count() == rows.height
    assert file.columns_not_used == {}


def test_the_letters_of_connecticut_are_exchanged_in_one_measure() -> None:
    """A stands with the counties in v161 and with the regions elsewhere; what has no value tells for sure."""
    suicides, homicides = _measure("v161_otherdata_r2026.csv"), _measure("v015_otherdata_r2025.csv")
    assert set(suicides.filter(county_fips="09001")["flag_ct"]) != set(
        homicides.filter(county_fips="09001")["flag_ct"]
    )


def test_columns_of_the_national_file_that_are_not_known_are_named_and_do_not_stop_it() -> None:
    file = _slice("analytic_data2024.csv")
    rows = parse(chr_measure, file)
    cook = _one(rows, county_fips="17031", measure="v147")
    assert (cook["estimate"], cook["ci_low"], cook["ci_high"], cook["label"]) == (
        77.9,
        77.8,
        78.1,
        "Life Expectancy",
    )
    assert list(file.columns_not_used) == ["v158_other_data_2"]
    assert file.account == [("kept", 2), ("column_not_used:v158_other_data_2", 0)]


def _whole(mirror: Path, folder: str, name: str, vintage: str) -> SourceFile:
    return source_file(SOURCE, mirror / "chr" / folder / name, vintage, name.removesuffix(".gz"))


@pytest.mark.mirror
def test_life_expectancy_of_2025(mirror: Path) -> None:
    rows = parse(chr_measure, _whole(mirror, "measures_2025", "v147_r2025.csv.gz", "2025"))
    of = dict(rows.select("county_fips", pl.col("estimate").round(5)).rows())
    places = ("42101", "42091", "17031", "47037", "26163", "00000")
    assert [of[place] for place in places] == [73.94257, 80.01905, 77.39035, 75.08428, 72.93766, 77.09941]
    philadelphia = _one(rows, county_fips="42101")
    assert (round(philadelphia["ci_low"], 5), round(philadelphia["ci_high"], 5)) == (73.78993, 74.09521)
    assert rows.filter(~pl.col("county_fips").str.ends_with("000"))["estimate"].count() == 3_068


@pytest.mark.mirror
def test_premature_death_in_pennsylvania_in_2010(mirror: Path) -> None:
    rows = parse(chr_measure, _whole(mirror, "analytic", "analytic_data2010.csv.gz", "2010"))
    ranked = rows.filter(
        pl.col("measure") == "v001",
        pl.col("county_fips").str.starts_with("42"),
        pl.col("county_ranked") == "1",
    )
    value = pl.col("estimate")
    mean, spread = ranked.select(mean=value.mean(), spread=value.std()).row(0)
    assert (round(mean, 6), round(spread, 6)) == (7218.452239, 1069.277598)
    philadelphia = _one(ranked, county_fips="42101")["estimate"]
    assert round(0.5 * (philadelphia - mean) / spread, 9) == 2.280814528
    assert rows.filter(pl.col("sign").is_not_null()).height == 202


@pytest.mark.mirror
def test_workbook_of_michigan_in_2023(mirror: Path) -> None:
    name = "2023 County Health Rankings Michigan Data - v2.xlsx"
    rows = parse(chr_workbook_cell, _whole(mirror, "workbooks", name, "2023")).filter(county_fips="26163")
    outcomes = rows.filter(section="Health Outcomes")
    assert _one(outcomes, label="Rank")["value"] == 83
    # A workbook's numbers are read to nine decimals.
    assert _one(outcomes, label="Z-Score")["value"] == pytest.approx(2.0294838871, abs=1e-9)
    assert _one(rows, label="Life Expectancy")["value"] == 74.342406553
