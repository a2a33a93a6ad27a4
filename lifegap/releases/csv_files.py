"""The CSV files of a release: `csv/<table>.csv`, or `csv/<table>.csv.gz` where the text is large.

A table is known by the hash of its text, so a release keeps its content hash whatever compressor there is.
The compressed file has no time and no name in its header: the same text gives the same bytes.
"""

import hashlib
from pathlib import Path

from isal import isal_zlib

CSV = "csv"
"""Folder of a release."""

COMPRESSED = ".gz"

LARGE = 10_000_000
"""Bytes of text above which a CSV is compressed."""

LEVEL = 1
"""Of ISA-L: as small as zlib's first level in a fifth of its time."""

GZIP = 31
"""Window bits that make a gzip file."""

BLOCK = 1 << 20


def keep_csv(plain: Path) -> str:
    """Compress a CSV that has been written, if it is large; the hash of its text.

    The text is read once, for the hash and for the compressor. Raises OSError as the disk does.
    """
    if plain.stat().st_size <= LARGE:
        with plain.open("rb") as text:
            return hashlib.file_digest(text, "sha256").hexdigest()
    digest = hashlib.sha256()
    packer = isal_zlib.compressobj(LEVEL, wbits=GZIP)
    with plain.open("rb") as text, plain.with_name(plain.name + COMPRESSED).open("wb") as packed:
        while block := text.read(BLOCK):
            digest.update(block)
            packed.write(packer.compress(block))
        packed.write(packer.flush())
    plain.unlink()
    return digest.hexdigest()


def csv_file(folder: Path, table: str) -> Path:
    """The CSV of a table in the folder of a release, in the form in which it is there."""
    plain = folder / CSV / f"{table}.csv"
    return plain if plain.exists() else plain.with_name(plain.name + COMPRESSED)
