"""Crosswalks."""

from lifegap.checks.rules import counted, no_row

RULES = (
    counted(
        "shares_of_a_unit_sum_to_one",
        "(SELECT count(*) FROM (SELECT from_place_id, partition, sum(weight) AS whole "
        "FROM warehouse.crosswalk WHERE partition NOT LIKE 'footprint:%' GROUP BY ALL) "
        "WHERE abs(whole - 1) > 1e-5)",
        reason="What is shared out must be the whole unit, outside included: no one is lost or doubled.",
        what_to_do="Find the unit's rows; shapes may overlap or a share was dropped.",
    ),
    no_row(
        "shares_go_to_places",
        "to_place_id <> 'outside' AND to_place_id NOT IN (SELECT place_id FROM warehouse.place)",
        reason="A share that goes to no place is lost.",
        what_to_do="Find the source that names the place.",
        needs=("warehouse.place",),
    ),
    counted(
        "an_assigned_unit_has_one_place",
        "(SELECT count(*) FROM (SELECT from_place_id, partition FROM warehouse.crosswalk "
        "JOIN warehouse.partition USING (partition) WHERE assigned AND to_place_id <> 'outside' "
        "GROUP BY from_place_id, partition HAVING count(*) > 1))",
        reason="A list assigns each tract to one area.",
        what_to_do="See which list assigns the tract twice.",
        needs=("warehouse.partition",),
    ),
    counted(
        "shares_go_to_places_of_the_partition",
        "(SELECT count(*) FROM warehouse.crosswalk JOIN warehouse.partition USING (partition) "
        "WHERE to_place_id <> 'outside' AND split_part(to_place_id, ':', 1) <> place_type)",
        reason="A share under another partition's name is summed into the wrong set of places.",
        what_to_do="Look at the partition that the city's module gives the shares.",
        needs=("warehouse.partition",),
    ),
    no_row(
        "footprints_are_made_of_members",
        "partition LIKE 'footprint:%' AND to_place_id <> partition",
        reason="A footprint is its coalition's places taken together, nothing else.",
        what_to_do="Compare the coalition file.",
    ),
)
