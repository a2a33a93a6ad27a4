"""The sheets of figures: gaps, life expectancies, progress, indicators, and where the gaps lie."""

from lifegap.reports.workbook.columns import (
    MARK,
    OF_SOURCE,
    PLACES,
    SENTENCE,
    Column,
    Sheet,
    ids,
    source,
    words,
    worth,
    years,
)

GAP = Sheet(
    name="Gap",
    table="gaps",
    title="Gap in life expectancy of {title}: every place, reference, source and period",
    holds="Every gap in life expectancy, with its interval",
    says=(
        "Gap = life expectancy of the reference less that of the place: above zero, people of the place live "
        "shorter. Limits are those of the 95 % interval.",
        "Compare rows of one source, edition and way of making alone: sources differ in method and period.",
    ),
    of={"g": "life_expectancy_gap", "p": "place", "r": "place", "s": "source"},
    columns=(
        Column("Place", "p.name", "text", 34),
        Column("Compared with", "r.name", "text", 24),
        Column("People", "g.population_group", "words", 16),
        Column("People compared with", "g.reference_group", "words", 13),
        *years("g"),
        Column("Gap", "g.gap", "tenths", 9),
        Column("Lower limit", "g.ci_low", "tenths", 9),
        Column("Upper limit", "g.ci_high", "tenths", 9),
        *worth("g"),
        *source("g"),
        Column("Life expectancy of the place", "g.place_estimate", "tenths", 13),
        Column("Life expectancy of the reference", "g.reference_estimate", "tenths", 13),
        *words("g"),
        Column("Of the gap in the baseline period", "g.percent_of_baseline", "tenths", 13),
        Column("Baseline period", "g.baseline_period", "text", 11),
        Column("Note", "g.note", "text", 40),
        *ids("g.place_id", "g.reference_place_id", "g.source_id", "g.reason"),
    ),
    rows=f"""
        FROM life_expectancy_gap AS g {PLACES.format("g")} {OF_SOURCE.format("g")}
    """,
    coalition="g.coalition_id",
    order="""g.population_group <> 'all', p.name, g.place_id, r.name, g.reference_place_id,
            g.population_group, g.reference_group, g.period_end DESC, g.period_start DESC, g.source_id,
            g.vintage, g.method""",
)

LIFE_EXPECTANCY = Sheet(
    name="Places",
    table="places",
    title="Life expectancy of the places of {title}",
    holds="Life expectancy of each place, by source and period",
    says=(
        "Life expectancy at birth: how long people would live if the death rates of the period stayed as "
        "they are. Limits are those of the 95 % interval.",
        "Members are places of the coalition; context are those that it is compared with.",
    ),
    of={"e": "life_expectancy", "p": "place", "s": "source"},
    columns=(
        Column("Place", "p.name", "text", 34),
        Column("Role", "c.role", "words", 9, "member of the coalition, or context."),
        Column("People", "e.population_group", "words", 24),
        *years("e"),
        Column("Life expectancy", "e.estimate", "tenths", 11),
        Column("Lower limit", "e.ci_low", "tenths", 9),
        Column("Upper limit", "e.ci_high", "tenths", 9),
        *worth("e"),
        *source("e"),
        *words("e"),
        Column("Population of the place", "p.population", "whole", 12),
        Column("Note", "e.note", "text", 40),
        *ids("e.place_id", "e.source_id", "e.reason"),
    ),
    rows=f"""
        FROM (
            SELECT coalition_id, place_id, max(role) AS role FROM coalition_place GROUP BY ALL
        ) AS c JOIN life_expectancy AS e USING (place_id) JOIN place AS p USING (place_id)
        {OF_SOURCE.format("e")}
    """,
    coalition="c.coalition_id",
    order="""e.population_group <> 'all', c.role DESC, p.name, e.place_id, e.population_group,
            e.period_end DESC, e.period_start DESC, e.source_id, e.vintage, e.method""",
)

