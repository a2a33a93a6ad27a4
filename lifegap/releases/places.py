"""Finding a place of a release by what people call it: id, code, name, name of before, name in a coalition.

Names are compared without case, blanks, points and accents, "Saint" as "St." and states spelled out. A part
of a name that fits several places is never guessed at: they are offered, best first.
"""

from dataclasses import dataclass
from typing import Any

from lifegap.releases.read import Release
from lifegap.releases.state_names import ABBREVIATIONS, with_state_spelled

OFFERED = 5
CERTAIN = 1
"""Up to this class the whole name or code fits: among several, a coalition's place is meant, or the one that
has a life expectancy. Beyond it a part of the name fits, and several are only offered."""

LARGE = """(NOT (starts_with(place_type, 'tract') OR starts_with(place_type, 'block_group'))
    OR regexp_matches(lower($asked), 'tract|block'))"""
"""SQL of places that are looked for by name: nine in ten are tracts, which nobody names by chance."""

NATION = ("us", "usa", "united states of america", "nation")

KINDS = "county|parish|borough|census area|municipality|municipio|city and borough|planning region|city|town"


@dataclass(frozen=True)
class Found:
    """What a name led to: one place, or several to choose from, and what must be said of the name.

    fits: whether those offered have the name, and are not only like it.
    """

    place: dict[str, Any] | None
    said: str | None
    offered: list[str]
    fits: bool = True


def find(release: Release, asked: str) -> Found:
    """The place that is meant by `asked`; else the places that may be, best first."""
    exact = release.ask("SELECT place_id, name FROM place WHERE place_id = ?", [asked]).dicts()
    if exact:
        return Found(exact[0], _sentence_on_changes(_changes(release, exact[0] | {"old_name": None})), [])
    values = {"asked": asked.strip().lower(), "spelled": _spelled(asked)}
    matches = release.ask(_matches(release), values).dicts()
    best = min((match["class"] for match in matches), default=CERTAIN)
    nearest = [match for match in matches if match["class"] == best]
    if nearest and (best <= CERTAIN or len({match["name"] for match in nearest}) == 1):
        nearest = _meant(nearest)
    if len({match["place_id"] for match in nearest}) == 1:
        match = nearest[0]
        place = {"place_id": match["place_id"], "name": match["name"]}
        return Found(place, _sentence_on_changes(_changes(release, match)), [])
    if nearest:
        return Found(None, _sentence_on_changes(nearest), [_offer(match) for match in nearest])
    near = release.ask(_near(), {"asked": values["spelled"]}).dicts()
    return Found(None, None, [_offer(match) for match in near], fits=False)


def _spelled(asked: str) -> str:
    """The name as places have it: no article before it, the state at its end spelled out behind a comma."""
    words = asked.strip()
    if words.lower().startswith("the "):
        words = words[4:]
    if words.replace(".", "").lower() in NATION:
        return "United States"
    words = ABBREVIATIONS.get(words, with_state_spelled(words))
    if "," in words:
        return words
    for state in sorted(ABBREVIATIONS.values(), key=len, reverse=True):
        if words.lower().endswith(f" {state.lower()}"):
            return f"{words[: -len(state)].rstrip()}, {state}"
    return words


def _key(text: str) -> str:
    """SQL of what spellings of a name have in common; commas stay."""
    plain = f"regexp_replace(replace(lower(strip_accents({text})), '&', 'and'), '[^a-z0-9,]+', '', 'g')"
    return f"replace(replace({plain}, 'sainte', 'ste'), 'saint', 'st')"


def _without_kind(base: str) -> str:
    """SQL of a key without the word for what kind of place it is: cookcounty is cook."""
    return f"regexp_replace({base}, '({KINDS.replace(' ', '')})$', '')"


def _class(place_id: str, whole: str, state: str) -> str:
    """SQL of how well a place fits: 0 id, 1 name or code, 2 name without the state, 3 a part of the name."""
    base, code = f"split_part({whole}, ',', 1)", f"split_part({place_id}, ':', 2)"
    return f"""
        CASE WHEN {place_id} IN (q.asked, q.padded) THEN 0
            WHEN {whole} = q.whole OR ({base} = q.base AND {state} = q.state) THEN 1
            WHEN {code} IN (q.asked, '0' || q.asked) THEN 1
            WHEN q.state IS NULL AND {base} = q.base THEN 2
            WHEN {_without_kind(base)} = q.short AND (q.state IS NULL OR {state} = q.state) THEN 3 END
    """


