"""Receipts: what was landed, where it came from and when, what it was recognized as."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from lifegap.catalog.cards import SourceCard
from lifegap.disk import writing
from lifegap.settings import Settings

RECEIPTS = "receipts.json"


@dataclass(frozen=True)
class Receipt:
    """One landed file. obtained_at is when its bytes left the publisher or the place that keeps them.

    rows_expected is None for a file that is not the one the card was written for. Where it is another
    edition of that file, in the same form, rows_listed is what the card states, and rows_least the fewest
    that the edition may have: with fewer it is taken for a part of a file.
    """

    source_id: str
    file: str
    vintage: str
    layout: str
    origin: str
    obtained_from: str
    obtained_at: str
    bytes: int
    sha256: str
    sha256_listed: str | None
    rows_expected: int | None
    landed: str
    origin_size: int
    origin_modified: int
    rows_listed: int | None = None
    rows_least: int | None = None


def read_receipts(card: SourceCard, settings: Settings) -> list[Receipt]:
    """The receipts of the last `obtain` of this card."""
    return list(receipts_in(settings.landing / card.id).values())


def receipts_in(folder: Path) -> dict[str, Receipt]:
    try:
        kept = json.loads((folder / RECEIPTS).read_text(encoding="utf-8"))
        return {each["file"]: Receipt(**each) for each in kept}
    except (FileNotFoundError, ValueError, TypeError, KeyError):
        # A receipt of another version or a broken one: the file is taken again.
        return {}


def landed_as(landed: Path, *, folder_of: str) -> str:
    """A landed file below the landing folder, as a receipt names it."""
    parts = landed.parts
    start = len(parts) - 1 - parts[::-1].index(folder_of)
    return str(Path(*parts[start:]))


def keep_receipts(folder: Path, receipts: list[Receipt]) -> None:
    """Write the receipts of a source beside its files."""
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        kept = json.dumps([asdict(receipt) for receipt in receipts], indent=1)
        (folder / RECEIPTS).write_text(kept + "\n", encoding="utf-8")
