"""`lifegap lifetable` on files and exports in the forms in which people have them.

All are one example in other clothes: deaths 60, 12, 18, 75, 110, 160, 330, 700, 1,250, 1,900, 2,600 at ages 0,
1, 5, 15 to 85, whose expectation at birth is 79.88 by every way of computing it.
"""

import csv
import io
import json
from pathlib import Path

import duckdb
import pytest

from lifegap.catalog.tables import published_tables
from tests.conftest import FIXTURES, run_lifegap

OWN = FIXTURES / "own" / "lifetable"
WONDER = FIXTURES / "own" / "wonder"
E0 = 79.88


def _made(home: Path, file: Path, *options: str) -> tuple[list[dict[str, str]], str]:
    ended = run_lifegap("lifetable", str(file), "--format", "csv", *options, home=home)
    assert ended.returncode == 0, ended.stderr
    return list(csv.DictReader(io.StringIO(ended.stdout))), ended.stderr


def _refused(home: Path, file: Path) -> str:
    ended = run_lifegap("lifetable", str(file), home=home)
    assert ended.returncode == 2
    assert "OWN-FILE" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert ended.stdout == ""
    return ended.stderr


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("age_end_inclusive", ""),
        ("age_label_beside_age_start", "Not used: age_group."),
        ("blank_rows_at_end", "2 blank rows"),
        ("columns_of_a_life_table", "Not used: mx, ax"),
        ("note_in_one_row", "Not used: note."),
        ("rate_column", "Not used: rate_per_100k."),
        ("row_number_column", "Not used: without a name (column 1)."),
        ("semicolons", ""),
        ("total_row", "Line 13: of a total, left out."),
    ],
)
def test_a_file_with_more_than_is_needed_gives_its_table(name: str, said: str, tmp_path: Path) -> None:
    rows, told = _made(tmp_path, OWN / f"{name}.csv")
    assert round(float(rows[0]["ex"]), 2) == E0
    assert len(rows) == 11
    assert said in told
    assert "The last band is closed by its own death rate" in told


def test_a_column_that_stands_twice_is_refused(tmp_path: Path) -> None:
    assert "deaths more than once" in _refused(tmp_path, OWN / "column_twice.csv")


def test_a_missing_band_is_named_and_refused(tmp_path: Path) -> None:
    rows, said = _made(tmp_path, OWN / "band_missing_without_age_end.csv")
    assert {row["reason"] for row in rows} == {"not_computable:age_band_missing"}
    assert "ages 65 to 85" in said


def test_a_first_band_of_65_years_is_said_to_be_lived_half(tmp_path: Path) -> None:
    rows, said = _made(tmp_path, OWN / "first_band_0_to_64.csv")
    assert float(rows[0]["ax"]) == 0.5
    assert "reaches to 65" in said


def test_life_expectancy_at_65_is_a_table_of_its_own(tmp_path: Path) -> None:
    rows, said = _made(tmp_path, OWN / "from_65.csv")
    assert round(float(rows[0]["ex"]), 2) == 20.26
    assert "begin at 65" in said


def test_nothing_is_told_where_nobody_survives(tmp_path: Path) -> None:
    rows, _ = _made(tmp_path, OWN / "nobody_survives_75.csv")
    late = [row for row in rows if float(row["age_start"]) >= 75]
    assert {row["reason"] for row in late} == {"not_computable:nobody_survives"}
    assert not any(row["ex"] or row["ci_low"] for row in late)


def test_labels_are_ages_and_an_unknown_one_refuses_its_group_alone(tmp_path: Path) -> None:
    text = (OWN / "total_row.csv").read_text(encoding="utf-8")
    body = text.split("\n", 1)[1].replace("X,", "Y,").replace("Y,85,", "Y,85+,").replace("Y,1,", "Y,1-4,")
    other = text.split("\n", 1)[1].replace("X,", "Z,").replace("Z,15,", "Z,adults,")
    file = tmp_path / "own.csv"
    file.write_text(text + body.replace("Y,,", "Y,All ages,") + other, encoding="utf-8")
    rows, said = _made(tmp_path, file)
    births = {row["area"]: row["ex"] for row in rows if row["age_start"] == "0.0"}
    assert round(float(births["X"]), 2) == round(float(births["Y"]), 2) == E0
    assert births["Z"] == ""
    assert "29 (adults), 37: without an age that is known" in said


