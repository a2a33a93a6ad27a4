"""Figures that stand on the very threshold of a rule, or between two that could be taken for it."""

import numpy as np
import polars as pl
import pytest

from lifegap.methods.disparity.inequality_figures import MOST_BIAS, MOST_NOISE
from lifegap.methods.mortality.deaths import life_tables_of_deaths
from lifegap.methods.standing.projection import projections
from lifegap.methods.standing.trend import trend
from lifegap.methods.surveys.intervals import Z95
from lifegap.methods.surveys.reliability import reliability_of_years
from tests.methods.disparity.inequality_sets import figures_of, rows_of


@pytest.mark.parametrize(("years", "reason"), [(5000, "withheld:low_population"), (5001, None)])
def test_exactly_five_thousand_person_years_are_too_few(years: int, reason: str | None) -> None:
    people = [years - 2000, 1000, 1000]
    rows = pl.DataFrame({"age_start": [0, 40, 80], "deaths": [20, 30, 90], "population": people})
    assert life_tables_of_deaths(rows, [])["reason"].to_list() == [reason] * 3


@pytest.mark.parametrize(("points", "indicative"), [(3, True), (4, True), (5, False)])
def test_a_line_of_four_points_is_a_hint_and_one_of_five_is_not(points: int, indicative: bool) -> None:
    years = list(range(2010, 2010 + points))
    series = pl.DataFrame(
        {"place": "p", "period_start": years, "period_end": years, "value": [9.0 - year % 2010 for year in years],
         "se": None},
        schema_overrides={"se": pl.Float64},
    )  # fmt: skip
    target = pl.DataFrame(
        {"place": ["p"], "baseline_start": [2010], "baseline_end": [2010], "target": [1.0],
         "target_year": [years[-1] + 1], "better": ["lower"]}
    )  # fmt: skip
    found = projections(series, target, ["place"]).row(0, named=True)
    assert (found["points"], found["indicative"], found["reason"]) == (points, indicative, None)


def _noise(estimates: list[float], se: float) -> tuple[float, float]:
    """Of groups of one size: the share of their variance that is noise, and noise in errors of the variance."""
    k, away = len(estimates), np.array(estimates) - np.mean(estimates)
    noise = se**2 * (1 - 1 / k)
    of_alike = 2 * (k * (k - 1) * (se / k) ** 4 + k * (1 / k * (1 - 1 / k)) ** 2 * se**4)
    return noise / float(np.mean(away**2)), noise / np.sqrt(4 * se**2 * (away**2).sum() / k**2 + of_alike)


@pytest.mark.parametrize(("share", "told"), [(0.19, False), (0.21, True), (0.34, True)])
def test_noise_of_more_than_a_fifth_of_the_variance_is_told_of_every_measure_of_spread(
    share: float, told: bool
) -> None:
    # Two groups d apart: a variance of d² / 4, noise of se² / 2 in it.
    estimates, se = [70.0, 72.0], float(np.sqrt(2 * share))
    assert _noise(estimates, se)[0] == pytest.approx(share)
    found = figures_of(rows_of([(each, se, 100) for each in estimates], ordered=False))
    assert MOST_NOISE == 0.2  # of which the measures' page speaks
    assert (found["mdmw"]["reason"] == "unreliable:noise_biased") is told


@pytest.mark.parametrize(("errors", "told"), [(0.28, False), (0.32, True)])
def test_noise_that_moves_a_variance_by_three_tenths_of_its_error_is_told(errors: float, told: bool) -> None:
    estimates = [*np.linspace(70, 80, 40)]
    grid = np.linspace(0.1, 1.4, 14_000)
    se = float(grid[np.argmin([abs(_noise(estimates, each)[1] - errors) for each in grid])])
    assert _noise(estimates, se)[0] < MOST_NOISE
    assert _noise(estimates, se)[1] == pytest.approx(errors, abs=0.001)
    found = figures_of(rows_of([(each, se, 100) for each in estimates], ordered=False))
    assert MOST_BIAS == 0.3
    assert (found["bgv"]["reason"] == "unreliable:noise_biased") is told


def _changed(baseline: float, latest: float) -> dict[str, object]:
    errors = dict.fromkeys(("se_baseline", "se_latest", "se_previous"))
    row = {"baseline": baseline, "latest": latest, "previous": baseline, "better": "lower", "reason": None}
    types = dict.fromkeys(errors, pl.Float64) | {"reason": pl.String}
    return trend(pl.DataFrame([row | errors], schema_overrides=types)).row(0, named=True)


@pytest.mark.parametrize(
    ("latest", "status"), [(0.0, "little_change"), (0.5, "getting_worse"), (-0.5, "improving")]
)
def test_any_change_from_a_baseline_of_zero_counts_and_has_no_percent(latest: float, status: str) -> None:
    found = _changed(0.0, latest)
    assert (found["status"], found["change"], found["percent_of_baseline"]) == (status, latest, None)


def test_a_half_width_of_exactly_five_years_is_of_caution() -> None:
    se = 5.0 / Z95
    assert Z95 * se == 5.0
    assert pl.select(reliability_of_years(pl.lit(se))).item() == "caution"
    assert pl.select(reliability_of_years(pl.lit(float(np.nextafter(se, 6))))).item() == "unreliable"
