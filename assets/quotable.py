"""What may be quoted, and the sentence that must go with it. One rule for all figures."""

import polars as pl

from assets.wording import sentences
from lifegap.catalog.catalog import Catalog

NO_INTERVAL = "not_published:standard_error"


def with_quotability(
    rows: pl.DataFrame,
    figure: str,
    catalog: Catalog,
    *,
    unit: str,
    modeled: pl.Expr | None = None,
    pandemic: pl.Expr | None = None,
) -> pl.DataFrame:
    """The rows with `quotable` and `caveat`.

    figure: the column that may be quoted. unit: word for the half-width of its interval (empty where
    the unit differs by row). modeled: where a model stands behind the figure. pandemic: what must be said
    of its years, null where there is nothing.

    no: withheld or unreliable, or unmeasured (no edition of the series has a standard error; a column that
    some rows have). with_caveat: caution, modeled, no interval, or something that the source, the years or
    the way it was made ask to be said. yes: the rest.
    """
    value = pl.col(figure)
    by_model = pl.lit(value=False) if modeled is None else modeled
    of_years = pl.lit(None, pl.String) if pandemic is None else pandemic
    hidden = value.is_null() | pl.col("reliability").is_in(["unreliable", "withheld"])
    unmeasured = pl.col("unmeasured").fill_null(value=False) if "unmeasured" in rows.columns else False
    refused = hidden | unmeasured
    said = (
        pl.col("cautions").is_not_null()
        | of_years.is_not_null()
        | caveat_of_source(catalog).is_not_null()
        | _of_stand_in(catalog).is_not_null()
        | pl.col("se").is_null()
        | (pl.col("reliability") == "caution")
        | by_model
    )
    reason = pl.col("reason").replace_strict(
        catalog.reasons, default=pl.col("reason"), return_dtype=pl.String
    )
    wide = (pl.col("reliability") == "caution") & pl.col("se").is_not_null() & pl.col("cautions").is_null()
    half = (pl.col("ci_high") - pl.col("ci_low")) / 2
    caveat = sentences(
        pl.when(refused | pl.col("reason").is_not_null()).then(reason),
        pl.when(~hidden).then("cautions"),
        pl.when(~hidden).then(_of_stand_in(catalog)),
        pl.when(~hidden).then(caveat_of_source(catalog)),
        pl.when(~hidden & wide).then(
            pl.format(
                f"The 95 percent interval reaches {{}}{unit} to either side.", half.round(1)
            )
        ),
        pl.when(~hidden & by_model & pl.col("cautions").is_null() & caveat_of_source(catalog).is_null())
        .then(pl.lit("A model stands behind the figure.")),
        pl.when(value.is_not_null()).then(of_years),
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
