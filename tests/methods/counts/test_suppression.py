"""Hidden counts: what is hidden first, what with it, and that nobody can work any of it out."""

import itertools
import json

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from lifegap.methods.counts.suppression import bounds_of_hidden, reason_of_rate, suppress, totals_along
from tests.conftest import ANCHORS

Cells = dict[str, int | None]
Sums = dict[str, list[str]]
COUNT = st.one_of(st.integers(0, 12), st.integers(0, 400))


def _cells(counts: Cells, **flags: list[str]) -> pl.DataFrame:
    frame = pl.DataFrame(
        {"cell": list(counts), "count": list(counts.values())}, schema_overrides={"count": pl.Int64}
    )
    return frame.with_columns(pl.col("cell").is_in(names).alias(flag) for flag, names in flags.items())


def _totals(sums: Sums) -> pl.DataFrame:
    pairs = [(total, part) for total, parts in sums.items() for part in parts]
    return pl.DataFrame(pairs, schema={"total": pl.String, "part": pl.String}, orient="row")


def _shown(found: pl.DataFrame) -> dict[str, int | None]:
    return dict(found.select("cell", "count").iter_rows())


def _row(counts: list[int]) -> tuple[Cells, Sums]:
    names = [f"part {index}" for index in range(len(counts))]
    return {**dict(zip(names, counts, strict=True)), "all": sum(counts)}, {"all": names}


