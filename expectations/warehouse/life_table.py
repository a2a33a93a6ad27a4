"""Life tables."""

from lifegap.checks.rules import counted, no_row

RULES = (
    no_row(
        "open_rate_is_one_over_expectation",
        "age_end IS NULL AND abs(1 / mx - ex) > 0.06",
        reason="In the open band the death rate is one over the life expectancy, to rounding.",
        what_to_do="See the correction in the source card; another row may need one.",
    ),
    counted(
        "table_gives_its_life_expectancy",
        """(
            SELECT count(*) FROM (
                SELECT place_id, sum("nLx") / 100000 AS made, max(ex) FILTER (age_start = 0) AS ex
                FROM warehouse.life_table GROUP BY source_id, vintage, place_id
            ) WHERE abs(made - ex) > 0.06
        )""",
        reason="Person-years of all bands over the born are the life expectancy at birth.",
        what_to_do="Compare the table with the publisher's file; a band may be of another tract.",
    ),
)