PROGRESS = Sheet(
    name="Progress",
    table="progress",
    title="Progress of {title}: from the baseline to the latest figure, and to the target where there is one",
    holds="How far figures have come since their baseline, and to the target",
    says=(
        "Percent achieved: the part of the way from the baseline to the target. A finding is given only "
        "where the data carry one.",
    ),
    of={"f": "progress", "p": "place", "r": "place", "s": "source", "t": "coalition_target"},
    columns=(
        Column("Place", "p.name", "text", 34),
        Column("Compared with", "r.name", "text", 24),
        Column("Indicator", "coalesce(i.title, 'Gap in life expectancy')", "text", 34, "What is followed."),
        Column("Unit", "coalesce(i.unit, 'years')", "text", 12, "Unit of its values."),
        Column("Finding", "f.status", "words", 15),
        Column("Baseline period", "f.baseline_period", "text", 11),
        Column("Baseline value", "f.baseline_value", "value", 10),
        Column("Latest period", "f.latest_period", "text", 11),
        Column("Latest value", "f.latest_value", "value", 10),
        Column("Target value", "f.target_value", "value", 10),
        Column("Target year", "f.target_year", "year", 8),
        Column("Percent achieved", "f.percent_achieved", "tenths", 10),
        Column("Percent achieved, lower limit", "f.percent_low", "tenths", 10),
        Column("Percent achieved, upper limit", "f.percent_high", "tenths", 10),
        Column("Change exceeds noise", "f.change_exceeds_noise", "words", 9),
        Column("Projection to the target year", "f.projection", "value", 10),
        Column("Projection, lower limit", "f.projection_low", "value", 10),
        Column("Projection, upper limit", "f.projection_high", "value", 10),
        Column("Probability that the target is met", "f.probability_met", "share", 12),
        Column("Status", "f.reason", "mark", 8, MARK),
        Column("May be quoted", "f.quotable", "words", 18),
        Column("Why", "f.reason", "why", 40, SENTENCE),
        Column("Why there is no projection", "f.projection_reason", "why", 40),
        Column("What goes with it", "f.caveat", "text", 50),
        *source("f"),
        Column("Baseline taken from", "f.baseline_kind", "words", 20),
        Column("Target", "t.text", "text", 40),
        *ids("f.place_id", "f.reference_place_id", "f.indicator_id", "f.source_id", "f.reason"),
    ),
    rows=f"""
        FROM progress AS f {PLACES.format("f")} {OF_SOURCE.format("f")}
        LEFT JOIN indicator AS i ON i.indicator_id = f.indicator_id
        LEFT JOIN coalition_target AS t ON (t.coalition_id, t.target_id) = (f.coalition_id, f.target_id)
    """,
    coalition="f.coalition_id",
    order="""f.target_id = 'none', i.title NULLS FIRST, f.indicator_id, p.name, f.place_id,
            f.reference_place_id, f.target_id, f.source_id, f.vintage, f.population_group, f.method,
            f.baseline_kind""",
)

