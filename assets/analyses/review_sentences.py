"""What an equity review found, in two short sentences, each made from the row of its figures alone."""

import polars as pl

from lifegap.catalog.catalog import Catalog
from lifegap.digits import rounded
from lifegap.wording import place_words

DOLLARS = "US dollars"
DECIMALS = {DOLLARS: 0, "percent": 1, "years": 1, "per 1,000": 1, "per 10,000": 1, "per 100,000": 1}
OTHERS = 2
"""Decimals of other units, which are small numbers."""

LEVEL = {
    "improved": "an improvement", "worsened": "a change for the worse", "rose": "a rise", "fell": "a fall",
    "no_clear_change": "no clear change",
}  # fmt: skip


def finding(rows: pl.DataFrame, place: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """The rows with `finding`: levels and gaps of both periods, and what became of them; null where refused.

    rows: coalition_id, place_id, reference_place_id, indicator_id, period_from, period_to, value_from,
    value_to, gap_from, gap_to, level_verdict, gap_verdict, level_change, better.
    """
    declared = {name: each.indicator for name, each in catalog.indicators.items()}
    titles = {name: each.title for name, each in declared.items()}
    units = {name: each.unit for name, each in declared.items()}
    spoken = _spoken(place, catalog)
    of_reference = spoken.rename({"place_id": "reference_place_id", "spoken": "to"})
    named = (
        rows.join(spoken, on=["coalition_id", "place_id"], how="left")
        .join(of_reference, on=["coalition_id", "reference_place_id"], how="left")
        .with_columns(
            title=pl.col("indicator_id").replace_strict(titles, return_dtype=pl.String),
            unit=pl.col("indicator_id").replace_strict(units, return_dtype=pl.String),
        )
    )
    text = pl.concat_str(_of_level(), pl.lit(" "), _of_gap())
    return named.with_columns(finding=pl.when(pl.col("level_change").is_not_null()).then(text))


def _spoken(place: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """coalition_id, place_id, spoken: the name of each compared place inside a sentence."""
    names = dict(place.select("place_id", "name").iter_rows())
    own = {
        (coalition.id, each.id): each.spoken
        for coalition in catalog.coalitions.values()
        for each in (*coalition.place, *coalition.reference)
    }
    places = {(coalition, each) for coalition, *pair in catalog.comparisons for each in pair}
    return pl.DataFrame(
        [
            (coalition, each, place_words(names.get(each, each), own.get((coalition, each))))
            for coalition, each in sorted(places)
        ],
        schema=["coalition_id", "place_id", "spoken"],
        orient="row",
    )


def _of_level() -> pl.Expr:
    words = pl.col("level_verdict").replace_strict(LEVEL, default=None, return_dtype=pl.String)
    return pl.format(
        "{}, {}: {} in {}, {} in {}{}.",
        "title",
        "spoken",
        _with_unit(pl.col("value_from")),
        "period_from",
        _number(pl.col("value_to")),
        "period_to",
        pl.when(words.is_not_null()).then(pl.format(", {}", words)).otherwise(pl.lit("")),
    )


def _of_gap() -> pl.Expr:
    """What became of the gap; its size in both periods, without a sign."""
    sign = pl.when(pl.col("better") == "lower").then(-1).otherwise(1)
    was, now = sign * pl.col("gap_from"), sign * pl.col("gap_to")
    first, latest = _number(was.abs()), _number(now.abs())
    directed = pl.col("better") != "none"
    noun = (
        pl.when(directed & (was > 0) & (now > 0))
        .then(pl.lit("The gap to"))
        .when(directed & (was < 0) & (now < 0))
        .then(pl.lit("The lead over"))
        .otherwise(pl.lit("The distance to"))
    )
    verdict, to = pl.col("gap_verdict"), pl.col("to")
    level = rounded(was, 1) == 0
    return (
        pl.when(directed & level & verdict.is_in(["fell_behind", "passed", "widened"]))
        .then(
            pl.format(
                "It was level with {} and is {} {}.",
                to,
                latest,
                pl.when(now > 0).then(pl.lit("behind")).otherwise(pl.lit("ahead")),
            )
        )
        .when(verdict.is_in(["narrowed", "widened"]))
        .then(pl.format("{} {} {} from {} to {}.", noun, to, verdict, first, latest))
        .when(verdict == "fell_behind")
        .then(pl.format("It was {} ahead of {} and is {} behind.", first, to, latest))
        .when(verdict == "passed")
        .then(pl.format("It was {} behind {} and is {} ahead.", first, to, latest))
        .when(verdict == "changed_sides")
        .then(pl.format("The distance to {} was {} and is {} to the other side.", to, first, latest))
        .when(verdict == "no_clear_change")
        .then(pl.format("{} {} did not clearly change: {}, then {}.", noun, to, first, latest))
        .otherwise(pl.format("{} {} was {} and is {}.", noun, to, first, latest))
    )


def _with_unit(value: pl.Expr) -> pl.Expr:
    unit = pl.col("unit")
    return pl.when(unit == DOLLARS).then(_number(value)).otherwise(pl.format("{} {}", _number(value), unit))


def _number(value: pl.Expr) -> pl.Expr:
    """The number with the decimals of its unit, and commas between thousands."""
    decimals = pl.col("unit").replace_strict(DECIMALS, default=OTHERS, return_dtype=pl.Int64)
    plain = (
        pl.when(decimals == 0)
        .then(rounded(value).cast(pl.Int64).cast(pl.String))
        .when(decimals == 1)
        .then(_fixed(value, 1))
        .otherwise(_fixed(value, 2))
    )
    whole = plain.str.extract(r"^(-?\d+)")
    grouped = (
        pl.when(whole.str.len_chars() > 3)
        .then(pl.concat_str(whole.str.head(-3), pl.lit(","), whole.str.tail(3)))
        .otherwise(whole)
    )
    text = pl.concat_str(grouped, plain.str.extract(r"^-?\d+(.*)$"))
    return pl.when(pl.col("unit") == DOLLARS).then(pl.concat_str(pl.lit("$"), text)).otherwise(text)


def _fixed(value: pl.Expr, places: int) -> pl.Expr:
    """The rounded number with exactly so many decimals."""
    scaled = rounded(value * 10**places).cast(pl.Int64)
    sign = pl.when(scaled < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    part = (scaled.abs() % 10**places).cast(pl.String).str.zfill(places)
    return pl.concat_str(sign, (scaled.abs() // 10**places).cast(pl.String), pl.lit("."), part)
