"""Gaps of any two places of a release, by the rules of the gaps of coalitions.

Both sides come from one source, edition, period and group and were made by one method. A tract is a pool of
one, so it is compared with what is pooled of the same source; a published figure is the mean of one place.
"""

from typing import TYPE_CHECKING, Any

from lifegap.releases.read import Release

if TYPE_CHECKING:
    import polars as pl

UNITS = """
    -- The tracts that a place is made of; a tract is its own. Some are cut by borders, by shares of surface.
    SELECT to_place_id AS place_id, from_place_id AS unit, weight, basis = 'area' AND weight < 1 AS cut
    FROM crosswalk WHERE starts_with(from_place_id, 'tract2010:') AND to_place_id IN ($place, $reference)
    UNION ALL
    SELECT place_id, place_id, 1.0, false FROM place
    WHERE starts_with(place_id, 'tract2010:') AND place_id IN ($place, $reference)
"""
SHARE = f"""
    -- The place's part of the reference's people: by the tracts that both have, else by counts of one year of
    -- a place and what it is part of. NULL where it is not inside, or where no count says how much.
    WITH RECURSIVE units AS ({UNITS}),
    both_sides AS (
        SELECT sum(p.population * a.weight) AS inside, bool_or(a.cut) AS cut
        FROM units AS a JOIN units AS b USING (unit) JOIN place AS p ON p.place_id = unit
        WHERE a.place_id = $place AND b.place_id = $reference
    ),
    whole AS (
        SELECT sum(p.population * u.weight) AS people FROM units AS u JOIN place AS p ON p.place_id = unit
        WHERE u.place_id = $reference
    ),
    above AS (
        SELECT parent_place_id AS place_id FROM place WHERE place_id = $place
        UNION SELECT p.parent_place_id FROM above JOIN place AS p USING (place_id)
        WHERE parent_place_id IS NOT NULL
    ),
    counted AS (
        SELECT a.population / b.population AS share FROM place AS a, place AS b
        WHERE a.place_id = $place AND b.place_id = $reference AND a.population_period = b.population_period
    )
    SELECT $reference IN (FROM above) OR inside IS NOT NULL AS nested,
        CASE WHEN inside IS NOT NULL THEN if(cut, NULL, inside / people)
            WHEN $reference IN (FROM above) THEN (SELECT share FROM counted) END AS share
    FROM both_sides, whole
"""
SIDES = """
    -- Every series of the place, with the reference's where it has one made by the same rule.
    WITH unit_types AS (
        SELECT DISTINCT source_id, split_part(place_id, ':', 1) AS type FROM life_table
        WHERE source_file IS NOT NULL
    ),
    side AS (
        SELECT e.*, (source_id, split_part(place_id, ':', 1)) IN (FROM unit_types) AS is_unit
        FROM life_expectancy AS e
        WHERE place_id IN ($place, $reference) AND (population_group <> 'all') = $groups
    ),
    paired AS (
        SELECT a.*, b.estimate AS estimate_reference, b.se AS se_reference,
            b.reliability AS reliability_reference, b.reason AS reason_reference,
            b.quotable AS quotable_reference, b.caveat AS caveat_reference,
            CASE WHEN a.method = 'published' THEN b.method ELSE a.method END AS by_method
        FROM (FROM side WHERE place_id = $place) AS a
        LEFT JOIN (FROM side WHERE place_id = $reference) AS b
            ON (a.source_id, a.vintage, a.period_start, a.period_end, a.population_group)
                = (b.source_id, b.vintage, b.period_start, b.period_end, b.population_group)
            AND (a.method = b.method
                OR (a.method = 'published' AND a.is_unit AND starts_with(b.method, 'pooled'))
                OR (b.method = 'published' AND b.is_unit AND starts_with(a.method, 'pooled'))
                OR (a.method, b.method) IN (('weighted_mean', 'published'), ('published', 'weighted_mean')))
    )
    SELECT p.* REPLACE (coalesce(by_method, method) AS method),
        contains(s.fitness, 'compare_places: no') AS forbidden
    FROM paired AS p JOIN source AS s ON (s.source_id, s.vintage) = (p.source_id, p.vintage)
    ORDER BY p.source_id, p.period_end, s.edition_order, p.population_group, p.method
"""
COLUMNS = (
    "coalition_id", "place_id", "reference_place_id", "reference_group", "period_start", "period_end",
    "source_id", "vintage", "population_group", "method", "place_estimate", "reference_estimate", "gap",
    "se", "ci_low", "ci_high", "p_value", "percent_of_baseline", "baseline_period", "reliability", "reason",
    "note", "pooling_needed", "quotable", "caveat",
)  # fmt: skip
FORBIDDEN = "not_assessable:source_forbids_comparison"
UNKNOWN_SHARE = (
    "The place lies inside the reference by an unknown share, which the interval does not allow for."
)


