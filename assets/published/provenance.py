"""Where every figure came from: sources, files, rows, corrections, units, inputs, life tables."""

import duckdb
import polars as pl

from assets.analyses.comparison_sets import PEOPLE_OF_COUNTIES
from assets.concepts import LIFE_EXPECTANCY
from assets.identifiers import NATION
from assets.table import table
from assets.units import FOR_FIGURES, FOR_SUCCESSION, shares_of
from lifegap.catalog.catalog import Catalog
from lifegap.landing.official import KEPT
from lifegap.store.warehouse import Relation, Warehouse

INPUT_COLUMNS = (
    "source_id, vintage, place_id, table_id, measure, measure_label, concept, population_group, "
    "period_start, period_end, estimate, se, moe90, reason, flags, source_file, source_row"
)
BY_CONCEPT = f"(concept = '{LIFE_EXPECTANCY}' OR ({PEOPLE_OF_COUNTIES}))"
"""What tables of figures are made of beside the cells of indicators."""

UNDATED = "undated"

ORIGINS = f"""
    SELECT source_id, vintage, CASE WHEN count(*) = 1 THEN any_value(obtained_from)
        ELSE string_agg(format('{{}} of {{}} files: {{}}', files, of_all,
            obtained_from || if(addresses > 1, format(' and {{}} more', addresses - 1), '')),
            '; ' ORDER BY files DESC, obtained_from) END AS obtained_from
    FROM (
        SELECT source_id, vintage, min(obtained_from) AS obtained_from, count(*) AS files,
            count(DISTINCT obtained_from) AS addresses,
            sum(count(*)) OVER (PARTITION BY source_id, vintage) AS of_all
        FROM landing.source_file
        GROUP BY source_id, vintage,
            if(origin = 'official', suffix(obtained_from, '{KEPT}')::VARCHAR, obtained_from)
    )
    GROUP BY ALL
"""
"""Where the files of each edition came from: in words, with how many where there are several ways."""


@table(
    "published.source",
    observation="warehouse.observation",
    unused="warehouse.unused_row",
    after=("sources", "warehouse"),
)
def source(
    observation: Relation, unused: pl.DataFrame, catalog: Catalog, connection: duckdb.DuckDBPyConnection
) -> pl.DataFrame:
    """One row per release of each dataset that was read, with its rows and hash.

    Kept are the rows that something further is made of.

    Reported figures carry the date of their page as vintage; each date that is no edition of the card is an
    edition of its own, of the one file they stand in.
    """
    read = connection.sql(
        f"""
        WITH origins AS ({ORIGINS})
        SELECT f.source_id, f.vintage, any_value(o.obtained_from) AS obtained_from,
            max(f.obtained_at)::TIMESTAMP AS obtained_at,
            CASE WHEN count(DISTINCT f.file) = 1 THEN any_value(f.sha256)
                ELSE sha256(string_agg(DISTINCT f.sha256, chr(10) ORDER BY f.sha256)) END AS sha256,
            sum(a.rows)::BIGINT AS rows_read,
            coalesce(sum(a.rows) FILTER (a.reason = 'kept'), 0)::BIGINT AS rows_kept,
            coalesce(sum(a.rows) FILTER (a.reason <> 'kept'), 0)::BIGINT AS rows_dropped
        FROM landing.source_file AS f
        JOIN (SELECT DISTINCT source_id, file, reason, rows FROM landing.row_account) AS a
            USING (source_id, file)
        JOIN origins AS o ON o.source_id = f.source_id AND o.vintage = f.vintage
        GROUP BY f.source_id, f.vintage
        """
    ).pl()
    editions = observation.aggregate(
        "source_id, vintage AS edition, min(period_start) AS first, max(period_end) AS last, "
        "count(DISTINCT source_row) AS rows",
        "source_id, vintage",
    ).pl()
    without_use = unused.group_by("source_id", "vintage").agg(left=pl.col("rows").sum())
    rows = (
        read.join(_editions(catalog), on=["source_id", "vintage"])
        .join(without_use, on=["source_id", "vintage"], how="left")
        .with_columns(
            rows_kept=pl.col("rows_kept") - pl.col("left").fill_null(0),
            rows_dropped=pl.col("rows_dropped") + pl.col("left").fill_null(0),
        )
        .drop("left")
    )
    pages = (
        rows.filter("selective")
        .drop("period_start", "period_end")
        .join(editions, on="source_id")
        .join(read, left_on=["source_id", "edition"], right_on=["source_id", "vintage"], how="anti")
        .with_columns(
            vintage="edition",
            period_start="first",
            period_end="last",
            rows_read="rows",
            rows_kept="rows",
            rows_dropped=pl.lit(0, pl.Int64),
            # Pages without a date are taken as the oldest.
            edition_order=1
            + pl.when(pl.col("edition") != UNDATED)
            .then("edition")
            .fill_null("")
            .rank("dense")
            .over("source_id")
            .cast(pl.Int32),
        )
    )
    plain = rows.drop("selective")
    return pl.concat([plain, pages.select(plain.columns)]).select(
        "source_id", "vintage", "edition_order", "title", "publisher", "status", "successor", "period_start",
        "period_end", "url",
        "obtained_from", "obtained_at", "sha256", "rows_read", "rows_kept", "rows_dropped",
        "license", "license_name", "license_url", "license_limit", "fitness", "citation", "note",
    )  # fmt: skip


