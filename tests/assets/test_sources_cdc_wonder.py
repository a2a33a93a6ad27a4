"""Traps of CDC WONDER's exports, each on rows of the real files."""

from pathlib import Path

import polars as pl
import pytest

from assets.sources.cdc_wonder import wonder_death
from lifegap.errors import DataError
from lifegap.landing.files import SourceFile
from tests.assets.slices import CATALOG, parse, source_file
from tests.conftest import FIXTURES

WONDER = FIXTURES / "cdc_wonder"
VINTAGES = {listed.file: listed.vintage for listed in CATALOG.cards["cdc_wonder"].files}
PANCREAS = "single_race_state_pancreas_deaths_by_year_2018_2023"
RACE_SEX = "us_deaths_by_race_sex_age10_year_1999_2020"
ORLEANS = "orleans_parish_deaths_by_year_1999_2018"
METRO_BLACK = "neworleans_metro_black_deaths_by_age10_year_1999_2018"


RESAVED = "single_race_county_drug_alcohol_deaths_by_year_2018_2023_resaved"
CAUSES = "us_deaths_by_age10_icdsubchapter_2020"
HISPANIC = "provisional_us_hispanic_deaths_by_year_age5"
SINGLE_RACE = "single_race_us_deaths_by_age5_year_sex_hispanic_race6_2018_2020"
BRIDGED_RACE = "bridged_race_us_deaths_by_age5_sex_race_hispanic_year_2018_2020"


def _named(name: str) -> str:
    ends = ("csv", "txt")
    begins = ("wonder_ucd_", "wonder_")
    return next(f for f in (f"{b}{name}.{e}" for b in begins for e in ends) if f in VINTAGES)


def _file(name: str) -> SourceFile:
    name = _named(name)
    return source_file("cdc_wonder", WONDER / name, VINTAGES[name])


def _rows(name: str) -> pl.DataFrame:
    return parse(wonder_death, _file(name))


def _changed(folder: Path, name: str, old: str, new: str) -> SourceFile:
    """A slice with one thing changed."""
    name = _named(name)
    content = (WONDER / name).read_bytes()
    assert old.encode() in content
    (folder / name).write_bytes(content.replace(old.encode(), new.encode()))
    return source_file("cdc_wonder", folder / name, VINTAGES[name])


def test_totals_are_set_aside_and_never_added() -> None:
    file = _file(ORLEANS)
    rows = parse(wonder_death, file)
    assert file.rows()["Deaths"].cast(pl.Int64).sum() == 223_794
    assert rows["deaths"].sum() == 74_598
    assert file.set_aside == {"total": 21}


def test_the_footnotes_are_no_rows() -> None:
    file = _file("neworleans_metro_hiv_deaths_by_year_1999_2018")
    rows = parse(wonder_death, file)
    assert file.rows_read == 21
    assert rows["period_start"].to_list() == list(range(1999, 2019))
    assert rows["deaths"].sum() == 1_982


def test_words_in_number_columns_are_kept_as_signs() -> None:
    race_sex = _rows(RACE_SEX)
    hidden = race_sex.filter(pl.col("deaths_sign") == "Suppressed")
    assert hidden["age_group"].unique().to_list() == ["Not Stated"]
    assert hidden["deaths"].null_count() == hidden.height == 5
    drugs = _rows("county_druginduced_deaths_by_year_1999_2015").row(0, named=True)
    assert (drugs["deaths"], drugs["crude_rate"], drugs["age_adjusted_rate"]) == (13, None, None)
    assert drugs["crude_rate_sign"] == drugs["age_adjusted_rate_sign"] == "Unreliable"
    assert race_sex["unparsed"].null_count() == race_sex.height


def test_an_unknown_word_is_a_cell_that_could_not_be_read(tmp_path: Path) -> None:
    rows = parse(wonder_death, _changed(tmp_path, ORLEANS, "\t5099\t", "\tHidden\t"))
    assert rows["unparsed"].drop_nulls().to_list() == ["deaths=Hidden"]


def test_ages_not_stated_have_deaths_and_no_population() -> None:
    rows = _rows("us_black_deaths_by_age10_year_1999_2018").filter(pl.col("age_group") == "Not Stated")
    assert rows.select("period_end", "deaths", "population", "age_start", "age_end").rows() == [
        (2016, 11, None, None, None),
        (2018, 13, None, None, None),
    ]
    assert set(rows["population_sign"]) == set(rows["crude_rate_sign"]) == {"Not Applicable"}


