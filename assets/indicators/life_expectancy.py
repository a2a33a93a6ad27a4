"""`indicators.life_expectancy`: life expectancy of every place, by source, period and method.

Published figures as printed; tracts pooled into neighborhoods, ZIP codes, counties and footprints; and,
where a series exists only for the parts of a footprint, their weighted mean, always unreliable. What no
population can have is withheld, never capped; what is only rare is shown and says so.
"""

import polars as pl

from assets.concepts import LIFE_EXPECTANCY
from assets.editions import UNCERTAIN_GROUPS, bundled_sources, is_of_edition
from assets.indicators.absent import absent
from assets.indicators.coverage import tract_coverage
from assets.indicators.footprint_mean import footprint_means
from assets.indicators.without_error import as_sure_as_the_nearest_edition
from assets.table import table
from assets.units import FOR_FIGURES, shares_of
from assets.wording import sentences
from lifegap.catalog.catalog import Catalog
from lifegap.methods.surveys import intervals
from lifegap.methods.surveys.plausibility import is_beyond_belief, unusual
from lifegap.methods.surveys.reliability import at_best_caution, reliability_of_years
from lifegap.store.warehouse import Relation, Warehouse

SMALL = ("tract2010", "tract2020", "neighborhood", "zip", "zcta2010", "zcta2020", "district")

STATIONARY = (
    "Tracts are weighted by the age structure of their own life tables, which is wrong where students, care "
    "homes or newcomers live."
)
WITHHELD_COVERAGE, CAUTION_COVERAGE = 0.5, 0.8
MOST_PREDICTED = 0.25
KEYS = ["place_id", "period_start", "period_end", "source_id", "vintage", "population_group"]
COLUMNS = (
    *KEYS, "method", "estimate", "se", "ci_low", "ci_high", "reliability", "reason", "modeled",
    "unmeasured", "cautions", "note",
)  # fmt: skip


@table(
    "indicators.life_expectancy",
    observation="warehouse.observation",
    pooled="indicators.pooled_life_table",
    crosswalk="warehouse.crosswalk",
    partition="warehouse.partition",
    place="warehouse.place",
    life_table="warehouse.life_table",
    of_deaths="indicators.life_table_of_deaths",
)
def life_expectancy(
    observation: Relation,
    pooled: pl.DataFrame,
    crosswalk: pl.DataFrame,
    partition: pl.DataFrame,
    place: pl.DataFrame,
    life_table: Relation,
    of_deaths: pl.DataFrame,
    catalog: Catalog,
    warehouse: Warehouse,
) -> pl.DataFrame:
    """All estimates, each with its reliability and what a reader must know."""
    shares = shares_of(crosswalk, partition, FOR_FIGURES)
    covered = tract_coverage(shares, place, life_table, observation)
    published = published_figures(observation, catalog)
    known = pl.concat(
        [
            published,
            _pooled(pooled, covered),
            footprint_means(published, shares, place, catalog).select(COLUMNS),
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
        .with_columns(reliability=pl.lit("withheld"), modeled=pl.lit(False), unmeasured=pl.lit(False))
    )


def published_figures(observation: Relation, catalog: Catalog) -> pl.DataFrame:
    """Figures as printed; withheld where no population can have them, marked where they are rare."""
    frame = observation.filter(f"concept = '{LIFE_EXPECTANCY}'").pl()
    modeled = [card.id for card in catalog.cards.values() if card.modeled]
    inconsistent = pl.col("flags") == "inconsistent_interval"
    predicted = pl.col("flags") == "predicted"
    figures = ("estimate", "se", "ci_low", "ci_high")
    return (
        frame.with_columns(
            impossible=is_beyond_belief(
                pl.col("estimate"), pl.col("ci_low").is_not_null(), pl.col("period_end")
            )
        )
        .with_columns(pl.when(~pl.col("impossible")).then(name).alias(name) for name in figures)
        .with_columns(rare=unusual(pl.col("estimate"), _of_few(), pl.col("period_end")))
        .with_columns(
            reliability=pl.when(pl.col("estimate").is_null())
            .then(pl.lit("withheld"))
            .when(inconsistent)
            .then(pl.lit("unreliable"))
            .otherwise(
                at_best_caution(reliability_of_years(pl.col("se")), predicted | pl.col("rare").is_not_null())
            ),
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
            modeled=pl.col("source_id").is_in(modeled),
            cautions=_cautions(predicted, catalog),
            note=pl.coalesce("note", _vintage_note(catalog)),
        )
        .pipe(
            as_sure_as_the_nearest_edition,
            "estimate",
            ["place_id", "source_id", "population_group"],
            catalog,
        )
        .select(COLUMNS)
    )


def _cautions(predicted: pl.Expr, catalog: Catalog) -> pl.Expr:
    """What a reader must know of a printed figure."""
    return sentences(
        pl.col("rare"),
        pl.when(pl.col("population_group").str.contains(UNCERTAIN_GROUPS)).then(
            pl.lit("Deaths and people of this group are classified differently.")
        ),
        pl.when(predicted).then(
            pl.lit("The tract's table is predicted by a model, not observed; the interval is a lower bound.")
        ),
        pl.when(is_of_edition(catalog, lambda edition: edition.period_inferred)).then(
            pl.lit("The years of data are inferred from earlier releases, not stated by the publisher.")
        ),
    )


def _of_few() -> pl.Expr:
    """Whether a figure is of a population group or of a small area."""
    small = pl.col("place_id").str.extract(r"^(\w+):").is_in(SMALL)
    return (pl.col("population_group") != "all") | small


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
            .otherwise(at_best_caution(reliability_of_years(pl.col("se")), partial | stationary | predicted)),
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
            modeled=pl.lit(True),
            unmeasured=pl.lit(False),
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
    made = {"estimate": pl.col("ex"), "method": pl.lit("life_table")}
    known = {"modeled": pl.lit(False), "unmeasured": pl.lit(False)}
    return tables.filter(pl.col("age_start") == 0).with_columns(**made, **known).select(COLUMNS)
