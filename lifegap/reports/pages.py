"""Pages out of templates: everything that comes from a table is escaped, and what is missing is an error."""

from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from lifegap import PACKAGE


def rendered(template: str, values: dict[str, Any]) -> str:
    """The page that a template of `lifegap/reports` gives for these values."""
    return _templates().get_template(template).render(values)


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(PACKAGE / "reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
