"""The queries of the journal, and their SQL."""

from __future__ import annotations

import json
import sqlite3

from mentorlog import vocabulary
from mentorlog.models.views import called
from mentorlog.store.disk.files import fingerprint
from mentorlog.store.index.rows import CONFLICT, decode_rows
from mentorlog.store.index.scan import NO_STAMP

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from typing import Any

    from mentorlog.domain.people import Person
    from mentorlog.domain.query import Query
    from mentorlog.domain.reports import Linked
    from mentorlog.models.view_types import BlockView
    from mentorlog.models.views import View
    from mentorlog.store.index.index import Index

OFFERED = 200
"""The most records that a shell is offered."""
_CANDIDATES = 20
_SHORTEST_PREFIX = 2
_BEHIND_ALL = "\U0010ffff"
_NO_RECORDS = ("journal", "profile")
_OPEN = {"goal": vocabulary.OPEN_GOALS, "task": vocabulary.OPEN_TASKS, "note": ("open",)}
"""The kinds of records with a title of their own, and the statuses in which they are open."""
_ANY_OPEN = ", ".join(f"'{status}'" for status in sorted({status for open in _OPEN.values() for status in open}))
OPEN_FIRST = f"ifnull(status, '') NOT IN ({_ANY_OPEN})"


# Records that match a query


def find(index: Index, query: Query) -> list[View]:
    """Return the views that match a query, in the order that CONTRACT gives each kind.

    `since` and `until` (both inclusive) bound the record's day: due of a task, by of a goal, on of the rest.
    """
    where, values = _condition(query)
    order = "day DESC, id" if query.record in vocabulary.DATED_KINDS else "day IS NULL, day, id"
    limit = "" if query.limit is None else f" LIMIT {int(query.limit)}"
    return _views(index, f"{where} ORDER BY {order}{limit}", values)


def _views(index: Index, where: str, values: Iterable[Any]) -> list[View]:
    values = tuple(values)

    def read() -> list[View]:
        rows = index.rows(f"SELECT data FROM records WHERE {where}", values)
        return decode_rows(index.rows, [row[0] for row in rows])

    return index.asked(read)


def _condition(query: Query) -> tuple[str, list[Any]]:
    wheres, values = ["kind = ?"], [query.record]
    for column, allowed in (("status", query.statuses), ("subkind", query.kinds), ("id", query.ids)):
        if allowed:
            wheres.append(f"{column} IN ({_marks(allowed)})")
            values.extend(allowed)
    for roles, targets in (
        (_ROLES["mentor"], query.mentors),
        ("'goal'", query.goals),
        ("'decision'", query.decisions),
        ("'meeting'", (query.meeting,) if query.meeting else ()),
        ("'owner'", query.owners),
        ("'whose'", query.whose),
        ("'goal', 'mentor', 'task', 'scope'", (query.about,) if query.about else ()),
        *(("'tag'", (tag,)) for tag in _tag_keys(query.tags)),
    ):
        if targets:
            linked = f"SELECT path FROM links WHERE target IN ({_marks(targets)}) AND role IN ({roles})"
            wheres.append(f"path IN ({linked})")
            values.extend(targets)
    if query.concerning:
        wheres.append(_CONCERNING.format(marks=_marks(query.concerning)))
        values.extend(query.concerning * 2)
    if query.done_since is not None:
        wheres.append("json_extract(data, '$.done_on') >= ?")
        values.append(query.done_since)
    for operator, day in ((">=", query.since), ("<=", query.until)):
        if day is not None:
            wheres.append(f"day {operator} ?")
            values.append(str(day))
    return " AND ".join(wheres), values


def _tag_keys(tags: Sequence[str]) -> list[str]:
    if not tags:
        return []
    from mentorlog.fold import tag_key  # most lists have no tags

    return [tag_key(tag) for tag in tags]


_SHARED = (
    "SELECT id FROM records WHERE path IN"
    " (SELECT path FROM links WHERE kind IN ('goal', 'meeting') AND role = 'mentor' AND target IN ({marks}))"
)
_CONCERNING = (
    "path IN (SELECT path FROM links WHERE role IN ('owner', 'assigned_by', 'helps') AND target IN ({marks})"
    " OR role IN ('goal', 'meeting') AND target IN (" + _SHARED + "))"
)


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))


