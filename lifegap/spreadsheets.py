"""Texts that a spreadsheet would run as a formula: names come from files of others.

Such a text stands behind an apostrophe wherever it is written as CSV.
"""

import re

SIGNS = ("=", "@", "+", "-", "\t", "\r")
"""What a text begins with that spreadsheets take for a formula."""

NUMBERS = r"[+-]?[\d.,]+\s?%?( to [+-]?[\d.,]+\s?%?)?|[+-]"
"""Texts that begin with a sign and are no formula: `-2.9 to -2.4`, and a dash alone."""


def harmless(text: str) -> str:
    """The text, behind an apostrophe where a spreadsheet would run it."""
    return f"'{text}" if text.startswith(SIGNS) and not re.fullmatch(NUMBERS, text) else text


def harmless_sql(text: str) -> str:
    """The same in SQL, of an expression."""
    # Not as a list: of IN with five values or more DuckDB makes a join, and a join loses the order of rows.
    signed = " OR ".join(f"left({text}, 1) = chr({ord(sign)})" for sign in SIGNS)
    runs = f"({signed}) AND NOT regexp_full_match({text}, '{NUMBERS}')"
    return f"CASE WHEN {runs} THEN chr(39) || {text} ELSE {text} END"
