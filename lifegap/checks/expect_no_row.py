"""`ExpectNoRow`: the expectation that counts the rows breaking a rule, as one SQL aggregate.

Great Expectations bundles the aggregates of a suite into one SELECT, so hundreds of rules cost one
pass over the table. Imported only where checks run: the library takes seconds to import.
"""

from typing import Any

import sqlalchemy as sa
from great_expectations.core.metric_function_types import MetricPartialFunctionTypes
from great_expectations.execution_engine.sqlalchemy_execution_engine import SqlAlchemyExecutionEngine
from great_expectations.expectations.expectation import BatchExpectation
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration
from great_expectations.expectations.metadata_types import FailureSeverity
from great_expectations.expectations.metrics.metric_provider import metric_partial
from great_expectations.expectations.metrics.table_metric_provider import TableMetricProvider
from pydantic.v1 import PrivateAttr


class RowsBreakingRule(TableMetricProvider):
    """How many rows an SQL aggregate counts."""

    metric_name = "table.rows_breaking_rule"
    value_keys = ("counts",)

    @metric_partial(
        engine=SqlAlchemyExecutionEngine,
        partial_fn_type=MetricPartialFunctionTypes.AGGREGATE_FN,
        domain_type="table",
    )
    def _sqlalchemy(  # pyright: ignore[reportSelfClsParameterName]
        cls,  # noqa: N805 - the library calls it with the class
        execution_engine: SqlAlchemyExecutionEngine,
        metric_domain_kwargs: dict[str, Any],
        metric_value_kwargs: dict[str, Any],
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any],
    ) -> tuple[Any, Any, Any]:
        _, compute, accessor = execution_engine.get_compute_domain(metric_domain_kwargs, domain_type="table")
        return sa.literal_column(metric_value_kwargs["counts"]), compute, accessor


class ExpectNoRow(BatchExpectation):
    """Expect the aggregate `counts` to find no row. Passes on an empty table."""

    counts: str
    metric_dependencies = ("table.rows_breaking_rule", "table.row_count")
    success_keys = ("counts",)
    domain_keys = ("batch_id", "table")
    args_keys = ("counts",)
    _given: dict[str, Any] | None = PrivateAttr(default=None)

    @property
    def configuration(self) -> ExpectationConfiguration:
        """As the library makes it, from what was given once: it asks some forty times for each rule."""
        if self._given is None:
            self._given = self.dict(exclude_defaults=True)
        given = dict(self._given)
        return ExpectationConfiguration(
            type="expect_no_row",
            id=given.pop("id", None),
            meta=given.pop("meta", None),
            description=given.pop("description", None),
            severity=given.pop("severity", FailureSeverity.CRITICAL),
            kwargs=given,
        )

    def _validate(
        self,
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any] | None = None,
        execution_engine: Any = None,
    ) -> dict[str, Any]:
        breaking = int(metrics["table.rows_breaking_rule"] or 0)
        return {
            "success": breaking == 0,
            "result": {
                "observed_value": breaking,
                "unexpected_count": breaking,
                "element_count": int(metrics["table.row_count"]),
            },
        }