def gaps_between(
    release: Release, place: str, reference: str, *, groups: bool, shared: bool
) -> list[dict[str, Any]]:
    """One row for each series of the place, in the columns of `life_expectancy_gap`; of no coalition.

    A series that the reference lacks has no gap, and the reason. shared: only series that have a gap.
    """
    pair = {"place": place, "reference": reference}
    wanted = "estimate IS NOT NULL AND estimate_reference IS NOT NULL" if shared else "true"
    query, values = f"FROM ({SIDES}) WHERE {wanted}", pair | {"groups": groups}
    if not release.ask(f"{query} LIMIT 1", values).rows:
        return []
    import polars as pl

    from lifegap.methods.mortality.compared import with_gap, with_grade

    sides = release.connection.execute(query, values).pl()
    ((nested, share),) = release.ask(SHARE, pair).rows
    rows = (
        sides.with_columns(
            pl.when(~pl.col("forbidden")).then(name).alias(name)
            for name in ("estimate", "estimate_reference")
        )
        .with_columns(share=pl.lit(share, pl.Float64), se_shares=pl.lit(None, pl.Float64))
        .pipe(with_gap)
        .pipe(with_grade)
        .with_columns(
            reference_place_id=pl.lit(reference),
            reference_group="population_group",
            place_estimate="estimate",
            reference_estimate="estimate_reference",
            se="se_gap",
            reliability="grade",
            reason=pl.when("forbidden").then(pl.lit(FORBIDDEN)).otherwise("reason"),
            note=pl.when(pl.col("gap").is_not_null()).then(
                pl.lit(_note(nested=nested, share=share), pl.String)
            ),
        )
        .pipe(_quoted)
    )
    empty = [pl.lit(None).alias(name) for name in COLUMNS if name not in rows.columns]
    return rows.with_columns(empty).select(COLUMNS).to_dicts()


def _note(*, nested: bool, share: float | None) -> str | None:
    if not nested:
        return None
    if share is None:
        return UNKNOWN_SHARE
    return f"The place is {100 * share:.1f} percent of the reference's people; the interval allows for that."


def _quoted(rows: "pl.DataFrame") -> "pl.DataFrame":
    """What may be quoted: no more freely than either side, and the caveats of both."""
    import polars as pl

    known = pl.col("gap").is_not_null() & pl.col("grade").is_in(["good", "caution"])
    sides = (pl.col("quotable") == "yes") & (pl.col("quotable_reference") == "yes")
    free = sides & (pl.col("grade") == "good") & pl.col("se").is_not_null()
    same = pl.col("caveat_reference") == pl.col("caveat").fill_null("")
    of_reference = pl.when(~same).then(pl.format("The reference: {}", "caveat_reference"))
    both = pl.concat_str("caveat", of_reference, separator=" ", ignore_nulls=True)
    forbidden_side = (pl.col("quotable") == "no") | (pl.col("quotable_reference") == "no")
    return rows.with_columns(
        quotable=pl.when(~known | forbidden_side.fill_null(True))
        .then(pl.lit("no"))
        .when(free)
        .then(pl.lit("yes"))
        .otherwise(pl.lit("with_caveat")),
        caveat=pl.when(both != "").then(both),
    )
