"""What may be quoted, and the sentence that must go with it. One rule for all figures."""

import polars as pl

from assets.indicators.life_expectancy import sentences
from lifegap.catalog.catalog import Catalog

NO_INTERVAL = "not_published:standard_error"


def with_quotability(
    rows: pl.DataFrame, figure: str, catalog: Catalog, *, unit: str, modelled: pl.Expr | None = None
) -> pl.DataFrame:
    """The rows with `quotable` and `caveat`.

    figure: the column that may be quoted. unit: word for the half-width of its interval (empty where
    the unit differs by row). modelled: where a model stands behind the figure.

    no: withheld or unreliable. with_caveat: caution, modelled, no interval, or something that the
    source or the way it was made asks to be said. yes: the rest.
    """
    value = pl.col(figure)
    by_model = pl.lit(False) if modelled is None else modelled
    said = (
        pl.col("cautions").is_not_null()
        | caveat_of_source(catalog).is_not_null()
        | _of_stand_in(catalog).is_not_null()
        | pl.col("se").is_null()
        | (pl.col("reliability") == "caution")
        | by_model
    )
    refused = value.is_null() | pl.col("reliability").is_in(["unreliable", "withheld"])
    reason = pl.col("reason").replace_strict(
        catalog.reasons, default=pl.col("reason"), return_dtype=pl.String
    )
    wide = (pl.col("reliability") == "caution") & pl.col("se").is_not_null() & pl.col("cautions").is_null()
    half = (pl.col("ci_high") - pl.col("ci_low")) / 2
    caveat = sentences(
        pl.when(refused | pl.col("reason").is_not_null()).then(reason),
        pl.when(~refused).then("cautions"),
        pl.when(~refused).then(_of_stand_in(catalog)),
        pl.when(~refused).then(caveat_of_source(catalog)),
        pl.when(~refused & wide).then(
            pl.format(
                f"The 95 percent interval reaches {{}}{unit} to either side.", half.round(1)
            )
        ),
        pl.when(~refused & by_model & pl.col("cautions").is_null() & caveat_of_source(catalog).is_null())
        .then(pl.lit("A model stands behind the figure.")),
    )  # fmt: skip
    return rows.with_columns(
        quotable=pl.when(refused)
        .then(pl.lit("no"))
        .when(said)
        .then(pl.lit("with_caveat"))
        .otherwise(pl.lit("yes")),
        caveat=caveat,
    )


def caveat_of_source(catalog: Catalog) -> pl.Expr:
    """What the card of the source asks to be said with every figure."""
    caveats = {card.id: card.caveat for card in catalog.cards.values() if card.caveat is not None}
    return pl.col("source_id").replace_strict(caveats, default=None, return_dtype=pl.String)


def _of_stand_in(catalog: Catalog) -> pl.Expr:
    """What must be said of a place that a coalition takes in another's stead."""
    said = {
        place.id: f"A stand-in: {place.note or 'near the place it stands for, not the same.'}"
        for coalition in catalog.coalitions.values()
        for place in coalition.place
        if place.stands_for is not None
    } | {
        footprint: "A stand-in: areas near the coalition's places, not the same, taken together."
        for coalition in catalog.coalitions.values()
        for footprint in coalition.stand_in_footprints
    }
    return pl.col("place_id").replace_strict(said, default=None, return_dtype=pl.String)
