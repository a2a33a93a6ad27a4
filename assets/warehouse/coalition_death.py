"""`warehouse.coalition_death`: deaths that coalitions count, footprints added up, and which may be shown.

A series is what one life table is made of: the deaths of a place, a group, a period and a cause by age. All
its counts are shown or none. The sums that could give hidden ones away: causes and all deaths, groups and all
people, periods and the years in them, the footprint and its members, a place and those of another type that
may lie inside it. What a sum lacks is a series that is never shown.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import polars as pl

from assets.table import table
from lifegap.catalog.catalog import Catalog
from lifegap.catalog.tables import declared_tables
from lifegap.methods.counts.suppressed_series import hidden_series

EVERYONE, ALL_CAUSES = "all", "all"
SERIES = ["source_id", "place_id", "population_group", "period_start", "period_end", "cause"]
BAND = [*SERIES, "age_start"]


class Series(NamedTuple):
    """What one life table, or a part of it by cause, is made of."""

    source_id: str
    place_id: str
    population_group: str
    period_start: int
    period_end: int
    cause: str


_SIZES = (
    ("nation",), ("state",), ("county", "county2022", "city"),
    ("district", "neighborhood", "zip", "zcta2010", "zcta2020"), ("tract2010", "tract2020"),
    ("block_group2010", "block_group2020"),
)  # fmt: skip
_RANK = {kind: rank for rank, kinds in enumerate(_SIZES) for kind in kinds}
"""Type of place → how far down it stands among those that may lie inside each other."""

Sum = tuple[Series, list[Series], str]
"""A total, its parts, and along what it is split."""

Counts = dict[Series, dict[int, int]]
"""Series → age → deaths."""


@table("warehouse.coalition_death", own="sources.coalition_death")
def coalition_death(own: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """One row per place, group, period, cause and age; a band ends where the next of its series begins."""
    rows = own.with_columns(source_rows=pl.col("source_row").cast(pl.String))
    rows = _with_all_causes(rows)
    rows = pl.concat([rows, _of_footprints(rows, catalog)], how="diagonal_relaxed")
    ends = pl.col("age_start").shift(-1).over(SERIES, order_by="age_start")
    made = rows.with_columns(age_end=ends).join(_shown(rows, catalog), on=SERIES)
    return made.select(column.name for column in declared_tables()["warehouse.coalition_death"].columns)


def _with_all_causes(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows, and the sum of the causes where all deaths are not told themselves."""
    key = [name for name in SERIES if name != "cause"]
    whole = rows.filter(pl.col("cause") == ALL_CAUSES)
    lacking = rows.join(whole, on=key, how="anti")
    return pl.concat([rows, _added(lacking.with_columns(cause=pl.lit(ALL_CAUSES)))], how="diagonal_relaxed")


def _added(rows: pl.DataFrame, *, people: bool = False) -> pl.DataFrame:
    """One row per band of what the rows add up to; people too, where each row has its own."""
    return rows.sort(*BAND, "source_row").group_by(BAND, maintain_order=True).agg(
        pl.col("deaths").sum(),
        pl.col("population").sum() if people else pl.col("population").first(),
        pl.col("coalition_id", "vintage", "suppress_below", "source_file", "source_row").first(),
        pl.col("source_rows").str.join(", "),
    )  # fmt: skip


