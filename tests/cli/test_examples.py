"""Every example that a command's help gives runs."""

import importlib
import inspect
import re
import shlex
from pathlib import Path

import pytest

from lifegap.cli import app as application
from lifegap.releases.read import Release
from tests.conftest import run_lifegap

OF_A_USERS_FILE = ("lifetable", "decompose", "inequality")
"""Run on files of a user; their own tests give them some."""

CHANGES_OR_WAITS = ("refresh", "bundle", "chart", "open", "dev", "releases", "coalition new")
"""Obtain, publish, write, delete, serve or open a browser: their own tests run them in folders of their own."""

OWN_FILE = "my-coalitions/"
"""Names a file that only the user has."""


A_RELEASE = "20260101T000000Z-1a2b3c4d"
"""Stands for the id of some release."""


def _examples() -> list[str]:
    found = []
    for path in sorted(Path(application.__file__).parent.glob("*.py")):
        module = importlib.import_module(f"lifegap.cli.{path.stem}")
        for _, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__:
                found += re.findall(r"^\s*(lifegap .+)$", inspect.getdoc(function) or "", re.MULTILINE)
    return sorted(set(found))


EXAMPLES = [
    each
    for each in _examples()
    if not each.removeprefix("lifegap ").startswith((*OF_A_USERS_FILE, *CHANGES_OR_WAITS))
    and OWN_FILE not in each
]


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 10


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_of_the_help_runs(example: str, release: Release) -> None:
    command = re.split(r" [|>] ", example)[0].replace(A_RELEASE, release.folder.name)
    ended = run_lifegap(*shlex.split(command)[1:], home=release.folder.parent.parent)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.strip()
