"""Life tables made from a county's deaths and the survey's people, and what of them may be told.

Deaths of Cook County in 2015 to 2019 by age, both sexes, are sums of the state's counts; people are those of
table DP05 of the survey of 2015 to 2019, summed over the 1,319 tracts of the county. County Health Rankings
print 79.42 years for the county's deaths of 2016 to 2018.
"""

from typing import Any

import polars as pl
import pytest

from assets.indicators.life_table_of_deaths import life_table_of_deaths
from assets.published.provenance import life_table_input
from assets.sources.illinois_deaths import illinois_death
from assets.warehouse.death_band import death_band
from assets.warehouse.survey_ages import people_by_age
from lifegap.errors import LifegapError
from lifegap.store.warehouse import Relation
from tests.assets.slices import CATALOG, nothing, parse, relation, slices_of, source_file
from tests.conftest import FIXTURES

PEOPLE = {
    "Under 5": 322193, "5 to 9": 310091, "10 to 14": 322118, "15 to 19": 313876, "20 to 24": 342421,
    "25 to 34": 849085, "35 to 44": 701726, "45 to 54": 658679, "55 to 59": 330992, "60 to 64": 305924,
    "65 to 74": 421947, "75 to 84": 221513, "85 years and over": 97710,
}  # fmt: skip
OVERLAPPING = {
    "Under 18": 1145107,
    "16 years and over": 4180927,
    "62 years and over": 917788,
    "65 years and over": 741170,
}
DEATHS = {
    0: 2093, 1: 272, 5: 141, 10: 236, 15: 1059, 20: 1982, 25: 4706, 35: 6148, 45: 13063, 55: 12694, 60: 15970,
    65: 36992, 75: 45312, 85: 63643,
}  # fmt: skip
YEARS = range(2015, 2020)
COUNTY = "county:17031"


def _bands(deaths: pl.DataFrame, survey: Relation) -> pl.DataFrame:
    """The bands of counties alone, without any coalition's own deaths."""
    return death_band(deaths, survey, nothing("warehouse.coalition_death").pl())


def _deaths(counts: dict[tuple[int, str, int], int]) -> pl.DataFrame:
    """Deaths by (year, sex, first age), as the source's table."""
    starts = sorted({age for _, _, age in counts})
    ends: dict[int, int | None] = dict(zip(starts, [*starts[1:], None], strict=True))
    rows = [
        ("deaths.csv", at, "1990-2019", "17031", year, sex, str(age), age, ends[age], count, None)
        for at, ((year, sex, age), count) in enumerate(counts.items(), 1)
    ]
    kinds = {
        "source_file": pl.String, "source_row": pl.Int32, "vintage": pl.String, "county_fips": pl.String,
        "year": pl.Int32, "sex": pl.String, "age_group": pl.String, "age_start": pl.Int32, "age_end": pl.Int32,
        "deaths": pl.Int64, "unparsed": pl.String,
    }  # fmt: skip
    return pl.DataFrame(rows, schema=kinds, orient="row")


def _of_cook() -> pl.DataFrame:
    """The county's deaths of five years, spread over years and sexes as evenly as whole numbers allow."""
    cells = [(year, sex) for year in YEARS for sex in ("Male", "Female")]
    return _deaths(
        {
            (year, sex, age): total // 10 + (at < total % 10)
            for age, total in DEATHS.items()
            for at, (year, sex) in enumerate(cells)
        }
    )