def _of_footprints(rows: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """The places of each footprint added up, where all of them have a series in the same bands."""
    made = [rows.clear()]
    line = [name for name in SERIES if name != "place_id"]
    bands = pl.col("age_start").sort().cast(pl.String).str.join(" ")
    for (coalition_id,), mine in rows.partition_by("coalition_id", as_dict=True, maintain_order=True).items():
        for footprint, places in catalog.coalitions[str(coalition_id)].footprints.items():
            if len(places) < 2 or (mine["place_id"] == footprint).any():
                continue
            parts = mine.filter(pl.col("place_id").is_in([place.id for place in places]))
            whole = (
                parts.group_by(*line, "place_id")
                .agg(bands=bands)
                .group_by(line)
                .agg(places=pl.len(), alike=pl.col("bands").n_unique() == 1)
                .filter("alike", pl.col("places") == len(places))
            )
            together = parts.join(whole, on=line, how="semi").with_columns(place_id=pl.lit(footprint))
            made.append(_added(together, people=True))
    return pl.concat(made, how="diagonal_relaxed")


def _shown(rows: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """SERIES and whether its counts may be shown."""
    found: list[tuple[Series, bool]] = []
    for (_, limit), mine in rows.partition_by(
        "source_id", "suppress_below", as_dict=True, maintain_order=True
    ).items():
        coalition = catalog.coalitions[mine["coalition_id"][0]]
        members = {name: [place.id for place in places] for name, places in coalition.footprints.items()}
        counts: Counts = {}
        for *key, age, deaths in mine.select(*BAND, "deaths").rows():
            counts.setdefault(Series(*key), {})[age] = deaths
        hidden = _hidden(counts, members, int(limit))
        found += [(series, series not in hidden) for series in counts]
    kinds = dict(zip(SERIES, (pl.String, pl.String, pl.String, pl.Int32, pl.Int32, pl.String), strict=True))
    named = [(*series, shown) for series, shown in found]
    return pl.DataFrame(named, schema=kinds | {"shown": pl.Boolean}, orient="row")


def _hidden(counts: Counts, members: dict[str, list[str]], limit: int) -> set[Series]:
    """The series that must not be shown."""
    sums = [*_by_cause(counts), *_by_group(counts), *_by_place(counts, members), *_by_period(counts)]
    names = {series: f"series {at}" for at, series in enumerate(counts)}
    cells = [
        (names[series], age, deaths, False)
        for series, by_age in counts.items()
        for age, deaths in by_age.items()
    ]
    totals: list[tuple[str, str, str]] = []
    for at, (total, parts, split) in enumerate(sums):
        known = [part for part in parts if part in counts]
        alike = all(counts[part].keys() == counts[total].keys() for part in known)
        missing = [part for part in parts if part not in counts]
        for part in missing:
            if part not in names:
                names[part] = f"unknown {len(names)}"
                cells += [(names[part], age, None, True) for age in counts[total]]
        rest = [
            deaths - sum(counts[part].get(age, 0) for part in known) for age, deaths in counts[total].items()
        ]
        totals += [(names[total], names[part], f"{split} {at}") for part in parts]
        if not missing and alike and any(rest):
            name = f"rest {at}"
            cells += [(name, age, each, True) for age, each in zip(counts[total], rest, strict=True)]
            totals.append((names[total], name, f"{split} {at}"))
    kinds = {"series": pl.String, "age": pl.Int64, "count": pl.Int64, "latent": pl.Boolean}
    hidden = hidden_series(
        pl.DataFrame(cells, schema=kinds, orient="row"),
        pl.DataFrame(totals, schema=dict.fromkeys(("total", "part", "split"), pl.String), orient="row"),
        threshold=limit,
    )
    back = {name: series for series, name in names.items()}
    return {back[name] for name in hidden}


def _holds(counts: Counts, total: Series, parts: list[Series]) -> bool:
    """Whether the parts may be parts of the total: at no age more than it."""
    return all(
        sum(counts[part].get(age, 0) for part in parts) <= deaths for age, deaths in counts[total].items()
    )


def _by_cause(counts: Counts) -> Iterator[Sum]:
    for total in counts:
        if total.cause == ALL_CAUSES:
            parts = [each for each in counts if each[:-1] == total[:-1] and each.cause != ALL_CAUSES]
            if parts:
                yield total, parts, "causes"


def _by_group(counts: Counts) -> Iterator[Sum]:
    """People and their groups: all by sex or race, and a race by sex."""
    for total in counts:
        own = attributes(total.population_group)
        same = [each for each in counts if each._replace(population_group=total.population_group) == total]
        further: dict[frozenset[str], list[Series]] = {}
        for each in same:
            theirs = attributes(each.population_group)
            if own.items() < theirs.items():
                further.setdefault(frozenset(theirs.keys() - own.keys()), []).append(each)
        for dimension, parts in further.items():
            if _holds(counts, total, parts):
                yield total, parts, f"groups by {', '.join(sorted(dimension))}"


def attributes(population_group: str) -> dict[str, str]:
    """What the people of a group have in common: dimension → value.

    >>> attributes("race_sex:black_female"), attributes("all")
    ({'race': 'black', 'sex': 'female'}, {})
    """
    dimension, _, value = population_group.partition(":")
    if not value:
        return {}
    if dimension == "race_sex":
        race, _, sex = value.rpartition("_")
        return {"race": race, "sex": sex}
    return {dimension: value}


def _by_place(counts: Counts, members: dict[str, list[str]]) -> Iterator[Sum]:
    """Footprints and their members; places and those of each other type that may lie inside."""
    for total in counts:
        same = [each for each in counts if each._replace(place_id=total.place_id) == total and each != total]
        if total.place_id in members:
            parts = [each for each in same if each.place_id in members[total.place_id]]
            if parts and _holds(counts, total, parts):
                yield total, parts, "members"
            continue
        kinds: dict[str, list[Series]] = {}
        for each in same:
            kinds.setdefault(each.place_id.partition(":")[0], []).append(each)
        own = total.place_id.partition(":")[0]
        for kind, parts in kinds.items():
            if _RANK.get(kind, -1) > _RANK.get(own, len(_RANK)) and _holds(counts, total, parts):
                yield total, parts, f"places {kind}"


def _by_period(counts: Counts) -> Iterator[Sum]:
    """Periods as sums of the spans between all years at which a period of the same people begins or ends."""
    for total in counts:
        line = [
            each
            for each in counts
            if each._replace(period_start=0, period_end=0) == total._replace(period_start=0, period_end=0)
        ]
        cuts = sorted({each.period_start for each in line} | {each.period_end + 1 for each in line})
        inside = [cut for cut in cuts if total.period_start <= cut <= total.period_end + 1]
        spans = [total._replace(period_start=start, period_end=end - 1) for start, end in pairwise(inside)]
        if len(spans) > 1:
            yield total, spans, "periods"
