"""Summary measures of inequality: who is compared, scales, draws, and what is refused."""

import math
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import studentized_range

from lifegap.methods.disparity import inequality_intervals
from lifegap.methods.disparity.disproportionality import distances
from lifegap.methods.disparity.inequality import MEASURES, RANKED, measures
from lifegap.methods.disparity.inequality_intervals import Scale, read_scale, simulated, within
from lifegap.methods.surveys.intervals import Z95
from tests.methods.disparity.inequality_sets import NUMBERS, Group, figures_of, rows_of, same

# Ordered, favorable, reference → which group is compared with which, and at whose level the mean is put.
# Estimates 60, 80, 50, 70 in the order 1 to 4; the reference is the last.
WHO_IS_COMPARED = [
    (True, 1, True, (70, 60), 70),
    (True, 0, True, (60, 70), None),
    (False, 1, True, (70, 50), 80),
    (False, 0, True, (80, 70), 50),
    (False, 1, False, (80, 50), 80),
    (False, 0, False, (80, 50), 50),
]


@pytest.mark.parametrize(("ordered", "favorable", "named", "pair", "level"), WHO_IS_COMPARED)
def test_who_is_compared_with_whom(
    ordered: bool, favorable: int, named: bool, pair: tuple[float, float], level: float | None
) -> None:
    groups: list[Group] = [(60, 1, 10), (80, 2, 20), (50, 3, 30), (70, 4, 40)]
    error = {y: se for y, se, _ in groups}
    reference = [0, 0, 0, 1] if named else None
    found = figures_of(rows_of(groups, ordered=ordered, favorable=favorable, reference=reference), draws=500)
    one, two = pair
    assert found["d"]["value"] == one - two
    assert found["d"]["se"] == pytest.approx(math.hypot(error[one], error[two]))
    assert found["r"]["value"] == one / two
    log_se = math.hypot(error[one] / one, error[two] / two)
    assert found["r"]["se"] == pytest.approx(log_se)
    assert found["r"]["ci_high"] == pytest.approx(one / two * math.exp(Z95 * log_se))
    mean = sum(y * n for y, _, n in groups) / 100
    assert found["par"]["value"] == pytest.approx(0 if level is None else level - mean)
    assert found["mdbu"]["value"] == pytest.approx(15)
    assert found["mdru"]["value"] == (pytest.approx(10) if named else None)
    warned = (found["d"]["reason"] or "").startswith("unreliable:extremes_from_data:null_95=")
    assert warned is not ordered


def test_the_reference_is_compared_with_the_worst_of_the_others_even_where_it_is_the_worst() -> None:
    groups: list[Group] = [(60, 1, 10), (80, 2, 20), (50, 3, 30)]
    found = figures_of(rows_of(groups, ordered=False))["d"]
    assert found["value"] == 50 - 60
    assert found["se"] == pytest.approx(math.hypot(1, 3))


def test_a_reference_that_is_not_better_gains_nothing_and_claims_no_precision() -> None:
    # healthequal returns 0 with the standard error and limits of the gain that there is not.
    found = figures_of(rows_of([(80, 1, 10), (70, 1, 10), (60, 1, 10)], scale="percent"))
    for name in ("par", "paf"):
        assert [found[name][number] for number in NUMBERS] == [0, None, None, None]
        assert found[name]["reason"] == "not_computable:reference_not_better"


@pytest.mark.parametrize("missing", [0, 1])
def test_a_ratio_without_the_error_of_either_group_has_no_interval(missing: int) -> None:
    # healthequal looks at the first only.
    groups: list[Group] = [(60, 1, 10), (80, 2, 20)]
    error = [None if index == missing else 1.0 for index in range(2)]
    found = figures_of(rows_of(groups).with_columns(se=pl.Series(error)))
    for name in ("d", "r"):
        assert found[name]["value"] is not None
        assert found[name]["ci_low"] is None
        assert found[name]["reason"] == "not_published:standard_error"


