"""CDC WONDER: deaths by underlying cause, exports of any grouping as rows of one table.

Peculiar: an export has columns only for what it is grouped by; everything else that it is about
(place, race, ages, cause, years pooled) stands under its rows, in the query (`wonder_query`). Totals are
mixed in and marked only in the first column. A word may stand for a number. Rows with 1 to 9 deaths or none
are left out where the query hides them, so that an age group is simply not there. Ages that are not stated,
and all ages of 85 and more except in ten-year groups, have no population; Connecticut's old counties have
none from 2022 on. The code 1 is an infant among groups and a child of one among single years. Labels end in
a space here and there. Counties whose code has changed stand in pooled exports with the years they existed,
though the query pools all. A spreadsheet that saved an export has taken leading zeros from its codes; one set
to a country that writes 12,3 saves it with semicolons, and its rates with commas.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

import polars as pl

from assets.sources.wonder_query import ALL, Query, read_query
from assets.table import table
from lifegap.landing.files import FILE, ROW, SourceFile, SourceFiles, number, unparsed
from lifegap.methods.mortality.age_bands import NOT_STATED, ages_of_label

MEASURES = {
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

COUNTS = ("deaths", "population")
RATES = [name for name in MEASURES.values() if name not in COUNTS]
WITH_SIGNS = (*COUNTS, "crude_rate", "age_adjusted_rate")
SIGNS = ("Suppressed", "Unreliable", "Not Applicable", "Not Available", "Missing")
NOTES, TOTAL, CODE = "Notes", "Total", " Code"
PARTIAL = "provisional and partial"
NATION = {"place_type": "nation", "place_code": "US", "place": "United States"}


@table("sources.wonder_death", source="cdc_wonder")
def wonder_death(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per row of an export that is no total."""
    for file in files.of(*(layout.id for layout in files.card.layout)):
        rows = file.without_empty_lines(file.rows())
        query = query_of(file, rows.columns)
        rows = file.without(rows, pl.col(NOTES) == TOTAL, "total")
        yield described(file, rows, query)


def query_of(file: SourceFile, columns: list[str]) -> Query:
    """The query under the rows, which must name every column that is no measure."""
    try:
        query = read_query(file.footnotes())
    except ValueError as wrong:
        raise file.unreadable(str(wrong)) from None
    own = (NOTES, *MEASURES, FILE, ROW)
    grouping = [name for name in columns if name not in own and not name.endswith(CODE)]
    codes = [name.removesuffix(CODE) for name in columns if name.endswith(CODE) and name not in own]
    if unknown := sorted({*grouping, *codes} - set(query.grouped_by)):
        raise file.unreadable(f"columns that are not known, nor grouped by: {', '.join(unknown)}")
    if absent := [name for name in (NOTES, "Deaths", "Population", *query.grouped_by) if name not in columns]:
        raise file.unreadable(f"no column {', '.join(absent)}, though the query asks for it")
    return query


def described(file: SourceFile, rows: pl.DataFrame, query: Query) -> pl.DataFrame:
    """Rows with everything they are about, from their columns or else from the query, in the table's columns.

    Totals that are still among them have no label in the columns that they add up.
    """
    rows = rows.rename(MEASURES, strict=False)
    absent = [name for name in MEASURES.values() if name not in rows.columns]
    rows = rows.with_columns(pl.lit(None, pl.String).alias(name) for name in absent)
    described = rows.with_columns(
        **_people(rows, query),
        **_cause(rows, query),
        **_place(file, rows, query),
        **_period(file, rows, query),
        **_ages(file, rows, query),
        part_of_deaths=_words(query, "part"),
        dataset=pl.lit(query.dataset),
        asked_on=pl.lit(query.asked_on, pl.Date),
        zeros_shown=pl.lit(query.zeros_shown),
        suppressed_shown=pl.lit(query.suppressed_shown),
    )
    return _typed(file, described)


