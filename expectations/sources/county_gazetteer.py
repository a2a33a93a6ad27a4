"""Counties of the gazetteer."""

from lifegap.checks.rules import no_row

RULES = (
    no_row(
        "square_miles_are_the_square_meters",
        "abs(land / 2589988 - land_square_miles) > 0.001 "
        "OR abs(water / 2589988 - water_square_miles) > 0.001",
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
        "connecticut_has_its_eight_counties",
        "state = 'CT' AND county_fips NOT IN "
        "('09001', '09003', '09005', '09007', '09009', '09011', '09013', '09015')",
        reason="Connecticut has planning regions in place of counties since 2022; this edition is older.",
        what_to_do="List a newer edition under a vintage of its own.",
    ),
)
