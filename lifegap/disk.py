"""The disk: what a machine refuses, in our words."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lifegap.errors import error


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turn the machine's refusals (disk full, no permission) into MACHINE."""
    try:
        yield
    except OSError as wrong:
        full = wrong.errno == errno.ENOSPC
        raise error(
            "MACHINE",
            doing=f"writing under {folder}",
            found=str(wrong),
            expected="a folder that can be written, on a disk with space",
            todo="free some space" if full else "choose another folder: --home or LIFEGAP_HOME",
        ) from None
