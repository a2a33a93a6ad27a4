"""Places: one name each, parents that follow from codes, what counties became, people and points."""

import duckdb
import polars as pl
import pytest

from assets.county_changes import CHANGES
from assets.sources.census_acs5 import acs_cell
from assets.sources.census_geography import county_code, county_gazetteer
from assets.table import registered
from assets.units import FOR_FIGURES, FOR_SUCCESSION, shares_of
from assets.warehouse.crosswalk import footprint, outermost, with_outside
from assets.warehouse.crosswalk_changes import changed_counties
from assets.warehouse.partition import partition
from assets.warehouse.place_census import census_units, counties, smaller_units, tracts, with_parents
from assets.warehouse.place_measures import counties_of, people_of_places
from assets.warehouse.unused_row import OBSERVED, UNEXPLAINED, WHY, by_reason
from lifegap.catalog.coalitions import Coalition
from lifegap.releases.read import Release
from tests.assets.slices import BUNDLE, CATALOG, parse, relation, source_file
from tests.conftest import FIXTURES

LISTED = source_file("census_geography", BUNDLE / "census_geography" / "national_county.txt.gz", "2010")
GAZETTEER = FIXTURES / "census_geography" / "2019_Gaz_counties_national.txt"
NO_IDS = pl.Series("place_id", [], dtype=pl.String)


def _listed() -> pl.DataFrame:
    return parse(county_code, LISTED)


def _gazetteer() -> pl.DataFrame:
    return parse(county_gazetteer, source_file("census_geography", GAZETTEER, "2019-reshaped"))


def _named(ids: list[str], census: dict[str, str]) -> dict[str, str]:
    surveyed = pl.DataFrame(
        {"place_id": list(census), "name": list(census.values())},
        schema={"place_id": pl.String, "name": pl.String},
    ).with_columns(
        place_type=pl.col("place_id").str.extract(r"^(\w+):"), code=pl.col("place_id").str.extract(r":(.+)$")
    )
    rows = counties(pl.Series("place_id", ids, dtype=pl.String), surveyed, _listed(), _gazetteer())
    return dict(rows.select("place_id", "name").iter_rows())


def test_a_county_has_one_name_whichever_files_are_here() -> None:
    alone = _named([], {})
    surveyed = _named(
        ["county:47037"],
        {
            "county:47037": "Davidson County, Tennessee",
            "county:35013": "Do?a Ana County, New Mexico",
            "county:46102": "Oglala Lakota County, South Dakota",
        },
    )
    assert alone == surveyed
    assert alone["county:47037"] == "Davidson County, Tennessee"
    assert alone["county:17099"] == "LaSalle County, Illinois"
    assert alone["county:35013"] == "Doña Ana County, New Mexico"
    assert alone["county:46102"] == "Oglala Lakota County, South Dakota"
    assert alone["county:51515"] == "Bedford city, Virginia"
    assert alone["county2022:09190"] == "Western Connecticut Planning Region, Connecticut"
    assert "county:46113" not in alone


def test_a_county_that_no_list_has_is_named_by_its_code() -> None:
    assert _named(["county:17999"], {})["county:17999"] == "County 17999"


def test_block_groups_bring_the_tracts_counties_and_states_of_their_codes() -> None:
    path = FIXTURES / "census_acs5" / "B19013_2015_block_groups_without_tract.json"
    cells = parse(acs_cell, source_file("census_acs5", path, "2015"))
    census = census_units(relation(cells))
    ids = with_parents(census["place_id"])
    assert "tract2010:17031260200" in ids.to_list()
    assert "county:17031" in ids.to_list()
    county = counties(ids, census, _listed(), _gazetteer())
    tract = tracts(ids, county)
    assert tract.filter(pl.col("place_id") == "tract2010:17031260200").select(
        "name", "parent_place_id"
    ).rows() == [("Census Tract 2602, Cook County, Illinois", "county:17031")]
    groups = smaller_units(ids, census, tract)
    assert set(groups["parent_place_id"]) <= set(tract["place_id"])
    assert groups.height == 3


def test_tracts_with_codes_of_connecticuts_regions_lie_in_a_region() -> None:
    ids = with_parents(pl.Series(["tract2020:09190010101", "zcta2020:06830"]))
    assert "county2022:09190" in ids.to_list()


def test_an_observed_block_group_or_zcta_that_no_survey_names_has_a_name() -> None:
    ids = with_parents(pl.Series(["block_group2020:170312601002", "zcta2020:37206"]))
    county = counties(ids, census_units_of_nothing(), _listed(), _gazetteer())
    rows = smaller_units(ids, census_units_of_nothing(), tracts(ids, county))
    assert dict(rows.select("place_id", "name").iter_rows()) == {
        "block_group2020:170312601002": "Block Group 2, Census Tract 2601, Cook County, Illinois",
        "zcta2020:37206": "ZCTA5 37206",
    }


