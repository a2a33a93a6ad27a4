"""`@table`: a short function becomes a Dagster asset and its blocking check.

    @table("warehouse.place", county="sources.county_code")
    def place(county: pl.DataFrame) -> pl.DataFrame: ...

The function says what the table is made of; everything else (description, columns, key, units,
rules) comes from `sql/` and `expectations/`. Keyword arguments name the tables it reads. A parameter
is given by its annotation: a frame or a relation of the table it names, the files of `source`, the
declarations, the warehouse or its connection. A `**` parameter takes the tables that no other names.
"""

import inspect
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import dagster as dg
import duckdb

from expectations import domain_rules
from lifegap.catalog.cards import SourceCard
from lifegap.catalog.catalog import Catalog
from lifegap.catalog.tables import Column, Table, declared_tables
from lifegap.checks.rules import Rule, structural_rules
from lifegap.checks.run import Checker, Outcome, not_tested, offending_rows
from lifegap.landing.files import SourceFiles
from lifegap.store.warehouse import Relation, Rows, Warehouse

OWNERS = ["team:epidemiology"]
LANDING = dg.AssetKey(["landing", "files"])

Maker = Callable[..., Rows]
M = TypeVar("M", bound=Maker)


class Run(Protocol):
    """The resource `run`: what one run of the pipeline holds open."""

    catalog: Catalog
    warehouse: Warehouse
    checker: Checker

    def files(self, card: SourceCard) -> SourceFiles: ...

    def corrections(self, table: Table) -> None: ...


@dataclass(frozen=True)
class Made:
    """What an asset hands to the I/O manager: rows, perhaps not yet computed, and their files."""

    rows: Rows
    files: SourceFiles | None
    started: float


@dataclass(frozen=True)
class TableAsset:
    """A declared table with the asset that makes it and the check that guards it."""

    table: Table
    make: Maker
    source: str | None
    reads: frozenset[str]
    asset: dg.AssetsDefinition
    check: dg.AssetChecksDefinition


REGISTRY: dict[str, TableAsset] = {}
"""Every table made with `@table`, by full name, in the order of definition."""


def table(
    full_name: str, /, *, source: str | None = None, after: tuple[str, ...] = (), **reads: str
) -> Callable[[M], M]:
    """Declare the function as the maker of `full_name`.

    source: the card whose files it parses. after: layers that must be complete before it, for
    tables made of the ledger. reads: parameter → full name of the table it is given.
    """

    def decorate(make: M) -> M:
        declared = declared_tables()[full_name]
        asset = _asset(declared, make, source, after, reads)
        REGISTRY[full_name] = TableAsset(
            declared, make, source, frozenset(reads.values()), asset, _check(declared, asset)
        )
        return make

    return decorate


def _asset(
    declared: Table, make: Maker, source: str | None, after: tuple[str, ...], reads: dict[str, str]
) -> dg.AssetsDefinition:
    parameters = inspect.signature(make).parameters
    wanted = {name: each.annotation for name, each in parameters.items() if each.kind != each.VAR_KEYWORD}
    others = next((each.annotation for each in parameters.values() if each.kind == each.VAR_KEYWORD), None)

    @dg.asset(
        key=[declared.layer, declared.name],
        ins={
            name: dg.AssetIn(
                key=upstream.split("."), metadata={"as_relation": wanted.get(name, others) is Relation}
            )
            for name, upstream in reads.items()
        },
        deps=[*([LANDING] if source else []), *_tables_of(after, besides=reads.values())],
        description=f"{declared.comment}\n\n{inspect.getdoc(make) or ''}".strip(),
        group_name=declared.layer,
        owners=OWNERS,
        kinds={"duckdb", "polars"},
        metadata={
            "dagster/column_schema": dg.TableSchema([_shown(c) for c in declared.columns]),
            "dagster/table_name": declared.full_name,
            "key": ", ".join(declared.key),
        },
        io_manager_key="tables",
        required_resource_keys={"run"},
    )
    def made(context: dg.AssetExecutionContext, **upstream: Any) -> Made:
        started = time.perf_counter()
        run: Run = context.resources.run
        files = run.files(run.catalog.cards[source]) if source else None
        offered = {
            SourceFiles: files,
            Catalog: run.catalog,
            Warehouse: run.warehouse,
            duckdb.DuckDBPyConnection: run.warehouse.connection,
        }
        given = {name: offered[kind] for name, kind in wanted.items() if name not in upstream}
        return Made(make(**upstream, **given), files, started)

    return made