_ROLES = {
    "mentor": "'mentor', 'owner', 'assigned_by', 'helps'",
    "goal": "'goal', 'parent'",
    "meeting": "'meeting'",
}
"""The roles in which a record is linked to one of a kind that it belongs to."""

_ALL_ROLES = {
    **_ROLES,
    "mentor": f"{_ROLES['mentor']}, 'whose', 'scope', 'introduced_by', 'handed_to'",
    "goal": f"{_ROLES['goal']}, 'scope'",
    "task": "'task'",
    "note": "'decision'",
}
"""The same with the roles of reviews, and of mentors whom others introduced or handed their goals to."""


def linked_kinds(index: Index, id: str) -> set[str]:
    """Return the kinds of the records that are linked to an id."""
    return {kind for (kind,) in index.rows("SELECT DISTINCT kind FROM links WHERE target = ?", [id])}


def belonging_to(index: Index, view: View, kind: str, most: int, statuses: Sequence[str] = ()) -> Linked:
    """Return the newest records of a kind that belong to a record, in the order of the kind, and how many there are.

    They are selected by their links alone, so that thousands of them cost no more than a count.
    """
    from mentorlog.domain.reports import Linked

    only = f" AND status IN ({_marks(statuses)})" if statuses else ""
    links = f"target = ? AND role IN ({_ALL_ROLES[view['record']]}) AND kind = ?{only}"
    newest_first = kind in vocabulary.DATED_KINDS
    order = "day DESC, path" if newest_first else "day IS NULL, day, path"
    rows = index.rows(f"SELECT path FROM links WHERE {links} ORDER BY {order}", [view["id"], kind, *statuses])
    paths = list(dict.fromkeys(path for (path,) in rows))
    newest = paths[:most] if newest_first else paths[-most:]

    def read() -> list[View]:
        data = dict(index.rows(f"SELECT path, data FROM records WHERE path IN ({_marks(newest)})", newest))
        return decode_rows(index.rows, [data[path] for path in newest if path in data])

    return Linked(index.asked(read), len(paths))


_UNDECIDED = f"target = '' AND role = '{CONFLICT}'"

# Records by their ids


def by_id(index: Index, id: str) -> list[View]:
    """Return the records, or the profile, with exactly this id; several files may have it."""
    return _views(index, "id = ? AND kind != 'journal'", [id])


def starting_with(index: Index, text: str, kinds: Sequence[str]) -> list[tuple[str, str]]:
    """Return (id, title) of the first records whose id starts with the text."""
    return _offered(index, text, kinds, _NO_RECORDS, f"id LIMIT {_CANDIDATES}")


def completions(index: Index, start: str, kinds: Sequence[str]) -> list[tuple[str, str]]:
    """Return (id, title) of the records whose id starts with the text, open ones first, then the newest."""
    return _offered(index, start, kinds, ("journal",), f"{OPEN_FIRST}, created DESC, id LIMIT {OFFERED}")


def _offered(index: Index, start: str, kinds: Sequence[str], never: Sequence[str], order: str) -> list[tuple[str, str]]:
    only = f"kind IN ({_marks(kinds)})" if kinds else f"kind NOT IN ({_marks(never)})"
    sql = f"SELECT id, title FROM records WHERE id >= ? AND id < ? AND {only} ORDER BY {order}"
    return [(id, title) for id, title in index.rows(sql, [start, start + _BEHIND_ALL, *(kinds or never)])]


def people(index: Index) -> list[Person]:
    """Return every mentor as they may be called."""
    from mentorlog.domain.people import Person

    sql = "SELECT id, title, alias FROM records WHERE kind = 'mentor' ORDER BY id"
    return [Person(*row) for row in index.rows(sql)]