def _matches(release: Release) -> str:
    """SQL of the places that fit a name: what class of fit, whether a coalition's, how many figures."""
    return f"""
        WITH spelled AS (SELECT $asked AS asked, {_key("$spelled")} AS whole),
        q AS (
            SELECT asked, whole, split_part(whole, ',', 1) AS base, {_without_kind("base")} AS short,
                replace(asked, ':', ':0') AS padded,
                CASE WHEN contains(whole, ',') THEN string_split(whole, ',')[-1] END AS state
            FROM spelled
        ),
        p AS (
            SELECT place_id, name, state_fips, {_key("name")} AS whole FROM place CROSS JOIN q
            WHERE {LARGE} OR split_part(place_id, ':', 2) IN (q.asked, '0' || q.asked)
        ),
        s AS (SELECT split_part(place_id, ':', 2) AS state_fips, {_key("name")} AS state FROM place
            WHERE place_type = 'state'),
        fitting AS (
            SELECT p.place_id, {_class("p.place_id", "p.whole", "s.state")} AS class,
                NULL::VARCHAR AS old_place_id, NULL::VARCHAR AS old_name, NULL::INTEGER AS changed,
                NULL::VARCHAR AS kind
            FROM p LEFT JOIN s USING (state_fips) CROSS JOIN q
            UNION ALL {_aliases()}
            UNION ALL {_renamed(release)}
        )
        SELECT f.*, place.name, place.population, coalesce(c.ours, 0) AS ours,
            coalesce(e.figures, 0) AS figures
        FROM (FROM fitting WHERE class IS NOT NULL) AS f
        JOIN place USING (place_id)
        LEFT JOIN (
            SELECT place_id, max(if(role = 'member', 2, 1)) AS ours FROM coalition_place GROUP BY ALL
        ) AS c USING (place_id)
        LEFT JOIN (
            SELECT place_id, count(estimate) AS figures FROM life_expectancy GROUP BY ALL
        ) AS e USING (place_id)
        ORDER BY class, ours DESC, figures DESC, population DESC NULLS LAST, place_id
    """


def _aliases() -> str:
    """SQL of what coalitions call places: themselves their footprint, and members what their files say."""
    return f"""
        SELECT 'footprint:' || coalition_id, 1, NULL, NULL, NULL, NULL FROM coalition CROSS JOIN q
        WHERE {_key("title")} = q.whole OR coalition_id = q.asked
        UNION ALL
        SELECT place_id, 1, NULL, NULL, NULL, NULL
        FROM (SELECT place_id, unnest(string_split(also, '; ')) AS other FROM coalition_place) CROSS JOIN q
        WHERE {_key("other")} = q.whole
    """


def _renamed(release: Release) -> str:
    """SQL of names and codes of before, where no place has them any more."""
    if "place_renamed" not in release.manifest.get("tables", ()):
        return "SELECT NULL, NULL, NULL, NULL, NULL, NULL WHERE false"
    state = "string_split(r.whole, ',')[-1]"
    return f"""
        SELECT r.place_id, {_class("r.old_place_id", "r.whole", state)}, old_place_id, old_name, changed, kind
        FROM (SELECT *, {_key("old_name")} AS whole FROM place_renamed) AS r CROSS JOIN q
        WHERE old_place_id NOT IN (SELECT place_id FROM place)
    """


def _near() -> str:
    """SQL of the places nearest to a name: all words of it first, then those with figures, then alike."""
    return f"""
        SELECT p.place_id, p.name
        FROM place AS p
        LEFT JOIN (SELECT DISTINCT place_id, true AS has FROM life_expectancy WHERE estimate IS NOT NULL) AS e
            USING (place_id)
        WHERE {LARGE}
        ORDER BY list_has_all(
                string_split_regex(lower(strip_accents(p.name)), '[^a-z0-9]+'),
                string_split_regex(lower(strip_accents($asked)), '[^a-z0-9]+')
            ) DESC,
            round(greatest(jaro_winkler_similarity({_key("p.name")}, {_key("$asked")}),
                jaro_winkler_similarity(split_part({_key("p.name")}, ',', 1), {_key("$asked")})), 2) DESC,
            has NULLS LAST, p.population DESC NULLS LAST, p.place_id
        LIMIT {OFFERED}
    """


def _meant(matches: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of several places called alike: the nearest to a coalition, else those with a life expectancy."""
    nearest = max(match["ours"] for match in matches)
    named = [match for match in matches if match["ours"] == nearest]
    if len({match["place_id"] for match in named}) == 1:
        return named
    return [match for match in named if match["figures"] > 0] or named


def _changes(release: Release, match: dict[str, Any]) -> list[dict[str, Any]]:
    """What the place was called, as asked for; else what it became."""
    if match["old_name"] is not None:
        return [match]
    if "place_renamed" not in release.manifest.get("tables", ()):
        return []
    return release.ask(
        "SELECT * FROM place_renamed WHERE old_place_id = ? ORDER BY place_id", [match["place_id"]]
    ).dicts()


def _sentence_on_changes(changes: list[dict[str, Any]]) -> str | None:
    """The sentence on a name or code of before; none where none was asked for."""
    if not changes or any(each.get("old_name") is None for each in changes):
        return None
    old, year, kind = (changes[0][name] for name in ("old_name", "changed", "kind"))
    new = [each["name"] for each in changes]
    joined = new[0] if len(new) == 1 else ", ".join(new[:-1]) + f" and {new[-1]}"
    if kind == "renamed" and new == [old]:
        return f"{old} has another code since {year}: {changes[0]['place_id'].split(':')[1]}."
    if kind == "renamed":
        return f"{old} has been called {joined} since {year}."
    if kind == "merged":
        return f"{old} became part of {joined} in {year}."
    return f"{old} was divided in {year}: its area is now in {joined}."


def _offer(match: dict[str, Any]) -> str:
    return f"{match['place_id']} ({match['name']})"