def test_further_columns_tell_groups_apart_when_they_are_named(tmp_path: Path) -> None:
    text = (OWN / "semicolons.csv").read_text(encoding="utf-8").splitlines()
    lines = [f"district;{text[0]}", *(f"a;{each}" for each in text[1:]), *(f"b;{each}" for each in text[1:])]
    file = tmp_path / "own.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    rows, _ = _made(tmp_path, file, "--by", "district")
    assert [row["district"] for row in rows if row["age_start"] == "0.0"] == ["a", "b"]
    ignored, _ = _made(tmp_path, file)
    assert {row["reason"] for row in ignored} == {"not_computable:age_bands"}
    ended = run_lifegap("lifetable", str(file), "--by", "county", home=tmp_path)
    assert (ended.returncode, "no column county" in ended.stderr) == (2, True)


@pytest.mark.parametrize(
    ("name", "place", "years", "group"),
    [
        ("age_only_with_total.txt", "Wayne County, MI", ("2016", "2020"), "all"),
        ("comma_export_2026.csv", "Michigan", ("2018", "2023"), "all"),
        ("county_age.txt", "Wayne County, MI", ("1999", "2020"), "all"),
        ("filter_one_state.txt", "Illinois", ("2019", "2019"), "all"),
        ("filter_region.txt", "Census Regions: Census Region 2: Midwest (CENS-R2)", ("2019", "2019"), "all"),
        ("filter_single_race.txt", "United States", ("2019", "2019"), "race:Black or African American"),
        ("hispanic_age.txt", "United States", ("1999", "2020"), "hispanic_origin:Hispanic or Latino"),
        ("provisional_year.txt", "United States", ("2025", "2025"), "all"),
        ("sex_age.txt", "United States", ("1999", "2020"), "sex:Female"),
        ("single_race_age.txt", "United States", ("2018", "2023"), "race:Asian"),
        ("state_age.txt", "Michigan", ("1999", "2020"), "all"),
        ("with_limits_of_rate.txt", "United States", ("2019", "2019"), "all"),
        ("without_rate.txt", "United States", ("2019", "2019"), "all"),
        ("year_then_age.txt", "United States", ("2019", "2019"), "all"),
    ],
)
def test_an_export_of_any_grouping_says_what_it_is_about(
    name: str, place: str, years: tuple[str, str], group: str, tmp_path: Path
) -> None:
    rows, said = _made(tmp_path, WONDER / name)
    assert round(float(rows[0]["ex"]), 2) == E0
    first = rows[0]
    assert (first["place"], first["period_start"], first["period_end"]) == (place, *years)
    assert first["population_group"] == group
    assert ("are pooled" in said) == (years[0] != years[1])
    if "provisional" in name:
        assert first["status"] == "provisional"


def test_five_year_ages_with_people_to_the_end_are_a_table(tmp_path: Path) -> None:
    rows, _ = _made(tmp_path, WONDER / "five_year_ages.txt")
    assert round(float(rows[0]["ex"]), 1) == 79.7


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("one_cause.txt", "limited to ICD-10 Codes: C00-C97 (Malignant neoplasms)"),
        ("filter_injury.txt", "limited to Injury Intent: Homicide"),
        ("footer_removed.txt", "no line --- after the last row"),
    ],
)
def test_an_export_that_is_not_of_all_deaths_or_not_whole_is_refused(
    name: str, said: str, tmp_path: Path
) -> None:
    assert said in _refused(tmp_path, WONDER / name)


def test_an_export_of_some_places_of_death_is_refused(tmp_path: Path) -> None:
    text = (WONDER / "year_then_age.txt").read_text(encoding="utf-8")
    file = tmp_path / "hospice.txt"
    file.write_text(
        text.replace('"Group By', '"Place of Death: Hospice facility"\n"Group By'), encoding="utf-8"
    )
    assert "Place of Death (Hospice facility)" in _refused(tmp_path, file)


def test_people_that_are_not_published_are_not_zero(tmp_path: Path) -> None:
    rows, _ = _made(tmp_path, WONDER / "population_not_applicable.txt")
    assert {row["reason"] for row in rows} == {"not_published:population"}


def test_a_year_that_is_not_over_has_no_table_and_others_end_at_85(tmp_path: Path) -> None:
    name = "wonder_provisional_us_hispanic_deaths_by_year_age5_20220716.txt"
    rows, said = _made(tmp_path, FIXTURES / "cdc_wonder" / name)
    reasons = {
        year: {row["reason"] for row in rows if row["period_start"] == year} for year in ("2020", "2022")
    }
    assert reasons == {"2020": {"not_published:population"}, "2022": {"not_computable:partial_year"}}
    last = [row for row in rows if row["period_start"] == "2020"][-1]
    assert (last["age_start"], last["ex"], last["qx"]) == ("85.0", "", "")
    assert float(last["lx"]) > 40_000
    assert "No people from 85 on" in said


