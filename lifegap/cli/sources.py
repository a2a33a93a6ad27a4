"""`lifegap sources`: the datasets behind a release."""

from dataclasses import asdict, fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from lifegap.cli.options import AsFormat, Home, OfRelease, opened
from lifegap.cli.terminal import Format, hint, show
from lifegap.releases.calendar import Expected, month_or_year, twelve_months
from lifegap.wording import period_words

COLUMNS = ("source", "vintage", "period", "rows", "age", "license", "obtained from")


CALENDAR = ("expected", "overdue", "source", "latest here", "basis", "why")


def sources(
    calendar: Annotated[
        bool, typer.Option("--calendar", help="The editions expected in the next twelve months.")
    ] = False,
    today: Annotated[
        datetime | None,
        typer.Option(
            "--today", formats=["%Y-%m-%d"], metavar="DAY", help="With --calendar: from this day on."
        ),
    ] = None,
    form: AsFormat = Format.table,
    of_release: OfRelease = None,
    home: Home = None,
) -> None:
    """Each source: vintage, period, rows, age, license, where it came from.

    Age is counted from the end of the period the data are about. With --calendar, what is expected of the
    publishers in the next twelve months, and what was expected before and is not in the release.

    Examples:
      lifegap sources

      lifegap sources --format json

      lifegap sources --calendar --today 2026-12-01
    """
    if calendar or today is not None:
        _calendar((today or datetime.now(UTC)).date(), form, of_release, home)
        return
    with opened(home, of_release) as release:
        found = release.ask("SELECT * FROM source ORDER BY source_id, vintage")
    if form is not Format.table:
        show(found.columns, found.rows, form)
        return
    year = datetime.now(UTC).year
    rows = [
        [
            each["source_id"],
            each["vintage"],
            "" if each["period_end"] is None
            else period_words(each["period_start"], each["period_end"]),
            f"{each['rows_kept']:,}",
            "" if each["period_end"] is None else f"{year - each['period_end']} years",
            each["license"],
            each["obtained_from"],
        ]
        for each in found.dicts()
    ]  # fmt: skip
    show(COLUMNS, rows, form)


def _calendar(today: date, form: Format, of_release: str | None, home: Path | None) -> None:
    """What is expected in the twelve months from a day: in months for people, in days for programs."""
    with opened(home, of_release) as release:
        expected = twelve_months(release.ask("SELECT * FROM release_calendar").dicts(), today)
    if form is not Format.table:
        rows = [list(asdict(each).values()) for each in expected]
        show([field.name for field in fields(Expected)], rows, form)
        return
    rows = [
        [
            month_or_year(each.earliest, each.latest),
            "overdue" if each.overdue else "",
            each.source_id,
            each.vintage_here,
            each.basis,
            each.why,
        ]
        for each in expected
    ]
    show(CALENDAR, rows, form)
    hint(f"From {today}, of the sources of this release. Of some no date is known:")
    hint('      lifegap sql "SELECT * FROM release_calendar"')
