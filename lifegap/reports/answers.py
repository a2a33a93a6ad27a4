"""What the first screen of a coalition or a place answers, each answer made from the rows of its figures.

How large is the gap, how sure is it, which way is it going, is it on track, what goes with it, and what may
be quoted. What cannot be said is said to be so, with the reason.
"""

from typing import Any, NamedTuple

from lifegap.digits import carried, digits
from lifegap.releases.read import Release
from lifegap.reports.exhibits import distinct
from lifegap.reports.figures import Names
from lifegap.reports.indicator_exhibits import JUDGED
from lifegap.wording import counted, gap_sentence, short_caveat

Figures = list[dict[str, Any]]

MOST_NAMED = 3


class Answer(NamedTuple):
    """A question and what is said to it. more: a second, quieter sentence."""

    question: str
    words: str
    more: str = ""


RELIABILITY = {
    "good": "The figure is firm.",
    "caution": "Use the figure with care.",
    "unreliable": "The figure is too unsure to act on.",
    "withheld": "The figure is withheld.",
}

DIRECTION = {
    "target_met": "the target is met",
    "improving": "it became smaller",
    "little_change": "it hardly changed",
    "getting_worse": "it became larger",
}


def goals_of(release: Release, coalition_id: str, place_id: str, reference_id: str) -> Figures:
    """Rows of `progress` of the gap of a pair, those with a status and the newest first."""
    return release.ask(
        """
        SELECT * FROM progress
        WHERE coalition_id = ? AND place_id = ? AND reference_place_id = ?
            AND indicator_id = 'life_expectancy_gap' AND population_group = 'all'
        ORDER BY status = 'not_assessable', quotable = 'no', latest_period DESC, target_id, source_id,
            vintage, baseline_kind
        """,
        [coalition_id, place_id, reference_id],
    ).dicts()


def how_large(gap: dict[str, Any], names: Names) -> Answer:
    """The gap in the sentence that is quoted."""
    place, reference = (
        names.spoken(gap[key], gap["coalition_id"]) for key in ("place_id", "reference_place_id")
    )
    words = gap_sentence(gap | {"place": place, "reference": reference})
    limit = " This may not be quoted." if gap["quotable"] == "no" else ""
    return Answer("How large is the gap?", words, f"Source: {gap['source']}.{limit}")


def how_sure(gap: dict[str, Any]) -> Answer:
    """Its interval, reliability and caveat."""
    if gap["ci_low"] is None:
        words = f"The source gives no margin of error. {RELIABILITY[gap['reliability']]}"
    else:
        words = (
            f"The true gap is very likely between {digits(gap['ci_low'], 1)} and {digits(gap['ci_high'], 1)} "
            f"years (95 % interval; estimate {digits(gap['gap'], 1)}). {RELIABILITY[gap['reliability']]}"
        )
    return Answer("How sure is that?", words, short_caveat(gap["caveat"])[0])


def which_way(goals: Figures, names: Names) -> Answer:
    """How the gap moved in the one source that allows to say it."""
    question = "Which way is it going?"
    known = [goal for goal in goals if goal["status"] in DIRECTION and goal["baseline_value"] is not None]
    if not known:
        reasons = distinct([names.why(goal["reason"]) for goal in goals if goal["reason"]])
        return Answer(question, "This cannot be said from the figures at hand.", " ".join(reasons[:2]))
    goal = known[0]
    words = (
        f"In one source, {names.source(goal['source_id'])}, the gap was "
        f"{digits(goal['baseline_value'], 1)} years in {goal['baseline_period']} and "
        f"{digits(goal['latest_value'], 1)} years in {goal['latest_period']}: {DIRECTION[goal['status']]}."
    )
    more = short_caveat(goal["caveat"])[0]
    return Answer(question, words, f"This may not be quoted. {more}" if goal["quotable"] == "no" else more)


def on_track(coalition: dict[str, Any], targets: Figures, goals: Figures, names: Names) -> Answer:
    """The target, and whether it is likely met; or why that cannot be said."""
    question = "Are we on track?"
    standing = [target for target in targets if target["superseded_by"] is None]
    if not standing:
        return Answer(question, coalition["target_statement"] or "No target is stated, and none is assumed.")
    words = standing[0]["text"]
    likely = next(
        (goal for goal in goals if goal["probability_met"] is not None and goal["quotable"] != "no"), None
    )
    if likely is not None:
        percent = digits(100 * likely["probability_met"], 0)
        return Answer(
            question, f"{words} {chance(likely['probability_met'])} ({percent} %) if things go on so."
        )
    reasons = distinct(
        [
            names.why(goal["reason"])
            for goal in sorted(goals, key=lambda goal: goal["baseline_value"] is None)
            if goal["baseline_kind"] == "stated" and goal["reason"]
        ]
    )
    return Answer(
        question, f"Whether it will be met cannot be said yet. The target: {words}", " ".join(reasons[:2])
    )


def chance(probability: float) -> str:
    """A probability in words, which always stand beside its number."""
    if probability >= 0.9:
        return "This is very likely"
    if probability >= 0.66:
        return "This is likely"
    if probability > 0.33:
        return "This is about as likely as not"
    return "This is unlikely" if probability > 0.1 else "This is very unlikely"


def what_goes_with_it(comparisons: Figures, names: Names) -> Answer | None:
    """How many measures are worse, and those that are so most clearly."""
    judged = [row for row in comparisons if row["verdict"] in JUDGED]
    compared = [row for row in judged if row["quotable"] != "no"]
    if not compared:
        return None
    place, reference = (names.spoken(compared[0][key]) for key in ("place_id", "reference_place_id"))
    worse = [row for row in compared if row["verdict"] == "worse"]
    clearest = sorted(
        (row for row in worse if row["se"]),
        key=lambda row: (-abs(row["difference"]) / row["se"], row["indicator"]),
    )[:MOST_NAMED]
    named = "; ".join(
        f"{row['indicator'].lower() if row['indicator'][:2].istitle() else row['indicator']} "
        f"({carried(row['place_value'], row['places'])} against "
        f"{carried(row['reference_value'], row['places'])} {row['unit']}, {row['period']})"
        for row in clearest
    )
    words = f"Of {len(compared)} measures, {len(worse)} are worse in {place} than in {reference}."
    more = f"Most clearly: {named}. " if named else ""
    if unsure := len(judged) - len(compared):
        more += f"{counted(unsure, 'more measure')} {'is' if unsure == 1 else 'are'} too unsure to count. "
    return Answer("What goes with it?", words, f"{more}This does not say that one leads to the other.")


def what_may_be_quoted(gaps: Figures) -> Answer:
    """How many of the gaps may be quoted."""
    free = sum(gap["quotable"] == "yes" for gap in gaps)
    limited = sum(gap["quotable"] == "with_caveat" for gap in gaps)
    if not free + limited:
        return Answer("What may be quoted?", "No gap of this page may be quoted.", "The tables say why.")
    return Answer(
        "What may be quoted?",
        f"{free + limited} of {len(gaps)} gaps"
        + _with_caveat(limited, free)
        + " Copy the sentences below as they are.",
    )


def _with_caveat(limited: int, free: int) -> str:
    """How many of what may be quoted need their caveat, as the end of a sentence."""
    if not limited:
        return "."
    return f", {limited} of them only with the caveat." if free else ", all of them only with their caveat."