@pytest.mark.parametrize("ordered", [True, False])
def test_a_group_without_an_estimate_is_left_out_with_its_people_and_counted(ordered: bool) -> None:
    # healthequal stops here in ti, mld, mdbu and mdru: "object 'scaleval' not found", "object 'pop' not found".
    rows = rows_of([(60, 1, 10), (80, 2, 1000), (50, 3, 30), (70, 4, 40)], ordered=ordered)
    gap = rows.with_columns(estimate=pl.when(pl.col("estimate") != 80).then("estimate"))
    short, left = figures_of(gap), figures_of(rows.filter(pl.col("estimate") != 80))
    for name in MEASURES:
        assert [short[name][number] for number in NUMBERS] == [left[name][number] for number in NUMBERS]
        assert short[name]["groups"] == 3
        assert short[name]["left_out"] == 1
        assert "1 groups without an estimate or people left out" in short[name]["note"]
    assert short["ti"]["value"] is not None


def test_one_group_in_twenty_without_people_is_left_out_and_counted_and_more_leave_no_weights() -> None:
    groups: list[Group] = [(60 + index, 1, 100) for index in range(20)]
    people: list[float | None] = [100.0] * 20
    one, two = ([None] * lost + people[lost:] for lost in (1, 2))
    left = figures_of(rows_of(groups[1:], ordered=False), draws=50)
    for name, row in figures_of(rows_of(groups, ordered=False, population=one), draws=50).items():
        assert [row[number] for number in NUMBERS] == [left[name][number] for number in NUMBERS], name
        assert (row["groups"], row["left_out"]) == (19, 1)
    found = figures_of(rows_of(groups, ordered=False, population=two), draws=50)
    assert found["bgv"]["reason"] == "not_computable:population_missing"
    assert found["max_min"]["groups"] == 20


def test_scale_is_what_is_declared_not_what_the_largest_number_looks_like() -> None:
    # healthequal takes life expectancies below 100 for percentages.
    groups: list[Group] = [(72, 1, 100), (78, 1, 100), (85, 1, 100)]
    years, percent = (figures_of(rows_of(groups, scale=scale)) for scale in ("years", "percent"))
    assert years["sii"]["value"] == pytest.approx(percent["sii"]["value"])
    for name in ("sii_logit", "rii_logit", "rci_erreygers", "rci_wagstaff"):
        assert years[name]["reason"] == "not_computable:not_a_share"
        assert percent[name]["value"] is not None
    assert [percent["par"][name] for name in NUMBERS] == [years["par"][name] for name in NUMBERS]


def test_draws_stay_on_their_scale_and_only_there() -> None:
    standard = np.random.default_rng(1).standard_normal((20_000, 2))
    estimate, se = np.array([97.0, 50.0]), np.array([4.0, 4.0])
    percent, years = (within(standard, estimate, se, read_scale(word)) for word in ("percent", "years"))
    assert percent.max() <= 100 < years.max()
    np.testing.assert_array_equal(percent[:, 1], years[:, 1])
    kept = years[:, 0][years[:, 0] <= 100]
    assert percent[:, 0].mean() == pytest.approx(kept.mean(), abs=0.1)
    assert percent[:, 0].std() == pytest.approx(kept.std(), abs=0.1)
    known = within(standard, np.array([0.0, 100.0]), np.zeros(2), read_scale("percent"))
    np.testing.assert_array_equal(known, np.tile([0.0, 100.0], (20_000, 1)))


@pytest.mark.parametrize(
    ("word", "scale"),
    [
        ("percent", Scale(100, 0, 100)), ("100", Scale(100, 0, 100)), (100, Scale(100, 0, 100)),
        ("per 1,000 live births", Scale(1000, 0, 1000)), ("per_100k", Scale(1e5, 0, 1e5)),
        ("Proportion", Scale(1, 0, 1)), ("years", Scale(None, 0, math.inf)),
        ("z-score", Scale(None, -math.inf, math.inf)), (None, Scale(None, -math.inf, math.inf)),
    ],
)  # fmt: skip
def test_words_of_scales(word: str | float | None, scale: Scale) -> None:
    assert read_scale(word) == scale


@pytest.mark.parametrize("word", ["furlongs", "0", "-5", "inf", "nan"])
def test_unknown_scales_are_refused(word: str) -> None:
    with pytest.raises(ValueError, match="no scale"):
        read_scale(word)


