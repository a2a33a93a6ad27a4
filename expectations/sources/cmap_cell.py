"""CMAP's snapshots of community areas."""

from lifegap.checks.rules import counted, no_row

RULES = (
    no_row(
        "values_of_suburbs_stand_with_riverdale_only",
        "belongs_to = 'suburb' AND area_number <> 54 AND value IS NOT NULL",
        reason="CMAP has these columns of municipalities; only Riverdale shares its name with one.",
        what_to_do="See whether CMAP now has the column of community areas; if so, it is no suburb's.",
    ),
    counted(
        "no_other_column_is_filled_for_one_area_only",
        "(SELECT count(*) FROM (SELECT variable FROM sources.cmap_cell WHERE belongs_to = 'area' "
        "GROUP BY vintage, variable, occurrence "
        "HAVING count(*) > 1 AND count(coalesce(value::VARCHAR, text)) = 1))",
        reason="A column filled for a single area is one of municipalities that the list does not know.",
        what_to_do="Add the column to those of municipalities.",
    ),
    counted(
        "every_area_has_every_column",
        "(SELECT count(*) FROM (SELECT count(*) AS cells, max(count(*)) OVER (PARTITION BY vintage) AS most "
        "FROM sources.cmap_cell GROUP BY vintage, area_number) WHERE cells <> most)",
        reason="A release gives every area the same columns; empty ones are rows too.",
        what_to_do="Obtain the file again; a row may be cut short.",
    ),
    counted(
        "an_area_has_one_name",
        "(SELECT count(*) FROM (SELECT area_number FROM sources.cmap_cell "
        "GROUP BY ALL HAVING count(DISTINCT area_name) > 1))",
        reason="Numbers decide which area is meant; two names for one hint at a mix-up.",
        what_to_do="Compare the releases.",
    ),
    counted(
        "race_sums_to_the_population",
        "(SELECT count(*) FROM (SELECT sum(value) FILTER (variable <> 'TOT_POP') AS parts, "
        "sum(value) FILTER (variable = 'TOT_POP') AS people FROM sources.cmap_cell "
        "WHERE variable IN ('TOT_POP', 'WHITE', 'HISP', 'BLACK', 'ASIAN', 'OTHER') "
        "GROUP BY vintage, area_number) WHERE abs(parts - people) > 3)",
        reason="The five groups are everybody, to rounding; else a column has shifted.",
        what_to_do="Compare the row with CMAP's file.",
    ),
)
