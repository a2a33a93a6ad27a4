"""Setting up: what stops it is said in one line."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT


def _make(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy(CHECKOUT / name, folder)
    return subprocess.run(
        ["make", ".venv/installed", *arguments],
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def _said(ended: subprocess.CompletedProcess[str]) -> list[str]:
    """Lines but for those of make itself."""
    return [line for line in ended.stderr.splitlines() if not line.startswith("make")]


def test_a_python_that_is_too_old_is_named_with_what_is_needed(tmp_path: Path) -> None:
    old = tmp_path / "python3.10"
    old.write_text('#!/bin/sh\nif [ "$1" = --version ]; then echo Python 3.10.2; else exit 1; fi\n')
    old.chmod(0o755)
    ended = _make(tmp_path, f"PYTHON={old}")
    assert ended.returncode != 0
    (line,) = _said(ended)
    assert "needs Python 3.11 or later" in line
    assert "Python 3.10.2" in line
    assert not (tmp_path / ".venv").exists()


@pytest.mark.slow
def test_a_registry_that_is_not_reached_is_said_in_one_line(tmp_path: Path) -> None:
    """Port 9 of this machine: nothing listens there."""
    nobody = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "0", "PIP_CONFIG_FILE": os.devnull}
    ended = _make(tmp_path, **nobody, PIP_EXTRA_INDEX_URL="")
    assert ended.returncode != 0
    (line,) = _said(ended)
    assert "package registry was not reached" in line
    assert not (tmp_path / ".venv" / "installed").exists()
