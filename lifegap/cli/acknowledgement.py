"""`refresh --acknowledge ID --reason TEXT`: what a person accepts of what stopped a refresh."""

from typing import Annotated

import typer

from lifegap.errors import error
from lifegap.releases.acknowledged import Acknowledged

Ids = Annotated[
    list[str] | None,
    typer.Option("--acknowledge", metavar="ID", help="Accept a change that stopped a refresh; repeatable."),
]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why it is accepted; is published.")]


def acknowledgement(ids: list[str], reason: str) -> Acknowledged:
    """What is accepted. Raises OPTION where one is given without the other."""
    if bool(ids) != bool(reason.strip()):
        raise error(
            "OPTION",
            doing="accepting changes that turn a finding round",
            found="--acknowledge without --reason" if ids else "--reason without --acknowledge",
            expected="both: the reason is published beside the change",
            todo='lifegap refresh --acknowledge ID --reason "why the change is right"',
        )
    return Acknowledged(frozenset(ids), reason.strip())
