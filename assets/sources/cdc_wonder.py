"""CDC WONDER: deaths by underlying cause, exports of any grouping as rows of one table.

Peculiar: an export has columns only for what it is grouped by; everything else that it is about
(place, race, ages, cause, years pooled) stands under its rows, in the criteria of the query, whose
lines are wrapped. Totals are mixed in and marked only in the first column. A word may stand for a
number. Rows with 1 to 9 deaths or none are left out where the query hides them, so that an age group
is simply not there. Ages that are not stated, and single ages of 85 and more, have no population. The
code 1 is an infant among ten-year groups and a child of one among single years. The last year is
printed with a space behind it. Counties whose code has changed stand in pooled exports with the years they
existed, though the query pools all.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

import polars as pl

from assets.table import table
from lifegap.landing.files import FILE, ROW, SourceFile, SourceFiles, number, unparsed
from lifegap.landing.recognise import text_of

COLUMNS = {
    "Notes": "notes",
    "Year": "year",
    "Year Code": "year_code",
    "State": "state",
    "State Code": "state_fips",
    "County": "county",
    "County Code": "county_fips",
    "Ten-Year Age Groups": "age_group",
    "Ten-Year Age Groups Code": "age_code",
    "Single-Year Ages": "age_group",
    "Single-Year Ages Code": "age_code",
    "Race": "race",
    "Race Code": "race_code",
    "Gender": "sex",
    "Gender Code": "sex_code",
    "Cause of death": "cause",
    "Cause of death Code": "cause_code",
    "Deaths": "deaths",
    "Population": "population",
    "Crude Rate": "crude_rate",
    "Crude Rate Lower 95% Confidence Interval": "crude_rate_low",
    "Crude Rate Upper 95% Confidence Interval": "crude_rate_high",
    "Crude Rate Standard Error": "crude_rate_se",
    "Age Adjusted Rate": "age_adjusted_rate",
    "Age Adjusted Rate Lower 95% Confidence Interval": "age_adjusted_rate_low",
    "Age Adjusted Rate Upper 95% Confidence Interval": "age_adjusted_rate_high",
    "Age Adjusted Rate Standard Error": "age_adjusted_rate_se",
    "% of Total Deaths": "percent_of_total_deaths",
}
"""Column as printed → column here."""

WITH_SIGNS = ("deaths", "population", "crude_rate", "age_adjusted_rate")
SIGNS = ("Suppressed", "Unreliable", "Not Applicable", "Missing")
COUNTS = ("deaths", "population")
RATES = [name for name in COLUMNS.values() if name.startswith(("crude_rate", "age_adjusted_rate", "percent"))]

TEN_YEAR_AGES: dict[str, tuple[int | None, int | None]] = {
    "< 1 year": (0, 1),
    "1-4 years": (1, 5),
    **{f"{age}-{age + 9} years": (age, age + 10) for age in range(5, 85, 10)},
    "85+ years": (85, None),
    "Not Stated": (None, None),
}
SINGLE_AGES: dict[str, tuple[int | None, int | None]] = {
    "1 year": (1, 2),
    **{f"{age} years": (age, age + 1) for age in range(2, 100)},
    "100+ years": (100, None),
}
AGES = TEN_YEAR_AGES | SINGLE_AGES
"""Age as printed → first age and the age at which it ends, in years."""

ALL = "All"
NOT_ASKED = ("2013 Urbanization", "Autopsy", "Place of Death", "Weekday")
"""Criteria for which the table has no column: the query must ask for all."""

FIXED = {"Calculate Rates Per": "100,000", "Standard Population": "2000 U.S. Std. Population"}
SHOWN = {"True": True, "False": False, "Disabled": False}
STATED = ("Dataset", "Calculate Rates Per", "Show Zero Values", "Show Suppressed")
CRITERIA = (
    *("Dataset", "Query Parameters", "Title", "Group By", "Rate Options", "Show Totals"),
    *("Show Zero Values", "Show Suppressed", "States", "Year/Month", "Ten-Year Age Groups"),
    *("Race", "Hispanic Origin", "Gender", "ICD-10 Codes", "Drug/Alcohol Induced Causes"),
    *(*NOT_ASKED, *FIXED),
)


@table("sources.wonder_death", source="cdc_wonder")
def wonder_death(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per row of an export that is no total."""
    for file in files.of(*(layout.id for layout in files.card.layout)):
        rows = file.without_empty_lines(file.rows())
        if unknown := [name for name in rows.columns if name not in (*COLUMNS, FILE, ROW)]:
            raise file.unreadable(f"columns that are not known: {', '.join(unknown)}")
        rows = file.without(rows, pl.col("Notes") == "Total", "total")
        yield _typed(file, _described(file, rows.rename(COLUMNS, strict=False), _query(file)))


