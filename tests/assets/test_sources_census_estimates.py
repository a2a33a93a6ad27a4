"""Traps of the Bureau's models and population estimates, each on rows of the real files."""

import json
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest

from assets.sources.census_pep import AGES, county_age_estimate
from assets.sources.census_sahie import sahie_estimate
from assets.sources.census_saipe import saipe_estimate
from assets.warehouse.observed.census import estimated_people, modeled_income_and_poverty, modeled_insurance
from lifegap.errors import LifegapError
from lifegap.landing.files import SourceFile
from tests.assets.slices import CATALOG, load, parse, relation, slices_of, source_file
from tests.conftest import FIXTURES

COOK, KALAWAO = "17031", "15005"


def _slice(source_id: str, name: str) -> SourceFile:
    return next(file for file in slices_of(source_id) if file.name == name)


def _answer(folder: Path, source_id: str, vintage: str, rows: Sequence[Sequence[str | None]]) -> SourceFile:
    """An answer of the API with these rows, the first of them the names."""
    path = folder / "answer.json"
    path.write_text(json.dumps(rows), encoding="utf-8")
    return source_file(source_id, path, vintage)


def test_codes_of_the_api_stand_in_two_columns() -> None:
    rows = parse(sahie_estimate, _slice("census_sahie", "sahie_2022_under65_county.json"))
    assert {COOK, "42101", "09110"} <= set(rows["county_fips"])
    cook = rows.row(by_predicate=pl.col("county_fips") == COOK, named=True)
    assert (cook["uninsured"], cook["ci90_low"], cook["ci90_high"]) == (9.7, 9.4, 10.0)


def test_connecticut_has_counties_to_2021_and_regions_from_2022() -> None:
    by_year = {
        year: set(
            parse(sahie_estimate, _slice("census_sahie", f"sahie_{year}_under65_county.json"))["county_fips"]
        )
        for year in (2017, 2022)
    }
    assert "09001" in by_year[2017] - by_year[2022]
    assert "09110" in by_year[2022] - by_year[2017]


def test_kalawao_has_null_in_every_number_and_no_figure() -> None:
    rows = parse(sahie_estimate, *(file for file in slices_of("census_sahie")))
    kalawao = rows.filter(pl.col("county_fips") == KALAWAO)
    assert kalawao.select("uninsured", "ci90_low", "ci90_high").null_count().row(0) == (kalawao.height,) * 3
    assert kalawao["unparsed"].null_count() == kalawao.height


def test_limits_of_ninety_percent_become_limits_of_ninety_five() -> None:
    rows = parse(sahie_estimate, _slice("census_sahie", "sahie_2022_under65_county.json"))
    cook = modeled_insurance(relation(rows), CATALOG).row(
        by_predicate=pl.col("place_id") == f"county:{COOK}", named=True
    )
    assert cook["moe90"] == pytest.approx(0.3)
    assert cook["se"] == pytest.approx(0.3 / 1.645)
    assert (cook["ci_low"], cook["ci_high"]) == pytest.approx((9.7 - 0.35745, 9.7 + 0.35745), abs=1e-4)
    assert cook["measure_label"] == "Percent uninsured!!Under 65 years"


def test_margins_stand_in_for_limits_and_columns_in_any_order(tmp_path: Path) -> None:
    names: list[str | None] = [
        "county",
        "PCTUI_MOE",
        "time",
        "IPRCAT",
        "SEXCAT",
        "RACECAT",
        "AGECAT",
        "PCTUI_PT",
        "state",
    ]
    file = _answer(
        tmp_path, "census_sahie", "2022", [names, ["031", "0.3", "2022", "0", "0", "0", "0", "9.7", "17"]]
    )
    row = parse(sahie_estimate, file).row(0, named=True)
    assert row["county_fips"] == COOK
    assert (row["ci90_low"], row["ci90_high"]) == pytest.approx((9.4, 10.0))


def test_an_answer_without_its_categories_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LifegapError) as refused:
        _answer(
            tmp_path,
            "census_sahie",
            "2022",
            [["PCTUI_PT", "time", "state", "county"], ["9.7", "2022", "17", "031"]],
        )
    assert refused.value.code == "SOURCE-HEADER"
    assert "AGECAT" in str(refused.value)


