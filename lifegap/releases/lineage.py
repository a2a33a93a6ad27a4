"""What a figure of a release is made of: the figures behind it, and the file and row of every number.

The way is told by queries, `sql/published/lineage`: `parts/<table>.sql` names the published figures that a
row is made of, `files.sql` the publishers' numbers behind those. Both take any number of rows at once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lifegap import APPLICATION
from lifegap.releases.read import Answer, Release

QUERIES = APPLICATION / "sql" / "published" / "lineage"

STEPS = {
    "life_expectancy": ("Life expectancy", "as its method says"),
    "life_expectancy_gap": (
        "Gap",
        "gap = reference less place; variance = sum of both, less twice the covariance where the place lies "
        "inside the reference; p from the normal distribution",
    ),
    "indicator_value": ("Indicator", "as declared"),
    "gap_decomposition": (
        "Part of a gap",
        "Arriaga's, both ways averaged, of the two pooled life tables; limits from draws of the tracts",
    ),
    "indicator_comparison": ("Difference", "reference less place; variance = sum of both"),
    "progress": ("Series", "percent achieved = 100 (baseline less latest) / (baseline less target)"),
    "inequality": ("Places of {comparison_set}", "{measure}; weights: {weighting}"),
    "priority_index": (
        "Indicators of the place",
        "z-scores within the set, capped at 3, equal weights",
    ),
    "spatial_cluster": ("The map", "local Moran: own z-score times the mean of the neighbors'"),
    "premature_mortality": (
        "Years lost before 75",
        "as published, or sum of weight × deaths × (75 less mid-age) / people, over the standard of 2000",
    ),
    "life_table": ("Life table", "rates of the tracts by age, weighted by people, made into one table"),
    "coverage": ("Units", "people of the units that have a figure / people of all units"),
}
"""Table of figures → what its step is called, and its formula; both may hold columns of the row."""

FORMULAS = {
    "pooled_a": "life table of the death rates of the tracts, weighted by people by age",
    "pooled_a_prime": "life table of the death rates of the tracts, weighted by the survey's people "
    "by age: M(x) = sum of people(x) m(x) / sum of people(x)",
    "pooled_b": "life table of the death rates of the tracts, weighted by their census population "
    "spread by their own stationary shares L(x)/T(0)",
    "weighted_mean": "mean of the parts, weighted by their people of 2010",
    "life_table": "life table (Chiang) of deaths over person-years by age; who dies in the first year has "
    "lived a tenth of it, in other bands half",
    "age_adjusted": "deaths and people by age",
    "summed": "summed over the units, then divided",
    "derived": "counts by interval summed over the units, then the median interpolated",
    "index": "counts of the groups in each unit",
}
"""What is done with the numbers, by the method of the figure; published ones stand as printed."""

OWN_FILE = ("death_count", "figure_input", "life_table", "life_table_input")
"""Tables whose rows name their file themselves."""

WITHOUT_FILES = {
    "place": "Places follow from the codes in all files, and from the census files of their names.",
    "place_renamed": "Declared by the project, after the Census Bureau's notes on changed codes.",
    "crosswalk": "Its source says whose list or shapes it rests on.",
    "source": "It describes files; source_file names each.",
    "source_file": "It names files and their hashes.",
    "row_account": "It counts the rows of the file that it names.",
    "correction": "Declared by the project in data/sources; it counts the rows that a correction hits.",
    "check_result": "Made by the checks of the refresh.",
    "comparison_set": "Which places are compared follows from places and coalitions.",
    "coalition": "Declared by the project in data/coalitions.",
    "coalition_target": "Declared by the project in data/coalitions; the row names the document.",
    "coalition_place": "Declared by the project in data/coalitions.",
    "coalition_comparison": "Declared by the project in data/coalitions.",
    "coalition_indicator": "Declared by the project in data/coalitions.",
    "indicator": "Declared by the project in data/indicators.",
    "indicator_cell": "Declared by the project in data/indicators.",
}
"""Tables without figures → where their rows come from."""

FIGURES = (
    "estimate", "gap", "value", "difference", "years", "score", "ypll75_rate", "latest_value", "local_i",
    "ex", "deaths", "population_share",
)  # fmt: skip
"""Columns that are the figure of a row."""

FEW_PARTS = 4
OF_FIGURE = (
    "made_of",
    "place_id",
    "source_id",
    "vintage",
    "period_start",
    "period_end",
    "population_group",
    "method",
)


@dataclass(frozen=True)
class Step:
    """One step of a figure's way: what was done, and with which rows."""

    title: str
    formula: str
    answer: Answer