def test_the_table_on_a_terminal_has_digits_that_carry_its_numbers(tmp_path: Path) -> None:
    shown = run_lifegap("lifetable", str(OWN / "semicolons.csv"), home=tmp_path).stdout.splitlines()
    q = [line.split()[1] for line in shown[2:]]
    assert q[:3] == ["0.0057", "0.0012", "0.0017"]
    assert not any(each in ("0.00", "-0.00") for each in q)


def _release(home: Path) -> None:
    """A release of a nation's table and nothing else."""
    folder = home / "releases" / "20260101T000000Z-abc"
    folder.mkdir(parents=True)
    (folder / "release.json").write_text(
        json.dumps({"release_id": folder.name, "content_hash": "", "tables": {}}), encoding="utf-8"
    )
    with duckdb.connect(str(folder / "lifegap.duckdb")) as database:
        database.execute("CREATE SCHEMA published")
        for table in published_tables():
            database.execute(table.create_sql("published", constrained=False))
        database.execute(
            """
            INSERT INTO published.place BY NAME SELECT 'nation:us' AS place_id, 'United States' AS name,
                'nation' AS place_type;
            INSERT INTO published.life_table BY NAME SELECT 'nation:us' AS place_id, y AS period_start,
                y AS period_end, 'nchs_life_tables' AS source_id, 'all' AS population_group, 85 AS age_start,
                ex, NULL::DOUBLE AS se FROM (VALUES (2010, 6.5), (2014, 6.7), (2018, 6.8)) AS t(y, ex);
            """
        )
    (home / "latest").symlink_to(folder)


@pytest.mark.parametrize(("year", "years"), [("2014", 6.7), ("2012", 6.5), ("2017-2020", 6.8)])
def test_the_last_band_is_closed_by_the_standard_of_the_nearest_year(
    year: str, years: float, tmp_path: Path
) -> None:
    _release(tmp_path)
    lines = (OWN / "semicolons.csv").read_text(encoding="utf-8").splitlines()
    file = tmp_path / "own.csv"
    file.write_text(
        "\n".join([f"year;{lines[0]}", *(f"{year};{line}" for line in lines[1:])]), encoding="utf-8"
    )
    rows, said = _made(tmp_path, file, "--open-band", "United States", "--home", str(tmp_path))
    assert float(rows[-1]["ex"]) == pytest.approx(years)
    plain, _ = _made(tmp_path, file)
    change = float(rows[0]["ex"]) - float(plain[0]["ex"])
    assert f"by {change:+.2f} years" in said
    survivors = float(plain[-1]["lx"]) / 100_000
    assert change == pytest.approx(survivors * (years - float(plain[-1]["ex"])))
    assert rows[0]["method"].startswith("life_table, open band of nation:us 20")


def test_a_table_without_people_from_85_on_is_closed_by_a_standard(tmp_path: Path) -> None:
    _release(tmp_path)
    name = "wonder_provisional_us_hispanic_deaths_by_year_age5_20220716.txt"
    rows, _ = _made(
        tmp_path, FIXTURES / "cdc_wonder" / name, "--open-band", "nation:us", "--home", str(tmp_path)
    )
    first = next(row for row in rows if row["period_start"] == "2020")
    assert 75 < float(first["ex"]) < 82
    assert {row["reason"] for row in rows if row["period_start"] == "2020"} == {""}


@pytest.mark.parametrize("standard", ["Mars", "nation:us/sex:female"])
def test_a_standard_that_is_not_there_is_one_message(standard: str, tmp_path: Path) -> None:
    _release(tmp_path)
    ended = run_lifegap("lifetable", str(OWN / "semicolons.csv"), "--open-band", standard, home=tmp_path)
    assert ended.returncode == 2
    assert "UNKNOWN-NAME" in ended.stderr


def test_a_standard_takes_the_open_band_out_of_a_difference(tmp_path: Path) -> None:
    _release(tmp_path)
    deaths = [60, 12, 18, 75, 110, 160, 330, 700, 1250, 1900, 2600]
    lines = ["age_start,deaths_1,population_1,deaths_2,population_2"]
    for age, count in zip([0, 1, *range(5, 90, 10)], deaths, strict=True):
        lines.append(f"{age},{count},50000,{count * 0.8:g},50000")
    file = tmp_path / "own.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    ended = run_lifegap("decompose", str(file), "--open-band", "nation:us", "--format", "csv", home=tmp_path)
    assert ended.returncode == 0, ended.stderr
    rows = list(csv.DictReader(io.StringIO(ended.stdout)))
    assert float(rows[-1]["years"]) == pytest.approx(0, abs=1e-9)
    assert "no part in it" in ended.stderr
