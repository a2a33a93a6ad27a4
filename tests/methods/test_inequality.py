"""Summary measures of inequality: published cases, the laws, a slow second way, and faults of a package."""

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import studentized_range

from lifegap.methods import inequality_intervals
from lifegap.methods.disproportionality import distances
from lifegap.methods.inequality import MEASURES, RANKED, measures
from lifegap.methods.inequality_intervals import Scale, read_scale, simulated, within
from lifegap.methods.intervals import Z95
from tests.conftest import ANCHORS

NUMBERS = ("value", "se", "ci_low", "ci_high")
ABSOLUTE = (
    "d", "max_min", "bgsd", "mdmu", "mdmw", "mdbu", "mdbw", "mdru", "mdrw", "aci", "sii", "par",
)  # fmt: skip
RELATIVE = ("r", "cov", "idisu", "idisw", "ti", "mld", "rci", "rii", "paf")
Group = tuple[float, float, float]
GROUPS = st.lists(
    st.tuples(st.floats(5, 95), st.floats(0.05, 4), st.integers(1, 100_000).map(float)),
    min_size=3,
    max_size=8,
)


def _rows(groups: Sequence[Group], *, ordered: bool = True, **columns: Any) -> pl.DataFrame:
    """One set, in the order of the groups; the last is the reference."""
    estimate, se, population = zip(*groups, strict=True)
    given: dict[str, Any] = {
        "estimate": list(estimate),
        "se": list(se),
        "population": list(population),
        "order": list(range(1, len(groups) + 1)) if ordered else None,
        "reference": [0] * (len(groups) - 1) + [1],
        "favorable": 1,
    }
    columns_of = {
        name: value if isinstance(value, list) else [value] * len(groups)
        for name, value in (given | columns).items()
    }
    return pl.DataFrame({"set": ["A"] * len(groups)} | columns_of, strict=False)


def _figures(rows: pl.DataFrame, draws: int = 200) -> dict[str, dict[str, Any]]:
    told = measures(rows, ["set"], seed=1, draws=draws)
    assert tuple(told["measure"]) == MEASURES
    return {row["measure"]: row for row in told.to_dicts()}


def _same(one: float | None, two: float | None) -> bool:
    if one is None or two is None:
        return one is two
    return one == pytest.approx(two, rel=1e-6, abs=1e-7)


def _anchors() -> pl.DataFrame:
    return pl.read_csv(ANCHORS / "inequality_inputs.csv").rename(
        {"est": "estimate", "pop": "population", "favourable": "favorable", "case_id": "set"}
    )


@pytest.fixture(scope="module")
def of_anchors() -> dict[tuple[str, str], dict[str, Any]]:
    told = measures(_anchors(), ["set"], seed=1)
    return {(row["set"], row["measure"]): row for row in told.to_dicts()}


def test_published_cases_and_runs_of_healthequal(of_anchors: dict[tuple[str, str], dict[str, Any]]) -> None:
    for case in pl.read_csv(ANCHORS / "inequality_expected.csv").to_dicts():
        found = of_anchors[case["case_id"], case["measure"].removesuffix("_wls")]
        assert found["value"] == pytest.approx(case["estimate"], rel=1e-5), case
        if case["se"] is not None:
            # The restated logit lines weigh by people rounded up, ours by the people as they are.
            tolerance = 2e-4 if case["measure"].endswith("logit") else 1e-5
            assert found["se"] == pytest.approx(case["se"], rel=tolerance), case


def test_errors_of_theil_and_log_deviation_are_in_the_unit_of_the_figure_not_a_thousandth_as_in_healthequal(
    of_anchors: dict[tuple[str, str], dict[str, Any]],
) -> None:
    for measure, printed in (("ti", 0.0014201), ("mld", 0.0014242)):
        found = of_anchors["he_test_nonordered", measure]
        assert found["se"] == pytest.approx(1000 * printed, rel=1e-4)
        assert found["ci_high"] - found["value"] == pytest.approx(Z95 * found["se"])


