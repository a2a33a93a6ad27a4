"""`lifegap sources`: the datasets behind a release."""

from datetime import UTC, datetime

from lifegap.cli.options import AsFormat, Home, OfRelease, opened
from lifegap.cli.terminal import Format, show
from lifegap.wording import period_words

COLUMNS = ("source", "vintage", "period", "rows", "age", "license", "obtained from")


def sources(form: AsFormat = Format.table, of_release: OfRelease = None, home: Home = None) -> None:
    """Each source: vintage, period, rows, age, license, where it came from.

    Age is counted from the end of the period the data are about.

    Examples:
      lifegap sources

      lifegap sources --format json
    """
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
