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


def read_toml(path: Path, model: type[Model]) -> Model:
    """The file at `path` as a `model`. Raises DECLARATION with each wrong key."""
    return validated(parsed_toml(path), model, path)


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
