"""A coalition with files of its own, read as a refresh would read them, without a warehouse."""

from pathlib import Path
from typing import Any

import polars as pl

from assets.table import registered
from lifegap.catalog.catalog import Catalog
from lifegap.landing.files import SourceFiles, source_files
from lifegap.landing.obtain import obtain
from lifegap.settings import read_settings
from tests.conftest import CHECKOUT

DATA = CHECKOUT / "data"
COALITION = "river-wards"
PLACES = ("neighborhood:chicago-26", "neighborhood:chicago-27")
REFERENCE = "neighborhood:chicago-32"


def catalog_of(folder: Path, *, further: str = "", **files: str) -> Catalog:
    """The catalog with a coalition of two places and a reference, and files by their names without `.csv`."""
    places = "".join(f'[[place]]\nid = "{place}"\nreferences = ["{REFERENCE}"]\n' for place in PLACES)
    (folder / COALITION).mkdir(parents=True, exist_ok=True)
    head = f'id = "{COALITION}"\ntitle = "River Wards"\n{further}\n'
    (folder / f"{COALITION}.toml").write_text(head + places, encoding="utf-8")
    for name, text in files.items():
        (folder / COALITION / f"{name}.csv").write_bytes(text.encode())
    return Catalog(DATA, folder)


def table_of(catalog: Catalog, name: str, home: Path) -> tuple[pl.DataFrame, SourceFiles]:
    """The table `sources.<name>` of the coalition's files, obtained into a home, and the files with their account."""
    card = catalog.cards[f"coalition:{COALITION}"]
    settings = read_settings(home=home, data=DATA, coalitions=catalog.own, sources="bundle")
    files = source_files(card, obtain(card, settings), settings.landing)
    files.cards = {card.id: card}
    made: Any = registered()[f"sources.{name}"].make(files)
    return made, files
