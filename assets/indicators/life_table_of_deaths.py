"""`indicators.life_table_of_deaths`: life tables from deaths: of counties, and of coalitions' own places.

A table with a band that must be hidden gives its life expectancy at birth alone: the rate and the people of a
band give its deaths, and the survivors of two neighbors its rate. Of a coalition's table even that is rounded
to what ten hidden counts or more can give in many ways: with the people known, digits would tell counts.
"""

import polars as pl

from assets.table import table
from assets.wording import period_text, sentences
from lifegap.catalog.catalog import Catalog
from lifegap.methods.counts.suppression import HIDDEN
from lifegap.methods.mortality.deaths import life_tables_of_deaths
from lifegap.methods.surveys.intervals import Z95
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

ROUNDED = "Rounded, and without its life table: a count of deaths behind it is small."
ESTIMATE_DIGITS, ERROR_DIGITS = 1, 2
OF_ROUNDING = 10 ** (-2 * ESTIMATE_DIGITS) / 12
"""Variance of a rounded figure around the exact one, that of a uniform error: part of the error."""

FEWEST_HIDDEN = 10
"""Bands, all of them hidden, that a rounded life expectancy may be told of."""

SURVEY = ["population_vintage", "survey_start", "survey_end", "tracts"]


@table("indicators.life_table_of_deaths", band="warehouse.death_band")
def life_table_of_deaths(band: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """One row per place, group, period and age band."""
    survey = band.select(*SERIES, "population_vintage", "tracts").unique()
    years = {end: _survey_year(catalog, end) for end in ("start", "end")}
    survey = survey.with_columns(survey_start=years["start"], survey_end=years["end"])
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
        .pipe(_rounded)
        .pipe(_explained)
        .select(
            *SERIES, "age_start", "age_end", "person_years", "mx", "ax", "qx", "lx", "nLx", "Tx", "ex", "se",
            "ci_low", "ci_high", "reason", "reliability", "cautions", "note", "bands_shown", *SURVEY,
        )
    )  # fmt: skip


def _survey_year(catalog: Catalog, end: str) -> pl.Expr:
    """First or last year of the survey that the people are of; null where they are of no survey."""
    editions = catalog.cards["census_acs5"].vintages
    years = {name: getattr(edition, f"period_{end}") for name, edition in editions.items()}
    return pl.col("population_vintage").replace_strict(years, default=None, return_dtype=pl.Int32)


def _rounded(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with less of a coalition's tables whose bands are hidden: rounded, or nothing of few bands."""
    told_in_part = pl.col("tracts").is_null() & ~pl.col("bands_shown")
    few = told_in_part & (pl.len().over(SERIES) < FEWEST_HIDDEN)
    gone = {name: pl.when(~few).then(name) for name in ("ex", "se", "ci_low", "ci_high")}
    ex = pl.col("ex").round(ESTIMATE_DIGITS)
    se = (pl.col("se") ** 2 + OF_ROUNDING).sqrt().round(ERROR_DIGITS)
    return (
        rows.with_columns(**gone)
        .with_columns(
            reason=pl.when(few & pl.col("reason").is_null()).then(pl.lit(HIDDEN)).otherwise("reason"),
            rounded=told_in_part & pl.col("ex").is_not_null(),
        )
        .with_columns(
            ex=pl.when("rounded").then(ex).otherwise("ex"),
            se=pl.when("rounded").then(se).otherwise("se"),
            ci_low=pl.when("rounded").then((ex - Z95 * se).round(ERROR_DIGITS)).otherwise("ci_low"),
            ci_high=pl.when("rounded").then((ex + Z95 * se).round(ERROR_DIGITS)).otherwise("ci_high"),
        )
    )


def _explained(rows: pl.DataFrame) -> pl.DataFrame:
    """Reliability, cautions and note; a single year with the people of five is of caution at best."""
    surveyed = pl.col("tracts").is_not_null()
    one_year = surveyed & (pl.col("period_start") == pl.col("period_end"))
    graded = at_best_caution(reliability_of_years(pl.col("se")), one_year)
    known = pl.col("ex").is_not_null()
    return rows.with_columns(
        reliability=pl.when(known).then(graded).otherwise(pl.lit("withheld")),
        reason=pl.when(known & (graded == "unreliable"))
        .then(pl.lit("unreliable:wide_interval"))
        .otherwise("reason"),
        cautions=pl.when(known).then(
            sentences(
                pl.lit(OPEN_BAND),
                pl.when(surveyed).then(pl.lit(DEATHS_ALONE)),
                pl.when(one_year).then(pl.lit(ONE_YEAR)),
                pl.when("rounded").then(pl.lit(ROUNDED)),
            )
        ),
        note=pl.when(~surveyed)
        .then(
            pl.format(
                "Deaths and people of {} as the coalition counts them.",
                period_text(pl.col("period_start"), pl.col("period_end")),
            )
        )
        .otherwise(
            pl.format(
                "Deaths of {}; people of the survey of {} in {} tracts, a fifth of those under 5 as infants.",
                period_text(pl.col("period_start"), pl.col("period_end")),
                period_text(pl.col("survey_start"), pl.col("survey_end")),
                "tracts",
            )
        ),
    )
