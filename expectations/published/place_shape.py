"""Shapes for maps."""

from lifegap.checks.rules import counted, no_row

RULES = (
    counted(
        "what_is_drawn_can_be_shown",
        "(SELECT count(DISTINCT place_id) FROM published.coalition_place WHERE place_id IN "
        "(SELECT place_id FROM warehouse.place_boundary) AND place_id NOT IN "
        "(SELECT place_id FROM published.place_shape))",
        reason="A place of a coalition that a map draws and this table lacks has a shape that is not valid, "
        "or was not when it was simplified; its map shows a hole.",
        what_to_do="Mend the shape in the file it comes from, with a GIS program's tool for valid geometry; "
        "until then it is shown in charts alone.",
        severity="warning",
        needs=("published.coalition_place", "warehouse.place_boundary"),
    ),
    no_row(
        "shapes_are_of_a_map_of_the_release",
        "vintage <> 'drawn' AND (source_id, vintage) NOT IN "
        "(SELECT (source_id, vintage) FROM published.source)",
        reason="Whoever reads a map must find out which map its borders are from.",
        what_to_do="Look at assets/analyses/place_shape.py.",
        needs=("published.source",),
    ),
    no_row(
        "borders_stay_where_they_are",
        "border_shift > 1000",
        reason="A border that moved by a kilometer is another border.",
        what_to_do="Look at SIMPLIFIED_METERS in assets/analyses/place_shape.py, and at the source's shape.",
    ),
    no_row(
        "a_shape_of_another_place_is_one_of_its_own",
        "shape_place_id <> place_id AND shape_place_id NOT IN "
        "(SELECT place_id FROM published.place_shape WHERE shape_place_id = place_id)",
        reason="A place that stands in for another is drawn as that one is.",
        what_to_do="Look at assets/analyses/place_shape.py.",
    ),
)