def census_units_of_nothing() -> pl.DataFrame:
    return pl.DataFrame(schema=dict.fromkeys(("place_id", "name", "place_type", "code"), pl.String))


def test_counties_that_changed_are_published_under_both_names(release: Release) -> None:
    rows = {
        (old, new): (old_name, name, changed, kind)
        for old, new, old_name, name, changed, kind in release.ask(
            "SELECT old_place_id, place_id, old_name, name, changed, kind FROM place_renamed"
        ).rows
    }
    assert rows["county:46113", "county:46102"] == (
        "Shannon County, South Dakota", "Oglala Lakota County, South Dakota", 2015, "renamed",
    )  # fmt: skip
    assert rows["county:02270", "county:02158"][2:] == (2015, "renamed")
    assert rows["county:51515", "county:51019"][2:] == (2014, "merged")
    assert rows["county:02261", "county:02063"][2:] == (2020, "split")
    assert rows["county:09001", "county2022:09190"][2:] == (2022, "split")
    assert release.ask(
        "SELECT count(*) FROM place_renamed AS r JOIN place AS p USING (place_id) WHERE p.name <> r.name"
    ).rows == [(0,)]


def test_areas_of_alaska_changed_when_the_bureau_says_and_before_its_list_of_2010() -> None:
    # Effective days: census.gov/geo/reference/county-changes.html, changes of the 2000s.
    changed = {(each.old_code, each.code): each.year for each in CHANGES if each.year < 2010}
    assert changed == {
        ("51560", "51005"): 2001,
        ("02232", "02105"): 2007, ("02232", "02230"): 2007,
        ("02201", "02198"): 2008, ("02280", "02195"): 2008, ("02280", "02275"): 2008,
    }  # fmt: skip
    listed = set(_listed()["county_fips"])
    assert {new for _, new in changed} <= listed
    assert not {old for old, _ in changed} & listed


def test_counties_of_a_year_follow_the_changes() -> None:
    listed = _listed()
    before, after = counties_of(listed, 2019), counties_of(listed, 2023)
    assert {"county:02261", "county:09001", "county:46102"} <= before
    assert "county:51515" not in before
    assert {"county:02063", "county:02066", "county2022:09110"} <= after
    assert not {"county:02261", "county:09001"} & after


def _observation(rows: list[tuple[str, str, str, int, float]]) -> duckdb.DuckDBPyRelation:
    """Rows of (place, source, concept, year, people)."""
    frame = pl.DataFrame(
        rows, schema=["place_id", "source_id", "concept", "period_end", "estimate"], orient="row"
    )
    return relation(
        frame.with_columns(pl.col("period_end").cast(pl.Int32)).with_columns(
            population_group=pl.lit("all"),
            table_id=pl.lit("a_table"),
            measure_label=pl.lit("Total"),
            period_start=pl.col("period_end")
            - pl.when(pl.col("source_id") == "census_acs5").then(4).otherwise(0),
        )
    )


def _prevalence() -> duckdb.DuckDBPyRelation:
    return relation(
        pl.DataFrame(
            [("1714000", "city", "500-cities-2018", 2_695_598)],
            schema=["code", "level", "vintage", "population"],
            orient="row",
        )
    )


def test_people_are_of_the_newest_estimate_and_of_tracts_of_their_census() -> None:
    rows = people_of_places(
        _observation(
            [
                ("county:44001", "census_pep", "people", 2023, 10.0),
                ("county:44001", "census_pep", "people", 2020, 9.0),
                ("county:44001", "census_acs5", "people", 2024, 8.0),
                ("county:44003", "census_pep", "people", 2023, 20.0),
                ("county:44005", "census_pep", "people", 2023, 30.0),
                ("county:44007", "census_pep", "people", 2023, 40.0),
                ("county:44009", "census_pep", "people", 2023, 50.0),
                ("county:17031", "census_pep", "people", 2023, 5_087_072.0),
                ("tract2010:17031260100", "census_decennial", "people", 2010, 2_100.0),
                ("tract2010:17031260100", "census_acs5", "people", 2017, 1_900.0),
                ("zcta2020:60624", "census_acs5", "people", 2023, 33_000.0),
            ]
        ),
        _prevalence(),
        _listed(),
    )
    assert {place: (people, period) for place, people, period in rows.iter_rows()} == {
        "city:1714000": (2_695_598, "2010"),
        "county:17031": (5_087_072, "2023"),
        "county:44001": (10, "2023"),
        "county:44003": (20, "2023"),
        "county:44005": (30, "2023"),
        "county:44007": (40, "2023"),
        "county:44009": (50, "2023"),
        # All five counties of Rhode Island are here, of Illinois one.
        "state:44": (150, "2023"),
        "tract2010:17031260100": (2_100, "2010"),
        "zcta2020:60624": (33_000, "2019-2023"),
    }


