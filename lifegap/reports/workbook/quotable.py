"""The sheets of what may be quoted, each figure in a sentence that is made of its row."""

from typing import Any

from lifegap.releases.quoted import GAPS, OF_SOURCE, gaps_quoted_first, spoken_names
from lifegap.releases.read import Release
from lifegap.reports.workbook.columns import Column, Row, Sheet, years
from lifegap.wording import gap_sentence, own_sentence, place_words, source_sentence


def _charted(release: Release) -> list[Row]:
    said = spoken_names(release)
    return [
        (
            gap["coalition_id"], gap["place"], gap["reference"], gap["period_start"], gap["period_end"],
            gap["gap"], gap["ci_low"], gap["ci_high"], gap["quotable"], gap["title"], _gap_words(gap, said),
            gap["caveat"],
        )
        for gap in gaps_quoted_first(release)
    ]  # fmt: skip


CHART = Sheet(
    name="Gap chart",
    table="charted",
    title="Gaps of {title} that are quoted first, one for each place, the largest first",
    holds="Chart of the gap of each place that is quoted first, with its interval",
    says=(
        "Of each place the gap that is quoted first; the chart shows these rows. Above zero, people of the "
        "place live shorter than those it is compared with.",
        "Whose interval holds zero may have no gap at all. Places whose intervals overlap may change places.",
    ),
    of={"g": "life_expectancy_gap", "s": "source"},
    columns=(
        Column("Place", "place", "text", 32, "Name of the place."),
        Column("Compared with", "reference", "text", 26, "Name of the reference."),
        *years("g"),
        Column("Gap", "g.gap", "tenths", 8),
        Column("Lower limit", "g.ci_low", "tenths", 8),
        Column("Upper limit", "g.ci_high", "tenths", 8),
        Column("May be quoted", "g.quotable", "words", 17),
        Column("Source", "s.title", "text", 60),
        Column("Sentence", "sentence", "text", 100, "The gap in words."),
        Column("What goes with it", "g.caveat", "text", 60),
    ),
    made=_charted,
)


def _quotable(release: Release) -> list[Row]:
    """Sentences, each made of the row of its figure: of gaps, then of life expectancies; the newest first."""
    gaps = release.ask(
        f"""
        SELECT q.*, p.name AS place FROM ({GAPS} AND f.quotable <> 'no') AS q JOIN place AS p USING (place_id)
        ORDER BY p.name, place_id, q.reference, reference_place_id, period_end DESC, period_start DESC,
            source_id, vintage, method
        """
    ).dicts()
    own = release.ask(
        f"""
        SELECT f.*, m.coalition_id, p.name AS place, s.title, s.publisher, f.note AS page
        FROM life_expectancy AS f {OF_SOURCE} JOIN place AS p ON p.place_id = f.place_id
        JOIN (SELECT DISTINCT coalition_id, place_id FROM coalition_place) AS m ON m.place_id = f.place_id
        WHERE f.population_group = 'all' AND f.quotable <> 'no'
        ORDER BY p.name, f.place_id, f.period_end DESC, f.period_start DESC, f.source_id, f.vintage, f.method
        """
    ).dicts()
    said = spoken_names(release)
    return [*(_quoted_gap(row, said) for row in gaps), *(_quoted_own(row, said) for row in own)]


def _gap_words(gap: dict[str, Any], said: dict[str, str]) -> str:
    """The sentence of a gap, with the names that coalitions say."""
    names = {
        "place": place_words(gap["place"], said.get(gap["place_id"])),
        "reference": place_words(gap["reference"], said.get(gap["reference_place_id"])),
    }
    return gap_sentence(gap | names)


def _quoted_gap(row: dict[str, Any], said: dict[str, str]) -> Row:
    return _quoted(row, "gap", _gap_words(row, said))


def _quoted_own(row: dict[str, Any], said: dict[str, str]) -> Row:
    name = place_words(row["place"], said.get(row["place_id"]))
    return _quoted(row, "estimate", own_sentence(row | {"place": name}))


def _quoted(row: dict[str, Any], column: str, sentence: str) -> Row:
    return (
        row["coalition_id"], row["place"], FIGURES[column], sentence, source_sentence(row, [], column),
        row["quotable"], row["caveat"], row.get("reference"), row["period_start"], row["period_end"],
        row[column], row["ci_low"], row["ci_high"],
    )  # fmt: skip


FIGURES = {"gap": "gap", "estimate": "life expectancy"}
"""Column of a figure → what it is called."""

QUOTABLE = Sheet(
    name="What may be quoted",
    table="quotable",
    title="What may be quoted of {title}: the gaps and life expectancies of all people of its places",
    holds="Each gap and life expectancy that may be quoted, in a sentence with its interval and source",
    says=(
        "Quote the sentence with its source and with what goes with it. A figure that is not here may not be "
        "quoted; figures of groups of people that may be are marked so on their sheets.",
        "Limits are those of the 95 % interval.",
    ),
    of={"g": "life_expectancy_gap"},
    columns=(
        Column("Place", "place", "text", 26, "Name of the place."),
        Column("Figure", "figure", "text", 14, "gap in life expectancy, or life expectancy of the place."),
        Column("Sentence", "sentence", "text", 110, "The figure in words."),
        Column("Source", "source", "text", 44, "Whose figure it is, as it is quoted."),
        Column("May be quoted", "g.quotable", "words", 17),
        Column("What goes with it", "g.caveat", "text", 60),
        Column("Compared with", "reference", "text", 26, "Name of the reference of a gap."),
        *years("g"),
        Column("Value (years)", "value", "tenths", 9, "The gap, or the life expectancy."),
        Column("Lower limit", "g.ci_low", "tenths", 9),
        Column("Upper limit", "g.ci_high", "tenths", 9),
    ),
    made=_quotable,
)