def _survey(people: dict[str, dict[str, int]], vintage: str = "2019", table: str = "DP05") -> pl.DataFrame:
    """Cells of the survey in one tract, and the people of the county by another count."""
    end = int(vintage)
    cells = [
        (f"{path}!!{ages}" if "years" in ages else f"{path}!!{ages} years", count)
        for path, groups in people.items()
        for ages, count in groups.items()
    ]
    rows = [
        (vintage, table, float(count), "people.csv", 1, "tract2010:17031010100", f"{table}_{at:04d}", label,
         end - 4, end, "census_acs5", "all")
        for at, (label, count) in enumerate(cells, 1)
    ]  # fmt: skip
    rows.append(
        (
            "2020",
            "v051",
            5_198_275.0,
            "chr.csv",
            1,
            COUNTY,
            "v051",
            "Population",
            2018,
            2018,
            "chr_measures",
            "all",
        )
    )
    kinds = {
        "vintage": pl.String, "table_id": pl.String, "estimate": pl.Float64, "source_file": pl.String,
        "source_row": pl.Int32, "place_id": pl.String, "measure": pl.String, "measure_label": pl.String,
        "period_start": pl.Int32, "period_end": pl.Int32, "source_id": pl.String, "population_group": pl.String,
    }  # fmt: skip
    by_age = "people_by_age" if table == "DP05" else "people_by_sex_and_age"
    concept = pl.when(pl.col("source_id") == "census_acs5").then(pl.lit(by_age)).otherwise(pl.lit("people"))
    return pl.DataFrame(rows, schema=kinds, orient="row").with_columns(concept=concept)


def _dp05(**changed: int) -> pl.DataFrame:
    return _survey({"SEX AND AGE!!Total population": {**PEOPLE, **OVERLAPPING, **changed}})


def _table(bands: pl.DataFrame, start: int, end: int) -> list[dict[str, Any]]:
    tables = life_table_of_deaths(bands, CATALOG)
    return tables.filter(pl.col("period_start") == start, pl.col("period_end") == end).to_dicts()


def test_life_expectancy_of_cook_county_2015_to_2019() -> None:
    bands = _bands(_of_cook(), relation(_dp05()))
    birth, *_ = _table(bands, 2015, 2019)
    assert birth["ex"] == pytest.approx(79.44, abs=0.005)
    assert birth["ex"] == pytest.approx(79.42, abs=0.05)
    assert birth["se"] == pytest.approx(0.0334, abs=0.0001)
    assert birth["reliability"] == "good"


def test_five_years_of_deaths_have_five_times_the_people_of_the_survey() -> None:
    bands = _bands(_of_cook(), relation(_dp05())).filter(pl.col("period_start") == 2015)
    assert bands["person_years"].sum() == pytest.approx(5 * sum(PEOPLE.values()))
    assert bands.select("age_start", "deaths").rows() == list(DEATHS.items())


def test_a_fifth_of_the_children_under_5_are_infants() -> None:
    bands = _bands(_of_cook(), relation(_dp05())).filter(pl.col("period_start") == 2015)
    young = bands.filter(pl.col("age_start") < 5)["person_years"].to_list()
    assert young == pytest.approx([322193.0, 4 * 322193.0])


def test_one_year_has_the_survey_in_whose_middle_it_lies_and_is_of_caution() -> None:
    bands = _bands(_of_cook(), relation(_dp05()))
    assert bands.select("period_start", "period_end").unique().sort(pl.all()).rows() == [
        (2015, 2019),
        (2017, 2017),
    ]
    birth, *_ = _table(bands, 2017, 2017)
    assert birth["reliability"] == "caution"
    assert "single years are not to be compared" in birth["cautions"]


def test_a_survey_weighted_to_a_later_census_stands_for_no_year_before_it() -> None:
    survey = _survey({"SEX AND AGE!!Total population": PEOPLE}, vintage="2021")
    assert _bands(_of_cook(), relation(survey)).is_empty()


def test_tables_from_deaths_say_that_their_last_age_group_is_biased() -> None:
    birth, *_ = _table(_bands(_of_cook(), relation(_dp05())), 2015, 2019)
    assert "biased where the oldest are young for their age" in birth["cautions"]
    assert "not the error of the survey's people" in birth["cautions"]
    assert "people of the survey of 2015-2019" in birth["note"]


def test_age_groups_that_overlap_are_not_counted_twice() -> None:
    people = people_by_age(relation(_dp05()), ["17031"])
    assert people.height == 13
    assert people["people"].sum() == sum(PEOPLE.values())


def test_an_age_group_that_is_missing_gives_no_people_at_all() -> None:
    without = {ages: count for ages, count in PEOPLE.items() if ages != "45 to 54"}
    assert people_by_age(relation(_survey({"SEX AND AGE!!Total population": without})), ["17031"]).is_empty()