PAIRS = pl.DataFrame(
    [
        ("tract", "09001000100", "09190000100"), ("tract", "09001000200", "09190000200"),
        ("tract", "09001000300", "09120000300"), ("tract", "09005000400", "09190000400"),
    ],
    schema=["from_level", "from_code", "to_code"],
    orient="row",
).with_columns(vintage=pl.lit("2022"))  # fmt: skip
PLACES = pl.DataFrame(
    {"place_id": ["county:02063", "county:02066"], "population": [6_800, 2_600]},
)


def _changes(people: dict[str, float]) -> dict[tuple[str, str], tuple[float, str]]:
    observed = _observation(
        [
            (f"tract2020:{code}", "census_acs5", "people_in_households", 2023, value)
            for code, value in people.items()
        ]
    )
    rows = with_outside(changed_counties(PAIRS, observed, PLACES))
    sums = rows.group_by("from_place_id", "partition").agg(pl.col("weight").sum())
    assert sums["weight"].to_list() == pytest.approx([1.0] * sums.height)
    return {(here, there): (weight, basis) for here, _, there, weight, basis, *_ in rows.iter_rows()}


def test_connecticuts_counties_and_regions_reach_each_other_by_the_people_of_their_tracts() -> None:
    found = _changes(
        {"09190000100": 100, "09190000200": 200, "09120000300": 100, "09190000400": 300, "09190000500": 150}
    )
    assert found["county:09001", "county2022:09190"] == (pytest.approx(0.75), "population")
    assert found["county:09001", "county2022:09120"] == (pytest.approx(0.25), "population")
    assert found["county:09005", "county2022:09190"] == (1.0, "population")
    assert found["county2022:09190", "county:09001"] == (pytest.approx(300 / 750), "population")
    assert found["county2022:09190", "county:09005"] == (pytest.approx(300 / 750), "population")
    # A tract of the region that the list does not pair with an old one.
    assert found["county2022:09190", "outside"][0] == pytest.approx(150 / 750)
    assert found["tract2020:09001000100", "tract2020:09190000100"] == (1.0, "published")
    assert found["tract2020:09190000100", "tract2020:09001000100"] == (1.0, "published")


def test_a_county_of_which_a_tract_has_no_count_gets_no_shares() -> None:
    found = _changes({"09190000100": 100, "09190000200": 200, "09190000400": 300})
    assert not [pair for pair in found if pair[0] == "county:09001"]
    assert found["county:09005", "county2022:09190"] == (1.0, "population")


def test_merged_and_split_counties_reach_what_they_became() -> None:
    found = _changes({})
    assert found["county:51515", "county:51019"] == (1.0, "published")
    assert found["county:02261", "county:02063"] == (pytest.approx(6_800 / 9_400), "population")
    assert found["county:02063", "county:02261"] == (1.0, "published")


def test_partitions_of_changes_make_no_figures() -> None:
    names = ["county_now", "county_before", "tract_now", "tract_before", "county"]
    shares = pl.DataFrame({"partition": names, "to_place_id": "county:01001"})
    assert shares_of(shares, partition(CATALOG), FOR_FIGURES)["partition"].to_list() == ["county"]
    assert shares_of(shares, partition(CATALOG), FOR_SUCCESSION)["partition"].to_list() == names[:4]


def _coalition(*places: str) -> Coalition:
    return Coalition.model_validate(
        {"id": "nested", "title": "Nested", "place": [{"id": place} for place in places]}
    )


NESTED = pl.DataFrame(
    {
        "place_id": [
            "tract2010:17031260100",
            "county:17031",
            "state:17",
            "nation:us",
            "neighborhood:chicago-26",
        ],
        "parent_place_id": ["county:17031", "state:17", "nation:us", None, "city:1714000"],
    }
)


def test_a_tract_inside_a_county_of_the_same_coalition_counts_once() -> None:
    units = pl.DataFrame(
        [
            ("tract2010:17031260100", "county", "county:17031", 1.0, "published", "census_decennial", "2010"),
            ("tract2010:17031260200", "county", "county:17031", 1.0, "published", "census_decennial", "2010"),
        ],
        schema=["from_place_id", "partition", "to_place_id", "weight", "basis", "source_id", "vintage"],
        orient="row",
    )
    made = footprint(_coalition("county:17031", "tract2010:17031260100"), units, NESTED)
    assert made["from_place_id"].to_list() == [
        "county:17031", "tract2010:17031260100", "tract2010:17031260200",
    ]  # fmt: skip


