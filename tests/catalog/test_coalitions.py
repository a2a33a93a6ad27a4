"""The coalitions of the repository: their places, targets, indicators, conflicts and scorecards.

Numbers are typed from the coalitions' own documents, whose titles stand in the rows of the scorecards.
"""

import csv
from pathlib import Path

import pytest
from pydantic import ValidationError

from lifegap.catalog.catalog import Catalog
from lifegap.catalog.coalitions import Coalition
from tests.conftest import CHECKOUT

COALITIONS = (
    "ama-peer-network", "bcbsma-accelerator", "cvs-community-equity-alliance", "dheh-alliance",
    "ihi-pursuing-equity", "nemours-integrator-learning-lab", "together-for-west-philadelphia",
    "west-side-united",
)  # fmt: skip
BY_SCORECARD_ALONE = {"bcbsma-accelerator", "dheh-alliance"}

MEMBERS = {
    "west-side-united": {f"neighborhood:chicago-{n}" for n in (19, 23, 24, 25, 26, 27, 28, 29, 30, 31)},
    "together-for-west-philadelphia": {f"zip:{n}" for n in (19104, 19131, 19139, 19143, 19151)},
    "cvs-community-equity-alliance": {"neighborhood:chicago-29", "county:47037", "city:2622000"},
    "nemours-integrator-learning-lab": {
        "city:0908000", "county:11001", "county:12115", "county:37081", "county:06037", "county:30029",
        "city:3457000", "county:42101", "county:06111",
    },
    "ama-peer-network": {
        f"county:{n}" for n in (34027, 42101, 25025, 19103, 22071, 48201, 47037, 55025)
    },
    "ihi-pursuing-equity": {
        "county:25025", "county:27053", "county:26163", "county:06001", "county:42045", "county:08107",
        "county:08081", "county:17031", "county:37147",
    },
    "bcbsma-accelerator": set(),
    "dheh-alliance": set(),
}  # fmt: skip
"""What each coalition works in, by id."""

CONTEXT = {
    "west-side-united": {
        "city:1714000", "county:17031", "state:17", "nation:us", "neighborhood:chicago-32",
        "neighborhood:chicago-40",
    },
    "together-for-west-philadelphia": {
        "county:42101", "county:42091", "county:42045", "county:42029", "state:42", "nation:us",
    },
    "cvs-community-equity-alliance": {
        "city:4752006", "county:26163", "city:1714000", "neighborhood:chicago-32", "state:47", "state:26",
        "nation:us",
    },
    "nemours-integrator-learning-lab": {
        "county:09001", "county2022:09120", "county:34031", "zip:19121", "county:12031", "state:09",
        "state:12", "state:37", "state:06", "state:30", "state:34", "state:42", "nation:us",
    },
    "ama-peer-network": {"county:22051", "zip:19104", "state:34", "state:55", "nation:us"},
    "ihi-pursuing-equity": {"city:2622000", "city:2507000", "state:25", "state:37", "nation:us"},
    "bcbsma-accelerator": {"state:25", "county:25025"},
    "dheh-alliance": {"nation:us"},
}  # fmt: skip

NAMED_INDICATORS = {
    "west-side-united": {
        "adult_attainment_high_school", "high_school_graduation", "disconnected_youth", "math_grade8",
        "reading_grade3", "kindergarten_readiness", "heart_disease_deaths", "stroke_deaths",
        "diabetes_deaths", "preventable_hospitalizations", "infant_mortality", "preterm_births",
        "low_birth_weight", "homicide", "maternal_mortality", "anchor_hiring", "anchor_purchasing",
        "anchor_investment", "workforce_trainees", "community_health_workers", "behavior_and_resilience",
        "segregation_black_white", "median_household_income", "graduation_at_schools",
        "reading_grade3_at_schools", "math_grade8_at_schools",
    },
    "together-for-west-philadelphia": {
        "health_outcomes_rank", "food_access", "senior_services", "rent_burden", "senior_poverty",
        "unemployment", "child_lead", "reading_grade3", "heart_disease_deaths",
    },
    "cvs-community-equity-alliance": {
        "coronary_heart_disease", "stroke", "high_blood_pressure", "frequent_mental_distress",
        "depression_age_adjusted", "community_health_workers",
    },
    "nemours-integrator-learning-lab": {
        "child_poverty", "low_birth_weight", "child_mortality", "infant_mortality", "uninsured_children",
        "reading_score_grade3", "math_score_grade3", "maternal_depression",
    },
    "ama-peer-network": {"interpretation_services", "telemedicine_access", "crisis_standards_of_care"},
    "ihi-pursuing-equity": {"organization_policies", "organization_environment", "smoking", "poverty"},
    "bcbsma-accelerator": {"company_outcomes", "broadband"},
    "dheh-alliance": {
        "broadband", "computer", "health_data_access", "digital_health_solutions",
        "digital_health_coverage", "clinical_trial_diversity", "digital_health_literacy",
    },
}  # fmt: skip

