"""One refresh at a time."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from lifegap.errors import BusyError
from lifegap.store.lock import only_refresh

HOLDER = """
import sys
from pathlib import Path
from lifegap.store.lock import only_refresh
with only_refresh(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def _held(lock: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock."""
    command = [sys.executable, "-c", HOLDER, str(lock)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdin is not None
        assert holder.stdout.readline() == "held\n"
        yield holder
        holder.stdin.close()


def test_a_second_refresh_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    with _held(lock) as holder:
        with pytest.raises(BusyError) as refused, only_refresh(lock):
            pass
        assert str(holder.pid) in str(refused.value)
        assert refused.value.exit_code == 4
    with only_refresh(lock):
        pass


def test_the_same_process_may_hold_it_twice(tmp_path: Path) -> None:
    # The command holds it while it obtains files, the pipeline once more while it runs.
    with only_refresh(tmp_path / "lock"), only_refresh(tmp_path / "lock"):
        pass


def test_it_is_free_for_other_processes_when_the_refresh_ends(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    with only_refresh(lock):
        pass
    with pytest.raises(ValueError, match="stopped"), only_refresh(lock):
        raise ValueError("stopped")
    taken = subprocess.run(
        [sys.executable, "-c", HOLDER, str(lock)], input="", capture_output=True, text=True, check=False
    )
    assert taken.stdout == "held\n", taken.stderr
    assert not lock.with_name("lock.pid").exists()


def test_a_holder_that_has_not_said_who_it_is_is_unknown(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    with _held(lock):
        lock.with_name("lock.pid").unlink()
        with pytest.raises(BusyError, match="process unknown"), only_refresh(lock):
            pass
