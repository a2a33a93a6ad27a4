"""Where a series of estimates would be in the target's year if its line went on.

A straight line by weighted least squares, with a prediction interval. What is peculiar is what is refused:
few points, windows that share years, a change of method within the series, a target further ahead than the
data reach back. The scatter is always estimated from the points: trusting their standard errors instead,
with normal quantiles, gives intervals that are too narrow, since places change beyond sampling error.

Source: Draper and Smith (1998), *Applied Regression Analysis*, third edition, chapters 1, 3 and 9: weighted
least squares, the variance of a predicted value, the t distribution of k − 2 degrees of freedom.
"""

import polars as pl
from scipy.special import stdtr, stdtrit

from lifegap.methods.standing.progress import EQUAL_AT, pace_ratio, pace_required

LEAST_POINTS = 3
"""Fewer give no line: two points always lie on one."""

INDICATIVE_POINTS = 4
"""Up to this many, a line is a hint only."""

ON_A_LINE = 1e-12
"""Distance from the line, as a share of the values, that is no more than the noise of floats."""

SERIES = ("points", "first_year", "last_year", "last_value", "indicative")
PACE = ("pace_observed", "pace_se", "pace_required", "pace_ratio")
PROJECTED = ("projection", "projection_low", "projection_high", "probability_met")


