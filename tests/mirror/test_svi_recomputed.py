"""CDC's Social Vulnerability Index recomputed from the percentages of its own files. Needs LIFEGAP_MIRROR.

The editions of 2018, 2020 and 2022 come out to the last of their four decimals, for the nation, for
Pennsylvania's counties and tracts. Those of 2014 and 2016 rank some percentages before rounding, and part ties
of sums by the noise of adding; what differs there is counted.
"""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from lifegap.methods.arrays import Floats
from lifegap.methods.standing.composite import SocialVulnerability, percent_rank, social_vulnerability

pytestmark = pytest.mark.mirror

MISSING = -999.0
HOUSING = ("MUNIT", "MOBILE", "CROWD", "NOVEH", "GROUPQ")
UNTIL_2018 = (
    ("POV", "UNEMP", "PCI", "NOHSDP"), ("AGE65", "AGE17", "DISABL", "SNGPNT"), ("MINRTY", "LIMENG"), HOUSING,
)  # fmt: skip
SINCE_2020 = (
    ("POV150", "UNEMP", "HBURD", "NOHSDP", "UNINSUR"), ("AGE65", "AGE17", "DISABL", "SNGPNT", "LIMENG"),
    ("MINRTY",), HOUSING,
)  # fmt: skip

WHOLES = {
    "AGE17": "TOTPOP", "SNGPNT": "HH", "MINRTY": "TOTPOP", "MUNIT": "HU", "CROWD": "HH", "GROUPQ": "TOTPOP",
}  # fmt: skip
"""In 2014 and 2016: percentages that were ranked before rounding, and the count they are a share of."""


class Edition:
    """A file, and the index as its own percentages give it."""

    def __init__(self, path: Path) -> None:
        self.rows = pl.read_csv(path, infer_schema=False)
        self.themes = UNTIL_2018 if "EP_PCI" in self.rows.columns else SINCE_2020
        self.names = [name for theme in self.themes for name in theme]

    def number(self, column: str) -> Floats:
        numbers = self.rows[column].str.strip_chars().cast(pl.Float64, strict=False)
        return np.where(numbers.to_numpy() == MISSING, np.nan, numbers.to_numpy())

    def published(self, prefix: str, names: list[str] | None = None) -> Floats:
        return np.column_stack([self.number(prefix + name) for name in names or self.names])

    def percentages(self) -> Floats:
        """A place without people has no percentages; the files print 0 for some."""
        people = self.number("E_TOTPOP")[:, None] > 0
        return np.where(people, self.published("EP_"), np.nan)

    def recomputed(self, values: Floats) -> SocialVulnerability:
        at = [[self.names.index(name) for name in theme] for theme in self.themes]
        return social_vulnerability(values, at, np.array([name == "PCI" for name in self.names]))


def differing(ours: Floats, theirs: Floats) -> int:
    return int((~np.isclose(ours, theirs, rtol=0, atol=1e-6, equal_nan=True)).sum())


THEME_NAMES = [f"THEME{each}" for each in range(1, 5)]

EXACT = {
    "SVI_2018_US_county": 3142,
    "SVI_2020_US_county": 3143,
    "SVI_2022_US_county": 3144,
    "state_ranked_pa_county/2018svi_pa_co_cdc": 67,
    "state_ranked_pa_county/2020svi_pa_co_cdc": 67,
    "state_ranked_pa_county/2022svi_pa_co_cdc": 67,
    "tract_pennsylvania/philly_svi_2020": 3445,
}


