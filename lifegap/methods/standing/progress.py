"""Progress from a baseline to a target: what share of the change is done, at what pace, and is it real.

A row is one series: its baseline, its latest value, its target. The target is a fixed number once it is
adopted, also where it was set as a share of the baseline; the baseline is an estimate and has an error.
What is peculiar: a value at the target has met it whatever the way there, and a change counts as one only
beyond its error or, where no errors are known, from a tenth of what it is measured against.

Source: CDC/NCHS, Healthy People 2030, *How We Measure Progress* (target met, improving, little or no
detectable change, getting worse); the ten percent also in the final progress table of Healthy People 2020.
"""

import polars as pl

from lifegap.methods.surveys.intervals import Z95, ci_high, ci_low

LEAST_PERCENT = 10.0
"""Percent of the aimed-for change, or of the baseline, that counts as a change without standard errors."""

EQUAL_AT = 10
"""Decimals to which differences are rounded before they are judged: a target that is equalled is met."""

NUMBERS = ("baseline", "se_baseline", "latest", "se_latest", "target", "previous", "se_previous")


def endpoints(points: pl.DataFrame, targets: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """The baseline, the latest value and the one before it of every row of targets, added to its columns.

    points: `by`, period_start, period_end (years, inclusive), value, se (null where unknown); one row per
    series and period. targets: `by`, baseline_start, baseline_end and any other columns.
    Adds baseline, se_baseline, latest, se_latest, latest_start, latest_end, previous, se_previous, and
    reason where there is no baseline, nothing to set against it, or a period that stands twice.

    Windows that share years share people. So the latest value is of a window wholly after the baseline's,
    and the previous one of a window wholly before the latest's: the baseline itself where none is between.
    """
    start, end = pl.col("period_start"), pl.col("period_end")
    baseline = (start == pl.col("baseline_start")) & (end == pl.col("baseline_end"))
    later = start > pl.col("baseline_end")
    previous = (baseline | later) & (end < start.filter(later).last())
    chosen = {"baseline": baseline, "latest": later, "previous": previous}
    rows = targets.with_row_index("_row")
    known = points.filter(pl.col("value").is_finite()).select(
        *by, "period_start", "period_end", "value", "se"
    )
    found = (
        rows.select("_row", *by, "baseline_start", "baseline_end")
        .join(known, on=by)
        .sort("_row", "period_end", "period_start")
        .group_by("_row", maintain_order=True)
        .agg(
            *(pl.col("value").filter(where).last().alias(name) for name, where in chosen.items()),
            *(pl.col("se").filter(where).last().alias(f"se_{name}") for name, where in chosen.items()),
            latest_start=start.filter(later).last(),
            latest_end=end.filter(later).last(),
            _overlaps=(end > pl.col("baseline_end")).any(),
            _repeated=pl.struct(start, end).is_duplicated().any(),
        )
    )
    reason = (
        pl.when(pl.col("baseline").is_null())
        .then(pl.lit("not_assessable:no_baseline_in_series"))
        .when("_repeated")
        .then(pl.lit("not_assessable:repeated_period"))
        .when(pl.col("latest").is_null() & pl.col("_overlaps"))
        .then(pl.lit("not_assessable:overlapping_periods"))
        .when(pl.col("latest").is_null())
        .then(pl.lit("not_assessable:no_later_value"))
    )
    return (
        rows.join(found, on="_row", how="left", maintain_order="left")
        .with_columns(reason=reason)
        .drop("_row", "_overlaps", "_repeated")
    )


def progress(rows: pl.DataFrame, *, of_gap: bool = False) -> pl.DataFrame:
    """Percents with their interval, and the status, of every row, added to its columns.

    rows: baseline, se_baseline, latest, se_latest, target (one unit; se null or 0 where unknown), better
    (`higher` or `lower`); perhaps previous, se_previous, reason where the row was refused before, and
    rebased where the target was set from another baseline than the one it was adopted for.
    of_gap: the value is a gap, of which a baseline of 0 or less leaves nothing to close.

    Adds change (latest less baseline); change_exceeds_noise (from previous to latest; null without errors);
    percent_achieved, 100 (latest − baseline)/(target − baseline), negative when moving away, with
    percent_se, percent_low and percent_high; percent_of_targeted_change, the same but null when moving
    away; percent_of_baseline (null for a baseline of 0 or less); percent_change (null for one of 0); status:
    target_met (never of a rebased row), improving, little_change, getting_worse or not_assessable; and
    reason, why the row is not_assessable or, else, has no percent_achieved.
    """
    missing = [name for name in (*NUMBERS, "reason") if name not in rows.columns]
    rows = rows.with_columns(
        pl.lit(None, pl.String if name == "reason" else pl.Float64).alias(name) for name in missing
    )
    own = pl.col("rebased") if "rebased" in rows.columns else pl.lit(value=False)
    numbers = (pl.col(name).cast(pl.Float64) for name in NUMBERS)
    rows = rows.with_columns(pl.when(each.is_finite()).then(each) for each in numbers)
    usable = pl.col("reason").is_null()
    latest, previous = pl.col("latest"), pl.col("previous")
    return (
        rows.with_columns(reason=_refusal())
        .with_columns(
            pl.when(usable).then(latest - pl.col("baseline")).alias("change"),
            pl.when(usable)
            .then(exceeds_noise(previous, pl.col("se_previous"), latest, pl.col("se_latest")))
            .alias("change_exceeds_noise"),
            pl.when(usable).then(_status(own)).otherwise(pl.lit("not_assessable")).alias("status"),
            pl.coalesce("reason", _no_percent(of_gap)).alias("_no_percent"),
            *(pl.when(usable).then(each).alias(name) for name, each in _of_baseline().items()),
        )
        .with_columns(_percent_achieved(pl.col("_no_percent").is_null()))
        .with_columns(
            percent_low=ci_low(pl.col("percent_achieved"), pl.col("percent_se")),
            percent_high=ci_high(pl.col("percent_achieved"), pl.col("percent_se")),
            percent_of_targeted_change=pl.when(pl.col("percent_achieved") >= 0).then("percent_achieved"),
            reason="_no_percent",
        )
        .drop("_no_percent", *(name for name in missing if name != "reason"))
    )


def exceeds_noise(first: pl.Expr, se_first: pl.Expr, second: pl.Expr, se_second: pl.Expr) -> pl.Expr:
    """Whether two independent estimates differ by at least z standard errors; null without errors."""
    noise = (se_first**2 + se_second**2).sqrt()
    return pl.when(noise > 0).then((second - first).abs() >= Z95 * noise)


def above_noise(value: pl.Expr, se: pl.Expr) -> pl.Expr:
    """Whether a value is above 0 by more than its margin of error, so that it may be divided by.

    False where the value or its standard error is unknown, or the error 0.
    """
    return ((se > 0) & (value > Z95 * se)).fill_null(value=False)


def sure_percents(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows without the percents that rest on a baseline which may be nothing, and with the reason.

    rows: what `progress` or `trend` returns. A percent is a ratio to the baseline, or to the change that was
    aimed for. Where either lies within the baseline's margin of error, or that margin is not known, the
    ratio can be any number: it is not given. reason then says so, where it said nothing before.
    """
    baseline, se = pl.col("baseline"), pl.col("se_baseline")
    aimed = pl.col("target") - baseline if "target" in rows.columns else pl.lit(None, pl.Float64)
    whole = above_noise(baseline.abs(), se)
    sure = {
        "percent_of_baseline": whole,
        "percent_change": whole,
        **dict.fromkeys(
            ("percent_achieved", "percent_of_targeted_change", "percent_se", "percent_low", "percent_high"),
            above_noise(aimed.abs(), se),
        ),
    }
    given = [name for name in sure if name in rows.columns]
    lost = pl.any_horizontal(pl.col(name).is_not_null() & ~sure[name] for name in given)
    unknown = ~(se > 0).fill_null(value=False)
    return rows.with_columns(
        *(pl.when(sure[name]).then(name).alias(name) for name in given),
        reason=pl.coalesce(
            "reason",
            pl.when(lost & unknown)
            .then(pl.lit("not_computable:baseline_without_error"))
            .when(lost)
            .then(pl.lit("not_computable:baseline_within_noise")),
        ),
    )


def at_or_past(value: pl.Expr, target: pl.Expr, better: pl.Expr) -> pl.Expr:
    """Whether the value has reached the target; better is `higher` or `lower`."""
    beyond = (value - target).round(EQUAL_AT)
    return pl.when(better == "higher").then(beyond >= 0).otherwise(beyond <= 0)


def pace_required(
    latest: pl.Expr, year: pl.Expr, target: pl.Expr, target_year: pl.Expr, better: pl.Expr
) -> pl.Expr:
    """Change per year from the latest value to the target; negative for a gap that must close.

    Null where the target is met or its year is not after that of the latest value.
    """
    needed = at_or_past(latest, target, better).not_() & (target_year > year)
    return pl.when(needed).then((target - latest) / (target_year - year))


def pace_ratio(observed: pl.Expr, required: pl.Expr) -> pl.Expr:
    """Observed over required pace: 1 is on the way, below 1 too slow, below 0 moving away."""
    return pl.when(required != 0).then(observed / required)


def _refusal() -> pl.Expr:
    """Why a row cannot be judged; null where it can."""
    directed = pl.col("better").is_in(["higher", "lower"]).fill_null(False)
    # Without errors a change away is measured against the baseline, and a baseline of 0 measures nothing.
    unmeasured = _noise().is_null() & (pl.col("baseline") == 0) & (_toward() < 0) & ~_met("latest")
    return (
        pl.when(pl.col("reason").is_not_null())
        .then("reason")
        .when(pl.col("baseline").is_null())
        .then(pl.lit("not_assessable:no_baseline_in_series"))
        .when(pl.col("latest").is_null())
        .then(pl.lit("not_assessable:no_later_value"))
        .when(pl.col("target").is_null())
        .then(pl.lit("not_assessable:no_target"))
        .when(~directed)
        .then(pl.lit("not_assessable:no_direction"))
        .when(unmeasured)
        .then(pl.lit("not_assessable:zero_baseline"))
    )


def _status(rebased: pl.Expr) -> pl.Expr:
    """The Healthy People status of a row that can be judged; the target itself only of one not rebased."""
    change, aimed = pl.col("latest") - pl.col("baseline"), pl.col("target") - pl.col("baseline")
    against = pl.when(_toward() > 0).then(aimed.abs()).otherwise(pl.col("baseline").abs())
    a_tenth = (100 * change.abs() / against).round(EQUAL_AT) >= LEAST_PERCENT
    counts = pl.when(_noise().is_null()).then(a_tenth).otherwise(change.abs() >= Z95 * _noise())
    return (
        pl.when(_met("latest") & ~rebased)
        .then(pl.lit("target_met"))
        .when(~counts | (_toward() == 0))
        .then(pl.lit("little_change"))
        .when(_toward() > 0)
        .then(pl.lit("improving"))
        .otherwise(pl.lit("getting_worse"))
    )


def _toward() -> pl.Expr:
    """The change, positive in the wanted direction."""
    change = (pl.col("latest") - pl.col("baseline")).round(EQUAL_AT)
    return pl.when(pl.col("better") == "higher").then(change).otherwise(-change)


def _met(name: str) -> pl.Expr:
    return at_or_past(pl.col(name), pl.col("target"), pl.col("better"))


def _noise() -> pl.Expr:
    """Standard error of the change; null where one is unknown, or both are 0."""
    noise = (pl.col("se_baseline") ** 2 + pl.col("se_latest") ** 2).sqrt()
    return pl.when(noise > 0).then(noise)


def _no_percent(of_gap: bool) -> pl.Expr:
    """Why there is no percent achieved; null where there is."""
    no_gap = pl.when(pl.lit(of_gap) & (pl.col("baseline") <= 0)).then(
        pl.lit("not_computable:no_gap_at_baseline")
    )
    return no_gap.when(_met("baseline")).then(pl.lit("not_computable:baseline_met_target"))


def _percent_achieved(usable: pl.Expr) -> list[pl.Expr]:
    """Percent of the aimed-for change, and its standard error by the delta method with the target fixed.

    No error where the baseline lies within its own interval of the target: the percent is then a ratio to
    something that may be nothing, and no normal interval holds.
    """
    aimed = pl.col("target") - pl.col("baseline")
    left = (pl.col("latest") - pl.col("target")) / aimed
    se = 100 / aimed.abs() * (pl.col("se_latest") ** 2 + left**2 * pl.col("se_baseline") ** 2).sqrt()
    told = _noise().is_not_null() & (aimed.abs() > Z95 * pl.col("se_baseline"))
    return [
        pl.when(usable).then(100 * pl.col("change") / aimed + 0.0).alias("percent_achieved"),  # no -0.0
        pl.when(usable & told).then(se).alias("percent_se"),
    ]


def _of_baseline() -> dict[str, pl.Expr]:
    """The latest value and the change in percent of the baseline; the change has the sign of the movement."""
    baseline, latest = pl.col("baseline"), pl.col("latest")
    return {
        "percent_of_baseline": pl.when(baseline > 0).then(100 * latest / baseline),
        "percent_change": pl.when(baseline != 0).then(100 * (latest - baseline) / baseline.abs()),
    }
