"""`indicators.life_table_of_deaths`: life tables of counties from their deaths and the survey's people.

A table with a band that must be hidden gives its life expectancy at birth alone: the rate and the people of a
band give its deaths, and the survivors of two neighbors its rate.
"""

import polars as pl

from assets.table import table
from assets.warehouse.observed import year_of
from assets.wording import period_text, sentences
from lifegap.catalog.catalog import Catalog
from lifegap.methods.mortality.deaths import life_tables_of_deaths
from lifegap.methods.surveys.reliability import at_best_caution, reliability_of_years

SERIES = ["place_id", "population_group", "period_start", "period_end", "source_id", "vintage"]
OPEN_BAND = (
    "In the last age group one over the death rate stands for what is left to live, which is biased where "
    "the oldest are young for their age."
)
DEATHS_ALONE = "The interval holds the chance of deaths, not the error of the survey's people."
ONE_YEAR = (
    "The survey's mean of five years stands for the year in their middle; between two editions its oldest "
    "people alone move life expectancy by 0.2 years, so single years are not to be compared."
)

SURVEY = ["population_vintage", "survey_start", "survey_end", "tracts"]


@table("indicators.life_table_of_deaths", band="warehouse.death_band")
def life_table_of_deaths(band: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """One row per county, group, period and age band."""
    survey = band.select(*SERIES, "population_vintage", "tracts").unique()
    survey = survey.with_columns(vintage_of_deaths="vintage", vintage="population_vintage").with_columns(
        survey_start=year_of(catalog, "census_acs5", "period_start"),
        survey_end=year_of(catalog, "census_acs5", "period_end"),
        vintage="vintage_of_deaths",
    )
    kept = band.group_by(SERIES).agg(
        withheld=pl.col("reason").filter(pl.col("reason") == "withheld:coverage").first(),
        bands_shown=pl.col("reason").is_null().all(),
    )
    people = band.select(*SERIES, "age_start", "person_years")
    rows = band.rename({"person_years": "population"}).drop("reason")
    made = life_tables_of_deaths(rows, SERIES).with_columns(pl.col("age_start", "age_end").cast(pl.Int32))
    numbers = ["mx", "ax", "qx", "lx", "Lx", "Tx", "ex", "se", "ci_low", "ci_high"]
    return (
        made.join(people, on=[*SERIES, "age_start"])
        .join(kept, on=SERIES)
        .join(survey.select(*SERIES, *SURVEY), on=SERIES)
        .with_columns(
            pl.when(pl.col("withheld").is_null()).then(name).alias(name) for name in numbers
        )
        .with_columns(nLx="Lx", reason=pl.coalesce("withheld", "reason"))
        .pipe(_explained)
        .select(
            *SERIES, "age_start", "age_end", "person_years", "mx", "ax", "qx", "lx", "nLx", "Tx", "ex", "se",
            "ci_low", "ci_high", "reason", "reliability", "cautions", "note", "bands_shown", *SURVEY,
        )
    )  # fmt: skip


def _explained(rows: pl.DataFrame) -> pl.DataFrame:
    """Reliability, cautions and note; a single year with the people of five is of caution at best."""
    one_year = pl.col("period_start") == pl.col("period_end")
    graded = at_best_caution(reliability_of_years(pl.col("se")), one_year)
    known = pl.col("ex").is_not_null()
    return rows.with_columns(
        reliability=pl.when(known).then(graded).otherwise(pl.lit("withheld")),
        reason=pl.when(known & (graded == "unreliable"))
        .then(pl.lit("unreliable:wide_interval"))
        .otherwise("reason"),
        cautions=pl.when(known).then(
            sentences(pl.lit(OPEN_BAND), pl.lit(DEATHS_ALONE), pl.when(one_year).then(pl.lit(ONE_YEAR)))
        ),
        note=pl.format(
            "Deaths of {}; people of the survey of {} in {} tracts, a fifth of those under 5 as infants.",
            period_text(pl.col("period_start"), pl.col("period_end")),
            period_text(pl.col("survey_start"), pl.col("survey_end")),
            "tracts",
        ),
    )