INDICATORS = Sheet(
    name="Indicators",
    table="indicators",
    title="Indicators of {title}: the newest figure of each place and source, against the reference",
    holds="Newest figure of each indicator, place and source, against the reference",
    says=(
        "Difference = reference less place, in the unit of the indicator. The verdict is of the place and "
        "follows from the interval of the difference; better and worse only where a direction is better.",
        "Earlier periods stand in the release's table indicator_comparison. Limits are those of the 95 % "
        "interval.",
    ),
    of={
        "c": "indicator_comparison",
        "v": "indicator_value",
        "i": "indicator",
        "p": "place",
        "r": "place",
        "s": "source",
    },
    begins="""
        WITH comparison AS (
            SELECT * FROM indicator_comparison
            UNION ALL BY NAME
            SELECT k.coalition_id, v.place_id, v.indicator_id, v.period_start, v.period_end, v.source_id,
                v.vintage, v.population_group, v.method, v.value AS place_value, 'not_compared' AS verdict,
                v.reliability, coalesce(v.reason, 'no_reference') AS reason, v.quotable, v.caveat
            FROM (SELECT DISTINCT coalition_id, place_id FROM coalition_place) AS m
            JOIN coalition_indicator AS k USING (coalition_id)
            ANTI JOIN indicator_comparison AS c
                ON (c.coalition_id, c.place_id, c.indicator_id) = (k.coalition_id, m.place_id, k.indicator_id)
            JOIN indicator_value AS v ON (v.place_id, v.indicator_id) = (m.place_id, k.indicator_id)
        )
    """,
    columns=(
        Column("Place", "p.name", "text", 32),
        Column("Indicator", "i.title", "text", 34),
        Column("Unit", "i.unit", "text", 12),
        *years("c"),
        Column("Value", "c.place_value", "value", 9),
        Column("Value, lower limit", "v.ci_low", "value", 9),
        Column("Value, upper limit", "v.ci_high", "value", 9),
        Column("Compared with", "r.name", "text", 22),
        Column("Value of the reference", "c.reference_value", "value", 11),
        Column("Difference", "c.difference", "value", 9),
        Column("Difference, lower limit", "c.ci_low", "value", 9),
        Column("Difference, upper limit", "c.ci_high", "value", 9),
        Column("Verdict", "c.verdict", "words", 13),
        *worth("c"),
        Column("People", "c.population_group", "words", 14),
        *source("c"),
        *words("c"),
        Column("What is better", "i.direction", "words", 9),
        *ids("c.place_id", "c.reference_place_id", "c.indicator_id", "c.source_id", "c.reason"),
    ),
    rows=f"""
        FROM comparison AS c JOIN indicator AS i ON i.indicator_id = c.indicator_id
        {PLACES.format("c")} {OF_SOURCE.format("c")}
        LEFT JOIN indicator_value AS v
            ON (v.place_id, v.indicator_id, v.period_start, v.period_end, v.source_id, v.vintage)
            = (c.place_id, c.indicator_id, c.period_start, c.period_end, c.source_id, c.vintage)
            AND (v.population_group, v.method) = (c.population_group, c.method)
        QUALIFY 1 = row_number() OVER (
            PARTITION BY c.coalition_id, c.place_id, c.reference_place_id, c.indicator_id, c.source_id,
                c.method, c.population_group
            ORDER BY c.period_end DESC, c.period_start DESC, s.edition_order DESC, c.vintage
        )
    """,
    coalition="c.coalition_id",
    order="""i.title, c.indicator_id, c.population_group <> 'all', c.population_group, p.name, c.place_id,
            r.name, c.reference_place_id, c.source_id, c.method""",
)

DECOMPOSITION = Sheet(
    name="Ages and causes",
    table="decomposition",
    title="Where the gaps of {title} lie: years of the gap by age or by cause of death",
    holds="Parts of the gap by age band, and by cause of death where there are deaths by cause",
    says=(
        "The parts of one comparison add up to its gap; above zero, the part is to the place's disadvantage. "
        "It is an account of where the gap lies, not of why.",
    ),
    of={"d": "gap_decomposition", "p": "place", "r": "place", "s": "source"},
    columns=(
        Column("Place", "p.name", "text", 34),
        Column("Compared with", "r.name", "text", 28),
        *years("d"),
        Column("Split by", "d.dimension", "words", 9),
        Column(
            "Age",
            "CASE WHEN d.dimension <> 'age' THEN 'all ages' WHEN d.age_end IS NULL "
            "THEN concat(d.age_start, ' and older') WHEN d.age_end = 1 THEN 'under 1' "
            "ELSE concat(d.age_start, ' to ', d.age_end - 1) END",
            "text",
            13,
            "Age band in completed years.",
        ),
        Column(
            "Cause of death",
            "CASE d.cause WHEN 'all' THEN 'all causes' ELSE d.cause END",
            "text",
            20,
            "Underlying cause of death.",
        ),
        Column("Part of the gap", "d.years", "tenths", 9),
        Column("Lower limit", "d.ci_low", "tenths", 9),
        Column("Upper limit", "d.ci_high", "tenths", 9),
        Column("Part of the gap in percent", "d.percent", "tenths", 11),
        Column("Status", "d.reason", "mark", 8, MARK),
        Column("Reliability", "d.reliability", "words", 11),
        Column("Why", "d.reason", "why", 40, SENTENCE),
        Column("What goes with it", "d.caveat", "text", 50),
        *source("d"),
        *ids("d.place_id", "d.reference_place_id", "d.source_id", "d.reason"),
    ),
    rows=f"""
        FROM gap_decomposition AS d {PLACES.format("d")} {OF_SOURCE.format("d")}
    """,
    coalition="d.coalition_id",
    order="""d.dimension, p.name, d.place_id, r.name, d.reference_place_id, d.period_end DESC,
            d.source_id, d.vintage, d.population_group, d.method, d.age_start, d.cause""",
)
