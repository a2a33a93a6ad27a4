"""Pages out of templates: everything that comes from a table is escaped, and what is missing is an error."""

from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from lifegap import PACKAGE

TEMPLATES = PACKAGE / "reports" / "templates"


def rendered(template: str, values: dict[str, Any]) -> str:
    """The page that a template gives for these values."""
    return _templates().get_template(template).render(values)


def shortened(text: str, longest: int) -> str:
    """The text, cut and marked as cut where it is too long for its place."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip(' ,;')}…"


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
