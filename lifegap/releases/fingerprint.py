"""What a release depends on, as one hash: files, declarations, code. The same again is nothing to do."""

import hashlib
from pathlib import Path

from lifegap import APPLICATION, PACKAGE
from lifegap.catalog.catalog import Catalog
from lifegap.catalog.watched import parts_of
from lifegap.landing.receipts import read_receipts
from lifegap.settings import Settings

CODE = (*(APPLICATION / room for room in ("assets", "expectations", "pipelines", "sql")), PACKAGE)
"""Folders of the code. The package comes last: in an installed wheel it holds the others, named already."""


def fingerprint(catalog: Catalog, settings: Settings) -> str:
    """Hash of the landed files, of `data/` without the bundle, and of the code and `sql/`."""
    digest = hashlib.sha256()
    for card in catalog.cards.values():
        for receipt in read_receipts(card, settings):
            digest.update(f"{card.id} {receipt.file} {receipt.origin} {receipt.sha256}\n".encode())
    declared = [path for _, paths in sorted(parts_of(catalog).items()) for path in paths]
    for path in declared:
        digest.update(_line(path))
    digest.update(code_version().encode())
    return digest.hexdigest()


def code_version() -> str:
    """Hash of the code and `sql/`."""
    digest = hashlib.sha256()
    for path in _code():
        digest.update(_line(path))
    return digest.hexdigest()


def _line(path: Path) -> bytes:
    return f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode()


def _code() -> list[Path]:
    """Modules, queries, templates, each once, in the same order in a checkout and in an installed wheel."""
    kinds = (".css", ".html", ".py", ".sql")
    paths = (path for folder in CODE for path in sorted(folder.rglob("*")) if path.suffix in kinds)
    return list(dict.fromkeys(paths))
