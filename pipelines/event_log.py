"""Dagster's own event log in SQLite, written by one process through connections that stay open.

Dagster's class opens a connection, looks whether the file needs to be migrated, and commits, for every
event and again for its copy in the index: a third of a whole refresh. The files are the same; the UI reads
them through Dagster's class.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._serdes import ConfigurableClassData
from sqlalchemy import Connection, NullPool, create_engine


class HeldEventLog(SqliteEventLogStorage):
    """The event log for a process that alone writes; what it wrote is there after `commit`."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._held: dict[str, Connection] = {}
        super().__init__(base_dir, inst_data)

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]
    ) -> "HeldEventLog":
        return cls(inst_data=inst_data, **config_value)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        if shard not in self._held:
            engine = create_engine(self.conn_string_for_shard(shard), poolclass=NullPool)
            self._initdb(engine)
            self._held[shard] = engine.connect()
        connection = self._held[shard]
        if not connection.in_transaction():
            connection.begin()
        yield connection

    def commit(self) -> None:
        """Let readers see what has been written so far."""
        for connection in self._held.values():
            connection.commit()

    def dispose(self) -> None:
        for connection in self._held.values():
            connection.commit()
            connection.close()
        self._held.clear()
