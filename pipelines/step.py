"""The steps that every run has, and the names they go by."""

from dataclasses import dataclass
from typing import Literal

LANDING = "landing.files"
RELEASE = "published.release"


@dataclass(frozen=True)
class Step:
    """One step of a run: to obtain the files, to make a table, to check it, or to release."""

    what: Literal["land", "make", "check", "release"]
    name: str


LAND = Step("land", LANDING)
PUBLISH = Step("release", RELEASE)
