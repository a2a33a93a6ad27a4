"""Chicago Health Atlas: indicators of community areas, as downloaded in a workbook.

Peculiar: one column per topic and period (VRLE_2020, UNI_2017-2021), labels on a second sheet; area
ids are text and sorted as text; no standard errors; the number of decimals changes by year.
"""

import polars as pl

from assets.table import table
from lifegap.landing.files import FILE, ROW, SourceFiles, number

AREA_COLUMNS = ("Layer", "Name", "GEOID")


@table("sources.chicago_health_atlas", source="chicago_health_atlas")
def chicago_health_atlas(files: SourceFiles) -> pl.DataFrame:
    """One row per area, topic and period."""
    tables = []
    for file in files.of("workbook"):
        rows = file.without_empty_lines(file.rows())
        topics = [name for name in rows.columns if name not in (*AREA_COLUMNS, ROW, FILE)]
        if missing := [name for name in AREA_COLUMNS if name not in rows.columns]:
            raise file.unreadable(f"no column {', '.join(missing)} on the sheet")
        if wrong := [name for name in topics if not _is_topic(name)]:
            raise file.unreadable(f"columns that are no topic and period: {', '.join(wrong)}")
        tables.append(
            rows.unpivot(topics, index=[FILE, ROW, *AREA_COLUMNS], variable_name="column")
            .with_columns(
                pl.col("column")
                .str.extract_groups(r"^(?<topic>[A-Z]+)_(?<start>\d{4})(?:-(?<end>\d{4}))?$")
                .struct.unnest()
            )
            .select(
                FILE,
                ROW,
                pl.lit(file.vintage.id).alias("vintage"),
                layer=pl.col("Layer"),
                name=pl.col("Name"),
                geoid=pl.col("GEOID"),
                topic=pl.col("topic"),
                period_start=pl.col("start").cast(pl.Int32),
                period_end=pl.coalesce("end", "start").cast(pl.Int32),
                estimate=number("value"),
                unparsed=pl.when(pl.col("value").is_not_null() & number("value").is_null()).then(
                    pl.format("{}={}", "column", "value")
                ),
            )
        )
    return pl.concat(tables)


def _is_topic(column: str) -> bool:
    topic, _, period = column.partition("_")
    return topic.isupper() and all(year.isdigit() and len(year) == 4 for year in period.split("-"))