def test_one_set_has_one_scale() -> None:
    rows = rows_of([(60, 1, 10), (80, 2, 20)]).with_columns(scale=pl.Series(["percent", "years"]))
    with pytest.raises(ValueError, match="several scales"):
        measures(rows, ["set"], seed=1)


def test_the_index_of_disparity_takes_the_mean_of_each_draw() -> None:
    # healthequal keeps the mean of the data in every draw, which makes the draws spread more.
    y, se, share = np.array([60.0, 70, 80]), np.full(3, 8.0), np.array([0.8, 0.1, 0.1])
    drawn, _ = simulated(
        y, se, read_scale(None), level=0.0, seed=1, draws=4000, by_chance=lambda _: {},
        measured=lambda estimate: distances(estimate, share, None, None) | {
            "kept": 100 * np.abs(estimate - y @ share) @ share / (y @ share), "all": estimate @ share,
        },
    )  # fmt: skip
    found = figures_of(rows_of([(60, 8, 80), (70, 8, 10), (80, 8, 10)], ordered=False), draws=4000)["idisw"]
    assert found["se"] == pytest.approx(drawn["idisw"].std(), rel=0.1)
    assert drawn["kept"].std() > 1.3 * drawn["idisw"].std()


def _noisy_areas(truth: np.ndarray, people: np.ndarray, repeats: int) -> pl.DataFrame:
    noise = np.random.default_rng(5).standard_normal((repeats, len(truth)))
    return pl.DataFrame(
        {
            "set": np.repeat(np.arange(repeats), len(truth)),
            "estimate": (truth + noise).ravel(),
            "se": 1.0,
            "population": np.tile(people, repeats),
        }
    )


def test_basic_limits_hold_the_truth_where_percentile_limits_do_not() -> None:
    random = np.random.default_rng(7)
    truth, people = random.normal(77, 1.5, 15), random.integers(5000, 50_000, 15).astype(float)
    true = distances(truth, people / people.sum(), None, None)
    rows = _noisy_areas(truth, people, 300)
    told = measures(rows, ["set"], seed=3, draws=400)
    for name, least in (("bgsd", 0.92), ("bgv_corrected", 0.92), ("mdmw", 0.85), ("cov", 0.85)):
        figures, right = told.filter(measure=name), float(true.get(name, true["bgsd"] ** 2))
        held = figures.select(pl.lit(right).is_between("ci_low", "ci_high").mean()).item()
        assert held > least, name
    again = rows["estimate"].to_numpy().reshape(300, 1, 15) + random.standard_normal((300, 400, 15))
    drawn = distances(again, people / people.sum(), None, None)["bgsd"]
    low, high = np.quantile(drawn, (0.025, 0.975), axis=1)
    assert ((low <= true["bgsd"]) & (true["bgsd"] <= high)).mean() < 0.75


def test_chance_alone_makes_as_large_a_range_as_the_studentized_range_says() -> None:
    areas: list[Group] = [(75.0, 1.2, 100.0)] * 20
    found = figures_of(rows_of(areas, ordered=False, reference=None), draws=10_000)
    assert found["max_min"]["null_95"] == pytest.approx(1.2 * studentized_range.ppf(0.95, 20, 1e6), rel=0.02)
    assert found["d"]["null_95"] == found["max_min"]["null_95"]
    assert found["max_min"]["reason"] == f"unreliable:extremes_from_data:null_95={found['d']['null_95']:.6g}"
    assert found["mdbw"]["null_95"] == found["par"]["null_95"]
    low = figures_of(rows_of(areas, ordered=False, favorable=0, reference=None), draws=10_000)
    assert low["par"]["null_95"] == pytest.approx(-found["par"]["null_95"], rel=0.05)


