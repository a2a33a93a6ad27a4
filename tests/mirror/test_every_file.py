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
    "usaleep/??_A_sample.CSV.gz": "one row of a file each, of states that the national file lacks",
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
    """By the same bytes the parsers read as many rows as the manifests count.

    The manifests count rows of labels (one or four) and an empty last line; of workbooks, places, where
    the parsers read every row of every sheet.
    """
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
    more = pl.col("counted") - pl.col("rows")
    differing = both.filter(~more.is_in([0, 1, 4]), ~pl.col("mirror").str.ends_with(".xlsx"))
    assert differing.select("mirror", "rows", "counted").rows() == []