def _editions(catalog: Catalog) -> pl.DataFrame:
    """What the cards say of each release of each dataset."""
    return pl.DataFrame(
        [
            {
                "source_id": card.id,
                "vintage": vintage.id,
                "edition_order": order,
                "title": card.title,
                "publisher": card.publisher,
                "status": card.status,
                "successor": card.successor,
                "period_start": vintage.period_start,
                "period_end": vintage.period_end,
                "url": card.url,
                "license": card.license,
                "license_name": card.license_name,
                "license_url": card.license_url,
                "license_limit": card.license_limit,
                "fitness": card.fitness_text,
                "citation": card.citation,
                "note": vintage.note,
                "selective": card.selective,
            }
            for card in catalog.cards.values()
            for order, vintage in enumerate(card.vintage, start=1)
        ],
        schema_overrides={
            "successor": pl.String,
            "license_url": pl.String,
            "license_limit": pl.String,
            "edition_order": pl.Int32,
            "period_start": pl.Int32,
            "period_end": pl.Int32,
        },
        infer_schema_length=None,
    )


@table("published.source_file", after=("sources",))
def source_file(connection: duckdb.DuckDBPyConnection) -> Relation:
    """The files of the run."""
    return connection.sql(
        "SELECT source_id, file, vintage, layout, obtained_from, bytes, sha256, sha256_listed "
        "FROM landing.source_file"
    )


@table("published.indicator_cell", after=("sources",))
def indicator_cell(connection: duckdb.DuckDBPyConnection) -> Relation:
    """The cells that indicators are made of."""
    return connection.sql("SELECT * FROM landing.indicator_cell")


@table("published.row_account", unused="warehouse.unused_row", after=("sources",))
def row_account(unused: Relation, connection: duckdb.DuckDBPyConnection) -> Relation:
    """Where every row went; a file of which two tables are made is told once, if they agree.

    Rows that were read and of which nothing further is made are not kept, but told with their reason.
    """
    told = connection.sql("SELECT DISTINCT source_id, vintage, file, reason, rows FROM landing.row_account")
    less = told.set_alias("t").join(
        unused.aggregate(
            "source_id AS s, file AS f, sum(rows)::BIGINT AS left_out", "source_id, file"
        ).set_alias("u"),
        "t.source_id = u.s AND t.file = u.f AND t.reason = 'kept'",
        how="left",
    )
    return less.project("source_id, vintage, file, reason, rows - coalesce(left_out, 0) AS rows").union(
        unused.project("source_id, vintage, file, reason, rows")
    )


