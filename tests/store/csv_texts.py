"""The CSVs of a release as texts, compressed or not."""

import gzip
import hashlib
from pathlib import Path
from typing import TextIO

from lifegap.releases.csv_files import csv_file


def csv_text(folder: Path, table: str) -> TextIO:
    """The CSV of a table, open for reading."""
    path = csv_file(folder, table)
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8", newline="")
    return path.open(encoding="utf-8", newline="")


def text_hashes(folder: Path) -> dict[str, str]:
    """Table → hash of the text of its CSV."""
    return {
        path.name.split(".")[0]: hashlib.sha256(
            gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        ).hexdigest()
        for path in (folder / "csv").iterdir()
    }
