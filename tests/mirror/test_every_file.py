"""Every data file of the mirror is read by some parser; what is not is listed here, with its reason."""

from pathlib import Path

import polars as pl
import pytest

from lifegap.catalog.catalog import Catalog

NO_DATA = {
    "*Column-Metadata.csv.gz": "labels of columns",
    "*_metadata*.csv.gz": "labels of columns",
    "chr/dictionary/*": "data dictionaries",
    "chr/measures.csv": "made for the mirror from the publisher's lists of measures",
}
"""Pattern → what such files are."""


@pytest.mark.mirror
def test_every_data_file_is_listed_beside_a_card(catalog: Catalog, mirror: Path) -> None:
    listed = {each.mirror for card in catalog.cards.values() for each in card.files}
    files = [
        str(path.relative_to(mirror))
        for path in mirror.rglob("*")
        if path.is_file() and path.name not in ("MANIFEST.csv", "NOTES.md", "README.md")
    ]
    data = [name for name in files if not any(Path(name).match(pattern) for pattern in NO_DATA)]
    assert len(data) > 400
    assert sorted(set(data) - listed) == []


@pytest.mark.mirror
def test_rows_beside_the_cards_are_those_of_the_manifests(catalog: Catalog, mirror: Path) -> None:
    """Where a manifest counts rows, and by the same bytes, the parsers read as many."""
    manifests = pl.concat(
        pl.read_csv(path, infer_schema=False).select(
            mirror=pl.lit(f"{path.parent.name}/") + pl.col("file"),
            counted="rows",
            sha256="sha256_uncompressed",
        )
        for path in sorted(mirror.glob("*/MANIFEST.csv"))
    )
    ours = pl.DataFrame(
        [(each.mirror, each.rows, each.sha256) for card in catalog.cards.values() for each in card.files],
        schema=["mirror", "rows", "ours"],
        orient="row",
    )
    both = ours.join(manifests, on="mirror").with_columns(pl.col("counted").cast(pl.Int64, strict=False))
    assert both.height > 400
    assert both.filter(pl.col("ours") != pl.col("sha256")).is_empty()
    differing = both.filter(pl.col("rows") != pl.col("counted"))
    assert differing.select("mirror", "rows", "counted").rows() == []