def test_a_hidden_age_group_is_simply_absent_and_the_query_says_why() -> None:
    rows = _rows(METRO_BLACK)
    ages = {year: set(part["age_group"]) for (year,), part in rows.group_by("period_end")}
    assert ages[2005] - ages[2006] == {"1-4 years"}
    assert ages[2005] - ages[2007] == ages[2005] - ages[2010] == {"5-14 years"}
    assert rows["suppressed_shown"].unique().to_list() == [False]
    assert _rows(RACE_SEX)["suppressed_shown"].unique().to_list() == [True]


def test_a_total_holds_deaths_that_no_row_shows() -> None:
    file = _file("neworleans_metro_deaths_by_age10_year_1999_2018")
    rows = parse(wonder_death, file)
    assert "Not Stated" not in set(rows["age_group"])
    not_stated = file.rows().filter(pl.col("Ten-Year Age Groups") == "Not Stated")
    assert not_stated.select("Notes", "Deaths").rows() == [("Total", "19")]


def test_what_has_no_column_is_taken_from_the_query() -> None:
    rows = _rows(METRO_BLACK)
    assert rows.select("place_type", "race", "hispanic_origin", "sex", "cause_code").unique().rows() == [
        ("counties", "Black or African American", "Not Hispanic or Latino", "All", "All")
    ]
    assert rows["place_code"].unique().to_list() == ["22051+22071+22075+22087+22089+22093+22095+22103"]
    everyone = _rows("us_deaths_by_age10_year_1999_2018")
    assert everyone.select("place_code", "race", "hispanic_origin").unique().rows() == [("US", "All", "All")]


def test_codes_of_a_query_are_read_over_wrapped_lines() -> None:
    rows = _rows(PANCREAS)
    assert rows["cause_code"].unique().to_list() == ["C25.0+C25.1+C25.2+C25.3+C25.4+C25.7+C25.8+C25.9"]
    assert "Tail of pancreas - Malignant neoplasms" in rows["cause"][0]
    assert rows.select("age_start", "age_end").unique().rows() == [(25, None)]
    hiv = _rows("neworleans_metro_hiv_deaths_by_year_1999_2018")
    assert hiv.select("cause_code", "cause").unique().rows() == [
        ("B20-B24", "Human immunodeficiency virus [HIV] disease")
    ]


def test_an_infant_is_code_1_among_groups_and_code_0_among_single_years() -> None:
    groups = _rows(RACE_SEX).filter(pl.col("age_code") == "1")
    single = _rows("us_deaths_by_race_sex_singleage_2014_2018")
    assert groups.select("age_start", "age_end").unique().rows() == [(0, 1)]
    ages = single.filter(pl.col("sex") == "Female").select("age_code", "age_start", "age_end").rows()
    assert ages[:2] == [("0", 0, 1), ("1", 1, 2)]
    assert ages[-2:] == [("100", 100, None), ("NS", None, None)]


def test_single_ages_from_85_have_no_population() -> None:
    rows = _rows("us_deaths_by_race_sex_singleage_2014_2018").filter(pl.col("sex") == "Female")
    assert dict(rows.select("age_start", "population_sign").iter_rows()) == {
        **dict.fromkeys((0, 1, 2, 84)),
        **dict.fromkeys((85, 99, 100, None), "Not Applicable"),
    }


def test_pooled_years_are_a_period_of_person_years() -> None:
    single = _rows("us_deaths_by_race_sex_singleage_2014_2018")
    assert single.select("vintage", "period_start", "period_end").unique().rows() == [
        ("1999-2020", 2014, 2018)
    ]
    assert single["population"][0] == 1_483_843
    causes = _rows("county_mental_behavioural_causes_1999_2017")
    assert causes.select("period_start", "period_end").unique().rows() == [(1999, 2017)]


def test_counties_keep_their_zeros_and_old_codes() -> None:
    causes = _rows("county_mental_behavioural_causes_1999_2017")
    assert {"01001", "02270", "46113"} <= set(causes["place_code"])
    least = causes.filter(pl.col("crude_rate") == 0).row(0, named=True)
    assert (least["place_code"], least["deaths"], least["population"]) == ("04013", 23, 70_177_615)


