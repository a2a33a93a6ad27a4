"""Every way a command can refuse: one class per exit code, a stable code per error.

An error says what was being done, what was found, what was expected and what to do next.
The table in `docs/reference/errors.md` is generated from `ERRORS`.
"""

from collections.abc import Iterable
from typing import ClassVar

MOST_FINDINGS = 10


class LifegapError(Exception):
    """A refusal that a person can act on. Subclasses fix the exit code of the command."""

    exit_code: ClassVar[int]

    def __init__(
        self,
        code: str,
        *,
        doing: str,
        found: str | Iterable[str],
        expected: str,
        todo: str,
    ) -> None:
        """code: a key of ERRORS; found: one finding or many (ten are shown, the rest counted)."""
        if code not in ERRORS:
            raise KeyError(f"{code} is not in the catalog of errors")
        self.code = code
        self.doing = doing
        self.found = [found] if isinstance(found, str) else list(found)
        self.expected = expected
        self.todo = todo
        super().__init__(str(self))

    def __str__(self) -> str:
        shown = self.found[:MOST_FINDINGS]
        if len(self.found) > MOST_FINDINGS:
            shown.append(f"and {len(self.found) - MOST_FINDINGS:,} more")
        indented = "\n            ".join(shown)
        return (
            f"{self.code}: {self.doing}\n"
            f"  found:    {indented}\n"
            f"  expected: {self.expected}\n"
            f"  next:     {self.todo}"
        )


class DataError(LifegapError):
    """The data are wrong: nothing was published and the last release stands."""

    exit_code = 1


class InputError(LifegapError):
    """What the user gave is wrong: options, configuration, a coalition file, a CSV of their own."""

    exit_code = 2


class ObtainError(LifegapError):
    """A source could not be obtained: a missing file, the network, a key."""

    exit_code = 3


class BusyError(LifegapError):
    """Another refresh is running."""

    exit_code = 4


class MachineError(LifegapError):
    """The machine: disk full, folder not writable."""

    exit_code = 5


INTERRUPTED = 130


def interrupted(wrong: BaseException | None) -> bool:
    """Whether the user's Ctrl-C is at the root of an error.

    What is interrupted raises as it likes: DuckDB a RuntimeError, with the interruption as its cause.
    """
    while wrong is not None and not isinstance(wrong, KeyboardInterrupt):
        wrong = wrong.__cause__ or wrong.__context__
    return wrong is not None


ERRORS: dict[str, tuple[type[LifegapError], str]] = {
    "SOURCE-EMPTY": (DataError, "A source file holds nothing."),
    "SOURCE-HTML": (DataError, "A source file is a web page, not data."),
    "SOURCE-TRUNCATED": (DataError, "A source file ends before it should."),
    "SOURCE-UNREADABLE": (DataError, "A source file cannot be read in its format."),
    "SOURCE-HEADER": (DataError, "The columns of a source file are not those of any known layout."),
    "SOURCE-COLUMN": (DataError, "A column that an indicator needs is not in the file."),
    "SOURCE-VINTAGE": (DataError, "A file is of another vintage than the one it stands for."),
    "CORRECTION-COUNT": (
        DataError,
        "A declared correction no longer hits the rows it was written for.",
    ),
    "TABLE-COLUMNS": (DataError, "A table does not have the columns and types it declares."),
    "CHECK-FAILED": (DataError, "A critical expectation failed; nothing was published."),
    "CHANGE-BLOCKED": (DataError, "A published finding would turn round, and nobody has accepted it."),
    "NO-ORIGIN": (DataError, "A figure of the release names no file that it comes from."),
    "RELEASE-ALTERED": (DataError, "A release is not as it was published or signed."),
    "SIGNATURES": (DataError, "The file that says who signed a release cannot be read."),
    "OPTION": (InputError, "An option or argument is not one the command knows."),
    "SETTING": (InputError, "A setting (LIFEGAP_*) is missing or not usable."),
    "DECLARATION": (InputError, "A card, indicator or coalition file is not well formed."),
    "UNKNOWN-PLACE": (InputError, "A coalition file names a place that is in no source."),
    "UNKNOWN-NAME": (InputError, "A name given to a command is not in the release."),
    "OWN-FILE": (InputError, "A file given to a command cannot be read, or lacks what the command needs."),
    "COALITION-FILE": (InputError, "A file that a coalition keeps itself cannot be read as it stands."),
    "QUERY": (InputError, "A query could not be run on the release."),
    "NO-RELEASE": (InputError, "There is no release yet."),
    "SOURCE-MISSING": (ObtainError, "A source file is not where it should be."),
    "SOURCE-UNREACHABLE": (ObtainError, "A publisher did not give a file at any of its addresses."),
    "BUSY": (BusyError, "Another refresh is running."),
    "MACHINE": (MachineError, "The disk is full or a folder cannot be written."),
}
"""Error code → its class (and so its exit code) and what it means."""


def error(code: str, *, doing: str, found: str | Iterable[str], expected: str, todo: str) -> LifegapError:
    """Make the error of `code` with the class, and so the exit code, that the catalog gives it."""
    kind, _ = ERRORS[code]
    return kind(code, doing=doing, found=found, expected=expected, todo=todo)
