"""What `lifegap coalition list` and `show` tell: of the declared files, and of the latest release."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lifegap.catalog.catalog import Catalog
from lifegap.catalog.coalitions import Coalition, read_coalition
from lifegap.cli.options import unknown_name
from lifegap.cli.terminal import tell
from lifegap.errors import LifegapError
from lifegap.releases.read import Release, open_release

if TYPE_CHECKING:
    from lifegap.settings import Settings

FIELDS = ("coalition", "title", "city", "status", "places", "targets", "own_files", "published", "file")


def overview(settings: "Settings") -> list[dict[str, Any]]:
    """One row a coalition: of its file, and whether the latest release has it."""
    catalog = Catalog(settings.data, settings.coalitions)
    files = {path.stem: path for path in catalog.coalition_files()}
    published = {row["coalition_id"]: row for row in _published(settings)}
    rows = []
    for id_ in sorted({*files, *published}):
        row = dict.fromkeys(FIELDS) | {"coalition": id_, "published": "yes" if id_ in published else "no"}
        if id_ in files:
            row |= {"file": str(files[id_]), "own_files": len(own_files(files[id_]))} | _of_file(files[id_])
        else:
            row |= {
                "title": published[id_]["title"],
                "city": published[id_]["city"],
                "status": "file removed",
            }
        rows.append(row)
    return rows


def _of_file(path: Path) -> dict[str, Any]:
    try:
        found = read_coalition(path)
    except LifegapError:
        return {"status": "has mistakes: lifegap coalition check"}
    return {
        "title": found.title,
        "city": found.city,
        "status": found.status,
        "places": len(found.members),
        "targets": len(found.target),
    }


def own_files(path: Path) -> list[str]:
    """Files of a coalition's own data, beside its declaration."""
    folder = path.with_suffix("")
    return sorted(each.name for each in folder.iterdir() if each.is_file()) if folder.is_dir() else []


def _published(settings: "Settings") -> list[dict[str, Any]]:
    try:
        with open_release(settings.home) as release:
            return release.ask("SELECT coalition_id, title, city FROM coalition").dicts()
    except LifegapError:
        return []


def pages(settings: "Settings", coalition_id: str) -> dict[str, Any]:
    """All that is declared of a coalition, with the names and states that the latest release gives.

    Raises UNKNOWN-NAME, and DECLARATION for a file with mistakes.
    """
    catalog = Catalog(settings.data, settings.coalitions)
    files = {path.stem: path for path in catalog.coalition_files()}
    if coalition_id not in files:
        raise unknown_name(
            f"no coalition {coalition_id}",
            sorted(files),
            "name one of them, or make it: lifegap coalition new",
        )
    found = read_coalition(files[coalition_id])
    names: dict[str, str] = {}
    states: dict[str, dict[str, Any]] = {}
    try:
        with open_release(settings.home) as release:
            names = _names(release, found)
            states = _states(release, coalition_id)
    except LifegapError:
        pass  # Before the first release there are ids alone.
    return _page_of(found, catalog, names, states) | {
        "file": str(files[coalition_id]),
        "own_files": own_files(files[coalition_id]),
        "published": bool(states),
    }


def _names(release: Release, found: Coalition) -> dict[str, str]:
    ids = sorted(found.named_places)
    return dict(release.ask("SELECT place_id, name FROM place WHERE list_contains(?, place_id)", [ids]).rows)


def _states(release: Release, coalition_id: str) -> dict[str, dict[str, Any]]:
    """Indicator → its status in the release, and why it has none."""
    rows = release.ask(
        "SELECT indicator_id, status, coalesce(reason, caution) AS said FROM coalition_indicator "
        "WHERE coalition_id = ?",
        [coalition_id],
    ).dicts()
    return {row["indicator_id"]: row for row in rows}


def _page_of(
    found: Coalition, catalog: Catalog, names: dict[str, str], states: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    why = {each.id: each.why for each in found.reference}
    return {
        "id": found.id,
        "title": found.title,
        "city": found.city,
        "mission": found.mission,
        "url": found.url,
        "status": found.status,
        "target_statement": found.target_statement,
        "places": [
            {
                "id": each.id,
                "name": names.get(each.id),
                "role": each.role,
                "note": each.note,
                "references": [
                    {"id": other, "name": names.get(other), "why": why.get(other)}
                    for other in each.references
                ],
            }
            for each in found.place
        ],
        "targets": [each.model_dump(mode="json") for each in found.target],
        "priority_areas": [
            {"id": area.id, "title": area.title, "indicators": list(_indicators(area, catalog, states))}
            for area in found.priority_area
        ],
    }


def _indicators(area: Any, catalog: Catalog, states: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Each indicator of an area with its title, its status and what is said of it."""
    listed = [
        *((id_, "not published yet", None) for id_ in area.indicators),
        *((each.id, "data_needed", each.reason) for each in area.data_needed),
        *((each.id, "coalition_supplied", each.reason) for each in area.coalition_supplied),
    ]
    for id_, status, said in listed:
        known = catalog.indicators.get(id_)
        state = states.get(id_, {})
        yield {
            "id": id_,
            "title": known.indicator.title if known else None,
            "status": state.get("status") or status,
            "said": state.get("said") or said,
        }


def page(found: dict[str, Any]) -> None:
    """The page in the terminal."""
    for line in _lines(found):
        tell(line)


def _lines(found: dict[str, Any]) -> Iterator[str]:
    yield f"{found['title']} ({found['id']}, {found['status']})"
    yield from (found[name] for name in ("city", "mission", "url") if found[name])
    yield f"File: {found['file']}"
    yield ""
    yield "Places"
    for each in found["places"]:
        role = "" if each["role"] == "member" else f", {each['role']}"
        yield f"  {_named(each)}{role}"
        yield from (f"    compared with {_named(other)}" for other in each["references"])
    yield ""
    yield "Targets"
    for each in found["targets"]:
        said = each["text"] or f"{each['metric']}, {each['percent']} percent"
        year = f" by {each['year']}" if each["year"] and str(each["year"]) not in said else ""
        over = f" (superseded by {each['superseded_by']})" if each["superseded_by"] else ""
        yield f"  {each['id']}, adopted {each['adopted']}: {said}{year}{over}"
    if not found["targets"]:
        yield f"  {found['target_statement'] or 'none is stated'}"
    for area in found["priority_areas"]:
        yield ""
        yield area["title"]
        for each in area["indicators"]:
            said = f": {each['said']}" if each["said"] else ""
            yield f"  {each['title'] or each['id']} ({each['id']}), {each['status']}{said}"
    yield ""
    yield "Own files: " + (", ".join(found["own_files"]) or "none")


def _named(each: dict[str, Any]) -> str:
    return f"{each['name']} ({each['id']})" if each["name"] else each["id"]