def test_the_last_year_is_printed_with_a_space_behind_it() -> None:
    file = _file(RACE_SEX)
    assert "2020 " in set(file.rows()["Year"])
    assert set(parse(wonder_death, _file(RACE_SEX))["period_end"]) == {2016, 2018, 2020}


def test_the_newer_export_has_limits_and_a_percent_sign() -> None:
    row = _rows(PANCREAS).row(0, named=True)
    assert (row["crude_rate_low"], row["crude_rate_high"]) == (21.535293949, 24.797357148)
    assert row["age_adjusted_rate_se"] == 0.686824644
    assert row["percent_of_total_deaths"] == 0.273659158


def test_a_share_without_its_sign_is_not_taken_for_one(tmp_path: Path) -> None:
    rows = parse(wonder_death, _changed(tmp_path, PANCREAS, "\t0.273659158%", "\t0.273659158"))
    assert rows["unparsed"].drop_nulls().to_list() == ["percent_of_total_deaths=0.273659158 without %"] * len(
        rows["unparsed"].drop_nulls()
    )
    assert rows["unparsed"].null_count() < rows.height


@pytest.mark.parametrize(
    ("name", "old", "new", "found"),
    [
        (ORLEANS, '"Group By: Year; County"', '"Place of Death: Hospice"', "does not say Group By"),
        (ORLEANS, '"Group By: Year; County"', '"Vaccinated: Yes"', "not known: Vaccinated"),
        (ORLEANS, '"Group By: Year; County"', '"Group By: Year"', "nor grouped by: County"),
        (ORLEANS, '"Group By: Year; County"', '"Group By: Year; County; Race"', "no column Race"),
        (METRO_BLACK, '(22103)"\n', '(22103)"\n"Vaccinated: Yes"\n', "not known: Vaccinated"),
        (ORLEANS, "Per: 100,000", "Per: 10,000", "another Calculate Rates Per"),
        (ORLEANS, '"Show Suppressed: False"\n', "", "does not say Show Suppressed"),
        (ORLEANS, '"---"', '"***"', "cut short"),
        (ORLEANS, '"1999"\t"1999"', '"1999"\t"1998"', "years that are not their code"),
        (METRO_BLACK, '"< 1 year"', '"under one"', "ages that are not known"),
        (METRO_BLACK, "Jefferson Parish, LA (22051)", "Louisiana (22)", "that are no counties and no states"),
        (PANCREAS, "35-44 years; ", "", "do not follow each other"),
    ],
)
def test_another_query_than_the_table_can_say_is_refused(
    name: str, old: str, new: str, found: str, tmp_path: Path
) -> None:
    with pytest.raises(DataError, match=found) as refused:
        parse(wonder_death, _changed(tmp_path, name, old, new))
    assert refused.value.code == "SOURCE-UNREADABLE"


def test_a_renamed_column_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="Population") as refused:
        _changed(tmp_path, ORLEANS, "\tPopulation\t", "\tPeople\t")
    assert refused.value.code == "SOURCE-HEADER"


def test_a_column_that_the_query_does_not_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="Age Adjusted Rates"):
        parse(wonder_death, _changed(tmp_path, ORLEANS, "Age Adjusted Rate", "Age Adjusted Rates"))


def test_counties_without_an_estimate_have_deaths_and_no_rate() -> None:
    rows = _rows(RESAVED).filter(pl.col("place") == "Fairfield County, CT").sort("period_end")
    assert rows.select("period_end", "deaths", "population", "crude_rate").rows()[3:] == [
        (2021, 369, 959_768, 38.4),
        (2022, 385, None, None),
        (2023, 365, None, None),
    ]
    assert rows["population_sign"].drop_nulls().to_list() == ["Not Available"] * 2


def test_an_export_saved_by_a_spreadsheet_is_the_same_export() -> None:
    rows = _rows(RESAVED)
    autauga = rows.row(0, named=True)
    assert (autauga["place_code"], autauga["state_fips"], autauga["place"]) == (
        "01001", "01", "Autauga County, AL",
    )  # fmt: skip
    assert autauga["cause"] == "Drug-induced causes; Alcohol-induced causes"
    assert autauga["asked_on"].isoformat() == "2026-02-08"


