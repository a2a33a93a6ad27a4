"""`indicators.life_expectancy`: life expectancy of every place, by source, period and method.

Published figures as printed; tracts pooled into neighborhoods, ZIP codes, counties and footprints; and,
where a series exists only for the parts of a footprint, their weighted mean, always unreliable. What is
impossible is withheld, never capped.
"""

from collections.abc import Callable

import polars as pl

from assets.indicators.absent import absent, bundled_sources
from assets.indicators.coverage import tract_coverage
from assets.indicators.pooled_life_table import tract_shares
from assets.table import table
from assets.warehouse.identifiers import NATION
from lifegap.catalog.cards import Vintage
from lifegap.catalog.catalog import Catalog
from lifegap.methods import intervals
from lifegap.methods.pooling import weighted_mean, weighted_mean_se
from lifegap.methods.reliability import reliability_of_years
from lifegap.store.warehouse import Relation, Warehouse

INDICATOR = "life_expectancy"
CENSUS_YEAR = 2010
"""Year of the counts that weight the parts of a footprint."""

PLAUSIBLE = {
    "groups": (50.0, 95.0), "small": (50.0, 100.0), "large": (60.0, 92.0), "nation": (25.0, 92.0),
}  # fmt: skip
"""Life expectancy at birth, in years: population groups; tracts and neighborhoods; counties and states; the
nation, whose series begins in 1900 and falls to 29 years for Black men in 1904."""

SMALL = ("tract2010", "tract2020", "neighborhood", "zip", "zcta2010", "zcta2020", "district")
UNCERTAIN_GROUPS = ("race:american_indian_alaska_native", "race:two_or_more")

STATIONARY = (
    "Tracts are weighted by the age structure of their own life tables, which is wrong where students, care "
    "homes or newcomers live."
)
WITHHELD_COVERAGE, CAUTION_COVERAGE = 0.5, 0.8
MOST_PREDICTED = 0.25

NOTES = {
    "chicago_life_expectancy": "Period as printed; press reports of 2015 say that 2010 rests on deaths "
    "of 2009 and 2010.",
}
KEYS = ["place_id", "period_start", "period_end", "source_id", "vintage", "population_group"]
COLUMNS = (
    *KEYS, "method", "estimate", "se", "ci_low", "ci_high", "reliability", "reason", "modelled",
    "cautions", "note",
)  # fmt: skip


@table(
    "indicators.life_expectancy",
    observation="warehouse.observation",
    pooled="indicators.pooled_life_table",
    crosswalk="warehouse.crosswalk",
    place="warehouse.place",
    life_table="warehouse.life_table",
    of_deaths="indicators.life_table_of_deaths",
)
def life_expectancy(
    observation: Relation,
    pooled: pl.DataFrame,
    crosswalk: pl.DataFrame,
    place: pl.DataFrame,
    life_table: Relation,
    of_deaths: pl.DataFrame,
    catalog: Catalog,
    warehouse: Warehouse,
) -> pl.DataFrame:
    """All estimates, each with its reliability and what a reader must know."""
    covered = tract_coverage(crosswalk, place, life_table, observation)
    published = _published(observation, catalog)
    known = pl.concat(
        [
            published,
            _pooled(pooled, covered),
            _footprint_means(published, crosswalk, place),
            _of_deaths(of_deaths),
        ]
    )
    return pl.concat([known, _absent(known, catalog, warehouse)], how="diagonal").select(COLUMNS)


def _absent(known: pl.DataFrame, catalog: Catalog, warehouse: Warehouse) -> pl.DataFrame:
    """Places of coalitions that a series lacks; of two methods for their kind, by the better."""
    everybody = known.filter(pl.col("population_group") == "all")
    methods = everybody.select(*KEYS[1:], "method").unique().sort("method").unique(KEYS[1:], keep="first")
    return (
        absent(everybody, KEYS[1:], catalog, bundled_sources(catalog, warehouse))
        .join(methods, on=KEYS[1:])
        .with_columns(reliability=pl.lit("withheld"), modelled=pl.lit(False))
    )


