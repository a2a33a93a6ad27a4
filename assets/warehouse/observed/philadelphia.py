"""Observations of the City of Philadelphia: its health assessment, lead in children's blood, small areas."""

import polars as pl

from assets import concepts
from assets.identifiers import population_group
from assets.warehouse.cities.philadelphia import DISTRICTS, PHILADELPHIA, WHOLE_CITY, planning_district
from assets.warehouse.observed import observed, period_of
from lifegap.catalog.catalog import Catalog
from lifegap.store.warehouse import Relation

YEARS, GROUPS = "citywide_over_time", "racial_disparity"
RACES = {
    "Black, non-Hispanic": "black",
    "White, non-Hispanic": "white",
    "Asian, non-Hispanic": "asian",
    "Hispanic": "hispanic",
}
LIFE_EXPECTANCY = r"(?i)^life expectancy.*\b(female|male)\b"
CENTURY = "20"


@observed("sources.philadelphia_assessment")
def assessment(assessment: Relation, _: Catalog) -> pl.DataFrame:
    """Indicators of the city, its districts and groups; cities beside Philadelphia are others' figures.

    A percentage is printed as a fraction of 1. Life expectancy is printed for women and men apart, which
    are groups here.
    """
    rows = assessment.filter(f"dimension IN ('{DISTRICTS}', '{YEARS}', '{GROUPS}')").pl()
    dimension, breakdown = pl.col("dimension"), pl.col("breakdown")
    sex = pl.col("indicator").str.extract(LIFE_EXPECTANCY).str.to_lowercase()
    by_year = breakdown.cast(pl.Int32, strict=False)
    start, end = _years(pl.col("data_years"))
    return rows.select(
        "vintage", "source_file", "source_row",
        place_id=pl.when((dimension == DISTRICTS) & (breakdown != WHOLE_CITY))
        .then(planning_district(breakdown))
        .otherwise(pl.lit(PHILADELPHIA.place_id)),
        table_id=pl.lit("assessment"),
        measure=pl.when(sex.is_null()).then("indicator").otherwise(pl.lit("life_expectancy")),
        measure_label=pl.when(sex.is_null())
        .then("indicator")
        .otherwise(pl.lit("Life expectancy at birth")),
        concept=pl.when(sex.is_not_null()).then(pl.lit(concepts.LIFE_EXPECTANCY)),
        population_group=population_group(
            pl.when(dimension == GROUPS).then(breakdown.replace_strict(RACES, default=None)), sex
        ),
        period_start=pl.when(dimension == YEARS).then(by_year).otherwise(start),
        period_end=pl.when(dimension == YEARS).then(by_year).otherwise(end),
        source_id=pl.lit("philadelphia_portal"),
        estimate="value",
        note="data_source",
    ).pipe(_once)  # fmt: skip


def _once(rows: pl.DataFrame) -> pl.DataFrame:
    """One row a figure: an edition prints some in several files, and where these differ it has none."""
    figure = ["place_id", "measure", "population_group", "period_start", "period_end", "vintage"]
    return (
        rows.sort("source_file", "source_row")
        .with_columns(
            contradictory=pl.col("estimate").drop_nulls().n_unique().over(figure) > 1,
            printed=pl.col("estimate").is_not_null(),
        )
        .sort("printed", descending=True, maintain_order=True)
        .unique(figure, keep="first", maintain_order=True)
        .with_columns(
            estimate=pl.when(~pl.col("contradictory")).then("estimate"),
            reason=pl.when("contradictory").then(pl.lit("withheld:contradictory")),
        )
        .drop("contradictory", "printed")
    )


def _years(text: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """First and last year of `2012-2015`, `2014/15`, `2012`."""
    end = text.str.extract(r"[-/](\d{2,4})$")
    whole = pl.when(end.str.len_chars() == len(CENTURY)).then(CENTURY + end).otherwise(end)
    start = text.str.extract(r"^(\d{4})").cast(pl.Int32)
    return start, pl.coalesce(whole.cast(pl.Int32), start)


@observed("sources.philadelphia_lead")
def lead(lead: Relation, catalog: Catalog) -> pl.DataFrame:
    """Children with 5 µg of lead or more in a deciliter of blood, and children screened."""
    rows = lead.pl()
    columns = {
        "children_5_or_more": "Children with 5 µg/dL or more",
        "children_screened": "Children screened",
    }
    return pl.concat(
        rows.select(
            "vintage", "source_file", "source_row",
            place_id=pl.when(pl.col("level") == "zip")
            .then("zip:" + pl.col("code"))
            .otherwise("tract2010:" + pl.col("code")),
            table_id=pl.lit("blood_lead"),
            measure=pl.lit(column),
            measure_label=pl.lit(words),
            source_id=pl.lit("philadelphia_portal"),
            estimate=column,
            reason=pl.lit("suppressed:too_few_cases"),
            **period_of(catalog, "philadelphia_portal"),
        )
        for column, words in columns.items()
    )  # fmt: skip


@observed("sources.philadelphia_small_area")
def small_areas(small: Relation, catalog: Catalog) -> pl.DataFrame:
    """Scores of tracts that carry a year; the food retail map is undated and stays where it is."""
    return small.filter("value IS NOT NULL AND level = 'tract' AND measure LIKE '%_score'").pl().select(
        "vintage", "source_file", "source_row",
        place_id="tract2010:" + pl.col("code"),
        table_id=pl.lit("heat_vulnerability"),
        measure="measure",
        measure_label="measure",
        source_id=pl.lit("philadelphia_portal"),
        estimate="value",
        **period_of(catalog, "philadelphia_portal"),
    )  # fmt: skip
