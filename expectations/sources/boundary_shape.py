"""Counties, tracts and ZCTAs as polygons."""

from lifegap.checks.rules import no_row

RULES = (
    no_row(
        "codes_begin_with_their_state",
        "level <> 'zcta' AND left(code, 2) <> coalesce(json_extract_string(attributes, '$.STATEFP'), "
        "json_extract_string(attributes, '$.STATE'), left(code, 2))",
        reason="A code carries its state's digits; where they differ digits were lost or columns shifted.",
        what_to_do="Obtain the map again; it may have been made by somebody who read codes as numbers.",
    ),
    no_row(
        "counties_are_those_of_their_year",
        "level = 'county' AND ((starts_with(vintage, '2010') AND code IN ('46102', '02158')) "
        "OR (starts_with(vintage, '2018') AND code IN ('46113', '02270', '51515')))",
        reason="These counties were renamed or dissolved; under a wrong year they find no figures.",
        what_to_do="List the map under the year that its codes are of.",
    ),
    no_row(
        "connecticut_is_that_of_its_year",
        "level = 'county' AND code LIKE '09%' AND (left(vintage, 4) >= '2022') <> starts_with(code, '091')",
        reason="Connecticut has eight counties to 2021 and nine planning regions in their place since 2022.",
        what_to_do="List the map under the year that its codes are of.",
    ),
    no_row(
        "zctas_are_around_chicago",
        "level = 'zcta' AND NOT starts_with(code, '60')",
        reason="The map of ZCTAs is of Chicago and its neighbors, all in 60.",
        what_to_do="Look where the codes come from; the state's digits may stand before them.",
    ),
)