@pytest.mark.parametrize(("name", "places"), EXACT.items())
def test_editions_since_2018_come_out_exactly(mirror: Path, name: str, places: int) -> None:
    edition = Edition(mirror / "svi" / f"{name}.csv.gz")
    found = edition.recomputed(edition.percentages())
    assert edition.rows.height == places
    assert differing(found.percentile, edition.published("EPL_")) == 0
    assert differing(found.theme_sum, edition.published("SPL_", THEME_NAMES)) == 0
    assert differing(found.theme_rank, edition.published("RPL_", THEME_NAMES)) == 0
    assert differing(found.total, edition.number("SPL_THEMES")) == 0
    assert differing(found.overall_rank, edition.number("RPL_THEMES")) == 0
    # The District of Columbia has percentiles in 2020 and -999 in all of its flags.
    unflagged = int(name == "SVI_2020_US_county")
    assert differing(found.flags, edition.number("F_TOTAL")) == unflagged
    assert differing(found.flag, edition.published("F_")) == unflagged * len(edition.names)


def test_the_first_issue_of_2020_ranked_the_number_of_burdened_households(mirror: Path) -> None:
    edition = Edition(mirror / "svi" / "earlier_release" / "SVI2020_US_COUNTY.csv.gz")
    values, burdened = edition.percentages(), edition.names.index("HBURD")
    as_percent = edition.recomputed(values).percentile
    assert np.flatnonzero(
        [differing(a, b) for a, b in zip(as_percent.T, edition.published("EPL_").T, strict=True)]
    ) == [burdened]
    values[:, burdened] = edition.number("E_HBURD")
    found = edition.recomputed(values)
    assert differing(found.percentile, edition.published("EPL_")) == 0
    assert differing(found.overall_rank, edition.number("RPL_THEMES")) == 0


def test_a_state_file_is_the_national_one_ranked_again_within_the_state(mirror: Path) -> None:
    for year in (2018, 2020):
        nation = Edition(mirror / "svi" / f"SVI_{year}_US_county.csv.gz")
        state = Edition(mirror / "svi" / "state_ranked_pa_county" / f"{year}svi_pa_co_cdc.csv.gz")
        nation.rows = nation.rows.filter(pl.col("FIPS").str.starts_with("42")).sort("FIPS")
        state.rows = state.rows.sort("FIPS")
        within = nation.recomputed(nation.percentages()).overall_rank
        assert differing(within, state.number("RPL_THEMES")) == 0
        assert differing(within, nation.number("RPL_THEMES")) > 60


OLDER = {
    "SVI_2014_US_county": (2833, [281, 273, 142, 209, 209]),
    "SVI_2016_US_county": (2835, [304, 653, 372, 480, 181]),
    "state_ranked_pa_county/2014svi_pa_co_cdc": (43, [5, 6, 3, 3, 4]),
    "state_ranked_pa_county/2016svi_pa_co_cdc": (43, [8, 12, 8, 8, 2]),
}
"""File → percentiles of limited English that cannot be had, and places whose rank of a sum differs."""


@pytest.mark.parametrize("name", OLDER)
def test_what_differs_in_2014_and_2016_is_one_percentage_and_ties(mirror: Path, name: str) -> None:
    path = mirror / "svi" / f"{name}.csv.gz"
    edition, (english, tied) = Edition(path), OLDER[name]
    values = edition.percentages()
    for share, whole in WHOLES.items():
        values[:, edition.names.index(share)] = edition.number(f"E_{share}") / edition.number(f"E_{whole}")
    found = edition.recomputed(values).percentile
    differences = {
        each: number
        for each, column in zip(edition.names, range(len(edition.names)), strict=True)
        if (number := differing(found[:, column], edition.number(f"EPL_{each}")))
    }
    assert differences == {"LIMENG": english}  # its denominator, people of five and older, is not in the file
    for theme, expected in zip([*THEME_NAMES, "THEMES"], tied, strict=True):
        sums, ranks = edition.number(f"SPL_{theme}"), edition.number(f"RPL_{theme}")
        others = np.isfinite(sums).sum() - 1
        lowest = percent_rank(sums)
        highest = 1 - percent_rank(-sums)
        assert differing(np.round(lowest, 4), ranks) == expected
        # Each rank is one that some place of the same sum may have: the publisher parted the tie.
        assert ((ranks >= np.round(lowest, 4) - 1e-9) & (ranks <= np.round(highest, 4) + 1e-9)).all()
        assert others == edition.rows.height - 1
