"""Cards, indicators, coalitions: read, complete, and refused with a message when they are not."""

import shutil
from functools import cached_property
from pathlib import Path

import pytest

from lifegap.catalog.catalog import Catalog
from lifegap.catalog.coalitions import Member
from lifegap.catalog.watched import parts_of, watched
from lifegap.errors import InputError
from tests.conftest import CHECKOUT


def test_everything_that_is_declared_refers_to_something(catalog: Catalog) -> None:
    catalog.validate()


def test_every_source_of_the_spine_has_a_card(catalog: Catalog) -> None:
    assert {
        "nchs_usaleep", "chicago_life_expectancy", "chicago_health_atlas", "chicago_reported",
        "chicago_portal", "philadelphia_portal", "census_geography", "census_decennial",
        "census_acs5", "chr_rankings", "chr_measures",
    } <= set(catalog.cards)  # fmt: skip


def test_cards_say_what_a_source_may_be_used_for(catalog: Catalog) -> None:
    usaleep = catalog.cards["nchs_usaleep"].fitness
    assert not usaleep["trend"].allowed
    assert not usaleep["rank"].allowed
    assert not catalog.cards["chr_rankings"].fitness["trend"].allowed
    assert not any(card.fitness["evaluate_program"].allowed for card in catalog.cards.values())


def test_counts_beside_the_card_are_those_of_the_anchors(catalog: Catalog) -> None:
    rows = {listed.file: listed.rows or 0 for listed in catalog.cards["nchs_usaleep"].files}
    assert rows["US_A.CSV"] == 65_662
    assert (
        sum(count for name, count in rows.items() if name.endswith(("_B.CSV", "_B_1.CSV", "_B_2.CSV")))
        == 670_483
    )


def test_west_side_united_has_ten_members_and_one_reference(catalog: Catalog) -> None:
    coalition = catalog.coalitions["west-side-united"]
    assert len(coalition.members) == 10
    assert coalition.reference_ids == ("neighborhood:chicago-32",)
    assert coalition.target[0].percent == 50


