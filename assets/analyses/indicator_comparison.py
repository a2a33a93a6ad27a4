"""`published.indicator_comparison`: every indicator of a coalition's places against their references.

Both sides come from one source, edition, period and population group. The verdict follows from the interval
of the difference, never from whether two intervals overlap. A place inside its reference shares people with
it; its two sides are taken as independent here, which makes the interval too wide rather than too narrow.
"""

from collections.abc import Iterator

import numpy as np
import polars as pl

from assets.indicators.life_expectancy_gap import PAIR
from assets.quotable import with_quotability
from assets.table import table
from assets.wording import in_the_pandemic, sentences
from lifegap.catalog.catalog import Catalog
from lifegap.methods.mortality.gaps import gap
from lifegap.methods.surveys.reliability import worse
from lifegap.store.warehouse import Relation, Warehouse

SERIES = ["indicator_id", "period_start", "period_end", "source_id", "vintage", "population_group"]
NOT_A_QUANTITY = ("rank", "z-score", "score")
COLUMNS = (
    *PAIR, *SERIES, "method", "place_value", "reference_value", "difference", "ratio", "se", "ci_low",
    "ci_high", "p_value", "verdict", "reliability", "reason", "quotable", "caveat",
)  # fmt: skip


@table("published.indicator_comparison", value="indicators.indicator_value")
def indicator_comparison(value: Relation, catalog: Catalog, warehouse: Warehouse) -> pl.DataFrame:
    """One row per comparison and indicator of every source and period that has the place."""
    named = dict.fromkeys((*catalog.comparisons, *_of_stand_ins(catalog)))
    pairs = pl.DataFrame(list(named), schema=PAIR, orient="row")
    wanted = pl.concat([pairs["place_id"], pairs["reference_place_id"]]).unique().to_frame()
    sides = (
        value.set_alias("v")
        .join(warehouse.given(wanted).set_alias("w"), "v.place_id = w.place_id", how="semi")
        .project(
            "place_id, "
            + ", ".join(SERIES)
            + ", method, value, se, reliability, reason, unmeasured, cautions"
        )
        .pl()
    )
    # A reference that is one unit is published, one made of units is summed; a source never gives both.
    reference = sides.drop("method").rename({"place_id": "reference_place_id"})
    rows = pairs.join(sides, on="place_id").join(
        reference, on=["reference_place_id", *SERIES], how="left", suffix="_reference"
    )
    modeled = [card.id for card in catalog.cards.values() if card.modeled]
    years = in_the_pandemic(pl.col("period_start"), pl.col("period_end"))
    return (
        rows.pipe(_measured)
        .pipe(_judged, catalog)
        .pipe(
            with_quotability,
            "difference",
            catalog,
            unit="",
            modeled=pl.col("source_id").is_in(modeled),
            pandemic=pl.when(pl.col("indicator_id").is_in(catalog.of_deaths)).then(years),
        )
        .select(COLUMNS)
    )


def _of_stand_ins(catalog: Catalog) -> Iterator[tuple[str, str, str]]:
    """Stand-ins against the references of the places they stand for; figures of a ZIP code are its ZCTA's."""
    for coalition in catalog.coalitions.values():
        references = {place.id: place.references for place in coalition.place}
        for place in coalition.place:
            for reference in references.get(place.stands_for or "", ()):
                yield coalition.id, place.id, reference
        for footprint in coalition.stand_in_footprints:
            for reference in coalition.reference_ids:
                yield coalition.id, footprint, reference


def _measured(rows: pl.DataFrame) -> pl.DataFrame:
    """Difference, ratio, standard error, interval and test."""
    columns = [
        rows[name].cast(pl.Float64).fill_null(np.nan).to_numpy()
        for name in ("value", "se", "value_reference", "se_reference")
    ]
    found = gap(*columns)
    return rows.with_columns(
        pl.Series("difference", found.gap).fill_nan(None),
        pl.Series("se", found.se).fill_nan(None),
        pl.Series("ci_low", found.ci_low).fill_nan(None),
        pl.Series("ci_high", found.ci_high).fill_nan(None),
        pl.Series("p_value", found.p_value).fill_nan(None),
        place_value="value",
        reference_value="value_reference",
        ratio=pl.when(pl.col("value") > 0, pl.col("value_reference") >= 0).then(
            pl.col("value_reference") / pl.col("value")
        ),
        cautions=sentences(
            pl.col("cautions"),
            pl.when(pl.col("cautions_reference") != pl.col("cautions").fill_null("")).then(
                pl.format("The reference: {}", "cautions_reference")
            ),
        ),
        reliability=worse(pl.col("reliability"), pl.col("reliability_reference").fill_null("withheld")),
        unmeasured=pl.col("unmeasured") | pl.col("unmeasured_reference").fill_null(value=False),
    )


def _judged(rows: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """The verdict, or why there is none. What may not be compared has no difference either."""
    declared = {name: found.indicator for name, found in catalog.indicators.items()}
    direction = pl.col("indicator_id").replace_strict(
        {name: each.direction for name, each in declared.items()}, return_dtype=pl.String
    )
    ranked = [name for name, each in declared.items() if each.unit in NOT_A_QUANTITY]
    forbidden = [card.id for card in catalog.cards.values() if not card.fitness["compare_places"].allowed]
    rows = rows.with_columns(
        reason=pl.when(pl.col("source_id").is_in(forbidden))
        .then(pl.lit("not_assessable:source_forbids_comparison"))
        .when(pl.col("indicator_id").is_in(ranked))
        .then(pl.lit("not_assessable:not_a_quantity"))
        .when(pl.col("place_value").is_null())
        .then("reason")
        .when(pl.col("reliability_reference").is_null())
        .then(pl.lit("not_published:reference"))
        .when(pl.col("reference_value").is_null())
        .then("reason_reference")
        .when(pl.col("se").is_null())
        .then(pl.lit("not_published:standard_error"))
        .when(pl.col("reliability") == "unreliable")
        .then(pl.coalesce("reason", "reason_reference"))
    )
    refused = pl.col("reason").str.starts_with("not_assessable").fill_null(False)
    higher = pl.col("ci_high") < 0
    lower = pl.col("ci_low") > 0
    better = (higher & (direction == "higher")) | (lower & (direction == "lower"))
    return rows.with_columns(
        pl.when(~refused).then(name).alias(name)
        for name in ("difference", "ratio", "se", "ci_low", "ci_high", "p_value")
    ).with_columns(
        verdict=pl.when(pl.col("ci_low").is_null())
        .then(pl.lit("not_compared"))
        .when(~higher & ~lower)
        .then(pl.lit("similar"))
        .when(direction == "none")
        .then(pl.when(higher).then(pl.lit("higher")).otherwise(pl.lit("lower")))
        .when(better)
        .then(pl.lit("better"))
        .otherwise(pl.lit("worse")),
    )