def open_titles(index: Index, kinds: Sequence[str]) -> list[tuple[str, str]]:
    """Return (id, title) of the open records of these kinds (default: all) that have a title."""
    titled = [kind for kind in _OPEN if not kinds or kind in kinds]
    states = [state for kind in titled for state in _OPEN[kind]]
    only = f"kind IN ({_marks(titled)}) AND status IN ({_marks(states)})"
    sql = f"SELECT id, title FROM records WHERE {only} ORDER BY kind, id"
    return [(id, title) for id, title in index.rows(sql, [*titled, *states])]


def titles(index: Index, ids: Sequence[str]) -> dict[str, str]:
    """Return the title of each id that can be read, or what a mentor is called."""
    rows = index.rows(f"SELECT id, title, alias FROM records WHERE id IN ({_marks(ids)})", ids)
    return {id: called({"name": title, "nickname": alias}) for id, title, alias in rows}


def prefixes(index: Index, ids: Sequence[str]) -> dict[str, int]:
    """Return the length of the shortest prefix that tells each id from all others."""
    neighbours = "(SELECT max(id) FROM records b WHERE b.id < r.id), (SELECT min(id) FROM records a WHERE a.id > r.id)"
    rows = index.rows(f"SELECT id, {neighbours} FROM records r WHERE id IN ({_marks(ids)})", ids)
    return {id: prefix_length(id, before, after) for id, before, after in rows}


def prefix_length(id: str, before: str | None, after: str | None) -> int:
    """Return the length of the shortest unique prefix of an id, given its neighbours in sorted order.

    An id that another one begins with (`osler`, `osler-2`) is its own prefix: the exact id is found first.
    """
    neighbours = (before or "", after or "")
    lengths = range(_SHORTEST_PREFIX, len(id))
    return next((n for n in lengths if not any(one.startswith(id[:n]) for one in neighbours)), len(id))


def shared_ids(index: Index) -> list[tuple[str, str]]:
    """Return (path, id) of every file with a duplicate id."""
    several = "SELECT id FROM records GROUP BY id HAVING count(*) > 1"
    rows = index.rows(f"SELECT path, id FROM records WHERE id IN ({several}) ORDER BY path")
    return [(path, id) for path, id in rows]


def paths_of(index: Index, id: str) -> list[str]:
    """Return the files of the records with this id, as far as they can be read."""
    sql = f"SELECT path FROM records WHERE id = ? AND kind NOT IN ({_marks(_NO_RECORDS)})"
    return [path for (path,) in index.rows(sql, [id, *_NO_RECORDS])]


def was_used(index: Index, id: str) -> bool:
    """Return whether an operation of this machine's log touched a record with this id."""
    return bool(index.rows("SELECT 1 FROM used WHERE id = ?", [id]))


# All records


def everything(index: Index) -> list[View]:
    """Return the views of all records, by kind, day and id."""
    return _views(index, f"kind NOT IN ({_marks(_NO_RECORDS)}) ORDER BY kind, day, id", _NO_RECORDS)


def references(index: Index, id: str) -> list[View]:
    """Return the records that refer to an id, by the day of their creation."""
    linked = "SELECT path FROM links WHERE target = ? AND role != 'tag'"
    return _views(index, f"path IN ({linked}) ORDER BY created, id", [id])


def named(index: Index, ids: Sequence[str]) -> dict[str, set[str]]:
    """Return the ids that each of these records links to (of all records if none is given)."""
    only = f" AND id IN ({_marks(ids)})" if ids else ""
    sql = f"SELECT id, target FROM records JOIN links USING (path) WHERE role NOT IN ('tag', '{CONFLICT}'){only}"
    targets: dict[str, set[str]] = {}
    for id, target in index.rows(sql, ids):
        targets.setdefault(id, set()).add(target)
    return targets


def counts(index: Index) -> tuple[dict[str, int], int]:
    """Return how many records of each kind can be read, and how many wait for a choice."""
    kinds = "SELECT kind, count(*) FROM records WHERE kind != 'journal' GROUP BY kind"
    counted = dict(index.rows(f"{kinds} UNION ALL SELECT '', count(*) FROM links WHERE {_UNDECIDED}"))
    undecided: int = counted.pop("")
    return counted, undecided


