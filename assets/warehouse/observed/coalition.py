"""Observations of coalitions' own files: life expectancies and indicators as they supply them.

Survey shares are shown by the standard of the National Center for Health Statistics where their sample is
told. A count behind a figure that is below the coalition's limit is not published, nor the figure it gives.
"""

import numpy as np
import polars as pl

from assets import concepts
from assets.warehouse.observed import observed
from assets.wording import sentences
from lifegap.catalog.catalog import Catalog
from lifegap.catalog.coalition_files import OWN_TABLE
from lifegap.methods.counts.suppression import HIDDEN
from lifegap.methods.surveys.intervals import se_of_interval
from lifegap.methods.surveys.margins import se_of_margin
from lifegap.methods.surveys.presentation import standard_for_shares
from lifegap.store.warehouse import Relation

NUMBERS = ("estimate", "se", "ci_low", "ci_high", "moe90")
COMPLEMENT = "footnote_complement"


@observed("sources.coalition_life_expectancy")
def life_expectancies(supplied: Relation, _: Catalog) -> pl.DataFrame:
    """Life expectancies; the standard error from the limits where only these are given."""
    return supplied.pl().select(
        "place_id", "population_group", "period_start", "period_end", "source_id", "vintage", "estimate",
        "ci_low", "ci_high", "source_file", "source_row",
        table_id=pl.lit("life_expectancy"),
        measure=pl.lit("life_expectancy"),
        measure_label=pl.lit("Life expectancy at birth"),
        concept=pl.lit(concepts.LIFE_EXPECTANCY),
        se=pl.coalesce("se", se_of_interval(pl.col("ci_low"), pl.col("ci_high"))),
        note=pl.format("{} ({}).", "source", "method"),
    )  # fmt: skip


@observed("sources.coalition_indicator")
def indicators(supplied: Relation, catalog: Catalog) -> pl.DataFrame:
    """Values of indicators, hidden with a reason where they may not be shown."""
    units = {name: found.indicator.unit for name, found in catalog.indicators.items()}
    rows = supplied.pl().with_columns(
        estimate="value",
        percent=pl.col("indicator_id").replace_strict(units, return_dtype=pl.String) == "percent",
    )
    rows = _by_standard(_with_error(rows))
    hidden = pl.coalesce(pl.when(_gives_away_few()).then(pl.lit(HIDDEN)), "not_shown")
    return rows.with_columns(reason=hidden).select(
        "place_id", "population_group", "period_start", "period_end", "source_id", "vintage", "source_file",
        "source_row", "reason",
        *(pl.when(pl.col("reason").is_null()).then(name).alias(name) for name in NUMBERS),
        table_id=pl.lit(OWN_TABLE),
        measure="indicator_id",
        measure_label="indicator_id",
        note=sentences(
            pl.col("source") + ".",
            pl.format("{} people were asked.", "sample_size"),
            pl.when(pl.col("raised").list.contains(COMPLEMENT)).then(
                pl.lit("What is missing to 100 percent may be unreliable.")
            ),
        ),
    )  # fmt: skip


def _gives_away_few() -> pl.Expr:
    """Whether the cases behind a figure, or all but them, are fewer than may be told."""
    few = pl.col("numerator") < pl.col("suppress_below")
    others = pl.col("denominator") - pl.col("numerator") < pl.col("suppress_below")
    return (few | (pl.col("percent") & others)).fill_null(value=False)


def _with_error(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with a standard error: given, or of margin, limits, sample or counts."""
    share = pl.col("estimate") / 100
    binomial = 100 * (share * (1 - share)).sqrt()
    effective = pl.col("sample_size") / pl.col("design_effect").fill_null(1.0)
    inside = pl.col("percent") & share.is_between(0, 1)
    return rows.with_columns(
        se=pl.coalesce(
            "se",
            se_of_margin(pl.col("moe90")),
            se_of_interval(pl.col("ci_low"), pl.col("ci_high")),
            pl.when(inside).then(binomial / effective.sqrt()),
            pl.when(inside).then(binomial / pl.col("denominator").sqrt()),
            # Cases counted in full vary as a Poisson count does.
            pl.when(~pl.col("percent") & (pl.col("numerator") > 0)).then(
                pl.col("estimate") / pl.col("numerator").sqrt()
            ),
        ).fill_nan(None)
    )


def _by_standard(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with `not_shown`, `raised` and the standard's limits, where shares tell their sample."""
    surveyed = (pl.col("percent") & pl.col("sample_size").is_not_null()).fill_null(value=False)
    mine, others = rows.filter(surveyed), rows.filter(~surveyed)
    columns = [mine[name].cast(pl.Float64).fill_null(np.nan).to_numpy() for name in ("estimate", "se")]
    found = standard_for_shares(
        columns[0] / 100, mine["sample_size"].cast(pl.Float64).to_numpy(), columns[1] / 100
    )
    limits = {f"standard_{name}": 100 * found[f"ci_{name}"] for name in ("low", "high")}
    mine = mine.with_columns(not_shown=found["reason"], raised=found["flags"], **limits).with_columns(
        ci_low=pl.coalesce("ci_low", "standard_low"), ci_high=pl.coalesce("ci_high", "standard_high")
    )
    return pl.concat(
        [
            mine.drop(*limits),
            others.with_columns(not_shown=pl.lit(None, pl.String), raised=pl.lit([], pl.List(pl.String))),
        ],
        how="vertical_relaxed",
    )
