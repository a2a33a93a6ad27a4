"""`warehouse.unused_row`: rows that a source's table holds and that reach no figure, place or weight.

A row is used where an observation is made of it, or where another table is made of the table it stands in.
What remains is counted here by file with the reason declared below. A table that is read for observations
says which of its rows a reason is for, so that a row that is lost some other way is not excused with them;
what no reason is declared for has `unexplained`, which a rule finds.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from fnmatch import fnmatch

import duckdb
import polars as pl

from assets.table import registered, table
from assets.warehouse import cities
from assets.warehouse.observation import READ
from assets.warehouse.observed.chr import LIFE_EXPECTANCY, YEAR_ALONE
from assets.warehouse.why_unused import BASE, COPY, CORRECTED, PARTS, TWICE, UNDATED, WAITS, Why
from lifegap.store.warehouse import Relation

OBSERVED = {*READ.values(), "sources.acs_cell"}
NAMES = {"sources.chr_measure_release", "sources.chr_summary_name"}
"""Observed tables whose rows name and date the rows of others."""

COUNTS = {"sources.tract_population"}
WEIGH = [each for found in cities.registered() for each in (*found.crosswalks, *found.maps)]
SHARES = {*cities.tables_read(WEIGH).values()} - COUNTS
"""Observed tables whose rows weigh units or draw places, whether or not an observation is made of them.

Every count of the census is an observation, and one that is lost must be seen.
"""

PUBLISHED = {"sources.us_life_table"}
"""Observed tables that are published whole."""

YEARS_OF_RELEASE = f"""
    EXISTS (
        FROM sources.chr_measure_release AS r
        WHERE r.measure = t.measure AND regexp_matches(r.years_used, '\\d{{4}}') AND (
            r.year = left(t.vintage, 4)::INTEGER OR (
                r.year < left(t.vintage, 4)::INTEGER AND regexp_full_match(r.years_used, '{YEAR_ALONE}')
                AND r.year = (SELECT max(year) FROM sources.chr_measure_release)
            )
        )
    )
"""
"""Whether the publisher's list, or the last one, gives the measure's years in a form that can be moved on."""

SAME_FIGURE = """
    (t.source_file, t.source_row) IN (
        SELECT source_file, source_row FROM sources.big_city_value
        WINDOW same AS (PARTITION BY vintage, place, indicator, year_start, year_end, sex,
            replace(race, 'Native American', 'American Indian/Alaska Native'))
        QUALIFY count(*) OVER same > 1
    )
"""
"""Whether another row of the inventory is of the same place, indicator, years and group."""

WHY = (
    Why("sources.chr_measure", "*-reshaped", COPY),
    Why("sources.chr_measure", "*", UNDATED,
        f"t.measure <> '{LIFE_EXPECTANCY}' AND NOT {YEARS_OF_RELEASE}"),
    Why("sources.chr_relational_value", "*", WAITS, "t.population_group <> 'all'"),
    Why("sources.chr_relational_value", "*", COPY, f"t.measure = '{LIFE_EXPECTANCY}'"),
    Why("sources.chr_relational_value", "*", CORRECTED, "t.correction > 0"),
    Why("sources.chr_relational_value", "*", UNDATED, f"NOT {YEARS_OF_RELEASE}"),
    Why("sources.big_city_value", "*", TWICE, SAME_FIGURE),
    Why("sources.places_estimate", "500-cities-*", PARTS),
    Why("sources.county_age_estimate", "*", BASE, "t.base_of_estimates"),
    Why("sources.usaleep_export", "*", COPY),
    Why("sources.coalition_asset", "*", WAITS),
    Why("sources.ccdph_value", "*", COPY),
    Why("sources.chr_benchmark", "*", WAITS),
    Why("sources.chr_part_score", "*", WAITS),
    Why("sources.chr_rank_class", "*", WAITS),
    Why("sources.chr_workbook_cell", "*", COPY),
    Why("sources.city_neighborhood", "*", WAITS),
    *(why for found in cities.registered() for why in found.unused),
)  # fmt: skip
"""Reasons, the first that fits a row before the others."""

UNEXPLAINED = "unexplained"


@table("warehouse.unused_row", observation="warehouse.observation", after=("sources",))
def unused_row(observation: Relation, connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """One row per file that holds such rows, and reason."""
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
    left: list[tuple[str, str, str, str, int]] = []
    for (source_id, vintage, file), tables in sorted(kept.items()):
        rows = max(tables.values()) - used.get((source_id, file), 0)
        if tables.keys() & read or rows <= 0:
            continue
        told = by_reason(connection, tables, (source_id, vintage, file), rows)
        left += [(source_id, vintage, file, reason, number) for reason, number in told.items()]
    return pl.DataFrame(
        left,
        schema=["source_id", "vintage", "file", "reason", "rows"],
        schema_overrides=dict.fromkeys(("source_id", "vintage", "file", "reason"), pl.String)
        | {"rows": pl.Int64},
        orient="row",
    )


def _tables_read() -> set[str]:
    """Tables of sources every row of which serves: other tables are made of them."""
    makers = registered().values()
    readers = {name for each in makers if each.table.layer != "sources" for name in each.reads.values()}
    return (readers - OBSERVED) | NAMES | SHARES | PUBLISHED


def by_reason(
    connection: duckdb.DuckDBPyConnection, tables: Iterable[str], file: tuple[str, str, str], rows: int
) -> dict[str, int]:
    """Reason → rows, of a file of which so many rows reach nothing further.

    tables: those that hold its rows. file: source, edition and name.
    """
    source_id, vintage, name = file
    fitting = [why for why in WHY if why.table in tables and fnmatch(vintage, why.vintages)]
    if not fitting or fitting[0].where is None:
        return {fitting[0].reason if fitting else UNEXPLAINED: rows}
    fitting = [why for why in fitting if why.table == fitting[0].table]
    first = " ".join(f"WHEN {why.where or 'TRUE'} THEN {at}" for at, why in enumerate(fitting))
    counted = connection.execute(
        f"""
        SELECT first, count(*) FROM (
            SELECT source_row, min(CASE {first} END) AS first FROM {fitting[0].table} AS t
            WHERE source_file = $file AND source_row NOT IN (
                SELECT source_row FROM warehouse.observation
                WHERE source_id = $source AND source_file = $file
            )
            GROUP BY source_row
        )
        WHERE first IS NOT NULL GROUP BY first ORDER BY first
        """,
        {"file": name, "source": source_id},
    ).fetchall()
    told: Counter[str] = Counter()
    for at, number in counted:
        told[fitting[at].reason] += number
    if (lost := rows - told.total()) > 0:
        told[UNEXPLAINED] = lost
    return dict(told)