def _people(rows: pl.DataFrame, query: Query) -> dict[str, pl.Expr]:
    """Race, Hispanic origin and sex, each as printed, with its code where the export is grouped by it."""
    told: dict[str, pl.Expr] = {}
    for kind in ("race", "hispanic_origin", "sex"):
        names = query.columns_of(kind)
        told[kind] = _label(names) if names else _words(query, kind)
        codes = [name + CODE for name in names if name + CODE in rows.columns]
        told[f"{kind}_code"] = _label(codes) if codes else pl.lit(None, pl.String)
    forms = [*query.columns_of("race"), *query.of_kind("race")]
    return told | {"race_form": pl.lit(forms[0] if forms else None, pl.String)}


def _label(names: list[str]) -> pl.Expr:
    """The labels of columns; of several, joined."""
    return pl.concat_str([pl.col(name).str.strip_chars() for name in names], separator=" / ")


def _words(query: Query, kind: str) -> pl.Expr:
    """What the query asks for of a kind; All where it does not limit it."""
    return pl.lit(" / ".join(query.of_kind(kind).values()) or ALL)


def _cause(rows: pl.DataFrame, query: Query) -> dict[str, pl.Expr]:
    """The cause of each row, else what the query asks for: codes with names in brackets, or named groups."""
    if names := query.columns_of("cause"):
        codes = [name + CODE if name + CODE in rows.columns else name for name in names]
        return {"cause": _label(names), "cause_code": _label(codes)}
    told = [_codes_and_names(value) for value in query.of_kind("cause").values()]
    return {
        "cause": pl.lit(" / ".join(names for _, names in told) or ALL),
        "cause_code": pl.lit(" / ".join(codes for codes, _ in told) or ALL),
    }


def _codes_and_names(listed: str) -> tuple[str, str]:
    """The ICD codes of a criterion, joined by +, and their names; words without codes stand for both."""
    found = re.findall(r"(?:^|; )([A-Z]\d\d[^ ]*) \((.+?)\)(?=$|; [A-Z]\d\d)", listed)
    if not found or "; ".join(f"{code} ({name})" for code, name in found) != listed:
        return listed, listed
    return "+".join(code for code, _ in found), "; ".join(name for _, name in found)


def _place(file: SourceFile, rows: pl.DataFrame, query: Query) -> dict[str, pl.Expr]:
    """The place of each row, else of the query: the nation, a state, counties, or words for other areas."""
    columns = {kind: query.columns_of(kind) for kind in ("county", "state", "region")}
    told = {"state": pl.lit(None, pl.String), "state_fips": pl.lit(None, pl.String)}
    if states := columns["state"]:
        told |= {"state": _label(states), "state_fips": _code(rows, states[0], digits=2)}
    limited = [f"{name}: {value}" for name, value in query.of_kind("region").items()]
    if columns["region"] or (limited and (columns["county"] or states)):
        names = [name for kind in columns.values() for name in kind]
        named = pl.concat_str([_label(names), *map(pl.lit, limited)], separator="; ")
        return told | {"place_type": pl.lit("area"), "place_code": named, "place": named}
    for kind, digits in (("county", 5), ("state", 2)):
        if names := columns[kind]:
            code = _code(rows, names[0], digits=digits)
            return told | {"place_type": pl.lit(kind), "place_code": code, "place": _label(names)}
    return told | {name: pl.lit(value) for name, value in _place_asked_for(file, query, limited).items()}


def _code(rows: pl.DataFrame, name: str, *, digits: int) -> pl.Expr:
    """The code of a place with its leading zeros; its name where the export has no codes."""
    return pl.col(name + CODE).str.zfill(digits) if name + CODE in rows.columns else pl.col(name)


