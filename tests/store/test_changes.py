"""Changes between two states of the published tables: each kind, its cause, and findings that turn round."""

from collections.abc import Iterator
from typing import Any

import duckdb
import polars as pl
import pytest

from lifegap.catalog.tables import declared_tables
from lifegap.releases.change_words import told_cells
from lifegap.releases.compare import compare
from lifegap.releases.side import Side

SERIES = {
    "period_start": 2020, "period_end": 2020, "source_id": "census_acs5", "vintage": "2020",
    "population_group": "all", "method": "published",
}  # fmt: skip
GAP = {
    "coalition_id": "a", "place_id": "county:1", "reference_place_id": "county:2", "reference_group": "all",
    **SERIES, "gap": 4.0, "se": 1.0, "ci_low": 2.0, "ci_high": 6.0, "reliability": "good",
    "quotable": "yes", "reason": None, "caveat": None,
}  # fmt: skip
VALUE = {
    "place_id": "county:1", "indicator_id": "rank_of_health", **SERIES, "value": 16.0, "rank": 16,
    "rank_of": 64, "reliability": "caution", "quotable": "with_caveat",
}  # fmt: skip
PROGRESS = {
    "coalition_id": "a", "target_id": "halve", "place_id": "county:1", "reference_place_id": "county:2",
    "indicator_id": "life_expectancy", "source_id": "census_acs5", "vintage": "2020",
    "population_group": "all", "method": "published", "baseline_kind": "own_first", "latest_value": 4.0,
    "latest_period": "2020", "status": "improving", "quotable": "yes",
}  # fmt: skip


