"""`lifegap coalition`: the coalitions there are, what one declares, what is wrong with its file."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from lifegap.cli.coalition_page import FIELDS, overview, page, pages
from lifegap.cli.options import AsFormat, Home
from lifegap.cli.terminal import Format, hint, show, tell
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
    hint(f"Nothing is wrong with {file or f'the {len(files)} coalition files'}.")


@coalition.command("new")
def new(
    coalition_id: Annotated[str, typer.Argument(metavar="ID", help="Id of the new coalition: south-side.")],
    county: Annotated[
        list[str] | None, typer.Option("--county", metavar="C", help="County, by code or name; repeatable.")
    ] = None,
    tract: Annotated[
        list[str] | None, typer.Option("--tract", metavar="T", help="Census tract of 11 digits; repeatable.")
    ] = None,
    zcta: Annotated[
        list[str] | None, typer.Option("--zcta", metavar="Z", help="ZIP code area; repeatable.")
    ] = None,
    neighborhood: Annotated[
        list[str] | None,
        typer.Option("--neighborhood", metavar="N", help="Area of a city: chicago-26; repeatable."),
    ] = None,
    title: Annotated[str | None, typer.Option("--title", help="Title of the coalition.")] = None,
    home: Home = None,
) -> None:
    """Write a commented coalition file from the data at hand. Nothing is ever overwritten.

    Into the folder that LIFEGAP_COALITIONS names, else data/coalitions of the checkout.

    Examples:
      lifegap coalition new detroit --county 26163

      lifegap coalition new two-areas --neighborhood chicago-26 --neighborhood chicago-27
    """
    from lifegap.cli.coalition_new import file_of, place_of
    from lifegap.cli.known_places import known_places
    from lifegap.settings import read_settings

    settings = read_settings(home=home)
    path = file_of(coalition_id, settings)
    places = known_places(settings, before_a_run=False)
    asked = {"county": county, "tract": tract, "zcta": zcta, "neighborhood": neighborhood}
    ids = [place_of(kind, each, places) for kind, named in asked.items() for each in named or ()]
    if not ids:
        raise error(
            "OPTION",
            doing="making a coalition file",
            found="no place",
            expected="one of " + ", ".join(f"--{kind}" for kind in asked),
            todo="name a place: lifegap coalition new detroit --county 26163",
        )
    _write_new(coalition_id, title, ids, path, settings)


def _write_new(coalition_id: str, title: str | None, ids: list[str], path: Path, settings: Any) -> None:
    """Write the file, unless what it would say is wrong."""
    from lifegap.catalog.catalog import Catalog
    from lifegap.catalog.coalition_check import mistakes_of, refuse_mistakes
    from lifegap.cli.at_hand import data_at_hand
    from lifegap.cli.coalition_new import wanted_places
    from lifegap.cli.coalition_text import text_of
    from lifegap.disk import writing

    data = data_at_hand(settings, ids)
    wanted = list(wanted_places(ids, data))
    catalog = Catalog(settings.data, settings.coalitions)
    words = title or coalition_id.replace("-", " ").title()
    text = text_of(coalition_id, words, wanted, data, catalog, path).encode()
    refuse_mistakes(mistakes_of(text, path, catalog, data.places, datetime.now(UTC).date()))
    with writing(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(text)
    for each in wanted:
        if each.said:
            hint(each.said)
    tell(str(path))
    hint(f"Next: lifegap refresh --coalition {coalition_id}, then lifegap gap --coalition {coalition_id}")
