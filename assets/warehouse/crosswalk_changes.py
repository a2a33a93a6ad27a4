"""Part of `warehouse.crosswalk`: counties that were merged or split, and what they became, both ways.

A county that became part of another goes there whole. One that was split is shared out by the people of
its parts; the parts go back whole where they lie inside it. Connecticut's counties and planning regions
overlap: their tracts lie in one of each, got another code and kept their land, so that the shares are those
of the people of the tracts. Where no file counts the people, there is no share: none is guessed.
"""

import polars as pl

from assets.concepts import PEOPLE, PEOPLE_IN_HOUSEHOLDS
from assets.county_changes import CHANGES
from assets.units import BEFORE, NOW, TRACT_BEFORE, TRACT_NOW
from lifegap.store.warehouse import Relation

PEOPLE_OF_TRACTS = f"""
    starts_with(place_id, 'tract2020:09') AND population_group = 'all' AND estimate IS NOT NULL
    AND concept IN ('{PEOPLE}', '{PEOPLE_IN_HOUSEHOLDS}')
"""
"""All people of tracts, or those in households where nothing else is here."""

SOURCE = "census_geography"
INSIDE = {"02261"}
"""Split counties whose parts lie inside them."""

COLUMNS = ["from_place_id", "partition", "to_place_id", "weight", "basis", "source_id", "vintage"]


def changed_counties(pair: pl.DataFrame, observation: Relation, place: pl.DataFrame) -> pl.DataFrame:
    """Shares of every unit that changed, as rows of the crosswalk; what they leave out is not in them."""
    tracts = pair.filter(pl.col("from_level") == "tract").select("vintage", old="from_code", new="to_code")
    parts = [_merged(), _split(place), _tracts(tracts), _connecticut(tracts, observation)]
    return pl.concat([part.select(COLUMNS) for part in parts if part.height])


def _frame(rows: list[tuple[str, str, str, float]], basis: str) -> pl.DataFrame:
    """Rows that rest on the record of changes alone."""
    return pl.DataFrame(
        rows, schema=dict(zip(COLUMNS[:4], (*[pl.String] * 3, pl.Float64), strict=True)), orient="row"
    ).with_columns(basis=pl.lit(basis), source_id=pl.lit(None, pl.String), vintage=pl.lit(None, pl.String))


def _merged() -> pl.DataFrame:
    return _frame(
        [(each.old_place_id, NOW, each.place_id, 1.0) for each in CHANGES if each.kind == "merged"],
        "published",
    )


def _split(place: pl.DataFrame) -> pl.DataFrame:
    """Counties whose parts lie inside them: by the people of the parts, and each part whole back."""
    people = dict(place.select("place_id", "population").drop_nulls().iter_rows())
    rows = []
    for code in sorted(INSIDE):
        parts = [each for each in CHANGES if each.old_code == code]
        counted = [people.get(each.place_id) for each in parts]
        if all(counted):
            whole = sum(number for number in counted if number)
            rows += [
                (each.old_place_id, NOW, each.place_id, number / whole)
                for each, number in zip(parts, counted, strict=True)
                if number
            ]
    back = [(each.place_id, BEFORE, each.old_place_id, 1.0) for each in CHANGES if each.old_code in INSIDE]
    return pl.concat([_frame(rows, "population"), _frame(back, "published")])


def _tracts(tracts: pl.DataFrame) -> pl.DataFrame:
    """Tracts that got another code: the same land, whole, both ways."""
    ways = [("old", TRACT_NOW, "new"), ("new", TRACT_BEFORE, "old")]
    return pl.concat(
        [
            tracts.select(
                from_place_id="tract2020:" + pl.col(here),
                partition=pl.lit(partition),
                to_place_id="tract2020:" + pl.col(there),
                weight=pl.lit(1.0),
                basis=pl.lit("published"),
                source_id=pl.lit(SOURCE),
                vintage="vintage",
            )
            for here, partition, there in ways
        ]
    )


def _connecticut(tracts: pl.DataFrame, observation: Relation) -> pl.DataFrame:
    """Counties and planning regions, by the people of the tracts that they share.

    Of several counts the newest speaks that has every tract of the unit; without one the unit has no shares.
    """
    counted = (
        observation.filter(PEOPLE_OF_TRACTS)
        .project("right(place_id, 11) AS code, source_id, table_id, period_end, estimate AS people")
        .pl()
    )
    coded = [tracts.with_columns(code=name) for name in ("old", "new")]
    pieces = pl.concat(coded).join(counted, on="code")
    ways = [("old", "county:", NOW, "new", "county2022:"), ("new", "county2022:", BEFORE, "old", "county:")]
    return pl.concat([_shares(tracts, counted, pieces, *way) for way in ways])


def _shares(
    tracts: pl.DataFrame,
    counted: pl.DataFrame,
    pieces: pl.DataFrame,
    here: str,
    from_type: str,
    partition: str,
    there: str,
    to_type: str,
) -> pl.DataFrame:
    """Shares of the units that the codes in column `here` lie in, by the units of the codes in `there`."""
    edition = ["period_end", "source_id", "table_id"]
    unit, target = pl.col(here).str.slice(0, 5), pl.col(there).str.slice(0, 5)
    listed = tracts.group_by(unit=unit).agg(tracts=pl.len())
    # Tracts of the unit that the list does not pair are people outside.
    alone = counted.join(tracts, left_on="code", right_on=here, how="anti")
    unpaired = alone.group_by(*edition, unit=pl.col("code").str.slice(0, 5)).agg(rest=pl.col("people").sum())
    whole = (
        pieces.group_by(*edition, unit=unit)
        .agg(whole=pl.col("people").sum(), found=pl.len())
        .join(listed, on="unit")
        .filter(pl.col("found") == pl.col("tracts"), pl.col("whole") > 0)
        .sort("unit", *edition, descending=[False, True, False, False])
        .unique("unit", keep="first", maintain_order=True)
        .join(unpaired, on=["unit", *edition], how="left")
        .with_columns(whole=pl.col("whole") + pl.col("rest").fill_null(0.0))
    )
    return (
        pieces.group_by(*edition, "vintage", unit=unit, target=target)
        .agg(pl.col("people").sum())
        .join(whole, on=["unit", *edition])
        .filter(pl.col("people") > 0)
        .select(
            from_place_id=from_type + pl.col("unit"),
            partition=pl.lit(partition),
            to_place_id=to_type + pl.col("target"),
            weight=pl.col("people") / pl.col("whole"),
            basis=pl.lit("population"),
            source_id=pl.lit(SOURCE),
            vintage="vintage",
        )
        .sort("from_place_id", "to_place_id")
    )
