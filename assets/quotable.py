"""What may be quoted, and the sentence that must go with it. One rule for all figures."""

import polars as pl

from assets.wording import sentences
from lifegap.catalog.catalog import Catalog

GOVERNED = ("nation:", "state:", "county:", "county2022:", "city:")
"""Types of places with a government of their own, or named as if they had one."""

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
    of_stand_in = _of_stand_in(catalog, by_coalition="coalition_id" in rows.columns)
    said = (
        pl.col("cautions").is_not_null()
        | of_years.is_not_null()
        | caveat_of_source(catalog).is_not_null()
        | of_stand_in.is_not_null()
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
        pl.when(~hidden).then(of_stand_in),
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


def _of_stand_in(catalog: Catalog, *, by_coalition: bool) -> pl.Expr:
    """What must be said of a place that a coalition takes in another's stead.

    A county is shown for a city by one coalition and for itself by another: of a place with a government of
    its own it is said beside the figures of that coalition alone, of an area drawn for statistics always.
    """
    together = "A stand-in: areas near the coalition's places, not the same, taken together."
    said = {
        (coalition.id, place.id): f"A stand-in: {place.note or 'near the place it stands for, not the same.'}"
        for coalition in catalog.coalitions.values()
        for place in coalition.place
        if place.stands_for is not None
    } | {
        (coalition.id, footprint): together
        for coalition in catalog.coalitions.values()
        for footprint in coalition.stand_in_footprints
    }
    if by_coalition:
        key = pl.concat_str("coalition_id", "place_id", separator=" ")
        words = {" ".join(pair): sentence for pair, sentence in said.items()}
    else:
        key = pl.col("place_id")
        words = {place: each for (_, place), each in said.items() if not place.startswith(GOVERNED)}
    return key.replace_strict(words, default=None, return_dtype=pl.String)