def test_error_of_the_attributable_fraction_is_in_percent_as_it_is_not_in_healthequal(
    of_anchors: dict[tuple[str, str], dict[str, Any]],
) -> None:
    found = of_anchors["he_test_ordered", "paf"]
    assert found["se"] == pytest.approx(100 * 0.10689361, rel=1e-6)  # printed beside 45.5 percent
    assert found["ci_low"] == pytest.approx(found["value"] - Z95 * found["se"])


def test_bias_of_noise_is_taken_off_and_told(of_anchors: dict[tuple[str, str], dict[str, Any]]) -> None:
    plain, corrected = (of_anchors["he_test_nonordered", name] for name in ("bgv", "bgv_corrected"))
    assert plain["value"] - corrected["value"] == pytest.approx(25.594387, abs=1e-6)
    assert plain["reason"] == "unreliable:noise_biased"
    assert corrected["reason"] is None
    root = of_anchors["he_test_nonordered", "bgsd"]
    assert root["ci_high"] == pytest.approx(math.sqrt(corrected["value"] + Z95 * corrected["se"]))
    assert of_anchors["he_OrderedSample", "bgv"]["reason"] is None


def _slow(groups: Sequence[Group], *, ordered: bool, favorable: bool) -> dict[str, float]:
    """Every value by sums in plain Python; the last group is the reference, order is the order given."""
    ys, people = [y for y, _, _ in groups], sum(n for _, _, n in groups)
    ps = [n / people for _, _, n in groups]
    mean = sum(p * y for p, y in zip(ps, ys, strict=True))
    best = max(ys) if favorable else min(ys)
    reference, k = ys[-1], len(ys)
    weighted = list(zip(ps, ys, strict=True))
    slow = {
        "max_min": max(ys) - min(ys),
        "bgv": sum(p * (y - mean) ** 2 for p, y in weighted),
        "mdmu": sum(abs(y - mean) for y in ys) / k,
        "mdmw": sum(p * abs(y - mean) for p, y in weighted),
        "mdbu": sum(abs(y - best) for y in ys) / k,
        "mdbw": sum(p * abs(y - best) for p, y in weighted),
        "mdru": sum(abs(y - reference) for y in ys) / k,
        "mdrw": sum(p * abs(y - reference) for p, y in weighted),
        "ti": 1000 * sum(p * y / mean * math.log(y / mean) for p, y in weighted),
        "mld": 1000 * sum(p * -math.log(y / mean) for p, y in weighted),
    }
    slow |= {"bgsd": math.sqrt(slow["bgv"]), "cov": 100 * math.sqrt(slow["bgv"]) / mean}
    slow |= {"idisu": 100 * slow["mdmu"] / mean, "idisw": 100 * slow["mdmw"] / mean}
    if ordered:
        rank = [sum(ps[:j]) + ps[j] / 2 for j in range(k)]
        slow["aci"] = 2 * sum(p * (r - 0.5) * y for (p, y), r in zip(weighted, rank, strict=True))
        slow["rci"] = slow["aci"] / mean
        centered = [(p, r - 0.5, y) for (p, y), r in zip(weighted, rank, strict=True)]
        slow["sii"] = sum(p * r * (y - mean) for p, r, y in centered) / sum(p * r * r for p, r, _ in centered)
        start = mean - slow["sii"] / 2
        if start > 0 and start + slow["sii"] > 0:
            slow["rii"] = (start + slow["sii"]) / start
        one, two = (ys[-1], ys[0]) if favorable else (ys[0], ys[-1])
        best = ys[-1]
    else:
        one, two = (reference, min(ys[:-1])) if favorable else (max(ys[:-1]), reference)
    gain = best - mean if (best > mean) == favorable else 0.0
    return slow | {"d": one - two, "r": one / two, "par": gain, "paf": 100 * gain / mean}


@settings(max_examples=60, deadline=None)
@given(GROUPS, st.booleans(), st.booleans())
def test_a_slow_implementation_agrees(groups: list[Group], ordered: bool, favorable: bool) -> None:
    found = _figures(_rows(groups, ordered=ordered, favorable=int(favorable)), draws=20)
    slow = _slow(groups, ordered=ordered, favorable=favorable)
    for name, value in slow.items():
        assert found[name]["value"] == pytest.approx(value, rel=1e-9, abs=1e-9), name