def _published(observation: Relation, catalog: Catalog) -> pl.DataFrame:
    """Figures as printed, withheld where implausible."""
    measures = catalog.indicators[INDICATOR].indicator.measures
    listed = ", ".join(f"'{measure}'" for measure in measures)
    frame = observation.filter(f"measure IN ({listed})").pl()
    impossible = _implausible(pl.col("place_id"), pl.col("population_group"), pl.col("estimate"))
    modelled = [card.id for card in catalog.cards.values() if card.modelled]
    inconsistent = pl.col("flags") == "inconsistent_interval"
    figures = ("estimate", "se", "ci_low", "ci_high")
    return (
        frame.with_columns(impossible=impossible.fill_null(False))
        .with_columns(pl.when(~pl.col("impossible")).then(name).alias(name) for name in figures)
        .with_columns(
            reliability=pl.when(pl.col("estimate").is_null())
            .then(pl.lit("withheld"))
            .when(inconsistent)
            .then(pl.lit("unreliable"))
            .otherwise(reliability_of_years(pl.col("se"))),
        )
        .with_columns(
            method=pl.lit("published"),
            reason=pl.when("impossible")
            .then(pl.lit("withheld:implausible"))
            .when(pl.col("estimate").is_null())
            .then("reason")
            .when(inconsistent)
            .then(pl.lit("unreliable:inconsistent_interval"))
            .when(pl.col("se").is_null())
            .then(pl.lit("not_published:standard_error"))
            .when(pl.col("reliability") == "unreliable")
            .then(pl.lit("unreliable:wide_interval")),
            modelled=pl.col("source_id").is_in(modelled),
            cautions=sentences(
                pl.when(pl.col("population_group").is_in(UNCERTAIN_GROUPS)).then(
                    pl.lit("Deaths and people of this group are classified differently.")
                ),
                pl.when(pl.col("flags") == "predicted").then(
                    pl.lit("The tract's table is predicted by a model, not observed.")
                ),
                pl.when(of_editions(catalog, lambda edition: edition.period_inferred)).then(
                    pl.lit(
                        "The years of data are inferred from earlier releases, not stated by the publisher."
                    )
                ),
            ),
            note=pl.coalesce(
                "note",
                pl.col("source_id").replace_strict(NOTES, default=None, return_dtype=pl.String),
                _vintage_note(catalog),
            ),
        )
        .select(COLUMNS)
    )


def _implausible(place_id: pl.Expr, group: pl.Expr, estimate: pl.Expr) -> pl.Expr:
    small = place_id.str.extract(r"^(\w+):").is_in(SMALL)
    return (
        pl.when(place_id == NATION)
        .then(~estimate.is_between(*PLAUSIBLE["nation"]))
        .when(group != "all")
        .then(~estimate.is_between(*PLAUSIBLE["groups"]))
        .when(small)
        .then(~estimate.is_between(*PLAUSIBLE["small"]))
        .otherwise(~estimate.is_between(*PLAUSIBLE["large"]))
    )


def of_editions(catalog: Catalog, holds: Callable[[Vintage], bool]) -> pl.Expr:
    """Whether a figure is of an edition for which `holds` is true."""
    those = [
        f"{card.id} {vintage.id}"
        for card in catalog.cards.values()
        for vintage in card.vintage
        if holds(vintage)
    ]
    return pl.format("{} {}", "source_id", "vintage").is_in(those)


def _vintage_note(catalog: Catalog) -> pl.Expr:
    """What the card says of the vintage."""
    notes = {
        f"{card.id} {vintage.id}": vintage.note
        for card in catalog.cards.values()
        for vintage in card.vintage
        if vintage.note is not None
    }
    return pl.format("{} {}", "source_id", "vintage").replace_strict(
        notes, default=None, return_dtype=pl.String
    )


def _pooled(pooled: pl.DataFrame, covered: pl.DataFrame) -> pl.DataFrame:
    """Pooled tables at birth, with the coverage behind them."""
    share = pl.col("population_share")
    low = share < WITHHELD_COVERAGE
    partial = share < CAUTION_COVERAGE
    predicted = pl.col("predicted_share") > MOST_PREDICTED
    stationary = pl.col("method") == "pooled_b"
    empty = pl.col("ex").is_null()
    kept = ~low & ~empty
    return (
        pooled.filter(pl.col("age_start") == 0, pl.col("less_place_id") == "")
        .join(covered, on=["place_id", "source_id", "vintage"])
        .with_columns(
            estimate=pl.when(kept).then("ex"),
            se=pl.when(kept).then("se"),
            reliability=pl.when(~kept)
            .then(pl.lit("withheld"))
            .otherwise(at_best_caution(reliability_of_years(pl.col("se")), partial | stationary)),
        )
        .with_columns(
            ci_low=intervals.ci_low(pl.col("estimate"), pl.col("se")),
            ci_high=intervals.ci_high(pl.col("estimate"), pl.col("se")),
            reason=pl.when(low)
            .then(pl.lit("withheld:coverage"))
            .when(empty)
            .then(pl.lit("not_computable:empty_age_band"))
            .when(pl.col("reliability") == "unreliable")
            .then(pl.lit("unreliable:wide_interval")),
            modelled=pl.lit(True),
            cautions=sentences(
                pl.when(partial).then(
                    pl.format(
                        "{} percent of the people live in tracts with a life table; without one: {}.",
                        (100 * share).round(1),
                        pl.col("missing").str.replace_all(r", [^;]*", ""),
                    )
                ),
                pl.when(stationary).then(pl.lit(STATIONARY)),
                pl.when(predicted).then(
                    pl.format(
                        "{} percent of the people live in tracts whose table is predicted by a model, "
                        "so the interval is a lower bound.",
                        (100 * pl.col("predicted_share")).round(0).cast(pl.Int64),
                    )
                ),
                pl.when(pl.col("se_shares") > 0).then(
                    pl.lit(
                        "Tracts on the border are divided by surface; the interval allows for people who "
                        "live elsewhere in them."
                    )
                ),
            ),
            note=pl.format(
                "{} of {} tracts, {} percent of the people.",
                "units_with_value",
                "units",
                (100 * share).round(1),
            ),
        )
        .select(COLUMNS)
    )


