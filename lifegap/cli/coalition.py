"""`lifegap coalition`: the coalitions there are, what one declares, what is wrong with its file."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from lifegap.cli.coalition_new_command import new
from lifegap.cli.options import AsFormat, Home
from lifegap.cli.terminal import Format, show, tell
from lifegap.errors import error

coalition = typer.Typer(
    name="coalition",
    help="Coalitions: list, show, check, new.",
    rich_markup_mode=None,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@coalition.command("list")
def list_all(form: AsFormat = Format.table, home: Home = None) -> None:
    """Coalitions of the declared files and of the latest release.

    Example: lifegap coalition list
    """
    from lifegap.cli.coalition_page import FIELDS, overview
    from lifegap.settings import read_settings

    rows = overview(read_settings(home=home))
    show(FIELDS, [[row[name] for name in FIELDS] for row in rows], form)


@coalition.command("show")
def show_one(
    coalition_id: Annotated[str, typer.Argument(metavar="ID", help="Id of a coalition.")],
    form: AsFormat = Format.table,
    home: Home = None,
) -> None:
    """What a coalition declares: places with what they are compared with, targets, indicators, own files.

    Example: lifegap coalition show west-side-united
    """
    from lifegap.cli.coalition_page import page, pages
    from lifegap.settings import read_settings

    found = pages(read_settings(home=home), coalition_id)
    if form is Format.json:
        tell(json.dumps(found, indent=1, ensure_ascii=False, default=str))
    elif form is Format.csv:
        columns = ("part", "id", "title", "status", "said")
        show(columns, [[row.get(name) for name in columns] for row in _flat(found)], form)
    else:
        page(found)


def _flat(found: dict[str, Any]) -> list[dict[str, Any]]:
    """The page as rows of one kind."""
    places = [
        {
            "part": "place",
            "id": each["id"],
            "title": each["name"],
            "status": each["role"],
            "said": each["note"],
        }
        for each in found["places"]
    ]
    targets = [
        {"part": "target", "id": each["id"], "title": each["text"], "status": each["metric"],
         "said": each["source"]}
        for each in found["targets"]
    ]  # fmt: skip
    indicators = [
        {"part": area["id"], "id": each["id"], "title": each["title"], "status": each["status"],
         "said": each["said"]}
        for area in found["priority_areas"]
        for each in area["indicators"]
    ]  # fmt: skip
    return [*places, *targets, *indicators, *({"part": "file", "id": name} for name in found["own_files"])]


@coalition.command("check")
def check(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="A coalition file; all of them without it.")
    ] = None,
    form: AsFormat = Format.table,
    home: Home = None,
) -> None:
    """Every mistake of a coalition file, each with its line and what to do. Nothing is written.

    Examples:
      lifegap coalition check

      lifegap coalition check my-coalitions/south-side.toml
    """
    from lifegap.catalog.catalog import Catalog
    from lifegap.catalog.coalition_check import mistakes_in
    from lifegap.cli.known_places import known_places
    from lifegap.settings import read_settings

    settings = read_settings(home=home)
    catalog = Catalog(settings.data, settings.coalitions)
    files = catalog.coalition_files() if file is None else [file]
    places = known_places(settings, before_a_run=False)
    today = datetime.now(UTC).date()
    found = [each for path in files for each in mistakes_in(path, catalog, places, today)]
    if form is Format.table:
        for each in found:
            tell(str(each))
    else:
        columns = ("file", "line", "found", "remedy")
        show(columns, [(str(each.file), each.line, each.found, each.remedy) for each in found], form)
    if found:
        many = f"{len(found)} mistake{'s' if len(found) > 1 else ''}"
        raise error(
            "DECLARATION",
            doing="checking " + (str(file) if file else "the coalition files"),
            found=f"{many} in {', '.join(sorted({str(each.file) for each in found}))}, listed line by line",
            expected="a coalition file as docs/reference/declarations.md describes it",
            todo="mend the lines that are named, and check again",
        )
    if form is Format.table:
        tell(f"Nothing is wrong with {file or f'the {len(files)} coalition files'}.")


coalition.command("new")(new)