def test_memory_is_bounded_and_the_size_of_a_portion_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = rows_of([(60.0 + i, 1, 10 + i) for i in range(30)], scale="percent")
    whole = measures(rows, ["set"], seed=1, draws=1000)
    sizes = []

    def watched(standard: np.ndarray, *rest: Any) -> np.ndarray:
        sizes.append(standard.size)
        return within(standard, *rest)

    monkeypatch.setattr(inequality_intervals, "CELLS", 700)
    monkeypatch.setattr(inequality_intervals, "within", watched)
    parts = measures(rows, ["set"], seed=1, draws=1000)
    assert max(sizes) <= 700
    assert sum(sizes) == 30_000
    for name in NUMBERS:
        np.testing.assert_allclose(
            parts[name].to_numpy().astype(float), whole[name].to_numpy().astype(float), rtol=1e-12
        )


def test_seeds_are_heard() -> None:
    rows = rows_of([(60, 1, 10), (80, 2, 20), (75, 2, 5)])
    one, same, other = (measures(rows, ["set"], seed=seed, draws=100) for seed in (1, 1, 2))
    assert one.equals(same)
    assert not one.equals(other)


ALL_BUT_PAIRS = tuple(name for name in MEASURES if name not in ("d", "r", "max_min", "mdbu", "mdru"))
FOUR: list[Group] = [(60, 1, 10), (80, 2, 20), (50, 3, 30), (70, 4, 40)]
REFUSED = [
    ({"population": None}, ALL_BUT_PAIRS, "not_computable:population_missing"),
    ({"population": [10, 0, 20, 30]}, ALL_BUT_PAIRS, "not_computable:population_missing"),
    ({"order": None}, RANKED, "not_computable:unordered"),
    ({"order": [1, None, 3, 4]}, (*RANKED, "d", "r", "par", "paf"), "not_computable:order_missing"),
    ({"order": [1, 1, 1, 1]}, (*RANKED, "d", "r", "par", "paf"), "not_computable:tied_order"),
    ({"order": [1, 2, 3, 3]}, ("d", "r", "par", "paf"), "not_computable:tied_order"),
    ({"order": [1, 1, 2, 3]}, ("d", "r"), "not_computable:tied_order"),
    ({"favorable": None}, ("d", "r", "mdbu", "mdbw", "par", "paf"), "not_computable:direction_unknown"),
    ({"favorable": [1, 0, 1, 1]}, ("d", "r", "mdbu", "mdbw", "par", "paf"), "not_computable:direction_unknown"),
    ({"reference": None}, ("mdru", "mdrw"), "not_computable:no_reference"),
    ({"reference": [1, 1, 0, 0]}, ("mdru", "mdrw"), "not_computable:several_references"),
    ({"reference": [1, 1, 0, 0], "order": None}, ("d", "r", "mdru", "mdrw"), "not_computable:several_references"),
    ({"estimate": [60, 80, 50, None]}, ("mdru", "mdrw"), "not_computable:reference"),
    ({"estimate": [60, 80, 50, None], "order": None}, ("d", "r", "mdru", "mdrw"), "not_computable:reference"),
    ({"estimate": [60, None, None, None]}, MEASURES, "not_computable:few_groups"),
    ({"estimate": [60, 80, 50, 101], "scale": "percent"}, MEASURES, "not_computable:outside_scale"),
    ({"estimate": [60, 80, 50, -1], "scale": "years"}, MEASURES, "not_computable:outside_scale"),
    ({"estimate": [60, 80, 50, 1e80]}, MEASURES, "not_computable:outside_scale"),
    ({"estimate": [0, 80, 50, 60]}, ("r", "mld"), "not_computable:zero_estimate"),
    ({"estimate": [-1, 80, 50, 60]}, ("r", "mld", "ti"), "not_computable:negative_estimate"),
    ({"estimate": [-60, -80, -50, -70]}, ("cov", "idisu", "idisw", "rci", "paf"), "not_computable:mean_not_positive"),
    ({"estimate": [1, 2, 30, 90]}, ("rii",), "not_computable:fitted_not_positive"),
    ({"estimate": [0, 0, 0, 0], "scale": "percent"}, ("sii_logit", "rii_logit"), "not_computable:mean_at_bound"),
    ({"estimate": [100] * 4, "scale": "percent"}, ("sii_logit", "rci_wagstaff"), "not_computable:mean_at_bound"),
    ({"estimate": [0, 0, 100, 100], "scale": "percent"}, ("sii_logit", "rii_logit"), "not_computable:no_fit"),
    ({"se": None}, ("bgv_corrected",), "not_published:standard_error"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "names", "reason"), REFUSED)
