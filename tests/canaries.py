"""A journal with a distinct word in every text field of every kind, at every visibility and with every link.

The fields come from their declarations, so a new one has its word at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, replace
from datetime import UTC, date, datetime
from itertools import count, product
from typing import Any, NamedTuple

from mentorlog import ids, vocabulary
from mentorlog.models.fields import Kind, Spec, class_of, spec
from mentorlog.models.profile import Profile
from mentorlog.models.record import Conflict, Record, build

DAY = date(2026, 11, 16)
CREATED = datetime(2026, 9, 1, 9, tzinfo=UTC)

OSLER, CURIE, VIRCHOW, LISTER, SCOUTED, ASKED, ENDED, MENTEE = MENTORS = (
    *("qxosler", "qxcurie", "qxvirchow", "qxlister"),
    *("qxscouted", "qxasked", "qxended", "qxmentee"),
)
"""The slug of a mentor is a word too: it is made of the name."""
GHOST, GONE = "qxghost", "g9999"
"""The ids of a mentor and a goal that were deleted."""
_MENTORS: Mapping[str, Mapping[str, Any]] = {
    VIRCHOW: {"visibility": "private"},
    SCOUTED: {"status": "candidate"},
    ASKED: {"status": "invited"},
    ENDED: {"status": "ended"},
    MENTEE: {"my_role": "mentor"},
}

_FORMS = {
    "at": "14:00",
    "email": "{}@example.org",
    "links": "https://example.org/{}",
    "doi": "10.1000/{}",
    "start": "2026-01",
    "end": "2026-02",
    "pmid": "17284678",
    "year_starts": "07-01",
    "orcid": "0000-0002-1825-0097",
}
"""What a text must look like; those without {} can hold no word."""


class Canary(NamedTuple):
    """A word, the id of its record, the path of its field, and the entry of a list that it is in."""

    word: str
    record: str
    path: str
    entry: Mapping[str, Any]


class Journal:
    """The profile, the records, and every canary in them."""

    def __init__(self) -> None:
        self._words = (f"qz{a}{b}{c}{d}" for a, b, c, d in product("bcdfghjklmnprstvw", repeat=4))
        self._ids = {kind: count() for kind in vocabulary.RECORD_KINDS}
        self.canaries: list[Canary] = []
        self.records: list[Record] = []
        self.profile = self._profile()
        for id in MENTORS:
            self._mentor(id)
        self.canaries.append(Canary(GHOST, GHOST, "mentor.id", {}))
        self._goals()
        self._meetings()
        self._tasks()
        self._notes()
        self._reviews()
        self._name_tasks_in_meetings()

    def of(self, kind: str) -> list[Any]:
        """Return the records of a kind."""
        return [one for one in self.records if kind == one.KIND]

    def title(self, id: str) -> str:
        """Return the canary that is the title of a record."""
        return next(one.word for one in self.canaries if one.record == id and one.path.endswith((".title", ".name")))

    # One record

    def _add(self, record: str, id: str = "", **given: Any) -> Record:
        id = id or self._id(record)
        data = self._filled(class_of(record), id, record, {"id": id, "created": CREATED, **given})
        self.records.append(build(class_of(record), data))
        return self.records[-1]

    def _id(self, kind: str) -> str:
        number, text = next(self._ids[kind]), ""
        for _ in range(4):
            number, rest = divmod(number, len(ids.ALPHABET))
            text = ids.ALPHABET[rest] + text
        return kind[0] + text

    def _filled(self, kind: Kind, id: str, path: str, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return the data of a record or part: what is given, and a canary in every other text."""
        data = dict(given)
        for name, one in spec(kind).items():
            here = f"{path}.{name}"
            if name in given and one.part:
                entries = given[name] if one.is_list else [given[name]]
                parts = [self._filled(one.part, id, here, entry) for entry in entries if entry is not None]
                data[name] = parts if one.is_list else next(iter(parts), None)
            elif name not in given and (value := self._value(one, id, here, given)) is not None:
                data[name] = value
        data["qxkey"] = self._word(id, f"{path}.extra", given)
        return data

    def _value(self, one: Spec, id: str, path: str, entry: Mapping[str, Any]) -> Any:
        if one.part:
            if one.part is Conflict:
                return [self._filled(Conflict, id, path, given) for given in self._conflicts(id, path)]
            part = self._filled(one.part, id, path, {})
            return [part] if one.is_list else part
        if one.type_name == "str" and not (one.closed or one.target_kinds):
            form = _FORMS.get(one.name, "{}")
            text = form.format(self._word(id, path, entry)) if "{}" in form else form
            return [text] if one.is_list else text
        if one.default is not MISSING:
            return None
        if one.type_name == "date":
            return DAY
        if one.closed or one.target_kinds:
            return one.closed[0] if one.closed else self.records[0].id
        return one.between[0] if one.between else 1

    def _conflicts(self, id: str, path: str) -> list[dict[str, Any]]:
        """Return what is given of two: one with another value, one with both passages."""
        passages = [self._word(id, f"{path}.both", {}) for _ in range(2)]
        other = {"qxfield": self._word(id, f"{path}.other", {})}
        return [{"field": None, "both": [], "at": None, "other": other}, {"both": passages, "other": None}]

    def _word(self, id: str, path: str, entry: Mapping[str, Any]) -> str:
        self.canaries.append(Canary(next(self._words), id, path, entry))
        return self.canaries[-1].word

    # The records

    def _profile(self) -> Profile:
        return build(Profile, self._filled(Profile, "profile", "profile", {}))

    def _mentor(self, id: str) -> None:
        given = {"visibility": "mentor", "status": "active", "introduced_by": VIRCHOW, **_MENTORS.get(id, {})}
        log = [{"status": status} for status in ("candidate", "invited", "active")]
        self.canaries.append(Canary(id, id, "mentor.id", {}))
        agreed = [{"what": {"purpose": self._word(id, "mentor.agreed.what", {})}}]
        self._add("mentor", id, status_log=log, agreed=agreed, closure=[{"handed_to": [VIRCHOW]}], **given)

    def _goals(self) -> None:
        changed = ("title", "measure", "by", "why", "status", "notes")
        for visibility, mentors in product(vocabulary.VISIBILITIES, ((OSLER,), (CURIE,), (), (OSLER, CURIE, VIRCHOW))):
            before = self.of("goal")
            links = {"parent": before[-1].id if before else GONE, "asked_by": VIRCHOW}
            history: list[dict[str, Any]] = [{"field": name} for name in changed]
            history.append({"field": "mentors", "old": f"{VIRCHOW} (told 2026-10-01)", "new": VIRCHOW})
            history += [{"field": "parent", "old": one.id, "new": one.id} for one in before[:1]]
            shares = [{"mentor": mentor} for mentor in (*mentors, GHOST)]
            self._add("goal", visibility=visibility, target=50, mentors=shares, history=history, **links)
        for visibility in vocabulary.VISIBILITIES:
            self._add("goal", visibility=visibility, target=50, whose=MENTEE, history=[{"field": "by"}])

    def _meetings(self) -> None:
        goals = [one.id for one in self.of("goal")]
        for visibility, mentors in product(
            vocabulary.VISIBILITIES, ((OSLER,), (CURIE,), (OSLER, CURIE, VIRCHOW), (MENTEE,), ())
        ):
            agenda = [{"goal": goal} for goal in goals] + [{"goal": goal, "text": self.title(goal)} for goal in goals]
            self._add("meeting", visibility=visibility, mentors=[*mentors, GHOST], agenda=[*agenda, {}], status="held")
        for status in ("cancelled", "missed"):
            self._add("meeting", visibility="mentor", mentors=[OSLER], status=status)

    def _tasks(self) -> None:
        goals = {(one.visibility, *(share.mentor for share in one.mentors)): one.id for one in self.of("goal")}
        links: list[dict[str, Any]] = [
            {"owner": OSLER},
            {"owner": CURIE},
            {"owner": GHOST},
            {"owner": MENTEE},
            {"owner": MENTEE, "goal": goals["open", GHOST]},
            {"goal": next(one.id for one in self.of("goal") if one.whose)},
            {"goal": next(one.id for one in self.of("goal") if one.whose and one.visibility == "open")},
            {"assigned_by": OSLER, "helps": VIRCHOW},
            {"goal": goals["mentor", OSLER, GHOST]},
            {"goal": goals["mentor", OSLER, GHOST], "owner": CURIE},
            {"goal": goals["private", OSLER, GHOST]},
            {"goal": goals["program", CURIE, GHOST]},
            {"goal": goals["program", OSLER, GHOST], "status": "dropped"},
            {"goal": goals["program", OSLER, GHOST]},
            {"goal": goals["open", GHOST]},
            {"meeting": self._meeting("mentor", OSLER)},
            {"meeting": self._meeting("private", OSLER)},
            {},
        ]
        for visibility, link in product(vocabulary.VISIBILITIES, links):
            self._add("task", visibility=visibility, letter={"asked_on": DAY}, **link)

    def _meeting(self, visibility: str, *mentors: str) -> str:
        found = (one for one in self.of("meeting") if (one.visibility, one.mentors) == (visibility, (*mentors, GHOST)))
        return str(next(found).id)

    def _notes(self) -> None:
        goals = {(one.visibility, *(share.mentor for share in one.mentors)): one.id for one in self.of("goal")}
        links: list[dict[str, Any]] = [
            {"mentors": [OSLER]},
            {"mentors": [CURIE]},
            {"mentors": [OSLER, VIRCHOW, GHOST]},
            {"mentors": [MENTEE]},
            {"goal": next(one.id for one in self.of("goal") if one.whose and one.visibility == "mentor")},
            {"goal": goals["mentor", OSLER, GHOST]},
            {"goal": goals["mentor", OSLER, GHOST], "mentors": [CURIE]},
            {"goal": goals["private", OSLER, GHOST]},
            {"goal": goals["open", CURIE, GHOST]},
            {"meeting": self._meeting("mentor", OSLER)},
            {"meeting": self._meeting("private", OSLER)},
            {},
        ]
        for visibility, link in product(vocabulary.VISIBILITIES, links):
            self._note("win", visibility, told=[{"mentor": VIRCHOW}], **link)
        for kind, visibility in product(vocabulary.NOTE_KINDS, ("mentor", "open")):
            self._note(kind, visibility, mentors=[OSLER])

    def _note(self, kind: str, visibility: str, **given: Any) -> None:
        own = {"cv": "win", "options": "decision", "to": "introduction", "result": "advice"}
        empty = {name: [] if name == "options" else None for name, of in own.items() if of != kind}
        self._add("note", kind=kind, visibility=visibility, **given, **empty)

    def _reviews(self) -> None:
        goals, tasks = ([one.id for one in self.of(kind)] for kind in ("goal", "task"))
        hidden = next(one.id for one in self.of("goal") if one.visibility == "private")
        for visibility, scope in product(vocabulary.VISIBILITIES, ("all", hidden, VIRCHOW)):
            id = self._id("review")
            verdicts = [verdict for goal in goals for verdict in self._verdicts(id, goal)]
            self._add(
                "review",
                id,
                visibility=visibility,
                scope=scope,
                verdicts=verdicts,
                tasks=[{"task": task, "verdict": "drop"} for task in tasks],
                mentors=[{"mentor": mentor} for mentor in MENTORS],
                added_goals=goals,
            )

    def _verdicts(self, review: str, goal: str) -> list[dict[str, Any]]:
        """A revision, with changes of its title and its notes, and a dropped one, with a reason for the status."""
        notes = self._word(review, "review.verdicts.changes.notes", {"goal": goal})
        changes = {"title": self.title(goal), "notes": notes}
        return [
            {"goal": goal, "verdict": "revise", "changes": changes, "clear": ["notes"]},
            {"goal": goal, "verdict": "drop", "clear": ["notes"]},
        ]

    def _name_tasks_in_meetings(self) -> None:
        """Write into the notes of meetings the items of tasks, and why they were moved or did not take place."""
        tasks = [(one.id, self.title(one.id)) for one in self.of("task")]
        items = "\n".join(f"- [ ] @me {title} ({id})" for id, title in tasks)
        for at, one in enumerate(self.records):
            if one.KIND != "meeting":
                continue
            why = [self._word(one.id, "meeting.notes.reason", {}) for _ in range(6)]
            moved = f"Moved from Mon 2 Nov 2026: {why[0]}\n{why[1]}"
            off = f"Cancelled by me: {why[2]}\n{why[3]}\n\nMissed: {why[4]}\n{why[5]}"
            self.records[at] = replace(one, notes=f"{moved}\n\n{one.notes}\n\n{items}\n\n{off}")
