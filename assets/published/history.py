"""What is different from the release before: every change, and the log of restated figures."""

import duckdb
import polars as pl

from assets.table import table
from lifegap import __version__
from lifegap.catalog.tables import declared_tables
from lifegap.releases.acknowledged import Acknowledged
from lifegap.releases.before import Before
from lifegap.releases.causes import CAUSES
from lifegap.releases.change_words import told_cells
from lifegap.releases.compare import CHANGED, UNCOMPARED, compare
from lifegap.releases.findings import OF_FIGURES
from lifegap.releases.side import Side, parquet

THIS = "this"
"""The release that is being made, in its own tables: its id has the time of its making, which they do not."""

COMPARED = {
    each.name: each.full_name
    for each in declared_tables().values()
    if each.layer == "published" and each.name not in UNCOMPARED
}

RESTATED_AS = {"correction": "correction", "source": "source", "other_source": "source"}
"""Cause of a change → kind of the restatement; what the project changed is one of method."""

CHARACTERS_OF_A_HASH = 12


@table("published.change", over=tuple(COMPARED.values()))
def change(before: Before, connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Every cell that is another one than in the release before; none where there is no release before."""
    columns = declared_tables()["published.change"].columns
    if before.release_id is None:
        nothing = ", ".join(f'NULL::{column.type} AS "{column.name}"' for column in columns)
        return connection.sql(f"SELECT {nothing} LIMIT 0").pl()
    then, now = Side(_tables_of(before)), Side(COMPARED)
    compare(connection, then, now, {name: declared_tables()[COMPARED[name]].key for name in COMPARED})
    told_cells(connection, then, now).create_view("told_cell")
    names = ", ".join(f'"{column.name}"' for column in columns)
    found = connection.sql(
        f"""
        SELECT {names} FROM (
            SELECT *, '{before.release_id}' AS release_from, '{THIS}' AS release_to,
                CASE WHEN flip IS NOT NULL THEN table_name || '.' || column_name || '-' || left(sha256(
                    string_agg(concat_ws('|', key, old, new), chr(10)) OVER (
                        PARTITION BY table_name, column_name, flip, source_id, vintage ORDER BY key
                        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                    )), 8) END AS blocked_as
            FROM told_cell
        ) ORDER BY table_name, key, column_name
        """
    ).pl()
    connection.execute("DROP VIEW told_cell; DROP VIEW gone; DROP VIEW come")
    connection.execute(f"DROP TABLE apart; DROP TABLE {CHANGED}")
    return found


@table("published.restatement", change="published.change", edition="published.source")
def restatement(
    change: pl.DataFrame, edition: pl.DataFrame, before: Before, acknowledged: Acknowledged
) -> pl.DataFrame:
    """The figures that this release restates, and those that earlier ones did."""
    columns = {column.name: column.type for column in declared_tables()["published.restatement"].columns}
    earlier = before.frame("restatement")
    now = _restated(change, edition, before, acknowledged).select(list(columns))
    if earlier is None:
        return now
    carried = earlier.with_columns(restated_at=pl.col("restated_at").replace(THIS, before.release_id))
    return pl.concat([now, _without_hidden(carried, change).select(list(columns))], how="vertical_relaxed")


def _without_hidden(carried: pl.DataFrame, change: pl.DataFrame) -> pl.DataFrame:
    """The log without the numbers of figures that are shown no more."""
    hidden = change.filter(pl.col("kind").is_in(["withheld", "removed"]))
    rows = hidden.select("table_name", "key", gone=True).unique()
    told = ("old", "new", "difference", "largest_difference")
    gone = pl.col("gone").is_not_null()
    return carried.join(rows, on=["table_name", "key"], how="left").with_columns(
        *(pl.when(~gone).then(name).alias(name) for name in told),
        sentence=pl.when(gone)
        .then(pl.lit("The figure that was restated is shown no more."))
        .otherwise("sentence"),
    )


def _tables_of(before: Before) -> dict[str, str]:
    """The tables of the release before, as they were published."""
    paths = {name: before.path(name) for name in (before.manifest or {"tables": {}})["tables"]}
    return {name: parquet(path) for name, path in paths.items() if path is not None}


def _restated(
    change: pl.DataFrame, edition: pl.DataFrame, before: Before, acknowledged: Acknowledged
) -> pl.DataFrame:
    figures = pl.col("kind").is_in(OF_FIGURES) | pl.col("flip").is_not_null()
    accepted = pl.col("blocked_as").is_in(sorted(acknowledged.ids))
    found = before.frame("source")
    earlier = edition.clear() if found is None else found
    of_project = pl.col("cause").is_in(["boundary", "declaration", "method"])
    return (
        change.filter(figures)
        .join(_editions(edition, "edition_after"), on=["source_id", "vintage"], how="left")
        .join(_editions(earlier, "edition_before"), on=["source_id", "vintage"], how="left")
        .join(edition.select("source_id", "vintage", "publisher"), on=["source_id", "vintage"], how="left")
        .select(
            pl.exclude("kind", "cause", "cells", "largest"),
            restated_at=pl.lit(THIS),
            last_published_in="release_from",
            kind=pl.col("cause").replace_strict(RESTATED_AS, default="method"),
            cause=pl.col("cause").replace_strict(CAUSES),
            inside_interval=~pl.col("beyond_uncertainty"),
            changes_direction=(pl.col("flip") == "direction").fill_null(False),
            changes_rank=(pl.col("flip") == "rank").fill_null(False),
            changes_target_status=(pl.col("flip") == "target_status").fill_null(False),
            figures_restated="cells",
            largest_difference="largest",
            method_before=pl.lit(f"lifegap {(before.manifest or {}).get('lifegap', 'unknown')}"),
            method_after=pl.lit(f"lifegap {__version__}"),
            decided_by=pl.when(of_project)
            .then(pl.lit("lifegap"))
            .otherwise(pl.col("publisher").fill_null("several publishers")),
            acknowledged_by_reason=pl.when(accepted).then(pl.lit(acknowledged.reason)),
        )
    )


def _editions(source: pl.DataFrame, name: str) -> pl.DataFrame:
    """Each edition of a source with the first digits of the hash of its files."""
    digits = pl.col("sha256").str.head(CHARACTERS_OF_A_HASH)
    return source.select("source_id", "vintage", pl.format("{}, sha256 {}", "vintage", digits).alias(name))
