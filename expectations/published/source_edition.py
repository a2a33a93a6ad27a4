"""Editions over time."""

from lifegap.checks.rules import counted

RULES = (
    counted(
        "editions_that_are_here_are_those_of_the_sources",
        """(
            SELECT count(*) FROM (SELECT source_id, vintage, sha256 FROM published.source) AS s
            FULL JOIN (
                SELECT source_id, vintage, sha256 FROM published.source_edition WHERE last_seen = 'this'
            ) AS e USING (source_id, vintage, sha256)
            WHERE s.source_id IS NULL OR e.source_id IS NULL
        )""",
        reason="Whoever asks which release has an edition must not be sent to one that lacks it.",
        what_to_do="See how assets/published/editions_over_time.py carries editions on.",
        needs=("published.source",),
    ),
)
