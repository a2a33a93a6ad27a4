"""The text of a new coalition file: what is known of it, and as comments what its people may add."""

from collections.abc import Iterator
from pathlib import Path

from lifegap.catalog.catalog import Catalog
from lifegap.catalog.coalitions import Outline
from lifegap.cli.at_hand import OF_TRACTS, AtHand
from lifegap.cli.coalition_new import Wanted

WIDTH = 100

HEAD = """\
# {title}. What every key means: docs/reference/declarations.md.
# Written from {said_of}. What is behind a # is a proposal, or a place for what only you know.
#
# Is it right?    lifegap coalition check {path}
# Publish it:     lifegap refresh --coalition {id}
# See the gaps:   lifegap gap --coalition {id}
id = {id_text}
title = {title_text}
# city = ""
# mission = ""
# url = "https://"
status = "draft"  # "live" when it is agreed
target_statement = "The coalition has stated no numeric target; none is assumed."
"""

TARGET = """\

# A target as you stated it, with its source. Delete target_statement above when there is one.
# [[target]]
# id = "halve-by-2035"
# adopted = 2026-01-31
# text = ""
# metric = "life_expectancy_gap"
# percent = 50
# year = 2035
# source = "Where it is written down"
"""

OWN_AREA = """\

# What no public file has, and who has it:
# [[priority_area.data_needed]]
# id = "kindergarten_readiness"
# reason = ""
# where = ""
"""


def text_of(
    coalition_id: str,
    title: str,
    places: list[Wanted],
    data: AtHand,
    catalog: Catalog,
    path: Path,
    outlines: list[Outline],
) -> str:
    """The whole file. The first place that has figures stands with its first reference at the head."""
    return "".join(
        (
            HEAD.format(
                id=coalition_id,
                title=title,
                said_of=data.said_of,
                path=path,
                id_text=_quoted(coalition_id),
                title_text=_quoted(title),
            ),
            *_headline(places),
            *(_outline(each) for each in outlines),
            *(_place(each) for each in places),
            *_reasons(places),
            TARGET,
            *_areas(places, data, catalog),
            OWN_AREA,
        )
    )


def _quoted(text: str) -> str:
    """The text as TOML has it."""
    plain = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(each if each.isprintable() else " " for each in plain) + '"'


def _headline(places: list[Wanted]) -> Iterator[str]:
    head = next((each for each in places if each.references and each.said is None), None)
    head = head or next((each for each in places if each.references), None)
    if head is not None:
        yield "\n# The pair whose gap heads every report.\n[headline]\n"
        yield f"place = {_quoted(head.id)}\nreference = {_quoted(head.references[0])}\n"


def _outline(each: Outline) -> str:
    keys = (("id", each.id), ("title", each.title), ("file", each.file), ("county", each.county))
    lines = "".join(f"{key} = {_quoted(value)}\n" for key, value in keys)
    return f"\n# An area that you draw; its file lies in the folder beside this one.\n[[outline]]\n{lines}"


def _place(each: Wanted) -> str:
    lines = ["", *([f"# {each.said}"] if each.said else []), "[[place]]", f"id = {_quoted(each.id)}"]
    if each.role != "member":
        lines.append(f"role = {_quoted(each.role)}")
    if each.references:
        lines.append(f"references = [{', '.join(map(_quoted, each.references))}]")
    lines.append(f"note = {_quoted(each.name)}")
    return "\n".join(lines) + "\n"


def _reasons(places: list[Wanted]) -> Iterator[str]:
    """Each reference once, with why it is one."""
    named = {id_ for each in places for id_ in each.references}
    why = {id_: words for each in places for id_, words in each.why.items() if id_ in named}
    for id_, words in why.items():
        yield f"\n[[reference]]\nid = {_quoted(id_)}\nwhy = {_quoted(words)}\n"


def _areas(places: list[Wanted], data: AtHand, catalog: Catalog) -> Iterator[str]:
    """Every theme with the indicators that have values of the coalition's places, the others as comments."""
    members = [each.id for each in places if each.role == "member"]
    here = {id_ for each in members for id_ in data.values.get(each, data.values.get(OF_TRACTS, ()))}
    themes: dict[str, list[str]] = {}
    for id_, declared in catalog.indicators.items():
        themes.setdefault(declared.priority_area, []).append(id_)
    for theme, ids in themes.items():
        found = [id_ for id_ in ids if id_ in here]
        absent = [id_ for id_ in ids if id_ not in here]
        if not found:
            yield f"\n# {_title(theme)}: no values of these places in {data.said_of}:\n"
            yield _commented(absent)
            continue
        yield f"\n[[priority_area]]\nid = {_quoted(theme)}\ntitle = {_quoted(_title(theme))}\n"
        yield "indicators = [\n"
        for id_ in found:
            yield f"    {_quoted(id_)},  # {catalog.indicators[id_].indicator.title}\n"
        yield "]\n"
        if absent:
            yield f"# No values of these places in {data.said_of}:\n"
            yield _commented(absent)


def _title(theme: str) -> str:
    return theme.replace("_", " ").capitalize()


def _commented(ids: list[str]) -> str:
    """Ids as a comment of lines that fit a window."""
    lines, line = [], "#"
    for id_ in ids:
        if len(line) + len(id_) + 2 > WIDTH:
            lines.append(line)
            line = "#"
        line += f" {id_}," if id_ != ids[-1] else f" {id_}"
    return "\n".join([*lines, line]) + "\n"