def test_other_ages_and_sexes_are_figures_of_their_own(tmp_path: Path) -> None:
    names: list[str | None] = [
        "PCTUI_PT",
        "PCTUI_LB90",
        "PCTUI_UB90",
        "time",
        "AGECAT",
        "RACECAT",
        "SEXCAT",
        "IPRCAT",
        "state",
        "county",
    ]
    rows = [
        ["9", "8", "10", "2022", "4", "0", "0", "0", "17", "031"],
        ["9", "8", "10", "2022", "0", "0", "2", "0", "17", "031"],
        ["9", "8", "10", "2022", "0", "0", "0", "1", "17", "031"],
    ]
    read = parse(sahie_estimate, _answer(tmp_path, "census_sahie", "2022", [names, *rows]))
    seen = modeled_insurance(relation(read), CATALOG).select("measure_label", "population_group").rows()
    assert sorted(seen) == [
        ("Percent uninsured!!Under 19 years", "all"),
        ("Percent uninsured!!Under 65 years", "sex:female"),
    ]


def test_poverty_of_the_api_has_the_names_of_the_spreadsheet() -> None:
    rows = parse(saipe_estimate, *slices_of("census_saipe"))
    cook = rows.filter(pl.col("county_fips") == COOK, pl.col("measure") == "Poverty Percent, All Ages")
    found = dict(cook.select("vintage", "estimate").rows())
    assert found["2024"] == 13.7
    limits = cook.filter(pl.col("vintage") == "2024").select("ci90_low", "ci90_high").row(0)
    assert limits == pytest.approx((13.2, 14.2))


def test_income_of_the_api_has_no_margin_and_so_no_interval() -> None:
    rows = parse(saipe_estimate, _slice("census_saipe", "saipe_2024_county.json"))
    income = modeled_income_and_poverty(relation(rows), CATALOG).filter(
        pl.col("place_id") == f"county:{COOK}", pl.col("measure") == "Median Household Income"
    )
    assert income.select("estimate", "se", "ci_low").row(0) == (82729.0, None, None)


def test_year_is_a_code_and_the_base_is_no_estimate() -> None:
    rows = parse(county_age_estimate, _slice("census_pep", "cc-est2023-agesex-all.zip"))
    autauga = rows.filter(pl.col("county_fips") == "01001", pl.col("age_group") == "POPEST").sort("year_code")
    assert autauga.select("year_code", "year", "base_of_estimates").rows() == [
        (1, 2020, True), (2, 2020, False), (3, 2021, False), (4, 2022, False), (5, 2023, False),
    ]  # fmt: skip
    assert autauga["people"].to_list()[:2] == [58809, 58915]
    observed = estimated_people(relation(rows), CATALOG).filter(pl.col("place_id") == "county:01001")
    assert sorted(observed["period_start"].to_list()) == [2020, 2021, 2022, 2023]


def test_ages_that_overlap_are_left_out_and_the_others_add_up() -> None:
    rows = parse(county_age_estimate, _slice("census_pep", "cc-est2023-agesex-all.zip"))
    assert set(rows["age_group"]) == set(AGES)
    assert len(AGES) == 19
    young = rows.filter(pl.col("age_group") == "AGE04").select("age_start", "age_end").unique()
    assert young.rows() == [(0, 5)]
    parts = (
        rows.filter(pl.col("age_group") != "POPEST")
        .group_by("county_fips", "year_code")
        .agg(pl.col("people").sum())
    )
    whole = rows.filter(pl.col("age_group") == "POPEST").select("county_fips", "year_code", whole="people")
    assert (
        parts.join(whole, on=["county_fips", "year_code"])
        .filter(pl.col("people") != pl.col("whole"))
        .is_empty()
    )


def test_names_are_in_another_encoding_and_regions_have_places() -> None:
    rows = parse(county_age_estimate, _slice("census_pep", "cc-est2023-agesex-all.zip"))
    assert "Doña Ana County" in set(rows["name"])
    assert "county2022:09110" in set(estimated_people(relation(rows), CATALOG)["place_id"])


def test_the_zipped_and_the_plain_file_are_read_alike() -> None:
    warehouse = load("census_pep", slices_of("census_pep"))
    layouts = {file.layout.id for file in slices_of("census_pep")}
    assert layouts == {"agesex_zip", "agesex"}
    assert warehouse.frame("sources.county_age_estimate")["county_fips"].n_unique() == 6


def test_estimates_of_another_decade_are_found_by_their_codes(tmp_path: Path) -> None:
    text = (
        FIXTURES / "census_pep" / "from_documentation" / "2023" / "cc-est2023-agesex-all.csv"
    ).read_bytes()
    lines = text.splitlines(keepends=True)
    (tmp_path / "cc.csv").write_bytes(b"".join(lines[:-1]))
    rows = parse(county_age_estimate, source_file("census_pep", tmp_path / "cc.csv", "2023"))
    assert rows["year"].max() == 2022  # the rule on codes then names the county