def _check(declared: Table, asset: dg.AssetsDefinition) -> dg.AssetChecksDefinition:
    @dg.asset_check(
        asset=asset,
        name="holds",
        blocking=True,
        additional_deps=[dg.AssetKey(name.split(".")) for name in _needed(declared)],
        description=f"Everything that must hold of {declared.full_name}.",
        required_resource_keys={"run"},
    )
    def holds(context: dg.AssetCheckExecutionContext) -> dg.AssetCheckResult:
        run: Run = context.resources.run
        outcomes = check_table(run.warehouse, run.checker, declared)
        failed = [outcome for outcome in outcomes if outcome.failed]
        critical = any(outcome.severity == "critical" for outcome in failed)
        return dg.AssetCheckResult(
            passed=not failed,
            severity=dg.AssetCheckSeverity.ERROR if critical else dg.AssetCheckSeverity.WARN,
            metadata={
                "failed": len(failed),
                "not tested": sum(outcome.success is None for outcome in outcomes),
                "rules": _told([*failed, *(each for each in outcomes if not each.failed)]),
            },
        )

    return holds


def check_table(warehouse: Warehouse, checker: Checker, declared: Table) -> list[Outcome]:
    """Run the suite of a table and write the outcomes into the ledger.

    Of a source without any file in this run there is nothing to check, and nothing is said. A rule that
    compares with a table that was not obtained, or in part only, is recorded as not tested.
    """
    origins = warehouse.origins_of(declared.full_name)
    if declared.layer == "sources" and not origins:
        return []
    rules = [*structural_rules(declared), *domain_rules(declared.full_name)]
    untested = {rule.id: why for rule in rules if (why := _untested(rule, origins, warehouse))}
    tested = {
        outcome.expectation_id: outcome
        for outcome in checker.run(declared.full_name, [rule for rule in rules if rule.id not in untested])
    }
    rows = warehouse.count(declared.full_name) if untested else 0
    told = [
        not_tested(declared.full_name, rule, rows, untested[rule.id])
        if rule.id in untested
        else _naming_offenders(tested[rule.id], rule, declared, warehouse)
        for rule in rules
    ]
    warehouse.record_checks(declared.full_name, [outcome.row for outcome in told])
    return told


def _naming_offenders(outcome: Outcome, rule: Rule, declared: Table, warehouse: Warehouse) -> Outcome:
    if not outcome.failed:
        return outcome
    return outcome.naming(offending_rows(warehouse.connection, declared.full_name, declared.key, rule))


def _untested(rule: Rule, origins: set[str], warehouse: Warehouse) -> str | None:
    """Why a rule cannot be put to a table whose files are of `origins`; None where it can.

    The bundle holds some rows of a file: whole files are not to be looked for in them.
    """
    for name in rule.needs:
        if not name.startswith("sources."):
            continue
        others = warehouse.origins_of(name)
        if not others:
            return f"{name} was not obtained"
        if "bundle" in others and origins - {"bundle"}:
            return f"of {name} there are the bundle's rows alone"
    return None


def _needed(declared: Table) -> list[str]:
    """Other tables that the rules of a table look into."""
    named = [f"{declared.layer}.{each.table}" for each in declared.references]
    named += [name for rule in domain_rules(declared.full_name) for name in rule.needs]
    return [name for name in dict.fromkeys(named) if name != declared.full_name]


def _told(outcomes: list[Outcome]) -> dg.MetadataValue:
    """Every rule by its name and what it found, as the UI shows it."""
    return dg.MetadataValue.table(
        [
            dg.TableRecord(
                {
                    "rule": each.expectation_id,
                    "severity": each.severity,
                    "observed": each.observed,
                    "reason": each.reason,
                }
            )
            for each in outcomes
        ],
        schema=dg.TableSchema.from_name_type_dict(
            dict.fromkeys(("rule", "severity", "observed", "reason"), "string")
        ),
    )


def _tables_of(layers: tuple[str, ...], *, besides: Iterable[str] = ()) -> list[dg.AssetKey]:
    return [
        dg.AssetKey([declared.layer, declared.name])
        for declared in declared_tables().values()
        if declared.layer in layers and declared.full_name not in set(besides)
    ]


def _shown(column: Column) -> dg.TableColumn:
    return dg.TableColumn(
        column.name,
        column.type,
        description=column.comment,
        constraints=dg.TableColumnConstraints(nullable=column.nullable),
    )
