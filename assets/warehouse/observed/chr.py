"""Observations of County Health Rankings.

A release year is not a period: each measure of each release has years of data of its own, which the
publisher's relational tables state. Copies that others have re-shaped give no observation: one of them is
misaligned, and none has limits.
"""

import polars as pl

from assets import concepts
from assets.identifiers import county_or_above
from assets.warehouse.observed import UNRELIABLE, YEARS_IN_WORDS, observed, year_of
from lifegap.catalog.catalog import Catalog
from lifegap.methods.surveys.intervals import se_of_interval
from lifegap.store.warehouse import Relation

NOT_RANKED = 999
LIFE_EXPECTANCY = "v147"
CONCEPTS = {LIFE_EXPECTANCY: concepts.LIFE_EXPECTANCY, "v051": concepts.PEOPLE}
"""The publisher's number of a measure → our word for it."""

RESHAPED = "-reshaped"
NO_CORRECTION = 0
SUPPRESSED = 2
"""What the publisher marks where it prints no value; beside a value, any mark but 0 warns of it."""

YEAR_ALONE = r"^\d{4}( ?- ?\d{4})?$"
"""Years of data as one year or a range; other words name years that lie apart, or parts of a year."""


@observed("sources.chr_category", "sources.chr_summary_name")
def rankings(category: Relation, summary_name: Relation, _: Catalog) -> pl.DataFrame:
    """Ranks, scores and groups; a rank of 999 is none, and from 2024 there is none at all."""
    names = (
        summary_name.pl()
        .filter(pl.col("level") == "category")
        .select("year", category_id="summary_id", summary="name")
    )
    rank = pl.when(pl.col("rank") != NOT_RANKED).then("rank").cast(pl.Float64)
    score = pl.when(pl.col("year") < 2024).then("z_score")
    national = pl.when(pl.col("year") >= 2024).then("z_score")
    group = pl.col("health_group").cast(pl.Float64)
    unranked = pl.when(pl.col("rank") == NOT_RANKED).then(pl.lit("not_published:not_ranked"))
    parts = {
        "rank": (rank, unranked.otherwise(pl.lit("not_published:no_ranks_since_2024"))),
        "z-score within the state": (score, pl.lit("not_published:national_score_since_2024")),
        "z-score within the nation": (national, pl.lit("not_published:state_score_before_2024")),
        "health group": (group, pl.lit("not_published:no_groups_before_2024")),
    }
    joined = category.pl().join(names, on=["year", "category_id"], how="left")
    return pl.concat(
        joined.select(
            "vintage", "source_file", "source_row",
            place_id=county_or_above(pl.col("county_fips")),
            table_id=pl.lit("t_category_data"),
            measure=pl.format("category_{}_{}", "category_id", pl.lit(what.replace(" ", "_"))),
            measure_label=pl.format("{}!!{}", "summary", pl.lit(what)),
            period_start="year",
            period_end="year",
            source_id=pl.lit("chr_rankings"),
            estimate=value,
            reason=reason,
        )
        for what, (value, reason) in parts.items()
    )  # fmt: skip


@observed("sources.chr_measure", "sources.chr_measure_release")
def measures(measure: Relation, release: Relation, catalog: Catalog) -> pl.DataFrame:
    """All measures in the publisher's own files, life expectancy by the years that the card states.

    Where the release's list is not at hand, a measure other than life expectancy has no period. The
    list ends with 2025: of a later release the years are those of the last, moved on by as many.
    """
    published = measure.filter(f"vintage NOT LIKE '%{RESHAPED}'").pl()
    of_card = {end: year_of(catalog, "chr_measures", end) for end in ("period_start", "period_end")}
    is_life = pl.col("measure") == LIFE_EXPECTANCY
    marked = pl.col("reliability").cast(pl.Int32)
    return (
        published.with_columns(year=pl.col("vintage").cast(pl.Int32))
        .join(_named_years(release, published["vintage"].cast(pl.Int32).unique()), on=["measure", "year"],
              how="left")
        .select(
            "vintage", "source_file", "source_row", "population_group", "estimate", "ci_low", "ci_high",
            "measure", "note",
            place_id=county_or_above(pl.col("county_fips")),
            table_id="measure",
            measure_label=pl.coalesce("name", "label", "measure"),
            concept=_concept(),
            source_id=pl.lit("chr_measures"),
            se=se_of_interval(pl.col("ci_low"), pl.col("ci_high")),
            reason=pl.when(marked == SUPPRESSED).then(pl.lit("suppressed:too_few_cases")),
            flags=_flags(marked),
            **{end: pl.when(is_life).then(years).otherwise(end) for end, years in of_card.items()},
        )
    )  # fmt: skip


@observed("sources.chr_relational_value", "sources.chr_measure_release")
def states(value: Relation, release: Relation, _: Catalog) -> pl.DataFrame:
    """Values of states and the nation by release. Life expectancy is that of the measure files."""
    plain = f"kind = 'raw_value' AND correction = {NO_CORRECTION} AND measure <> '{LIFE_EXPECTANCY}'"
    rows = value.filter(f"{plain} AND county_fips LIKE '%000' AND population_group = 'all'").pl()
    return rows.join(
        _named_years(release, rows["year"].unique()), on=["measure", "year"], how="left"
    ).select(
        "vintage", "source_file", "source_row", "population_group", "estimate", "ci_low", "ci_high",
        "measure", "period_start", "period_end", "note",
        flags=_flags(pl.col("reliability")),
        place_id=county_or_above(pl.col("county_fips")),
        table_id=pl.lit("t_state_data"),
        measure_label=pl.coalesce("name", "measure"),
        concept=_concept(),
        source_id=pl.lit("chr_rankings"),
        se=se_of_interval(pl.col("ci_low"), pl.col("ci_high")),
    )  # fmt: skip


def _concept() -> pl.Expr:
    return pl.col("measure").replace_strict(CONCEPTS, default=None, return_dtype=pl.String)


def _flags(marked: pl.Expr) -> pl.Expr:
    """What the publisher marks of a value, and whether its years are words."""
    return (
        pl.when(pl.col("estimate").is_not_null() & (marked > 0))
        .then(pl.lit(UNRELIABLE))
        .when(pl.col("note").is_not_null())
        .then(pl.lit(YEARS_IN_WORDS))
    )


def _named_years(release: Relation, years: pl.Series) -> pl.DataFrame:
    """measure, year → name, period_start, period_end, note, for releases listed and the next after them."""
    listed = (
        release.aggregate("measure, year, max(name) AS name, max(years_used) AS years_used", "measure, year")
        .pl()
        .with_columns(pl.col("year").cast(pl.Int32), moved=pl.lit(0, pl.Int32))
    )
    last = listed["year"].max()
    later = [year for year in years.to_list() if isinstance(last, int) and year > last]
    moved = [
        listed.filter(pl.col("year") == last, pl.col("years_used").str.contains(YEAR_ALONE)).with_columns(
            year=pl.lit(year, pl.Int32), moved=pl.lit(year - last, pl.Int32)
        )
        for year in later
    ]
    printed = pl.col("years_used").str.extract_all(r"\d{4}").cast(pl.List(pl.Int32))
    return pl.concat([listed, *moved]).select(
        "measure",
        "year",
        "name",
        period_start=printed.list.min() + pl.col("moved"),
        period_end=printed.list.max() + pl.col("moved"),
        note=pl.when(~pl.col("years_used").str.contains(YEAR_ALONE)).then(
            pl.format("The publisher gives the years of data as {}.", "years_used")
        ),
    )
