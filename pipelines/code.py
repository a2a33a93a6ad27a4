"""The code behind a module: its own text and that of every module of ours that it imports, as one hash."""

import ast
import hashlib
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.metadata import requires, version
from pathlib import Path

OURS = ("assets", "expectations", "lifegap", "pipelines")


@cache
def code_of(*modules: str) -> str:
    """Hash of the modules with all that they import of ours, and of the versions of the libraries."""
    digest = hashlib.sha256(_libraries().encode())
    for name in sorted(modules_behind(*modules)):
        digest.update(f"{name} {_hash_of(name)}\n".encode())
    return digest.hexdigest()


def modules_behind(*modules: str) -> set[str]:
    """The modules and those that they import of ours, to the last."""
    found: set[str] = set()
    waiting = [*modules]
    while waiting:
        if (name := waiting.pop()) not in found:
            found.add(name)
            waiting += _imported_by(name)
    return found


@cache
def _imported_by(module: str) -> tuple[str, ...]:
    """Modules of ours that a module imports; a package that is imported whole stands for all in it."""
    names: list[str] = []
    for node in _statements(ast.parse(_file_of(module).read_bytes()).body):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names if _is_ours(alias.name)]
        elif isinstance(node, ast.ImportFrom) and node.module and _is_ours(node.module):
            names.append(node.module)
            for alias in node.names:
                names += _whole(f"{node.module}.{alias.name}")
    return tuple(dict.fromkeys(names))


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Statements and those within them: imports are no expressions, and most of a tree are."""
    for statement in body:
        yield statement
        for block in ("body", "orelse", "finalbody"):
            yield from _statements(getattr(statement, block, []))
        for part in (*getattr(statement, "handlers", []), *getattr(statement, "cases", [])):
            yield from _statements(part.body)


def _whole(name: str) -> list[str]:
    """The module of that name, or all modules of the package; none where it names something in a module."""
    path = _path_of(name)
    if path.is_dir():
        return [name, *(f"{name}.{each.stem}" for each in path.glob("*.py") if each.stem != "__init__")]
    return [name] if path.with_suffix(".py").is_file() else []


@cache
def _hash_of(module: str) -> str:
    return hashlib.sha256(_file_of(module).read_bytes()).hexdigest()


def _file_of(module: str) -> Path:
    path = _path_of(module)
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def _path_of(module: str) -> Path:
    package, *rest = module.split(".")
    return _folder_of(package).joinpath(*rest)


@cache
def _folder_of(package: str) -> Path:
    return Path(next(iter(import_module(package).__path__)))


def _is_ours(module: str) -> bool:
    return module.split(".", maxsplit=1)[0] in OURS


@cache
def _libraries() -> str:
    """The libraries that the project asks for, with their versions."""
    names = sorted({re.split(r"[^\w.-]", each)[0] for each in requires("lifegap") or []})
    return " ".join(f"{name}=={version(name)}" for name in names)
