"""Places are found by what people call them; what several may be meant by is offered, never guessed."""

from pathlib import Path
from typing import Any

import duckdb
import pytest

from lifegap.cli.options import find_place
from lifegap.errors import LifegapError
from lifegap.releases.places import find
from lifegap.releases.read import Release

STATES = {"09": "Connecticut", "11": "District of Columbia", "13": "Georgia", "17": "Illinois", "27": "Minnesota",
          "29": "Missouri", "35": "New Mexico", "37": "North Carolina", "46": "South Dakota", "47": "Tennessee",
          "02": "Alaska", "01": "Alabama", "51": "Virginia"}  # fmt: skip
PLACES = {
    "county:01001": "Autauga County, Alabama", "county:02158": "Kusilvak Census Area, Alaska",
    "county:02063": "Chugach Census Area, Alaska", "county:02066": "Copper River Census Area, Alaska",
    "county:09001": "Fairfield County, Connecticut",
    "county2022:09120": "Greater Bridgeport Planning Region, Connecticut",
    "county2022:09190": "Western Connecticut Planning Region, Connecticut",
    "county:13075": "Cook County, Georgia", "county:27031": "Cook County, Minnesota",
    "county:17031": "Cook County, Illinois", "county:17037": "DeKalb County, Illinois",
    "county:17039": "De Witt County, Illinois", "county:17099": "LaSalle County, Illinois",
    "county:17147": "Piatt County, Illinois", "county:17163": "St. Clair County, Illinois",
    "county:29189": "St. Louis County, Missouri", "county:29510": "St. Louis city, Missouri",
    "city:2965000": "St. Louis city, Missouri", "county:35013": "Doña Ana County, New Mexico",
    "county:37057": "Davidson County, North Carolina", "county:47037": "Davidson County, Tennessee",
    "county:46102": "Oglala Lakota County, South Dakota", "county:51019": "Bedford County, Virginia",
    "zcta2020:46113": "ZCTA5 46113", "zcta2020:01001": "ZCTA5 01001", "nation:us": "United States",
    "city:1714000": "Chicago, Illinois", "neighborhood:chicago-26": "West Garfield Park",
    "neighborhood:chicago-30": "South Lawndale", "neighborhood:chicago-31": "Lower West Side",
    "neighborhood:chicago-32": "Loop", "footprint:west-side-united": "West Side United, all places",
    "tract2010:17163500100": "Census Tract 5001, St. Clair County, Illinois",
}  # fmt: skip
RENAMED = [
    ("county:46113", "Shannon County, South Dakota", "county:46102", 2015, "renamed"),
    ("county:02270", "Wade Hampton Census Area, Alaska", "county:02158", 2015, "renamed"),
    ("county:51515", "Bedford city, Virginia", "county:51019", 2014, "merged"),
    ("county:02261", "Valdez-Cordova Census Area, Alaska", "county:02063", 2020, "split"),
    ("county:02261", "Valdez-Cordova Census Area, Alaska", "county:02066", 2020, "split"),
    ("county:09001", "Fairfield County, Connecticut", "county2022:09120", 2022, "split"),
    ("county:09001", "Fairfield County, Connecticut", "county2022:09190", 2022, "split"),
]
WITH_FIGURES = (
    "county:17031",
    "county:46102",
    "county:29510",
    "county:01001",
    "county:47037",
    "county:17163",
)
MEMBERS = {"neighborhood:chicago-30": "Little Village", "neighborhood:chicago-31": "Pilsen"}


class Places(Release):
    """A release that holds names alone."""

    @property
    def manifest(self) -> dict[str, Any]:
        return {"tables": {"place_renamed": {}}, "sources": "mirror"}


