"""Deaths that a coalition counts: what is made of them, and that no hidden count follows from what is published."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from scipy.optimize import linprog

from assets.analyses.parts_of_death_tables import OTHER, parts_of_death_tables
from assets.indicators.life_expectancy_gap import SERIES as GAP_SERIES
from assets.indicators.life_table_of_deaths import life_table_of_deaths
from assets.published.provenance import life_table_input
from assets.table import registered
from assets.warehouse.coalition_death import SERIES, attributes, coalition_death
from assets.warehouse.death_band import COLUMNS
from lifegap.catalog.catalog import Catalog
from lifegap.methods.mortality.deaths import life_tables_of_deaths
from tests.assets.own_files import COALITION, PLACES, REFERENCE, catalog_of, table_of
from tests.assets.slices import nothing

AGES = (0, 1, 5, 15, 25, 35, 45, 55, 65, 75, 85)
RATES = (0.0058, 0.00025, 0.00013, 0.0007, 0.0011, 0.0017, 0.004, 0.0086, 0.018, 0.046, 0.134)
SHARES = (0.012, 0.049, 0.13, 0.135, 0.14, 0.13, 0.13, 0.12, 0.08, 0.05, 0.024)
CAUSES = {"heart": 0.3, "cancer": 0.25, "injury": 0.08}
ONE, TWO = PLACES
FOOTPRINT = f"footprint:{COALITION}"
BIG, SMALL = 6_000_000, 14_000
HEAD = "place_id,period_start,period_end,population_group,cause,age_start,deaths,population\n"
THRESHOLD = 10


def drawn_file(people: dict[str, int], *, seed: int, causes: bool = False, sexes: bool = False) -> str:
    """Deaths of two years, and of both together: drawn anew for each place, group and cause."""
    draw = np.random.default_rng(seed)
    lines = []
    for place, number in people.items():
        for at, age in enumerate(AGES):
            persons = number * SHARES[at]
            groups = ("sex:female", "sex:male") if sexes else ("all",)
            whole: dict[tuple[str, str, int], int] = {}
            for year in (2019, 2020):
                for group in groups:
                    size = persons / len(groups)
                    parts = {
                        cause: int(draw.poisson(RATES[at] * share * size)) for cause, share in CAUSES.items()
                    }
                    rest = int(draw.poisson(RATES[at] * (1 - sum(CAUSES.values())) * size))
                    counts = {"": sum(parts.values()) + rest} | (parts if causes else {})
                    for cause, deaths in counts.items():
                        for of in {group, "all"}:
                            whole[of, cause, year] = whole.get((of, cause, year), 0) + deaths
            for (group, cause, year), deaths in whole.items():
                size = persons if group == "all" else persons / 2
                lines.append(f"{place},{year},{year},{group},{cause},{age},{deaths},{size:.1f}")
            for group, cause in {(group, cause) for group, cause, _ in whole}:
                both = whole[group, cause, 2019] + whole[group, cause, 2020]
                size = 2 * (persons if group == "all" else persons / 2)
                lines.append(f"{place},2019,2020,{group},{cause},{age},{both},{size:.1f}")
    return HEAD + "\n".join(lines) + "\n"


def _own(folder: Path, text: str) -> tuple[pl.DataFrame, Catalog]:
    catalog = catalog_of(folder / "own", deaths=text)
    own, _ = table_of(catalog, "coalition_death", folder / "home")
    return coalition_death(own, catalog), catalog


def _bands(own: pl.DataFrame) -> pl.DataFrame:
    made = registered()["warehouse.death_band"].make(
        nothing("sources.illinois_death").pl(), nothing("warehouse.observation"), own
    )
    assert isinstance(made, pl.DataFrame)
    assert made.columns == list(COLUMNS)
    return made


def _counts(own: pl.DataFrame) -> pl.DataFrame:
    made = registered()["warehouse.death_count"].make(nothing("sources.wonder_death"), own)
    assert isinstance(made, pl.DataFrame)
    return made


@pytest.fixture(params=[1, 2, 3])
def mixed(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[pl.DataFrame, Catalog]:
    """Two small places and a large one, by sex and cause, year by year and together."""
    people = {ONE: SMALL, TWO: 2 * SMALL, REFERENCE: BIG}
    return _own(tmp_path, drawn_file(people, seed=request.param, causes=True, sexes=True))


def test_members_are_added_up_to_their_footprint(tmp_path: Path) -> None:
    own, _ = _own(tmp_path, drawn_file({ONE: SMALL, TWO: SMALL}, seed=4))
    total = own.group_by("place_id").agg(pl.col("deaths", "population").sum()).sort("place_id")
    parts = total.filter(pl.col("place_id") != FOOTPRINT).select(pl.col("deaths", "population").sum())
    whole = total.filter(pl.col("place_id") == FOOTPRINT)
    assert whole["deaths"].to_list() == parts["deaths"].to_list()
    assert whole["population"].to_list() == pytest.approx(parts["population"].to_list())


def test_all_deaths_are_the_sum_of_causes_where_the_file_has_causes_alone(tmp_path: Path) -> None:
    rows = "".join(
        f"{ONE},2020,2020,,{cause},{age},{deaths},{people}\n"
        for age, people in ((0, 5000), (5, 90000))
        for cause, deaths in (("heart", 20 + age), ("cancer", 30))
    )
    own, _ = _own(tmp_path, HEAD + rows)
    whole = own.filter(pl.col("cause") == "all").sort("age_start")
    assert whole.select("deaths", "population", "age_end", "source_rows").rows() == [
        (50, 5000.0, 5, "1, 2"),
        (55, 90000.0, None, "3, 4"),
    ]


def test_no_small_count_is_in_a_published_table(mixed: tuple[pl.DataFrame, Catalog]) -> None:
    own, catalog = mixed
    assert own.filter(pl.col("deaths") < THRESHOLD).height > 100
    assert own.filter("shown").height > 50
    assert _counts(own).filter(pl.col("deaths") < THRESHOLD).is_empty()
    band = _bands(own)
    assert life_table_input(band).filter(pl.col("deaths") < THRESHOLD).is_empty()
    tables = life_table_of_deaths(band, catalog).filter("bands_shown", pl.col("mx").is_not_null())
    assert tables.height > 0
    assert tables.filter(pl.col("mx") * pl.col("person_years") < THRESHOLD - 0.5).is_empty()


def test_no_published_set_of_figures_lets_a_hidden_count_be_computed(
    mixed: tuple[pl.DataFrame, Catalog],
) -> None:
    """The published counts, and death rates times people, with every sum that holds among the true counts."""
    own, catalog = mixed
    band = _bands(own)
    published = {
        (*row[:-1],): row[-1]
        for frame in (
            _counts(own).drop_nulls("deaths").select(*SERIES, "age_start", "deaths"),
            life_table_input(band).with_columns(cause=pl.lit("all")).select(*SERIES, "age_start", "deaths"),
            life_table_of_deaths(band, catalog)
            .filter("bands_shown", pl.col("mx").is_not_null())
            .with_columns(
                cause=pl.lit("all"), deaths=(pl.col("mx") * pl.col("person_years")).round().cast(pl.Int64)
            )
            .select(*SERIES, "age_start", "deaths"),
        )
        for row in frame.rows()
    }
    truth = {tuple(row[:-1]): row[-1] for row in own.select(*SERIES, "age_start", "deaths").rows()}
    assert all(truth[cell] == deaths for cell, deaths in published.items())
    looked_at = 0
    for age in (0, 15, 45, 75, 85):
        cells = [cell for cell in truth if cell[-1] == age]
        equal, right = _true_sums(cells, truth)
        bounds = [(published[cell],) * 2 if cell in published else (0, None) for cell in cells]
        bounds += [(0, None)] * (equal.shape[1] - len(cells))
        for at, cell in enumerate(cells):
            if cell not in published and truth[cell] < THRESHOLD:
                aim = np.eye(equal.shape[1])[at]
                low, high = (linprog(sign * aim, A_eq=equal, b_eq=right, bounds=bounds) for sign in (1, -1))
                assert low.status == 0, low.message
                assert high.status == 3 or -high.fun - low.fun >= 1, cell
                looked_at += 1
    assert looked_at > 20


def _true_sums(cells: list[tuple], truth: dict[tuple, int]) -> tuple[np.ndarray, np.ndarray]:
    """Every sum among the true counts that the columns themselves imply; what is left over is unknown too."""
    places = {cell: at for at, cell in enumerate(cells)}
    sums: list[tuple[tuple, list[tuple], bool]] = []
    for cell in cells:
        source, place, group, start, end, cause, age = cell
        if cause == "all":
            parts = [other for other in cells if other[:5] == cell[:5] and other[5] != "all"]
            sums.append((cell, parts, True))
        if group == "all":
            parts = [(source, place, f"sex:{sex}", start, end, cause, age) for sex in ("female", "male")]
            sums.append((cell, parts, False))
        if start < end:
            parts = [(source, place, group, year, year, cause, age) for year in range(start, end + 1)]
            sums.append((cell, parts, False))
        if place == FOOTPRINT:
            sums.append((cell, [(source, each, group, start, end, cause, age) for each in PLACES], False))
    rests = sum(rest for *_, rest in sums)
    equal = np.zeros((len(sums), len(cells) + rests))
    rest_at = len(cells)
    for row, (total, parts, rest) in enumerate(sums):
        assert sum(truth[part] for part in parts) <= truth[total]
        equal[row, [places[part] for part in parts]] = 1
        equal[row, places[total]] = -1
        if rest:
            equal[row, rest_at] = 1
            rest_at += 1
    return equal, np.zeros(len(sums))


def test_a_rounded_life_expectancy_is_that_of_many_tables(tmp_path: Path) -> None:
    """For every band, other counts than the true one give the same published figures, with the people known."""
    own, catalog = _own(tmp_path, drawn_file({ONE: SMALL, TWO: SMALL, REFERENCE: BIG}, seed=7))
    tables = life_table_of_deaths(_bands(own), catalog)
    series = ["place_id", "period_start", "period_end"]
    at_birth = tables.filter(pl.col("age_start") == 0, ~pl.col("bands_shown"), pl.col("ex").is_not_null())
    assert at_birth.height >= 6
    draw = np.random.default_rng(11)
    draws = 12000
    for place, start, end, ex, se in at_birth.select(*series, "ex", "se").rows():
        assert (round(ex, 1), round(se, 2)) == (ex, se)
        true = own.filter(
            pl.col("place_id") == place, pl.col("period_start") == start, pl.col("period_end") == end
        ).sort("age_start")
        other = draw.poisson(np.maximum(true["deaths"].to_numpy(), 0.5), (draws, len(AGES)))
        made = life_tables_of_deaths(
            pl.DataFrame(
                {
                    "draw": np.repeat(np.arange(draws), len(AGES)),
                    "age_start": np.tile(AGES, draws),
                    "deaths": other.ravel().astype(float),
                    "population": np.tile(true["population"].to_numpy(), draws),
                }
            ),
            ["draw"],
        ).filter(pl.col("age_start") == 0)
        same = made.filter(pl.col("ex").round(1) == ex, (pl.col("se") - se).abs() < 0.03)["draw"].to_numpy()
        assert len(same) > 20
        assert all(len(set(other[same, band])) > 1 for band in range(len(AGES)))


def test_of_few_bands_not_even_a_rounded_life_expectancy_is_told(tmp_path: Path) -> None:
    rows = f"{ONE},2020,2020,,,0,5,2000\n{ONE},2020,2020,,,5,40,10000\n{ONE},2020,2020,,,65,90,3000\n"
    own, catalog = _own(tmp_path, HEAD + rows)
    (row,) = life_table_of_deaths(_bands(own), catalog).filter(pl.col("age_start") == 0).to_dicts()
    assert (row["ex"], row["se"], row["ci_low"], row["reason"]) == (None, None, None, "withheld:small_count")


def test_a_table_that_may_be_shown_is_the_exact_one(tmp_path: Path) -> None:
    own, catalog = _own(tmp_path, drawn_file({ONE: BIG, TWO: BIG, REFERENCE: BIG}, seed=5))
    assert own["shown"].all()
    made = life_table_of_deaths(_bands(own), catalog).filter(
        pl.col("place_id") == ONE, pl.col("period_end") == 2019, pl.col("age_start") == 0
    )
    mine = own.filter(pl.col("place_id") == ONE, pl.col("period_end") == 2019)
    plain = life_tables_of_deaths(mine.select("age_start", "deaths", "population"), [])
    assert made["ex"][0] == pytest.approx(plain["ex"][0], abs=1e-12)
    assert made["note"][0] == "Deaths and people of 2019 as the coalition counts them."


def _parts(own: pl.DataFrame, catalog: Catalog, place: str) -> pl.DataFrame:
    table = life_table_of_deaths(_bands(own), catalog).filter(
        pl.col("age_start") == 0, pl.col("ex").is_not_null()
    )
    one = table.filter(pl.col("place_id") == place, pl.col("population_group") == "all")
    two = table.filter(pl.col("place_id") == REFERENCE).select(*GAP_SERIES[:4], "population_group", of="ex")
    comparisons = one.join(two, on=["source_id", "vintage", "period_start", "period_end", "population_group"]).select(
        "source_id", "vintage", "period_start", "period_end", "population_group", "reliability", "reason", "cautions",
        coalition_id=pl.lit(COALITION), place_id=pl.lit(place), reference_place_id=pl.lit(REFERENCE),
        reference_group=pl.lit("all"), method=pl.lit("life_table"), gap=pl.col("of") - pl.col("ex"),
        p_value=pl.lit(0.0),
    )  # fmt: skip
    return parts_of_death_tables(comparisons, _bands(own), own)


def test_parts_by_age_and_by_cause_sum_to_the_gap(tmp_path: Path) -> None:
    own, catalog = _own(
        tmp_path, drawn_file({ONE: 4 * BIG, TWO: 4 * BIG, REFERENCE: 4 * BIG}, seed=6, causes=True)
    )
    parts = _parts(own, catalog, ONE)
    assert own.filter(pl.col("place_id") == ONE)["shown"].all()
    assert parts["withheld"].is_null().all()
    sums = parts.group_by("period_start", "period_end", "dimension").agg(
        pl.col("years").sum(), pl.col("gap").first()
    )
    assert sums.height == 6
    assert sums["years"].to_list() == pytest.approx(sums["gap"].to_list(), abs=1e-9)
    causes = parts.filter(pl.col("dimension") == "cause")["cause"].unique().sort().to_list()
    assert causes == ["cancer", "heart", "injury", OTHER]


def test_of_a_hidden_series_years_by_age_are_withheld_and_years_by_cause_rounded(
    mixed: tuple[pl.DataFrame, Catalog],
) -> None:
    own, catalog = mixed
    parts = _parts(own, catalog, ONE)
    by_age = parts.filter(pl.col("dimension") == "age")
    assert by_age.height > 0
    assert by_age["years"].is_null().all()
    assert by_age["withheld"].unique().to_list() == ["withheld:small_count"]
    by_cause = parts.filter(pl.col("dimension") == "cause")
    assert by_cause.height > 0
    assert (by_cause["years"].round(1) == by_cause["years"]).all()
    assert by_cause.filter(pl.col("deaths") < THRESHOLD).is_empty()
    apart = by_cause.group_by("period_start", "period_end").agg(
        pl.col("years").sum(), pl.col("gap").first(), pl.len()
    )
    assert ((apart["years"] - apart["gap"]).abs() <= 0.05 * (apart["len"] + 2)).all()


@pytest.mark.parametrize(
    ("group", "attributes_of_it"),
    [
        ("all", {}),
        ("race:black", {"race": "black"}),
        ("race_sex:black_female", {"race": "black", "sex": "female"}),
    ],
)
def test_groups_within_groups_are_known_by_what_their_people_share(
    group: str, attributes_of_it: dict[str, str]
) -> None:
    assert attributes(group) == attributes_of_it