FACTS = [
    ("west-side-united", metric, value)
    for metric, values in {
        "partners_individuals": (130, 250), "partners_organizations": (50, 100), "conveners": (3,),
        "hospital_partners": (6,), "investment_raised_usd": (6_000_000, 10_500_000), "neighborhoods": (10,),
        "residents_of_area": (500_000,), "listening_sessions": (21,), "neighborhoods_engaged": (8,),
        "residents_engaged": (480,), "report_back_attendance": (400,), "report_back_organizations": (100,),
        "decision_guidelines": (3,), "priority_areas": (4,), "initiatives_active": (10,),
        "causes_of_gap": (5,), "share_of_gap_by_causes": (70,), "observation_years": (2,),
        "city_population": (2.7,), "share_of_residents": (49, 30.5, 29, 62.5, 93),
        "life_expectancy_reported": (85, 69, 63, 87.3, 66.6, 82, 70),
        "life_expectancy_gap_reported": (16, 20.7), "map_gap": (14,), "train_minutes": (15,),
        "covenants_ruling_year": (1948,), "gap_reduction_target": (50,), "resident_share_rule": (50,),
        "representatives_paid": (1,), "committee_seats_total": (16, 12, 6, 18),
        "committee_seats_residents": (8, 6, 0, 18), "committee_seats_institutions": (4, 6),
        "committee_seats_government": (2,), "committee_seats_nonprofits": (2,), "committee_months": (5,),
        "committee_institutions": (6, 8), "anchor_employees": (43_000,), "committee_co_chairs": (2,),
        "committee_groups": (6,), "mapp_health_systems": (4,), "people_trained_goal": (375,),
        "grant_usd": (3_000_000,), "grant_years": (3,), "programs_funded": (3,), "people_served": (70,),
        "grants_total_usd": (400_000, 125_000, 85_000), "course_months": (18,), "grants_count": (3,),
        "grant_min_usd": (25_000, 1_000), "grant_max_usd": (60_000, 15_000), "neighborhoods_served": (6,),
        "seed_money_usd": (1_000_000,), "community_health_workers_planned_min": (8,),
        "community_health_workers_planned_max": (10,), "people_to_be_served": (1_500,),
        "companies_supported": (7,), "loans_total_usd": (1_700_000,), "loans_projects": (6,),
    }.items()
    for value in values
] + [
    ("together-for-west-philadelphia", metric, value)
    for metric, values in {
        "partners_organizations": (26,), "inequities_addressed": (4,), "priority_areas": (6,),
        "zip_codes": (5,), "county_rank": (5, 6, 4, 67), "income_median_usd": (110_000,),
        "income_mean_of_families_usd": (27_000,), "assets_visited": (7,), "grants_count": (5,),
        "grant_usd": (1_000,), "grants_total_usd": (5_000,), "grant_program_projects": (43,),
        "grant_program_applicants": (80,), "grant_program_people": (5_000,), "grant_program_tables": (400,),
        "referrals": (100,), "community_connectors": (40,), "buy_in_tactics": (5,),
        "area_of_zip_codes": (16.12, 3.1514, 5.4825, 1.7709, 3.3080, 2.4083), "tracts_touched": (65,),
        "tracts_mostly_inside": (62, 14, 13, 12, 15, 8), "tracts_inside": (60,), "tracts_split": (5,),
        "tract_share_inside": (0.593, 0.223, 0.207, 0.697, 0.022),
    }.items()
    for value in values
] + [
    ("cvs-community-equity-alliance", "partners_organizations", 3),
    ("cvs-community-equity-alliance", "aims", 3),
    ("cvs-community-equity-alliance", "grants_total_usd", 300_000),
    ("cvs-community-equity-alliance", "mental_health_help_from_age", 18),
    ("nemours-integrator-learning-lab", "networks", 9),
    ("nemours-integrator-learning-lab", "project_years", 2),
    ("nemours-integrator-learning-lab", "lab_months", 6),
    ("nemours-integrator-learning-lab", "methods_found", 5),
    ("ama-peer-network", "health_systems", 8),
    ("ama-peer-network", "program_years", 1),
    ("ama-peer-network", "framework_year", 2019),
    ("ihi-pursuing-equity", "organizations", 8),
    ("ihi-pursuing-equity", "organizations", 22),
    ("ihi-pursuing-equity", "initiative_years", 2),
    ("ihi-pursuing-equity", "framework_components", 5),
    ("ihi-pursuing-equity", "determinants", 5),
    ("ihi-pursuing-equity", "institute_years", 25),
    ("ihi-pursuing-equity", "teams", 40),
    ("ihi-pursuing-equity", "teams", 10),
    ("bcbsma-accelerator", "investment_usd", 150_000),
    ("bcbsma-accelerator", "program_months", 9),
    ("bcbsma-accelerator", "companies_supported", 5),
    ("bcbsma-accelerator", "venture_money_share", 3),
    ("bcbsma-accelerator", "pitch_days", 2),
    ("dheh-alliance", "partners_organizations", 11),
    ("dheh-alliance", "focus_areas", 6),
]  # fmt: skip
"""Every number of the documents: coalition, metric, value."""

