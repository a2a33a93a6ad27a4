"""The `lifegap` command: what every command shares, and how refusals leave the program."""

import sys
from typing import Annotated

import typer
from typer.exceptions import TyperException

from lifegap import find_application_first
from lifegap.cli import terminal
from lifegap.errors import INTERRUPTED, LifegapError, error, interrupted

EPILOG = """Settings are environment variables: LIFEGAP_HOME (default ./.lifegap), LIFEGAP_MIRROR,
LIFEGAP_SOURCES, LIFEGAP_GATEWAY, LIFEGAP_CENSUS_API_KEY, LIFEGAP_DATA, LIFEGAP_COALITIONS,
LIFEGAP_MEMORY_LIMIT, LIFEGAP_THREADS, LIFEGAP_KEEP_RELEASES; see docs/reference/settings.md.

Exit codes: 0 done or nothing to do, 1 the data are wrong, 2 your input is wrong, 3 a source is
missing, 4 another refresh is running, 5 the machine, 130 interrupted."""

app = typer.Typer(
    name="lifegap",
    help="Life-expectancy gaps between neighborhoods, from public files to a checked release.",
    epilog=EPILOG.replace("\n\n", "\f").replace("\n", " ").replace("\f", "\n\n"),
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
    arguments = sys.argv[1:] or ["--help"]
    given = [flag for flag in FLAGS if flag in arguments]
    sys.argv[1:] = given + [each for each in arguments if each not in FLAGS]
    # Set before the line is parsed, so that what is wrong with the line is told as it asks for.
    terminal.configure(**{flag.removeprefix("--").replace("-", "_"): flag in given for flag in FLAGS})
    find_application_first()
    try:
        _register()
        code = app(standalone_mode=False) or 0
    except (Exception, KeyboardInterrupt) as wrong:  # the last line before the user
        code = exit_code_of(wrong)
    if code == INTERRUPTED:
        terminal.say("Interrupted; nothing was published, the last release stands.")
    sys.exit(code)


def exit_code_of(wrong: BaseException) -> int:
    """The exit code of what ended a command; say why it ended."""
    if interrupted(wrong):
        return INTERRUPTED
    if terminal.state.verbose:
        raise wrong
    if isinstance(wrong, TyperException):
        wrong = _of_the_line(wrong)
    if isinstance(wrong, LifegapError):
        terminal.say_error(wrong)
        return wrong.exit_code
    terminal.say(f"A fault of the program: {type(wrong).__name__}: {wrong}")
    terminal.say("Nothing was published. --verbose shows where; please report it.")
    return 1


def _of_the_line(wrong: TyperException) -> LifegapError:
    """What is wrong with the command line, as an error of ours."""
    context = getattr(wrong, "ctx", None)
    command = "lifegap" if context is None else context.command_path
    return error(
        "OPTION",
        doing=f"reading the command line of `{command}`",
        found=wrong.format_message(),
        expected="lifegap COMMAND [OPTIONS]"
        if context is None
        else context.get_usage().removeprefix("Usage: "),
        todo=f"`{command} --help` shows what it takes, with examples",
    )


def _register() -> None:
    """Make the commands known; each module imports what it needs when it runs."""
    from lifegap.cli import (
        allocate,
        bundle,
        chart,
        coalition,
        decompose,
        dev,
        diff,
        explain,
        gap,
        indicators,
        inequality,
        lifetable,
        open_site,
        quote,
        refresh,
        releases,
        sign,
        sources,
        sql,
    )

    for command in (
        allocate.allocate,
        bundle.bundle,
        chart.chart,
        decompose.decompose,
        dev.dev,
        diff.diff,
        explain.explain,
        gap.gap,
        indicators.indicators,
        inequality.inequality,
        lifetable.lifetable,
        quote.quote,
        refresh.refresh,
        sign.sign,
        sources.sources,
        sql.sql,
    ):
        app.command()(command)
    app.command("open")(open_site.open_site)
    app.add_typer(coalition.coalition)
    app.add_typer(releases.releases)