def _place_asked_for(file: SourceFile, query: Query, limited: list[str]) -> dict[str, str]:
    """The place of a query that is not by place."""
    listed = [value for kind in ("state", "county") for value in query.of_kind(kind).values()]
    if limited or len(listed) > 1:
        words = "; ".join([*listed, *limited])
        return {"place_type": "area", "place_code": words, "place": words}
    if not listed:
        return NATION
    codes = re.findall(r"\((\d{5}|\d{2})\)", listed[0])
    kinds = {len(code) for code in codes}
    if not codes or len(codes) != len(listed[0].split(";")) or len(kinds) > 1:
        raise file.unreadable(f"places of the query that are no counties and no states: {listed[0]}")
    one, several = ("county", "counties") if kinds == {5} else ("state", "states")
    return {
        "place_type": one if len(codes) == 1 else several,
        "place_code": "+".join(sorted(codes)),
        "place": re.sub(r" \(\d{2}\)$|(?<=[A-Z]{2}) \(\d{5}\)$", "", listed[0])
        if len(codes) == 1
        else listed[0],
    }


def _period(file: SourceFile, rows: pl.DataFrame, query: Query) -> dict[str, pl.Expr]:
    """First and last year, the month of an export by month, and whether the deaths are final.

    An export that pools its years has those of the query, else all of the dataset.
    """
    for kind in ("month", "year", "years"):
        for name in query.columns_of(kind):
            code = pl.col(name + CODE) if name + CODE in rows.columns else pl.col(name)
            label = pl.col(name).str.strip_chars()
            year = code.str.extract(r"^\s*(\d{4})(?:/\d{2})?\s*$")
            if wrong := rows.filter(~label.str.contains(year).fill_null(False), year.is_not_null()).height:
                raise file.unreadable(f"{wrong} years that are not their code")
            years = year.cast(pl.Int32)
            month = pl.when(code.str.contains("/")).then(code).otherwise(pl.lit(ALL))
            status = label.str.extract(r"\((.*)\)")
            return {"period_start": years, "period_end": years, "month": month, "status": status}
    listed = "; ".join(value for kind in ("years", "year") for value in query.of_kind(kind).values())
    first, last, status = _years_asked_for(file, query, listed)
    return {
        "period_start": pl.lit(first, pl.Int32),
        "period_end": pl.lit(last, pl.Int32),
        "month": pl.lit("; ".join(query.of_kind("month").values()) or ALL),
        "status": pl.lit(status, pl.String),
    }


def _years_asked_for(file: SourceFile, query: Query, listed: str) -> tuple[int, int, str | None]:
    """First and last of the years that a query pools, and what is said of them."""
    if not listed:
        return _years_of_dataset(file, query)
    years = sorted({int(year) for year in re.findall(r"\b(\d{4})\b", listed)})
    if not years or years != list(range(years[0], years[-1] + 1)):
        raise file.unreadable(f"years of the query that do not follow each other: {listed}")
    said = re.findall(r"\((.*?)\)", listed)
    return years[0], years[-1], max(said, key=len) if said else None


def _years_of_dataset(file: SourceFile, query: Query) -> tuple[int, int, str | None]:
    """All years of a dataset named such as `Underlying Cause of Death, 1999-2018`.

    One that goes through the last week or month ends in a year that is not over.
    """
    if told := re.search(r", (\d{4})-(\d{4})(?=,|$)", query.dataset):
        return int(told[1]), int(told[2]), None
    if (told := re.search(r", (\d{4}) through Last (Week|Month)", query.dataset)) and query.asked_on:
        return int(told[1]), query.asked_on.year, PARTIAL
    raise file.unreadable(f"a dataset without its years: {query.dataset}")