@pytest.fixture(scope="module")
def places() -> Release:
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE place (place_id VARCHAR, place_type VARCHAR, name VARCHAR, state_fips VARCHAR, "
        "population BIGINT);"
        "CREATE TABLE life_expectancy (place_id VARCHAR, estimate DOUBLE);"
        "CREATE TABLE coalition (coalition_id VARCHAR, title VARCHAR);"
        "CREATE TABLE coalition_place (place_id VARCHAR, role VARCHAR, also VARCHAR);"
        "CREATE TABLE place_renamed (old_place_id VARCHAR, old_name VARCHAR, place_id VARCHAR, name VARCHAR, "
        "changed INTEGER, kind VARCHAR, note VARCHAR)"
    )
    known = PLACES | {f"state:{code}": name for code, name in STATES.items()}
    for place_id, name in known.items():
        kind, code = place_id.split(":")
        state = code[:2] if code[:2].isdigit() and not kind.startswith("zcta") else None
        connection.execute("INSERT INTO place VALUES (?, ?, ?, ?, NULL)", [place_id, kind, name, state])
    connection.executemany("INSERT INTO life_expectancy VALUES (?, 77.0)", [[each] for each in WITH_FIGURES])
    connection.execute("INSERT INTO coalition VALUES ('west-side-united', 'West Side United')")
    for place_id, other in MEMBERS.items():
        connection.execute("INSERT INTO coalition_place VALUES (?, 'member', ?)", [place_id, other])
    for old, old_name, new, changed, kind in RENAMED:
        row = [old, old_name, new, known[new], changed, kind, "."]
        connection.execute("INSERT INTO place_renamed VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    return Places(Path("places"), connection)


@pytest.mark.parametrize(
    ("asked", "place_id"),
    [
        ("county:17031", "county:17031"),
        ("17031", "county:17031"),
        ("county:1001", "county:01001"),
        ("1001", "county:01001"),
        ("state:1", "state:01"),
        ("46113", "county:46102"),
        ("chicago-26", "neighborhood:chicago-26"),
        ("Davidson County, TN", "county:47037"),
        ("Davidson County, Tennessee", "county:47037"),
        ("davidson county,tennessee", "county:47037"),
        ("Davidson County Tennessee", "county:47037"),
        ("Davidson County TN", "county:47037"),
        ("Davidson, TN", "county:47037"),
        ("La Salle County, Illinois", "county:17099"),
        ("LaSalle County, IL", "county:17099"),
        ("De Kalb", "county:17037"),
        ("De Kalb County, Illinois", "county:17037"),
        ("DeWitt County, Illinois", "county:17039"),
        ("Dewitt county, IL", "county:17039"),
        ("Dona Ana County, New Mexico", "county:35013"),
        ("Doña Ana County, N.M.", "county:35013"),
        ("Saint Clair County, Illinois", "county:17163"),
        ("St Clair County, Ill", None),
        ("St Louis city, Missouri", "county:29510"),
        ("Saint Louis city", "county:29510"),
        ("St. Louis County", "county:29189"),
        ("Tennessee", "state:47"),
        ("TN", "state:47"),
        ("the United States", "nation:us"),
        ("USA", "nation:us"),
        ("DC", "state:11"),
        ("Chicago", "city:1714000"),
        ("West Side United", "footprint:west-side-united"),
        ("west-side-united", "footprint:west-side-united"),
        ("the Loop", "neighborhood:chicago-32"),
        ("Pilsen", "neighborhood:chicago-31"),
        ("little village", "neighborhood:chicago-30"),
        ("Census Tract 5001, Saint Clair County, IL", "tract2010:17163500100"),
        ("Cook County", None),
        ("Davidson County", None),
        ("Davidson County, Ohio", None),
    ],
)
def test_a_place_is_found_by_what_people_call_it(asked: str, place_id: str | None, places: Release) -> None:
    found = find(places, asked).place
    assert (found and found["place_id"]) == place_id


@pytest.mark.parametrize(
    ("asked", "place_id", "said"),
    [
        ("Shannon County, South Dakota", "county:46102",
         "Shannon County, South Dakota has been called Oglala Lakota County, South Dakota since 2015."),
        ("Shannon County, SD", "county:46102", "since 2015"),
        ("county:46113", "county:46102", "since 2015"),
        ("Wade Hampton Census Area, Alaska", "county:02158", "called Kusilvak Census Area, Alaska since 2015"),
        ("2270", "county:02158", "since 2015"),
        ("Bedford city", "county:51019", "became part of Bedford County, Virginia in 2014"),
        ("51515", "county:51019", "became part of"),
        ("Fairfield County, Connecticut", "county:09001",
         "divided in 2022: its area is now in Greater Bridgeport Planning Region, Connecticut and Western"),
    ],
)  # fmt: skip
def test_a_name_of_before_leads_to_the_place_and_says_what_happened(
    asked: str, place_id: str, said: str, places: Release
) -> None:
    found = find(places, asked)
    assert found.place is not None
    assert found.place["place_id"] == place_id
    assert said in (found.said or "")


def test_a_place_that_was_divided_and_is_no_more_offers_what_it_became(places: Release) -> None:
    with pytest.raises(LifegapError) as refused:
        find_place(places, "Valdez-Cordova Census Area, Alaska")
    assert "divided in 2020" in str(refused.value)
    assert "county:02063 (Chugach Census Area, Alaska)" in str(refused.value)


def test_of_several_places_those_with_figures_are_offered_first(places: Release) -> None:
    assert find(places, "Cook County").offered[0] == "county:17031 (Cook County, Illinois)"
    with pytest.raises(LifegapError) as refused:
        find_place(places, "Cook County")
    assert refused.value.code == "UNKNOWN-NAME"
    assert str(refused.value).index("Illinois") < str(refused.value).index("Georgia")


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("Cook Conty", "county:17031 (Cook County, Illinois)"),
        ("Cook", "county:17031 (Cook County, Illinois)"),
        ("De Wit County, Illinois", "county:17039 (De Witt County, Illinois)"),
        ("West Garfield", "neighborhood:chicago-26 (West Garfield Park)"),
        ("Oglala Lakota", "county:46102 (Oglala Lakota County, South Dakota)"),
    ],
)
def test_near_misses_are_offered_best_first(asked: str, first: str, places: Release) -> None:
    found = find(places, asked)
    offered = found.offered or [f"{found.place['place_id']} ({found.place['name']})" if found.place else ""]
    assert offered[0] == first


def test_the_notes_of_a_coalition_file_are_names_too(release: Release) -> None:
    asked = ("Pilsen", "Little Village", "the Loop", "West Side United", "Philadelphia County, PA")
    assert [(find(release, each).place or {}).get("place_id") for each in asked] == [
        "neighborhood:chicago-31", "neighborhood:chicago-30", "neighborhood:chicago-32",
        "footprint:west-side-united", "county:42101",
    ]  # fmt: skip
