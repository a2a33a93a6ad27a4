"""County Health Rankings recomputed: z-scores and ranks of 2010 and 2011 from the measures, sums and ranks of all years.

Needs LIFEGAP_MIRROR. What had to be known to come out exactly, beside the weights of the relational files:

- z is within the ranked counties of a state, by the sample standard deviation, cut at 3 only where at most 20,000
  people live (the people behind the chlamydia rate); a missing measure counts as the state's mean.
- A county whose premature death is unreliable has z = 0 in it and is left out of mean and deviation.
- No healthy food at all is taken as missing in counties of more than 5,000 people, and as 0 in smaller ones.
- Primary care (v004) was corrected after the rankings were made, and the county files hold the corrected value:
  its z cannot be had from them.
"""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from lifegap.methods.arrays import Floats
from lifegap.methods.standing.composite import Mask, z_scores
from lifegap.methods.standing.ranks import ranks
from lifegap.methods.surveys.intervals import Z95

pytestmark = pytest.mark.mirror

ONE_COUNTY = "11"
"""The District of Columbia is its only county, so that it has no z."""

FEW_PEOPLE, VERY_FEW_PEOPLE = 20_000, 5_000
ACCESS_TO_CARE, LENGTH_OF_LIFE, OUTCOMES, FACTORS = "3", "1", "1", "2"
PEOPLE = "v045_denominator"
YEARS = range(2010, 2024)


def relational(mirror: Path, name: str) -> pl.DataFrame:
    return pl.read_csv(mirror / "chr" / "relational" / f"{name}.csv.gz", infer_schema=False, null_values="NA")


def scores(mirror: Path, kind: str, year: int) -> pl.DataFrame:
    """id, state, county, z and rank of one kind of score: category, factor or focus_area."""
    return relational(mirror, f"{year}/t_{kind}_data_{year}").select(
        id=f"{kind}_id",
        state="state_fips",
        county=pl.col("state_fips") + pl.col("county_fips"),
        z=pl.col("z_score").cast(pl.Float64),
        rank=pl.col("rank").cast(pl.Float64).replace(999, None),
    )


class Release:
    """The measures of one release and what its scores are made of."""

    def __init__(self, mirror: Path, year: int) -> None:
        path = mirror / "chr" / "analytic" / f"analytic_data{year}.csv.gz"
        self.official = {kind: scores(mirror, kind, year) for kind in ("category", "factor", "focus_area")}
        outcomes = self.official["category"].filter(pl.col("id") == OUTCOMES, pl.col("rank").is_not_null())
        counties = pl.read_csv(path, infer_schema=False, skip_rows=1).unique("fipscode", maintain_order=True)
        self.counties = counties.filter(pl.col("fipscode").is_in(outcomes["county"].to_list())).sort(
            "fipscode"
        )
        self.state = self.counties["statecode"].to_numpy()
        self.measures = (
            relational(mirror, "t_measure")
            .filter(pl.col("year") == str(year), pl.col("measure_type") == "0")
            .select(
                measure=pl.col("measure_id").map_elements(lambda code: f"v{int(code):03d}", pl.String),
                focus_area_id="measure_parent",
                weight=pl.col("direction").cast(pl.Float64)
                * pl.col("weight_numerator").cast(pl.Float64)
                / pl.col("weight_denominator").cast(pl.Float64),
            )
            .join(
                relational(mirror, "t_focus_area")
                .filter(pl.col("year") == str(year))
                .select("focus_area_id", factor_id="focus_area_parent"),
                on="focus_area_id",
            )
            .join(
                relational(mirror, "t_factor")
                .filter(pl.col("year") == str(year))
                .select("factor_id", category_id="factor_parent"),
                on="factor_id",
            )
            .sort("measure")
        )

    def number(self, column: str) -> Floats:
        return self.counties[column].str.strip_chars().cast(pl.Float64, strict=False).to_numpy()

    def z_of(self, kind: str, which: str) -> Floats:
        """The official z of a score, in the order of the counties."""
        scored = self.official[kind].filter(id=which)
        return self.counties.join(scored, left_on="fipscode", right_on="county", how="left")["z"].to_numpy()

    def rank_of(self, kind: str, which: str) -> Floats:
        scored = self.official[kind].filter(id=which)
        return self.counties.join(scored, left_on="fipscode", right_on="county", how="left")[
            "rank"
        ].to_numpy()

    def weighted(self) -> Floats:
        """(counties, measures): direction · weight · z of every measure, 0 where it is missing."""
        values = np.column_stack([self.number(f"{code}_rawvalue") for code in self.measures["measure"]])
        codes, people = self.measures["measure"].to_list(), self.number(PEOPLE)
        values[self.unreliable(), codes.index("v001")] = np.nan
        food = values[:, codes.index("v030")]
        food[(food == 0) & (people > VERY_FEW_PEOPLE)] = np.nan
        found = np.zeros_like(values)
        for state in np.unique(self.state):
            here = self.state == state
            found[here] = np.nan_to_num(z_scores(values[here], capped=people[here] <= FEW_PEOPLE))
        return found * self.measures["weight"].to_numpy()

    def unreliable(self) -> Mask:
        """Where the official length of life is just the mean: no file of these years says so otherwise."""
        return (self.z_of("factor", LENGTH_OF_LIFE) == 0) & (self.state != ONE_COUNTY)

    def ranked(self, score: Floats) -> Floats:
        found = np.zeros_like(score)
        for state in np.unique(self.state):
            found[self.state == state] = ranks(score[self.state == state], "lowest")
        return found