def _moved(groups: Sequence[Group], measure: Callable[[Sequence[Group]], float]) -> float:
    """Standard error by moving each estimate a little, groups independent."""
    total, step = 0.0, 1e-5
    for j, (y, se, n) in enumerate(groups):
        up, down = list(groups), list(groups)
        up[j], down[j] = (y + step, se, n), (y - step, se, n)
        total += ((measure(up) - measure(down)) / (2 * step) * se) ** 2
    return math.sqrt(total)


@settings(max_examples=30, deadline=None)
@given(GROUPS)
def test_closed_errors_are_those_of_moving_each_estimate(groups: list[Group]) -> None:
    found = _figures(_rows(groups, scale="years"), draws=20)

    def value(name: str) -> Callable[[Sequence[Group]], float]:
        return lambda moved: _slow(moved, ordered=True, favorable=True).get(name, math.nan)

    for name in ("d", "ti", "mld", "sii"):
        assert found[name]["se"] == pytest.approx(_moved(groups, value(name)), rel=1e-5, abs=1e-7), name
    assert found["r"]["se"] == pytest.approx(_moved(groups, lambda g: math.log(value("r")(g))), rel=1e-5)
    if found["rii"]["value"] is not None and found["rii"]["value"] < 50:
        assert found["rii"]["se"] == pytest.approx(_moved(groups, value("rii")), rel=1e-4, nan_ok=True)
    if found["par"]["value"] > 0.01:
        assert found["par"]["se"] == pytest.approx(_moved(groups, value("par")), rel=1e-5)
        assert found["paf"]["se"] == pytest.approx(_moved(groups, value("paf")), rel=1e-5)


def test_error_of_the_variance_is_that_of_many_draws() -> None:
    y, se = np.array([70.0, 74, 78, 75]), np.array([1.0, 2, 0.5, 1.5])
    people = np.array([1.0, 2, 3, 4])
    found = _figures(_rows(list(zip(y, se, people, strict=True))), draws=20)["bgv"]
    drawn = np.random.default_rng(1).normal(y, se, (400_000, 4))
    variances = distances(drawn, people / 10, None, None)["bgsd"] ** 2
    assert found["se"] == pytest.approx(variances.std(), rel=0.01)


@settings(max_examples=60, deadline=None)
@given(GROUPS, st.booleans(), st.booleans(), st.sampled_from(["percent", "years", None]))
def test_intervals_hold_their_figure_and_nothing_is_missing_without_a_reason(
    groups: list[Group], ordered: bool, favorable: bool, scale: str | None
) -> None:
    for row in _figures(_rows(groups, ordered=ordered, favorable=int(favorable), scale=scale)).values():
        numbers = [row[name] for name in NUMBERS]
        assert all(number is None or math.isfinite(number) for number in numbers), row
        if row["value"] is None:
            assert numbers == [None] * 4
        if None in numbers:
            assert row["reason"] is not None
        else:
            assert row["ci_low"] <= row["value"] <= row["ci_high"], row
            assert row["se"] >= 0
        if row["value"] is not None and row["measure"] in ("ti", "mld", "bgv", "bgv_corrected"):
            assert row["value"] >= 0
        assert row["groups"] == len(groups)


@given(st.floats(5, 95), st.lists(st.integers(1, 1000).map(float), min_size=2, max_size=6))
@settings(max_examples=30, deadline=None)
def test_equal_groups_have_no_inequality(level: float, people: list[float]) -> None:
    found = _figures(_rows([(level, 1.0, n) for n in people]), draws=20)
    for name in (*ABSOLUTE, "bgv", "bgv_corrected", "ti", "mld", "rci", "cov", "idisu", "idisw", "paf"):
        assert found[name]["value"] == pytest.approx(0, abs=1e-9), name
    assert found["r"]["value"] == pytest.approx(1)
    assert found["rii"]["value"] == pytest.approx(1)


