"""`warehouse.unused_row`: rows that a source's table holds and that reach no figure, place or weight.

A row is used where an observation is made of it, or where another table is made of the table it stands in.
What remains is counted here by file with the reason declared below; what no reason is declared for has
`unexplained`, which a rule finds: a layout was read whose rows nothing can use.
"""

from collections import defaultdict
from fnmatch import fnmatch

import duckdb
import polars as pl

from assets.table import registered, table
from assets.warehouse.observation import READ
from lifegap.store.warehouse import Relation

OBSERVED = {*READ.values(), "sources.acs_cell"}
NAMES = {"sources.chr_measure_release", "sources.chr_summary_name"}
"""Observed tables whose rows name and date the rows of others."""

SHARES = {"sources.chicago_block", "sources.chicago_community_area"}
"""Observed tables whose rows weigh units or draw places, whether or not an observation is made of them."""

COPY, WAITS, AGES = "copy_for_comparison", "waits_for_a_use", "other_ages"
PARTS, BASE, UNDATED = "part_of_a_tract", "base_of_the_estimates", "no_place_or_period"
WHY = (
    ("sources.chicago_life_expectancy", "*", COPY),
    ("sources.chicago_health_atlas", "*", COPY),
    ("sources.cmap_cell", "*", COPY),
    ("sources.chr_measure", "*-reshaped", COPY),
    ("sources.chr_measure", "*", UNDATED),
    ("sources.chr_relational_value", "*", UNDATED),
    ("sources.chicago_reported", "*", UNDATED),
    ("sources.philadelphia_assessment", "*", UNDATED),
    ("sources.philadelphia_small_area", "*", UNDATED),
    ("sources.places_estimate", "500-cities-*", PARTS),
    ("sources.us_life_table", "*", AGES),
    ("sources.county_age_estimate", "*", BASE),
    ("sources.chicago_survey_cell", "*", COPY),
    ("sources.usaleep_export", "*", COPY),
    ("sources.paral_tract2010", "*", COPY),
    ("sources.ccdph_value", "*", COPY),
    ("sources.philadelphia_area", "*", COPY),
    ("sources.chicago_diabetes", "*", WAITS),
    ("sources.chicago_point", "*", WAITS),
    ("sources.chicago_school", "*", WAITS),
    ("sources.chr_benchmark", "*", WAITS),
    ("sources.chr_part_score", "*", WAITS),
    ("sources.chr_rank_class", "*", WAITS),
    ("sources.chr_workbook_cell", "*", COPY),
    ("sources.city_neighborhood", "*", WAITS),
    ("sources.philadelphia_point", "*", WAITS),
)
"""Table, pattern of vintages, and why rows of it reach nothing further."""

UNEXPLAINED = "unexplained"


@table("warehouse.unused_row", observation="warehouse.observation", after=("sources",))
def unused_row(observation: Relation, connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """One row per file that holds such rows."""
    used = {
        (source_id, file): rows
        for source_id, file, rows in observation.aggregate(
            "source_id, source_file, count(DISTINCT source_row)", "source_id, source_file"
        ).fetchall()
    }
    kept: defaultdict[tuple[str, str, str], dict[str, int]] = defaultdict(dict)
    for name, source_id, vintage, file, rows in connection.execute(
        "SELECT table_name, source_id, vintage, file, rows FROM landing.row_account WHERE reason = 'kept'"
    ).fetchall():
        kept[source_id, vintage, file][name] = rows
    read = _tables_read()
    left = [
        (*key, reason_for(tables, key[1]), max(tables.values()) - used.get((key[0], key[2]), 0))
        for key, tables in sorted(kept.items())
        if not tables.keys() & read
    ]
    return pl.DataFrame(
        [row for row in left if row[-1] > 0],
        schema=["source_id", "vintage", "file", "reason", "rows"],
        schema_overrides=dict.fromkeys(("source_id", "vintage", "file", "reason"), pl.String)
        | {"rows": pl.Int64},
        orient="row",
    )


def _tables_read() -> set[str]:
    """Tables of sources every row of which serves: other tables are made of them."""
    makers = registered().values()
    readers = {name for each in makers if each.table.layer != "sources" for name in each.reads.values()}
    return (readers - OBSERVED) | NAMES | SHARES


def reason_for(tables: dict[str, int], vintage: str) -> str:
    """Why rows of the tables in an edition reach nothing further, or `unexplained`."""
    return next(
        (why for name, pattern, why in WHY if name in tables and fnmatch(vintage, pattern)), UNEXPLAINED
    )
