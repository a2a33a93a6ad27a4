"""Why the median of a whole is not made of the medians of its parts. Needs LIFEGAP_MIRROR."""

import gzip
from pathlib import Path

import polars as pl
import pytest

pytestmark = [pytest.mark.mirror, pytest.mark.xdist_group("mirror")]

FILE = "ACSST5Y2019.S1901-Data.csv.gz"


def _households(path: Path) -> pl.DataFrame:
    """Code, households and median household income of each place of the survey's table S1901."""
    text = gzip.decompress(path.read_bytes())
    rows = pl.read_csv(text, infer_schema=False, skip_rows_after_header=1)
    numbers = {"households": "S1901_C01_001E", "median": "S1901_C01_012E"}
    return rows.select(
        "GEO_ID",
        *(pl.col(cell).cast(pl.Float64, strict=False).alias(name) for name, cell in numbers.items()),
    ).drop_nulls()


def test_the_mean_of_tract_medians_is_far_above_the_county_s_own_median(mirror: Path) -> None:
    tracts = _households(mirror / "census" / "tract_cook_il" / FILE)
    counties = _households(mirror / "census" / "county" / FILE)
    cook = counties.filter(pl.col("GEO_ID") == "0500000US17031")["median"].item()
    households = pl.col("households")
    mean = tracts.select((households * pl.col("median")).sum() / households.sum()).item()
    assert (tracts.height, cook) == (1312, 64_660)
    assert 100 * (mean / cook - 1) == pytest.approx(11.3, abs=0.05)