def test_commas_and_no_line_end_at_the_end_of_the_file() -> None:
    months = _rows("single_race_us_circulatory_deaths_by_month_2018_2023_comma")
    assert months.select("month", "period_end", "deaths").rows()[-1] == ("2023/12", 2023, 85_092)
    assert set(months["population_sign"]) == {"Not Applicable"}
    states = _rows("single_race_state_influenza_deaths_2018_2024_comma")
    assert states.select("place_code", "crude_rate_low", "crude_rate_high").row(0) == ("01", 0.9, 1.1)
    assert states["cause_code"].unique().to_list() == ["J10.0+J10.1+J10.8"]
    year = _rows("single_race_ny_counties_deaths_by_sex_race_cause_2022")
    assert year["period_end"].unique().to_list() == [2022]


def test_five_year_ages_have_no_population_from_85_on() -> None:
    rows = _rows(SINGLE_RACE)
    without = rows.filter(pl.col("population_sign") == "Not Applicable")["age_start"].to_list()
    assert without == [85, 90, 95, 100, None]
    assert rows.filter(pl.col("age_group") == "60-64 years").height == 1


def test_sex_was_called_gender_and_races_may_be_not_available() -> None:
    newer = _rows("single_race_us_circulatory_deaths_by_age5_sex_hispanic_race6_2023")
    older = _rows("provisional_us_circulatory_deaths_by_sex_hispanic_age5_race6_2021")
    assert set(newer["sex"]) == set(older["sex"]) == {"Female"}
    unknown = newer.filter(pl.col("race") == "Not Available", pl.col("age_start") < 85)
    assert unknown["population"].unique().to_list() == [0]
    assert "Not Available" not in set(older["race"])


def test_races_of_one_form_are_not_those_of_another() -> None:
    single, bridged = _rows(SINGLE_RACE), _rows(BRIDGED_RACE)
    assert set(single["race_form"]) == {"Single Race 6"}
    assert set(bridged["race_form"]) == {"Race"}
    infants = [each.filter(pl.col("age_start") == 0)["population"].item() for each in (single, bridged)]
    assert infants[0] != infants[1]


def test_one_query_at_three_dates_is_three_editions() -> None:
    found = [_rows(f"{HISPANIC}_{day}") for day in ("20220217", "20220503", "20220716")]
    assert [rows["vintage"][0] for rows in found] == [
        "provisional-2022-02-17", "provisional-2022-05-03", "provisional-2022-07-16",
    ]  # fmt: skip
    stated = [rows.filter(pl.col("age_start").is_not_null()) for rows in found]
    sums = [rows.filter(pl.col("period_end") == 2021)["deaths"].sum() for rows in stated]
    assert sums == sorted(set(sums))
    final = [rows.filter(pl.col("period_end") == 2020)["deaths"].sum() for rows in stated]
    assert len(set(final)) == 1
    card = CATALOG.cards["cdc_wonder"]
    assert card.vintages["provisional-2022-02-17"].replaced_by == "provisional-2022-05-03"


def test_years_that_are_not_over_say_so() -> None:
    rows = _rows(f"{HISPANIC}_20220716")
    told = dict(rows.select("period_end", "status").unique().iter_rows())
    assert told == {2020: None, 2021: "provisional", 2022: "provisional and partial"}


def test_a_total_hides_counts_that_its_rows_do_not_show() -> None:
    file = _file(CAUSES)
    rows = parse(wonder_death, file)
    assert file.set_aside == {"total": 13}
    assert rows["notes"].null_count() == rows.height
    assert rows["cause_code"].n_unique() > 5
    assert rows["age_form"].unique().to_list() == ["Ten-Year Age Groups"]


def test_young_children_of_a_small_group_are_hidden_in_most_years() -> None:
    rows = _rows("neworleans_metro_white_deaths_by_age10_year_1999_2018")
    ages = {year: set(part["age_start"]) for (year,), part in rows.group_by("period_end")}
    assert 1 in ages[2001]
    assert 1 not in ages[2005]


@pytest.mark.mirror
def test_populations_jump_where_their_series_changes(mirror: Path) -> None:
    wayne = _whole(mirror).filter(pl.col("place_code") == "26163", pl.col("vintage") == "2018-2023")
    people = dict(wayne.select("period_end", "population").iter_rows())
    assert (people[2020], people[2021]) == (1_740_623, 1_774_816)


@pytest.mark.mirror
def test_young_children_are_absent_in_18_of_20_years(mirror: Path) -> None:
    rows = _whole(mirror).filter(pl.col("source_file").str.contains("neworleans_metro_white"))
    assert rows.filter(pl.col("age_start") == 1)["period_end"].sort().to_list() == [2001, 2002]


