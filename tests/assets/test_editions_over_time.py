"""Editions over time: first seen, replaced, gone, issued again, come back, from one release to the next."""

import json
from pathlib import Path

import polars as pl
import pytest

from assets.published.editions_over_time import source_edition
from assets.table import registered
from lifegap.catalog.catalog import Catalog
from lifegap.home import MANIFEST
from lifegap.releases.before import NOTHING_BEFORE, Before
from lifegap.releases.read import Release

A, B = "a" * 64, "b" * 64
ONE, TWO, THREE = (f"2026010{day}T000000Z-0000000{day}" for day in (1, 2, 3))
CURRENT = {"retired_in": None, "retired_because": None}


def _here(**editions: str) -> pl.DataFrame:
    """The editions of a release: `<source>__<vintage>` → hash of its files."""
    return pl.DataFrame(
        [
            {"source_id": source, "vintage": vintage.replace("_", "-"), "title": source,
             "period_start": 2020, "period_end": 2020, "sha256": sha256}
            for source, vintage, sha256 in ((*name.split("__"), each) for name, each in editions.items())
        ],
        schema_overrides={"period_start": pl.Int32, "period_end": pl.Int32},
    )  # fmt: skip


@pytest.fixture
def release_of(tmp_path: Path):
    """A function that makes a release of an id out of its tables."""

    def made(release_id: str, **tables: pl.DataFrame) -> Before:
        folder = tmp_path / release_id
        (folder / "parquet").mkdir(parents=True)
        for name, rows in tables.items():
            rows.write_parquet(folder / "parquet" / f"{name}.parquet")
        manifest = {"release_id": release_id, "tables": {name: {} for name in tables}}
        (folder / MANIFEST).write_text(json.dumps(manifest))
        return Before(folder)

    return made


def _edition(rows: pl.DataFrame, vintage: str) -> dict[str, object]:
    return rows.filter(pl.col("vintage") == vintage).row(0, named=True)


def _says(row: dict[str, object], **facts: object) -> bool:
    return facts.items() <= row.items()


def test_in_a_first_release_everything_is_seen_for_the_first_time(catalog: Catalog) -> None:
    rows = source_edition(_here(cdc_svi__2018=A), catalog, NOTHING_BEFORE)
    since = dict.fromkeys(("first_seen", "last_seen", "same_bytes_since"), "this")
    assert _says(_edition(rows, "2018"), **since, **CURRENT)
    assert {*rows.columns} == {
        column.name for column in registered()["published.source_edition"].table.columns
    }


def test_the_next_release_names_the_one_before(catalog: Catalog, release_of) -> None:
    here = _here(cdc_svi__2018=A)
    first = source_edition(here, catalog, NOTHING_BEFORE)
    second = source_edition(here, catalog, release_of(ONE, source_edition=first))
    third = source_edition(here, catalog, release_of(TWO, source_edition=second))
    for rows in (second, third):
        facts = {"first_seen": ONE, "last_seen": "this", "same_bytes_since": ONE}
        assert _says(_edition(rows, "2018"), **facts, **CURRENT)


def test_an_edition_that_another_took_the_place_of_is_retired_and_stays(catalog: Catalog, release_of) -> None:
    here = _here(cdc_svi__2020_first=A, cdc_svi__2020=B)
    first = source_edition(here, catalog, NOTHING_BEFORE)
    retired = {"retired_because": "replaced", "replaced_by": "2020", "last_seen": "this"}
    assert _says(_edition(first, "2020-first"), retired_in="this", **retired)
    assert _says(_edition(first, "2020"), **CURRENT)
    second = source_edition(here, catalog, release_of(ONE, source_edition=first))
    assert _says(_edition(second, "2020-first"), retired_in=ONE, first_seen=ONE, **retired)


def test_an_edition_that_is_gone_names_the_last_release_that_has_it(catalog: Catalog, release_of) -> None:
    first = source_edition(_here(cdc_svi__2016=A, cdc_svi__2018=B), catalog, NOTHING_BEFORE)
    second = source_edition(_here(cdc_svi__2018=B), catalog, release_of(ONE, source_edition=first))
    gone = {"first_seen": ONE, "last_seen": ONE, "retired_because": "not_obtained", "sha256": A}
    assert _says(_edition(second, "2016"), retired_in="this", title="cdc_svi", period_end=2020, **gone)
    third = source_edition(_here(cdc_svi__2018=B), catalog, release_of(TWO, source_edition=second))
    assert _says(_edition(third, "2016"), retired_in=TWO, **gone)