def figures_query(table: str, condition: str = "true") -> str:
    """SQL of the published figures that the rows of `table` are made of; `figure` numbers the rows."""
    return _read("figures").replace("{part}", _parts(table, condition))


def files_query(table: str, condition: str = "true") -> str:
    """SQL of the numbers behind the rows of `table`, each with its file, row and sha256.

    `figure` numbers the rows, which stand in `numbered` of the same WITH.
    """
    made = _read("files").replace("{part}", _parts(table, condition)) if table in STEPS else None
    if table not in OWN_FILE:
        return made or ""
    own = (
        f"WITH {_numbered(table, condition)} "
        "SELECT figure, f.source_file, source_row, sha256 FROM figure AS f "
        "JOIN source_file AS s ON (s.source_id, s.file) = (f.source_id, f.source_file)"
    )
    return own if made is None else f"FROM ({made}) UNION ALL BY NAME ({own})"


def steps(release: Release, table: str, row: dict[str, Any], key: list[str]) -> Iterator[Step]:
    """The steps behind a row of `table`, down to files. The last is told even where there is no file."""
    if table in WITHOUT_FILES:
        yield Step("Where it comes from", WITHOUT_FILES[table], Answer([], []))
        return
    condition = " AND ".join(f'"{name}" = ${name}' for name in key)
    values = {name: row[name] for name in key}
    if table in STEPS and row.get("source_file") is None:
        title, formula = (words.format(**row) for words in STEPS[table])
        made_of = release.ask(figures_query(table, condition), values)
        itself = len(made_of.rows) == 1 and table in ("life_expectancy", "indicator_value")
        if not itself:
            yield Step(title, formula, _shown(made_of, row))
    elif "source_file" not in row:
        return
    yield from _files(release, release.ask(files_query(table, condition), values), row)


def has_files(steps_of_row: list[Step]) -> bool:
    """Whether any step names a file."""
    return any(
        line[step.answer.columns.index("source_file")] is not None
        for step in steps_of_row
        if "source_file" in step.answer.columns
        for line in step.answer.rows
    )


def _files(release: Release, found: Answer, row: dict[str, Any]) -> Iterator[Step]:
    """The numbers, figure by figure where these are few."""
    lines = found.dicts()
    parts = list(dict.fromkeys(tuple(line.get(name) for name in OF_FIGURE) for line in lines))
    if len(parts) > FEW_PARTS:
        yield Step("Numbers of the publishers", "each with its file and row", _shown(found, row))
        return
    for part in parts:
        mine = [line for line in lines if tuple(line.get(name) for name in OF_FIGURE) == part]
        about: dict[str, Any] = dict(zip(OF_FIGURE, part, strict=True))
        answer = Answer(found.columns, [tuple(line.values()) for line in mine])
        yield Step(_title(about), _formula(release, about), _shown(answer, about))


def _title(about: dict[str, Any]) -> str:
    what = str(about["made_of"] or "The row").replace("_", " ")
    words = f"{what[0].upper()}{what[1:]}" + (f" of {about['place_id']}" if about["place_id"] else "")
    group = about["population_group"]
    return words if group in (None, "all") else f"{words}, {group}"


def _formula(release: Release, about: dict[str, Any]) -> str:
    how = FORMULAS.get(about["method"], "as published")
    declared = release.ask("SELECT formula FROM indicator WHERE indicator_id = ?", [about["made_of"]]).rows
    return f"{declared[0][0]} ({how})" if declared and declared[0][0] else how


def _shown(answer: Answer, known: dict[str, Any]) -> Answer:
    """The columns that say something: neither empty, nor the row's number, nor known already."""
    lines = answer.dicts()
    kept = [
        name
        for name in answer.columns
        if name not in ("figure", "of_group")
        and any(line[name] is not None for line in lines)
        and not (name in known and all(line[name] == known[name] for line in lines))
    ]
    return Answer(kept, [tuple(line[name] for name in kept) for line in lines])


def _parts(table: str, condition: str) -> str:
    return f"{_numbered(table, condition)},\npart AS (SELECT DISTINCT * FROM ({_read('parts', table)}))"


def _numbered(table: str, condition: str) -> str:
    return f'figure AS (SELECT row_number() OVER () AS figure, * FROM "{table}" WHERE {condition})'


def _read(*names: str) -> str:
    return QUERIES.joinpath(*names).with_suffix(".sql").read_text(encoding="utf-8")
