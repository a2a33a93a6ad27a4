"""Assets."""

from lifegap.checks.rules import no_row

RULES = (
    no_row(
        "what_is_counted_stands_once",
        "not_counted IS NULL AND asset_id IN (SELECT later.asset_id FROM published.asset AS later "
        "JOIN published.asset AS first "
        "USING (asset_type, source_id, vintage, covered_place_id, name, latitude, longitude) "
        "WHERE first.asset_id <> later.asset_id AND first.not_counted IS NULL "
        "AND (first.source_file, first.source_row) < (later.source_file, later.source_row))",
        reason="An asset that stands twice in one edition of its list is one asset.",
        what_to_do="Look at with_doubles in assets/analyses/asset.py.",
    ),
    no_row(
        "areas_are_part_of_what_the_list_covers",
        "place_id IN (SELECT p.place_id FROM warehouse.place AS p "
        "WHERE p.parent_place_id IS DISTINCT FROM covered_place_id)",
        severity="warning",
        reason="A list of one city that has assets in another's areas is wrong, or covers more than is said.",
        what_to_do="Look at the points, and at what the module of the city says that its list covers.",
        needs=("warehouse.place",),
    ),
)
