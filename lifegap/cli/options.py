"""Options that several commands share, and the words for places and periods."""

from pathlib import Path
from typing import Annotated, Any

import typer

from lifegap.cli.terminal import Format
from lifegap.errors import error
from lifegap.store.release import Release

Home = Annotated[
    Path | None,
    typer.Option("--home", help="Folder of landing files and releases [LIFEGAP_HOME]."),
]
AsFormat = Annotated[Format, typer.Option("--format", help="How to print the result.")]
CoalitionOption = Annotated[str | None, typer.Option("--coalition", metavar="ID", help="One coalition only.")]


def home_of(home: Path | None) -> Path:
    """The home folder: the option, else the environment, else ./.lifegap."""
    import os

    return (home or Path(os.environ.get("LIFEGAP_HOME", ".lifegap"))).expanduser().absolute()


def known_coalition(release: Release, coalition: str | None) -> str | None:
    """The coalition if it is in the release. Raises UNKNOWN-NAME."""
    known = [row[0] for row in release.ask("SELECT coalition_id FROM coalition").rows]
    if coalition is not None and coalition not in known:
        raise _unknown(f"coalition {coalition}", known, "name one of them")
    return coalition


def find_place(release: Release, name: str) -> dict[str, Any]:
    """The place with this id or name. Of several, members of coalitions come first, then others.

    Raises UNKNOWN-NAME when there is none, or several that cannot be told apart.
    """
    found = release.ask(
        """
        SELECT p.place_id, p.name, max(CASE cp.role WHEN 'member' THEN 2 WHEN 'context' THEN 1
            ELSE 0 END) AS ours
        FROM place AS p LEFT JOIN coalition_place AS cp USING (place_id)
        WHERE p.place_id = $name OR lower(p.name) = lower($name)
            OR split_part(p.place_id, ':', 2) = $name
        GROUP BY ALL ORDER BY p.place_id
        """,
        {"name": name},
    ).dicts()
    exact = [each for each in found if each["place_id"] == name]
    nearest = max((each["ours"] for each in found), default=0)
    candidates = exact or [each for each in found if each["ours"] == nearest]
    if len(candidates) == 1:
        return candidates[0]
    if candidates:
        raise _unknown(
            f"{len(candidates)} places called {name}",
            [f"{each['place_id']} ({each['name']})" for each in candidates],
            "name one of them by its id",
        )
    near = release.ask(
        """
        SELECT place_id || ' (' || name || ')' FROM place
        ORDER BY jaro_winkler_similarity(lower(name), lower($name)) DESC, place_id LIMIT 5
        """,
        {"name": name},
    ).rows
    raise _unknown(f"no place {name}; nearest: {'; '.join(row[0] for row in near)}", [], "see above")


def _unknown(found: str, known: list[str], todo: str) -> Exception:
    return error(
        "UNKNOWN-NAME",
        doing="looking up a name in the latest release",
        found=found,
        expected=f"one of: {', '.join(known)}" if known else "an id or a name of the release",
        todo=todo,
    )


def period_words(start: int, end: int) -> str:
    """A period as people write it."""
    return str(end) if start == end else f"{start}-{end}"
