"""County Health Rankings: values of all measures for counties, states and the nation, by measure code.

Peculiar: the publisher's file of a measure has no names, only codes (00 000 is the nation, county 000 a
state); the files' names mix _r and _R, and their columns differ in order, in flags and in words (rawvalue,
raw_value), so columns are read by name; what is not known is left out and told. Blank or NA is missing. Some
files begin with a column of row numbers without a name. Two files of 2026 by race carry what a join left:
numerator.x, denominator.y.y and the like are those of the race that the letters stand for; in v161 the
letters A and U of Connecticut's two kinds of counties are exchanged. The national files have readable names
in the first row and codes in the second; the District of Columbia stands there as state and as county. A
negative additional value of v004 and v062 is a sign: no provider at all, for as many people. Limits of
v040 in the states' rows of 2011 are exchanged. Impossible
values stand in the files (107.92 for Oliver County, 172.0 for Alabama's two-or-more-races) and are kept
here as printed: they are withheld where figures are made, never capped. Files re-shaped by others name
measures in words, give percentages of 100, and two of them lost the leading zeros of codes.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

from assets.sources.chr_reading import RACES, cells_as_text
from assets.table import table
from lifegap.landing.columns import plain_name
from lifegap.landing.files import FILE, ROW, SourceFile, SourceFiles, number, unparsed

NUMBERS = (
    "estimate", "ci_low", "ci_high", "numerator", "denominator", "se", "other_value",
)  # fmt: skip
TEXTS = ("reliability", "flag_ct", "source_flag")

CELLS = {
    "rawvalue": "estimate",
    "raw_value": "estimate",
    "cilow": "ci_low",
    "cihigh": "ci_high",
    "numerator": "numerator",
    "denominator": "denominator",
    "other_data_1": "other_value",
    "otherdata1": "other_value",
    "rawalternatevalue": "other_value",
    "sourceflag": "source_flag",
    "flag_ct": "flag_ct",
}
"""End of a column's name → column of the table."""

RACE_CELLS = {None: "estimate", "cilow": "ci_low", "cihigh": "ci_high", "flag2": "reliability"}
FILE_CELLS = {"ypll_se": "se", "flag2_cb": "reliability", "sourceflag": "source_flag"}
"""Columns that do not name the measure, in files of one measure."""

OWN = re.compile(rf"(v\d{{3}})_({'|'.join(CELLS)})")
BY_RACE = re.compile(rf"(v\d{{3}})_race_({'|'.join(RACES)})(?:_(cilow|cihigh|flag2))?")
FLAG_BY_RACE = re.compile(r"(v\d{3})_race_flag_ct")
JOINED = re.compile(r"(numerator|denominator|sourceflag)((?:\.[xy])*)")
JOINS = {".x": "white", ".y": "black", ".x.x": "aian", ".y.y": "asian", ".x.x.x": "nhopi", ".y.y.y": "tom",
         "": "hispanic"}  # fmt: skip
"""Letters that a join of the groups, one after another, left behind a column's name → group."""

ONE_MEASURE = ("life_expectancy", "life_expectancy_by_race", "measure")
ROW_NUMBER = "row_number"
IDENTITY = {
    "statecode", "countycode", "fipscode", "state", "county", "year", "county_ranked", "county_clustered",
    ROW_NUMBER,
}  # fmt: skip

CODED = ("life_expectancy", "life_expectancy_by_race", "measure", "analytic", "subset_2018", "subset_2019")
MISSING = "NA"


class Part(NamedTuple):
    """One measure of one population group in a file: column of the table → column of the file."""

    measure: str
    group: str
    label: str | None
    cells: dict[str, str]


def _by_words(words: str, measure: str) -> list[Part]:
    """Groups as a state workbook names them, with limits where it has them."""
    titles = {"AIAN": "aian", "Asian": "asian", "Black": "black", "Hispanic": "hispanic", "White": "white"}
    limits = {"ci_low": "95% CI - Low", "ci_high": "95% CI - High"} if measure == "v063" else {}
    return [
        Part(
            measure,
            RACES[short],
            name := f"{words} ({title})",
            {"estimate": name} | {limit: f"{name} {words}" for limit, words in limits.items()},
        )
        for title, short in titles.items()
    ]


