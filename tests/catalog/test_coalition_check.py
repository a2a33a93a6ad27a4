"""Coalition files with mistakes: each is named with its line and a remedy, all of them at once."""

from datetime import date
from pathlib import Path

import pytest

from lifegap.catalog.catalog import Catalog
from lifegap.catalog.coalition_check import Mistake, mistakes_in, mistakes_of
from lifegap.catalog.known_places import Changed, KnownPlaces
from tests.conftest import CHECKOUT

TODAY = date(2026, 11, 30)
FILE = Path("south-side.toml")
PLACES = KnownPlaces(
    names={
        "county:26163": "Wayne County, Michigan", "county:26125": "Oakland County, Michigan",
        "county:46102": "Oglala Lakota County, South Dakota", "county:06037": "Los Angeles County, California",
        "county:09001": "Fairfield County, Connecticut", "county2022:09120": "Greater Bridgeport Planning Region",
        "tract2010:17031260100": "Census Tract 2601", "tract2020:17031260200": "Census Tract 2602",
        "neighborhood:chicago-26": "West Garfield Park", "zip:19104": "ZIP code 19104", "nation:us": "United States",
    },
    whole=frozenset({"county", "county2022", "tract2010", "tract2020", "neighborhood"}),
    changed={
        "county:46113": (Changed("county:46102", "renamed", "Shannon County is Oglala Lakota County."),),
        "county:09001": (Changed("county2022:09120", "split", "Fairfield County was divided."),),
    },
    parents={"neighborhood:chicago-26": ("city:1714000", "county:17031")},
    parts={
        "neighborhood:chicago-26": frozenset({"tract2010:17031260100"}),
        "zip:19104": frozenset({"tract2010:42101008801"}),
    },
)  # fmt: skip
HEAD = 'id = "south-side"\ntitle = "South Side"\n'
MEMBER = '[[place]]\nid = "county:26163"\n'


@pytest.fixture
def found(catalog: Catalog):
    def mistakes(text: str | bytes) -> list[Mistake]:
        content = text if isinstance(text, bytes) else text.encode()
        return mistakes_of(content, FILE, catalog, PLACES, TODAY)

    return mistakes


@pytest.mark.parametrize(
    "path", sorted((CHECKOUT / "data" / "coalitions").glob("*.toml")), ids=lambda path: path.stem
)
def test_the_coalitions_of_the_repository_have_no_mistake(path: Path, catalog: Catalog) -> None:
    assert mistakes_in(path, catalog, KnownPlaces(), TODAY) == []


