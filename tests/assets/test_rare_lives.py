"""The shortest and the longest lives of the nation are shown; what no population has is withheld.

Rows of the files of County Health Rankings of 2025 and 2026, and printed figures of other kinds.
"""

from typing import Any

import polars as pl
import pytest

from assets.indicators.life_expectancy import published_figures
from assets.quotable import with_quotability
from assets.sources.chr_measures import chr_measure
from assets.warehouse.observation import PLAIN, complete
from assets.warehouse.observed.chr import measures
from lifegap.methods.surveys.plausibility import UNUSUALLY_HIGH, UNUSUALLY_LOW
from lifegap.store.warehouse import Relation
from tests.assets.slices import CATALOG, parse, relation, source_file
from tests.conftest import FIXTURES

RELEASES = relation(
    pl.DataFrame(
        schema={"measure": pl.String, "year": pl.Int32, "name": pl.String, "years_used": pl.String},
    )
)
ALL = "all"


def _figures(observation: Relation) -> pl.DataFrame:
    found = published_figures(observation, CATALOG)
    return with_quotability(found, "estimate", CATALOG, unit=" years", modeled=pl.col("modeled"))


@pytest.fixture(scope="module")
def shown() -> pl.DataFrame:
    """What is made of the publisher's rows."""
    names = {"v147_r2025.csv": "2025", "v147_otherdata_r2025.csv": "2025", "v147_r2026.csv": "2026"}
    files = [
        source_file("chr_measures", FIXTURES / "rare_lives" / name, vintage)
        for name, vintage in names.items()
    ]
    read = measures(relation(parse(chr_measure, *files)), RELEASES, CATALOG)
    return _figures(relation(complete(read)))


def _one(shown: pl.DataFrame, county: str, vintage: str, group: str = ALL) -> dict[str, Any]:
    kind = "state" if county.endswith("000") else "county"
    code = county[:2] if kind == "state" else county
    return shown.filter(
        place_id=f"{kind}:{code}", vintage=vintage, population_group=group
    ).row(0, named=True)  # fmt: skip


@pytest.mark.parametrize(
    ("county", "vintage", "figure"),
    [
        ("46017", "2025", (54.0, 50.2, 57.8)),  # Buffalo, South Dakota
        ("46041", "2025", (56.7, 54.0, 59.3)),  # Dewey
        ("46102", "2025", (56.9, 55.3, 58.6)),  # Oglala Lakota
        ("46031", "2025", (58.7, 55.5, 62.0)),  # Corson
        ("46121", "2025", (58.7, 56.7, 60.8)),  # Todd
        ("38085", "2025", (59.6, 56.2, 63.0)),  # Sioux, North Dakota
        ("46095", "2026", (59.4, 54.5, 64.4)),  # Mellette
        ("55078", "2026", (60.0, 56.6, 63.3)),  # Menominee, Wisconsin
    ],
)
def test_the_shortest_lives_of_the_nation_are_shown_with_their_caveat(
    shown: pl.DataFrame, county: str, vintage: str, figure: tuple[float, float, float]
) -> None:
    row = _one(shown, county, vintage)
    assert tuple(round(row[name], 1) for name in ("estimate", "ci_low", "ci_high")) == figure
    assert (row["reliability"], row["quotable"], row["reason"]) == ("caution", "with_caveat", None)
    assert UNUSUALLY_LOW in row["caveat"]


@pytest.mark.parametrize(
    ("county", "figure"), [("08097", (94.2, 90.2, 98.3)), ("08117", (92.4, 88.2, 96.6))]
)  # Pitkin and Summit, Colorado
def test_the_longest_lives_are_shown_too(
    shown: pl.DataFrame, county: str, figure: tuple[float, float, float]
) -> None:
    row = _one(shown, county, "2025")
    assert tuple(round(row[name], 1) for name in ("estimate", "ci_low", "ci_high")) == figure
    assert (row["reliability"], row["quotable"]) == ("caution", "with_caveat")
    assert UNUSUALLY_HIGH in row["caveat"]


@pytest.mark.parametrize(
    ("county", "vintage", "group"),
    [
        ("38065", "2026", ALL),  # 107.92 (78.97 to 136.87)
        ("42101", "2025", "race:american_indian_alaska_native"),  # 113.74
        ("01000", "2025", "race:two_or_more"),  # 172.0
    ],
)
def test_what_no_population_has_is_withheld(
    shown: pl.DataFrame, county: str, vintage: str, group: str
) -> None:
    row = _one(shown, county, vintage, group)
    assert [row[name] for name in ("estimate", "se", "ci_low", "ci_high")] == [None] * 4
    assert (row["reason"], row["reliability"], row["quotable"]) == ("withheld:implausible", "withheld", "no")


