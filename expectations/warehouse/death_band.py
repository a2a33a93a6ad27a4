"""Deaths and people by age band."""

from lifegap.checks.rules import counted

TABLE = "place_id, population_group, period_start, period_end, source_id, vintage"

RULES = (
    counted(
        "bands_follow_each_other_from_birth",
        "(SELECT count(*) FROM (SELECT age_start, age_end, "
        f"lead(age_start) OVER (PARTITION BY {TABLE} ORDER BY age_start) AS next, "
        f"min(age_start) OVER (PARTITION BY {TABLE}) AS first FROM warehouse.death_band) "
        "WHERE age_end IS DISTINCT FROM next OR first <> 0)",
        reason="Bands hold every age once, from birth to the open end.",
        what_to_do="Compare the age groups of the deaths with those of the survey's table.",
    ),
)
