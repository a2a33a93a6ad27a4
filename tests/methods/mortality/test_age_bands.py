"""Age bands as they are printed, and bands that look as if one were missing behind them."""

import pytest

from lifegap.methods.mortality.age_bands import ages_of_label, is_total, wider_than_neighbors


@pytest.mark.parametrize(
    ("label", "ages"),
    [
        ("< 1 year", (0, 1)),
        ("Under 5", (0, 5)),
        ("1-4 years", (1, 5)),
        ("60-64 years ", (60, 65)),
        ("5–9", (5, 10)),
        ("5 to 14", (5, 15)),
        ("1 year", (1, 2)),
        ("85+ years", (85, None)),
        ("100 years and over", (100, None)),
        ("85 and older", (85, None)),
        ("9-5", None),
        ("< 1 hour", None),
        ("1 - 23 hours", None),
        ("Not Stated", None),
        ("adults", None),
    ],
)
def test_a_label_is_a_band_or_nothing(label: str, ages: tuple[int, int | None] | None) -> None:
    assert ages_of_label(label) == ages


def test_totals_are_told_by_whole_words() -> None:
    assert all(is_total(label) for label in ("Total", " all  ages ", "ALL"))
    assert not any(is_total(label) for label in ("total mortality", "", None, "0"))


@pytest.mark.parametrize(
    ("starts", "torn"),
    [
        ([0, 1, 5, 15, 25, 35, 45, 55, 65, 75, 85], []),
        ([0, 1, *range(5, 90, 5)], []),
        ([0, *range(5, 90, 5)], []),
        (list(range(86)), []),
        ([0, 5, 15, 25, 85], [3]),
        ([0, 1, 15, 25, 35], [1]),
        ([0, 1, 5, 15, 25, 45, 55], [4]),
        ([0, 1, 5, 15, 35, 55, 65, 75], [3, 4]),
        ([0, 1, 5, 15, 25, 35, 45, 55, 65, 85], [8]),
        ([0, 1, 10, 15, 20], [1]),
        ([0, 65, 75, 85], []),
        ([0, 18, 25, 35, 45, 55, 65, 75, 85], []),
        ([0, 75, 85], []),
        ([65, 75, 85], []),
        ([65, 70, 80, 85], [1]),
        ([0, 1], []),
    ],
)
def test_a_band_that_is_wider_than_its_neighbors_is_named(starts: list[int], torn: list[int]) -> None:
    ages = [float(start) for start in starts]
    assert wider_than_neighbors(ages, [None] * len(ages)) == torn
    ends = [*ages[1:], None]
    assert wider_than_neighbors(ages, ends) == []
