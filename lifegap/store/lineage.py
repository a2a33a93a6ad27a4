"""What a figure of a release is made of: formula and inputs, each with its file and row."""

from collections.abc import Callable, Iterator
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
MADE_OF_UNITS = {
    "summed": "summed over the units, then divided",
    "derived": "counts by interval summed over the units, then the median interpolated",
}
"""What is done with the cells of the units, by the method of the figure."""

SERIES = "source_id, vintage, period_start, period_end, population_group"


NOTHING = Answer([], [])


@dataclass(frozen=True)
class Part:
    """One step of a figure's way: what was done, and with which rows."""

    title: str
    formula: str
    answer: Answer


def inputs(release: Release, table: str, row: dict[str, Any]) -> Iterator[Part]:
    """The steps behind a row of `table`; none for tables that hold no figures."""
    if table in STEPS:
        yield from STEPS[table](release, row)


def _gap(release: Release, row: dict[str, Any]) -> Iterator[Part]:
    yield Part(
        "Gap",
        "gap = reference less place; variance = sum of both, less twice the covariance where the "
        "place lies inside the reference; p from the normal distribution",
        NOTHING,
    )
    yield _life_expectancy(release, row)
    reference = {"place_id": row["reference_place_id"], "population_group": row["reference_group"]}
    yield _life_expectancy(release, row | reference)


def _parts_of_gap(release: Release, row: dict[str, Any]) -> Iterator[Part]:
    formula = "Arriaga's, both ways averaged, of the two pooled life tables; limits from draws of the tracts"
    yield Part("Part of a gap", formula, NOTHING)
    for side in ("place_id", "reference_place_id"):
        yield _life_expectancy(release, row | {"place_id": row[side]})


def _comparison(release: Release, row: dict[str, Any]) -> Iterator[Part]:
    yield Part("Difference", "reference less place; variance = sum of both", NOTHING)
    for side in ("place_id", "reference_place_id"):
        (method,) = release.ask(
            "SELECT method FROM indicator_value WHERE indicator_id = $indicator_id AND place_id = $place_id "
            "AND (source_id, vintage, period_start, period_end, population_group) "
            "= ($source_id, $vintage, $period_start, $period_end, $population_group) ORDER BY 1 LIMIT 1",
            _series(row) | {"place_id": row[side], "indicator_id": row["indicator_id"]},
        ).rows or [(row["method"],)]
        yield _indicator(release, row | {"place_id": row[side], "method": method[0]})


def _progress(release: Release, row: dict[str, Any]) -> Iterator[Part]:
    """The points of the series."""
    gap = row["indicator_id"] == "life_expectancy_gap"
    names = ["place_id", "source_id", "method"]
    names += ["coalition_id", "reference_place_id", "vintage"] if gap else ["indicator_id"]
    points = release.ask(
        "SELECT period_start, period_end, vintage, gap AS value, se, reason FROM life_expectancy_gap "
        "WHERE (coalition_id, place_id, reference_place_id, source_id, vintage, method) = ($coalition_id, "
        "$place_id, $reference_place_id, $source_id, $vintage, $method) AND population_group = 'all' "
        "ORDER BY 2, 1"
        if gap
        else "SELECT period_start, period_end, vintage, value, se, reason FROM indicator_value "
        "WHERE (place_id, indicator_id, source_id, method) = ($place_id, $indicator_id, $source_id, $method) "
        "AND population_group = 'all' ORDER BY 2, 1",
        {name: row[name] for name in names},
    )
    yield Part("Series", "percent achieved = 100 (baseline less latest) / (baseline less target)", points)


def _inequality(release: Release, row: dict[str, Any]) -> Iterator[Part]:
    names = (
        "comparison_set",
        "source_id",
        "vintage",
        "period_start",
        "period_end",
        "population_group",
        "method",
    )
    places = release.ask(
        """
        SELECT s.place_id, p.name, e.estimate, e.se, e.reason
        FROM comparison_set AS s JOIN place AS p USING (place_id) LEFT JOIN life_expectancy AS e
            ON e.place_id = s.place_id AND e.method = $method AND e.population_group = $population_group
            AND (e.source_id, e.vintage, e.period_start, e.period_end)
                = ($source_id, $vintage, $period_start, $period_end)
        WHERE s.comparison_set = $comparison_set ORDER BY e.estimate, s.place_id
        """,
        {name: row[name] for name in names},
    )
    yield Part(
        f"Places of {row['comparison_set']}", f"{row['measure']}, weighted by {row['weighting']}", places
    )


def _index(release: Release, row: dict[str, Any]) -> Iterator[Part]:
    values = release.ask(
        "SELECT indicator_id, source_id, vintage, period_start, period_end, value, se FROM indicator_value "
        "WHERE place_id = $place_id AND population_group = 'all' AND contains($indicators_used, "
        "format('{} ({}, {})', indicator_id, source_id, vintage)) ORDER BY ALL",
        {name: row[name] for name in ("place_id", "indicators_used")},
    )
    yield Part("Indicators of the place", "z-scores within the set, capped at 3, equal weights", values)


def _cluster(release: Release, row: dict[str, Any]) -> Iterator[Part]:
    names = ("comparison_set", "indicator_id", "source_id", "vintage", "period_start", "period_end", "method")
    places = release.ask(
        "SELECT c.place_id, name, value, neighbors, local_i, q_value, cluster FROM spatial_cluster AS c "
        f"JOIN place USING (place_id) WHERE ({', '.join(f'c.{name}' for name in names)}) = "
        f"({', '.join('$' + name for name in names)}) ORDER BY value, place_id",
        {name: row[name] for name in names},
    )
    yield Part("The map", "local Moran: own z-score times the mean of the neighbors'", places)


def _years_lost(release: Release, row: dict[str, Any]) -> Iterator[Part]:
    if row["method"] == "published":
        yield _indicator(release, row | {"indicator_id": "premature_death_ypll"})
        return
    deaths = release.ask(
        "SELECT population_group, age_start, age_end, deaths, population, source_file, source_row "
        "FROM death_count WHERE (place_id, source_id, vintage) = ($place_id, $source_id, $vintage) "
        "AND (period_start, period_end) = ($period_start, $period_end) "
        "AND population_group IN ($population_group, $excess_reference) ORDER BY 1, 2",
        {name: row[name] for name in ("place_id", *_names(SERIES), "excess_reference")},
    )
    yield Part(
        "Deaths by age",
        "sum of weight × deaths × (75 less mid-age) / people, over the standard of 2000",
        deaths,
    )


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
        if row["method"] in MADE_OF_UNITS
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
    how = MADE_OF_UNITS.get(row["method"], "of the place itself")
    return Part(f"{row['indicator_id']} of {row['place_id']}", f"{formula} ({how})", answer)


def _names(columns: str) -> list[str]:
    return [name.strip() for name in columns.split(",")]


def _series(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("place_id", *_names(SERIES))}


def _same_series() -> str:
    return " AND ".join(f"i.{name} = ${name}" for name in _names(SERIES))


STEPS: dict[str, Callable[[Release, dict[str, Any]], Iterator[Part]]] = {
    "life_expectancy": lambda release, row: iter([_life_expectancy(release, row)]),
    "life_expectancy_gap": _gap,
    "indicator_value": lambda release, row: iter([_indicator(release, row)]),
    "gap_decomposition": _parts_of_gap,
    "indicator_comparison": _comparison,
    "progress": _progress,
    "inequality": _inequality,
    "priority_index": _index,
    "spatial_cluster": _cluster,
    "premature_mortality": _years_lost,
}
"""Table of figures → the steps behind one of its rows."""
