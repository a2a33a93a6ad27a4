"""`indicators.life_expectancy_gap`: reference less place, for every comparison of every coalition.

Both sides come from one source, vintage and period, and were made by one method, or one is a unit's own
published table and the other pools tables of the same kind; nothing else is ever subtracted. Places are
compared for all people and, where a source has groups, for the same group on both
sides; within a place each group is compared with white people. Where a source has the reference and not
the place, or the other way round, the row says so.
"""

import polars as pl

from assets.indicators.gap_baseline import against_baseline
from assets.indicators.gap_shares import shares_of_references
from assets.indicators.pooled_life_table import WHOLE
from assets.table import table
from assets.units import FOR_FIGURES, shares_of
from assets.wording import sentences
from lifegap.catalog.catalog import Catalog
from lifegap.methods.mortality.compared import with_gap, with_grade

SERIES = ["source_id", "vintage", "period_start", "period_end", "population_group", "method"]
PAIR = ["coalition_id", "place_id", "reference_place_id"]
REFERENCE_GROUP = "white"
"""The group that others of a place are compared with: the one that the rules behind the gaps favored. The
longest-lived group would be chosen from the data."""

RACE = r"^(race|race_sex):(.+?)((?:_female|_male|_non_hispanic)?)$"
COLUMNS = (
    *PAIR, "reference_group", "period_start", "period_end", "source_id", "vintage",
    "population_group", "method", "place_estimate", "reference_estimate", "gap", "se", "ci_low",
    "ci_high", "p_value", "percent_of_baseline", "baseline_period", "reliability", "reason",
    "unmeasured", "cautions", "note",
)  # fmt: skip


@table(
    "indicators.life_expectancy_gap",
    estimate="indicators.life_expectancy",
    pooled="indicators.pooled_life_table",
    crosswalk="warehouse.crosswalk",
    partition="warehouse.partition",
    place="warehouse.place",
)
def life_expectancy_gap(
    estimate: pl.DataFrame,
    pooled: pl.DataFrame,
    crosswalk: pl.DataFrame,
    partition: pl.DataFrame,
    place: pl.DataFrame,
    catalog: Catalog,
) -> pl.DataFrame:
    """One row per comparison and series."""
    pairs = pl.DataFrame(catalog.comparisons, schema=PAIR, orient="row")
    sided = _two_sides(_asked(pairs, estimate, catalog), estimate)
    shared = shares_of_references(pairs, shares_of(crosswalk, partition, FOR_FIGURES), place)
    # A group's part of the reference's group is not known: it is taken as independent, which is too wide.
    everyone = pl.col("population_group") == "all"
    measured = with_gap(
        sided.join(shared, on=["place_id", "reference_place_id"], how="left")
        .with_columns(share=pl.when(everyone).then("share"))
        .join(_of_shares(pooled), on=["place_id", *SERIES], how="left")
    )
    rest = _without_place(pooled)
    return (
        measured.join(rest, on=["place_id", "reference_place_id", *SERIES], how="left")
        .pipe(_explained)
        .pipe(against_baseline, catalog)
        .select(COLUMNS)
    )


def with_means_of_one(estimate: pl.DataFrame) -> pl.DataFrame:
    """The estimates, and each published one once more as the weighted mean of a single part.

    A footprint's mean is compared with a reference made by the same rule, and the mean of one place
    is the place.
    """
    series = (
        estimate.filter(pl.col("method") == "weighted_mean")
        .select("source_id", "vintage", "period_start", "period_end")
        .unique()
    )
    alone = estimate.filter(pl.col("method") == "published").join(
        series, on=["source_id", "vintage", "period_start", "period_end"], how="semi"
    )
    return pl.concat([estimate, alone.with_columns(method=pl.lit("weighted_mean"))])