@given(GROUPS, st.floats(-3, 30))
@settings(max_examples=30, deadline=None)
def test_adding_a_constant_leaves_absolute_measures(groups: list[Group], constant: float) -> None:
    before = _figures(_rows(groups))
    after = _figures(_rows([(y + constant, se, n) for y, se, n in groups]))
    for name in (*ABSOLUTE, "bgv"):
        for number in NUMBERS:
            assert _same(after[name][number], before[name][number]), (name, number)


@given(GROUPS, st.floats(0.1, 10))
@settings(max_examples=30, deadline=None)
def test_multiplying_leaves_relative_measures_and_multiplies_absolute_ones(
    groups: list[Group], factor: float
) -> None:
    before = _figures(_rows(groups))
    after = _figures(_rows([(factor * y, factor * se, n) for y, se, n in groups]))
    for names, times in ((RELATIVE, 1.0), (ABSOLUTE, factor), (("bgv", "bgv_corrected"), factor**2)):
        for name in names:
            for number in NUMBERS:
                expected = before[name][number]
                assert _same(after[name][number], expected and times * expected), (name, number)


@given(GROUPS, st.floats(0.1, 0.9), st.data())
@settings(max_examples=30, deadline=None)
def test_splitting_a_group_changes_no_weighted_measure_but_the_slope(
    groups: list[Group], part: float, data: st.DataObject
) -> None:
    where = data.draw(st.integers(0, len(groups) - 1))
    y, se, n = groups[where]
    halves = [(y, se / math.sqrt(part), n * part), (y, se / math.sqrt(1 - part), n * (1 - part))]
    before = _figures(_rows(groups), draws=20)
    after = _figures(_rows([*groups[:where], *halves, *groups[where + 1 :]]), draws=20)
    for name in ("bgv", "mdmw", "mdbw", "idisw", "ti", "mld", "aci", "rci"):
        assert after[name]["value"] == pytest.approx(before[name]["value"], rel=1e-6, abs=1e-7), name
    for name in ("ti", "mld"):
        assert after[name]["se"] == pytest.approx(before[name]["se"], rel=1e-6, abs=1e-7)


def test_the_slope_over_more_groups_is_another_slope() -> None:
    groups: list[Group] = [(70, 1, 100), (75, 1, 100), (85, 1, 100)]
    split: list[Group] = [(70, 1, 50), (70, 1, 50), (75, 1, 100), (85, 1, 100)]
    slopes = [_figures(_rows(each), draws=20)["sii"]["value"] for each in (groups, split)]
    assert abs(slopes[0] - slopes[1]) > 0.5


@given(GROUPS)
@settings(max_examples=30, deadline=None)
def test_reversing_the_order_turns_signs_and_inverts_the_ratio_with_their_limits(groups: list[Group]) -> None:
    rows = _rows(groups)
    one, two = _figures(rows, draws=20), _figures(rows.with_columns(-pl.col("order")), draws=20)
    for name in ("aci", "rci", "sii"):
        assert two[name]["value"] == pytest.approx(-one[name]["value"], rel=1e-6, abs=1e-9)
        assert two[name]["ci_low"] == pytest.approx(-one[name]["ci_high"], rel=1e-6, abs=1e-9)
    if one["rii"]["value"] is not None and 1e-3 < one["rii"]["value"] < 1e3:
        assert two["rii"]["value"] == pytest.approx(1 / one["rii"]["value"], rel=1e-6)
        if one["rii"]["ci_high"] is not None:
            assert two["rii"]["ci_low"] == pytest.approx(1 / one["rii"]["ci_high"], rel=1e-6)


@given(GROUPS, st.randoms())
@settings(max_examples=20, deadline=None)
def test_neither_the_order_of_rows_nor_other_sets_matter(groups: list[Group], random: Any) -> None:
    rows = _rows(groups)
    mixed = list(range(rows.height))
    random.shuffle(mixed)
    other = rows.with_columns(set=pl.lit("B"), estimate=pl.col("estimate") + 1)
    both = measures(pl.concat([other, rows[mixed]]), ["set"], seed=1, draws=200)
    alone = measures(rows, ["set"], seed=1, draws=200)
    assert both.filter(pl.col("set") == "A").equals(alone)


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
    found = _figures(_rows(groups, ordered=ordered, favorable=favorable, reference=reference), draws=500)
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
    found = _figures(_rows(groups, ordered=False))["d"]
    assert found["value"] == 50 - 60
    assert found["se"] == pytest.approx(math.hypot(1, 3))


