"""The observations that declared indicators are made of, each with its role and what is declared of it."""

from collections.abc import Iterator
from itertools import count

import polars as pl

from lifegap.catalog.catalog import Catalog
from lifegap.catalog.indicators import Indicator, Measurement
from lifegap.store.warehouse import Relation, Warehouse

SERIES = ["measurement", "period_start", "period_end", "vintage", "population_group"]
"""What a figure is about, its place apart. measurement: the number of an indicator's measurement, which
says the indicator and the source; millions of rows carry it in the place of their names."""


def _numbered(catalog: Catalog) -> Iterator[tuple[int, Indicator, int, Measurement]]:
    """Number, indicator, position within the indicator, and measurement."""
    number = count()
    for found in catalog.indicators.values():
        for position, measurement in enumerate(catalog.measurements(found.indicator)):
            yield next(number), found.indicator, position, measurement


def declared_cells(catalog: Catalog) -> pl.DataFrame:
    """One row per cell, label it has had, and edition it is used in; edition null = all.

    interval: of counts by interval, which it is, from 0; null for other cells.
    """
    rows = [
        {
            "measurement": number,
            "source_id": measurement.source,
            "table_id": measurement.table,
            "role": role,
            "measure_label": label,
            "interval": list(measurement.intervals).index(code) if role == "intervals" else None,
            "edition": edition,
        }
        for number, _, _, measurement in _numbered(catalog)
        for role, code, label in measurement.cells()
        for edition in (measurement.vintages or [None])
    ]
    kinds = {"edition": pl.String, "interval": pl.Int8}
    return pl.DataFrame(rows, schema_overrides=kinds, infer_schema_length=None).unique()


def measurements_by_interval(catalog: Catalog) -> dict[int, Measurement]:
    """Number and measurement of those that derive a median from counts by interval."""
    return {number: measurement for number, _, _, measurement in _numbered(catalog) if measurement.intervals}


def declared_measurements(catalog: Catalog) -> pl.DataFrame:
    """One row per measurement and kind of place it is declared for."""
    rows = [
        {
            "measurement": number,
            "indicator_id": indicator.id,
            "position": position,
            "source_id": measurement.source,
            "kind": kind,
            "unit": indicator.unit,
            "aggregate": indicator.aggregate,
            "has_counts": bool(measurement.numerator),
            "scale": measurement.scale,
            "opposite": measurement.opposite,
            "evenness": measurement.evenness,
            "by_interval": bool(measurement.intervals),
            "of": measurement.units,
            "caveat": " ".join(each for each in (indicator.caveat, measurement.caveat) if each) or None,
        }
        for number, indicator, position, measurement in _numbered(catalog)
        for kind in measurement.places
    ]
    return pl.DataFrame(rows, infer_schema_length=None)


def observed_cells(
    observation: Relation, catalog: Catalog, warehouse: Warehouse, measurements: pl.Series
) -> pl.DataFrame:
    """SERIES, role, interval, place_id, measure and the numbers of what the measurements name."""
    wanted = declared_cells(catalog).filter(pl.col("measurement").is_in(measurements.implode()))
    declared = warehouse.given(wanted).set_alias("c")
    condition = (
        "o.source_id = c.source_id AND o.table_id = c.table_id AND o.measure_label = c.measure_label "
        "AND (c.edition IS NULL OR o.vintage = c.edition)"
    )
    return (
        observation.set_alias("o")
        .join(declared, condition)
        .project(
            "c.measurement, c.role, c.interval, o.measure, o.place_id, o.period_start, o.period_end, "
            "o.vintage, o.population_group, o.estimate, o.se, o.ci_low, o.ci_high, o.moe90, o.reason, "
            "o.flags, o.note"
        )
        .pl()
    )