def _query(file: SourceFile) -> dict[str, str]:
    """The criteria under the rows: name → value, wrapped lines joined."""
    text = text_of(file.content(), file.layout).decode("utf-8").replace("\r\n", "\n")
    told: dict[str, str] = {}
    name = ""
    for line in text.split(f"\n{file.layout.ends_at}\n")[1].splitlines():
        criterion, colon, value = (part.strip() for part in line.strip('"').partition(":"))
        if colon and criterion in CRITERIA:
            name = criterion
            told[name] = value
        elif name and not colon:
            told[name] = f"{told[name]} {criterion}"
        else:
            raise file.unreadable(f"a criterion of the query that is not known: {criterion}")
    if absent := [name for name in STATED if name not in told]:
        raise file.unreadable(f"the query under the rows does not say {', '.join(absent)}")
    if narrowed := [name for name in NOT_ASKED if told.get(name, ALL) != ALL]:
        raise file.unreadable(f"a query that asks for some only of {', '.join(narrowed)}")
    if other := [name for name, fixed in FIXED.items() if told.get(name, fixed) != fixed]:
        raise file.unreadable(f"another {', '.join(other)} than {', '.join(FIXED.values())}")
    return told


def _described(file: SourceFile, rows: pl.DataFrame, query: dict[str, str]) -> pl.DataFrame:
    """The rows with everything they are about, from their columns or else from the query."""
    for show in ("Show Zero Values", "Show Suppressed"):
        if query[show] not in SHOWN:
            raise file.unreadable(f"{show}: {query[show]}")
    asked: dict[str, str | int | None] = {
        "race": query.get("Race", ALL),
        "hispanic_origin": query.get("Hispanic Origin", ALL),
        "sex": query.get("Gender", ALL),
        **_cause(file, query),
        **_place(file, rows, query),
        **_period(file, rows, query),
        **_ages(file, rows, query),
    }
    described = rows.with_columns(
        *(pl.lit(value).alias(name) for name, value in asked.items() if name not in rows.columns),
        dataset=pl.lit(query["Dataset"]),
        zeros_shown=pl.lit(SHOWN[query["Show Zero Values"]]),
        suppressed_shown=pl.lit(SHOWN[query["Show Suppressed"]]),
    )
    optional = ("state", "state_fips", "age_code", "race_code", "sex_code", *COUNTS, *RATES)
    described = described.with_columns(
        pl.lit(None, pl.String).alias(name) for name in optional if name not in described.columns
    )
    if "county_fips" in rows.columns:
        return described.with_columns(place_code="county_fips", place="county", place_type=pl.lit("county"))
    if "state_fips" in rows.columns:
        return described.with_columns(place_code="state_fips", place="state", place_type=pl.lit("state"))
    return described


def _cause(file: SourceFile, query: dict[str, str]) -> dict[str, str]:
    """The cause that the query asks for: codes with names in brackets, or a named group."""
    listed, group = query.get("ICD-10 Codes", ALL), query.get("Drug/Alcohol Induced Causes", ALL)
    if ALL not in (listed, group):
        raise file.unreadable("a query that asks for codes and for drug- or alcohol-induced causes")
    if listed == ALL:
        return {"cause_code": group, "cause": group}
    found = re.findall(r"(?:^|; )([A-Z]\d\d[^ ]*) \((.+?)\)(?=$|; [A-Z]\d\d)", listed)
    if "; ".join(f"{code} ({name})" for code, name in found) != listed:
        raise file.unreadable(f"codes of causes that are not understood: {listed}")
    return {"cause_code": "+".join(code for code, _ in found), "cause": "; ".join(name for _, name in found)}


def _place(file: SourceFile, rows: pl.DataFrame, query: dict[str, str]) -> dict[str, str]:
    """The place of an export without a column for it: the nation, or the counties of the query."""
    if "state_fips" in rows.columns or "county_fips" in rows.columns:
        return {}
    if (listed := query.get("States", ALL)) == ALL:
        return {"place_type": "nation", "place_code": "US", "place": "United States"}
    counties = re.findall(r"\((\d{5})\)", listed)
    if not counties or len(counties) != len(listed.split(";")):
        raise file.unreadable(f"places of the query that are no counties: {listed}")
    kind = "county" if len(counties) == 1 else "counties"
    return {"place_type": kind, "place_code": "+".join(sorted(counties)), "place": listed}


