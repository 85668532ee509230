"""Which columns of a sheet are which fields: by a closed list of names, by what the user says, or none. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from mentorlog import vocabulary
from mentorlog.errors import MentorlogError, joined, shortened
from mentorlog.exchange.csv_rows import Table
from mentorlog.exchange.csv_sheet import Sheet
from mentorlog.fold import folded
from mentorlog.values import Value

KINDS: Mapping[str, str] = {f"{kind}s": kind for kind in vocabulary.RECORD_KINDS if kind != "review"}
"""The kind of record that the rows become, by the word for it on the command line."""

# Field: names by which columns are known too, without case, blanks and signs.
_NAMES = {
    "mentor": """
        name: mentor, full name, person, mentor name
        first_name: first, given name, forename
        last_name: last, surname, family name
        nickname: nick, called
        status: state
        roles: role
        domains: domain, area, areas, field, fields, expertise, topics
        email: mail, email address
        phone: telephone, tel, mobile, phone number
        department: dept, division, section
        institution: hospital, university, affiliation, organisation, organization, employer
        program: programme
        proximity:
        my_role:
        formality:
        model:
        origin:
        met_via: how we met, met through
        introduced_by: referred by
        qualities: strengths
        perspective:
        started: since, start, start date, began, mentor since
        term_ends: end, end date, ends, until
        every_days: every, cadence, frequency, how often, met how often, meet how often, meet every, rhythm
        longest_days: longest, longest gap
        purpose: why, aim
        links: link, url, website
        tags: tag, labels, keywords
        visibility:
        notes: note, comment, comments, remark, remarks
        created:
    """,
    "goal": """
        title: goal, subject, what, aim, objective
        status: state
        by: deadline, target, due, due date, target date, by when
        closed_on: closed, achieved on, completed on, done on, date completed
        mentors: mentor, with, who, advisor, advisors, person, shared with
        percent: progress, %, progress %, percentage, % complete, percent complete, % done
        count:
        target: target number
        unit: units
        why: reason, motivation, purpose
        measure: metric, how measured, measured by, success criteria
        support: resources, support needed
        baseline: starting point
        domain: area
        competency: acgme competency
        horizon:
        priority: importance
        parent: part of
        tags: tag, labels, keywords
        links: link, url
        visibility:
        notes: note, comment, comments, remark, remarks
        created:
    """,
    "task": """
        title: task, subject, what, to do, action, action item, item
        status: state
        due: deadline, due date, by, by when
        done_on: completed on, date completed, finished on, closed on
        owner: who, assignee, responsible
        assigned_by: from, mentor, requested by, advisor
        goal: for goal
        meeting:
        helps:
        priority: importance
        instructions: details, description
        deliverable:
        outcome: result
        tags: tag, labels, keywords
        links: link, url
        visibility:
        notes: note, comment, comments, remark, remarks
        created:
    """,
    "meeting": """
        on: date, day, met on, meeting date, when
        at: time, start time, hour
        mentors: mentor, with, who, advisor, person, people, name, attendees, participants
        status: state
        kind: type
        mode: format
        minutes: duration, length, duration (min)
        place: location, where, room
        cancelled_by:
        agenda: topics, topic, subject, title
        decisions: decision, decided
        tags: tag, labels, keywords
        links: link, url
        visibility:
        notes: minutes, note, comment, comments, remark, remarks, summary, discussed
        created:
    """,
    "note": """
        on: date, day, when
        text: note, entry, body, content, what, reflection
        kind: type, category
        status: state
        mentors: mentor, with, who, advisor, person, people
        goal: for goal
        meeting:
        closed_on: answered on
        outcome: result, answer
        tags: tag, labels, keywords
        links: link, url
        visibility:
        created:
    """,
}
NEEDED = {
    "mentor": (("name", "the name of the mentor"),),
    "goal": (("title", "the title of the goal"),),
    "task": (("title", "the title of the task"),),
    "meeting": (("on", "the date of the meeting"),),
    "note": (("on", "the date of the note"), ("text", "the text of the note")),
}
"""The fields that each row must have, and what they are in words."""
_COUNTED = {
    "mentor": ("last_held", "meetings_held"),
    "goal": ("last_evidence",),
    "task": ("rounds", "defers"),
    "meeting": ("goals",),
    "note": ("told",),
}
"""Columns of our own tables that mentorlog makes of other records, or that lack a part of what they show."""
_NUMBER = re.compile(r"[0-9]+([.,:][0-9]+)? ?([a-z]{1,7}\.?)?", re.IGNORECASE)
_MOST_NAMED = 8
_LONGEST_SHOWN = 40


class Column(Value):
    """A column with its place from 0, its name as in the sheet, and its field; None for what is kept as it is."""

    place: int
    name: str
    field: str | None


class Columns(Value):
    """The columns of a table that are read, and the names of those of our own tables that only count."""

    all: tuple[Column, ...]
    counted: tuple[str, ...]
    key: Column | None

    @property
    def by_field(self) -> dict[str, Column]:
        """The columns that have a field of ours."""
        return {one.field: one for one in self.all if one.field}

    @property
    def kept(self) -> list[Column]:
        """The columns without a field of ours."""
        return [one for one in self.all if not one.field]


def fields(kind: str) -> list[str]:
    """Return the fields of a kind of record that a column can be."""
    return ["id", *_known(kind)]


def knows(kind: str, name: str) -> bool:
    """Return whether a name of a column is on the list for a kind of record."""
    return key(name) in ("id", *_by_key(kind))


def key(name: str) -> str:
    """Return the form in which names of columns are compared: `E-mail (work)` is emailwork."""
    return "".join(sign for sign in folded(name) if sign.isalnum() or sign == "%")


@cache
def _known(kind: str) -> Mapping[str, list[str]]:
    """Return the fields of a kind, each with the names of its column."""
    pairs = (line.partition(":") for line in _NAMES[kind].strip().splitlines())
    return {
        field.strip(): [field.strip(), *(name for name in names.split(",") if name.strip())]
        for field, _, names in pairs
    }


@cache
def _by_key(kind: str) -> Mapping[str, list[str]]:
    """Return the fields that a name of a column can mean, the one of that name first."""
    found: dict[str, list[str]] = {}
    for field in _known(kind):
        found.setdefault(key(field), []).append(field)
    for field, names in _known(kind).items():
        for name in names:
            if field not in found.setdefault(key(name), []):
                found[key(name)].append(field)
    return found


def find(table: Table, sheet: Sheet) -> Columns:
    """Return what the columns of a table are; MentorlogError lists everything that cannot be right."""
    wrong: list[MentorlogError] = []
    places = {place: name for place, name in enumerate(table.header) if name}
    said = {
        place: _field(field, sheet.kind, wrong) for name, field in sheet.mapped for place in _place(name, places, wrong)
    }
    dropped = {place for name in sheet.dropped for place in _place(name, places, wrong)}
    by_key = [place for name in filter(None, [sheet.key]) for place in _place(name, places, wrong)]
    if wrong:
        raise first_of_all(wrong)
    is_ours = "id" in map(key, table.header)
    columns, counted = list[Column](), list[str]()
    for place, name in places.items():
        if is_ours and place not in said and name in _COUNTED[sheet.kind]:
            counted.append(name)
        elif place not in dropped:
            field = said[place] if place in said else _meant(table, place, sheet.kind, {*said.values()})
            columns.append(Column(place, name, field or None))
    wrong += [*_twins(columns), *_missing(columns, sheet.kind)]
    if wrong:
        raise first_of_all(wrong)
    return Columns(tuple(columns), tuple(counted), Column(by_key[0], places[by_key[0]], None) if by_key else None)


def first_of_all(wrong: Sequence[MentorlogError], most: int = 20) -> MentorlogError:
    """Return the first of several errors, with the others after it."""
    first, *others = wrong
    more = len(others) - most
    first.also = [*others[:most], *([MentorlogError(f"{more} more cells are wrong.")] if more > 0 else [])]
    return first


def ragged(table: Table) -> Iterator[MentorlogError]:
    """Yield an error for each row with a cell in a column without a name."""
    named = [bool(name) for name in table.header]
    for row in table.rows:
        nameless = (place for place, cell in enumerate(row.cells) if cell.strip() and not any(named[place : place + 1]))
        place = next(nameless, None)
        if place is None:
            continue
        if place < len(table.header):
            sentence = f"Row {row.number} has text in column {place + 1}, which has no name in the first row."
            yield MentorlogError(sentence, "name the column, or empty its cells")
        else:
            count = f"{len(row.cells)} cells, but the first row has {len(table.header)}"
            hint = "put a cell with a separator in quotes, or name the column in the first row"
            yield MentorlogError(f"Row {row.number} has {count}.", hint)


def _place(name: str, places: Mapping[int, str], wrong: list[MentorlogError]) -> Iterator[int]:
    """Yield the place of the column with a name, exact or compared without case and signs."""
    found = [place for place, one in places.items() if one == name.strip()]
    found = found or [place for place, one in places.items() if key(one) == key(name)]
    if len(found) == 1:
        yield found[0]
    elif found:
        wrong.append(MentorlogError(f"Several columns are called {shortened(name)}.", "rename one of them in the file"))
    else:
        names = ", ".join(map(_shown, list(places.values())[:_MOST_NAMED]))
        wrong.append(MentorlogError(f"No column is called {shortened(name)}.", f"the columns are: {names}"))


def _field(text: str, kind: str, wrong: list[MentorlogError]) -> str:
    """Return the field that a text means, or "" for none."""
    if not text.strip() or key(text) == "id":
        return key(text)
    if found := _by_key(kind).get(key(text)):
        return found[0]
    wrong.append(MentorlogError(f"A {kind} has no field {shortened(text)}.", f"one of: {', '.join(fields(kind))}"))
    return ""


def _meant(table: Table, place: int, kind: str, taken: set[str]) -> str | None:
    """Return the field that a column is by its name; of two (a target: a number or a date) the one that its cells fit.

    A column that the user says which field it is leaves that field to no other.
    """
    name = key(table.header[place])
    candidates = ["id"] if name == "id" else _by_key(kind).get(name, [])
    if len(candidates) > 1:
        cells = (row.cells[place].strip() for row in table.rows if place < len(row.cells))
        numbers = all(_NUMBER.fullmatch(cell) for cell in cells if cell)
        candidates = candidates[:1] if numbers else candidates[1:]
    return next((field for field in candidates if field not in taken), None)


def _twins(columns: Sequence[Column]) -> Iterator[MentorlogError]:
    names = [one.name for one in columns]
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        yield MentorlogError(f"Several columns are called {shortened(name)}.", "rename one of them in the file")
    by_field: dict[str, list[str]] = {}
    for one in columns:
        if one.field and names.count(one.name) == 1:
            by_field.setdefault(one.field, []).append(one.name)
    for field, same in by_field.items():
        if len(same) > 1:
            both = joined([shortened(name) for name in same])
            keep = _option("map", f"{same[-1]}=")
            yield MentorlogError(f"The columns {both} both mean {field}.", f"keep one of them as it is: {keep}")


def _missing(columns: Sequence[Column], kind: str) -> Iterator[MentorlogError]:
    found = {one.field for one in columns}
    if kind == "mentor" and "last_name" in found:
        return
    names = [one.name for one in columns]
    free = [one.name for one in columns if not one.field] or names
    for field, what in NEEDED[kind]:
        if field not in found:
            shown = ", ".join(shortened(name) for name in names[:_MOST_NAMED])
            hint = "name the columns in the first row"
            if free and free[0] == _shown(free[0]):
                hint += f", or pass the column that it is: {_option('map', f'{free[0]}={field}')}"
            yield MentorlogError(f"No column is {what}; the first row has: {shown}.", hint)


def _shown(name: str) -> str:
    return name if len(name) <= _LONGEST_SHOWN else f"{name[: _LONGEST_SHOWN - 1]}…"


def _option(name: str, value: str) -> str:
    from shlex import quote

    return f"--{name} {quote(value)}"