@table("published.correction", after=("sources", "warehouse"))
def correction(catalog: Catalog, connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Declared corrections of the editions that were read, with the rows they hit."""
    declared = pl.DataFrame(
        [
            {
                "source_id": card.id,
                "vintage": each.vintage,
                "correction_id": each.id,
                "what": each.what,
                "why": each.why,
                "who_reported": each.who_reported,
            }
            for card in catalog.cards.values()
            for each in card.correction
        ]
    )
    counts = connection.sql("SELECT * FROM landing.correction_count").pl()
    read = connection.sql("SELECT DISTINCT source_id, vintage FROM landing.source_file").pl()
    editions = declared.join(read, on=["source_id", "vintage"], how="semi")
    return editions.join(counts, on=["source_id", "correction_id"]).with_columns(
        # A correction whose count differs stops the run, so those that are here are needed:
        # the fault is in the publisher's file, whether or not its row is in the slice.
        still_needed=pl.lit(True)
    )


@table("published.crosswalk", units="warehouse.crosswalk", partition="warehouse.partition")
def crosswalk(units: pl.DataFrame, partition: pl.DataFrame) -> pl.DataFrame:
    """Units of the places that figures are made for, and counties that changed with what they became.

    What lies outside the places is left to the warehouse.
    """
    return shares_of(units, partition, FOR_FIGURES, FOR_SUCCESSION).select(
        "to_place_id", "from_place_id", "partition", "weight", "basis", "source_id", "vintage"
    )


@table(
    "published.figure_input",
    by_source="as read",
    observation="warehouse.observation",
    figures="indicators.indicator_value",
    units="warehouse.crosswalk",
    partition="warehouse.partition",
)
def figure_input(
    observation: Relation,
    figures: Relation,
    units: pl.DataFrame,
    partition: pl.DataFrame,
    warehouse: Warehouse,
) -> Relation:
    """Cells of indicators, published life expectancies, people of counties, each with its file and row.

    Of the cells those of places that their source gives a figure for, and of units that places are made of.
    """
    made = shares_of(units, partition, FOR_FIGURES)["from_place_id"].unique().to_frame()
    of_cells = observation.query(
        "o",
        """
        SELECT * FROM o WHERE (source_id, table_id, measure_label) IN
            (SELECT (source_id, table_id, label) FROM landing.indicator_cell)
        """,
    )
    of_figures = figures.project("place_id, source_id")
    of_units = warehouse.given(made).query(
        "u", "SELECT from_place_id, source_id FROM u, (SELECT DISTINCT source_id FROM landing.indicator_cell)"
    )
    of_places = of_cells.set_alias("c").join(
        of_figures.union(of_units).distinct().set_alias("p"),
        "c.place_id = p.place_id AND c.source_id = p.source_id",
        how="semi",
    )
    named = observation.filter(BY_CONCEPT)
    cells = of_places.filter(f"NOT coalesce({BY_CONCEPT}, false)")
    return named.project(INPUT_COLUMNS).union(cells.project(INPUT_COLUMNS))


@table(
    "published.life_table",
    unit_table="warehouse.life_table",
    pooled="indicators.pooled_life_table",
    of_deaths="indicators.life_table_of_deaths",
    of_nation="sources.us_life_table",
    units="warehouse.crosswalk",
    partition="warehouse.partition",
)
def life_table(
    unit_table: Relation,
    pooled: pl.DataFrame,
    of_deaths: pl.DataFrame,
    of_nation: pl.DataFrame,
    units: pl.DataFrame,
    partition: pl.DataFrame,
) -> pl.DataFrame:
    """Pooled tables, the tables of the tracts that they are made of, those made from deaths, the nation's."""
    made = shares_of(units, partition, FOR_FIGURES)["from_place_id"].unique()
    columns = [
        "place_id", "period_start", "period_end", "source_id", "vintage", "population_group",
        "method", "age_start", "age_end", "people", "mx", "nqx", "lx", "nLx", "Tx", "ex", "se",
        "source_file", "source_row",
    ]  # fmt: skip
    tracts = (
        unit_table.pl()
        .filter(pl.col("place_id").is_in(made.to_list()))
        .with_columns(method=pl.lit("published"), people=pl.lit(None, pl.Float64))
    )
    together = pooled.filter(pl.col("less_place_id") == "").with_columns(
        nqx="qx",
        source_file=pl.lit(None, pl.String),
        source_row=pl.lit(None, pl.Int32),
    )
    nowhere = {"source_file": pl.lit(None, pl.String), "source_row": pl.lit(None, pl.Int32)}
    counted = of_deaths.filter("bands_shown", pl.col("ex").is_not_null()).with_columns(
        method=pl.lit("life_table"), people="person_years", nqx="qx", **nowhere
    )
    whole = of_nation.with_columns(
        place_id=pl.lit(NATION),
        period_start="year",
        period_end="year",
        source_id=pl.lit("nchs_life_tables"),
        method=pl.lit("published"),
        people=pl.lit(None, pl.Float64),
        mx=pl.col("ndx") / pl.col("nLx"),
        se=pl.lit(None, pl.Float64),
    )
    return pl.concat([each.select(columns) for each in (tracts, together, counted, whole)])


@table("published.life_table_input", band="warehouse.death_band")
def life_table_input(band: pl.DataFrame) -> pl.DataFrame:
    """Deaths and people behind the tables made from deaths; where a band is hidden, its table has none."""
    table = ["place_id", "population_group", "period_start", "period_end", "source_id", "vintage"]
    return band.filter(pl.col("reason").is_null().all().over(table)).drop("reason")


@table("published.death_count", counted="warehouse.death_count")
def death_count(counted: Relation) -> Relation:
    """Deaths by age that rates were computed from, as their publisher counts and hides them."""
    return counted
