"""What may be quoted as it is, and what only with something said."""

from typing import Any

import polars as pl

from assets.quotable import with_quotability
from tests.assets.slices import CATALOG

QUIET = "chicago_life_expectancy"
"""A source whose card asks for nothing to be said."""

STAND_IN = next(
    place.id
    for coalition in CATALOG.coalitions.values()
    for place in coalition.place
    if place.stands_for is not None and place.id.startswith("zcta")
)
STAND_IN_OF_A_CITY = next(
    (coalition.id, place.id)
    for coalition in CATALOG.coalitions.values()
    for place in coalition.place
    if place.stands_for is not None and place.id.startswith("county:")
)


def _shown(**changes: Any) -> dict[str, Any]:
    row = {
        "place_id": "neighborhood:chicago-32", "source_id": QUIET, "value": 80.0, "se": 0.5, "ci_low": 79.0,
        "ci_high": 81.0, "reliability": "good", "reason": None, "cautions": None, "modeled": False,
        "said": None,
    }  # fmt: skip
    texts = dict.fromkeys(("reason", "cautions", "said"), pl.String)
    frame = pl.DataFrame([row | changes], schema_overrides=texts | {"value": pl.Float64, "se": pl.Float64})
    found = with_quotability(
        frame, "value", CATALOG, unit=" years", modeled=pl.col("modeled"), pandemic=pl.col("said")
    )
    return found.row(0, named=True)


def test_a_good_figure_of_a_quiet_source_is_quoted_as_it_is() -> None:
    assert CATALOG.cards[QUIET].caveat is None
    assert _shown()["quotable"] == "yes"
    assert _shown()["caveat"] is None


def test_a_figure_with_nothing_against_it_but_a_model_is_quoted_with_that_said() -> None:
    found = _shown(modeled=True)
    assert (found["quotable"], found["caveat"]) == ("with_caveat", "A model stands behind the figure.")


def test_each_reason_to_say_something_is_enough_by_itself() -> None:
    for alone in (
        {"cautions": "One area is left out."}, {"said": "Years of the pandemic."}, {"se": None},
        {"reliability": "caution"}, {"place_id": STAND_IN},
    ):  # fmt: skip
        assert _shown(**alone)["quotable"] == "with_caveat", alone


def test_a_county_is_a_stand_in_beside_the_figures_of_the_coalition_that_says_so_alone() -> None:
    coalition, county = STAND_IN_OF_A_CITY
    for other, quotable in ((coalition, "with_caveat"), ("west-side-united", "yes")):
        assert _shown(coalition_id=other, place_id=county)["quotable"] == quotable
    found = _shown(coalition_id=coalition, place_id=county)
    assert "stands for" in found["caveat"]
    assert _shown(place_id=county)["quotable"] == "yes"


def test_what_is_withheld_unreliable_or_unmeasured_is_not_quoted_though_a_model_stands_behind_it() -> None:
    for why in ({"value": None}, {"reliability": "unreliable"}, {"reliability": "withheld"}):
        assert _shown(modeled=True, **why)["quotable"] == "no", why