def test_what_cannot_be_computed_has_a_reason_and_no_number(
    change: dict[str, Any], names: tuple[str, ...], reason: str
) -> None:
    found = figures_of(rows_of(FOUR, **change), draws=50)
    told = {name: (found[name]["value"], found[name]["reason"]) for name in names}
    assert told == dict.fromkeys(names, (None, reason))


NO_INTERVAL = [
    ({"se": None}, ("d", "bgv", "bgsd", "cov", "mdmw", "ti", "mld", "sii", "rii"), "not_published:standard_error"),
    ({"se": [1, 2, 3, -4]}, ("d", "bgv", "mdbu", "ti", "sii", "rii"), "not_published:standard_error"),
    ({"estimate": [0, 80, 50, 60]}, ("ti",), "not_computable:zero_estimate"),
    ({"estimate": [60, 80, 50, 0], "favorable": 0, "scale": "percent", "se": None}, ("par", "paf"), "not_computable:zero_estimate"),
    ({"scale": "percent", "se": [1, 2, 3, None]}, ("par", "paf", "sii"), "not_published:standard_error"),
    ({"se": [0, 0, 0, 0]}, ("d", "bgv", "mdbu", "ti", "sii"), "not_published:standard_error"),
    ({"estimate": [0.1, 0.2, 0.1, 0.1]}, ("cov", "idisu", "idisw"), "not_computable:mean_not_positive"),
    ({"estimate": [1e-4, 80, 50, 60], "se": [1, 1, 1, 1]}, ("r",), "unreliable:wide_interval"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "names", "reason"), NO_INTERVAL)
def test_what_has_no_interval_has_its_figure_and_a_reason(
    change: dict[str, Any], names: tuple[str, ...], reason: str
) -> None:
    found = figures_of(rows_of(FOUR, **change))
    for name in names:
        assert found[name]["value"] is not None, name
        assert [found[name][number] for number in NUMBERS[1:]] == [None] * 3, name
        assert found[name]["reason"] == reason, name


def test_regression_and_binomial_errors_need_no_errors_of_the_groups() -> None:
    found = figures_of(rows_of(FOUR, se=None, scale="percent"))
    for name in ("aci", "rci", "rci_erreygers", "rci_wagstaff", "sii_logit", "rii_logit"):
        assert found[name]["se"] is not None
        assert found[name]["reason"] is None


def test_a_line_through_two_groups_has_no_residuals() -> None:
    found = figures_of(rows_of([(60, 1, 10), (80, 2, 20)], scale="percent", se=None))
    for name in ("aci", "rci", "sii_logit", "rii_logit"):
        assert found[name]["value"] is not None
        assert found[name]["reason"] == "not_computable:no_residuals"
    known = figures_of(rows_of([(60, 1, 10), (80, 2, 20)], scale="percent"))
    for name in ("aci", "rci", "sii_logit", "rii_logit", "sii"):
        assert known[name]["se"] is not None


def test_groups_exactly_on_a_line_have_no_residuals_and_no_interval_of_no_width() -> None:
    found = figures_of(rows_of([(60, 1, 10), (70, 1, 10), (80, 1, 10)], scale="percent", se=None))
    for name in ("aci", "rci"):
        assert [found[name][number] for number in NUMBERS[1:]] == [None] * 3
        assert found[name]["reason"] == "not_computable:no_residuals"


def test_indices_for_shares() -> None:
    found = figures_of(rows_of(FOUR, scale="percent", se=None))
    mean = sum(y * n for y, _, n in FOUR) / 10_000
    for name, factor in (("rci_erreygers", 4 * mean), ("rci_wagstaff", 1 / (1 - mean))):
        for number in ("value", "se"):
            assert found[name][number] == pytest.approx(factor * found["rci"][number])


