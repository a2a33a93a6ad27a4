"""`lifegap allocate` splits an amount over the places of a coalition, and says why it cannot."""

import json
from pathlib import Path
from typing import Any

import pytest

from lifegap.releases.read import Release
from tests.conftest import run_lifegap

WSU = ("allocate", "--coalition", "west-side-united", "--amount", "1000000")


def _split(home: Path, *options: str) -> list[dict[str, Any]]:
    ended = run_lifegap(*WSU, *options, "--format", "json", home=home)
    assert ended.returncode == 0, ended.stderr
    assert "not a recommendation" in ended.stderr
    return json.loads(ended.stdout)


@pytest.mark.parametrize("rule", ["population", "gap", "population=0.5,gap=0.5"])
def test_whole_dollars_sum_to_the_amount(rule: str, bundle_home: Path) -> None:
    rows = _split(bundle_home, "--rule", rule)
    assert len(rows) == 10
    assert sum(row["amount"] for row in rows) == 1_000_000
    assert sum(row["share"] for row in rows) == pytest.approx(1)
    assert all(row["share_low"] <= row["share"] + 0.01 for row in rows)


def test_the_rule_of_gaps_is_people_times_years(bundle_home: Path, release: Release) -> None:
    """Recomputed from the published gaps and people."""
    rows = release.ask(
        "SELECT g.place_id, greatest(g.gap, 0) * p.population AS years FROM life_expectancy_gap AS g "
        "JOIN place AS p USING (place_id) WHERE coalition_id = 'west-side-united' "
        "AND source_id = 'nchs_usaleep' AND starts_with(place_id, 'neighborhood:') "
        "AND population_group = 'all' AND reference_group = 'all'"
    ).rows
    whole = sum(years for _, years in rows)
    split = {row["place_id"]: row["share"] for row in _split(bundle_home, "--rule", "gap")}
    assert split == {place: pytest.approx(years / whole) for place, years in rows}


def test_a_floor_holds_in_every_place(bundle_home: Path) -> None:
    rows = _split(bundle_home, "--rule", "gap", "--floor", "0.05", "--cap", "0.2")
    assert min(row["share"] for row in rows) >= 0.05 - 1e-9
    assert max(row["share"] for row in rows) <= 0.2 + 1e-9


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (("--rule", "need=1,wealth=2"), "wealth"),
        (("--rule", "gap=-1"), "gap=-1"),
        (("--rule", "gap,gap"), "gap,gap"),
        (("--floor", "0.2"), "10 places cannot each have"),
        (("--amount", "-5"), "-5"),
        (("--coalition", "west-side"), "west-side"),
        (("--coalition", "ama-peer-network"), "no split for ama-peer-network"),
        (("--coalition", "together-for-west-philadelphia", "--rule", "need"), "not_computable:no_ranks"),
    ],
)
def test_what_gives_no_split_is_named(options: tuple[str, ...], named: str, bundle_home: Path) -> None:
    ended = run_lifegap(*WSU, *options, home=bundle_home)
    assert ended.returncode == 2
    assert named in ended.stderr
    assert ended.stdout == ""
    assert "Traceback" not in ended.stderr