def _of_deaths(tables: pl.DataFrame) -> pl.DataFrame:
    """Tables made from deaths at birth."""
    made = {"estimate": pl.col("ex"), "method": pl.lit("life_table"), "modelled": pl.lit(False)}
    return tables.filter(pl.col("age_start") == 0).with_columns(**made).select(COLUMNS)


def _footprint_means(published: pl.DataFrame, crosswalk: pl.DataFrame, place: pl.DataFrame) -> pl.DataFrame:
    """Weighted means of a footprint's members, by series and period.

    Weights are the members' people in 2010: for later periods nothing better is here, for earlier
    ones there is nothing at all.
    """
    weights = member_weights(crosswalk, place)
    series = [*KEYS[1:]]
    rows = (
        published.filter(pl.col("method") == "published", pl.col("source_id") != "chicago_reported")
        .join(weights, left_on="place_id", right_on="member")
        .sort("footprint", *series, "place_id")
        .group_by("footprint", *series, maintain_order=True)
        .agg(
            estimate=weighted_mean(pl.col("estimate"), pl.col("people")),
            se=weighted_mean_se(pl.col("estimate"), pl.col("se"), pl.col("people")),
            share=pl.col("people").filter(pl.col("estimate").is_not_null()).sum()
            / pl.col("of_footprint").first(),
        )
        .rename({"footprint": "place_id"})
    )
    weighted = pl.col("period_end") >= CENSUS_YEAR
    covered = pl.col("share") >= WITHHELD_COVERAGE
    kept = weighted & covered
    return (
        rows.with_columns(estimate=pl.when(kept).then("estimate"), se=pl.when(kept).then("se"))
        .with_columns(
            method=pl.lit("weighted_mean"),
            ci_low=intervals.ci_low(pl.col("estimate"), pl.col("se")),
            ci_high=intervals.ci_high(pl.col("estimate"), pl.col("se")),
            reliability=pl.when(kept).then(pl.lit("unreliable")).otherwise(pl.lit("withheld")),
            reason=pl.when(~weighted)
            .then(pl.lit("not_computable:no_weights"))
            .when(~covered)
            .then(pl.lit("withheld:coverage"))
            .otherwise(pl.lit("unreliable:weighted_mean")),
            modelled=pl.lit(False),
            cautions=pl.when(kept).then(
                pl.lit(
                    "A mean of the parts by their people of 2010, not the life expectancy of the people "
                    "together; it tends to be too high."
                )
            ),
            note=pl.lit(None, pl.String),
        )
        .select(COLUMNS)
    )


def member_weights(crosswalk: pl.DataFrame, place: pl.DataFrame) -> pl.DataFrame:
    """footprint, member, people: members that are made of tracts, with their people of 2010."""
    counts = (
        tract_shares(crosswalk, place)
        .group_by("place_id", maintain_order=True)
        .agg(people=(pl.col("population") * pl.col("weight")).sum())
    )
    return (
        crosswalk.filter(
            pl.col("partition").str.starts_with("footprint:"),
            ~pl.col("from_place_id").str.contains(r"^(tract|block_group)"),
        )
        .select(footprint="to_place_id", member="from_place_id")
        .join(counts, left_on="member", right_on="place_id")
        .sort("footprint", "member")
        .with_columns(of_footprint=pl.col("people").sum().over("footprint"))
    )


def at_best_caution(reliability: pl.Expr, where: pl.Expr) -> pl.Expr:
    """The reliability, lowered from good to caution where the condition holds."""
    return (
        pl.when(where.fill_null(False) & (reliability == "good"))
        .then(pl.lit("caution"))
        .otherwise(reliability)
    )


def period_text(start: pl.Expr, end: pl.Expr) -> pl.Expr:
    """A period as targets and pages write it: 2010, or 2010-2015."""
    return pl.when(start == end).then(end.cast(pl.String)).otherwise(pl.format("{}-{}", start, end))


def sentences(*parts: pl.Expr) -> pl.Expr:
    """The sentences that apply, joined; null where none does."""
    joined = pl.concat_str(parts, separator=" ", ignore_nulls=True)
    return pl.when(joined != "").then(joined)