def test_people_given_in_thousands_weigh_the_same() -> None:
    # healthequal rounds people up before it fits a line.
    rows = rows_of(FOUR, scale="percent")
    whole, parts = figures_of(rows), figures_of(rows.with_columns(pl.col("population") / 1000))
    for name in set(MEASURES) - {"par", "paf"}:
        for number in NUMBERS:
            assert same(parts[name][number], whole[name][number]), name


def test_sets_are_sorted_and_may_have_no_name_or_no_rows() -> None:
    rows = rows_of(FOUR)
    named = pl.concat([rows.with_columns(set=pl.lit("B")), rows]).with_columns(year=2020)
    told = measures(named, ["set", "year"], seed=1, draws=20)
    assert told["set"].to_list() == ["A"] * len(MEASURES) + ["B"] * len(MEASURES)
    alone = measures(rows.drop("set"), [], seed=1, draws=20)
    assert alone.equals(told.filter(set="A").drop("set", "year"))
    assert measures(rows.clear(), ["set"], seed=1).is_empty()


TWO: list[Group] = [(30, 5, 80_000), (50, 5, 80_000)]


def test_errors_that_are_given_are_used_for_what_could_be_gained() -> None:
    """Half of the difference of 30 and 50 percent; its error is half of that difference's, 5 times root 2."""
    found = figures_of(rows_of(TWO, scale="percent"))
    for name, times in (("par", 1.0), ("paf", 100 / 40)):
        assert found[name]["value"] == pytest.approx(times * 10)
        assert found[name]["reason"] is None
    se = 5 * math.sqrt(2) / 2
    assert found["par"]["se"] == pytest.approx(se)
    low, high = (found["par"][name] for name in ("ci_low", "ci_high"))
    assert (round(low, 2), round(high, 2)) == (3.07, 16.93)
    # The fraction is 100 × (b / mean − 1): its derivatives are −50 b / mean² and 50 / mean (1 − b / 2 / mean) ….
    by_low, by_high = -50 * 50 / 40**2, 100 / 40 - 50 * 50 / 40**2
    assert found["paf"]["se"] == pytest.approx(5 * math.hypot(by_low, by_high))


def test_without_errors_the_people_are_taken_as_the_sample_and_the_row_says_so() -> None:
    found = figures_of(rows_of(TWO, scale="percent", se=None))
    low, high = (found["par"][name] for name in ("ci_low", "ci_high"))
    assert (round(low, 2), round(high, 2)) == (9.76, 10.24)
    for name in ("par", "paf"):
        assert found[name]["reason"] == "unreliable:people_as_sample"
    picked = figures_of(rows_of(TWO, scale="percent", se=None, ordered=False))["par"]
    assert (picked["reason"], picked["note"]) == (
        "unreliable:people_as_sample",
        "unreliable:extremes_from_data",
    )


@pytest.mark.parametrize("favorable", [0, 1])
@pytest.mark.parametrize("ordered", [True, False])
def test_groups_that_are_alike_leave_no_interval_of_no_width_beside_an_error(
    ordered: bool, favorable: int
) -> None:
    for errors in ((1, 1, 1, 1, 1), (5, 14, 8, 11, 9)):
        groups: list[Group] = [(40, se, 100) for se in errors]
        for scale in ("percent", "years", None):
            rows = rows_of(groups, ordered=ordered, favorable=favorable, scale=scale)
            for name, row in figures_of(rows, draws=500).items():
                if row["ci_low"] is not None:
                    assert row["se"] > 0, name
                    assert row["ci_high"] - row["ci_low"] > 0.1 * row["se"], name


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.floats(39.9, 40.1), st.floats(0.05, 14), st.integers(1, 999).map(float)),
             min_size=2, max_size=8),
    st.booleans(), st.booleans(),
)  # fmt: skip
def test_no_interval_of_groups_nearly_alike_is_far_narrower_than_its_error(
    groups: list[Group], ordered: bool, favorable: bool
) -> None:
    rows = rows_of(groups, ordered=ordered, favorable=int(favorable), scale="percent")
    for name, row in figures_of(rows, draws=300).items():
        if row["ci_low"] is not None:
            assert row["ci_high"] - row["ci_low"] > 0.5 * row["se"] > 0, name


