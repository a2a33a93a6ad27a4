"""Equity impact review: whether a place gained between two periods, and its gap to the reference shrank.

An average can rise while a gap widens. So each series is told twice: by the change of the place's own level,
and by the change of its gap to the reference. A change is one only beyond its error; estimates of windows
that share no years are taken as independent, so that variances add. Where a place lies within its reference,
or both come from one survey, the error of the gap's change is too large rather than too small.

Source: Children's Hospital Association, *Striving for Health Equity by Uniting Community Resources* (2022)
names the review; that level and gap are both told, and in absolute terms: Harper, S. et al., Implicit value
judgments in the measurement of health inequalities, Milbank Quarterly 88 (2010).
"""

import polars as pl

from lifegap.methods.surveys.intervals import ci_high, ci_low

NO_CLEAR_CHANGE = "no_clear_change"
LEVELS = ("improved", "worsened", "rose", "fell", NO_CLEAR_CHANGE)
GAPS = ("narrowed", "widened", "fell_behind", "passed", "changed_sides", NO_CLEAR_CHANGE)


def reviewed(rows: pl.DataFrame) -> pl.DataFrame:
    """Changes of level and gap with their intervals, and what each means, added to the rows.

    rows: value_from, se_from, value_to, se_to (of the place), gap_from, gap_se_from, gap_to, gap_se_to
    (reference less place, in the same unit; errors null where unknown), better (`higher`, `lower`, `none`).

    Adds level_change and gap_change (latest less first) with their _low and _high; level_verdict (improved,
    worsened; rose, fell where no direction is better) and gap_verdict: narrowed or widened, by the size of
    the gap; fell_behind or passed (changed_sides where no direction is better), where the place was on one
    side of the reference and is on the other; no_clear_change within the error. Both are null where an error
    is unknown or 0.
    """
    for name, first, latest, se in (
        ("level", "value_from", "value_to", ("se_from", "se_to")),
        ("gap", "gap_from", "gap_to", ("gap_se_from", "gap_se_to")),
    ):
        change = pl.col(latest) - pl.col(first)
        noise = (pl.col(se[0]) ** 2 + pl.col(se[1]) ** 2).sqrt()
        error = pl.when(noise > 0).then(noise)
        rows = rows.with_columns(
            change.alias(f"{name}_change"),
            ci_low(change, error).alias(f"{name}_change_low"),
            ci_high(change, error).alias(f"{name}_change_high"),
        )
    return rows.with_columns(level_verdict=_level(), gap_verdict=_gap())


def _level() -> pl.Expr:
    up, down = pl.col("level_change_low") > 0, pl.col("level_change_high") < 0
    gained = pl.when(pl.col("better") == "higher").then(up).otherwise(down)
    return (
        pl.when(pl.col("level_change_low").is_null())
        .then(pl.lit(None, pl.String))
        .when(~up & ~down)
        .then(pl.lit(NO_CLEAR_CHANGE))
        .when(pl.col("better") == "none")
        .then(pl.when(up).then(pl.lit("rose")).otherwise(pl.lit("fell")))
        .when(gained)
        .then(pl.lit("improved"))
        .otherwise(pl.lit("worsened"))
    )


def _gap() -> pl.Expr:
    """Behind is where the reference is better off."""
    sign = pl.when(pl.col("better") == "lower").then(-1).otherwise(1)
    was_behind, is_behind = sign * pl.col("gap_from") > 0, sign * pl.col("gap_to") > 0
    grew = pl.col("gap_to").abs() > pl.col("gap_from").abs()
    clear = (pl.col("gap_change_low") > 0) | (pl.col("gap_change_high") < 0)
    return (
        pl.when(pl.col("gap_change_low").is_null())
        .then(pl.lit(None, pl.String))
        .when(~clear)
        .then(pl.lit(NO_CLEAR_CHANGE))
        .when((pl.col("better") == "none") & (is_behind != was_behind))
        .then(pl.lit("changed_sides"))
        .when(is_behind & ~was_behind)
        .then(pl.lit("fell_behind"))
        .when(was_behind & ~is_behind)
        .then(pl.lit("passed"))
        .when(grew)
        .then(pl.lit("widened"))
        .otherwise(pl.lit("narrowed"))
    )
