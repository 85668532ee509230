"""The components of a calendar: what of the journal has a day, and how a calendar or a to-do list shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from icalendar import Alarm, Component, Event, Todo
from icalendar.prop import vText

from mentorlog import vocabulary
from mentorlog.domain.mentees import only_mentored
from mentorlog.models.counts import percent
from mentorlog.models.fields import only
from mentorlog.models.views import joined
from mentorlog.output.text import safe, safe_block
from mentorlog.values import Value

if TYPE_CHECKING:
    from mentorlog.domain.audience import Selection
    from mentorlog.domain.loop import Contact
    from mentorlog.models.view_types import GoalView, MeetingView, TaskView
    from mentorlog.models.views import View

_FIELDS = {
    "mentor": ("name", "my_role"),
    "goal": ("title", "by", "priority", "measure", "target", "progress", "closed_on"),
    "task": ("title", "owner", "assigned_by", "helps", "goal", "due", "priority", "done_on"),
    "meeting": ("on", "at", "minutes", "mode", "kind", "place", "mentors", "agenda"),
}
"""The kinds of records that a calendar shows, and what it shows of each beside its status."""

_MINUTES = 30
_PRIORITY = {"high": 1, "normal": 5, "low": 9}
_TODO = {"todo": "NEEDS-ACTION", "done": "COMPLETED", "dropped": "CANCELLED"}
_FINISHED = ("achieved", "partly")
_OFF = ("cancelled", "missed")
_NOON = "T12:00:00+00:00"


class Review(Value):
    """The day of the next review, and when the record was created that it follows from."""

    on: str
    created: str


class CalendarOptions(Value):
    """What a calendar needs to know beside the records."""

    journal: str = ""
    """The id of the journal, for the ids of events."""
    tasks: str = "event"
    bare: bool = False
    """Without descriptions and places."""
    remind: timedelta | None = None
    """How long before a meeting a reminder comes."""
    remind_due: timedelta | None = None
    """How long before any other day."""
    zone: tzinfo | None = None
    """The time zone of the hours of meetings; None for that of the machine."""
    contacts: Sequence[Contact] = ()
    review: Review | None = None
    minutes: Mapping[str, int] = {}
    """How long a meeting with each mentor usually takes."""
    since: str | None = None
    until: str | None = None

    def uid(self, suffix: str) -> str:
        """Return the id of an event: letters, digits and hyphens only, so that it can be a file name."""
        return f"{self.prefix}{suffix}"

    @property
    def prefix(self) -> str:
        """What the ids of all events of this journal begin with."""
        return f"mentorlog-{re.sub(r'[^A-Za-z0-9]', '', self.journal)[:32] or 'journal'}-"

    def includes(self, day: str | None) -> bool:
        """Return whether a day is within those that are asked for."""
        return day is None or (self.since or "") <= day <= (self.until or "9999-12-31")


class Entry(Value):
    """One component: its id, its day, when its record was created, its name, and its lines between BEGIN and END."""

    uid: str
    day: str | None
    created: datetime
    name: str
    lines: tuple[str, ...]


class _Text(vText):
    """A text as RFC 5545 escapes it; icalendar writes a line break for a backslash before an N."""

    def to_ical(self) -> bytes:
        """Return the escaped text."""
        return re.sub(r"([\\;,])", r"\\\1", self).replace("\n", r"\n").encode()


def part(selection: Selection, tasks: str) -> Selection:
    """Return the part of a selection that a calendar shows: records that may have a day, without their other fields."""
    views = [_bare(view) for view in selection.views if _is_shown(view, tasks)]
    others = {view["id"] for view in selection.views if view["record"] not in _FIELDS}
    names = {id: name for id, name in selection.names.items() if id not in others}
    withheld = [one for one in selection.withheld if one.record in _FIELDS and one.why != "field"]
    return selection.but(profile={}, views=views, counted=[], names=names, withheld=withheld)


def _is_shown(view: View, tasks: str) -> bool:
    match view["record"]:
        case "task":
            return tasks == "todo" or (tasks == "event" and view["due"] is not None)
        case "goal":
            return view["by"] is not None and not view["whose"]
    return view["record"] in _FIELDS


def _bare(view: View) -> View:
    """Return a view with the fields that a calendar shows; the others are empty."""
    bare = only(view, ("record", "id", "status", "visibility", "created", *_FIELDS[view["record"]]))
    return bare | ({"progress": [{**one, "text": None} for one in view["progress"]]} if "progress" in bare else {})


def entries(selection: Selection, options: CalendarOptions) -> list[Entry]:
    """Return the components of the part of a selection that a calendar shows."""
    maker = _Maker(selection, options)
    return list(maker.entries())


class _Maker:
    """Makes the components of one calendar."""

    def __init__(self, selection: Selection, options: CalendarOptions) -> None:
        self.options = options
        self.selection = selection
        self.goals = {view["id"] for view in selection.of("goal")}
        self.mentees = only_mentored(selection.of("mentor"))

    def entries(self) -> Iterator[Entry]:
        """Yield every component."""
        for view in self.selection.views:
            match view["record"]:
                case "meeting":
                    yield self._meeting(view)
                case "task":
                    yield self._task(view)
                case "goal":
                    yield self._goal(view)
        mentors = {view["id"]: view for view in self.selection.views if view["record"] == "mentor"}
        for contact in self.options.contacts:
            if mentor := mentors.get(contact["id"]):
                yield self._contact(contact, mentor["created"])
        if review := self.options.review:
            yield self._all_day("review", review.on, review.created, "Reassess", "Review")

    # One kind each

    def _meeting(self, view: MeetingView) -> Entry:
        people = self._names(view["mentors"])
        summary = joined(people) or "Meeting"
        points = [f"{'✓' if item['done'] else '•'} {item['text']}" for item in view["agenda"] if item["text"]]
        place = view["place"] or ("" if view["mode"] == "in_person" else view["mode"].replace("_", " ").capitalize())
        status = "CANCELLED" if view["status"] in _OFF else "CONFIRMED"
        is_ahead = view["status"] == "planned"
        start = self._start(view["on"], view["at"]) if view["at"] else None
        if start is None:
            return self._all_day(
                view["id"], view["on"], view["created"], summary, "Meeting", points, status, is_ahead, place
            )
        length = view["minutes"] or next(filter(None, map(self.options.minutes.get, view["mentors"])), _MINUTES)
        event = Event()
        self._begin(event, view["id"], summary, "Meeting")
        event.add("dtstart", start)
        event.add("dtend", start + timedelta(minutes=length))
        self._end(event, points, status, place)
        self._alarm(event, self.options.remind if is_ahead else None)
        return self._entry(event, view["on"], view["created"])

    def _start(self, on: str, at: str) -> datetime | None:
        """Return the time in UTC; None if there is none, at either end of the calendar."""
        local = datetime.fromisoformat(f"{on}T{at}")
        try:
            start = (local.replace(tzinfo=self.options.zone) if self.options.zone else local).astimezone(UTC)
            return start if start + timedelta(days=1) else None
        except (OverflowError, ValueError, OSError):
            return None

    def _task(self, view: TaskView) -> Entry:
        mine, is_mentees = view["owner"] == vocabulary.ME, view["owner"] in self.mentees
        other = self._names([] if mine else [view["owner"]])
        who = f" ({'for' if is_mentees else 'from'} {other[0]})" if other else ""
        title = f"{_line(view['title'])}{who}"
        people = self._names([view["assigned_by"], view["helps"]] if mine else [])
        more = [f"For {joined(people)}"] if people else []
        if goal := self._names([view["goal"]]):
            more.append(f"Goal: {goal[0]}")
        is_open = view["status"] in vocabulary.OPEN_TASKS
        kind = "Task" if mine or is_mentees else "Promise"
        if self.options.tasks != "todo":
            status = "CONFIRMED" if is_open else "CANCELLED"
            due = str(view["due"])
            return self._all_day(
                f"{view['id']}-due", due, view["created"], f"Due: {title}", kind, more, status, is_open
            )
        todo = Todo()
        self._begin(todo, view["id"], title, kind)
        if view["goal"] in self.goals:
            todo.add("related-to", self.options.uid(str(view["goal"])))
        done_on = view["done_on"] if view["status"] == "done" else None
        return self._todo(todo, view, view["due"], _TODO.get(view["status"], "IN-PROCESS"), done_on, None, more)

    def _goal(self, view: GoalView) -> Entry:
        is_open = view["status"] in vocabulary.OPEN_GOALS
        more = [view["measure"]] if view["measure"] else []
        title, by = _line(view["title"]), str(view["by"])
        if self.options.tasks != "todo":
            status = "CONFIRMED" if is_open else "CANCELLED"
            active = view["status"] == "active"
            return self._all_day(
                f"{view['id']}-by", by, view["created"], f"Goal: {title}", "Goal", more, status, active
            )
        done = percent(view)
        status = {"paused": "NEEDS-ACTION", "dropped": "CANCELLED"}.get(view["status"], "COMPLETED")
        if view["status"] == "active":
            status = "IN-PROCESS" if done else "NEEDS-ACTION"
        closed_on = view["closed_on"] if view["status"] in _FINISHED else None
        todo = Todo()
        self._begin(todo, view["id"], title, "Goal")
        return self._todo(todo, view, by, status, closed_on, done, more)

    def _contact(self, contact: Contact, created: str) -> Entry:
        # The id of a mentor is made of their name, which must not outlive them in the file.
        digest = sha256(f"{self.options.journal} {contact['id']}".encode()).hexdigest()[:8]
        name = self._names([contact["id"]])[0]
        return self._all_day(f"{digest}-contact", contact["due_on"], created, f"Talk to {name}", "Contact")

    # Their parts

    def _names(self, ids: Sequence[str | None]) -> list[str]:
        """Return the names of records that may be named."""
        known = self.selection.names
        return [_line(known[id]) for id in dict.fromkeys(ids) if id and id in known]

    def _begin(self, component: Component, suffix: str, summary: str, kind: str) -> None:
        component.add("uid", self.options.uid(suffix))
        component.add("summary", _Text(summary))
        component.add("categories", ["Mentorship", kind])
        component.add("class", "PRIVATE")

    def _end(self, component: Component, more: Sequence[str], status: str, place: str | None = None) -> None:
        if more and not self.options.bare:
            component.add("description", _Text("\n".join(safe_block(text, document=True).strip() for text in more)))
        if place and not self.options.bare:
            component.add("location", _Text(_line(place)))
        component.add("status", status)

    def _all_day(
        self,
        suffix: str,
        day: str,
        created: str,
        summary: str,
        kind: str,
        more: Sequence[str] = (),
        status: str = "CONFIRMED",
        reminds: bool = True,
        place: str | None = None,
    ) -> Entry:
        event, start = Event(), date.fromisoformat(day)
        self._begin(event, suffix, summary, kind)
        event.add("dtstart", start)
        event.add("dtend", start + timedelta(days=1))
        self._end(event, more, status, place)
        event.add("transp", "TRANSPARENT")
        self._alarm(event, self.options.remind_due if reminds else None)
        return self._entry(event, day, created)

    def _todo(
        self,
        todo: Todo,
        view: View,
        due: str | None,
        status: str,
        done_on: str | None,
        done: int | None,
        more: Sequence[str],
    ) -> Entry:
        if due:
            todo.add("due", date.fromisoformat(due))
        todo.add("priority", _PRIORITY[view["priority"]])
        if done_on:
            # At noon it is the same day in almost every zone; at midnight it is the day before in America.
            todo.add("completed", datetime.fromisoformat(f"{done_on}{_NOON}"))
        if done_on or done is not None:
            todo.add("percent-complete", 100 if done_on else done)
        self._end(todo, more, status)
        is_open = due and status in ("NEEDS-ACTION", "IN-PROCESS")
        self._alarm(todo, self.options.remind_due if is_open else None, RELATED="END")
        return self._entry(todo, due, view["created"])

    @staticmethod
    def _alarm(component: Component, before: timedelta | None, **parameters: str) -> None:
        if before is None:
            return
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", component["summary"])
        alarm.add("trigger", -before, parameters=parameters)
        component.add_component(alarm)

    @staticmethod
    def _entry(component: Any, day: str | None, created: str) -> Entry:
        lines = component.to_ical(sorted=False).decode().split("\r\n")
        return Entry(str(component["uid"]), day, _in_utc(created), component.name, tuple(lines[1:-2]))


def _in_utc(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    try:
        return moment.astimezone(UTC)
    except OverflowError:  # on the first or the last day of the calendar
        return moment.replace(tzinfo=UTC)


def _line(text: str) -> str:
    """Return a text as one safe line."""
    return " ".join(safe(text, document=True).split())
