"""Pooled life tables."""

from lifegap.checks.rules import counted

RULES = (
    counted(
        "rates_lie_between_those_of_the_tracts",
        """(
            SELECT count(*) FROM indicators.pooled_life_table AS p JOIN (
                SELECT c.to_place_id AS place_id, t.age_start, min(t.mx) AS low, max(t.mx) AS high
                FROM warehouse.crosswalk AS c
                JOIN warehouse.life_table AS t ON t.place_id = c.from_place_id
                GROUP BY ALL
            ) AS u USING (place_id, age_start)
            WHERE p.mx NOT BETWEEN low - 1e-12 AND high + 1e-12
        )""",
        reason="A mean of rates lies between the lowest and the highest of them.",
        what_to_do="Look at the weights of the place's tracts.",
    ),
    counted(
        "survivors_fall",
        """(
            SELECT count(*) FROM (
                SELECT lx - lag(lx) OVER (PARTITION BY place_id, less_place_id, source_id, vintage,
                    method ORDER BY age_start) AS gained
                FROM indicators.pooled_life_table
            ) WHERE gained > 1e-6
        )""",
        reason="No one is born after birth: survivors never grow with age.",
        what_to_do="Look at the place's table.",
    ),
)