SHARES = {
    "Black": "v054",
    "American Indian & Alaska Native": "v055",
    "Asian": "v081",
    "Native Hawaiian/Other Pacific Islander": "v080",
    "Hispanic": "v056",
    "Non-Hispanic White": "v126",
}
WORDED = {
    "picked": [
        Part("v147", "all", "Life Expectancy", {"estimate": "Life Expectancy"}),
        *_by_words("Life Expectancy", "v147"),
        Part("v051", "all", "Population", {"estimate": "Population"}),
        *(
            Part(code, "all", f"% {who}", {"estimate": f"% {who}", "numerator": f"# {who}"})
            for who, code in SHARES.items()
        ),
        Part("v057", "all", "% Female", {"estimate": "% Female"}),
        Part("v063", "all", "Median Household Income", {"estimate": "Median Household Income"}),
        *_by_words("Household Income", "v063"),
    ],
    "two_measures": [
        Part("v002", "all", "Poor or fair health", {"estimate": "Poor or fair health raw value"}),
        Part("v011", "all", "Adult obesity", {"estimate": "Adult obesity raw value"}),
    ],
}
"""Layout → the measures of its columns, told by the values of states in the relational tables."""

PLACES = {
    "picked": {"FIPS": "code", "State": "state", "Division": "county"},
    "two_measures": {"5-digit FIPS Code": "code", "State Abbreviation": "state", "Name": "county"},
}