CONFLICTS = {
    ("west-side-united", "partners_individuals", 130, 120),
    ("west-side-united", "neighborhoods", 10, 9),
    ("west-side-united", "committee_seats_total", 18, 17),
    ("west-side-united", "life_expectancy_reported", 69, 71),
    ("west-side-united", "train_minutes", 15, 16),
    ("west-side-united", "listening_tour_first_month", 3, 4),
    ("ihi-pursuing-equity", "organizations", 8, 9),
    ("nemours-integrator-learning-lab", "project_years", 2, 0.5),
}
"""Numbers that documents give differently: coalition, metric, the one gone by, the other."""


def _scorecard(coalition: str) -> list[dict[str, str]]:
    path = CHECKOUT / "data" / "coalitions" / coalition / "scorecard.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", COALITIONS)
def test_every_place_that_a_coalition_names_is_in_its_file(catalog: Catalog, name: str) -> None:
    coalition = catalog.coalitions[name]
    assert {member.id for member in coalition.members} == MEMBERS[name]
    beside = {place.id for place in coalition.place if place.role == "context"}
    assert beside | set(coalition.reference_ids) >= CONTEXT[name]


@pytest.mark.parametrize("name", COALITIONS)
def test_every_indicator_that_a_coalition_names_is_available_or_says_why_not(
    catalog: Catalog, name: str
) -> None:
    areas = catalog.coalitions[name].priority_area
    available = {each for area in areas for each in area.indicators}
    missing = [need for area in areas for need in (*area.data_needed, *area.coalition_supplied)]
    assert available | {need.id for need in missing} >= NAMED_INDICATORS[name]
    assert all(need.reason and need.where for need in missing)
    assert all(catalog.indicators[each].indicator.measured_by for each in available)


def test_coalitions_without_a_target_say_so(catalog: Catalog) -> None:
    without = [each for each in catalog.coalitions.values() if not each.target]
    assert {each.id for each in without} == set(COALITIONS) - {"west-side-united"}
    assert all(each.target_statement and "none is assumed" in each.target_statement for each in without)


