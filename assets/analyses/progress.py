"""`published.progress`: to the targets of coalitions, and along every indicator that has a series.

A series is one source, one method and one place or pair of places; sources are never joined. The target of a
place is a share of its own gap in the baseline period of the same series. Where a series does not hold that
period, what can be said is said of the series' own first period and named so.
"""

import polars as pl

from assets.analyses.progress_points import (
    METRIC,
    NONE,
    SUBJECT,
    no_trend,
    points_of_gaps,
    points_of_indicators,
)
from assets.quotable import with_quotability
from assets.table import table
from assets.wording import ACROSS_THE_PANDEMIC, period_text, sentences, touches_pandemic
from lifegap.catalog.catalog import Catalog
from lifegap.catalog.tables import declared_tables
from lifegap.methods.standing.progress import endpoints, sure_percents
from lifegap.methods.standing.progress import progress as progress_of
from lifegap.methods.standing.projection import projections
from lifegap.methods.standing.trend import trend as trend_of
from lifegap.store.warehouse import Relation, Warehouse

STATED, OWN_FIRST = "stated", "own_first"

REBASED = "Against the series' own first period, not the baseline of the target."
TO_ITSELF = "Against the series' own first period."
FEW = "A line through three or four periods is a hint only."


@table(
    "published.progress",
    gap="indicators.life_expectancy_gap",
    value="indicators.indicator_value",
    crosswalk="warehouse.crosswalk",
)
def progress(
    gap: pl.DataFrame, value: Relation, crosswalk: Relation, catalog: Catalog, warehouse: Warehouse
) -> pl.DataFrame:
    """One row per target version, comparison and series; one per place and indicator with a series."""
    to_targets = _to_targets(points_of_gaps(gap), catalog)
    points = points_of_indicators(value, crosswalk, catalog, warehouse)
    along = _along(points.filter(pl.col("population_group") == "all"), catalog)
    rows = pl.concat([to_targets, along], how="diagonal").pipe(sure_percents).pipe(_refused_by_cards, catalog)
    columns = [column.name for column in declared_tables()["published.progress"].columns]
    return _quoted(rows, catalog).select(columns)