@pytest.mark.mirror
def test_exports_of_the_same_people_agree(mirror: Path) -> None:
    """Single years add up to groups, and women and men to all, wherever the age is stated."""
    rows = _whole(mirror).filter(
        pl.col("age_start").is_not_null(),
        pl.col("place_code") == "US",
        pl.col("cause") == "All",
        pl.col("race_form") == "Race",
        pl.col("age_form") != "Five-Year Age Groups",
        pl.col("race") == "Black or African American",
    )
    black = rows
    years = ["age_group", "period_end"]
    apart = black.filter(pl.col("sex") != "All", pl.col("period_start") == pl.col("period_end"))
    apart = apart.group_by(years).agg(pl.col("deaths", "population").sum())
    together = black.filter(pl.col("sex") == "All").join(apart, on=years, suffix="_apart")
    assert together.height == 220
    assert together["deaths"].equals(together["deaths_apart"])
    assert together["population"].equals(together["population_apart"])
    pooled = rows.filter(pl.col("period_start") == 2014, pl.col("period_end") == 2018)
    yearly = rows.filter(pl.col("sex") != "All", pl.col("period_start").is_between(2014, 2018))
    yearly = yearly.filter(pl.col("period_start") == pl.col("period_end"))
    assert pooled["deaths"].sum() == yearly["deaths"].sum()
    assert pooled.filter(pl.col("age_end") == 85)["deaths"].sum() > 0


@pytest.mark.mirror
def test_rows_and_totals_of_the_whole_exports(mirror: Path) -> None:
    rows = _whole(mirror)
    sums = dict(rows.group_by("source_file").agg(pl.col("deaths").sum()).iter_rows())
    printed = {
        ORLEANS: 74_598,
        PANCREAS: 283_199,
        "us_deaths_by_age10_year_1999_2018": 50_567_774,
        "us_black_deaths_by_age10_year_1999_2018": 5_923_621,
        "neworleans_metro_hiv_deaths_by_year_1999_2018": 1_982,
        "neworleans_metro_deaths_by_age10_year_1999_2018": 226_347 - 19,  # 19 of no stated age are hidden
    }
    assert {name: sums[f"wonder_ucd_{name}.txt"] for name in printed} == printed
    signs = {name: rows[f"{name}_sign"].drop_nulls() for name in ("deaths", "crude_rate")}
    assert signs["deaths"].value_counts().rows() == [
        ("Suppressed", 17 + 211 + 2 + 2 + 40 + 36 + 283 + 218 + 531)
    ]
    assert signs["crude_rate"].value_counts().filter(crude_rate_sign="Not Available")["count"].to_list() == [
        16
    ]


def _whole(mirror: Path) -> pl.DataFrame:
    files = [
        source_file("cdc_wonder", mirror / listed.mirror, listed.vintage, listed.file)
        for listed in CATALOG.cards["cdc_wonder"].files
        if listed.mirror
    ]
    return parse(wonder_death, *files)


def test_an_export_saved_with_semicolons_and_decimal_commas_says_what_the_site_gave() -> None:
    """Written by hand from the export with tabs: what a spreadsheet of Germany or France saves of it."""
    written = WONDER / "from_documentation" / "1999-2018" / "us_white_deaths_by_age10_year_semicolons.csv"
    file = source_file("cdc_wonder", written, "1999-2018")
    rows, given = parse(wonder_death, file), _rows("us_white_deaths_by_age10_year_1999_2018")
    assert file.layout.id == "export_semicolon"
    assert rows.drop("source_file").equals(given.drop("source_file"))
    assert rows["crude_rate"].drop_nulls().to_list()[0] == 501.6


@pytest.mark.parametrize("printed", ["10.341", "10,341", "10 341", "10341.0", "1.0341E4"])
def test_a_count_that_is_not_whole_digits_is_never_read_as_another_count(
    tmp_path: Path, printed: str
) -> None:
    rows = parse(
        wonder_death,
        _changed(tmp_path, "us_white_deaths_by_age10_year_1999_2018", "\t10341\t", f"\t{printed}\t"),
    )
    assert rows["unparsed"].drop_nulls().to_list() == [f"deaths={printed}"]
    assert rows.filter(pl.col("unparsed").is_not_null())["deaths"].to_list() == [None]