def _ages(file: SourceFile, rows: pl.DataFrame, query: Query) -> dict[str, pl.Expr]:
    """Age of each row, else all, or those of the query taken together."""
    columns = [*query.columns_of("age"), *query.columns_of("infant_age")]
    if len(columns) > 1:
        raise file.unreadable(f"ages told twice, by {' and by '.join(columns)}")
    if columns:
        return _ages_of_rows(file, rows, columns[0])
    listed = "; ".join(value for kind in ("age", "infant_age") for value in query.of_kind(kind).values())
    bands = [ages_of_label(name) for name in listed.split("; ")] if listed else [(0, None)]
    known = [band for band in bands if band is not None]
    if len(known) < len(bands) or any(end != start for (_, end), (start, _) in pairwise(known)):
        raise file.unreadable(f"ages of the query that do not follow each other: {listed}")
    return {
        "age_form": pl.lit(None, pl.String),
        "age_group": pl.lit(listed or ALL),
        "age_code": pl.lit(None, pl.String),
        "age_start": pl.lit(known[0][0], pl.Int32),
        "age_end": pl.lit(known[-1][1], pl.Int32),
    }


def _ages_of_rows(file: SourceFile, rows: pl.DataFrame, column: str) -> dict[str, pl.Expr]:
    labels = rows[column].drop_nulls().str.strip_chars().unique().sort().to_list()
    ages = {label: ages_of_label(label) for label in labels if label.lower() not in NOT_STATED}
    if unknown := [label for label, band in ages.items() if band is None]:
        raise file.unreadable(f"ages that are not known: {unknown}")
    starts, ends = ({label: band[at] for label, band in ages.items() if band} for at in (0, 1))
    label = pl.col(column).str.strip_chars()
    return {
        "age_form": pl.lit(column),
        "age_group": label,
        "age_code": pl.col(column + CODE) if column + CODE in rows.columns else pl.lit(None, pl.String),
        "age_start": label.replace_strict(starts, default=None, return_dtype=pl.Int32),
        "age_end": label.replace_strict(ends, default=None, return_dtype=pl.Int32),
    }


def _typed(file: SourceFile, rows: pl.DataFrame) -> pl.DataFrame:
    """The columns of the table: text to numbers, words that stand for a number to their sign."""
    if file.layout.delimiter == ";":
        rows = rows.with_columns(pl.col(RATES).str.replace(",", ".", literal=True))
    has_sign = {name: pl.col(name).is_in(SIGNS).fill_null(False) for name in WITH_SIGNS}
    percent = pl.col("percent_of_total_deaths")
    rows = rows.with_columns(
        *(pl.when(has_sign[name]).then(pl.col(name)).alias(f"{name}_sign") for name in WITH_SIGNS),
        *(pl.when(~has_sign[name]).then(pl.col(name)).alias(name) for name in WITH_SIGNS),
        pl.when(percent.str.ends_with("%"))
        .then(percent.str.strip_suffix("%"))
        .otherwise(percent + " without %"),
    )
    return rows.select(
        FILE,
        ROW,
        pl.lit(file.vintage.id).alias("vintage"),
        *("dataset", "asked_on", "place_type", "place_code", "place", "state_fips", "state"),
        *("period_start", "period_end", "month", "status"),
        *("age_form", "age_group", "age_code", "age_start", "age_end"),
        *("race_form", "race", "race_code", "hispanic_origin", "hispanic_origin_code", "sex", "sex_code"),
        *("cause_code", "cause", "part_of_deaths"),
        *(_whole(name) for name in COUNTS),
        *(number(name) for name in RATES),
        *(f"{name}_sign" for name in WITH_SIGNS),
        *("suppressed_shown", "zeros_shown"),
        notes=NOTES,
        unparsed=_unparsed(),
    )


def _whole(name: str) -> pl.Expr:
    return pl.col(name).str.strip_chars().cast(pl.Int64, strict=False)


def _unparsed() -> pl.Expr:
    """Text of cells that are no numbers, and of counts that are not whole: 1.234 may mean a thousand more."""
    counts = [
        pl.when(pl.col(name).is_not_null() & _whole(name).is_null()).then(pl.lit(f"{name}=") + pl.col(name))
        for name in COUNTS
    ]
    told = pl.concat_str([*counts, unparsed(*RATES)], separator="; ", ignore_nulls=True)
    return pl.when(told != "").then(told)