@table("sources.chr_measure", source="chr_measures")
def chr_measure(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per release, measure, place and population group."""
    for file in files.of(*CODED):
        names = [plain_name(name) or ROW_NUMBER for name in file.header[-1]]
        rows = _rows(file, names)
        labels = dict(zip(names, file.header[0], strict=True)) if len(file.header) > 1 else {}
        yield from _long(file, _placed_by_code(file, rows), coded_parts(file, names, labels))
    for file in files.of(*WORDED):
        rows = _rows(file).rename(PLACES[file.layout.id])
        yield from _long(file, _placed_by_words(rows), WORDED[file.layout.id])


Cells = dict[tuple[str, str], dict[str, str]]
"""Measure and group → column of the table → column of the file."""


def coded_parts(file: SourceFile, names: list[str], labels: dict[str, str]) -> list[Part]:
    """The measures and groups that the columns name; columns that name none are told as not used.

    Raises SOURCE-UNREADABLE for a limit alone, and for a measure without its value in a file of one measure.
    """
    found, unknown = _named_cells(names)
    for (measure, group), cells in found.items():
        if ("ci_low" in cells) != ("ci_high" in cells):
            raise file.unreadable(f"{measure} of {group} with one limit alone{_beside(unknown)}")
        if "estimate" not in cells:
            if file.layout.id in ONE_MEASURE:
                raise file.unreadable(f"{measure} of {group} without its value{_beside(unknown)}")
            unknown += cells.values()
    valued = {key: cells for key, cells in found.items() if "estimate" in cells}
    if not valued:
        raise file.unreadable(f"no column of a measure's value; found {', '.join(names[:20])}")
    file.tell_unused(unknown)
    return [
        Part(measure, group, labels.get(cells["estimate"], "").removesuffix(" raw value") or None, cells)
        for (measure, group), cells in valued.items()
    ]


def _beside(unknown: list[str]) -> str:
    return f"; columns that are not known: {', '.join(unknown)}" if unknown else ""


def _named_cells(names: list[str]) -> tuple[Cells, list[str]]:
    """What each column holds of which measure and group, and the columns that name nothing known."""
    found: Cells = {}
    flags, loose, unknown = {}, {}, []
    joined = _joined(names)
    for name in names:
        if own := OWN.fullmatch(name):
            found.setdefault((own[1], "all"), {})[CELLS[own[2]]] = name
        elif race := BY_RACE.fullmatch(name):
            found.setdefault((race[1], RACES[race[2]]), {})[RACE_CELLS[race[3]]] = name
        elif flag := FLAG_BY_RACE.fullmatch(name):
            flags[flag[1]] = name
        elif name in FILE_CELLS and not joined:
            loose[FILE_CELLS[name]] = name
        elif name not in IDENTITY and name not in joined:
            unknown.append(name)
    if loose and len(found) != 1:
        unknown += loose.values()
        loose = {}
    for (measure, _), cells in found.items():
        cells.update(loose | ({"flag_ct": flags[measure]} if measure in flags else {}))
    for name, (group, column) in joined.items():
        parts = [cells for (_, of), cells in found.items() if of == group]
        if len(parts) == 1:
            parts[0][column] = name
        else:
            unknown.append(name)
    return found, unknown


def _joined(names: list[str]) -> dict[str, tuple[str, str]]:
    """Column that a join named → group and column of the table; none where no name carries its letters."""
    found = {name: match for name in names if (match := JOINED.fullmatch(name))}
    if not any(match[2] for match in found.values()):
        return {}
    cells = FILE_CELLS | {"numerator": "numerator", "denominator": "denominator"}
    return {
        name: (RACES[JOINS[match[2]]], cells[match[1]]) for name, match in found.items() if match[2] in JOINS
    }


def _rows(file: SourceFile, names: list[str] | None = None) -> pl.DataFrame:
    rows = file.without_empty_lines(file.rows(names))
    return rows.with_columns(pl.exclude(FILE, ROW).replace(MISSING, None))


def _placed_by_code(file: SourceFile, rows: pl.DataFrame) -> pl.DataFrame:
    """Rows with the code of the place; what the other columns of identity say otherwise is `amiss`."""
    absent = [name for name in (*IDENTITY, "code") if name not in rows.columns]
    rows = rows.with_columns(pl.lit(None, pl.String).alias(name) for name in absent)
    rows = rows.with_columns(
        code=pl.coalesce(pl.col("statecode") + pl.col("countycode"), "fipscode"),
        county_ranked=pl.coalesce("county_ranked", "county_clustered"),
    )
    return rows.with_columns(
        amiss=cells_as_text(
            ("fipscode", pl.col("fipscode") != pl.col("code")),
            ("year", pl.col("year") != file.vintage.id[:4]),
            (ROW_NUMBER, ~pl.col(ROW_NUMBER).str.contains(r"^\d+$")),
        )
    )


def _placed_by_words(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of files whose codes lost their leading zeros."""
    rows = rows.with_columns(pl.col("code").str.zfill(5), county_ranked=pl.lit(None, pl.String))
    if "State FIPS Code" not in rows.columns:
        return rows.with_columns(amiss=pl.lit(None, pl.String))
    parts = pl.col("State FIPS Code").str.zfill(2) + pl.col("County FIPS Code").str.zfill(3)
    return rows.with_columns(amiss=cells_as_text(("code", pl.col("code") != parts)))


def _long(file: SourceFile, rows: pl.DataFrame, parts: list[Part]) -> Iterator[pl.DataFrame]:
    """The rows once for each part."""
    for part in parts:
        cells = part.cells
        numeric = [cells[name] for name in NUMBERS if name in cells]
        values = {
            name: number(cells[name]) if name in cells else pl.lit(None, pl.Float64) for name in NUMBERS
        }
        sign: pl.Expr = pl.lit(None, pl.String)
        if "other_value" in cells:
            sign = cells_as_text((cells["other_value"], values["other_value"] < 0))
            values["other_value"] = pl.when(values["other_value"] >= 0).then(values["other_value"])
        yield rows.select(
            FILE,
            ROW,
            pl.lit(file.vintage.id).alias("vintage"),
            measure=pl.lit(part.measure),
            label=pl.lit(part.label, pl.String),
            county_fips=pl.col("code"),
            state=pl.col("state"),
            county=pl.col("county"),
            population_group=pl.lit(part.group),
            **values,
            **{name: pl.col(cells[name]) if name in cells else pl.lit(None, pl.String) for name in TEXTS},
            county_ranked=pl.col("county_ranked"),
            sign=sign,
            unparsed=pl.coalesce(unparsed(*numeric), "amiss"),
        )
