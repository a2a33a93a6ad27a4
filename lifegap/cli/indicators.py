"""`lifegap indicators`: what is measured for each coalition, and what is not."""

from typing import Annotated

import typer

from lifegap.cli.options import AsFormat, CoalitionOption, Home, OfRelease, known_coalition, opened
from lifegap.cli.terminal import Format, show
from lifegap.errors import error


def indicators(
    coalition: CoalitionOption = None,
    area: Annotated[str | None, typer.Option("--area", metavar="A", help="One priority area only.")] = None,
    form: AsFormat = Format.table,
    of_release: OfRelease = None,
    home: Home = None,
) -> None:
    """What is measured, what is `data_needed`, and why.

    Examples:
      lifegap indicators --coalition west-side-united

      lifegap indicators --area education
    """
    with opened(home, of_release) as release:
        found = release.ask(
            """
            SELECT coalition_id, c.priority_area, indicator_id, title, unit, direction AS better,
                status, coalesce(reason, caution) AS why, where_to_get
            FROM coalition_indicator AS c JOIN indicator USING (indicator_id)
            WHERE ($coalition IS NULL OR coalition_id = $coalition)
                AND ($area IS NULL OR c.priority_area = $area)
            ORDER BY coalition_id, position
            """,
            {"coalition": known_coalition(release, coalition), "area": area},
        )
        known = release.ask("SELECT DISTINCT priority_area FROM coalition_indicator ORDER BY 1").rows
    if not found.rows:
        raise error(
            "UNKNOWN-NAME",
            doing="listing indicators",
            found=f"no priority area {area}" + (f" in {coalition}" if coalition else ""),
            expected=f"one of {', '.join(row[0] for row in known)}",
            todo="correct --area, or leave it out",
        )
    if form is Format.table:
        columns = [name for name in found.columns if name != "where_to_get"]
        show(columns, [row[:-1] for row in found.rows], form)
    else:
        show(found.columns, found.rows, form)
