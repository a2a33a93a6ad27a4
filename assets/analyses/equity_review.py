"""`published.equity_review`: who gained between the first and the latest period of a series, and who did not.

A series is one source, one method, one group of people and one pair of places, as for `progress`: windows
that share years are never compared, editions of a life expectancy are never joined, and what a card, an
indicator or a change of units forbids is not told.
"""

import polars as pl

from assets.analyses.progress_points import no_trend, points_of_indicators
from assets.analyses.review_sentences import finding
from assets.indicators.life_expectancy_gap import PAIR
from assets.quotable import with_quotability
from assets.table import table
from assets.wording import ACROSS_THE_PANDEMIC, period_text, sentences, touches_pandemic
from lifegap.catalog.catalog import Catalog
from lifegap.catalog.tables import declared_tables
from lifegap.methods.disparity.equity_review import reviewed
from lifegap.methods.standing.progress import endpoints
from lifegap.methods.surveys.intervals import Z95
from lifegap.methods.surveys.reliability import worse
from lifegap.store.warehouse import Relation, Warehouse

LIFE_EXPECTANCY = "life_expectancy"
SERIES = [*PAIR, "indicator_id", "source_id", "method", "population_group", "line"]
NOT_A_QUANTITY = ("rank", "z-score", "score", "percentile")
NESTED = "The place is part of its reference; the gap's change is taken as if it were not."


@table(
    "published.equity_review",
    estimate="indicators.life_expectancy",
    gap="indicators.life_expectancy_gap",
    value="indicators.indicator_value",
    crosswalk="warehouse.crosswalk",
    place="warehouse.place",
)
def equity_review(
    estimate: pl.DataFrame,
    gap: pl.DataFrame,
    value: Relation,
    crosswalk: Relation,
    place: pl.DataFrame,
    catalog: Catalog,
    warehouse: Warehouse,
) -> pl.DataFrame:
    """One row per comparison, indicator, group and series that has two periods without a common year."""
    values = points_of_indicators(value, crosswalk, catalog, warehouse)
    points = pl.concat([_of_indicators(values, catalog), _of_lives(gap, estimate)], how="diagonal_relaxed")
    declared = {name: each.indicator for name, each in catalog.indicators.items()}
    better = {name: each.direction for name, each in declared.items()}
    rows = (
        _two_periods(points)
        .with_columns(better=pl.col("indicator_id").replace_strict(better, return_dtype=pl.String))
        .pipe(reviewed)
        .with_columns(reason=pl.coalesce(no_trend(catalog), _no_comparison(catalog), _unsure()))
        .join(place.select("place_id", county="county_fips"), on="place_id", how="left")
    )
    graded = rows.pipe(_graded).pipe(_quoted, catalog).pipe(finding, place, catalog)
    return graded.select(column.name for column in declared_tables()["published.equity_review"].columns)


