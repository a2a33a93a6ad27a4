"""`published.inequality`: how unequal life expectancy is across the places of a set.

Across places as such, each weighted by its people, and across places ranked from the lowest income or the
highest hardship. Of periods that share years only the latest is measured. A place counts where its figure
has a standard error, if any of the series has one, and is left out and counted where it has no figure or no
people: up to one in twenty of the people of the set, or of its places where their people are not known. Where
more are missing the measures are withheld, or those that weigh by people are. A series of which fewer than
half of the places have a figure is left out.
"""

import polars as pl

from assets.analyses.comparison_sets import PEOPLE_OF_COUNTIES, comparison_sets
from assets.indicators.life_expectancy import STATIONARY
from assets.quotable import caveat_of_source
from assets.table import table
from assets.units import FOR_FIGURES, shares_of, tract_shares
from assets.wording import sentences
from lifegap.catalog.catalog import Catalog
from lifegap.methods.disparity.inequality import MEASURES, RANKED, measures
from lifegap.methods.disparity.inequality_groups import NO_REFERENCE
from lifegap.methods.seeds import SEED
from lifegap.store.warehouse import Relation

INDICATOR = "life_expectancy"
SERIES = ["source_id", "vintage", "period_start", "period_end", "population_group", "method"]
LEAST_PLACES, LEAST_SHARE = 5, 0.5
OF_PLACES = tuple(name for name in MEASURES if name not in RANKED)
OF_RANKED_PLACES = ("d", "r", "aci", "rci", "sii", "rii", "par", "paf")
MOST_LEFT_OUT = 0.05
FEWEST_DRAWS = 2
"""Draws of what is withheld all the same: the nation's counties drawn ten thousand times take seconds."""

PLACES_MISSING = "withheld:places_missing"
UNWEIGHTED = "none: the people of most places are not in this release"
RANKED_BY = {
    "income": ("median_household_income", "lowest first"),
    "hardship": ("hardship_index", "highest first"),
}
KEY = ["comparison_set", "dimension", *SERIES]
COLUMNS = (
    "comparison_set", "dimension", "measure", "indicator_id", *SERIES, "value", "se", "ci_low", "ci_high",
    "null_95", "places", "places_left_out", "weighting", "ordering", "reason", "note", "caveat", "seed",
)  # fmt: skip


