"""Sentences of the pages: short enough to be read by everyone, as measured by a reading grade.

The grade is of plain words: textstat ends a sentence at a decimal point and at an abbreviation, which makes
sentences with figures look shorter than they are. So figures and names stand for one plain word each.
"""

import re
from typing import Any

import pytest
import textstat as untyped

from lifegap.releases.read import Release
from lifegap.reports.figures import Names
from lifegap.reports.gap_exhibits import gaps_of
from lifegap.reports.indicator_exhibits import comparisons_of
from lifegap.reports.site import METHODS
from lifegap.reports.site_pages import coalition_page

textstat: Any = untyped

HIGHEST, LONGEST = 9.0, 34
"""The reading grade of a page, and the words of a sentence."""


def _plain(text: str) -> str:
    """The text with a plain word for every figure, and no full stop that ends no sentence."""
    text = re.sub(r"https?://\S+", "page", text)
    text = re.sub(r"[-−]?\d[\d,]*(\.\d+)?( ?%)?(-\d+)?", "ten", text)
    return re.sub(r"\b(St|U\.S|vs|No)\.", "saint", text)


def _grade(text: str) -> float:
    return textstat.automated_readability_index(_plain(text))


def test_two_decimals_do_not_make_three_sentences() -> None:
    told = "Life expectancy was 68.8 years, and 11.6 years shorter than in the other place."
    assert textstat.sentence_count(_plain(told)) == 1
    assert _grade(told) == pytest.approx(
        textstat.automated_readability_index(told.replace("68.8", "ten").replace("11.6", "ten"))
    )


@pytest.mark.parametrize(
    "coalition_id",
    ["west-side-united", "together-for-west-philadelphia", "cvs-community-equity-alliance", "dheh-alliance"],
)
def test_what_a_coalition_reads_first_is_of_the_ninth_grade_at_most(
    release: Release, coalition_id: str
) -> None:
    names = Names(release)
    (coalition,) = release.ask("SELECT * FROM coalition WHERE coalition_id = ?", [coalition_id]).dicts()
    page = coalition_page(
        release,
        coalition,
        gaps_of(release, coalition_id, names),
        comparisons_of(release, coalition_id, names),
        names,
    )
    texts = [
        *(f"{answer.words} {answer.more}" for answer in page.answers),
        *(f"{exhibit.title}. {exhibit.subtitle} {exhibit.note}" for exhibit in page.exhibits),
    ]
    # Names are what they are, in their first place or their last.
    named = sorted(
        {name for (name,) in release.ask("SELECT name FROM place").rows}
        | {
            title
            for (title,) in release.ask("SELECT title FROM source UNION SELECT title FROM indicator").rows
        },
        key=len,
        reverse=True,
    )
    whole = " ".join(texts)
    for name in named:
        whole = whole.replace(name, "Town")
        whole = whole.replace(re.sub(r" \([^()]*\)$", "", name), "Town")
    assert _grade(whole) <= HIGHEST, whole


def test_methods_are_told_in_short_sentences() -> None:
    for paragraph in METHODS:
        assert _grade(paragraph) <= HIGHEST, paragraph
        for sentence in re.split(r"(?<=[.!?]) ", _plain(paragraph)):
            assert len(sentence.split()) <= LONGEST, sentence
