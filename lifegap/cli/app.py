"""The `lifegap` command: what every command shares, and how refusals leave the program."""

import sys
from typing import Annotated

import typer

from lifegap.cli import terminal
from lifegap.errors import INTERRUPTED, LifegapError

EPILOG = """Settings are environment variables: LIFEGAP_HOME (default ./.lifegap), LIFEGAP_MIRROR,
LIFEGAP_SOURCES, LIFEGAP_DATA, LIFEGAP_MEMORY_LIMIT, LIFEGAP_THREADS; see docs/reference/settings.md.

Exit codes: 0 done or nothing to do, 1 the data are wrong, 2 your input is wrong, 3 a source is
missing, 4 another refresh is running, 5 the machine, 130 interrupted."""

app = typer.Typer(
    name="lifegap",
    help="Life-expectancy gaps between neighborhoods, from public files to a checked release.",
    epilog=EPILOG.replace("\n\n", "\f").replace("\n", " ").replace("\f", "\n\n"),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

FLAGS = ("--quiet", "--verbose", "--json-logs")


@app.callback()
def shared(
    quiet: Annotated[bool, typer.Option("--quiet", help="Print results only.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", help="Print every step, and tracebacks of errors.")
    ] = False,
    json_logs: Annotated[
        bool, typer.Option("--json-logs", help="Progress as one JSON object per line.")
    ] = False,
) -> None:
    """Options of every command; they may stand anywhere on the line."""
    terminal.configure(quiet=quiet, verbose=verbose, json_logs=json_logs)


def main() -> None:
    """Run the command of `sys.argv` and leave with its exit code."""
    arguments = sys.argv[1:]
    given = [flag for flag in FLAGS if flag in arguments]
    sys.argv[1:] = given + [each for each in arguments if each not in FLAGS]
    _register()
    try:
        app()
    except SystemExit as ended:
        if ended.code == INTERRUPTED:
            terminal.say("Interrupted; nothing was published, the last release stands.")
        raise
    except LifegapError as refusal:
        if terminal.state.verbose:
            raise
        terminal.say(str(refusal))
        sys.exit(refusal.exit_code)
    except Exception as unexpected:  # the last line before the user
        if terminal.state.verbose:
            raise
        terminal.say(f"A fault of the program: {type(unexpected).__name__}: {unexpected}")
        terminal.say("Nothing was published. --verbose shows where; please report it.")
        sys.exit(1)


def _register() -> None:
    """Make the commands known; each module imports what it needs when it runs."""
    from lifegap.cli import (  # noqa: F401 - importing registers
        bundle,
        decompose,
        dev,
        explain,
        gap,
        indicators,
        inequality,
        lifetable,
        quote,
        refresh,
        releases,
        sources,
        sql,
    )