def test_an_edition_that_comes_back_is_current_and_was_first_seen_when_it_was(
    catalog: Catalog, release_of
) -> None:
    both, one = _here(cdc_svi__2016=A, cdc_svi__2018=B), _here(cdc_svi__2018=B)
    first = source_edition(both, catalog, NOTHING_BEFORE)
    second = source_edition(one, catalog, release_of(ONE, source_edition=first))
    third = source_edition(both, catalog, release_of(TWO, source_edition=second))
    facts = {"first_seen": ONE, "last_seen": "this", "same_bytes_since": ONE}
    assert _says(_edition(third, "2016"), **facts, **CURRENT)


def test_an_edition_that_is_issued_again_has_other_bytes_since(catalog: Catalog, release_of) -> None:
    first = source_edition(_here(cdc_svi__2018=A), catalog, NOTHING_BEFORE)
    second = source_edition(_here(cdc_svi__2018=B), catalog, release_of(ONE, source_edition=first))
    assert _says(_edition(second, "2018"), first_seen=ONE, same_bytes_since="this", sha256=B, **CURRENT)
    third = source_edition(_here(cdc_svi__2018=B), catalog, release_of(TWO, source_edition=second))
    assert _says(_edition(third, "2018"), first_seen=ONE, same_bytes_since=TWO)


def test_of_a_release_without_this_table_its_sources_are_known(catalog: Catalog, release_of) -> None:
    before = release_of(ONE, source=_here(cdc_svi__2016=A, cdc_svi__2018=B))
    rows = source_edition(_here(cdc_svi__2018=B, cdc_svi__2022=B), catalog, before)
    assert _says(_edition(rows, "2018"), first_seen=ONE, same_bytes_since=ONE, **CURRENT)
    assert _says(_edition(rows, "2016"), last_seen=ONE, retired_in="this", retired_because="not_obtained")
    assert _says(_edition(rows, "2022"), first_seen="this")


def test_of_a_release_with_neither_table_nothing_is_known(catalog: Catalog, release_of) -> None:
    rows = source_edition(_here(cdc_svi__2018=B), catalog, release_of(ONE))
    assert _says(_edition(rows, "2018"), first_seen="this")


def test_every_edition_of_a_release_is_told(release: Release) -> None:
    assert release.ask(
        "SELECT count(*) FROM source ANTI JOIN source_edition USING (source_id, vintage, sha256)"
    ).rows == [(0,)]


@pytest.mark.mirror
@pytest.mark.parametrize(
    ("source", "vintage", "replaced_by"),
    [
        ("cdc_wonder", "provisional-2022-02-17", "provisional-2022-05-03"),
        ("cdc_wonder", "provisional-2022-05-03", "provisional-2022-07-16"),
        ("cdc_wonder", "provisional-2022-07-16", None),
        ("cdc_svi", "2020-first", "2020"),
        ("cdc_svi", "2020", None),
        ("cdc_svi", "2022-resaved", "2022"),
        ("cdc_svi", "2022", None),
    ],
)
def test_editions_of_one_query_and_of_one_year_stand_side_by_side(
    mirror_release: Release, source: str, vintage: str, replaced_by: str | None
) -> None:
    """Three days of one query of provisional deaths, two issues of an index: figures of each are there."""
    (row,) = mirror_release.ask(
        "SELECT * FROM source_edition WHERE (source_id, vintage) = (?, ?)", [source, vintage]
    ).dicts()
    assert (row["replaced_by"], row["retired_because"]) == (
        replaced_by, None if replaced_by is None else "replaced",
    )  # fmt: skip
    assert row["last_seen"] == "this"


@pytest.mark.mirror
def test_what_was_known_on_three_days_is_in_the_warehouse_as_each_file_prints_it(mirror_warehouse) -> None:
    """Deaths of Hispanic people of 55 to 59 in 2021, provisional on all three days; those of 2020 were final."""
    asked = """
        SELECT period_start, list(deaths ORDER BY vintage) FROM sources.wonder_death
        WHERE contains(source_file, 'us_hispanic_deaths_by_year_age5') AND age_code = '55-59'
            AND period_start IN (2020, 2021)
        GROUP BY ALL ORDER BY ALL
    """
    assert mirror_warehouse.execute(asked).fetchall() == [
        (2020, [21_864, 21_864, 21_864]), (2021, [23_367, 23_529, 23_602]),
    ]  # fmt: skip


@pytest.mark.mirror
def test_the_withdrawn_issue_of_an_index_is_published_beside_the_later_one(mirror_release: Release) -> None:
    """Cook County's overall rank, as R_PL_THEMES of both files of 2020 prints it."""
    rows = mirror_release.ask(
        "SELECT vintage, estimate FROM figure_input WHERE source_id = 'cdc_svi' "
        "AND measure_label = 'RPL_THEMES' AND place_id = 'county:17031' AND starts_with(vintage, '2020') "
        "AND vintage IN ('2020-first', '2020') ORDER BY vintage"
    ).rows
    assert rows == [("2020", 0.8004), ("2020-first", 0.816)]
