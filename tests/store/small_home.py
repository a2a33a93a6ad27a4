"""A home folder whose releases hold one row: enough for what happens to files, and made in a second."""

import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lifegap.catalog.tables import declared_tables, published_tables
from lifegap.releases.publish import publish
from lifegap.releases.read import open_release
from lifegap.settings import Settings, read_settings
from lifegap.store.warehouse import Warehouse, open_warehouse

TITLE = "SELECT title FROM coalition"
FACTS = {"lifegap": "0", "python": "3", "sources": "bundle", "inputs": "0" * 64}


def home_settings(home: Path) -> Settings:
    """Settings of the home folder and of no other variable."""
    return read_settings(home=home, sources="bundle")


@contextmanager
def warehouse_titled(settings: Settings, title: str) -> Iterator[Warehouse]:
    """The warehouse of a home, its published tables empty but for a coalition of that title."""
    with open_warehouse(settings.warehouse, memory_limit="1GB", threads=1) as warehouse:
        warehouse.ledger.start([], [])
        for table in published_tables():
            warehouse.connection.execute(table.create_sql(table.layer, constrained=False))
        warehouse.connection.execute(
            f"INSERT INTO {declared_tables()['published.coalition'].full_name} BY NAME "
            "SELECT 'c' AS coalition_id, ? AS title, 'draft' AS status",
            [title],
        )
        yield warehouse


def publish_titled(home: Path, title: str) -> str:
    """Publish a release whose coalition has that title; its id."""
    settings = home_settings(home)
    with warehouse_titled(settings, title) as warehouse:
        return publish(warehouse, settings, FACTS).release_id


def writable_copy(home: Path, to: Path) -> Path:
    """A copy of a home whose releases a test may change."""
    copy = Path(shutil.copytree(home, to, symlinks=True))
    for path in copy.rglob("*"):
        path.chmod(path.stat().st_mode | stat.S_IWUSR)
    return copy


def title_of(home: Path, release_id: str | None = None) -> str:
    """The title in a release, the latest if none is named."""
    with open_release(home, release_id) as release:
        return release.ask(TITLE).rows[0][0]
