"""What a refresh says of itself while it runs: one event per step, for whoever listens."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

Listener = Callable[[str, dict[str, Any]], None]

_listeners: list[Listener] = []


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Call `listener(what, facts)` for every event of the block."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)


def report(what: str, **facts: Any) -> None:
    """Tell all listeners that `what` is done."""
    for listener in _listeners:
        listener(what, facts)