def test_places_that_lie_apart_and_coalitions_without_members_have_no_footprint(catalog: Catalog) -> None:
    made = {name: tuple(catalog.coalitions[name].footprints) for name in COALITIONS}
    assert {name for name, footprints in made.items() if footprints} == {
        "west-side-united", "together-for-west-philadelphia",
    }  # fmt: skip
    assert {name for name in COALITIONS if not catalog.coalitions[name].members} == BY_SCORECARD_ALONE
    compared = {coalition for coalition, _, _ in catalog.comparisons}
    assert compared == set(COALITIONS) - BY_SCORECARD_ALONE


def test_what_stands_for_a_city_is_compared_in_its_stead_and_says_so(catalog: Catalog) -> None:
    for coalition in catalog.coalitions.values():
        for place in coalition.place:
            if place.stands_for is not None and place.stands_for.startswith("city:"):
                assert place.references
                assert "stands for" in (place.note or "")


def _declared(**changes: object) -> dict[str, object]:
    return {"id": "some", "title": "Some", "place": [{"id": "state:25", "role": "context"}]} | changes


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"target": [{"id": "t", "adopted": "2020-01-01", "metric": "life_expectancy_gap", "source": "s"}]},
            "needs a place of the role",
        ),
        ({"headline": {"place": "state:25", "reference": "nation:us"}}, "needs a place of the role"),
        (
            {
                "priority_area": [
                    {"id": "a", "title": "A", "indicators": ["poverty"]},
                    {"id": "b", "title": "B", "data_needed": [{"id": "poverty", "reason": "r", "where": "w"}]},
                ]
            },
            "indicators named twice: poverty",
        ),
        (
            {"priority_area": [{"id": "a", "title": "A"}, {"id": "a", "title": "A"}]},
            "priority areas named twice: a",
        ),
        (
            {
                "conflict": [
                    {
                        "id": "c", "what": "w", "choice": "c", "why": "y",
                        "statement": [{"says": "s", "source": "s"}],
                    }
                ]
            },
            "at least 2 items",
        ),
    ],
)  # fmt: skip
def test_what_does_not_fit_together_is_refused(changes: dict[str, object], said: str) -> None:
    assert Coalition.model_validate(_declared()).footprints == {}
    with pytest.raises(ValidationError, match=said):
        Coalition.model_validate(_declared(**changes))


@pytest.mark.parametrize("name", COALITIONS)
def test_every_number_of_the_documents_is_in_a_scorecard(name: str) -> None:
    held = {(row["metric_id"], float(row["value"])) for row in _scorecard(name)}
    assert [
        (metric, value) for of, metric, value in FACTS if of == name and (metric, value) not in held
    ] == []


@pytest.mark.parametrize("name", COALITIONS)
def test_rows_of_scorecards_say_where_they_were_read(name: str) -> None:
    rows = _scorecard(name)
    keys = [(row["metric_id"], row["subject"], row["period_start"], row["period_end"]) for row in rows]
    assert len(set(keys)) == len(keys)
    for row in rows:
        assert row["source"], row
        assert row["verified"] in {"yes", "document", "no"}, row
        assert bool(row["other_value"]) == bool(row["other_source"]) == bool(row["choice"]), row
        assert row["unit"] != "yes/no" or row["value"] in {"0", "1"}, row
        assert row["metric_id"] != "resident_share", "computed from the seats, never typed"


def test_numbers_that_documents_give_differently_are_both_in_a_scorecard() -> None:
    told = {
        (name, row["metric_id"], float(row["value"]), float(row["other_value"]))
        for name in COALITIONS
        for row in _scorecard(name)
        if row["other_value"]
    }
    assert told >= CONFLICTS


def test_founding_documents_are_cited_by_title(catalog: Catalog) -> None:
    texts = [path.read_text(encoding="utf-8") for path in _files()]
    assert len(texts) == 2 * len(COALITIONS)
    for text in texts:
        assert not any(f"S{number}" in text.replace("S1901", "") for number in range(5))
    assert all(
        statement.source
        for coalition in catalog.coalitions.values()
        for conflict in coalition.conflict
        for statement in conflict.statement
    )


def _files() -> list[Path]:
    folder = CHECKOUT / "data" / "coalitions"
    return [*(folder / f"{name}.toml" for name in COALITIONS), *sorted(folder.glob("*/scorecard.csv"))]