class States:
    """Two states of the tables that a test puts rows into."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self.tables: set[str] = set()
        connection.execute("CREATE SCHEMA before; CREATE SCHEMA now")

    def put(self, side: str, table: str, *rows: dict[str, Any]) -> None:
        if table not in self.tables:
            declared = declared_tables()[f"published.{table}"]
            for each in ("before", "now"):
                self.connection.execute(declared.create_sql(each, constrained=False))
            self.tables.add(table)
        for row in rows:
            names = ", ".join(f'"{name}"' for name in row)
            marks = ", ".join("?" for _ in row)
            self.connection.execute(f"INSERT INTO {side}.{table} ({names}) VALUES ({marks})", [*row.values()])

    def both(self, table: str, *rows: dict[str, Any]) -> None:
        self.put("before", table, *rows)
        self.put("now", table, *rows)

    def changes(self) -> list[dict[str, Any]]:
        then, now = (self.side(side) for side in ("before", "now"))
        compare(self.connection, then, now, self.keys)
        return told_cells(self.connection, then, now).pl().sort("table_name", "key", "column_name").to_dicts()

    def side(self, name: str) -> Side:
        return Side({table: f"{name}.{table}" for table in self.tables})

    @property
    def keys(self) -> dict[str, tuple[str, ...]]:
        return {table: declared_tables()[f"published.{table}"].key for table in self.tables}

    def change(self) -> dict[str, Any]:
        """The one change that there is."""
        (found,) = self.changes()
        return found


@pytest.fixture
def states() -> Iterator[States]:
    with duckdb.connect() as connection:
        yield States(connection)


def altered(row: dict[str, Any], **cells: Any) -> dict[str, Any]:
    return {**row, **cells}


def test_nothing_differs_between_equal_states(states: States) -> None:
    states.both("life_expectancy_gap", GAP)
    states.both("place", {"place_id": "county:1", "name": "Adams County"})
    assert states.changes() == []


def test_noise_of_binary_fractions_is_no_change(states: States) -> None:
    """0.1 + 0.2 and 0.3 differ in the last bit; people read six digits."""
    states.put("before", "life_expectancy_gap", altered(GAP, gap=0.1 + 0.2))
    states.put("now", "life_expectancy_gap", altered(GAP, gap=0.3))
    assert states.changes() == []


def test_a_figure_that_moved_says_whether_the_interval_of_before_holds_it(states: States) -> None:
    states.put("before", "life_expectancy_gap", GAP, altered(GAP, place_id="county:3"))
    states.put(
        "now", "life_expectancy_gap", altered(GAP, gap=5.5), altered(GAP, place_id="county:3", gap=6.5)
    )
    inside, outside = states.changes()
    assert (inside["kind"], inside["old"], inside["new"], inside["beyond_uncertainty"]) == (
        "moved", "4", "5.5", False,
    )  # fmt: skip
    assert outside["beyond_uncertainty"]
    assert "outside the interval of before" in outside["sentence"]
    assert (outside["cells"], outside["cells_beyond"], outside["largest"]) == (2, 1, 2.5)


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [(4.0, None, "withheld"), (None, 4.0, "released")],
)
def test_a_figure_shown_no_more_and_one_shown_anew(
    old: float | None, new: float | None, kind: str, states: States
) -> None:
    states.put("before", "life_expectancy_gap", altered(GAP, gap=old))
    states.put("now", "life_expectancy_gap", altered(GAP, gap=new, reason="suppressed:too_few_cases"))
    figure = next(each for each in states.changes() if each["column_name"] == "gap")
    assert figure["kind"] == kind
    if kind == "withheld":
        assert "not shown any more (suppressed:too_few_cases)" in figure["sentence"]


def test_a_number_that_is_hidden_now_stands_nowhere_in_what_changed(states: States) -> None:
    """Not the figure, nor the counts it was made of."""
    states.put("before", "indicator_value", altered(VALUE, value=3.125, numerator=7.0, denominator=224.0))
    states.put("now", "indicator_value", altered(VALUE, value=None, reason="withheld:small_count"))
    told = str(states.changes())
    for number in ("3.125", "224", "7"):
        assert number not in told.replace("2020", ""), number


def test_places_that_appear_and_vanish_are_named(states: States) -> None:
    states.put("before", "place", {"place_id": "county:46113", "name": "Shannon County"})
    states.put("now", "place", {"place_id": "county:46102", "name": "Oglala Lakota County"})
    new, gone = sorted(states.changes(), key=lambda each: each["kind"])
    assert (new["kind"], gone["kind"]) == ("added", "removed")
    assert "Oglala Lakota County" in new["sentence"]
    assert "Shannon County" in gone["sentence"]


@pytest.mark.parametrize(
    ("table", "before", "now", "cause"),
    [
        ("correction",
         [], [{"source_id": "census_acs5", "vintage": "2020", "correction_id": "x", "what": "w", "why": "y"}],
         "correction"),
        ("source_file",
         [{"source_id": "census_acs5", "vintage": "2020", "file": "f", "sha256": "a"}],
         [{"source_id": "census_acs5", "vintage": "2020", "file": "f", "sha256": "b"}], "source"),
        ("crosswalk",
         [{"to_place_id": "county:1", "from_place_id": "tract2010:1", "partition": "p", "weight": 1.0}],
         [{"to_place_id": "county:1", "from_place_id": "tract2010:1", "partition": "p", "weight": 0.5}],
         "boundary"),
        ("coalition_target",
         [{"coalition_id": "a", "target_id": "halve", "percent": 50.0, "target_year": 2030}],
         [{"coalition_id": "a", "target_id": "halve", "percent": 40.0, "target_year": 2030}], "declaration"),
        ("source_file",
         [{"source_id": "cdc_svi", "vintage": "2020", "file": "f", "sha256": "a"}],
         [{"source_id": "cdc_svi", "vintage": "2020", "file": "f", "sha256": "b"}], "other_source"),
        ("source_file", [], [], "method"),
    ],
)  # fmt: skip
def test_a_change_is_put_down_to_what_differs_behind_it(
    table: str, before: list[dict[str, Any]], now: list[dict[str, Any]], cause: str, states: States
) -> None:
    states.put("before", table, *before)
    states.put("now", table, *now)
    states.put("before", "life_expectancy_gap", GAP)
    states.put("now", "life_expectancy_gap", altered(GAP, gap=5.0))
    figure = next(each for each in states.changes() if each["table_name"] == "life_expectancy_gap")
    assert figure["cause"] == cause


@pytest.mark.parametrize(
    ("before", "now", "flip"),
    [
        ({}, {"gap": -1.0}, "direction"),
        ({}, {"gap": 0.5}, None),
        # Where the interval held no direction, there was none to turn.
        ({"ci_low": -1.0, "ci_high": 9.0}, {"gap": -1.0}, None),
        # What may not be quoted was no published finding.
        ({"quotable": "no"}, {"gap": -1.0}, None),
        # Without an interval the sign is all that was told.
        ({"ci_low": None, "ci_high": None}, {"gap": -1.0}, "direction"),
    ],
)
def test_a_comparison_turns_round_where_it_had_a_direction(
    before: dict[str, Any], now: dict[str, Any], flip: str | None, states: States
) -> None:
    states.put("before", "life_expectancy_gap", altered(GAP, **before))
    states.put("now", "life_expectancy_gap", altered(GAP, **now))
    figure = next(each for each in states.changes() if each["column_name"] == "gap")
    assert figure["flip"] == flip


@pytest.mark.parametrize(("rank", "flip"), [(17, "rank"), (15, None)])
def test_a_rank_that_moves_into_another_quarter(rank: int, flip: str | None, states: States) -> None:
    """Of 64 counties the first quarter ends with rank 16."""
    states.put("before", "indicator_value", VALUE)
    states.put("now", "indicator_value", altered(VALUE, rank=rank, value=float(rank)))
    ranked = next(each for each in states.changes() if each["column_name"] == "rank")
    assert (ranked["kind"], ranked["flip"]) == ("finding", flip)


@pytest.mark.parametrize(
    ("status", "flip"),
    [
        ("getting_worse", "direction"), ("target_met", "target_status"), ("little_change", None),
        ("not_assessable", None),
    ],
)  # fmt: skip
def test_the_status_of_a_target(status: str, flip: str | None, states: States) -> None:
    states.put("before", "progress", PROGRESS)
    states.put("now", "progress", altered(PROGRESS, status=status))
    assert states.change()["flip"] == flip


def test_a_later_period_turns_nothing_round(states: States) -> None:
    states.put("before", "progress", PROGRESS)
    states.put(
        "now", "progress", altered(PROGRESS, status="getting_worse", latest_period="2021", latest_value=9.0)
    )
    assert {each["kind"] for each in states.changes()} == {"newer"}
    assert {each["flip"] for each in states.changes()} == {None}


def test_groups_are_counted_whole_and_listed_in_part(states: States) -> None:
    rows = [altered(GAP, place_id=f"county:{number:05}") for number in range(1_200)]
    states.put("before", "life_expectancy_gap", *rows)
    states.put("now", "life_expectancy_gap", *(altered(row, gap=4.5) for row in rows[:-1]))
    found = pl.DataFrame(states.changes())
    moved = found.filter(kind="moved")
    assert (moved.height, moved["cells"].unique().to_list()) == (1_000, [1_199])
    assert moved["rows"].unique().to_list() == [1_199]
    assert found.filter(kind="removed")["cells"].to_list() == [1]


def test_long_texts_of_one_hash_are_told_apart(states: States) -> None:
    """DuckDB 1.5.5 has one hash for these two (findings/duckdb-hash-of-long-texts.sh)."""
    text = "p" * 27 + "={}" + "m" * 102 + "={}"
    states.put("before", "place", {"place_id": "county:1", "name": text.format(2019, 1)})
    states.put("now", "place", {"place_id": "county:1", "name": text.format(2020, 0)})
    assert states.change()["new"] == text.format(2020, 0)


@pytest.mark.parametrize(
    ("quotable", "said"),
    [("no", "It may not be quoted."), ("with_caveat", "with its caveat only."), ("yes", "did.")],
)
def test_a_sentence_has_the_unit_and_says_whether_the_figure_may_be_quoted(
    quotable: str, said: str, states: States
) -> None:
    states.put("before", "life_expectancy_gap", altered(GAP, quotable=quotable))
    states.put("now", "life_expectancy_gap", altered(GAP, gap=5.5, quotable=quotable))
    sentence = states.change()["sentence"]
    assert sentence.startswith("The gap in life expectancy [years] — ")
    assert sentence.endswith(said)


def test_a_value_has_the_unit_of_its_indicator_and_a_difference_of_percents_has_none(states: States) -> None:
    poverty = {"indicator_id": "poverty", "title": "Poverty", "unit": "percent"}
    states.both("indicator", poverty)
    of_poverty = altered(VALUE, indicator_id="poverty", rank=None, rank_of=None)
    states.put("before", "indicator_value", of_poverty)
    states.put("now", "indicator_value", altered(of_poverty, value=17.0))
    compared = {**of_poverty, "coalition_id": "a", "reference_place_id": "county:2", "difference": 4.0}
    compared = {name: cell for name, cell in compared.items() if name not in ("value", "rank", "rank_of")}
    states.put("before", "indicator_comparison", compared)
    states.put("now", "indicator_comparison", altered(compared, difference=5.0))
    difference, value = (each["sentence"] for each in states.changes())
    assert "[percent]" in value
    assert "[" not in difference


def test_names_with_marks_of_html_and_sql_come_through_as_they_are(states: States) -> None:
    name = """O'Brien & <script>"x"</script>; DROP TABLE place; --"""
    states.put("before", "place", {"place_id": "county:1", "name": "Adams"})
    states.put("now", "place", {"place_id": "county:1", "name": name})
    assert states.change()["new"] == name


def test_a_table_and_a_column_that_one_side_lacks_are_told_as_such(states: States) -> None:
    states.both("place", {"place_id": "county:1", "name": "Adams County"})
    states.both("progress", PROGRESS)
    states.connection.execute("ALTER TABLE before.place DROP COLUMN population")
    then, now = Side({"place": "before.place"}), states.side("now")
    compare(states.connection, then, now, states.keys)
    found = states.connection.sql("SELECT table_name, column_name, kind FROM changed_cell ORDER BY ALL")
    assert found.fetchall() == [("place", "population", "column_added"), ("progress", "table", "table_added")]