def test_the_range_of_alike_groups_reaches_as_far_as_noise_does() -> None:
    """Five groups of 40 percent with errors of 5 to 14, drawn independently of the method."""
    errors = np.array([5.0, 14.0, 8.0, 11.0, 9.0])
    drawn = np.ptp(40 + errors * np.random.default_rng(3).standard_normal((200_000, 5)), axis=1)
    rows = rows_of([(40, se, 100) for se in errors], ordered=False, reference=None, scale="percent")
    found = figures_of(rows, draws=20_000)["max_min"]
    assert (found["value"], found["ci_low"]) == (0, 0)
    assert found["ci_high"] == pytest.approx(drawn.mean() - np.quantile(drawn, 0.025), rel=0.05)


def test_the_index_and_the_slope_of_one_line_agree_on_whether_there_is_one() -> None:
    """The absolute index is the slope times twice the variance of the ridits, and so is its interval."""
    found = figures_of(rows_of(FOUR))
    times = found["aci"]["value"] / found["sii"]["value"]
    for number in NUMBERS[1:]:
        assert found["aci"][number] == pytest.approx(times * found["sii"][number])


def _quasi_binomial(y: np.ndarray, rank: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Values of the logit line at 0 and 1 by minimizing the deviance, without the project's code."""
    from scipy.optimize import minimize
    from scipy.special import expit

    def deviance(b: np.ndarray) -> float:
        p = expit(b[0] + b[1] * rank)
        return -float(share @ (y * np.log(p) + (1 - y) * np.log1p(-p)))

    b = minimize(deviance, np.zeros(2), method="BFGS", options={"gtol": 1e-12}).x
    return expit(np.array([b[0], b.sum()]))


def test_the_logit_line_carries_the_errors_of_its_groups() -> None:
    y, se, people = (np.array(each, dtype=float) for each in zip(*FOUR, strict=True))
    share = people / people.sum()
    rank, step = np.cumsum(share) - share / 2, 1e-3

    def ends(values: np.ndarray) -> np.ndarray:
        low, high = _quasi_binomial(values / 100, rank, share)
        return np.array([100 * (high - low), math.log(high / low)])

    moves = np.array([ends(y + step * unit) - ends(y - step * unit) for unit in np.eye(4)]) / (2 * step)
    rise, log_ratio = np.sqrt(((moves * se[:, None]) ** 2).sum(axis=0))
    found = figures_of(rows_of(FOUR, scale="percent"))
    assert found["sii_logit"]["se"] == pytest.approx(rise, rel=1e-3)
    assert found["rii_logit"]["se"] == pytest.approx(log_ratio, rel=1e-3)


def test_limits_by_residuals_are_those_of_students_t() -> None:
    """Three groups leave one degree of freedom: 12.7062 standard errors; four leave two: 4.3027."""
    for groups, reach in ((FOUR[:3], 12.7062), (FOUR, 4.3027)):
        found = figures_of(rows_of(groups, scale="percent", se=None))
        for name in ("aci", "rci", "sii_logit"):
            row = found[name]
            assert (row["ci_high"] - row["value"]) / row["se"] == pytest.approx(reach, abs=1e-4)
        row = found["rii_logit"]
        assert math.log(row["ci_high"] / row["value"]) / row["se"] == pytest.approx(reach, abs=1e-4)


def test_noise_is_told_where_it_moves_a_figure_by_a_third_of_its_error() -> None:
    """Of fifty groups noise makes 16 percent of the variance, and leaves three intervals of four right."""
    truth = np.linspace(70, 80, 50) + np.resize([2.0, -1.0, 0.5, -1.5], 50)
    found = figures_of(rows_of([(y, 1.2, 100) for y in truth], ordered=False))
    assert found["bgv"]["value"] - found["bgv_corrected"]["value"] < 0.2 * found["bgv"]["value"]
    for name in ("bgv", "ti", "mld"):
        assert found[name]["reason"] == "unreliable:noise_biased"
    assert found["mdmw"]["reason"] == "unreliable:limits_by_draws"
    assert found["bgv_corrected"]["reason"] is None
