"""Changes that turn a finding round: what a person has accepted, and the refusal of what nobody has."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lifegap.errors import error

if TYPE_CHECKING:
    from lifegap.store.warehouse import Warehouse


@dataclass(frozen=True)
class Acknowledged:
    """The blocked changes that a person accepts, by their ids, and why; the reason is published."""

    ids: frozenset[str] = frozenset()
    reason: str = ""


NOTHING_ACKNOWLEDGED = Acknowledged()


def refuse_flips(warehouse: "Warehouse", acknowledged: Acknowledged) -> None:
    """Raise CHANGE-BLOCKED while a change turns a finding round that nobody has accepted.

    Raises OPTION for an id that is none of a blocked change.
    """
    flips = warehouse.connection.execute(
        "SELECT blocked_as, count(*), min(sentence) FROM published.change WHERE blocked_as IS NOT NULL "
        "GROUP BY blocked_as ORDER BY blocked_as"
    ).fetchall()
    known = {blocked_as for blocked_as, _, _ in flips}
    if unknown := sorted(acknowledged.ids - known):
        raise error(
            "OPTION",
            doing="accepting changes that turn a finding round",
            found=[f"--acknowledge {each}" for each in unknown],
            expected=f"ids of changes that are blocked now: {', '.join(sorted(known)) or 'there is none'}",
            todo="run the refresh without --acknowledge: it names what is blocked",
        )
    blocked = [each for each in flips if each[0] not in acknowledged.ids]
    if blocked:
        raise error(
            "CHANGE-BLOCKED",
            doing="comparing the new release with the last one",
            found=[
                f"{blocked_as}: {sentence}" + (f" And {count - 1:,} more." if count > 1 else "")
                for blocked_as, count, sentence in blocked
            ],
            expected="no comparison, trend, quarter of a rank or status of a target that turns round",
            todo="look at the figures; where the change is right: lifegap refresh "
            + " ".join(f"--acknowledge {each[0]}" for each in blocked[:3])
            + ' --reason "why"; the reason is published in the table restatement',
        )
