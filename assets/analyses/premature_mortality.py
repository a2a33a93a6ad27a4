"""`published.premature_mortality`: years of life lost before 75, and excess deaths of a group.

Published rates stand as printed, each with what is known of the ages its publisher counts from: the same
deaths give 2.4 percent more from the middle of whole ages than from the middle of a band. Where deaths by
age are published they are also computed, and set against white people of the same place, period and sex:
deaths beyond those that the reference's death rates would give. Neither says what caused them.
"""

import polars as pl

from assets.editions import UNCERTAIN_GROUPS
from assets.indicators.life_expectancy_gap import RACE, REFERENCE_GROUP
from assets.quotable import with_quotability
from assets.table import table
from assets.wording import in_the_pandemic
from lifegap.catalog.catalog import Catalog
from lifegap.catalog.tables import declared_tables
from lifegap.methods.mortality.premature_mortality import excess_deaths, years_lost
from lifegap.methods.surveys.reliability import reliability_of_count
from lifegap.store.warehouse import Relation

INDICATOR = "premature_death_ypll"
ADJUSTED = "age_adjusted"
LINE = ["place_id", "period_start", "period_end", "source_id", "vintage"]
COUNTED_FROM = {
    "chr_measures": "whole ages (0.5, 2.5, 9.5, 19.5 … 69.5)",
    "chr_rankings": "whole ages (0.5, 2.5, 9.5, 19.5 … 69.5)",
}
"""Publisher → ages that years lost are counted from; of others it is not known."""

OF_MIDDLES = (
    "Years are counted from the middle of each age band (0.5, 3, 10, 20 … 70), which gives about 2.4 percent "
    "less than County Health Rankings' whole ages. Not comparable with published rates."
)
NO_DEATHS_BY_AGE = "not_computable:no_deaths_by_age"


@table(
    "published.premature_mortality",
    value="indicators.indicator_value",
    death="warehouse.death_count",
)
def premature_mortality(value: Relation, death: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """One row per place, group, period and way of making the rate, with what may be quoted."""
    columns = [column.name for column in declared_tables()["published.premature_mortality"].columns]
    rows = pl.concat([_published(value), _computed(death)], how="diagonal")
    years = in_the_pandemic(pl.col("period_start"), pl.col("period_end"))
    return with_quotability(rows, "ypll75_rate", catalog, unit=" per 100,000", pandemic=years).select(columns)


def _published(value: Relation) -> pl.DataFrame:
    """Rates as their publishers print them; they do not print the deaths by age."""
    return (
        value.filter(f"indicator_id = '{INDICATOR}'")
        .project(
            ", ".join(LINE) + ", population_group, method, value AS ypll75_rate, se, ci_low, ci_high, "
            "reliability, reason, unmeasured, cautions"
        )
        .pl()
        .with_columns(excess_reason=pl.lit(NO_DEATHS_BY_AGE), note=_of_publisher())
    )


def _of_publisher() -> pl.Expr:
    """From which ages the publisher counts, and that computed rates count from others."""
    ages = pl.col("source_id").replace_strict(
        COUNTED_FROM, default="ages that the publisher does not state", return_dtype=pl.String
    )
    return pl.format(
        "Years are counted from {}. Not comparable with rates computed from deaths by age (age_adjusted).",
        ages,
    )


def _computed(death: pl.DataFrame) -> pl.DataFrame:
    """Rates and excess deaths out of deaths by age."""
    group = [*LINE, "population_group"]
    bands = death.filter(pl.col("cause") == "all").select(
        *group, "age_start", "age_end", "deaths", "population"
    )
    lost = years_lost(bands, group)
    unreliable = pl.col("reason").str.starts_with("unreliable").fill_null(False)
    rates = lost.with_columns(
        method=pl.lit(ADJUSTED),
        note=pl.lit(OF_MIDDLES),
        cautions=pl.when(pl.col("population_group").str.contains(UNCERTAIN_GROUPS)).then(
            pl.lit("Deaths and people of this group are classified differently.")
        ),
        reliability=pl.when(pl.col("ypll75_rate").is_null())
        .then(pl.lit("withheld"))
        .when(unreliable)
        .then(pl.lit("unreliable"))
        .otherwise(reliability_of_count(pl.col("ypll75_rate"), pl.col("se"))),
    )
    return rates.join(_excess(bands, group), on=group, how="left").with_columns(
        excess_reason=pl.coalesce(
            "excess_reason",
            pl.when(pl.col("excess_deaths").is_null()).then(pl.lit("not_published:reference")),
        )
    )


def _excess(bands: pl.DataFrame, group: list[str]) -> pl.DataFrame:
    """Excess deaths of each group whose white counterpart has the same bands."""
    race, tail = (pl.col("population_group").str.extract(RACE, part) for part in (1, 3))
    compared = bands.with_columns(
        excess_reference=pl.format(f"{{}}:{REFERENCE_GROUP}{{}}", race, tail)
    ).filter(pl.col("population_group") != pl.col("excess_reference"))
    reference = bands.select(
        *LINE, "age_start", excess_reference="population_group",
        reference_deaths="deaths", reference_population="population",
    )  # fmt: skip
    both = compared.join(reference, on=[*LINE, "age_start", "excess_reference"])
    named = both.select(*group, "excess_reference").unique()
    return (
        excess_deaths(both, group)
        .select(
            *group, excess_deaths="excess", excess_low="ci_low", excess_high="ci_high",
            excess_share_below_75="share_below_75", deaths_avoided="avoided", excess_reason="reason",
        )
        .join(named, on=group)
    )  # fmt: skip