@table("published.comparison_set", place="warehouse.place")
def comparison_set(place: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """The sets, place by place."""
    return comparison_sets(place, catalog).select("comparison_set", "place_id", "title")


@table(
    "published.inequality",
    estimate="indicators.life_expectancy",
    value="indicators.indicator_value",
    place="warehouse.place",
    crosswalk="warehouse.crosswalk",
    partition="warehouse.partition",
    observation="warehouse.observation",
)
def inequality(
    estimate: pl.DataFrame,
    value: Relation,
    place: pl.DataFrame,
    crosswalk: pl.DataFrame,
    partition: pl.DataFrame,
    observation: Relation,
    catalog: Catalog,
) -> pl.DataFrame:
    """One row per set, dimension, series and measure."""
    sets = comparison_sets(place, catalog)
    people = _people(shares_of(crosswalk, partition, FOR_FIGURES), place, observation)
    rows = across_places(estimate, sets, people, place.select("place_id", "population"))
    rows = rows.with_columns(reference=_reference(catalog, ["comparison_set", *SERIES]))
    ranked = pl.concat([_ranked(rows, value, dimension) for dimension in RANKED_BY])
    told = pl.concat([rows, ranked], how="diagonal").pipe(left_out)
    too_many = pl.col("share_left_out") > MOST_LEFT_OUT
    withheld = told.filter(too_many)
    found = pl.concat(
        [
            _measured(rows.drop(OF_SET), withheld, OF_PLACES),
            _measured(ranked.drop(*OF_SET, "reference"), withheld, OF_RANKED_PLACES),
        ]
    )
    return (
        found.filter(pl.col("reason").is_null() | (pl.col("reason") != NO_REFERENCE))
        .drop("left_out")
        .join(told, on=KEY)
        .with_columns(
            *(
                pl.when(~too_many).then(name).alias(name)
                for name in ("value", "se", "ci_low", "ci_high", "null_95", "note")
            ),
            reason=pl.when(too_many).then(pl.lit(PLACES_MISSING)).otherwise("reason"),
        )
        .with_columns(
            indicator_id=pl.lit(INDICATOR),
            places="groups",
            places_left_out="left_out",
            caveat=sentences(
                pl.when(pl.col("method") == "pooled_b").then(pl.lit(STATIONARY)), caveat_of_source(catalog)
            ),
            seed=pl.lit(SEED, pl.Int32),
        )
        .select(COLUMNS)
    )


def _measured(rows: pl.DataFrame, withheld: pl.DataFrame, wanted: tuple[str, ...]) -> pl.DataFrame:
    """The measures of each set; of those that are withheld only which there are, and of how many places."""
    shown = measures(rows.join(withheld, on=KEY, how="anti"), KEY, seed=SEED, wanted=wanted)
    hidden = rows.join(withheld, on=KEY, how="semi")
    return pl.concat([shown, measures(hidden, KEY, seed=SEED, draws=FEWEST_DRAWS, wanted=wanted)])


def _reference(catalog: Catalog, series: list[str]) -> pl.Expr:
    """1 for the place that coalitions named as the reference beforehand, in sets with one such place.

    The counties of a state and of the nation are everybody's: what one coalition names is no reference there,
    so that another coalition changes no figure of them.
    """
    names = {each for coalition in catalog.coalitions.values() for each in coalition.reference_ids}
    of_all = pl.col("comparison_set").str.starts_with("county/")
    named = pl.col("place_id").is_in(sorted(names)) & ~of_all
    return (named & (named.sum().over(series) == 1)).cast(pl.Int8)


OF_SET = ("of_set", "people_of_set", "people_counted")
"""Places and people of the set, and the people of the place."""


def left_out(rows: pl.DataFrame) -> pl.DataFrame:
    """KEY, weighting, ordering, left_out (places of the set without a row) and their share of its people."""
    everybody = pl.col("people_of_set").first()
    return rows.group_by(KEY, maintain_order=True).agg(
        pl.col("weighting", "ordering").first(),
        left_out=pl.col("of_set").first() - pl.len(),
        share_left_out=(everybody - pl.col("people_counted").sum()) / everybody,
    )


def across_places(
    estimate: pl.DataFrame, sets: pl.DataFrame, people: pl.DataFrame, population: pl.DataFrame
) -> pl.DataFrame:
    """The figures of each set and series that has enough of them, with the people of each place.

    people: as `_people` returns them; population: those of each place by any count, which weigh nothing and
    tell how many people are left out. A place that nobody has counted is taken as one of average size.
    """
    sets = (
        sets.join(people, on="place_id", how="left")
        .join(population, on="place_id", how="left")
        .with_columns(people_counted=pl.coalesce("people", pl.col("population").cast(pl.Float64)))
        .with_columns(
            pl.coalesce("people_counted", pl.col("people_counted").mean().over("comparison_set"), 1.0)
        )
        .drop("population")
    )
    every = sets.group_by("comparison_set").agg(of_set=pl.len(), people_of_set=pl.col("people_counted").sum())
    series = ["comparison_set", *SERIES]
    known = estimate.filter(
        pl.col("population_group") == "all",
        pl.col("estimate").is_not_null(),
        pl.col("method") != "weighted_mean",
    )
    return (
        sets.join(_not_overtaken(known), on="place_id")
        # Where others have a standard error, a figure without one is contradicted by its own interval.
        .filter(pl.col("se").is_not_null() | pl.col("se").is_null().all().over(series))
        .join(every, on="comparison_set")
        # Few places without people are left out; many leave no weights, only measures that need none.
        .with_columns(weighted=_share_without_weight(series) <= MOST_LEFT_OUT)
        .filter(~pl.col("weighted") | pl.col("people").is_not_null())
        .with_columns(pl.when("weighted").then(name).alias(name) for name in ("people", "weighting"))
        .with_columns(pl.col("weighting").fill_null(UNWEIGHTED))
        .with_columns(found=pl.len().over(series))
        .filter(pl.col("found") >= LEAST_PLACES, pl.col("found") >= LEAST_SHARE * pl.col("of_set"))
        .select(
            *series, "place_id", "estimate", "se", "weighting", *OF_SET, population="people",
            dimension=pl.lit("place"), favorable=pl.lit(1), scale=pl.lit("years"),
        )
        .sort(*series, "place_id")
    )  # fmt: skip


def _share_without_weight(series: list[str]) -> pl.Expr:
    """The part of the people of each series who live where no weight is known."""
    counted = pl.col("people_counted")
    return counted.filter(pl.col("people").is_null()).sum().over(series) / counted.sum().over(series)


def _not_overtaken(known: pl.DataFrame) -> pl.DataFrame:
    """The figures without those of periods that share years with a later one of the same source."""
    line = ["source_id", "population_group", "method"]
    periods = known.select(*line, "period_start", "period_end").unique()
    later = periods.rename({"period_start": "next_start", "period_end": "next_end"})
    overtaken = periods.join(later, on=line).filter(
        pl.col("next_end") > pl.col("period_end"), pl.col("next_start") <= pl.col("period_end")
    )
    return known.join(overtaken, on=[*line, "period_start", "period_end"], how="anti")


def _people(shares: pl.DataFrame, place: pl.DataFrame, observation: Relation) -> pl.DataFrame:
    """place_id, people, weighting: of counties as their publisher counts, of tract-made places in 2010."""
    counted = (
        observation.filter(PEOPLE_OF_COUNTIES)
        .pl()
        .sort("period_end", "source_id", descending=[False, True])
        .unique("place_id", keep="last", maintain_order=True)
        .select("place_id", people="estimate", weighting=pl.format("people of {}", "period_end"))
    )
    made = (
        tract_shares(shares, place)
        .group_by("place_id", maintain_order=True)
        .agg(people=(pl.col("population") * pl.col("weight")).sum(), weighting=pl.lit("people of 2010"))
    )
    return pl.concat([counted, made.join(counted, on="place_id", how="anti")])


def _ranked(rows: pl.DataFrame, value: Relation, dimension: str) -> pl.DataFrame:
    """The same figures with the rank of each place, by the edition that is nearest in time.

    A place without the figure that ranks is left out.
    """
    indicator, direction = RANKED_BY[dimension]
    figures = (
        value.filter(f"indicator_id = '{indicator}' AND population_group = 'all' AND value IS NOT NULL")
        .project(
            "place_id, value, source_id AS ranking, vintage AS edition, period_start AS r0, period_end AS r1"
        )
        .pl()
    )
    series = ["comparison_set", *SERIES]
    edition = ["ranking", "edition", "r0", "r1"]
    candidates = rows.select(*series, "place_id").join(figures, on="place_id")
    best = (
        candidates.group_by(*series, *edition)
        .agg(covered=pl.len())
        .join(rows.group_by(series).agg(places=pl.len()), on=series)
        .filter(pl.col("covered") >= LEAST_SHARE * pl.col("places"), pl.col("covered") >= LEAST_PLACES)
        .with_columns(
            apart=(pl.col("r0") + pl.col("r1") - pl.col("period_start") - pl.col("period_end")).abs()
        )
        .sort(
            *series,
            pl.col("covered") * 20 // pl.col("places"),
            "apart",
            *edition,
            descending=[False] * len(series) + [True] + [False] * 5,
        )
        .unique(series, keep="first", maintain_order=True)
    )
    order = pl.col("value").rank("dense", descending=direction == "highest first").over(series)
    return (
        rows.join(best.select(*series, *edition, "covered", "places"), on=series)
        .join(figures, on=["place_id", *edition])
        .with_columns(
            dimension=pl.lit(dimension),
            order=order,
            ordering=pl.format(
                f"{indicator}, {direction}: {{}} {{}}, {{}}-{{}}", "ranking", "edition", "r0", "r1"
            ),
        )
        .select(*rows.columns, "order", "ordering")
    )
