"""The lock of a refresh that failed."""

import subprocess
import sys
from pathlib import Path

import pytest

from lifegap.store.lock import only_refresh

TAKER = "import sys; from pathlib import Path; from lifegap.store.lock import only_refresh\nwith only_refresh(Path(sys.argv[1])): print('held')"


def test_the_lock_is_free_while_the_error_of_the_refresh_is_still_told(tmp_path: Path) -> None:
    # The error holds on to everything that was open where it was raised.
    with pytest.raises(ValueError, match="stopped") as kept, only_refresh(tmp_path / "lock"):
        raise ValueError("stopped")
    taken = subprocess.run(
        [sys.executable, "-c", TAKER, str(tmp_path / "lock")], capture_output=True, text=True, check=False
    )
    assert taken.stdout == "held\n", taken.stderr
    assert kept.value is not None
