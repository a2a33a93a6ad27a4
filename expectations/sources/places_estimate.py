"""PLACES and 500 Cities: modeled prevalences."""

from lifegap.checks.rules import counted, no_row

RULES = (
    no_row(
        "estimate_is_inside_its_interval",
        "estimate NOT BETWEEN ci_low AND ci_high",
        reason="An estimate outside its own limits has been taken from another row or column.",
        what_to_do="Compare the row with the publisher's file.",
    ),
    no_row(
        "survey_is_two_or_three_years_before_the_release",
        "regexp_extract(vintage, '20[0-9]{2}')::INTEGER - year NOT BETWEEN 2 AND 3",
        reason="A release takes the place of the last under one address; the year of the survey tells them.",
        what_to_do="Find the release of the file and list it under that.",
    ),
    no_row(
        "missing_estimates_say_why",
        "estimate IS NULL AND footnote IS NULL AND coalesce(population, 50) >= 50 "
        "AND vintage NOT LIKE '%-selected'",
        reason="Estimates are withheld where fewer than 50 people live, else a footnote says why; files "
        "asked for without these columns cannot.",
        what_to_do="Obtain the file again; a column may be empty.",
    ),
    no_row(
        "tracts_and_zctas_have_crude_prevalences",
        "level IN ('tract', 'zcta') AND data_value_type <> 'crude'",
        reason="The model gives no age-adjusted prevalences of tracts and ZCTAs.",
        what_to_do="Compare the row with the publisher's file; it may be of a county.",
    ),
    counted(
        "letters_of_a_state_go_with_its_code",
        "(SELECT count(*) FROM (SELECT left(code, 2) FROM sources.places_estimate "
        "WHERE level <> 'zcta' GROUP BY left(code, 2), level = 'nation' "
        "HAVING count(DISTINCT state_abbr) > 1))",
        reason="A code that lost its leading zeros, or a shifted column, puts a place in another state.",
        what_to_do="Compare the rows with the publisher's file; put the zeros back in the parser.",
    ),
    no_row(
        "publishers_files_state_intervals",
        "estimate IS NOT NULL AND ci_low IS NULL AND vintage NOT LIKE '%-reshaped' "
        "AND vintage NOT LIKE '%-selected'",
        reason="Only files that others have cut, or asked for without, lack the limits.",
        what_to_do="Obtain the publisher's file; if others made it, list it as reshaped.",
    ),
)
