"""`lifegap sign`: records who signed a release."""

from typing import Annotated

import typer

from lifegap.cli.options import Home, home_of
from lifegap.cli.terminal import hint, tell


def sign(
    release: Annotated[str, typer.Argument(metavar="RELEASE", help="Id of a release, or latest.")],
    name: Annotated[str, typer.Option("--name", help="Who signs.")],
    role: Annotated[str, typer.Option("--role", help="As what: epidemiologist, chair of the committee.")],
    note: Annotated[str, typer.Option("--note", help="What is signed, and under which conditions.")] = "",
    home: Home = None,
) -> None:
    """Record who signed a release: name, role, date and time (UTC), hash of the content, note.

    The release is compared with its hashes first. What is signed is never pruned. Read signoff.html in the
    release before, and print it where ink is wanted.

    Example: lifegap sign latest --name "YOUR NAME" --role epidemiologist --note "May be quoted"
    """
    from lifegap.releases.signatures import sign as record

    signature = record(home_of(home), release, name=name, role=role, note=note)
    tell(f"{signature.release_id} is signed by {signature.name}, {signature.role}, {signature.signed_at}.")
    tell(f"Content hash {signature.content_hash}.")
    hint("`lifegap releases list` shows who signed what; what is signed is never pruned.")
