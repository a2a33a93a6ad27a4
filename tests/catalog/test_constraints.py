"""What the CHECKs of a table say of one column alone, and which column excuses a missing figure."""

import duckdb
import pytest

from lifegap.catalog.constraints import Constraint, constraints_of, reason_columns
from lifegap.catalog.tables import Column, Table, published_tables


def _table(*checks: str) -> Table:
    """A table whose checks DuckDB has read, as those of `sql/` are."""
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE t (x DOUBLE, y DOUBLE, word VARCHAR, reason VARCHAR, "
            + ", ".join(f"CHECK ({check})" for check in checks)
            + ")"
        )
        rows = connection.execute(
            "SELECT expression FROM duckdb_constraints() ORDER BY constraint_index"
        ).fetchall()
    columns = tuple(Column(name, "DOUBLE", True, "") for name in ("x", "y", "word", "reason"))
    return Table("published", "t", "", columns, ("x",), (), tuple(check for (check,) in rows))


@pytest.mark.parametrize(
    ("check", "said"),
    [
        ("x >= 0", Constraint(minimum=0)),
        ("x > 0 AND x <= 1 + 1e-9", Constraint(exclusive_minimum=0, maximum=1 + 1e-9)),
        ("x BETWEEN -90 AND 90.5", Constraint(minimum=-90, maximum=90.5)),
        ("x < 0.05", Constraint(exclusive_maximum=0.05)),
        ("NOT x >= 0", Constraint(exclusive_maximum=0)),
        ("x BETWEEN 0 AND y", Constraint(minimum=0)),
    ],
)  # fmt: skip
def test_limits_of_a_number_are_read(check: str, said: Constraint) -> None:
    assert constraints_of(_table(check)) == {"x": said}


def test_values_and_patterns_of_a_text_are_read() -> None:
    assert constraints_of(_table("word IN ('it''s', 'b')")) == {"word": Constraint(values=("it's", "b"))}
    assert constraints_of(_table("regexp_full_match(word, '[a-z]+')")) == {
        "word": Constraint(pattern="[a-z]+")
    }


@pytest.mark.parametrize(
    "check",
    [
        "x <= y", "x >= 0 OR reason IS NOT NULL", "word NOT IN ('a')", "x <> 3", "x >= y + 1",
        "x + 1 >= 0", "CASE WHEN y > 0 THEN x >= 0 ELSE true END", "word IN ('a', reason)",
    ],
)  # fmt: skip
def test_nothing_is_claimed_of_a_column_that_holds_only_beside_others_or_on_a_condition(check: str) -> None:
    assert constraints_of(_table(check)) == {}


def test_the_column_that_excuses_a_missing_figure_is_named() -> None:
    assert reason_columns(_table("x IS NOT NULL OR reason IS NOT NULL")) == {"x": "reason"}
    assert reason_columns(_table("(x IS NULL) = (reason IS NOT NULL)")) == {"x": "reason"}
    assert reason_columns(_table("reason IS NOT NULL OR (x IS NOT NULL AND y IS NOT NULL)")) == {
        "x": "reason",
        "y": "reason",
    }


@pytest.mark.parametrize(
    "check", ["x IS NOT NULL OR y IS NOT NULL", "word = 'a' OR reason IS NOT NULL", "x >= 0"]
)
def test_no_reason_is_promised_where_none_is_demanded(check: str) -> None:
    assert reason_columns(_table(check)) == {}


def test_figures_of_the_release_have_the_reasons_that_their_tables_demand() -> None:
    found = {table.name: reason_columns(table) for table in published_tables()}
    assert found["life_expectancy"] == {"estimate": "reason"}
    assert found["premature_mortality"] == {"ypll75_rate": "reason", "excess_deaths": "excess_reason"}
    assert found["allocation"] == {"share": "reason"}
