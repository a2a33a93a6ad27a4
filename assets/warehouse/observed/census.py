"""Observations of the Census Bureau's counts and models; the survey's cells stay in DuckDB."""

import polars as pl

from assets.concepts import (
    HOUSEHOLD_INCOME,
    HOUSEHOLDS,
    PEOPLE,
    PEOPLE_BY_AGE,
    PEOPLE_BY_SEX_AND_AGE,
    PEOPLE_IN_HOUSEHOLDS,
)
from assets.identifiers import census_place, county_or_above, population_group
from assets.warehouse.observed import observed, period_of
from lifegap.catalog.catalog import Catalog
from lifegap.methods.surveys.intervals import Z95
from lifegap.methods.surveys.margins import se_of_margin
from lifegap.store.warehouse import Relation

ALL_PEOPLE = ("P1_001N", "P2_001N", "P001001")
"""Lines of the census tables that count everyone."""

SURVEY_CONCEPT = f"""
    CASE table_id
        WHEN 'S1901' THEN if(line = 'S1901_C01_001', '{HOUSEHOLDS}', '{HOUSEHOLD_INCOME}')
        WHEN 'B11002' THEN if(line = 'B11002_001', '{PEOPLE_IN_HOUSEHOLDS}', NULL)
        WHEN 'B01001' THEN CASE
            WHEN line = 'B01001_001' THEN '{PEOPLE}'
            WHEN contains(label, '!!') THEN '{PEOPLE_BY_SEX_AND_AGE}'
        END
        WHEN 'DP05' THEN CASE
            WHEN line = 'DP05_0001' AND suffix(label, 'Total population') THEN '{PEOPLE}'
            WHEN starts_with(label, 'SEX AND AGE!!Total population!!')
                AND (suffix(label, ' years') OR suffix(label, ' years and over')) THEN '{PEOPLE_BY_AGE}'
        END
        WHEN 'S0101' THEN if(line = 'S0101_C01_001' AND suffix(label, 'Total population'), '{PEOPLE}', NULL)
        ELSE if(line IN ('B01003_001', 'B02001_001', 'B03002_001'), '{PEOPLE}', NULL)
    END
"""
"""SQL of the concept of a cell of the survey.

Ages stand in a table of their own, or among the lines of a profile. The first line of a profile or of a
subject table is everyone in those editions alone whose label says so.
"""


@observed("sources.tract_population")
def population(population: Relation, _: Catalog) -> pl.DataFrame:
    return population.pl().select(
        "vintage", "source_file", "source_row",
        place_id=pl.format("tract{}:{}", "vintage", "tract_id"),
        table_id=pl.lit("tract_population"),
        measure=pl.lit("population"),
        measure_label=pl.lit("Population"),
        concept=pl.lit(PEOPLE),
        period_start=pl.col("vintage").cast(pl.Int32),
        period_end=pl.col("vintage").cast(pl.Int32),
        source_id=pl.lit("census_decennial"),
        estimate=pl.col("population").cast(pl.Float64),
    )  # fmt: skip


@observed("sources.decennial_cell")
def counts(cells: Relation, _: Catalog) -> pl.DataFrame:
    """Lines of the census tables, under the census's own tracts."""
    year = pl.col("vintage").str.slice(0, 4).cast(pl.Int32)
    return cells.pl().select(
        "vintage", "source_file", "source_row", "table_id",
        place_id=census_place(pl.col("geo_id"), year),
        measure="line",
        measure_label="label",
        concept=pl.when(pl.col("line").is_in(ALL_PEOPLE)).then(pl.lit(PEOPLE)),
        period_start=year,
        period_end=year,
        source_id=pl.lit("census_decennial"),
        estimate="value",
    )  # fmt: skip


@observed("sources.saipe_estimate")
def modeled_income_and_poverty(estimates: Relation, catalog: Catalog) -> pl.DataFrame:
    """Poverty and income by county; the printed limits are of 90 percent."""
    half = (pl.col("ci90_high") - pl.col("ci90_low")) / 2
    se = se_of_margin(half)
    return estimates.pl().select(
        "vintage", "source_file", "source_row", "measure", "estimate",
        place_id=county_or_above(pl.col("county_fips")),
        table_id=pl.lit("saipe"),
        measure_label="measure",
        source_id=pl.lit("census_saipe"),
        moe90=half,
        se=se,
        ci_low=pl.col("estimate") - Z95 * se,
        ci_high=pl.col("estimate") + Z95 * se,
        **period_of(catalog, "census_saipe"),
    )  # fmt: skip


AGES_UNINSURED = {
    0: "Under 65 years",
    1: "18 to 64 years",
    2: "40 to 64 years",
    3: "50 to 64 years",
    4: "Under 19 years",
    5: "21 to 64 years",
}
"""The Bureau's number of an age group in the health insurance estimates → its words."""

SEXES_UNINSURED = {1: "male", 2: "female"}


@observed("sources.sahie_estimate")
def modeled_insurance(estimates: Relation, catalog: Catalog) -> pl.DataFrame:
    """People without health insurance of all races and incomes; the printed limits are of 90 percent."""
    half = (pl.col("ci90_high") - pl.col("ci90_low")) / 2
    se = se_of_margin(half)
    sex = pl.col("sex_category").replace_strict(SEXES_UNINSURED, default=None, return_dtype=pl.String)
    return estimates.filter("race_category = 0 AND income_category = 0").pl().select(
        "vintage", "source_file", "source_row",
        place_id=county_or_above(pl.col("county_fips")),
        table_id=pl.lit("sahie"),
        measure=pl.format("PCTUI_PT AGECAT={}", "age_category"),
        measure_label=pl.format(
            "Percent uninsured!!{}", pl.col("age_category").replace_strict(AGES_UNINSURED)
        ),
        population_group=population_group(pl.lit(None, pl.String), sex),
        source_id=pl.lit("census_sahie"),
        estimate="uninsured",
        moe90=half,
        se=se,
        ci_low=pl.col("uninsured") - Z95 * se,
        ci_high=pl.col("uninsured") + Z95 * se,
        **period_of(catalog, "census_sahie"),
    )  # fmt: skip


@observed("sources.county_age_estimate")
def estimated_people(estimates: Relation, _: Catalog) -> pl.DataFrame:
    """People of counties on 1 July of each year; the base of April 2020 is no estimate of a year."""
    return estimates.filter("age_group = 'POPEST' AND NOT base_of_estimates").pl().select(
        "vintage", "source_file", "source_row",
        place_id=county_or_above(pl.col("county_fips")),
        table_id=pl.lit("agesex"),
        measure=pl.lit("POPESTIMATE"),
        measure_label=pl.lit("Population"),
        concept=pl.lit(PEOPLE),
        period_start="year",
        period_end="year",
        source_id=pl.lit("census_pep"),
        estimate=pl.col("people").cast(pl.Float64),
    )  # fmt: skip
