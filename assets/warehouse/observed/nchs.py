"""Observations of the National Center for Health Statistics."""

import polars as pl

from assets import concepts
from assets.identifiers import NATION, population_group
from assets.state_codes import STATE_CODES
from assets.warehouse.observed import observed, period_of
from lifegap.catalog.catalog import Catalog
from lifegap.methods.surveys.intervals import Z95
from lifegap.store.warehouse import Relation

LIFE_EXPECTANCY = {
    "measure": pl.lit("e(0)"),
    "measure_label": pl.lit("Life expectancy at birth"),
    "concept": pl.lit(concepts.LIFE_EXPECTANCY),
}
OF_LIFE_TABLES = {
    **LIFE_EXPECTANCY,
    "source_id": pl.lit("nchs_life_tables"),
}
POSTAL_CODES = {
    "AL": "01", "AK": "02", "AZ": "04", "AR": "05", "CA": "06", "CO": "08", "CT": "09", "DE": "10",
    "DC": "11", "FL": "12", "GA": "13", "HI": "15", "ID": "16", "IL": "17", "IN": "18", "IA": "19",
    "KS": "20", "KY": "21", "LA": "22", "ME": "23", "MD": "24", "MA": "25", "MI": "26", "MN": "27",
    "MS": "28", "MO": "29", "MT": "30", "NE": "31", "NV": "32", "NH": "33", "NJ": "34", "NM": "35",
    "NY": "36", "NC": "37", "ND": "38", "OH": "39", "OK": "40", "OR": "41", "PA": "42", "RI": "44",
    "SC": "45", "SD": "46", "TN": "47", "TX": "48", "UT": "49", "VT": "50", "VA": "51", "WA": "53",
    "WV": "54", "WI": "55", "WY": "56",
}  # fmt: skip
"""Postal code of a state → its code in the census."""

FLAGS = {1: "observed", 2: "predicted", 3: "mixture"}


@observed("sources.usaleep_tract")
def usaleep(usaleep: Relation, catalog: Catalog) -> pl.DataFrame:
    se = pl.col("se_e0")
    return usaleep.pl().select(
        "vintage", "source_file", "source_row",
        place_id="tract2010:" + pl.col("tract_id"),
        table_id=pl.lit("file_a"),
        **LIFE_EXPECTANCY,
        source_id=pl.lit("nchs_usaleep"),
        estimate=pl.col("e0"),
        se=se,
        ci_low=pl.col("e0") - Z95 * se,
        ci_high=pl.col("e0") + Z95 * se,
        flags=pl.col("flag").replace_strict(FLAGS, default=None, return_dtype=pl.String),
        **period_of(catalog, "nchs_usaleep"),
    )  # fmt: skip


@observed("sources.us_life_table")
def national_tables(tables: Relation, _: Catalog) -> pl.DataFrame:
    """Life expectancy at birth out of the nation's life tables."""
    return tables.filter("age_start = 0").pl().select(
        "vintage", "source_file", "source_row", "population_group",
        **OF_LIFE_TABLES,
        place_id=pl.lit(NATION),
        table_id=pl.lit("life_table"),
        period_start="year",
        period_end="year",
        estimate="ex",
    )  # fmt: skip


@observed("sources.state_life_expectancy")
def states(states: Relation, catalog: Catalog) -> pl.DataFrame:
    """Life expectancy of states with its standard error, for all and by sex; the nation's has none."""
    e0, se = pl.col("e0"), pl.col("se_e0")
    return states.pl().select(
        "vintage", "source_file", "source_row",
        **OF_LIFE_TABLES,
        place_id=pl.when(pl.col("state") == "United States")
        .then(pl.lit(NATION))
        .otherwise("state:" + pl.col("state").replace_strict(STATE_CODES, default=None)),
        table_id=pl.lit("it4f-frdc"),
        population_group=population_group(pl.lit(None, pl.String), _of_sex()),
        estimate=e0,
        se=se,
        ci_low=e0 - Z95 * se,
        ci_high=e0 + Z95 * se,
        **period_of(catalog, "nchs_life_tables"),
    )  # fmt: skip


@observed("sources.pressroom_life_expectancy")
def states_by_year(states: Relation, _: Catalog) -> pl.DataFrame:
    """Life expectancy of states by year, without its error."""
    return states.pl().select(
        "vintage", "source_file", "source_row",
        **OF_LIFE_TABLES,
        place_id="state:" + pl.col("postal_code").replace_strict(POSTAL_CODES, default=None),
        table_id=pl.lit("pressroom"),
        period_start="year",
        period_end="year",
        estimate="e0",
    )  # fmt: skip


@observed("sources.us_death_rate")
def national_series(rates: Relation, _: Catalog) -> pl.DataFrame:
    """Life expectancy of the nation by year since 1900, by race and sex."""
    return rates.pl().select(
        "vintage", "source_file", "source_row",
        **OF_LIFE_TABLES,
        place_id=pl.lit(NATION),
        table_id=pl.lit("w9j2-ggv5"),
        population_group=population_group(
            pl.when(pl.col("race") != "All Races").then(pl.col("race").str.to_lowercase()), _of_sex()
        ),
        period_start="year",
        period_end="year",
        estimate="e0",
    )  # fmt: skip


def _of_sex() -> pl.Expr:
    return pl.when(pl.col("sex").is_in(["Male", "Female"])).then(pl.col("sex").str.to_lowercase())