def test_a_tract_that_is_part_of_a_neighborhood_of_the_coalition_counts_once() -> None:
    units = pl.DataFrame(
        [("tract2010:17031260100", "chicago_community_area", "neighborhood:chicago-26", 1.0, "published", "x", "y")],
        schema=["from_place_id", "partition", "to_place_id", "weight", "basis", "source_id", "vintage"],
        orient="row",
    )  # fmt: skip
    made = footprint(_coalition("neighborhood:chicago-26", "tract2010:17031260100"), units, NESTED)
    assert made.height == made["from_place_id"].n_unique() == 2


def test_the_outermost_places_hold_the_others() -> None:
    parents = dict(NESTED.iter_rows())
    assert outermost(["tract2010:17031260100", "county:17031"], parents) == ["county:17031"]
    assert outermost(["county:17031", "state:17"], parents) == ["state:17"]
    assert outermost(["neighborhood:chicago-26", "county:17031"], parents) == [
        "neighborhood:chicago-26", "county:17031",
    ]  # fmt: skip


def _warehouse(*statements: str) -> duckdb.DuckDBPyConnection:
    """A warehouse in memory of which row 1 of the file is observed."""
    connection = duckdb.connect()
    connection.execute(
        "CREATE SCHEMA sources; CREATE SCHEMA warehouse; CREATE TABLE warehouse.observation AS "
        "SELECT 'bchi' AS source_id, 'file.csv' AS source_file, 1 AS source_row"
    )
    for statement in statements:
        connection.execute(statement)
    return connection


@pytest.mark.parametrize(
    ("table", "vintage", "reason"),
    [
        ("sources.chr_measure", "2018-reshaped", "copy_for_comparison"),
        ("sources.places_estimate", "500-cities-2018", "part_of_a_tract"),
        ("sources.places_estimate", "2024", UNEXPLAINED),
    ],
)
def test_rows_of_which_nothing_is_made_have_a_reason_or_are_unexplained(
    table: str, vintage: str, reason: str
) -> None:
    assert by_reason(_warehouse(), [table], ("a_source", vintage, "file.csv"), 5) == {reason: 5}


def test_a_reason_excuses_the_rows_that_it_is_for_and_no_other() -> None:
    warehouse = _warehouse(
        "CREATE TABLE sources.big_city_value AS SELECT 'file.csv' AS source_file, *, '2016' AS vintage, "
        "'Cancer' AS indicator, 2011 AS year_start, 2011 AS year_end, 'Both' AS sex "
        "FROM (VALUES (1, 'Oakland, CA', 'Native American'), (2, 'Oakland, CA', "
        "'American Indian/Alaska Native'), (3, 'Springfield', 'All')) AS v (source_row, place, race)"
    )
    told = by_reason(warehouse, ["sources.big_city_value"], ("bchi", "2016", "file.csv"), 2)
    assert told == {"stands_twice": 1, UNEXPLAINED: 1}


def test_a_measure_waits_for_years_only_where_no_list_of_releases_gives_them() -> None:
    warehouse = _warehouse(
        "CREATE TABLE sources.chr_measure_release (measure VARCHAR, year INTEGER, years_used VARCHAR)",
        "INSERT INTO sources.chr_measure_release VALUES ('v001', 2025, '2020-2022'), "
        "('v133', 2025, '2019 & 2022'), ('v133', 2018, '2015')",
        "CREATE TABLE sources.chr_measure AS SELECT 'file.csv' AS source_file, '2026' AS vintage, * "
        "FROM (VALUES (2, 'v133'), (3, 'v001'), (4, 'v147'), (5, 'v999')) AS v (source_row, measure)",
    )
    told = by_reason(warehouse, ["sources.chr_measure"], ("bchi", "2026", "file.csv"), 4)
    assert told == {"no_place_or_period": 2, UNEXPLAINED: 2}


def test_every_table_of_a_source_is_used_or_says_why_not() -> None:
    read = {
        name
        for made in registered().values()
        if made.table.layer != "sources"
        for name in made.reads.values()
    }
    explained = {why.table for why in WHY}
    waiting = {
        name
        for name, made in registered().items()
        if made.table.layer == "sources" and name not in read | OBSERVED
    }
    assert waiting <= explained


def test_each_change_is_told_once_in_a_sentence() -> None:
    pairs = [(each.old_code, each.code) for each in CHANGES]
    assert len(set(pairs)) == len(pairs)
    assert all(each.note.endswith(".") for each in CHANGES)