def _to_targets(points: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """Every version of every target for every series of the coalition's gaps."""
    versions = pl.DataFrame(
        [
            (coalition.id, target.id, *_years(target.baseline_period), 1 - target.percent / 100, target.year)
            for coalition in catalog.coalitions.values()
            for target in coalition.target
            if target.metric == METRIC and target.percent is not None
        ],
        schema={
            "coalition_id": pl.String, "target_id": pl.String, "baseline_start": pl.Int32,
            "baseline_end": pl.Int32, "remaining": pl.Float64, "target_year": pl.Int32,
        },
        orient="row",
    )  # fmt: skip
    series = _series(points).join(versions, on="coalition_id")
    stated = series.with_columns(baseline_kind=pl.lit(STATED))
    # Points before the baseline set no pace, so a series that holds it is not shown from elsewhere.
    holds = points.filter(pl.col("value").is_not_null()).select(
        *SUBJECT, "line", baseline_start="period_start", baseline_end="period_end"
    )
    rebased = (
        series.join(holds, on=holds.columns, how="anti")
        .filter(pl.col("periods") > 1)
        .with_columns(baseline_kind=pl.lit(OWN_FIRST), baseline_start="first_start", baseline_end="first_end")
    )
    rows = _ends(points, pl.concat([stated, rebased])).with_columns(
        target=pl.col("remaining") * pl.col("baseline"),
        better=pl.lit("lower"),
        rebased=pl.col("baseline_kind") == OWN_FIRST,
    )
    return _projected(points, progress_of(rows, of_gap=True))


def _along(points: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """Every indicator with more than one period, from its first on."""
    series = _series(points).filter(pl.col("periods") > 1)
    rows = _ends(
        points,
        series.with_columns(
            target_id=pl.lit(NONE),
            baseline_kind=pl.lit(OWN_FIRST),
            baseline_start="first_start",
            baseline_end="first_end",
            target=pl.lit(None, pl.Float64),
            target_year=pl.lit(None, pl.Int32),
        ),
    )
    directions = {name: each.indicator.direction for name, each in catalog.indicators.items()}
    better = pl.col("indicator_id").replace_strict(directions, return_dtype=pl.String)
    return _projected(points, trend_of(rows.with_columns(better=better)))


def _series(points: pl.DataFrame) -> pl.DataFrame:
    """Each series with its first period, its number of periods and its last point, known or not."""
    known = pl.col("value").is_not_null()
    return (
        points.sort("period_end", "period_start")
        .group_by(*SUBJECT, "line", maintain_order=True)
        .agg(
            first_start=pl.col("period_start").filter(known).first(),
            first_end=pl.col("period_end").filter(known).first(),
            periods=known.sum().cast(pl.Int64),
            last=pl.col("value").filter(known).last(),
            last_se=pl.col("se").filter(known).last(),
            last_start=pl.coalesce(
                pl.col("period_start").filter(known).last(), pl.col("period_start").last()
            ),
            last_end=pl.coalesce(pl.col("period_end").filter(known).last(), pl.col("period_end").last()),
            vintage=pl.coalesce(pl.col("vintage").filter(known).last(), pl.col("vintage").last()),
            unmeasured=pl.col("unmeasured").any(),
            broken=pl.col("units").filter(known).n_unique() > 1,
        )
    )


def _ends(points: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Baseline and latest value of each row; a row without a comparison still shows its last value."""
    baseline, latest = ((pl.col(f"{name}_start"), pl.col(f"{name}_end")) for name in ("baseline", "latest"))
    shown = [pl.coalesce("latest_start", "last_start"), pl.coalesce("latest_end", "last_end")]
    found = endpoints(points, rows, by=[*SUBJECT, "line"]).with_row_index("row")
    return (
        found.join(_unreliable_points(points, found), on="row", how="left", maintain_order="left")
        .with_columns(
            latest_period=period_text(*shown),
            baseline_period=pl.when(pl.col("baseline").is_not_null()).then(period_text(*baseline)),
            unreliable=pl.when(pl.col("baseline").is_not_null()).then("unreliable"),
        )
        .with_columns(
            reason=pl.when(pl.col("unreliable").list.contains(period_text(*baseline)))
            .then(pl.lit("not_assessable:unreliable_baseline"))
            .when(pl.col("unreliable").list.contains(period_text(*latest)))
            .then(pl.lit("not_assessable:unreliable_latest"))
            .when(pl.col("unreliable").list.len() > 0)
            .then(pl.lit("not_assessable:unreliable_point"))
            .when(pl.col("broken"))
            .then(pl.lit("not_assessable:method_break"))
            .otherwise("reason"),
        )
        .drop("row")
    )


def _unreliable_points(points: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """row, unreliable: the periods of each row's series, from its baseline on, whose figure is unreliable."""
    bad = points.filter(pl.col("value").is_not_null(), pl.col("reliability") == "unreliable").select(
        *SUBJECT, "line", "period_start", period=period_text(pl.col("period_start"), pl.col("period_end"))
    )
    return (
        rows.select("row", "baseline_start", *SUBJECT, "line")
        .join(bad, on=[*SUBJECT, "line"])
        .filter(pl.col("period_start") >= pl.col("baseline_start"))
        .sort("row", "period_start")
        .group_by("row", maintain_order=True)
        .agg(unreliable=pl.col("period"))
    )


def _projected(points: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with paces and projection, and why there is none."""
    found = projections(points, rows.rename({"reason": "why"}), by=[*SUBJECT, "line"])
    refused = pl.col("status") == "not_assessable"
    return (
        found.rename({"reason": "projection_reason", "why": "reason"})
        .with_columns(
            pl.when(~refused).then(name).alias(name)
            for name in (
                "pace_observed",
                "pace_ratio",
                "projection",
                "projection_low",
                "projection_high",
                "probability_met",
            )
        )
        .with_columns(projection_reason=pl.when(refused).then("reason").otherwise("projection_reason"))
    )


def _refused_by_cards(rows: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """What a card or an indicator forbids is not said, whatever the numbers."""
    neutral = [name for name, each in catalog.indicators.items() if each.indicator.direction == "none"]
    forbidden = pl.coalesce(
        no_trend(catalog),
        pl.when(pl.col("indicator_id").is_in(neutral)).then(pl.lit("not_assessable:no_direction")),
    )
    said = (
        "percent_achieved", "percent_low", "percent_high", "percent_of_baseline", "pace_required",
        "pace_observed", "pace_ratio", "change_exceeds_noise", "projection", "projection_low",
        "projection_high", "probability_met",
    )  # fmt: skip
    return (
        rows.with_columns(forbidden=forbidden)
        .with_columns(pl.when(pl.col("forbidden").is_null()).then(name).alias(name) for name in said)
        .with_columns(
            status=pl.when(pl.col("forbidden").is_null()).then("status").otherwise(pl.lit("not_assessable")),
            reason=pl.coalesce("forbidden", "reason"),
            projection_reason=pl.coalesce("forbidden", "projection_reason"),
        )
    )


def _quoted(rows: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """The columns of the table, with what may be quoted: a status, never a row without one."""
    own = pl.col("baseline_kind") == OWN_FIRST
    assessed = pl.col("status") != "not_assessable"
    noise = pl.col("change_exceeds_noise").is_null()
    deaths = pl.col("indicator_id").is_in(catalog.of_deaths)
    crossed = deaths & touches_pandemic(pl.col("baseline_start"), pl.col("latest_end"))
    named = rows.with_columns(
        baseline_value="baseline",
        baseline_se="se_baseline",
        latest_value=pl.coalesce("latest", "last"),
        latest_se=pl.when(pl.col("latest").is_not_null()).then("se_latest").otherwise("last_se"),
        target_value="target",
        population_group=pl.lit("all"),
        indicative=pl.col("indicative").fill_null(False),
        periods="periods",
        reliability=pl.when(~assessed)
        .then(pl.lit("withheld"))
        .when(own | noise)
        .then(pl.lit("caution"))
        .otherwise(pl.lit("good")),
        quoted=pl.when(assessed).then(pl.col("latest")),
        se=pl.when(~noise).then("se_latest"),
        ci_low=pl.lit(None, pl.Float64),
        ci_high=pl.lit(None, pl.Float64),
        cautions=sentences(
            pl.when(own & (pl.col("target_id") != NONE))
            .then(pl.lit(REBASED))
            .when(own)
            .then(pl.lit(TO_ITSELF)),
            pl.when(noise).then(pl.lit("Without standard errors a change of ten percent counts as one.")),
            pl.when(pl.col("indicative")).then(pl.lit(FEW)),
        ),
    )
    across = pl.when(crossed).then(pl.lit(ACROSS_THE_PANDEMIC))
    named_points = pl.when(pl.col("reason").str.starts_with("not_assessable:unreliable")).then(
        pl.format("Unreliable: {}.", pl.col("unreliable").list.join(", "))
    )
    return with_quotability(named, "quoted", catalog, unit="", pandemic=across).with_columns(
        caveat=sentences(pl.col("caveat"), named_points)
    )


def _years(period: str | None) -> tuple[int | None, int | None]:
    """First and last year of a period as targets write it: 2010, or 2010-2015."""
    if period is None:
        return None, None
    first, _, last = period.partition("-")
    return int(first), int(last or first)
