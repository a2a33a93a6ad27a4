"""Places."""

from lifegap.checks.rules import counted, no_row

RULES = (
    no_row(
        "codes_have_the_length_of_their_type",
        "(place_type LIKE 'tract%' AND NOT regexp_full_match(place_id, '.*:[0-9]{11}')) "
        "OR (place_type LIKE 'block_group%' AND NOT regexp_full_match(place_id, '.*:[0-9]{12}')) "
        "OR (place_type LIKE 'county%' AND NOT regexp_full_match(place_id, '.*:[0-9]{5}')) "
        "OR (place_type = 'state' AND NOT regexp_full_match(place_id, '.*:[0-9]{2}'))",
        reason="A code that lost its leading zero is the code of another place.",
        what_to_do="Find the source whose codes were read as numbers.",
    ),
    no_row(
        "renamed_counties_have_their_new_code",
        "place_id IN ('county:46113', 'county:02270')",
        reason="A renamed county is one place; under both codes its series would break.",
        what_to_do="Map the old code in assets/identifiers.py.",
    ),
    counted(
        "every_observed_place_is_here",
        """(
            SELECT count(DISTINCT place_id) FROM warehouse.observation
            WHERE place_id NOT IN (SELECT place_id FROM warehouse.place)
        )""",
        reason="A number of a place that has no row can never be found by its name.",
        what_to_do="Give the type of place a rule for its name in assets/warehouse/place_census.py.",
        needs=("warehouse.observation",),
    ),
    counted(
        "cities_have_all_their_areas",
        """(
            SELECT count(*) FROM warehouse.partition AS p
            WHERE p.within_place_id IS NOT NULL AND p.places <> (
                SELECT count(*) FROM warehouse.place AS a
                WHERE a.parent_place_id = p.within_place_id AND a.place_type = p.place_type
            )
        )""",
        reason="A city has as many areas as it says, no more and no less.",
        what_to_do="See which source names another area, or lacks one.",
        needs=("warehouse.partition",),
    ),
    no_row(
        "parts_have_their_whole",
        "regexp_matches(place_type, '^(block_group|tract|county)') AND parent_place_id IS NULL",
        reason="A block group lies in a tract, a tract in a county, a county in a state, as their codes say.",
        what_to_do="Look at with_parents in assets/warehouse/place_census.py.",
    ),
    no_row(
        "counties_have_a_name",
        "regexp_full_match(name, '(County|State) [0-9]+')",
        severity="warning",
        reason="A place that no list names is shown by its code alone.",
        what_to_do="Add the list of counties that has the code.",
    ),
)
