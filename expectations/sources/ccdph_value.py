"""Census tables re-shaped by the Cook County Department of Public Health."""

from lifegap.checks.rules import counted, no_row

RULES = (
    no_row(
        "places_are_of_the_county",
        "place_type = 'tract' AND place_code NOT LIKE '17031%'",
        reason="Every tract of these files is in Cook County.",
        what_to_do="Obtain the file again; its codes may have lost digits.",
    ),
    counted(
        "sexes_have_the_same_places",
        """(
            SELECT count(*) FROM (
                SELECT place_code FROM sources.ccdph_value
                WHERE dataset = 'age_sex_tract' AND measure = 'Total'
                GROUP BY place_code HAVING count(*) <> 2
            )
        )""",
        reason="Each tract has one row of women and one of men.",
        what_to_do="Obtain the file again; rows are missing.",
    ),
)
