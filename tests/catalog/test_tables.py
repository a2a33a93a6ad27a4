"""The single declaration: everything is documented, keyed, and read back as written."""

import re

import duckdb
import pytest

from lifegap.catalog.comments import LAYERS, Comments, declared_comments
from lifegap.catalog.tables import (
    Table,
    _run_in_order_of_references,
    declared_tables,
    declared_traces,
    declared_views,
)
from tests.conftest import CHECKOUT

TABLES = declared_tables()
COMMENTS = declared_comments(CHECKOUT / "sql")


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.full_name)
def test_every_table_has_a_key_and_every_column_a_comment(table: Table) -> None:
    assert table.comment.endswith(".")
    assert table.key
    assert [column.name for column in table.columns if not column.comment.endswith((".", ";"))] == []
    assert all(not table.column(name).nullable for name in table.key)


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.full_name)
def test_references_name_the_key_of_a_table_of_the_layer(table: Table) -> None:
    for reference in table.references:
        assert TABLES[f"{table.layer}.{reference.table}"].key == reference.to_columns


def test_layers_come_in_the_order_data_flow() -> None:
    layers = [table.layer for table in TABLES.values()]
    assert layers == sorted(layers, key=LAYERS.index)


def test_units_are_read_from_the_comment() -> None:
    assert TABLES["published.life_expectancy_gap"].column("gap").unit == "years"
    assert TABLES["published.life_expectancy_gap"].column("method").unit is None


def test_constrained_table_refuses_what_an_unconstrained_one_keeps() -> None:
    table = TABLES["published.coverage"]
    connection = duckdb.connect()
    connection.execute("CREATE SCHEMA s")
    row = ["c", "p", "s", "v", "tract2010", 3, 5, 0.5, None, None]
    marks = ", ".join("?" * len(row))
    connection.execute(table.create_sql("s", constrained=False))
    connection.execute(f"INSERT INTO s.coverage VALUES ({marks})", row)
    connection.execute(table.create_sql("s", constrained=True))
    with pytest.raises(duckdb.ConstraintException):
        connection.execute(f"INSERT INTO s.coverage VALUES ({marks})", row)


CONTRACT = {
    "place": "place_id place_type name vintage state_fips county_fips parent_place_id population "
    "population_period latitude longitude land_area_km2",
    "place_shape": "place_id shape_place_id drawn_with source_id vintage border_shift note geometry",
    "coalition": "coalition_id title city mission url status",
    "coalition_target": "coalition_id target_id adopted superseded_by text metric percent target_year "
    "stated_baseline baseline_period source",
    "coalition_place": "coalition_id place_id role position stands_for valid_from valid_to declared_by note",
    "coalition_comparison": "coalition_id place_id reference_place_id position why",
    "indicator": "indicator_id title description unit direction priority_area universe formula "
    "trend_allowed sdg_indicator hp2030_objective method_page",
    "coalition_indicator": "coalition_id indicator_id priority_area status caution reason where_to_get "
    "position",
    "source": "source_id vintage title publisher status successor period_start period_end url obtained_from obtained_at "
    "sha256 rows_read rows_kept rows_dropped license license_name license_limit fitness citation",
    "row_account": "source_id vintage file reason rows",
    "correction": "source_id vintage correction_id what why who_reported rows_expected rows_hit still_needed",
    "coverage": "coalition_id place_id source_id vintage units units_with_value population_share missing",
    "life_expectancy": "place_id period_start period_end source_id vintage population_group method "
    "estimate se ci_low ci_high reliability reason note quotable caveat",
    "life_expectancy_gap": "coalition_id place_id reference_place_id reference_group period_start "
    "period_end source_id vintage population_group method place_estimate reference_estimate gap se "
    "ci_low ci_high p_value percent_of_baseline reliability reason note quotable caveat",
    "indicator_value": "place_id indicator_id period_start period_end source_id vintage "
    "population_group method value se moe90 ci_low ci_high numerator denominator reliability reason "
    "rank rank_of quotable caveat",
    "indicator_comparison": "coalition_id place_id reference_place_id indicator_id period_start period_end "
    "source_id vintage population_group method difference ratio ci_low ci_high p_value verdict",
    "gap_decomposition": "coalition_id place_id reference_place_id period_start period_end source_id vintage "
    "population_group method dimension age_start cause age_end years se ci_low ci_high percent",
    "inequality": "comparison_set dimension measure indicator_id period_start period_end source_id vintage "
    "population_group method value se ci_low ci_high places weighting reason",
    "change": "release_from release_to table_name key column_name old new kind beyond_uncertainty sentence",
    "restatement": "table_name key column_name restated_at kind old new inside_interval changes_direction "
    "changes_rank changes_target_status cause edition_before edition_after decided_by acknowledged_by_reason",
    "progress": "coalition_id target_id place_id reference_place_id indicator_id source_id vintage "
    "population_group method baseline_value baseline_period latest_value latest_period target_value "
    "target_year percent_achieved pace_required pace_observed change_exceeds_noise projection "
    "projection_low projection_high probability_met status reason quotable caveat",
    "priority_index": "coalition_id comparison_set place_id priority_area period_start period_end method score "
    "rank rank_low rank_high probability_worst_quarter indicators_used quotable caveat",
    "spatial_cluster": "comparison_set place_id indicator_id period_start period_end source_id vintage "
    "population_group method local_i p_value q_value cluster",
    "premature_mortality": "place_id period_start period_end source_id vintage population_group method "
    "ypll75_rate se ci_low ci_high excess_deaths",
    "equity_review": "coalition_id place_id indicator_id period_from period_to source_id vintage population_group "
    "method level_change level_change_low level_change_high gap_change gap_change_low gap_change_high finding",
    "coalition_scorecard": "coalition_id metric_id period_start period_end subject title value unit target status "
    "source source_date verified",
    "allocation": "coalition_id rule place_id amount share share_low share_high proportionality",
    "check_result": "table_name expectation_id severity success observed unexpected_rows rows reason "
    "what_to_do",
}
"""Columns that users rely on. Renaming or dropping one is a breaking change."""