def _period(file: SourceFile, rows: pl.DataFrame, query: dict[str, str]) -> dict[str, int]:
    """First and last year of an export that pools its years: those of the query, else all of the dataset."""
    if "year_code" in rows.columns:
        if wrong := rows.filter(pl.col("year").str.strip_chars().ne_missing(pl.col("year_code"))).height:
            raise file.unreadable(f"{wrong} years that are not their code")
        return {}
    if (listed := query.get("Year/Month", ALL)) == ALL:
        listed = "; ".join(_years_of_dataset(file, query["Dataset"]))
    years = [int(year) for year in re.findall(r"\b\d{4}\b", listed)]
    if not years or listed != "; ".join(map(str, range(years[0], years[-1] + 1))):
        raise file.unreadable(f"years of the query that do not follow each other: {listed}")
    return {"period_start": years[0], "period_end": years[-1]}


def _years_of_dataset(file: SourceFile, dataset: str) -> list[str]:
    """All years of a dataset named such as `Underlying Cause of Death, 1999-2018`."""
    if (told := re.search(r", (\d{4})-(\d{4})(?=,|$)", dataset)) is None:
        raise file.unreadable(f"a dataset without its years: {dataset}")
    return [str(year) for year in range(int(told[1]), int(told[2]) + 1)]


def _ages(file: SourceFile, rows: pl.DataFrame, query: dict[str, str]) -> dict[str, str | int | None]:
    """Ages of an export that is not by age: all, or those of the query taken together."""
    if "age_group" in rows.columns:
        if unknown := sorted(set(rows["age_group"]) - set(AGES), key=str):
            raise file.unreadable(f"ages that are not known: {unknown}")
        return {}
    if (listed := query.get("Ten-Year Age Groups", ALL)) == ALL:
        return {"age_group": ALL, "age_start": 0, "age_end": None}
    bands = [TEN_YEAR_AGES.get(name, (None, None)) for name in listed.split("; ")]
    if bands[0][0] is None or any(end is None or end != start for (_, end), (start, _) in pairwise(bands)):
        raise file.unreadable(f"ages of the query that do not follow each other: {listed}")
    return {"age_group": listed, "age_start": bands[0][0], "age_end": bands[-1][1]}


def _typed(file: SourceFile, rows: pl.DataFrame) -> pl.DataFrame:
    """The columns of the table: text to numbers, words that stand for a number to their sign."""
    has_sign = {name: pl.col(name).is_in(SIGNS).fill_null(False) for name in WITH_SIGNS}
    percent = pl.col("percent_of_total_deaths")
    rows = rows.with_columns(
        *(pl.when(has_sign[name]).then(pl.col(name)).alias(f"{name}_sign") for name in WITH_SIGNS),
        *(pl.when(~has_sign[name]).then(pl.col(name)).alias(name) for name in WITH_SIGNS),
        pl.when(percent.str.ends_with("%"))
        .then(percent.str.strip_suffix("%"))
        .otherwise(percent + " without %"),
    )
    if "year_code" in rows.columns:
        year = number("year_code").cast(pl.Int32)
        rows = rows.with_columns(period_start=year, period_end=year)
    if "age_start" not in rows.columns:
        start, end = ({name: ages[at] for name, ages in AGES.items()} for at in (0, 1))
        rows = rows.with_columns(
            age_start=pl.col("age_group").replace_strict(start, return_dtype=pl.Int32),
            age_end=pl.col("age_group").replace_strict(end, return_dtype=pl.Int32),
        )
    return rows.select(
        FILE,
        ROW,
        pl.lit(file.vintage.id).alias("vintage"),
        *("dataset", "place_type", "place_code", "place", "state_fips", "state"),
        pl.col("period_start", "period_end").cast(pl.Int32),
        *("age_group", "age_code"),
        pl.col("age_start", "age_end").cast(pl.Int32),
        *("race", "race_code", "hispanic_origin", "sex", "sex_code", "cause_code", "cause"),
        *(pl.col(name).cast(pl.Int64, strict=False) for name in COUNTS),
        *(number(name) for name in RATES),
        *(f"{name}_sign" for name in WITH_SIGNS),
        *("suppressed_shown", "zeros_shown", "notes"),
        unparsed=unparsed(*COUNTS, *RATES),
    )
