"""Fitness for use: what a card forbids is not in any table of a release, and every figure says what it is for."""

import pytest

from lifegap.catalog.cards import Use
from lifegap.catalog.catalog import Catalog
from lifegap.releases.read import Release

QUOTED = ("life_expectancy", "life_expectancy_gap", "indicator_value", "progress", "priority_index")
FIGURE = {"life_expectancy": "estimate", "life_expectancy_gap": "gap", "indicator_value": "value"}


def _forbidding(catalog: Catalog, use: Use) -> list[str]:
    return sorted(card.id for card in catalog.cards.values() if not card.fitness[use].allowed)


def test_every_card_says_yes_or_no_to_every_use_and_why(catalog: Catalog) -> None:
    for card in catalog.cards.values():
        assert set(card.fitness) == {"trend", "rank", "compare_places", "evaluate_program"}
        assert all(len(fitness.why) > 10 for fitness in card.fitness.values())


@pytest.mark.parametrize(
    ("source", "use"),
    [
        ("cdc_places", "trend"), ("cdc_places", "rank"), ("cdc_places", "evaluate_program"),
        ("nchs_usaleep", "trend"), ("nchs_usaleep", "rank"), ("chr_rankings", "trend"), ("cdc_svi", "trend"),
        ("chicago_reported", "trend"), ("chr_measures", "trend"),
    ],
)  # fmt: skip
def test_what_the_publishers_warn_of_is_forbidden(source: str, use: Use, catalog: Catalog) -> None:
    assert not catalog.cards[source].fitness[use].allowed


def test_no_source_is_fit_to_evaluate_a_program(catalog: Catalog) -> None:
    assert _forbidding(catalog, "evaluate_program") == sorted(catalog.cards)


def test_no_progress_along_a_source_that_forbids_trends(release: Release, catalog: Catalog) -> None:
    rows = release.ask("SELECT source_id, status, reason, percent_achieved, pace_observed FROM progress").rows
    forbidden = [row for row in rows if row[0] in _forbidding(catalog, "trend")]
    assert {row[0] for row in forbidden} >= {"nchs_usaleep", "chicago_reported", "chr_rankings"}
    assert {row[1:] for row in forbidden} == {
        ("not_assessable", "not_assessable:source_forbids_trend", None, None)
    }


def test_no_index_of_a_source_that_forbids_ranks(release: Release, catalog: Catalog) -> None:
    used = " ".join(row[0] for row in release.ask("SELECT DISTINCT indicators_used FROM priority_index").rows)
    assert used
    assert [source for source in _forbidding(catalog, "rank") if f"({source}," in used] == []


def test_no_difference_out_of_a_source_that_forbids_comparisons(release: Release, catalog: Catalog) -> None:
    for table, figure in (("indicator_comparison", "difference"), ("life_expectancy_gap", "gap")):
        rows = release.ask(f"SELECT DISTINCT source_id FROM {table} WHERE {figure} IS NOT NULL").rows
        assert {source for (source,) in rows} & set(_forbidding(catalog, "compare_places")) == set()


@pytest.mark.parametrize("table", FIGURE)
def test_what_is_unreliable_or_withheld_may_not_be_quoted(table: str, release: Release) -> None:
    rows = release.ask(
        f"SELECT DISTINCT quotable FROM {table} WHERE reliability IN ('unreliable', 'withheld') OR {FIGURE[table]} IS NULL"
    ).rows
    assert rows == [("no",)]


@pytest.mark.parametrize("table", FIGURE)
def test_what_is_cautious_is_quoted_with_a_caveat(table: str, release: Release) -> None:
    rows = release.ask(
        f"SELECT DISTINCT quotable FROM {table} WHERE {FIGURE[table]} IS NOT NULL "
        "AND reliability = 'caution' AND se IS NOT NULL"
    ).rows
    assert rows == [("with_caveat",)]


@pytest.mark.parametrize("table", FIGURE)
def test_what_has_no_interval_is_quoted_with_a_caveat_at_most(table: str, release: Release) -> None:
    rows = release.ask(
        f"SELECT DISTINCT reliability, quotable FROM {table} WHERE {FIGURE[table]} IS NOT NULL AND se IS NULL"
    ).rows
    assert {quotable for _, quotable in rows} <= {"with_caveat", "no"}
    assert {reliability for reliability, _ in rows} <= {"caution", "unreliable"}


@pytest.mark.parametrize("table", FIGURE)
def test_only_good_figures_with_an_interval_are_quoted_freely(table: str, release: Release) -> None:
    rows = release.ask(
        f"SELECT DISTINCT reliability, se IS NULL, ci_low IS NULL FROM {table} WHERE quotable = 'yes'"
    ).rows
    assert rows == [("good", False, False)]


def test_modeled_figures_are_never_quoted_without_saying_so(release: Release, catalog: Catalog) -> None:
    modeled = sorted(card.id for card in catalog.cards.values() if card.modeled)
    assert "cdc_places" in modeled
    for table in ("life_expectancy", "indicator_value"):
        rows = release.ask(f"SELECT DISTINCT source_id FROM {table} WHERE quotable = 'yes'").rows
        assert {source for (source,) in rows} & set(modeled) == set()


def test_a_stand_in_place_says_what_it_is(release: Release) -> None:
    rows = release.ask(
        "SELECT DISTINCT quotable, contains(caveat, 'stand-in') FROM indicator_value "
        "WHERE place_id LIKE 'zcta2010:%' AND value IS NOT NULL AND reliability NOT IN ('unreliable', 'withheld')"
    ).rows
    assert rows == [("with_caveat", True)]


@pytest.mark.parametrize("table", QUOTED)
def test_every_row_says_whether_it_may_be_quoted_and_what_goes_with_it(table: str, release: Release) -> None:
    rows = release.ask(
        f"SELECT count(*) FROM {table} WHERE quotable NOT IN ('yes', 'with_caveat', 'no') "
        "OR (quotable <> 'yes' AND coalesce(length(caveat), 0) < 10)"
    ).rows
    assert rows == [(0,)]


def test_two_periods_or_editions_are_never_in_one_difference(release: Release) -> None:
    """Both sides of every gap are figures of one source, edition and period."""
    lost = release.ask(
        """
        SELECT count(*) FROM life_expectancy_gap AS g WHERE g.gap IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM life_expectancy AS r WHERE r.place_id = g.reference_place_id
            AND (r.source_id, r.vintage, r.period_start, r.period_end, r.population_group)
                = (g.source_id, g.vintage, g.period_start, g.period_end, g.reference_group)
            AND r.estimate = g.reference_estimate)
        """
    ).rows
    assert lost == [(0,)]
