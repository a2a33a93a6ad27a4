"""Facilities of Philadelphia as points."""

from lifegap.checks.rules import no_row

RULES = (
    no_row(
        "facilities_of_the_city_lie_in_or_beside_it",
        "kind <> 'hospital' AND (longitude NOT BETWEEN -75.30 AND -74.94 "
        "OR latitude NOT BETWEEN 39.86 AND 40.15)",
        reason="The city's own facilities lie within its limits, but for one market across the street.",
        what_to_do="Look where the point lies; longitude and latitude may have changed places.",
    ),
    no_row(
        "hospitals_lie_in_pennsylvania",
        "kind = 'hospital' AND (longitude NOT BETWEEN -80.53 AND -74.69 "
        "OR latitude NOT BETWEEN 39.71 AND 42.28)",
        reason="The list is of Pennsylvania's hospitals.",
        what_to_do="Look where the point lies; longitude and latitude may have changed places.",
    ),
    no_row(
        "hospitals_lie_where_they_say",
        "kind = 'hospital' AND ("
        "abs(json_extract_string(attributes, '$.LONGITUDE')::DOUBLE - longitude) > 0.0001 OR "
        "abs(json_extract_string(attributes, '$.LATITUDE')::DOUBLE - latitude) > 0.0001)",
        reason="Hospitals print their coordinates too; where the two differ one of them is wrong.",
        what_to_do="Obtain the file again; a hospital may have moved.",
    ),
    no_row(
        "zip_codes_are_of_pennsylvania",
        "zip NOT BETWEEN '15001' AND '19640'",
        reason="A ZIP code of another state is a mistyped address.",
        what_to_do="Compare the ZIP code with the address among the attributes.",
    ),
)
