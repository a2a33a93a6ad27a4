"""What a figure of a release is made of: formula and inputs, each with its file and row."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lifegap.store.release import Answer, Release

FORMULAS = {
    "published": "as published",
    "pooled_a_prime": "life table of the death rates of the tracts, weighted by the survey's people "
    "by age: M(x) = sum of people(x) m(x) / sum of people(x)",
    "pooled_b": "life table of the death rates of the tracts, weighted by their census population "
    "spread by their own stationary shares L(x)/T(0)",
    "weighted_mean": "mean of the parts, weighted by their people of 2010",
}
SERIES = "source_id, vintage, period_start, period_end, population_group"


@dataclass(frozen=True)
class Part:
    """One step of a figure's way: what was done, and with which rows."""

    title: str
    formula: str
    answer: Answer


def inputs(release: Release, table: str, row: dict[str, Any]) -> Iterator[Part]:
    """The steps behind a row of `table`; none for tables that hold no figures."""
    if table == "life_expectancy_gap":
        yield Part(
            "Gap",
            "gap = reference less place; variance = sum of both, less twice the covariance where the "
            "place lies inside the reference; p from the normal distribution",
            Answer([], []),
        )
        for side in ("place_id", "reference_place_id"):
            yield _life_expectancy(release, row | {"place_id": row[side]})
    elif table == "life_expectancy":
        yield _life_expectancy(release, row)
    elif table == "indicator_value":
        yield _indicator(release, row)


def _life_expectancy(release: Release, row: dict[str, Any]) -> Part:
    place, method = row["place_id"], row["method"]
    parts = {"published": _published, "weighted_mean": _members}.get(method, _tracts)
    answer = parts(release, row)
    if method == "weighted_mean" and not answer.rows:
        answer = _published(release, row)
    return Part(f"Life expectancy of {place}", FORMULAS[method], answer)


def _published(release: Release, row: dict[str, Any]) -> Answer:
    """The publisher's number for the place itself."""
    return release.ask(
        f"""
        SELECT measure, estimate, se, flags, source_file, source_row, sha256
        FROM figure_input AS i JOIN source_file AS f
            ON f.source_id = i.source_id AND f.file = i.source_file
        WHERE place_id = $place_id AND measure_label IN ('Life expectancy at birth', 'VRLE')
            AND {_same_series()}
        """,
        _series(row),
    )


def _members(release: Release, row: dict[str, Any]) -> Answer:
    """The members of a footprint with their numbers and people."""
    return release.ask(
        f"""
        SELECT p.name, p.population AS people_2010, estimate, se, source_file, source_row, sha256
        FROM crosswalk AS c
        JOIN place AS p ON p.place_id = c.from_place_id
        JOIN figure_input AS i ON i.place_id = c.from_place_id
        JOIN source_file AS f ON f.source_id = i.source_id AND f.file = i.source_file
        WHERE to_place_id = $place_id AND measure_label IN ('Life expectancy at birth', 'VRLE')
            AND p.place_type NOT LIKE 'tract%' AND {_same_series()}
        ORDER BY c.from_place_id
        """,
        _series(row),
    )


def _tracts(release: Release, row: dict[str, Any]) -> Answer:
    """The tracts of a place with their people, life expectancy at birth and rows of their tables."""
    return release.ask(
        """
        SELECT c.from_place_id AS tract, round(p.population * c.weight, 1) AS people_2010, c.weight,
            t.ex AS e0, t.se, i.flags, t.source_file, t.source_row AS first_row, f.sha256
        FROM crosswalk AS c
        JOIN place AS p ON p.place_id = c.from_place_id AND p.place_type = 'tract2010'
        LEFT JOIN life_table AS t ON t.place_id = c.from_place_id AND t.age_start = 0
            AND t.method = 'published' AND (t.source_id, t.vintage) = ($source_id, $vintage)
        LEFT JOIN figure_input AS i ON i.place_id = c.from_place_id AND i.measure = 'e(0)'
        LEFT JOIN source_file AS f ON f.source_id = t.source_id AND f.file = t.source_file
        WHERE c.to_place_id = $place_id
        ORDER BY p.population * c.weight DESC, tract
        """,
        {name: row[name] for name in ("place_id", "source_id", "vintage")},
    )


def _indicator(release: Release, row: dict[str, Any]) -> Part:
    """Cells of an indicator for the place itself, or for the units it is made of."""
    (formula,) = release.ask(
        "SELECT formula FROM indicator WHERE indicator_id = ?", [row["indicator_id"]]
    ).rows[0]
    units = (
        "SELECT from_place_id AS unit, weight FROM crosswalk WHERE to_place_id = $place_id"
        if row["method"] == "summed"
        else "SELECT $place_id AS unit, 1.0 AS weight"
    )
    answer = release.ask(
        f"""
        SELECT DISTINCT unit, weight, role, measure, estimate, i.moe90, i.reason, source_file,
            source_row, sha256
        FROM ({units})
        JOIN figure_input AS i ON i.place_id = unit
        JOIN indicator_cell AS c ON c.source_id = i.source_id AND c.table_id = i.table_id
            AND c.label = i.measure_label AND c.indicator_id = $indicator_id
        JOIN source_file AS f ON f.source_id = i.source_id AND f.file = i.source_file
        WHERE {_same_series()}
        ORDER BY unit, role DESC, measure
        """,
        _series(row) | {"indicator_id": row["indicator_id"]},
    )
    how = "summed over the units, then divided" if row["method"] == "summed" else "of the place itself"
    return Part(f"{row['indicator_id']} of {row['place_id']}", f"{formula} ({how})", answer)


def _series(row: dict[str, Any]) -> dict[str, Any]:
    names = ("place_id", *(name.strip() for name in SERIES.split(",")))
    return {name: row[name] for name in names}


def _same_series() -> str:
    return " AND ".join(f"i.{name.strip()} = ${name.strip()}" for name in SERIES.split(","))
