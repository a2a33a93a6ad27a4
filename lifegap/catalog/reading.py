"""Reading declaration files: TOML into pydantic models, with errors that name file and line."""

import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from lifegap.errors import error

Model = TypeVar("Model", bound=BaseModel)


class Declared(BaseModel):
    """A declaration: every key known, nothing changed after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Named(Declared):
    """A declaration in a file of its own, whose name is its id."""

    id: str


Own = TypeVar("Own", bound=Named)


def read_toml(path: Path, model: type[Model]) -> Model:
    """The file at `path` as a `model`. Raises DECLARATION with each wrong key."""
    return validated(parsed_toml(path), model, path)


def read_named(path: Path, model: type[Own]) -> Own:
    """The file at `path` as a `model` whose id is the name of the file. Raises DECLARATION."""
    found = read_toml(path, model)
    if found.id != path.stem:
        raise error(
            "DECLARATION",
            doing=f"reading {path}",
            found=f'id = "{found.id}"',
            expected=f'the name of the file, "{path.stem}"',
            todo="rename one of the two",
        )
    return found


def parsed_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise error(
            "DECLARATION",
            doing=f"reading {path}",
            found=str(wrong),
            expected="a TOML file",
            todo="mend the line that is named",
        ) from None


def validated(content: dict[str, Any], model: type[Model], path: Path) -> Model:
    try:
        return model.model_validate(content)
    except ValidationError as wrong:
        raise error(
            "DECLARATION",
            doing=f"reading {path}",
            found=[f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in wrong.errors()],
            expected=f"the keys of a {model.__name__} (docs/reference/declarations.md)",
            todo="mend the keys that are named",
        ) from None
