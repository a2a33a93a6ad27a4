"""`lifegap quote`: the numbers of every sentence are those of its row, in words that a committee reads."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lifegap.catalog.catalog import Catalog
from lifegap.cli.quote import sentence
from lifegap.digits import digits
from lifegap.releases.read import Release
from lifegap.wording import gap_sentence, own_sentence, place_words, short_caveat, source_sentence
from tests.conftest import run_lifegap

GAP = re.compile(
    r"In (?P<period>[\d-]+), life expectancy in (?P<place>.+) was (?P<own>\d+\.\d) years, "
    r"(?:(?P<same>the same as)|(?P<years>\d+\.\d) years (?P<way>shorter|longer) than) in (?P<reference>.+?)"
    r"(?: \(95 % interval (?P<low>\d+\.\d)(?P<low_way> longer)? to (?P<high>\d+\.\d)(?P<high_way> shorter)?\))?\."
)
years = some.floats(min_value=40, max_value=100)
errors = some.floats(min_value=0.01, max_value=5)


def _gap(place: float, reference: float, se: float | None) -> dict[str, Any]:
    gap = reference - place
    return {
        "place": "Austin", "reference": "the Loop", "period_start": 2010, "period_end": 2015, "gap": gap,
        "place_estimate": place, "reference_estimate": reference,
        "ci_low": None if se is None else gap - 1.96 * se, "ci_high": None if se is None else gap + 1.96 * se,
    }  # fmt: skip


def _signed_limits(found: re.Match[str]) -> tuple[float, float]:
    """The limits of the sentence as reference less place."""
    low, high = float(found["low"]), float(found["high"])
    if found["low_way"]:
        return -low, high
    return (low, high) if found["way"] != "longer" else (-high, -low)


@given(place=years, reference=years, se=errors | some.none())
def test_every_number_of_a_gap_sentence_is_that_of_its_row(
    place: float, reference: float, se: float | None
) -> None:
    row = _gap(place, reference, se)
    found = GAP.fullmatch(gap_sentence(row))
    assert found is not None, gap_sentence(row)
    assert found["own"] == digits(place, 1)
    shown = 0.0 if found["same"] else float(found["years"]) * (1 if found["way"] == "shorter" else -1)
    assert shown == pytest.approx(row["gap"], abs=0.0501)
    assert (found["low"] is None) == (se is None)
    if se is not None and not found["same"]:
        low, high = _signed_limits(found)
        assert low == pytest.approx(row["ci_low"], abs=0.0501)
        assert high == pytest.approx(row["ci_high"], abs=0.0501)
        assert float(found["low"]) <= float(found["high"]) or found["low_way"]


def test_limits_turn_with_the_words_for_a_place_that_lives_longer() -> None:
    row = _gap(78.4, 76.8, None) | {"ci_low": -1.83, "ci_high": -1.29}
    assert "1.6 years longer than in the Loop (95 % interval 1.3 to 1.8)" in gap_sentence(row)


def test_an_interval_across_none_says_which_way_each_limit_lies() -> None:
    row = _gap(76.0, 76.5, None) | {"ci_low": -0.3, "ci_high": 1.3}
    assert "0.5 years shorter than in the Loop (95 % interval 0.3 longer to 1.3 shorter)" in gap_sentence(row)


@given(estimate=years, se=errors | some.none())
def test_every_number_of_a_life_expectancy_sentence_is_that_of_its_row(
    estimate: float, se: float | None
) -> None:
    limits = {} if se is None else {"ci_low": estimate - se, "ci_high": estimate + se}
    row = {"place": "X", "period_start": 2020, "period_end": 2020, "estimate": estimate}
    text = own_sentence(row | {"ci_low": None, "ci_high": None} | limits)
    expected = [estimate, *limits.values()]
    found = re.findall(r"\d+\.\d", text)
    assert found == [digits(each, 1) for each in expected]


def test_every_gap_of_the_bundle_reads_as_its_row(release: Release) -> None:
    rows = release.ask(
        "SELECT g.*, p.name AS place, r.name AS reference FROM life_expectancy_gap AS g "
        "JOIN place AS p USING (place_id) JOIN place AS r ON r.place_id = g.reference_place_id "
        "WHERE gap IS NOT NULL"
    ).dicts()
    assert len(rows) > 100
    for row in rows:
        found = GAP.fullmatch(gap_sentence(row))
        assert found is not None, gap_sentence(row)
        assert found["reference"] == row["reference"]


@pytest.mark.parametrize(
    ("name", "spoken", "words"),
    [
        ("Loop", "the Loop", "the Loop"),
        ("United States", None, "the United States"),
        ("District of Columbia", None, "the District of Columbia"),
        ("Capitol Planning Region, Connecticut", None, "the Capitol Planning Region, Connecticut"),
        ("Cook County, Illinois", None, "Cook County, Illinois"),
        ("West Side United, all places", None, "the places of West Side United together"),
    ],
)
def test_names_read_as_english(name: str, spoken: str | None, words: str) -> None:
    assert place_words(name, spoken) == words


def test_a_long_caveat_is_shortened_and_says_so() -> None:
    long = (
        "First thing. The 95 percent interval reaches 2.3 years to either side. " + "Second thing " * 20 + "."
    )
    assert short_caveat(long) == ("First thing.", False)
    assert short_caveat("The 95 percent interval reaches 2.3 years to either side.") == ("", True)
    assert short_caveat("Rough. A stand-in: near, not the same.")[0].startswith("A stand-in")
    assert short_caveat(None) == ("", True)


def test_other_sources_stand_beside_in_half_a_sentence() -> None:
    main = _gap(70.0, 82.0, 1.0) | {"publisher": "Health Department, Office of Data", "title": "Tables"}
    reported = _gap(66.8, 87.5, None) | {"period_start": 2023, "period_end": 2023, "publisher": "x"}
    page = {"page": "City Paper: A gap (https://example.org/a)"}
    text = source_sentence(main, [reported | page], "gap")
    assert text == (
        "Source: Health Department (Tables); City Paper reported 20.7 years for 2023, without an interval."
    )


def test_the_newest_figure_with_an_interval_is_quoted(release: Release) -> None:
    """Every place with a quotable gap: none newer of any source, with an interval, is left unquoted."""
    newest = release.ask(
        "SELECT place_id, any_value(name) AS name, max(period_end) AS newest FROM life_expectancy_gap "
        "JOIN place USING (place_id) WHERE quotable <> 'no' AND ci_low IS NOT NULL "
        "AND population_group = 'all' AND reference_group = 'all' GROUP BY place_id"
    ).dicts()
    assert len(newest) > 10
    for place in newest:
        found = GAP.match(sentence(release, place))
        assert found is not None, sentence(release, place)
        assert found["period"].split("-")[-1] == str(place["newest"])


def test_a_newer_edition_that_may_be_quoted_with_a_caveat_is_quoted(release: Release) -> None:
    place = {"place_id": "county:42101", "name": "Philadelphia County, Pennsylvania"}
    words = sentence(release, place)
    assert words.startswith(
        "In 2021-2023, life expectancy in Philadelphia County, Pennsylvania was 74.9 years, "
    )
    assert "5.7 years shorter than in Montgomery County, Pennsylvania (95 % interval 5.4 to 5.9)." in words
    assert "National Center for Health Statistics gives 5.3 years for 2010-2015 (4.9 to 5.7)" in words
    assert "inferred from earlier releases" in words


def test_what_was_reported_since_stands_beside_the_figure(release: Release) -> None:
    words = sentence(release, {"place_id": "neighborhood:chicago-26", "name": "West Garfield Park"})
    assert "reported 20.7 years for 2023, without an interval" in words
    assert "Chicago Department of Public Health gives 16.2 years for 2010 (13.9 to 18.5)" in words
    assert "than in the Loop (95 % interval" in words


@pytest.mark.parametrize(
    "name", ["Puerto Rico", "PR", "Adjuntas Municipio, PR", "Adjuntas Municipio, Puerto Rico", "72001"]
)
def test_a_place_that_the_bundle_lacks_says_which_command_gets_it(
    name: str, release: Release, catalog: Catalog
) -> None:
    ended = run_lifegap("quote", name, home=release.folder.parent.parent)
    assert ended.returncode == 0, ended.stderr
    assert "may be quoted" in ended.stdout
    # Where a coalition names the place, it has a row, and the reason is said in words.
    assert "not_in_bundle" in ended.stdout or catalog.reasons["not_in_bundle"] in ended.stdout
    assert "lifegap refresh --sources official" in ended.stdout


def test_a_quote_is_two_short_sentences_and_a_caveat(release: Release) -> None:
    places = release.ask(
        "SELECT DISTINCT place_id, name FROM coalition_place JOIN place USING (place_id)"
    ).dicts()
    for place in places:
        words = sentence(release, place)
        if words.startswith("No figure"):
            continue
        figure, source = words.split(" Source: ")
        assert len(figure.split()) <= 40, figure
        assert len(source) <= 450, source


def test_the_shortest_lives_of_the_nation_are_quoted(mirror_release: Release) -> None:
    words = sentence(
        mirror_release, {"place_id": "county:46102", "name": "Oglala Lakota County, South Dakota"}
    )
    assert "life expectancy in Oglala Lakota County, South Dakota was" in words
