"""The command `lifegap coalition new`: from options to a file, and nothing written that would be wrong."""

import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lifegap.cli.options import Home
from lifegap.cli.terminal import hint, tell
from lifegap.errors import error

if TYPE_CHECKING:
    from lifegap.catalog.coalitions import Outline
    from lifegap.cli.at_hand import AtHand
    from lifegap.cli.coalition_new import Wanted
    from lifegap.settings import Settings


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
    outline: Annotated[
        list[Path] | None,
        typer.Option("--outline", metavar="FILE", help="Area drawn as GeoJSON; repeatable."),
    ] = None,
    title: Annotated[str | None, typer.Option("--title", help="Title of the coalition.")] = None,
    home: Home = None,
) -> None:
    """Write a commented coalition file from the data at hand. Nothing is ever overwritten.

    Into the folder that LIFEGAP_COALITIONS names, else data/coalitions of the checkout.

    Examples:
      lifegap coalition new detroit --county 26163

      lifegap coalition new two-areas --neighborhood chicago-26 --neighborhood chicago-27

      lifegap coalition new mantua --outline mantua.geojson
    """
    from lifegap.cli.at_hand import data_at_hand
    from lifegap.cli.coalition_new import drawn_place, file_of, place_of, wanted_places
    from lifegap.cli.known_places import known_places
    from lifegap.settings import read_settings

    settings = read_settings(home=home)
    path = file_of(coalition_id, settings)
    places = known_places(settings, before_a_run=False)
    asked = {"county": county, "tract": tract, "zcta": zcta, "neighborhood": neighborhood}
    ids = [place_of(kind, each, places) for kind, named in asked.items() for each in named or ()]
    if not ids and not outline:
        raise error(
            "OPTION",
            doing="making a coalition file",
            found="no place",
            expected="one of " + ", ".join(f"--{kind}" for kind in (*asked, "outline")),
            todo="name a place: lifegap coalition new detroit --county 26163",
        )
    data = data_at_hand(settings, ids)
    drawn = [_drawn(each, settings, data) for each in outline or ()]
    own = [drawn_place(coalition_id, shape, made_of) for _, shape, made_of in drawn]
    wanted = [*own, *wanted_places(ids, data)]
    files = [(file, shape) for file, shape, _ in drawn]
    _write(coalition_id, title, wanted, files, path, settings, data)


def _drawn(file: Path, settings: "Settings", data: "AtHand"):
    """The file, its declaration, and what it is made of. Raises OWN-FILE, UNKNOWN-NAME."""
    from lifegap.catalog.coalitions import Outline
    from lifegap.catalog.outlines import code_of, read_outline
    from lifegap.cli.outline_at_hand import outline_at_hand

    shape = read_outline(file)
    made_of = outline_at_hand(file, shape, settings.warehouse, data)
    title = shape.names[0] if len(shape.names) == 1 else file.stem.replace("-", " ").replace("_", " ").title()
    code = code_of(title)
    return file, Outline(id=code, title=title, file=f"{code}.geojson", county=made_of.county), made_of


def _write(
    coalition_id: str,
    title: str | None,
    wanted: "list[Wanted]",
    drawn: "list[tuple[Path, Outline]]",
    path: Path,
    settings: "Settings",
    data: "AtHand",
) -> None:
    """Write the file and the outlines beside it, unless what it would say is wrong."""
    from lifegap.catalog.catalog import Catalog
    from lifegap.catalog.coalition_check import mistakes_of, refuse_mistakes
    from lifegap.cli.coalition_text import text_of
    from lifegap.disk import writing

    catalog = Catalog(settings.data, settings.coalitions)
    words = title or coalition_id.replace("-", " ").title()
    outlines = [each for _, each in drawn]
    text = text_of(coalition_id, words, wanted, data, catalog, path, outlines).encode()
    with tempfile.TemporaryDirectory() as folder:
        for file, each in drawn:
            shutil.copyfile(file, Path(folder) / each.file)
        today = datetime.now(UTC).date()
        refuse_mistakes(mistakes_of(text, path, catalog, data.places, today, outlines=Path(folder)))
    with writing(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        for file, each in drawn:
            path.with_suffix("").mkdir(exist_ok=True)
            shutil.copyfile(file, path.with_suffix("") / each.file)
        with path.open("xb") as written:
            written.write(text)
    for place in wanted:
        if place.said:
            hint(place.said)
    tell(str(path))
    hint(f"Next: lifegap refresh --coalition {coalition_id}, then lifegap gap --coalition {coalition_id}")
