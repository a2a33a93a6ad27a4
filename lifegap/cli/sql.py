"""`lifegap sql`: read-only queries of a release."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from lifegap.cli.options import AsFormat, Home, OfRelease, home_of, opened
from lifegap.cli.terminal import Format, say, show
from lifegap.errors import LifegapError
from lifegap.releases.read import Release


def sql(
    query: Annotated[
        str | None, typer.Argument(metavar="[QUERY]", help="A query; without it, a prompt.")
    ] = None,
    form: AsFormat = Format.table,
    of_release: OfRelease = None,
    home: Home = None,
) -> None:
    """Query a release, the latest by default, read-only; without QUERY, an interactive prompt.

    Examples:
      lifegap sql "SELECT * FROM README"

      lifegap sql "SELECT place, gap, ci_low, ci_high FROM gap_latest" --format csv

      lifegap sql "SELECT * FROM source" --release 20260101T000000Z-1a2b3c4d
    """
    with opened(home, of_release) as release:
        if query is not None or not sys.stdin.isatty():
            for answer in release.ask_freely(sys.stdin.read() if query is None else query):
                show(answer.columns, answer.rows, form)
        else:
            _prompt(release, home_of(home), form)


def _prompt(release: Release, home: Path, form: Format) -> None:
    """Ask for queries until the end of input; a query ends with a semicolon."""
    from prompt_toolkit import PromptSession
    from prompt_toolkit.history import FileHistory

    session: PromptSession[str] = PromptSession(history=FileHistory(str(home / "sql_history")))
    say(f"{release.manifest['release_id']}, read-only. End a query with ; and leave with Ctrl-D.")
    written = ""
    while True:
        try:
            written += session.prompt("lifegap> " if not written else "      -> ") + "\n"
        except KeyboardInterrupt:
            written = ""
            continue
        except EOFError:
            return
        if written.strip().endswith(";"):
            try:
                for answer in release.ask_freely(written):
                    show(answer.columns, answer.rows, form)
            except LifegapError as refusal:
                say(str(refusal))
            except KeyboardInterrupt:
                say("The query was interrupted.")
            written = ""