def test_together_for_west_philadelphia_states_no_target(catalog: Catalog) -> None:
    coalition = catalog.coalitions["together-for-west-philadelphia"]
    assert coalition.target == ()
    assert coalition.target_statement
    assert list(coalition.stand_in_footprints) == ["footprint:together-for-west-philadelphia-zcta2010"]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of `data/`, without the bundle, that a test may break."""
    copy = tmp_path / "data"
    shutil.copytree(CHECKOUT / "data", copy, ignore=shutil.ignore_patterns("bundle"))
    return copy


def _refusal(data: Path) -> InputError:
    with pytest.raises(InputError) as refused:
        Catalog(data).validate()
    assert refused.value.exit_code == 2
    return refused.value


def test_the_smallest_coalition_of_the_contract_is_accepted(data: Path) -> None:
    (data / "coalitions" / "small.toml").write_text(
        'id = "small"\ntitle = "Small"\n[[place]]\nid = "neighborhood:chicago-26"\n'
        'references = ["neighborhood:chicago-32"]\n'
        '[[target]]\nid = "halve"\nadopted = 2018-05-17\nmetric = "life_expectancy_gap"\npercent = 50\n'
        'year = 2030\nstated_baseline = 16.0\nbaseline_period = "2010"\nsource = "slides"\n'
        '[[priority_area]]\nid = "education"\ntitle = "Education"\n'
        'indicators = ["adult_attainment_bachelors"]\n'
        '[[priority_area.data_needed]]\nid = "kindergarten_readiness"\nreason = "r"\nwhere = "w"\n',
        encoding="utf-8",
    )
    catalog = Catalog(data)
    catalog.validate()
    assert catalog.coalitions["small"].footprint_id == "footprint:small"


def test_a_key_that_is_not_known_is_named(data: Path) -> None:
    path = data / "coalitions" / "west-side-united.toml"
    path.write_text("color = 'blue'\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    refusal = _refusal(data)
    assert refusal.code == "DECLARATION"
    assert "color" in str(refusal)
    assert "west-side-united.toml" in str(refusal)


def test_broken_toml_names_file_and_line(data: Path) -> None:
    path = data / "indicators" / "education.toml"
    path.write_text("id = \n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert "line 1" in str(_refusal(data))


def test_an_indicator_nobody_declared_is_named(data: Path) -> None:
    path = data / "coalitions" / "west-side-united.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"poverty"', '"poverti"'), encoding="utf-8")
    assert "poverti" in str(_refusal(data))


def test_an_indicator_declared_twice_is_refused(data: Path) -> None:
    shutil.copy(data / "indicators" / "education.toml", data / "indicators" / "again.toml")
    assert "declared twice" in str(_refusal(data))


def test_a_card_without_a_fitness_is_refused(data: Path) -> None:
    path = data / "sources" / "nchs_usaleep.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("[fitness.rank]", "[fitness.compare]"), encoding="utf-8")
    assert "fitness" in str(_refusal(data))


def test_a_place_id_of_no_type_is_refused(data: Path) -> None:
    path = data / "coalitions" / "west-side-united.toml"
    text = path.read_text(encoding="utf-8").replace(
        'id = "neighborhood:chicago-26"', 'id = "Garfield Park"', 1
    )
    path.write_text(text, encoding="utf-8")
    assert "place" in str(_refusal(data))


@pytest.mark.parametrize(
    ("written", "instead", "said"),
    [
        ("    -inf, 10000, 15000,", "    -inf, 15000,", "one number for each of the intervals"),
        ("    -inf, 10000, 15000,", "    -inf, 15000, 10000,", "edges increase"),
        ("125000, 150000, 200000,", "125000, 150000, inf,", "only the first"),
        ("    -inf, 10000, 15000,", "    nan, 10000, 15000,", "edges increase"),
        ('"$10,000 to $14,999"', '"Less than $10,000"', "a label in common"),
        ('interpolation = "pareto"', 'interpolation = "curved"', "interpolation"),
        ('interpolation = "pareto"', 'published = { B19001_001 = "Total" }', "stand alone"),
        ('aggregate = "median"', 'aggregate = "proportion"', "intervals give a median"),
    ],
)
def test_counts_by_interval_that_make_no_median_are_refused(
    data: Path, written: str, instead: str, said: str
) -> None:
    path = data / "indicators" / "economic_vitality.toml"
    text = path.read_text(encoding="utf-8")
    assert text.count(written) == 1
    path.write_text(text.replace(written, instead), encoding="utf-8")
    refusal = str(_refusal(data))
    assert said in refusal
    assert "economic_vitality.toml" in refusal


def test_a_measurement_that_measures_nothing_is_refused(data: Path) -> None:
    path = data / "indicators" / "education.toml"
    nothing = '[[indicator.measured_by]]\nsource = "census_acs5"\ntable = "B19001"\nplaces = ["zip"]\n'
    path.write_text(path.read_text(encoding="utf-8") + "\n" + nothing, encoding="utf-8")
    assert "or evenness, or intervals" in str(_refusal(data))


def test_a_source_that_ends_says_so(catalog: Catalog) -> None:
    ending = {card.id for card in catalog.cards.values() if card.status != "living"}
    assert ending >= {"chr_measures", "chr_rankings", "nchs_usaleep"}
    successors = {card.successor for card in catalog.cards.values() if card.successor}
    assert successors <= set(catalog.cards)


def test_a_membership_has_dates_in_order() -> None:
    place = {"id": "county:17031", "valid_from": "2018-05-17", "declared_by": "the board"}
    assert Member.model_validate(place).valid_to is None
    with pytest.raises(ValueError, match="before it joins"):
        Member.model_validate(place | {"valid_to": "2017-01-01"})


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('layouts = ["blocks"]', 'layouts = ["bloks"]', "slice: chicago_portal has no layout bloks"),
        ('columns = ["CENSUS BLOCK FULL"]', 'columns = ["BLOCK"]', "chicago_portal blocks has no column BLOCK"),
        ('where = { YEAR = "5" }', 'where = { YEER = "5" }', "census_pep agesex_zip has no column YEER"),
        ('columns = ["GEO_ID", "GEO.id"]', 'columns = ["GEO_ID"]', "census_acs5 with_ann has no column GEO_ID"),
        ('file = "census_tracts_2010.geojson"', 'file = "tracts"', "chicago_portal has no file tracts"),
        ('columns = ["Tract ID"]', 'columns = ["Tract ID", "STATE2KX"]', "goes by 1 columns, not by 2"),
        ('codes = ["42"]', "codes = []", "by code needs codes"),
        ('columns = ["geoid10"]', 'columns = ["geoid10"]\ncodes = ["17"]', "codes belongs to by code"),
        ('layouts = ["file_a", "file_b"]', 'layouts = ["file_a", "portal_export"]', "more than one slice"),
        ('whole_counties = ["42101"', 'whole_counties = ["101"', "no codes of counties: 101"),
        ('by = "geo_id"', 'by = "geoid"', "slice"),
        ("[[slice]]", "[[slices]]", "slices"),
    ],
)  # fmt: skip
def test_a_wrong_slice_of_the_bundle_is_refused_by_name(data: Path, old: str, new: str, named: str) -> None:
    path = data / "bundle.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    refusal = _refusal(data)
    assert refusal.code == "DECLARATION"
    assert named in str(refusal)
    assert "bundle.toml" in str(refusal)


def test_whoever_asks_a_watched_catalog_for_a_part_is_noted(catalog: Catalog) -> None:
    parts = {"cards": "sources"} | {name: name for name in ("indicators", "coalitions", "reasons", "bundle")}
    for name, part in parts.items():
        asked = watched(catalog)
        assert getattr(asked, name) == getattr(catalog, name)
        assert asked.read == {part}
        assert part in parts_of(catalog)
    drawn = watched(catalog)
    assert (drawn.outlines, drawn.read) == ([], {"coalitions"})
    # A further declaration is a part too.
    declared = {name for name, each in vars(Catalog).items() if isinstance(each, cached_property)}
    assert declared == {*parts, "of_deaths", "comparisons", "coalition_places", "outlines"}


def test_a_data_folder_without_a_bundle_needs_no_slices(data: Path) -> None:
    (data / "bundle.toml").unlink()
    catalog = Catalog(data)
    catalog.validate()
    assert catalog.bundle.slice == ()


def test_coalitions_of_ones_own_folder_stand_beside_the_others_and_replace_them(
    data: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    declared = data / "coalitions" / "west-side-united.toml"
    text = declared.read_text(encoding="utf-8")
    (own / declared.name).write_text(text.replace("West Side United", "Ours"), encoding="utf-8")
    (own / "second.toml").write_text(text.replace('"west-side-united"', '"second"'), encoding="utf-8")
    catalog = Catalog(data, own)
    catalog.validate()
    assert catalog.coalitions["west-side-united"].title == "Ours"
    assert set(catalog.coalitions) == {*Catalog(data).coalitions, "second"}
    assert own / "second.toml" in parts_of(catalog)["coalitions"]


def test_a_folder_of_coalitions_that_is_not_there_is_named(data: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        Catalog(data, tmp_path / "nowhere").validate()
    assert refused.value.exit_code == 2
    assert "LIFEGAP_COALITIONS" in str(refused.value)
    assert "nowhere" in str(refused.value)