def test_tracts_that_are_not_the_whole_county_give_no_table() -> None:
    few = {ages: count // 2 for ages, count in PEOPLE.items()}
    bands = _bands(_of_cook(), relation(_survey({"SEX AND AGE!!Total population": few})))
    birth, *_ = _table(bands, 2015, 2019)
    assert (birth["ex"], birth["reason"], birth["reliability"]) == (None, "withheld:coverage", "withheld")
    assert life_table_input(bands).is_empty()


def _by_sex(small: int, other: int, year: int = 2017) -> tuple[pl.DataFrame, pl.DataFrame]:
    """A county with a small count of one sex at one age in one year, and a survey that has the sexes."""
    deaths = {(each, sex, age): 500 for each in YEARS for sex in ("Male", "Female") for age in (0, 1, 5, 85)}
    deaths[year, "Female", 5], deaths[year, "Male", 5] = small, other
    half = {"Under 5": 160_000, "5 to 84": 2_390_000, "85 years and over": 49_000}
    return _deaths(deaths), _survey({"Male": half, "Female": half}, table="B01001")


def test_a_small_count_is_in_no_table_by_sex_nor_does_the_other_sex_give_it() -> None:
    deaths, survey = _by_sex(6, 14)
    bands = _bands(deaths, relation(survey))
    shown = life_table_input(bands)
    assert shown.filter(pl.col("deaths") < 10).is_empty()
    groups = shown.filter(pl.col("period_start") == 2017)["population_group"].unique().to_list()
    # Of all, men and women of one year at most one table is left: two would give the third.
    assert len(groups) <= 1
    assert "sex:female" not in groups
    tables = life_table_of_deaths(bands, CATALOG)
    assert tables.filter(~pl.col("bands_shown"), pl.col("age_start") == 0)["ex"].null_count() == 0


def test_years_of_a_window_do_not_give_a_small_count_of_the_year_that_is_left() -> None:
    deaths, survey = _by_sex(500, 500)
    shown = life_table_input(_bands(deaths, relation(survey)))
    assert shown.group_by("period_start", "population_group").len().height == 6


def test_without_small_counts_every_band_is_shown() -> None:
    bands = _bands(_of_cook(), relation(_dp05()))
    assert bands["reason"].null_count() == bands.height
    assert life_table_input(bands).height == bands.height


def test_bands_name_the_rows_that_they_are_summed_from() -> None:
    band = _bands(_of_cook(), relation(_dp05())).filter(
        pl.col("period_start") == 2015, pl.col("age_start") == 85
    ).row(0, named=True)  # fmt: skip
    assert len(band["source_rows"].split(", ")) == 10
    assert (band["population_file"], band["population_rows"]) == ("people.csv", "1-1")
    assert band["population_lines"] == "DP05_0013"


def test_the_first_age_group_ends_at_the_first_birthday() -> None:
    rows = parse(illinois_death, *slices_of("illinois_deaths"))
    ages = rows.select("age_start", "age_end").unique().sort("age_start").rows()
    assert ages[:3] == [(0, 1), (1, 5), (5, 10)]
    assert ages[-1] == (95, None)
    assert len(ages) == 21


def test_a_further_grouping_of_the_deaths_is_refused(tmp_path: Any) -> None:
    lines = (
        (FIXTURES / "illinois_deaths" / "cook_county_deaths_by_sex_age_1990_2019.csv")
        .read_text(encoding="utf-8")
        .splitlines()
    )
    path = tmp_path / "deaths.csv"
    path.write_text(
        "\n".join([f"{lines[0]},Race", *(f"{line},White" for line in lines[1:])]), encoding="utf-8"
    )
    with pytest.raises(LifegapError) as refused:
        source_file("illinois_deaths", path, "1990-2019")
    assert "Race" in str(refused.value)


def test_no_small_count_stands_in_the_files_of_the_tests() -> None:
    rows = parse(illinois_death, *slices_of("illinois_deaths"))
    assert rows.filter(pl.col("deaths") < 10).is_empty()
