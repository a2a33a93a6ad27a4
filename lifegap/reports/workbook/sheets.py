"""All sheets of figures of a workbook, in their order; here those of needs, deeds, changes and sources."""

from lifegap.reports.changes import WORTH_READING
from lifegap.reports.workbook.columns import MARK, SENTENCE, Column, Sheet, ids, years
from lifegap.reports.workbook.figures import DECOMPOSITION, GAP, INDICATORS, LIFE_EXPECTANCY, PROGRESS
from lifegap.reports.workbook.quotable import CHART, QUOTABLE

CHANGES = 1_000
"""Rows of what changed; the table `change` has all."""


PRIORITY = Sheet(
    name="Priority areas",
    table="priority",
    title="Which places of the set of {title} are most in need, by priority area",
    holds="Rank of each place by priority area, with how sure the rank is",
    says=(
        "Rank 1 is the most in need. A rank means nothing without its limits, within which it may lie by "
        "sampling error alone.",
    ),
    of={"x": "priority_index", "p": "place"},
    columns=(
        Column("Place", "p.name", "text", 30),
        Column("Priority area", "x.priority_area", "words", 28),
        Column("Rank", "x.rank", "general", 8),
        Column("Rank, lower limit", "x.rank_low", "general", 8),
        Column("Rank, upper limit", "x.rank_high", "general", 8),
        Column("Places ranked", "x.places", "whole", 8),
        Column(
            "Probability of being in the quarter most in need", "x.probability_worst_quarter", "share", 15
        ),
        Column("Priority", "x.priority", "words", 8),
        Column("Score", "x.score", "value", 8),
        *years("x"),
        Column("Status", "x.reason", "mark", 8, MARK),
        Column("May be quoted", "x.quotable", "words", 18),
        Column("Why", "x.reason", "why", 40, SENTENCE),
        Column("What goes with it", "x.caveat", "text", 50),
        Column("Indicators used", "x.indicators_used", "text", 50),
        Column("Indicators left out", "x.indicators_left_out", "text", 50),
        Column("How it was made", "x.method", "words", 20),
        *ids("x.place_id", "x.comparison_set", "x.reason"),
    ),
    rows="""
        FROM priority_index AS x JOIN place AS p USING (place_id)
    """,
    coalition="x.coalition_id",
    order="""x.comparison_set, x.priority_area, x.rank NULLS LAST, p.name, x.place_id, x.period_end,
            x.period_start, x.method""",
)

SCORECARD = Sheet(
    name="Scorecard",
    table="scorecard",
    title="Scorecard of {title}: what it has done and promised, as documents say it",
    holds="What the coalition has done and promised",
    says=(
        "Figures are those of the documents that are named. Conflict: two documents disagree; the value that "
        "was chosen stands first, the other beside it.",
    ),
    of={"k": "coalition_scorecard"},
    columns=(
        Column("Metric", "k.title", "text", 44),
        Column("Value", "k.value", "general", 12),
        Column("Unit", "k.unit", "text", 20),
        *years("k"),
        Column("Target", "k.target", "general", 10),
        Column("Target year", "k.target_year", "year", 8),
        Column("Finding", "k.status", "words", 11),
        Column("Seen in", "k.verified", "words", 11),
        Column("Source", "k.source", "text", 50),
        Column("Date of the source", "k.source_date", "text", 12),
        Column("Other value", "k.other_value", "general", 12),
        Column("Source of the other value", "k.other_source", "text", 30),
        Column("Why this one was chosen", "k.choice", "text", 40),
        Column("Note", "k.note", "text", 50),
        *ids("k.metric_id", "k.subject"),
    ),
    rows="""
        FROM coalition_scorecard AS k
    """,
    coalition="k.coalition_id",
    order="""k.title, k.metric_id, k.subject, k.period_end, k.period_start""",
)

NEEDED = Sheet(
    name="Data needed",
    table="data_needed",
    title="What {title} wants measured and this release cannot show",
    holds="What is wanted and cannot be shown yet, and who has the data",
    says=("Each line says why there is no figure, and where the data could come from.",),
    of={"n": "coalition_indicator", "i": "indicator"},
    columns=(
        Column("Indicator", "i.title", "text", 50),
        Column("Priority area", "n.priority_area", "words", 34),
        Column("Status", "CASE n.status WHEN 'available' THEN n.reason ELSE n.status END", "mark", 8, MARK),
        Column("Why", "n.reason", "why", 70),
        Column("Where to get it", "n.where_to_get", "text", 60),
        Column("What to mind", "n.caution", "text", 40),
        *ids("n.indicator_id"),
    ),
    rows="""
        FROM coalition_indicator AS n JOIN indicator AS i USING (indicator_id)
        WHERE n.status <> 'available' OR n.reason IS NOT NULL
    """,
    coalition="n.coalition_id",
    order="n.position, n.indicator_id",
)

