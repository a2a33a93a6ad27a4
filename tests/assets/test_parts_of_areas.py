"""No place is made of some of its tracts where those of the others are not known."""

import polars as pl

from assets.warehouse.cities.chicago import community_area_2010

TRACTS = pl.DataFrame(
    {
        "tract_id": ["17031000001", "17031000002", "17031000003"],
        "area_number": [1, 1, 2],
        "vintage": ["2010"] * 3,
    }
)
BLOCKS = pl.DataFrame({"tract_id": TRACTS["tract_id"], "population": [60, 100, 70]})


def _weights(people: dict[str, int]) -> list[tuple[str, float]]:
    """(area, weight) of the tracts, with these counts of the census."""
    population = pl.DataFrame(
        {"vintage": ["2010"] * len(people), "tract_id": list(people), "population": list(people.values())},
        schema={"vintage": pl.String, "tract_id": pl.String, "population": pl.Int32},
    )
    return community_area_2010(TRACTS, BLOCKS, population).select("to_place_id", "weight").rows()


def test_a_tract_that_crosses_the_city_limit_counts_by_its_people_inside() -> None:
    assert _weights({"17031000001": 80, "17031000002": 100, "17031000003": 70}) == [
        ("neighborhood:chicago-1", 0.75),
        ("neighborhood:chicago-1", 1.0),
        ("neighborhood:chicago-2", 1.0),
    ]


def test_an_area_of_which_a_tract_was_not_counted_is_left_out() -> None:
    assert _weights({"17031000001": 80, "17031000003": 70}) == [("neighborhood:chicago-2", 1.0)]


def test_without_any_count_no_area_has_shares() -> None:
    assert _weights({}) == []