def _table(counts: list[list[int]]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The cells and sums of a table with its margins."""
    inner = np.array(counts)
    whole = np.vstack(
        [np.hstack([inner, inner.sum(axis=1, keepdims=True)]), np.append(inner.sum(axis=0), inner.sum())]
    )
    rows, columns = ([*map(str, range(size - 1)), "all"] for size in whole.shape)
    cells = pl.DataFrame(
        [(r, c, int(whole[i, j])) for i, r in enumerate(rows) for j, c in enumerate(columns)],
        schema=["row", "column", "count"],
        orient="row",
    ).with_columns(cell=pl.format("{}/{}", "row", "column"))
    sums = [
        totals_along(cells, along, pl.DataFrame({"total": "all", "part": names[:-1]}), by=[other])
        for along, other, names in (("row", "column", rows), ("column", "row", columns))
    ]
    return cells, pl.concat(sums)


@pytest.mark.parametrize(
    "case", pl.read_csv(ANCHORS / "suppression.csv").to_dicts(), ids=lambda c: c["case_id"]
)
def test_complementary_cells_are_those_of_the_derived_cases(case: dict) -> None:
    counts, sums = _row(json.loads(case["cells"]))
    assert counts["all"] == case["total"]
    found = _shown(suppress(_cells(counts), _totals(sums)))
    assert list(found.values()) == [*json.loads(case["published"]), case["total"]]


def test_a_count_of_0_is_shown_and_10_is_shown() -> None:
    found = suppress(_cells({"a": 0, "b": 1, "c": 9, "d": 10}), _totals({}))
    assert _shown(found) == {"a": 0, "b": None, "c": None, "d": 10}
    assert found["reason"].to_list() == [None, "withheld:small_count", "withheld:small_count", None]


def test_the_threshold_is_that_of_the_source_and_zeros_may_be_hidden_too() -> None:
    counts, sums = _row([0, 5, 6, 30])
    assert list(_shown(suppress(_cells(counts), _totals(sums), threshold=6)).values()) == [
        0,
        None,
        None,
        30,
        41,
    ]
    assert list(_shown(suppress(_cells(counts), _totals(sums), threshold=5)).values()) == [0, 5, 6, 30, 41]
    hidden = suppress(_cells(counts), _totals(sums), smallest_hidden=0)
    assert list(_shown(hidden).values()) == [None, None, None, 30, 41]


def test_the_next_smallest_count_that_is_not_0_goes_with_a_single_hidden_one() -> None:
    counts, sums = _row([0, 3, 80, 20, 15])
    assert list(_shown(suppress(_cells(counts), _totals(sums))).values()) == [0, None, 80, 20, None, 118]


def test_the_total_of_a_row_is_hidden_only_where_no_part_is_left_to_hide() -> None:
    counts, sums = _row([0, 3, 0])
    assert list(_shown(suppress(_cells(counts), _totals(sums))).values()) == [0, None, 0, None]
    counts, sums = _row([1, 1, 0, 60])
    assert list(_shown(suppress(_cells(counts), _totals(sums))).values()) == [None, None, 0, None, 62]


def test_two_hidden_counts_that_sum_to_2_are_both_1_since_no_0_is_hidden() -> None:
    # Subtraction alone would let them be 0 and 2.
    cells = _cells({"a": None, "b": None, "all": 2}).with_columns(
        reason=pl.Series(["withheld:small_count", "withheld:small_count", None])
    )
    assert bounds_of_hidden(cells, _totals({"all": ["a", "b"]})).rows() == [("a", 1, 1), ("b", 1, 1)]


def test_why_a_count_is_hidden_does_not_tell_which_was_the_small_one() -> None:
    counts, sums = _row([12, 3, 40, 25])
    reasons = suppress(_cells(counts), _totals(sums))["reason"].to_list()
    assert reasons == ["withheld:small_count", "withheld:small_count", None, None, None]


def test_a_single_small_cell_of_a_table_takes_a_rectangle_with_it() -> None:
    cells, sums = _table([[3, 40, 50], [60, 70, 80], [90, 100, 110]])
    found = suppress(cells, sums)
    hidden = found.filter(pl.col("count").is_null()).select("row", "column").rows()
    assert sorted(hidden) == [("0", "0"), ("0", "1"), ("1", "0"), ("1", "1")]
    # Hiding in the row alone leaves the column, from which the count follows.
    row_only = cells.with_columns(
        count=pl.when(pl.col("cell").is_in(["0/0", "0/1"])).then(None).otherwise(pl.col("count")),
        reason=pl.lit("withheld:small_count"),
    )
    assert bounds_of_hidden(row_only, sums).rows() == [("0/0", 3, 3), ("0/1", 40, 40)]


def test_company_is_of_the_least_sum_and_never_a_whole_row_for_one_count() -> None:
    counts = np.full((12, 12), 500)
    counts[[0, 3, 7], [1, 8, 4]] = (3, 5, 7)
    cells, sums = _table(counts.tolist())
    found = suppress(cells, sums)
    assert found["count"].null_count() <= 7
    _assert_safe(found, sums)


def test_a_count_that_could_move_by_a_half_only_is_pinned() -> None:
    # q = 111 − 51 − 61 + 2p, and both are 1 or 2: fractions would let p be 1.5, whole numbers do not.
    counts: Cells = {"p": None, "q": None, "y": 50, "z": 60, "py": 51, "pz": 61, "yzq": 111}
    sums = _totals({"py": ["p", "y"], "pz": ["p", "z"], "yzq": ["y", "z", "q"]})
    cells = _cells(counts, latent=["y", "z"])
    assert bounds_of_hidden(cells, sums, threshold=3).rows()[:2] == [("p", 1, 1), ("q", 1, 1)]
    found = suppress(cells, sums, threshold=3)
    assert [name for name, count in _shown(found).items() if count is None] == ["p", "q", "y", "z", "py"]
    assert bounds_of_hidden(found, sums, threshold=3).rows()[:2] == [("p", 1, 2), ("q", 1, 2)]


def test_sums_that_give_counts_away_only_together_are_found() -> None:
    # Each sum has two unknowns, and yet 9 = (17 + 16 − 15) / 2.
    counts: Cells = {"a": 9, "b": 8, "c": 7, "ab": 17, "ac": 16, "bc": 15}
    sums = {"ab": ["a", "b"], "ac": ["a", "c"], "bc": ["b", "c"]}
    naive = _cells({**counts, "a": None, "b": None, "c": None})
    assert bounds_of_hidden(naive, _totals(sums))["low"].to_list() == [9, 8, 7]
    found = suppress(_cells(counts), _totals(sums))
    assert _shown(found) == {**counts, "a": None, "b": None, "c": None, "bc": None}


def test_nested_places_are_protected_through_every_level() -> None:
    counts: Cells = {"state": 600, "county a": 200, "county b": 400, "a1": 4, "a2": 196, "b1": 150, "b2": 250}
    sums = {"state": ["county a", "county b"], "county a": ["a1", "a2"], "county b": ["b1", "b2"]}
    found = suppress(_cells(counts), _totals(sums))
    assert [name for name, count in _shown(found).items() if count is None] == ["a1", "a2"]
    alone: Cells = {"state": 704, "county a": 4, "county b": 400, "county c": 300, "a1": 4, "a2": 0}
    alone |= {"b1": 150, "b2": 250, "c1": 130, "c2": 170}
    sums = _totals({"state": ["county a", "county b", "county c"], **_halves("a", "b", "c")})
    found = suppress(_cells(alone), sums)
    hidden = [name for name, count in _shown(found).items() if count is None]
    assert hidden == ["county a", "county c", "a1", "c1"]
    _assert_safe(found, sums)


def _halves(*counties: str) -> Sums:
    return {f"county {name}": [f"{name}1", f"{name}2"] for name in counties}


def test_a_small_rest_that_nobody_publishes_is_protected_from_subtraction() -> None:
    counts: Cells = {"county": 500, "city": 497, "rest": 3}
    sums = _totals({"county": ["city", "rest"]})
    found = suppress(_cells(counts, latent=["rest"]), sums)
    assert _shown(found) == {"county": 500, "city": None, "rest": None}
    assert found["reason"].to_list() == [None, "withheld:small_count", None]
    # The count of the rest need not be known, and a large rest is no secret.
    assert _shown(suppress(_cells({**counts, "rest": None}, latent=["rest"]), sums)) == _shown(found)
    large = {"county": 500, "city": 300, "rest": None}
    assert _shown(suppress(_cells(large, latent=["rest"]), sums)) == large


def test_the_difference_of_two_windows_is_protected() -> None:
    windows = {"2010-2014": [*range(2010, 2015)], "2010-2015": [*range(2010, 2016)]}
    sums = _totals({window: [str(year) for year in years] for window, years in windows.items()})
    years: Cells = {str(year): None for year in range(2010, 2016)}
    counts = {"2010-2014": 40, "2010-2015": 43, **years}
    found = _shown(suppress(_cells(counts, latent=list(years)), sums))
    assert [found[window] for window in windows] == [None, 43]
    wide_enough = {"2010-2014": 40, "2010-2015": 53, **years}
    assert _shown(suppress(_cells(wide_enough, latent=list(years)), sums)) == wide_enough
    # Windows that slide give only the difference of two years.
    slid = {"2010-2014": 40, "2011-2015": 43, **years}
    sliding = _totals({"2010-2014": [*years][:5], "2011-2015": [*years][1:]})
    assert _shown(suppress(_cells(slid, latent=list(years)), sliding)) == slid


def test_what_is_out_already_is_not_hidden_and_another_is() -> None:
    years: Cells = {str(year): None for year in range(2010, 2016)}
    counts = {"2010-2014": 40, "2010-2015": 43, **years}
    sums = _totals({"2010-2014": [*years][:5], "2010-2015": [*years]})
    for out, other in (("2010-2014", "2010-2015"), ("2010-2015", "2010-2014")):
        found = _shown(suppress(_cells(counts, latent=list(years), released=[out]), sums))
        assert (found[out], found[other]) == (counts[out], None)


def test_what_cannot_be_protected_any_more_is_an_error_that_names_it() -> None:
    counts, sums = _row([3, 40])
    with pytest.raises(ValueError, match="out already gives away the count of 'part 0'"):
        suppress(_cells(counts, released=["part 1", "all"]), _totals(sums))


def test_counts_that_their_publisher_hides_are_protected_as_well() -> None:
    counts, sums = _row([0, 12, 50])
    found = suppress(_cells({**counts, "part 0": None, "all": 70}), _totals(sums))
    assert list(_shown(found).values()) == [None, None, 50, 70]
    assert found["reason"].to_list() == ["suppressed:too_few_cases", "withheld:small_count", None, None]
    # Two of them that sum to 18 are 9 each, since the publisher hides nothing above.
    both = _cells({"part 0": None, "part 1": None, "part 2": 50, "all": 68})
    assert _shown(suppress(both, _totals(sums)))["part 2"] is None
    assert _shown(suppress(both, _totals(sums), publisher_hides_small_only=False))["part 2"] == 50


def test_one_total_split_in_two_ways_is_two_sums() -> None:
    cells = pl.DataFrame(
        {
            "place": "x",
            "age": ["all", "0-9", "10+", "0-4", "5+"],
            "count": [100, 40, 60, 4, 96],
        }
    ).with_columns(cell=pl.col("age"))
    splits = pl.DataFrame(
        {"total": "all", "part": ["0-9", "10+", "0-4", "5+"], "split": ["tens", "tens", "fives", "fives"]}
    )
    sums = totals_along(cells, "age", splits, by=["place"])
    assert sums.rows() == [
        ("all", "0-9", "age tens"),
        ("all", "10+", "age tens"),
        ("all", "0-4", "age fives"),
        ("all", "5+", "age fives"),
    ]
    assert _shown(suppress(cells, sums)) == {"all": 100, "0-9": 40, "10+": 60, "0-4": None, "5+": None}


def test_rates_of_hidden_counts_are_hidden() -> None:
    rows = pl.DataFrame(
        {
            "of": ["withheld:small_count", None, None, "suppressed:too_few_cases", "not_published:blank"],
            "among": [None, "withheld:small_count", None, None, None],
        }
    )
    found = rows.select(reason_of_rate(pl.col("of"), pl.col("among"))).to_series().to_list()
    hidden = "withheld:reveals_small_count"
    assert found == [hidden, hidden, None, hidden, None]


@pytest.mark.parametrize(
    ("cells", "sums", "message"),
    [
        ({"a": 12, "b": 30, "all": 43}, {"all": ["a", "b"]}, "do not add up"),
        ({"a": -12, "b": 30, "all": 18}, {"all": ["a", "b"]}, "whole numbers"),
        ({"a": 12, "all": 12}, {"all": ["a", "b"]}, "is no cell"),
        ({"a": 12, "b": 12}, {"all": ["a", "b"]}, "is no cell"),
        ({"a": 12, "all": 24}, {"all": ["a", "a"]}, "stands twice"),
        ({"a": None, "b": 12, "all": 40}, {"all": ["a", "b"]}, "contradict"),
        ({"a": None, "b": 12, "all": 12}, {"all": ["a", "b"]}, "contradict"),
        ({"a": None, "b": None, "all": 30}, {"all": ["a", "b"]}, "contradict"),
    ],
)
def test_cells_and_sums_that_cannot_be_are_errors(cells: Cells, sums: Sums, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        suppress(_cells(cells), _totals(sums))


def test_fractions_and_repeated_cells_are_errors() -> None:
    with pytest.raises(ValueError, match="whole numbers"):
        suppress(pl.DataFrame({"cell": ["a"], "count": [3.5]}), _totals({}))
    with pytest.raises(ValueError, match="stands twice"):
        suppress(pl.DataFrame({"cell": ["a", "a"], "count": [3, 3]}), _totals({}))


def test_nothing_small_and_nothing_at_all_change_nothing() -> None:
    cells, sums = _table([[30, 40], [50, 0]])
    assert _shown(suppress(cells, sums)) == dict(cells.select("cell", "count").iter_rows())
    assert bounds_of_hidden(cells, sums).is_empty()
    assert suppress(cells.clear(), sums.clear()).is_empty()


def _assert_safe(found: pl.DataFrame, totals: pl.DataFrame) -> None:
    """No hidden cell has one value only, by a linear program of its own (a necessary condition)."""
    cells = found["cell"].to_list()
    unknown = [index for index, count in enumerate(found["count"]) if count is None]
    equations, sides = [], []
    keys = [name for name in ("total", "split") if name in totals.columns]
    for key, group in totals.group_by(keys):
        line = np.zeros(len(cells))
        line[cells.index(key[0])] = -1
        line[[cells.index(part) for part in group["part"]]] = 1
        known = np.array([0 if count is None else count for count in found["count"]])
        equations.append(line[unknown])
        sides.append(-(line * known).sum())
    for index in range(len(unknown)):
        target = np.eye(len(unknown))[index]
        ends = [
            linprog(sign * target, A_eq=np.array(equations), b_eq=np.array(sides), bounds=(0, None))
            for sign in (1, -1)
        ]
        assert ends[1].status == 3 or -ends[1].fun - ends[0].fun > 1e-6, cells[unknown[index]]


@given(st.lists(COUNT, min_size=1, max_size=6))
def test_no_hidden_part_of_a_total_can_be_worked_out(counts: list[int]) -> None:
    named, sums = _row(counts)
    found = suppress(_cells(named), _totals(sums))
    shown = _shown(found)
    assert all(shown[name] in (count, None) for name, count in named.items())
    assert all(shown[name] is None for name, count in named.items() if 1 <= (count or 0) <= 9)
    assert all(shown[name] == 0 for name, count in named.items() if count == 0)
    _assert_safe(found, _totals(sums))


@settings(max_examples=30)
@given(st.lists(st.lists(COUNT, min_size=3, max_size=3), min_size=2, max_size=4))
def test_no_hidden_cell_of_a_table_can_be_worked_out(counts: list[list[int]]) -> None:
    cells, sums = _table(counts)
    found = suppress(cells, sums)
    _assert_safe(found, sums)
    assert suppress(found, sums).equals(found)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 13), min_size=4, max_size=4))
def test_trying_every_whole_number_finds_at_least_two_values_of_each_hidden_cell(counts: list[int]) -> None:
    cells, sums = _table([counts[:2], counts[2:]])
    found = suppress(cells, sums)
    a, b, c, d = np.meshgrid(*[np.arange(28)] * 4, indexing="ij", sparse=True)
    tables = np.stack(np.broadcast_arrays(a, b, a + b, c, d, c + d, a + c, b + d, a + b + c + d)).reshape(
        9, -1
    )
    fits = np.ones(tables.shape[1], dtype=bool)
    for values, count in zip(tables, found["count"], strict=True):
        fits &= (values > 0) if count is None else (values == count)
    assert fits.any()
    for values, count in zip(tables, found["count"], strict=True):
        assert count is not None or len(np.unique(values[fits])) > 1


@given(st.lists(st.integers(1, 9), min_size=2, max_size=4), st.integers(0, 30))
def test_bounds_are_those_of_trying_every_whole_number(hidden: list[int], shown: int) -> None:
    names = [f"hidden {index}" for index in range(len(hidden))]
    counts: Cells = {**dict.fromkeys(names), "shown": shown, "all": sum(hidden) + shown}
    found = bounds_of_hidden(_cells(counts), _totals({"all": [*names, "shown"]}))
    tried = [each for each in itertools.product(range(1, 10), repeat=len(hidden)) if sum(each) == sum(hidden)]
    assert found["low"].to_list() == [min(each) for each in zip(*tried, strict=True)]
    assert found["high"].to_list() == [max(each) for each in zip(*tried, strict=True)]
