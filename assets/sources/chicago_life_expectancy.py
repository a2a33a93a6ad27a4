"""The city's life expectancy of its community areas, 1990, 2000 and 2010 (dataset qjr3-bm53).

Peculiar: one dataset in three forms (portal CSV, the same with a byte order mark, the API's CSV with
other names and every decimal); names end in spaces; the last row is the city, without a number.
"""

from collections.abc import Iterator

import polars as pl

from assets.table import table
from lifegap.landing.files import SourceFiles, number, unparsed

YEARS = (1990, 2000, 2010)
COLUMNS = {
    "portal_csv": (
        "Community Area Number",
        "Community Area",
        ("{} Life Expectancy", "{} Lower 95% CI", "{} Upper 95% CI"),
    ),
    "portal_api": (
        "ca",
        "community_area",
        ("_{}_life_expectancy", "_{}_lower_95_ci", "_{}_upper_95_ci"),
    ),
}


@table("sources.chicago_life_expectancy", source="chicago_life_expectancy")
def chicago_life_expectancy(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """Three periods of each row, in each form of the file."""
    for file in files.of(*COLUMNS):
        area, name, figures = COLUMNS[file.layout.id]
        rows = file.without_empty_lines(file.rows())
        for year in YEARS:
            estimate, low, high = (pattern.format(year) for pattern in figures)
            yield rows.select(
                "source_file",
                "source_row",
                pl.lit(file.vintage.id).alias("vintage"),
                layout=pl.lit(file.layout.id),
                area_number=number(area).cast(pl.Int32),
                community_area=pl.col(name).str.strip_chars(),
                year=pl.lit(year, pl.Int32),
                estimate=number(estimate),
                ci_low=number(low),
                ci_high=number(high),
                unparsed=unparsed(area, estimate, low, high),
            )
