"""Counties of the gazetteer."""

from lifegap.checks.rules import no_row

RULES = (
    no_row(
        "square_miles_are_the_square_meters",
        "abs(land / 2589988 - land_square_miles) > greatest(0.001, land_square_miles / 10000) "
        "OR abs(water / 2589988 - water_square_miles) > greatest(0.001, water_square_miles / 10000)",
        reason="The file prints each area twice; where the two differ the columns have shifted.",
        what_to_do="Obtain the gazetteer again; it has no header that could tell the order of its columns.",
    ),
    no_row(
        "points_lie_in_the_states_or_puerto_rico",
        # Aleutians West reaches across the meridian of 180 degrees.
        "latitude NOT BETWEEN 17 AND 72 OR (longitude NOT BETWEEN -180 AND -65 AND county_fips <> '02016')",
        reason="No county lies elsewhere; latitude and longitude may have changed places.",
        what_to_do="Obtain the gazetteer again and compare the order of its columns.",
    ),
    no_row(
        "connecticut_is_that_of_its_year",
        "state = 'CT' AND (left(vintage, 4) >= '2022') <> starts_with(county_fips, '091')",
        reason="Connecticut has eight counties to 2021 and nine planning regions in their place since 2022.",
        what_to_do="List the gazetteer under the year that its codes are of.",
    ),
)