def test_groups_that_are_classified_by_different_hands_are_never_quoted_freely(shown: pl.DataFrame) -> None:
    groups = shown.filter(
        pl.col("population_group").str.contains("american_indian|two_or_more"),
        pl.col("estimate").is_not_null(),
    )
    assert groups.height > 0
    assert set(groups["quotable"]) <= {"with_caveat", "no"}
    quoted = groups.filter(quotable="with_caveat")["caveat"]
    assert quoted.str.contains("classified differently").all()


def _printed(**changes: object) -> dict[str, Any]:
    """A figure with what is changed of it, as it is shown."""
    row: dict[str, object] = dict.fromkeys(PLAIN) | {
        "place_id": "county:46102", "concept": "life_expectancy", "population_group": ALL,
        "period_start": 2016, "period_end": 2018, "source_id": "cdc_wonder", "vintage": "v", "estimate": 70.0,
    }  # fmt: skip
    texts = {name for name in PLAIN if name not in ("estimate", "se", "ci_low", "ci_high", "moe90")}
    schema = {name: pl.String if name in texts else pl.Float64 for name in PLAIN} | dict.fromkeys(
        ("period_start", "period_end", "source_row"), pl.Int32
    )
    return _figures(relation(pl.DataFrame([row | changes], schema=schema))).row(0, named=True)


def _with_interval(estimate: float, half: float = 1.96) -> dict[str, Any]:
    return {
        "estimate": estimate, "se": half / 1.96, "ci_low": estimate - half, "ci_high": estimate + half,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        (_with_interval(40.0), True), (_with_interval(39.9), False),
        (_with_interval(100.0), True), (_with_interval(100.1), False),
        ({"estimate": 50.0}, True), ({"estimate": 49.9}, False),
        ({"estimate": 97.0}, True), ({"estimate": 97.1}, False),
        ({"estimate": 112.5}, False), ({"estimate": 29.1, "period_start": 1904, "period_end": 1904}, True),
    ],
)  # fmt: skip
def test_a_figure_without_an_interval_is_believed_within_narrower_bounds(
    printed: dict[str, Any], shown: bool
) -> None:
    row = _printed(**printed)
    assert (row["estimate"] is not None) == shown
    assert (row["reason"] == "withheld:implausible") == (not shown)


@pytest.mark.parametrize(
    ("place", "group", "estimate", "rare"),
    [
        ("county:46102", ALL, 61.9, True), ("county:46102", ALL, 62.0, False),
        ("county:08097", ALL, 90.0, False), ("county:08097", ALL, 90.1, True),
        ("tract2010:37037020104", ALL, 97.5, True), ("tract2010:40001376900", ALL, 56.3, False),
        ("neighborhood:chicago-26", ALL, 60.0, False), ("state:01", "race:black", 94.0, False),
        ("state:01", "race:asian", 95.5, True), ("county:46102", "race:white", 49.0, True),
    ],
)  # fmt: skip
def test_what_is_rare_depends_on_how_many_people_it_is_of(
    place: str, group: str, estimate: float, rare: bool
) -> None:
    row = _printed(place_id=place, population_group=group, **_with_interval(estimate))
    assert ("Unusually" in (row["caveat"] or "")) == rare
    assert (row["reliability"] == "caution") == rare


def test_a_predicted_table_is_never_good() -> None:
    row = _printed(place_id="tract2010:17031260100", flags="predicted", **_with_interval(75.0, 1.0))
    assert (row["reliability"], row["quotable"]) == ("caution", "with_caveat")
    assert "lower bound" in row["caveat"]


def test_half_an_interval_is_none() -> None:
    half = pl.DataFrame(
        {
            "place_id": ["a"], "table_id": ["t"], "measure": ["m"], "measure_label": ["m"],
            "period_start": [2000], "period_end": [2000], "source_id": ["s"], "vintage": ["v"],
            "estimate": [5.0], "ci_low": [4.0], "ci_high": [None], "source_file": ["f"], "source_row": [1],
        },
        schema_overrides={"ci_high": pl.Float64},
    )  # fmt: skip
    assert complete(half).select("ci_low", "ci_high").row(0) == (None, None)