@pytest.mark.parametrize("name", CONTRACT)
def test_published_tables_keep_the_columns_users_rely_on(name: str) -> None:
    columns = {column.name for column in TABLES[f"published.{name}"].columns}
    assert set(CONTRACT[name].split()) <= columns


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.full_name)
def test_tables_keyed_by_source_are_keyed_by_vintage(table: Table) -> None:
    if table.layer == "published" and "source_id" in table.key and "file" not in table.key:
        assert "vintage" in table.key or table.name == "indicator_cell"


def test_views_name_tables_with_their_schema_so_that_each_release_answers_from_its_own_file() -> None:
    names = {table.name for table in declared_tables().values() if table.layer == "published"}
    names |= {view.name for view in declared_views()}
    names |= {view.name for view in declared_traces().values()}
    for view in (*declared_views(), *declared_traces().values()):
        asked = re.findall(r"\b(?:FROM|JOIN) ([\w.]+)", view.sql)
        assert [name for name in asked if name in names] == [], view.name


def test_every_published_table_has_a_trace() -> None:
    """Whoever adds a table says, as a view over its key, which files and rows its figures come from."""
    tables = {table.name for table in TABLES.values() if table.layer == "published"}
    lacking = sorted(f"sql/published/traces/{name}.sql" for name in tables - declared_traces().keys())
    assert not lacking, f"add {', '.join(lacking)}"
    assert declared_traces().keys() <= tables
    for name, view in declared_traces().items():
        assert f"CREATE VIEW trace_{name} AS" in view.sql, f"sql/published/traces/{name}.sql"
        assert f"COMMENT ON VIEW trace_{name} IS" in view.sql, f"sql/published/traces/{name}.sql"
        assert "{numbers}" not in view.sql, f"sql/published/traces/{name}.sql"


def test_convenience_views_have_comments() -> None:
    for view in declared_views():
        kind = "TABLE" if f"CREATE TABLE {view.name} AS" in view.sql else "VIEW"
        assert f"COMMENT ON {kind} " in view.sql
    assert {view.name for view in declared_views()} == {
        "change_count",
        "gap_latest",
        "indicator_wide",
        "latest_indicator",
        "coalition_overview",
        "README",
        "release",
    }