def projections(points: pl.DataFrame, targets: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """The pace of every row of targets and where it leads, added to its columns.

    points: `by`, period_start, period_end (years, inclusive), value, se (null where unknown), and perhaps
    method, a text that changes where source, method or geography of a series do. targets: `by`,
    baseline_start, baseline_end, target, target_year, better (`higher` or `lower`).

    A point stands at the middle of its window. Points before the baseline are left out, and windows that
    share years are thinned (see `without_shared_years`). Adds points, first_year, last_year, last_value;
    indicative (3 or 4 points); pace_observed, pace_se, pace_required (change per year), pace_ratio;
    projection, projection_low, projection_high (95 percent), probability_met; and reason. What refuses the
    data empties paces and projection; too few points leave the required pace, a far or past target all paces.
    """
    rows = targets.with_row_index("_row")
    told = [*by, "period_start", "period_end", "value", "se", "method"]
    series = (
        rows.select("_row", *by, "baseline_start", "baseline_end")
        .join(
            points.filter(pl.col("value").is_finite()).select(pl.selectors.by_name(told, require_all=False)),
            on=by,
        )
        .filter(pl.col("period_start") >= pl.col("baseline_start"))
    )
    lines = fit_lines(without_shared_years(series, ["_row"]), ["_row"])
    last, year = pl.col("last_value"), pl.col("last_year")
    required = pace_required(last, year, pl.col("target"), pl.col("target_year"), pl.col("better"))
    found = (
        rows.select("_row", "target", "target_year", "better")
        .join(_faults(series), on="_row", how="left", maintain_order="left")
        .join(lines, on="_row", how="left", maintain_order="left")
        .pipe(forecast)
        .with_columns(
            points=pl.col("points").fill_null(0),
            indicative=pl.col("points").is_between(LEAST_POINTS, INDICATIVE_POINTS).fill_null(False),
            pace_required=required,
            pace_ratio=pace_ratio(pl.col("pace_observed"), required),
        )
        .with_columns(reason=_refusal())
        .with_columns(
            *(pl.when(pl.col("_fault") == "").then(name).alias(name) for name in PACE),
            *(pl.when(pl.col("reason").is_null()).then(name).alias(name) for name in PROJECTED),
        )
        .select(*SERIES, *PACE, *PROJECTED, "reason")
    )
    return pl.concat([targets, found], how="horizontal")


def _faults(series: pl.DataFrame) -> pl.DataFrame:
    """Of each series, what in its points forbids a line; empty text where nothing does."""
    start, end = pl.col("period_start"), pl.col("period_end")
    baseline = (start == pl.col("baseline_start")) & (end == pl.col("baseline_end"))
    methods = pl.col("method").n_unique() if "method" in series.columns else pl.lit(1)
    fault = (
        pl.when(~baseline.any())
        .then(pl.lit("not_assessable:no_baseline_in_series"))
        .when(methods > 1)
        .then(pl.lit("not_assessable:method_break"))
        .when(pl.struct(start, end).is_duplicated().any())
        .then(pl.lit("not_assessable:repeated_period"))
        .otherwise(pl.lit(""))
    )
    return series.group_by("_row").agg(_fault=fault)


def _refusal() -> pl.Expr:
    """Why there is no projection; null where there is."""
    ahead = pl.col("target_year") - pl.col("last_year")
    directed = pl.col("better").is_in(["higher", "lower"]).fill_null(False)
    return (
        pl.when(pl.col("_fault").is_null())  # no point at all from the baseline on
        .then(pl.lit("not_assessable:no_baseline_in_series"))
        .when(pl.col("_fault") != "")
        .then("_fault")
        .when(pl.col("points") < LEAST_POINTS)
        .then(pl.lit("not_assessable:too_few"))
        .when(pl.any_horizontal(pl.col("target", "target_year").is_null()))
        .then(pl.lit("not_assessable:no_target"))
        .when(~directed)
        .then(pl.lit("not_assessable:no_direction"))
        .when(ahead <= 0)
        .then(pl.lit("not_assessable:target_year_passed"))
        .when(ahead > pl.col("last_year") - pl.col("first_year"))
        .then(pl.lit("not_assessable:extrapolation"))
    )


def without_shared_years(points: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """The points of every series whose windows share no year, from the latest backwards.

    points: `by`, period_start, period_end (years, inclusive) and others. Beginning at the end keeps the
    newest figure, and as many windows as can be kept.
    """
    left, kept = points.sort(*by, "period_end", "period_start"), [points.clear()]
    while left.height:
        last = left.unique(by, keep="last", maintain_order=True)
        kept.append(last)
        left = (
            left.join(last.select(*by, _limit="period_start"), on=by)
            .filter(pl.col("period_end") < pl.col("_limit"))
            .drop("_limit")
        )
    return pl.concat(kept).sort(*by, "period_end")


def fit_lines(points: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """The weighted line of every series, one row each, in the order of `by`.

    points: `by`, period_start, period_end, value (finite), se. Weights are 1/se², or 1 for all points of a
    series where any se is unknown or 0. Returns `by`, points, first_year, last_year, last_value,
    pace_observed (the slope, per year), pace_se, and for `forecast`: mean_year and mean_value (weighted),
    weight, typical_weight (the median), spread (Σ w (year − mean)²) and scatter (Σ w residual²/(k − 2)).
    Below three points there is no slope.
    """
    year, value, weight, precision = (
        pl.col("_year"),
        pl.col("value"),
        pl.col("_weight"),
        1 / pl.col("se") ** 2,
    )
    known = ((pl.col("se") > 0) & precision.is_finite()).fill_null(False).all().over(by)
    centered = (
        points.sort(*by, "period_end")
        .with_columns(
            _year=(pl.col("period_start") + pl.col("period_end")) / 2,
            _weight=pl.when(known).then(precision).otherwise(1.0),
        )
        .with_columns(
            mean_year=((weight * year).sum() / weight.sum()).over(by),
            mean_value=((weight * value).sum() / weight.sum()).over(by),
        )
        .with_columns(_x=year - pl.col("mean_year"), _y=value - pl.col("mean_value"))
        .with_columns(spread=(weight * pl.col("_x") ** 2).sum().over(by))
        .with_columns(_slope=(weight * pl.col("_x") * pl.col("_y")).sum().over(by) / pl.col("spread"))
    )
    off = (weight * (pl.col("_y") - pl.col("_slope") * pl.col("_x")) ** 2).sum()
    noise = ON_A_LINE**2 * (weight * value**2).sum()
    fitted = (pl.len() >= LEAST_POINTS) & (pl.col("spread").first() > 0)
    free = pl.len().cast(pl.Float64) - 2
    return (
        centered.group_by(by, maintain_order=True)
        .agg(
            pl.col("mean_year", "mean_value", "spread").first(),
            points=pl.len(),
            first_year=year.min(),
            last_year=year.max(),
            last_value=value.last(),
            pace_observed=pl.when(fitted).then(pl.col("_slope").first()),
            weight=weight.sum(),
            typical_weight=weight.median(),
            scatter=pl.when(fitted & (off > noise)).then(off / free).when(fitted).then(0.0),
        )
        .with_columns(pace_se=(pl.col("scatter") / pl.col("spread")).sqrt())
    )


def forecast(lines: pl.DataFrame) -> pl.DataFrame:
    """Where every line is in its target_year, with the interval of a new value there.

    lines: what `fit_lines` returns, with target, target_year and better. Adds projection, projection_low,
    projection_high (95 percent, t of k − 2) and probability_met, that a new value has reached the target.
    A new value is taken to be as precise as the median point. No gate is applied: see `projections`.
    """
    ahead = pl.col("target_year") - pl.col("mean_year")
    # Of the line's height, of its slope that far from the middle, and of the new value itself.
    variance = 1 / pl.col("weight") + ahead**2 / pl.col("spread") + 1 / pl.col("typical_weight")
    to_go = pl.col("target") - pl.col("projection")
    inside = pl.when(pl.col("better") == "lower").then(to_go).when(pl.col("better") == "higher").then(-to_go)
    # On a perfect line the side decides, and a line that ends at the target may as well miss it.
    distance = (
        pl.when(inside.round(EQUAL_AT) == 0)
        .then(0.0)
        .when(pl.col("_se") > 0)
        .then(inside / pl.col("_se"))
        .otherwise(inside.sign() * float("inf"))
    )
    lines = (
        lines.with_columns(projection=pl.col("mean_value") + pl.col("pace_observed") * ahead)
        .with_columns(_se=(pl.col("scatter") * variance).sqrt())
        .with_columns(_distance=distance)
    )
    freedom = lines.select(
        pl.when(pl.col("scatter").is_not_null()).then(pl.col("points").cast(pl.Float64) - 2)
    )
    free = freedom.to_series().to_numpy()
    half = pl.Series(stdtrit(free, 0.975), nan_to_null=True) * lines["_se"]
    return lines.with_columns(
        projection_low=pl.col("projection") - half,
        projection_high=pl.col("projection") + half,
        probability_met=pl.Series(stdtr(free, lines["_distance"].to_numpy()), nan_to_null=True),
    ).drop("_se", "_distance")
