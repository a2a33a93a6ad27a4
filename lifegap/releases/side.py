"""One of two states of the published tables that are compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Side:
    """One state of the published tables: table → what follows FROM to read it."""

    tables: Mapping[str, str]


def parquet(path: Path) -> str:
    """What follows FROM to read a Parquet file."""
    return "read_parquet('" + str(path).replace("'", "''") + "')"