def test_comments_read_by_a_pattern_are_those_that_duckdb_reads() -> None:
    connection = duckdb.connect()
    for layer in LAYERS:
        connection.execute(f"CREATE SCHEMA {layer}")
        texts = [
            path.read_text(encoding="utf-8") for path in sorted((CHECKOUT / "sql" / layer).glob("*.sql"))
        ]
        _run_in_order_of_references(connection, layer, texts)
    for schema, name, comment in connection.execute(
        "SELECT schema_name, table_name, comment FROM duckdb_tables()"
    ).fetchall():
        assert TABLES[f"{schema}.{name}"].comment == comment
    for schema, name, column, comment in connection.execute(
        "SELECT schema_name, table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal"
    ).fetchall():
        assert COMMENTS.stated.get((schema, name, column)) == comment
        assert TABLES[f"{schema}.{name}"].column(column).comment == (
            comment or COMMENTS.inherited(schema, name, column)
        )


def test_a_column_inherits_what_it_means_from_the_table_it_is_carried_on_from() -> None:
    comments = Comments(
        stated={
            ("warehouse", "deaths", "n"): "[deaths] Of the year.",
            ("published", "deaths", "se"): "Mine.",
        },
        carried_on={
            ("warehouse", "deaths"): [],
            ("indicators", "rates"): [("warehouse", "deaths")],
            ("published", "deaths"): [("indicators", "rates"), ("warehouse", "deaths")],
        },
        standard={
            ("every_layer", "n"): "A number.",
            ("every_layer", "se"): "Standard error.",
            ("indicators", "se"): "Its standard error.",
        },
    )
    assert comments.of_column("published", "deaths", "n") == "[deaths] Of the year."
    assert comments.of_column("published", "deaths", "se") == "Mine."
    assert comments.of_column("indicators", "rates", "se") == "Its standard error."
    assert comments.of_column("warehouse", "deaths", "se") == "Standard error."
    assert comments.of_column("warehouse", "deaths", "year") == ""


def test_no_column_repeats_what_it_would_inherit() -> None:
    """Copies drift apart: a meaning stands once."""
    repeated = [
        each for each, said in COMMENTS.stated.items() if each[2] and said == COMMENTS.inherited(*each)
    ]
    assert repeated == []


MEANS_MORE = {
    "indicators.life_expectancy_gap": {"se", "ci_low", "ci_high", "reason"},  # of a difference
    "indicators.life_table_of_deaths": {"reason"},  # of the table, not of the band
    "published.crosswalk": {"to_place_id"},  # without what lies outside
    "published.figure_input": {"concept"},  # and what indicator_cell says of cells
    "published.life_table": {"mx", "se"},  # tables of three kinds
    "published.place": {"population", "latitude", "land_area_km2"},  # places that cities draw, too
}


def test_a_column_that_is_carried_on_means_what_it_meant() -> None:
    """What differs on the way up is listed, with the reason."""
    differing: dict[str, set[str]] = {}
    for layer, table, column in COMMENTS.stated:
        if column and COMMENTS.carried(layer, table, column):
            differing.setdefault(f"{layer}.{table}", set()).add(column)
    assert differing == MEANS_MORE


def test_standard_meanings_are_used() -> None:
    for layer, column in COMMENTS.standard:
        using = [
            table.full_name
            for table in TABLES.values()
            if layer in ("every_layer", table.layer)
            and column in {each.name for each in table.columns}
            and not COMMENTS.stated.get((table.layer, table.name, column))
        ]
        assert len(using) > 1, column


def test_a_file_of_sql_is_named_after_its_table() -> None:
    assert {f"{layer}.{name}" for layer, name in COMMENTS.carried_on} == set(TABLES)
    for before in COMMENTS.carried_on.values():
        assert all(f"{layer}.{name}" in TABLES for layer, name in before)


def test_possessives_keep_their_apostrophe() -> None:
    """SQL wants it written twice; leaving it out reads as a plural."""
    owners = "publisher|place|county|city|unit|tract|survey|Bureau|coalition|area|bundle|reader|Chicago|CMAP"
    owned = (
        "own|code|id|page|file|people|gap|data|portal|note|name|numbers|columns|area|warning|community|public"
    )
    dropped = re.compile(rf"\b({owners})s ({owned})\b")
    found = [each for each, said in COMMENTS.stated.items() if dropped.search(said)]
    assert dropped.search("The publishers code")
    assert found == []