def test_a_reference_that_is_not_better_gains_nothing_and_claims_no_precision() -> None:
    # healthequal returns 0 with the standard error and limits of the gain that there is not.
    found = _figures(_rows([(80, 1, 10), (70, 1, 10), (60, 1, 10)], scale="percent"))
    for name in ("par", "paf"):
        assert [found[name][number] for number in NUMBERS] == [0, None, None, None]
        assert found[name]["reason"] == "not_computable:reference_not_better"


@pytest.mark.parametrize("missing", [0, 1])
def test_a_ratio_without_the_error_of_either_group_has_no_interval(missing: int) -> None:
    # healthequal looks at the first only.
    groups: list[Group] = [(60, 1, 10), (80, 2, 20)]
    error = [None if index == missing else 1.0 for index in range(2)]
    found = _figures(_rows(groups).with_columns(se=pl.Series(error)))
    for name in ("d", "r"):
        assert found[name]["value"] is not None
        assert found[name]["ci_low"] is None
        assert found[name]["reason"] == "not_published:standard_error"


@pytest.mark.parametrize("ordered", [True, False])
def test_a_group_without_an_estimate_is_left_out_with_its_people_and_counted(ordered: bool) -> None:
    # healthequal stops here in ti, mld, mdbu and mdru: "object 'scaleval' not found", "object 'pop' not found".
    rows = _rows([(60, 1, 10), (80, 2, 1000), (50, 3, 30), (70, 4, 40)], ordered=ordered)
    gap = rows.with_columns(estimate=pl.when(pl.col("estimate") != 80).then("estimate"))
    short, left = _figures(gap), _figures(rows.filter(pl.col("estimate") != 80))
    for name in MEASURES:
        assert [short[name][number] for number in NUMBERS] == [left[name][number] for number in NUMBERS]
        assert short[name]["groups"] == 3
        assert short[name]["left_out"] == 1
        assert "1 groups without an estimate left out" in short[name]["note"]
    assert short["ti"]["value"] is not None


def test_scale_is_what_is_declared_not_what_the_largest_number_looks_like() -> None:
    # healthequal takes life expectancies below 100 for percentages.
    groups: list[Group] = [(72, 1, 100), (78, 1, 100), (85, 1, 100)]
    years, percent = (_figures(_rows(groups, scale=scale)) for scale in ("years", "percent"))
    assert years["sii"]["value"] == pytest.approx(percent["sii"]["value"])
    for name in ("sii_logit", "rii_logit", "rci_erreygers", "rci_wagstaff"):
        assert years[name]["reason"] == "not_computable:not_a_share"
        assert percent[name]["value"] is not None
    assert percent["par"]["value"] == years["par"]["value"]
    assert percent["par"]["se"] != pytest.approx(years["par"]["se"], rel=0.01)


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
    rows = _rows([(60, 1, 10), (80, 2, 20)]).with_columns(scale=pl.Series(["percent", "years"]))
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
    found = _figures(_rows([(60, 8, 80), (70, 8, 10), (80, 8, 10)], ordered=False), draws=4000)["idisw"]
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
    found = _figures(_rows(areas, ordered=False, reference=None), draws=10_000)
    assert found["max_min"]["null_95"] == pytest.approx(1.2 * studentized_range.ppf(0.95, 20, 1e6), rel=0.02)
    assert found["d"]["null_95"] == found["max_min"]["null_95"]
    assert found["max_min"]["reason"] == f"unreliable:extremes_from_data:null_95={found['d']['null_95']:.6g}"
    assert found["mdbw"]["null_95"] == found["par"]["null_95"]
    low = _figures(_rows(areas, ordered=False, favorable=0, reference=None), draws=10_000)
    assert low["par"]["null_95"] == pytest.approx(-found["par"]["null_95"], rel=0.05)