CASES = {
    "unknown key": ("citty = 'x'\n" + MEMBER, 3, "citty is not a key here", "did you mean city?"),
    "unknown key of a place": (MEMBER + "refrences = []\n", 5, "refrences", "did you mean references?"),
    "missing key": (MEMBER + '[[target]]\nid = "t"\n', 5, "adopted is missing", "add it"),
    "unknown place": ('[[place]]\nid = "county:26999"\n', 4, "county:26999 is not in", "county:26"),
    "name instead of an id": ('[[place]]\nid = "Wayne County"\n', 4, "is no id of a place", "write county:26163"),
    "renamed county": ('[[place]]\nid = "county:46113"\n', 4, "has another code", "write county:46102"),
    "region under the type of a county": (
        '[[place]]\nid = "county:09120"\n', 4, "a type of its own since 2022", "write county2022:09120",
    ),
    "county under the type of a region": (
        '[[place]]\nid = "county2022:09001"\n', 4, "is no planning region", "write county:09001",
    ),
    "tract of the other census": (
        '[[place]]\nid = "tract2010:17031260200"\n', 4, "tract2020:17031260200 is", "write tract2020:17031260200",
    ),
    "tract of no census": (
        '[[place]]\nid = "tract:17031260100"\n', 4, "without the census", "write tract2010:17031260100",
    ),
    "zero lost in a spreadsheet": ('[[place]]\nid = "county:6037"\n', 4, "lost the zero", "write county:06037"),
    "number of a spreadsheet": ('[[place]]\nid = "county:26163.0"\n', 4, "number of a spreadsheet", "county:26163"),
    "reference among the own places": (
        MEMBER + 'references = ["county:26125"]\n[[place]]\nid = "county:26125"\n', 5, "one of the coalition's own",
        "name a reference outside of them",
    ),
    "place compared with itself": (
        MEMBER + 'references = ["county:26163"]\n', 5, "compared with itself", "name another place",
    ),
    "tract in its neighborhood": (
        '[[place]]\nid = "neighborhood:chicago-26"\n[[place]]\nid = "tract2010:17031260100"\n', 6, "shares ground",
        'role = "context"',
    ),
    "tract in its ZIP code": (
        '[[place]]\nid = "zip:19104"\n[[place]]\nid = "tract2010:42101008801"\n', 6, "shares ground", "context",
    ),
    "ZIP code and its tabulation area": (
        '[[place]]\nid = "zip:19104"\n[[place]]\nid = "zcta2010:19104"\n', 6, "shares ground", "context",
    ),
    "county and a region it became": (
        '[[place]]\nid = "county:09001"\n[[place]]\nid = "county2022:09120"\n', 6, "shares ground", "context",
    ),
    "target in the past": (
        MEMBER + '[[target]]\nid = "t"\nadopted = 2015-01-01\nmetric = "life_expectancy_gap"\nyear = 2020\nsource = "s"\n',
        9, "for 2020, which is over", "superseded_by",
    ),
    "target before it was adopted": (
        MEMBER + '[[target]]\nid = "t"\nadopted = 2035-01-01\nmetric = "life_expectancy_gap"\nyear = 2030\nsource = "s"\n',
        9, "was adopted in 2035", "correct one of the two",
    ),
    "use that the source forbids": (
        MEMBER + '[[target]]\nid = "t"\nadopted = 2025-01-01\nmetric = "depression"\nyear = 2030\nsource = "s"\n',
        8, "cannot be followed over time", "indicators.csv",
    ),
    "unknown indicator": (
        MEMBER + '[[priority_area]]\nid = "a"\ntitle = "A"\nindicators = ["povrty"]\n', 8, "no indicator povrty",
        "did you mean poverty",
    ),
    "indicator twice": (
        MEMBER + '[[priority_area]]\nid = "a"\ntitle = "A"\nindicators = ["poverty",\n"poverty"]\n', 9,
        "poverty stands here for the second time", "remove one",
    ),
    "place twice": (MEMBER + MEMBER, 6, "county:26163 stands here for the second time", "remove one"),
    "date that is none": (
        MEMBER + '[[target]]\nid = "t"\nadopted = "2018-13-01"\nmetric = "life_expectancy_gap"\nsource = "s"\n', 7,
        "no date", "2018-05-17",
    ),
    "headline of another place": (
        '[headline]\nplace = "county:26125"\nreference = "nation:us"\n' + MEMBER, 4, "is no place of this file",
        "list it",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_named_with_its_line_and_a_remedy(case: str, found) -> None:
    text, line, what, remedy = CASES[case]
    assert any(
        each.line == line and what in each.found and remedy in each.remedy for each in found(HEAD + text)
    ), [str(each) for each in found(HEAD + text)]


def test_neighboring_zip_codes_that_share_cut_tracts_do_not_overlap(catalog: Catalog) -> None:
    places = KnownPlaces(
        parts={"zip:19104": frozenset({"tract2010:1"}), "zip:19131": frozenset({"tract2010:2"})}
    )
    text = HEAD + '[[place]]\nid = "zip:19104"\n[[place]]\nid = "zip:19131"\n'
    assert mistakes_of(text.encode(), FILE, catalog, places, TODAY) == []


def test_a_target_that_was_followed_by_another_may_be_over(found) -> None:
    target = '[[target]]\nid = "{}"\nadopted = 2015-01-01\nmetric = "life_expectancy_gap"\nyear = {}\nsource = "s"\n'
    text = HEAD + MEMBER + target.format("old", 2020) + 'superseded_by = "new"\n' + target.format("new", 2030)
    assert found(text) == []


def test_all_mistakes_are_told_at_once_in_the_order_of_lines(found) -> None:
    text = 'id = "other"\ntitle = "T"\nx = 1\n[[place]]\nid = "county:46113"\nreferences = ["county:1"]\n'
    mistakes = found(text)
    assert [each.line for each in mistakes] == [1, 3, 5, 6]
    assert str(mistakes[2]).startswith("south-side.toml, line 5: county:46113 has another code")


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        (HEAD.encode() + b'city = "Montr\xe9al"\n', 3, "is no UTF-8"),
        (HEAD.encode("utf-16"), None, "UTF-16"),
        (b"PK\x03\x04rest", None, "workbook"),
        (HEAD.replace('"', "\u201c").encode(), 1, "curly quotation mark"),
        (b'id = "a"\nid = "b"\n', 2, "no TOML"),
        ("\ufeff".encode() + HEAD.encode(), 1, "mark of the encoding"),
        (b'id = "a\n', 1, "no TOML"),
    ],
)
def test_a_file_that_is_no_toml_says_what_other_programs_put_in(
    content: bytes, line: int | None, what: str, found
) -> None:
    assert any(each.line == line and what in each.found for each in found(content))


@pytest.mark.parametrize(
    "text",
    ["place = 3\n", "[place]\nid = 3\n", 'target = ["a"]\n', "headline = 1\n", "priority_area = [1]\n"],
)
def test_values_of_another_kind_are_mistakes_and_no_fault_of_the_program(text: str, found) -> None:
    assert found(HEAD + text)
