"""CSV files: large ones are compressed, and nothing but their text decides on what they are."""

import gzip
import hashlib
import random
from pathlib import Path

import duckdb
import polars as pl
import pytest

from lifegap.releases import csv_files
from lifegap.releases.csv_files import LARGE, csv_file, keep_csv

SEED = 7


def _written(folder: Path, size: int) -> tuple[Path, bytes]:
    """A CSV of that many bytes in the folder of a release."""
    drawn = random.Random(SEED)
    lines = [b"place_id,value\n"]
    while (room := size - sum(map(len, lines))) > 100_000:
        lines.append(b"".join(b"tract2010:%011d,%.6f\n" % (row, drawn.random()) for row in range(1000)))
    lines.append(b"x" * (room - 3) + b",1\n")
    text = b"".join(lines)
    plain = folder / "csv" / "table.csv"
    plain.parent.mkdir(parents=True, exist_ok=True)
    plain.write_bytes(text)
    assert len(text) == size
    return plain, text


def test_a_csv_of_ten_megabytes_stays_as_it_is_and_one_byte_more_is_compressed(tmp_path: Path) -> None:
    for size, name in ((LARGE, "table.csv"), (LARGE + 1, "table.csv.gz")):
        folder = tmp_path / str(size)
        plain, text = _written(folder, size)
        assert keep_csv(plain) == hashlib.sha256(text).hexdigest()
        assert [path.name for path in plain.parent.iterdir()] == [name]
        assert csv_file(folder, "table").name == name


def test_the_same_text_gives_the_same_compressed_bytes_without_time_or_name(tmp_path: Path) -> None:
    packed = []
    for name in ("first", "second"):
        plain, text = _written(tmp_path / name, LARGE + 1)
        keep_csv(plain)
        packed.append(csv_file(tmp_path / name, "table").read_bytes())
        assert gzip.decompress(packed[-1]) == text
    assert packed[0] == packed[1]
    assert packed[0][:4] == b"\x1f\x8b\x08\x00", "no flags: neither name nor comment"
    assert packed[0][4:8] == bytes(4), "no time"
    assert len(packed[0]) < LARGE / 2


def test_a_compressed_csv_reads_like_a_plain_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_files, "LARGE", 10)
    plain = tmp_path / "csv" / "table.csv"
    plain.parent.mkdir()
    plain.write_text('name,value\n"quoted, and ""so""",1\n', encoding="utf-8")
    keep_csv(plain)
    path = csv_file(tmp_path, "table")
    expected = [('quoted, and "so"', 1)]
    assert pl.read_csv(path).rows() == expected
    with duckdb.connect() as connection:
        assert connection.read_csv(str(path)).fetchall() == expected
