"""Places of coalitions that a series should have and does not.

A place should be in the series that other places of its kind are in (neighborhoods and districts: of its
city). Sources that name only some places do not make the others missing. What the bundle's slice leaves
out is told apart from what the publisher does.
"""

import polars as pl

from lifegap.catalog.catalog import Catalog

KIND = r"^(neighborhood:[a-z]+|district:[a-z]+|\w+)"


def absent(rows: pl.DataFrame, series: list[str], catalog: Catalog, sliced: list[str]) -> pl.DataFrame:
    """place_id, series and reason of every place of a coalition that a series lacks.

    rows: figures, with place_id and the columns of `series`, source_id among them. sliced: sources of which
    only a slice was read. Footprints are made,
    not published, and are never missing. One place alone of a kind is a stray, as New York State is among
    counties.
    """
    selective = [card.id for card in catalog.cards.values() if card.selective]
    kind = pl.col("place_id").str.extract(KIND)
    kinds = (
        rows.filter(~pl.col("source_id").is_in(selective))
        .group_by(*series, kind=kind)
        .agg(places=pl.col("place_id").n_unique())
        .filter(pl.col("kind") != "footprint", pl.col("places") > 1)
        .drop("places")
    )
    return (
        pl.DataFrame(catalog.coalition_places, schema=["coalition_id", "place_id"], orient="row")
        .select("place_id")
        .unique(maintain_order=True)
        .with_columns(kind=kind)
        .join(kinds, on="kind")
        .join(rows, on=["place_id", *series], how="anti")
        .select(
            "place_id",
            *series,
            reason=pl.when(pl.col("source_id").is_in(sliced))
            .then(pl.lit("not_in_bundle"))
            .otherwise(pl.lit("not_published:place")),
        )
        .sort("place_id", *series)
    )