def test_memory_is_bounded_and_the_size_of_a_portion_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = _rows([(60.0 + i, 1, 10 + i) for i in range(30)], scale="percent")
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
    rows = _rows([(60, 1, 10), (80, 2, 20), (75, 2, 5)])
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
    found = _figures(_rows(FOUR, **change), draws=50)
    told = {name: (found[name]["value"], found[name]["reason"]) for name in names}
    assert told == dict.fromkeys(names, (None, reason))


NO_INTERVAL = [
    ({"se": None}, ("d", "bgv", "bgsd", "cov", "mdmw", "ti", "mld", "sii", "rii"), "not_published:standard_error"),
    ({"se": [1, 2, 3, -4]}, ("d", "bgv", "mdbu", "ti", "sii", "rii"), "not_published:standard_error"),
    ({"estimate": [0, 80, 50, 60]}, ("ti",), "not_computable:zero_estimate"),
    ({"estimate": [60, 80, 50, 0], "favorable": 0, "scale": "percent"}, ("par", "paf"), "not_computable:zero_estimate"),
    ({"estimate": [0.1, 0.2, 0.1, 0.1]}, ("cov", "idisu", "idisw"), "not_computable:mean_not_positive"),
    ({"estimate": [1e-4, 80, 50, 60], "se": [1, 1, 1, 1]}, ("r",), "unreliable:wide_interval"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "names", "reason"), NO_INTERVAL)
def test_what_has_no_interval_has_its_figure_and_a_reason(
    change: dict[str, Any], names: tuple[str, ...], reason: str
) -> None:
    found = _figures(_rows(FOUR, **change))
    for name in names:
        assert found[name]["value"] is not None, name
        assert [found[name][number] for number in NUMBERS[1:]] == [None] * 3, name
        assert found[name]["reason"] == reason, name


def test_regression_and_binomial_errors_need_no_errors_of_the_groups() -> None:
    found = _figures(_rows(FOUR, se=None, scale="percent"))
    for name in ("aci", "rci", "rci_erreygers", "rci_wagstaff", "sii_logit", "rii_logit"):
        assert found[name]["se"] is not None
        assert found[name]["reason"] is None


def test_a_line_through_two_groups_has_no_residuals() -> None:
    found = _figures(_rows([(60, 1, 10), (80, 2, 20)], scale="percent"))
    for name in ("aci", "rci", "sii_logit", "rii_logit"):
        assert found[name]["value"] is not None
        assert found[name]["reason"] == "not_computable:no_residuals"
    assert found["sii"]["se"] is not None


def test_indices_for_shares() -> None:
    found = _figures(_rows(FOUR, scale="percent"))
    mean = sum(y * n for y, _, n in FOUR) / 10_000
    for name, factor in (("rci_erreygers", 4 * mean), ("rci_wagstaff", 1 / (1 - mean))):
        for number in ("value", "se"):
            assert found[name][number] == pytest.approx(factor * found["rci"][number])


def test_people_given_in_thousands_weigh_the_same() -> None:
    # healthequal rounds people up before it fits a line.
    rows = _rows(FOUR, scale="percent")
    whole, parts = _figures(rows), _figures(rows.with_columns(pl.col("population") / 1000))
    for name in set(MEASURES) - {"par", "paf"}:
        for number in NUMBERS:
            assert _same(parts[name][number], whole[name][number]), name


def test_sets_are_sorted_and_may_have_no_name_or_no_rows() -> None:
    rows = _rows(FOUR)
    named = pl.concat([rows.with_columns(set=pl.lit("B")), rows]).with_columns(year=2020)
    told = measures(named, ["set", "year"], seed=1, draws=20)
    assert told["set"].to_list() == ["A"] * len(MEASURES) + ["B"] * len(MEASURES)
    alone = measures(rows.drop("set"), [], seed=1, draws=20)
    assert alone.equals(told.filter(set="A").drop("set", "year"))
    assert measures(rows.clear(), ["set"], seed=1).is_empty()
