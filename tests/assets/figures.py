"""Rows of a release, as tests of its figures ask for them."""

from lifegap.releases.read import Release

WGP, LOOP, WSU = "neighborhood:chicago-26", "neighborhood:chicago-32", "footprint:west-side-united"
TWP = "footprint:together-for-west-philadelphia"
OF_THE_BUNDLE = "coalition_id IN ('west-side-united', 'together-for-west-philadelphia')"
"""The coalitions that these tests know; a release may hold others."""

Z = 1.959963984540054


def one(release: Release, query: str, *values: object) -> dict:
    (row,) = release.ask(query, values).dicts()
    return row


def gap(release: Release, place: str, source: str, period: int, reference: str = LOOP) -> dict:
    return one(
        release,
        "SELECT * FROM life_expectancy_gap WHERE place_id = ? AND source_id = ? AND period_end = ? "
        "AND reference_place_id = ?",
        place, source, period, reference,
    )  # fmt: skip
