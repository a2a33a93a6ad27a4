"""What is wrong with a coalition file, all of it at once, each mistake with its line and a remedy."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from lifegap.catalog.catalog import Catalog
from lifegap.catalog.coalition_rules import Place, semantic_mistakes, tables
from lifegap.catalog.coalitions import Coalition
from lifegap.catalog.known_places import KnownPlaces
from lifegap.catalog.outlines import FILE, read_outline
from lifegap.catalog.toml_lines import line_of, lines_of
from lifegap.errors import LifegapError, error

AS_WRITTEN_ELSEWHERE = {
    "\u201c": 'a curly quotation mark; write "',
    "\u201d": 'a curly quotation mark; write "',
    "\u2018": "a curly quotation mark; write '",
    "\u2019": "a curly quotation mark; write '",
    "\u00a0": "a blank that does not break, from a web page or a word processor; write a plain one",
    "\ufeff": "a mark of the encoding; save the file as UTF-8 without BOM",
    "\u2013": "a long dash; write -",
}
"""Characters that word processors and spreadsheets put outside of texts."""

SAYS_LINE = re.compile(r"\(at line (\d+), column \d+\)")
OF_MODELS = {
    "missing": ("{key} is missing", "add it"),
    "string_type": ("{key} is {input}, no text", "write it between quotation marks"),
    "tuple_type": ("{key} is {input}, no list", "write it between brackets, or as [[{key}]]"),
    "date_from_datetime_parsing": ("{key} is {input}, no date", "write a day as 2018-05-17"),
    "date_parsing": ("{key} is {input}, no date", "write a day as 2018-05-17"),
    "date_type": ("{key} is {input}, no date", "write a day as 2018-05-17"),
    "int_parsing": ("{key} is {input}, no whole number", "write the number without quotation marks"),
    "float_parsing": ("{key} is {input}, no number", "write the number without quotation marks"),
}
"""Kinds of errors of the reader of models → what is found and what to do, in words of the file."""


@dataclass(frozen=True)
class Mistake:
    """One mistake. line: counted from 1; None where it is of the file as a whole."""

    file: Path
    line: int | None
    found: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.file}, line {self.line}" if self.line else str(self.file)
        return f"{where}: {self.found}; {self.remedy}"


def mistakes_in(path: Path, catalog: Catalog, places: KnownPlaces, today: date) -> list[Mistake]:
    """Every mistake of a coalition file, by line. Raises OWN-FILE for a file that cannot be read at all."""
    try:
        content = path.read_bytes()
    except OSError as wrong:
        raise error(
            "OWN-FILE",
            doing="checking a coalition file",
            found=f"{path}: {wrong.strerror}",
            expected="a file that can be read",
            todo="correct the name, or the rights of the file",
        ) from None
    return mistakes_of(content, path, catalog, places, today)


def mistakes_of(
    content: bytes,
    path: Path,
    catalog: Catalog,
    places: KnownPlaces,
    today: date,
    *,
    outlines: Path | None = None,
) -> list[Mistake]:
    """The same of what a file holds, or is to hold. outlines: folder of those it names, if not its own."""
    text, unreadable = _text(path, content)
    if text is None:
        return unreadable
    try:
        declared = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        return _no_toml(path, text, str(wrong))
    lines = lines_of(text)
    found = {
        (line_of(lines, where), what, remedy)
        for where, what, remedy in (
            *_of_the_model(declared),
            *semantic_mistakes(declared, path.stem, catalog, places, today),
            *_of_outlines(declared, outlines or path.with_suffix("")),
        )
    }
    ordered = sorted(found, key=lambda each: (each[0] or 0, each[1]))
    return [Mistake(path, line, what, remedy) for line, what, remedy in ordered]


def refuse_mistakes(found: list[Mistake]) -> None:
    """Raises DECLARATION with the mistakes, if there are any."""
    if found:
        raise _refusal(found)


def _refusal(found: list[Mistake]) -> LifegapError:
    files = sorted({str(each.file) for each in found})
    return error(
        "DECLARATION",
        doing="checking the coalition files",
        found=[str(each) for each in found],
        expected="coalition files as docs/reference/declarations.md describes them",
        todo=f"mend what is named; lifegap coalition check {files[0]} shows all of it",
    )


def _text(path: Path, content: bytes) -> tuple[str | None, list[Mistake]]:
    """The text of the file; else the mistake that keeps it from being read."""
    whole = {
        b"PK\x03\x04": "is a workbook or another packed file, no text",
        b"\xff\xfe": "is written in UTF-16",
        b"\xfe\xff": "is written in UTF-16",
    }
    for sign, what in whole.items():
        if content.startswith(sign):
            return None, [Mistake(path, None, f"the file {what}", "save it as plain text in UTF-8")]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        found = f"byte 0x{content[wrong.start]:02x} is no UTF-8"
        return None, [Mistake(path, line, found, "save the file as UTF-8 (not as Windows or Mac text)")]
    return text.replace("\r\n", "\n"), []


def _no_toml(path: Path, text: str, said: str) -> list[Mistake]:
    """Why the file is no TOML: what programs for text and tables put in, else what the reader says."""
    found = []
    for number, line in enumerate(text.split("\n"), start=1):
        outside = re.sub(r"\"[^\"]*\"|'[^']*'|#.*", "", line)
        found += [
            Mistake(path, number, "outside of a text stands " + words.split(";")[0], words.split("; ")[1])
            for sign, words in AS_WRITTEN_ELSEWHERE.items()
            if sign in outside
        ]
    stands = SAYS_LINE.search(said)
    line = int(stands.group(1)) if stands else text.count("\n") + 1
    if not any(each.line == line for each in found):
        what = SAYS_LINE.sub("", said).strip()
        twice = what.startswith(("Cannot overwrite", "Cannot declare"))
        remedy = "keep one of the two" if twice else "mend the line; what follows it is checked then"
        found.append(Mistake(path, line, f"no TOML: {what}", remedy))
    return sorted(found, key=lambda each: each.line or 0)


def _of_the_model(declared: dict[str, Any]) -> Iterator[tuple[Place, str, str]]:
    """Keys that are unknown, missing or of another kind."""
    try:
        Coalition.model_validate(declared)
    except ValidationError as wrong:
        for each in wrong.errors():
            where, kind = each["loc"], each["type"]
            key = next((str(part) for part in reversed(where) if isinstance(part, str)), "the file")
            if kind == "extra_forbidden":
                yield where, f"{key} is not a key here", _known_key(key, where)
            elif kind == "string_pattern_mismatch" and key in ("id", "references") and where[0] != "id":
                continue  # Said of the place itself, with what to write instead.
            elif not where and "listed twice" in each["msg"]:
                continue  # Said of the second of the two.
            else:
                found, remedy = OF_MODELS.get(kind, ("{key}: {msg}", "correct it"))
                told = {"key": key, "input": repr(each["input"]), "msg": each["msg"]}
                told["msg"] = told["msg"].removeprefix("Value error, ")
                yield where, found.format(**told), remedy.format(**told)


def _of_outlines(declared: dict[str, Any], folder: Path) -> Iterator[tuple[Place, str, str]]:
    """Outlines whose file is not there, or draws no area."""
    for at, each in tables(declared, "outline"):
        file = each.get("file")
        if isinstance(file, str) and re.fullmatch(FILE, file):
            try:
                read_outline(folder / file)
            except LifegapError as wrong:
                yield ("outline", at, "file"), f"{folder / file}: {wrong.found[0]}", wrong.todo


def _known_key(key: str, where: Place) -> str:
    """The key that was meant, or those there are."""
    known = sorted(_model_at(where[:-1]).model_fields)
    near = get_close_matches(key, known, 1, 0.6)
    return f"did you mean {near[0]}?" if near else f"known here: {', '.join(known)}"


def _model_at(where: Place) -> type[BaseModel]:
    """The model that declares the keys at a place of the file."""
    model: type[BaseModel] = Coalition
    for part in where:
        if isinstance(part, str):
            kinds = [model.model_fields[part].annotation] if part in model.model_fields else []
            while kinds:
                kind = kinds.pop()
                if isinstance(kind, type) and issubclass(kind, BaseModel):
                    model = kind
                    break
                kinds += getattr(kind, "__args__", ())
    return model