def _graded(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows without the numbers of what is refused, and with how sure the others are."""
    refused = pl.col("reason").is_not_null()
    numbers = (
        "level_change", "level_change_low", "level_change_high", "level_verdict", "gap_change",
        "gap_change_low", "gap_change_high", "gap_verdict",
    )  # fmt: skip
    nested = pl.col("reference_place_id") == pl.concat_str(pl.lit("county:"), pl.col("county"))
    first, latest = pl.col("cautions_from"), pl.col("cautions_to")
    return rows.with_columns(pl.when(~refused).then(name).alias(name) for name in numbers).with_columns(
        reason=pl.coalesce(
            "reason",
            pl.when(pl.col("level_change_low").is_null()).then(pl.lit("not_published:standard_error")),
        ),
        reliability=pl.when(refused)
        .then(pl.lit("withheld"))
        .otherwise(worse(pl.col("reliability_from"), pl.col("reliability_to"))),
        unmeasured=pl.col("unmeasured_from") | pl.col("unmeasured_to"),
        se=(pl.col("gap_change_high") - pl.col("gap_change_low")) / (2 * Z95),
        ci_low="gap_change_low",
        ci_high="gap_change_high",
        cautions=sentences(
            pl.when(nested).then(pl.lit(NESTED)), first, pl.when(latest.ne_missing(first)).then(latest)
        ),
    )


def _quoted(rows: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """The rows with what may be quoted, by the one rule of all figures."""
    modeled = [card.id for card in catalog.cards.values() if card.modeled]
    of_deaths = pl.col("indicator_id").is_in([*catalog.of_deaths, LIFE_EXPECTANCY])
    crossed = of_deaths & touches_pandemic(pl.col("start_from"), pl.col("end_to"))
    return with_quotability(
        rows,
        "gap_change",
        catalog,
        unit=" for the change of the gap,",
        modeled=pl.col("source_id").is_in(modeled),
        pandemic=pl.when(crossed).then(pl.lit(ACROSS_THE_PANDEMIC)),
    )


def _of_indicators(values: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """Both sides of every comparison, of one edition, as points of a series."""
    pairs = pl.DataFrame(catalog.comparisons, schema=PAIR, orient="row")
    same = [
        "coalition_id", "indicator_id", "source_id", "vintage", "period_start", "period_end",
        "population_group", "line",
    ]  # fmt: skip
    # A reference that is one unit is published, one made of units is summed; a source never gives both.
    reference = values.drop("method", "reference_place_id").rename({"place_id": "reference_place_id"})
    return (
        pairs.join(values.drop("reference_place_id"), on=["coalition_id", "place_id"])
        .join(reference, on=["reference_place_id", *same], suffix="_reference")
        .with_columns(
            gap=pl.col("value_reference") - pl.col("value"),
            gap_se=(pl.col("se") ** 2 + pl.col("se_reference") ** 2).sqrt(),
            reliability=worse(pl.col("reliability"), pl.col("reliability_reference")),
            unmeasured=pl.col("unmeasured") | pl.col("unmeasured_reference"),
            cautions=sentences(
                pl.col("cautions"),
                pl.when(pl.col("cautions_reference").ne_missing(pl.col("cautions"))).then(
                    pl.format("The reference: {}", "cautions_reference")
                ),
            ),
            # Places of units that were drawn anew, and taken by another list, are another series.
            line=(pl.col("units") | pl.col("units_reference")).cast(pl.String),
        )
    )


def _of_lives(gap: pl.DataFrame, estimate: pl.DataFrame) -> pl.DataFrame:
    """Gaps of life expectancy of one group on both sides; each edition is a series of its own."""
    figure = [
        "place_id", "source_id", "vintage", "period_start", "period_end", "population_group", "method",
    ]  # fmt: skip
    same_group = pl.col("reference_group") == pl.col("population_group")
    return (
        gap.filter(same_group, pl.col("gap").is_not_null())
        .select(
            *PAIR, *figure[1:], "gap", "reliability", "unmeasured", "cautions", value="place_estimate",
            gap_se="se", line="vintage", indicator_id=pl.lit(LIFE_EXPECTANCY),
        )
        .join(estimate.select(*figure, "se"), on=figure, how="left")
    )  # fmt: skip


def _two_periods(points: pl.DataFrame) -> pl.DataFrame:
    """The first and the latest period of each series, the latest wholly after the first."""
    first = (
        points.sort("period_end", "period_start")
        .group_by(SERIES, maintain_order=True)
        .agg(baseline_start=pl.col("period_start").first(), baseline_end=pl.col("period_end").first())
    )
    ends = endpoints(points, first, by=SERIES).filter(
        pl.col("latest").is_not_null(), pl.col("reason").is_null()
    )
    facts = ["vintage", "value", "se", "gap", "gap_se", "reliability", "unmeasured", "cautions"]
    rows = ends.select(
        *SERIES, start_from="baseline_start", end_from="baseline_end", start_to="latest_start",
        end_to="latest_end",
    )  # fmt: skip
    for when in ("from", "to"):
        known = points.select(
            *SERIES,
            *(pl.col(name).alias(f"{name}_{when}") for name in facts),
            pl.col("period_start").alias(f"start_{when}"),
            pl.col("period_end").alias(f"end_{when}"),
        )
        rows = rows.join(known, on=[*SERIES, f"start_{when}", f"end_{when}"])
    return rows.with_columns(
        period_from=period_text(pl.col("start_from"), pl.col("end_from")),
        period_to=period_text(pl.col("start_to"), pl.col("end_to")),
        vintage=pl.col("vintage_to"),
    )


def _no_comparison(catalog: Catalog) -> pl.Expr:
    """Why two places may not be set against each other; null where they may."""
    forbidden = [card.id for card in catalog.cards.values() if not card.fitness["compare_places"].allowed]
    ordered = [name for name, found in catalog.indicators.items() if found.indicator.unit in NOT_A_QUANTITY]
    return (
        pl.when(pl.col("source_id").is_in(forbidden))
        .then(pl.lit("not_assessable:source_forbids_comparison"))
        .when(pl.col("indicator_id").is_in(ordered))
        .then(pl.lit("not_assessable:not_a_quantity"))
    )


def _unsure() -> pl.Expr:
    """Why the two periods of a series are no change; null where they are."""
    return (
        pl.when(pl.col("reliability_from") == "unreliable")
        .then(pl.lit("not_assessable:unreliable_baseline"))
        .when(pl.col("reliability_to") == "unreliable")
        .then(pl.lit("not_assessable:unreliable_latest"))
    )
