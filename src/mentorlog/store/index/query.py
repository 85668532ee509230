"""What may be asked of the journal, and how the index is asked it."""

from __future__ import annotations

from mentorlog import vocabulary
from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date
    from typing import Any

    from mentorlog.domain.reports import SearchHit


class Query(Value):
    """A frozen filter over one kind of record; what is left out does not narrow."""

    record: str
    statuses: tuple[str, ...] = ()
    mentors: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    meeting: str | None = None
    owner: str | None = None
    kinds: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    since: date | str | None = None
    until: date | str | None = None
    ids: tuple[str, ...] = ()
    limit: int | None = None
    concerning: tuple[str, ...] = ()
    """Of tasks: mentors whom it concerns, by its own links or through its goal or meeting."""


class Finds(Value):
    """What a search found: the best, as many as were asked for, and how many there are in all."""

    hits: list[SearchHit]
    total: int


def select(query: Query) -> tuple[str, list[Any]]:
    """Return the SELECT of data and its parameters for a query.

    `since` and `until` (both inclusive) hold the record's day: due of a task, by of a goal, on of the rest.
    """
    wheres, values = ["kind = ?"], [query.record]
    _among(wheres, values, "status", query.statuses)
    _among(wheres, values, "flavour", query.kinds)
    _among(wheres, values, "id", query.ids)
    for role, targets in _links(query):
        marks = ", ".join("?" * len(targets))
        wheres.append(f"path IN (SELECT path FROM links WHERE target IN ({marks}) AND role IN ({role}))")
        values.extend(targets)
    if query.concerning:
        marks = ", ".join("?" * len(query.concerning))
        wheres.append(_CONCERNING.format(marks=marks))
        values.extend(query.concerning * 2)
    for operator, day in ((">=", query.since), ("<=", query.until)):
        if day is not None:
            wheres.append(f"day {operator} ?")
            values.append(str(day))
    order = (
        "day DESC, id" if query.record in vocabulary.DATED_KINDS else "ifnull(day, '~') || id"
    )  # one text sorts faster
    limit = "" if query.limit is None else f" LIMIT {int(query.limit)}"
    return (
        f"SELECT data FROM records WHERE {' AND '.join(wheres)} ORDER BY {order}{limit}",
        values,
    )


_SHARED = (
    "SELECT id FROM records WHERE path IN"
    " (SELECT path FROM links WHERE kind IN ('goal', 'meeting') AND role = 'mentor' AND target IN ({marks}))"
)
_CONCERNING = (
    "path IN (SELECT path FROM links WHERE role IN ('owner', 'assigned_by', 'helps') AND target IN ({marks})"
    " OR role IN ('goal', 'meeting') AND target IN (" + _SHARED + "))"
)


def _among(wheres: list[str], values: list[Any], column: str, allowed: tuple[str, ...]) -> None:
    if allowed:
        wheres.append(f"{column} IN ({', '.join('?' * len(allowed))})")
        values.extend(allowed)


def _links(query: Query) -> list[tuple[str, tuple[str, ...]]]:
    asked = [
        ("'mentor', 'owner', 'assigned_by', 'helps'", query.mentors),
        ("'goal'", query.goals),
        ("'meeting'", (query.meeting,) if query.meeting else ()),
        ("'owner'", (query.owner,) if query.owner else ()),
    ]
    return [pair for pair in asked if pair[1]] + [("'tag'", (tag,)) for tag in query.tags]


def fts_words(text: str) -> str:
    """Return an FTS5 expression that finds every word of the text, the last letters of each left open."""
    words = dict.fromkeys(text.replace('"', " ").replace("\0", " ").split())
    return " ".join(f'"{word}"*' for word in words)