def undecided(index: Index) -> list[View]:
    """Return the records, and the profile, that wait for a choice, by kind and id."""
    return _views(index, f"path IN (SELECT path FROM links WHERE {_UNDECIDED}) ORDER BY kind, id", ())


def fingerprints(index: Index) -> dict[str, str]:
    """Return the fingerprint of every file that can be read, by path; journal.toml is one of them."""
    return dict(index.rows("SELECT path, fingerprint FROM records"))


def listing(index: Index) -> str:
    """Return the fingerprint of the names and stamps of all files; empty if one is too young to have a stamp."""
    rows = index.rows("SELECT folder, names, stamps FROM folders ORDER BY folder")
    if any(NO_STAMP in stamps for _, _, stamps in rows):
        return ""
    return fingerprint(b"".join(part for folder, *parts in rows for part in (folder.encode(), *parts)))


def first_day(index: Index) -> str | None:
    """Return the day of the first record."""
    sql = f"SELECT created FROM records WHERE created > '' AND kind NOT IN ({_marks(_NO_RECORDS)})"
    rows = index.rows(f"{sql} ORDER BY created LIMIT 1", _NO_RECORDS)
    return str(rows[0][0]) if rows else None


# Days


def blocks(index: Index) -> list[BlockView]:
    """Return the blocks of the profile; one without blocks is not read."""
    sql = "SELECT data FROM records WHERE id = 'profile' AND kind = 'profile' AND instr(data, '\"blocks\":')"

    def read() -> list[BlockView]:
        try:
            found: list[BlockView] = [block for (data,) in index.rows(sql) for block in json.loads(data)["blocks"]]
        except (ValueError, TypeError, KeyError) as error:
            raise sqlite3.DatabaseError("a row is damaged") from error
        return found

    return index.asked(read)


def last_evidence(index: Index, goals: Sequence[str], until: date) -> dict[str, str]:
    """Return the last day of evidence, up to a day, of each of the goals that has any."""
    sql = f"SELECT goal, max(day) FROM evidence WHERE day <= ? AND goal IN ({_marks(goals)}) GROUP BY goal"
    return dict(index.rows(sql, [until.isoformat(), *goals]))


def meeting_days(index: Index, mentors: Sequence[str], today: date) -> dict[str, tuple[str | None, str | None]]:
    """Return the days of the last held and the next planned meeting with each mentor."""
    sql = (
        "SELECT target, max(CASE status WHEN 'held' THEN day END),"
        " min(CASE WHEN status = 'planned' AND day >= ? THEN day END) FROM links WHERE kind = 'meeting'"
        f" AND role = 'mentor' AND target IN ({_marks(mentors)}) GROUP BY target"
    )
    return {id: (held, planned) for id, held, planned in index.rows(sql, [today.isoformat(), *mentors])}


def meetings_held(index: Index, mentors: Sequence[str], since: str) -> dict[str, int]:
    """Return how many meetings were held with each of these mentors who has any, since a day (inclusive)."""
    sql = (
        "SELECT target, count(DISTINCT path) FROM links WHERE kind = 'meeting' AND role = 'mentor' AND status = 'held'"
        f" AND target IN ({_marks(mentors)}) AND day >= ? GROUP BY target"
    )
    return dict(index.rows(sql, [*mentors, since]))


def days_and_mentors(index: Index, ids: Sequence[str]) -> dict[str, tuple[str | None, tuple[str, ...]]]:
    """Return the day and the mentors of each of these meetings and goals."""
    sql = (
        "SELECT r.id, r.day, l.target FROM records r LEFT JOIN links l ON l.path = r.path AND l.role = 'mentor'"
        f" WHERE r.kind IN ('meeting', 'goal') AND r.id IN ({_marks(ids)}) ORDER BY l.rowid"
    )
    by_id: dict[str, tuple[str | None, tuple[str, ...]]] = {}
    for id, day, mentor in index.rows(sql, ids):
        by_id[id] = day, (*by_id.get(id, (None, ()))[1], *([mentor] if mentor else []))
    return by_id