@pytest.fixture(scope="module", params=[2010, 2011])
def release(mirror: Path, request: pytest.FixtureRequest) -> Release:
    return Release(mirror, request.param)


def off(ours: Floats, theirs: Floats) -> int:
    return int((np.abs(ours - theirs) > 1e-8).sum())


def test_every_focus_area_comes_out_but_access_to_care(release: Release) -> None:
    weighted, checked = release.weighted(), 0
    for (area,), measures in release.measures.with_row_index().group_by("focus_area_id"):
        found = weighted[:, measures["index"].to_numpy()].sum(axis=1)
        differing = off(found, release.z_of("focus_area", str(area)))
        checked += 1
        if area == ACCESS_TO_CARE:
            assert differing == 3010
        else:
            assert differing == 0, area
    assert checked == 15
    assert len(release.state) == 3017


def test_health_outcomes_come_out_with_their_ranks(release: Release) -> None:
    outcomes = (release.measures["category_id"] == OUTCOMES).to_numpy()
    score = release.weighted()[:, outcomes].sum(axis=1)
    assert outcomes.sum() == 5
    assert off(score, release.z_of("category", OUTCOMES)) == 0
    assert (release.ranked(score) != release.rank_of("category", OUTCOMES)).sum() == 0


def test_health_factors_come_out_with_their_ranks_given_access_to_care(release: Release) -> None:
    """The weights sum to 1.05, so the scores would be 5 percent off if they were made to sum to 1."""
    other = (release.measures["category_id"] == FACTORS) & (
        release.measures["focus_area_id"] != ACCESS_TO_CARE
    )
    score = release.weighted()[:, other.to_numpy()].sum(axis=1) + release.z_of("focus_area", ACCESS_TO_CARE)
    assert off(score, release.z_of("category", FACTORS)) == 0
    assert (release.ranked(score) != release.rank_of("category", FACTORS)).sum() == 0


def test_the_district_that_is_alone_has_no_score_of_its_own(release: Release) -> None:
    assert release.weighted()[release.state == ONE_COUNTY].tolist() == [[0.0] * release.measures.height]


def test_primary_care_was_corrected_after_it_had_been_ranked(mirror: Path) -> None:
    for year in (2010, 2011):
        states = relational(mirror, f"{year}/t_state_data_years_{year}").filter(
            pl.col("measure_id") == "4", pl.col("state_fips") != "00"
        )
        used, corrected = (
            states.filter(correction=number).sort("state_fips")["raw_value"].cast(pl.Float64)
            for number in ("1", "2")
        )
        path = mirror / "chr" / "analytic" / f"analytic_data{year}.csv.gz"
        file = pl.read_csv(path, infer_schema=False, skip_rows=1).filter(
            pl.col("countycode") == "000", pl.col("statecode") != "00"
        )
        held = file.sort("statecode")["v004_rawvalue"].cast(pl.Float64).to_numpy()
        assert len(held) == 51
        np.testing.assert_allclose(held, corrected, rtol=1e-6)
        assert (np.abs(held / used.to_numpy() - 1) > 0.01).sum() == 51


def test_unreliable_premature_death_has_a_wide_interval_and_in_2011_some_wide_ones_were_used(
    mirror: Path,
) -> None:
    for year, unreliable, used in ((2010, 169, 0), (2011, 149, 21)):
        release = Release(mirror, year)
        low, high, value = (release.number(f"v001_{name}") for name in ("cilow", "cihigh", "rawvalue"))
        wide = (high - low) / (2 * Z95) / value > 0.211
        assert release.unreliable().sum() == unreliable
        assert (release.unreliable() & ~wide).sum() == 0
        assert (wide & ~release.unreliable()).sum() == used


@pytest.mark.parametrize("year", range(2010, 2026))
def test_categories_are_the_sums_of_their_factors_and_ranks_those_of_the_scores(
    mirror: Path, year: int
) -> None:
    parents = (
        relational(mirror, "t_factor").filter(year=str(year)).select(id="factor_id", parent="factor_parent")
    )
    category, factor = scores(mirror, "category", year), scores(mirror, "factor", year)
    sums = factor.join(parents, on="id").group_by("parent", "county").agg(total=pl.col("z").sum())
    both = category.drop_nulls("z").join(sums, left_on=["id", "county"], right_on=["parent", "county"])
    assert both.height > 6000
    assert (both["z"] - both["total"]).abs().max() < 1e-12  # pyright: ignore[reportOperatorIssue]
    wrong = ranked = 0
    for part in pl.concat([category, factor.with_columns(id="f" + pl.col("id"))]).partition_by("id", "state"):
        there = part.drop_nulls("rank")
        ranked += there.height
        wrong += (ranks(there["z"].to_numpy(), "lowest") != there["rank"].to_numpy()).sum()
    assert wrong == 0
    assert (ranked > 24_000) == (year in YEARS)