def _asked(pairs: pl.DataFrame, estimate: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """PAIR, series and reference_group of every gap there is to be."""
    known = estimate.select("place_id", *SERIES, "estimate")
    same = pairs.join(known, on="place_id").with_columns(reference_group="population_group")
    everybody = same.filter(pl.col("population_group") == "all")
    both = known.filter(pl.col("estimate").is_not_null(), pl.col("population_group") != "all")
    between = same.filter(pl.col("population_group").str.contains(RACE)).join(
        both.rename({"place_id": "reference_place_id"}), on=["reference_place_id", *SERIES], how="semi"
    )
    columns = [*PAIR, *SERIES, "reference_group"]
    found = [everybody, between, _within(known, catalog)]
    return pl.concat([each.select(columns) for each in found]).unique(maintain_order=True)


def _within(known: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """The groups of each place that a coalition names, against white people of the same place."""
    named = pl.DataFrame(
        sorted(
            (coalition.id, place, place)
            for coalition in catalog.coalitions.values()
            for place in coalition.named_places
        ),
        schema=PAIR,
        orient="row",
    )
    line = ["place_id", *(name for name in SERIES if name != "population_group")]
    group = pl.col("population_group")
    white = pl.format(f"{{}}:{REFERENCE_GROUP}{{}}", group.str.extract(RACE, 1), group.str.extract(RACE, 3))
    groups = named.join(known, on="place_id").with_columns(reference_group=white)
    compared = known.filter(pl.col("estimate").is_not_null()).select(
        *line, reference_group="population_group"
    )
    return groups.filter(group != pl.col("reference_group")).join(
        compared, on=[*line, "reference_group"], how="semi"
    )


def _two_sides(asked: pl.DataFrame, estimate: pl.DataFrame) -> pl.DataFrame:
    """Both sides of every gap; of the reference what there is of it by the same method, or made alike."""
    side = estimate.select(
        "place_id", *SERIES, "estimate", "se", "reliability", "reason", "unmeasured", "cautions", "note"
    )
    reference = with_means_of_one(side).rename(
        {"place_id": "reference_place_id", "population_group": "reference_group"}
    )
    of_series = [name if name != "population_group" else "reference_group" for name in SERIES]
    sided = asked.join(side, on=["place_id", *SERIES], how="left")
    by_method = sided.join(
        reference.with_columns(method_reference="method"),
        on=["reference_place_id", *of_series], how="left", suffix="_reference",
    )  # fmt: skip
    there = pl.col("method_reference").is_not_null()
    alike = _made_alike(by_method.filter(~there).select(sided.columns), reference, of_series)
    keys = [*PAIR, *SERIES, "reference_group"]
    return pl.concat([by_method.join(alike, on=keys, how="anti"), alike.select(by_method.columns)])


def _made_alike(sided: pl.DataFrame, reference: pl.DataFrame, of_series: list[str]) -> pl.DataFrame:
    """The gaps between a unit's published table and tables of such units taken together.

    One source gives both, of one edition and period: a tract and the county that is pooled from tracts.
    """
    without_method = [name for name in of_series if name != "method"]
    either = reference.rename({"method": "method_reference"})
    pooled, other = (pl.col(name).str.starts_with("pooled") for name in ("method", "method_reference"))
    published, other_published = (pl.col(name) == "published" for name in ("method", "method_reference"))
    return sided.join(either, on=["reference_place_id", *without_method], suffix="_reference").filter(
        (published & other) | (pooled & other_published)
    )


def _of_shares(pooled: pl.DataFrame) -> pl.DataFrame:
    """The part of each place's standard error that comes from cut tracts."""
    return pooled.filter(pl.col("age_start") == 0, pl.col("less_place_id") == WHOLE).select(
        "place_id", *SERIES, "se_shares"
    )


def _without_place(pooled: pl.DataFrame) -> pl.DataFrame:
    """Life expectancy of each reference without the place inside it, from the same tables."""
    return pooled.filter(pl.col("age_start") == 0, pl.col("less_place_id") != WHOLE).select(
        place_id="less_place_id",
        reference_place_id="place_id",
        **{name: name for name in SERIES},
        rest="ex",
        se_rest="se",
    )


def _explained(rows: pl.DataFrame) -> pl.DataFrame:
    """Reliability, reason, cautions and note of each gap."""
    unmeasured = pl.col("unmeasured") | pl.col("unmeasured_reference")
    mixed = pl.col("gap").is_not_null() & (pl.col("method") != pl.col("method_reference"))
    return with_grade(rows).with_columns(
        cautions=pl.when(pl.col("gap").is_not_null()).then(
            sentences(
                pl.col("cautions"),
                pl.when(pl.col("cautions_reference") != pl.col("cautions").fill_null("")).then(
                    pl.format("The reference: {}", "cautions_reference")
                ),
            )
        ),
        unmeasured=(unmeasured & pl.col("gap").is_not_null()).fill_null(False),
        note=sentences(_note_of_alike(mixed), _note_of_share(), pl.col("note")),
        method=pl.when(mixed).then(pl.lit("published")).otherwise("method"),
        place_estimate=pl.col("estimate"),
        reference_estimate=pl.col("estimate_reference"),
        se=pl.col("se_gap"),
        reliability=pl.col("grade"),
    )


def _note_of_alike(mixed: pl.Expr) -> pl.Expr:
    """How each side was made, where a unit is compared with such units taken together."""
    return pl.when(mixed).then(
        pl.format(
            "The place is {}, the reference {}: both are made of tract tables of this source.",
            "method",
            "method_reference",
        )
    )


def _note_of_share() -> pl.Expr:
    """A reference that contains the place, and the comparison with the rest of it where that is known."""
    inside = pl.format(
        "The place is {} percent of the reference's people; the interval allows for that.",
        (100 * pl.col("share")).round(1),
    )
    rest = pl.format(
        "Against the rest of the reference, without the place, the gap is {} years (SE {}).",
        (pl.col("rest") - pl.col("estimate")).round(3),
        (pl.col("se_rest") ** 2 + pl.col("se") ** 2).sqrt().round(3),
    )
    shared = pl.col("se_gap").is_not_null() & (pl.col("share") > 0)
    return pl.when(shared).then(sentences(inside, rest))