WORTH_MOST = f"""
    ({WORTH_READING}) IS NOT TRUE, h.flip IS NULL, abs(h.difference) DESC NULLS LAST, h.table_name, h.key,
    h.column_name
"""
"""Order of what changed."""

CHANGED = Sheet(
    name="What changed",
    table="changes",
    title="What changed for {title} since the release before",
    holds="What is different from the release before",
    says=(
        f"Changes that turn a finding round or go beyond the uncertainty come first. At most {CHANGES:,} are "
        "listed; the release's table change has all.",
        "Before and now are texts of six digits. Cells that changed alike, in the whole release, are of the "
        "same table, column, kind, cause, source and edition.",
    ),
    of={"h": "change", "p": "place", "i": "indicator"},
    columns=(
        Column("What changed", "h.sentence", "text", 90),
        Column("Kind", "h.kind", "words", 12),
        Column("Cause", "h.cause", "words", 14),
        Column("Place", "p.name", "text", 30),
        Column("Indicator", "i.title", "text", 30),
        Column("Before", "h.old", "text", 16),
        Column("Now", "h.new", "text", 16),
        Column("Difference", "h.difference", "value", 10),
        Column("Beyond uncertainty", "h.beyond_uncertainty", "words", 11),
        Column("Turns round", "h.flip", "words", 12),
        Column("Cells that changed alike", "h.cells", "whole", 10),
        Column("Of these beyond uncertainty", "h.cells_beyond", "whole", 11),
        *ids("h.table_name", "h.column_name", "h.key", "h.source_id", "h.vintage"),
    ),
    rows=f"""
        FROM (
            SELECT * FROM change WHERE coalition_id IS NOT NULL
            UNION ALL
            SELECT c.* REPLACE (m.coalition_id AS coalition_id) FROM change AS c
            JOIN (SELECT DISTINCT coalition_id, place_id FROM coalition_place) AS m ON m.place_id = c.place_id
            WHERE c.coalition_id IS NULL
        ) AS h LEFT JOIN place AS p ON p.place_id = h.place_id
        LEFT JOIN indicator AS i ON i.indicator_id = h.indicator_id
        QUALIFY row_number() OVER (PARTITION BY h.coalition_id ORDER BY {WORTH_MOST}) <= {CHANGES}
    """,
    coalition="h.coalition_id",
    order=WORTH_MOST,
)

USED = """
    SELECT coalition_id, source_id, vintage FROM life_expectancy_gap
    UNION SELECT coalition_id, source_id, vintage FROM indicator_comparison
    UNION SELECT coalition_id, source_id, vintage FROM progress
    UNION SELECT coalition_id, source_id, vintage FROM gap_decomposition
    UNION SELECT coalition_id, source_id, vintage FROM coalition_scorecard
    UNION SELECT coalition_id, source_id, vintage FROM coalition_place JOIN life_expectancy USING (place_id)
    UNION SELECT coalition_id, source_id, vintage FROM coalition_place
    JOIN coalition_indicator USING (coalition_id) JOIN indicator_value USING (place_id, indicator_id)
"""
"""Sources and editions of the figures of each coalition."""

SOURCES = Sheet(
    name="Sources",
    table="sources",
    title="Sources of the figures of {title}, with their licenses",
    holds="Publishers, editions, licenses and addresses of the sources",
    says=(
        "Whoever quotes a figure names its publisher. Uses that a license limits stand in their own column.",
    ),
    of={"s": "source", "n": "release_calendar"},
    columns=(
        Column("Source", "s.title", "text", 44),
        Column("Publisher", "s.publisher", "text", 40),
        Column("Edition", "s.vintage", "text", 18),
        *years("s"),
        Column("State of the series", "s.status", "words", 10),
        Column("Obtained on", "CAST(s.obtained_at AS DATE)", "date", 12, "Day when its files were obtained."),
        Column("Next edition expected from", "n.earliest", "date", 13),
        Column("Next edition expected by", "n.latest", "date", 13),
        Column("License", "s.license", "text", 40),
        Column("What the license limits", "s.license_limit", "text", 40),
        Column("Address", "s.url", "text", 44),
        Column("Cite as", "s.citation", "text", 50),
        Column("What it is fit for", "s.fitness", "text", 50),
        Column("Note", "s.note", "text", 40),
        *ids("s.source_id"),
    ),
    rows=f"""
        FROM ({USED}) AS u JOIN source AS s ON (s.source_id, s.vintage) = (u.source_id, u.vintage)
        LEFT JOIN release_calendar AS n ON (n.source_id, n.vintage) = (s.source_id, s.vintage)
    """,
    coalition="u.coalition_id",
    order="s.title, s.source_id, s.edition_order, s.vintage",
)

SHEETS = (
    GAP, CHART, LIFE_EXPECTANCY, PROGRESS, INDICATORS, DECOMPOSITION, PRIORITY, SCORECARD, NEEDED, CHANGED,
    QUOTABLE, SOURCES,
)  # fmt: skip
"""Sheets of figures in order; Dictionary and Notes, which tell of them, come after."""
