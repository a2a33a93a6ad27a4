"""`indicators.life_expectancy_gap`: reference less place, for every comparison of every coalition.

Both sides come from one source, vintage and period, and were made by one method; nothing else is ever
subtracted. Places are compared for all people and, where a source has groups, for the same group on both
sides; within a place each group is compared with white people. Where a source has the reference and not
the place, or the other way round, the row says so.
"""

import polars as pl

from assets.indicators.life_expectancy import period_text, sentences
from assets.indicators.pooled_life_table import WHOLE, comparisons, tract_shares
from assets.table import table
from lifegap.catalog.catalog import Catalog
from lifegap.methods.compared import with_gap, with_grade

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
    "cautions", "note",
)  # fmt: skip


@table(
    "indicators.life_expectancy_gap",
    estimate="indicators.life_expectancy",
    pooled="indicators.pooled_life_table",
    crosswalk="warehouse.crosswalk",
    place="warehouse.place",
)
def life_expectancy_gap(
    estimate: pl.DataFrame,
    pooled: pl.DataFrame,
    crosswalk: pl.DataFrame,
    place: pl.DataFrame,
    catalog: Catalog,
) -> pl.DataFrame:
    """One row per comparison and series."""
    pairs = pl.DataFrame(comparisons(catalog), schema=PAIR, orient="row")
    sided = _two_sides(_asked(pairs, estimate, catalog), estimate)
    shared = _shares(pairs, crosswalk, place)
    measured = with_gap(
        sided.join(shared, on=["place_id", "reference_place_id"], how="left").join(
            _of_shares(pooled), on=["place_id", *SERIES], how="left"
        )
    )
    rest = _without_place(pooled)
    return (
        measured.join(rest, on=["place_id", "reference_place_id", *SERIES], how="left")
        .pipe(_explained)
        .pipe(_against_baseline, catalog)
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
    """Both sides of every gap; of the reference what there is of it."""
    side = estimate.select("place_id", *SERIES, "estimate", "se", "reliability", "reason", "cautions", "note")
    reference = with_means_of_one(side).rename(
        {"place_id": "reference_place_id", "population_group": "reference_group"}
    )
    of_reference = [name if name != "population_group" else "reference_group" for name in SERIES]
    return asked.join(side, on=["place_id", *SERIES], how="left").join(
        reference, on=["reference_place_id", *of_reference], how="left", suffix="_reference"
    )


def _shares(pairs: pl.DataFrame, crosswalk: pl.DataFrame, place: pl.DataFrame) -> pl.DataFrame:
    """The place's part of the reference's people, for pairs that share tracts."""
    shares = tract_shares(crosswalk, place)
    people = pl.col("population") * pl.col("weight")
    whole = shares.group_by("place_id", maintain_order=True).agg(whole=people.sum())
    return (
        pairs.select("place_id", "reference_place_id")
        .unique()
        .join(shares, on="place_id")
        .join(
            shares.select("place_id", "unit"),
            left_on=["reference_place_id", "unit"],
            right_on=["place_id", "unit"],
        )
        .sort("place_id", "reference_place_id", "unit")
        .group_by("place_id", "reference_place_id", maintain_order=True)
        .agg(inside=people.sum())
        .join(whole, left_on="reference_place_id", right_on="place_id")
        .select("place_id", "reference_place_id", share=pl.col("inside") / pl.col("whole"))
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
    return with_grade(rows).with_columns(
        cautions=pl.when(pl.col("gap").is_not_null()).then(
            sentences(
                pl.col("cautions"),
                pl.when(pl.col("cautions_reference") != pl.col("cautions").fill_null("")).then(
                    pl.format("The reference: {}", "cautions_reference")
                ),
            )
        ),
        note=sentences(_note_of_rest(), pl.col("note")),
        place_estimate=pl.col("estimate"),
        reference_estimate=pl.col("estimate_reference"),
        se=pl.col("se_gap"),
        reliability=pl.col("grade"),
    )


def _note_of_rest() -> pl.Expr:
    """The comparison with the rest of a reference that contains the place."""
    return pl.when(pl.col("rest").is_not_null() & pl.col("gap").is_not_null()).then(
        pl.format(
            "The place is {} percent of the reference's people; the interval allows for that. "
            "Against the rest of the reference, without the place, the gap is {} years (SE {}).",
            (100 * pl.col("share")).round(1),
            (pl.col("rest") - pl.col("estimate")).round(3),
            (pl.col("se_rest") ** 2 + pl.col("se") ** 2).sqrt().round(3),
        )
    )


def _against_baseline(rows: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """The gap relative to the place's own gap in the baseline period of the same series.

    The period is that of the coalition's target where the series has it; else the series' own first
    one, and the note says that the line is re-based. A series of one period has no baseline.
    """
    stated = {
        coalition.id: coalition.target[0].baseline_period
        for coalition in catalog.coalitions.values()
        if coalition.target
    }
    period = period_text(pl.col("period_start"), pl.col("period_end"))
    line = [*PAIR, "source_id", "vintage", "population_group", "reference_group", "method"]
    known = pl.col("gap").is_not_null()
    return (
        rows.with_columns(
            period=period,
            stated=pl.col("coalition_id").replace_strict(stated, default=None, return_dtype=pl.String),
        )
        .sort("period_end")
        .with_columns(
            at_stated=pl.col("gap").filter(pl.col("period") == pl.col("stated")).first().over(line),
            at_first=pl.col("gap").filter(known).first().over(line),
            first=pl.col("period").filter(known).first().over(line),
            periods=known.sum().over(line),
        )
        .with_columns(
            base=pl.coalesce("at_stated", pl.when(pl.col("periods") > 1).then("at_first")),
            rebased=pl.col("at_stated").is_null() & (pl.col("periods") > 1),
        )
        .with_columns(
            percent_of_baseline=pl.when(pl.col("base") > 0).then(100 * pl.col("gap") / pl.col("base")),
            baseline_period=pl.when(pl.col("base").is_not_null() & known).then(
                pl.when("rebased").then("first").otherwise("stated")
            ),
            note=sentences(
                pl.when(pl.col("rebased") & known).then(
                    pl.format(
                        "Re-based: 100 percent is this series' own {}, not the baseline of a target.",
                        "first",
                    )
                ),
                pl.when(known & pl.col("base").is_null()).then(
                    pl.lit("No percent of baseline: the series has one period.")
                ),
                pl.when(known & (pl.col("base") <= 0)).then(
                    pl.lit("No percent of baseline: there was no gap in the baseline period.")
                ),
                pl.col("note"),
            ),
        )
    )
