"""Observations of large cities, as their health departments reported them to one inventory.

A city that is its own county is known by the county, as everywhere here; where the name in the file says that
the figures are the county's, the county is meant.
"""

import polars as pl

from assets import concepts
from assets.identifiers import NATION, population_group
from assets.warehouse.cities.chicago import CHICAGO
from assets.warehouse.cities.philadelphia import PHILADELPHIA
from assets.warehouse.observed import observed
from lifegap.catalog.catalog import Catalog
from lifegap.methods.surveys.intervals import se_of_interval
from lifegap.store.warehouse import Relation

LIFE_EXPECTANCY = "Life Expectancy at Birth (Years)"

PLACES = {
    "U.S. Total": NATION,
    "Atlanta (Fulton County), GA": "county:13121",
    "Baltimore, MD": "county:24510",
    "Boston, MA": "city:2507000",
    "Chicago, IL": CHICAGO.place_id,
    "Cleveland, OH": "city:3916000",
    "Dallas, TX": "city:4819000",
    "Denver, CO": "county:08031",
    "Detroit, MI": "city:2622000",
    "Fort Worth (Tarrant County), TX": "county:48439",
    "Houston, TX": "city:4835000",
    "Kansas City, MO": "city:2938000",
    "Las Vegas (Clark County), NV": "county:32003",
    "Long Beach, CA": "city:0643000",
    "Los Angeles, CA": "city:0644000",
    "Miami (Miami-Dade County), FL": "county:12086",
    "Minneapolis, MN": "city:2743000",
    "New York, NY": "city:3651000",
    "Oakland, CA": "city:0653000",
    "Philadelphia, PA": PHILADELPHIA.place_id,
    "Phoenix, AZ": "city:0455000",
    "Portland (Multnomah County), OR": "county:41051",
    "Sacramento, CA": "city:0664000",
    "San Antonio, TX": "city:4865000",
    "San Diego County, CA": "county:06073",
    "San Francisco, CA": "county:06075",
    "San Jose, CA": "city:0668000",
    "Seattle, WA": "city:5363000",
    "Washington, DC": "county:11001",
}
"""Place as printed → place here."""

RACES = {
    "American Indian/Alaska Native": "american_indian_alaska_native",
    "Native American": "american_indian_alaska_native",
    "Asian/PI": "asian_pacific_islander",
    "Black": "black",
    "Hispanic": "hispanic",
    "Multiracial": "two_or_more",
    "Other": "other",
    "White": "white",
}
"""Race as printed → group; two names are one group."""


@observed("sources.big_city_value")
def inventory(values: Relation, _: Catalog) -> pl.DataFrame:
    """One figure per place, indicator, years and group; none where it stands twice with two values."""
    rows = values.pl()
    figure = ["place", "indicator", "year_start", "year_end", "vintage", "group"]
    race = pl.when(pl.col("race") != "All").then(
        pl.col("race").replace_strict(RACES, default=None, return_dtype=pl.String)
    )
    sex = pl.when(pl.col("sex") != "Both").then(pl.col("sex").str.to_lowercase())
    known = (pl.col("race") == "All") | pl.col("race").is_in(list(RACES))
    is_life = pl.col("indicator") == LIFE_EXPECTANCY
    return (
        rows.filter(known)
        .with_columns(group=population_group(race, sex))
        .sort("source_file", "source_row")
        .with_columns(contradictory=pl.col("value").drop_nulls().n_unique().over(figure) > 1)
        .sort(pl.col("value").is_null(), maintain_order=True)
        .unique(figure, keep="first", maintain_order=True)
        .with_columns(
            pl.when(~pl.col("contradictory")).then(name).alias(name)
            for name in ("value", "ci95_low", "ci95_high")
        )
        .select(
            "vintage", "source_file", "source_row",
            place_id=pl.col("place").replace_strict(PLACES, default=None, return_dtype=pl.String),
            table_id=pl.lit("inventory"),
            measure=pl.when(is_life).then(pl.lit("life_expectancy")).otherwise("indicator"),
            measure_label=pl.when(is_life)
            .then(pl.lit("Life expectancy at birth"))
            .otherwise("indicator"),
            concept=pl.when(is_life).then(pl.lit(concepts.LIFE_EXPECTANCY)),
            population_group="group",
            period_start="year_start",
            period_end="year_end",
            source_id=pl.lit("bchi"),
            estimate="value",
            se=se_of_interval(pl.col("ci95_low"), pl.col("ci95_high")),
            ci_low="ci95_low",
            ci_high="ci95_high",
            reason=pl.when("contradictory").then(pl.lit("withheld:contradictory")),
        )
    )  # fmt: skip
