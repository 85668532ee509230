"""What happened, day by day, derived from views. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from mentorlog import dates, vocabulary
from mentorlog.domain import loop
from mentorlog.domain.mentees import only_mentored
from mentorlog.fold import tag_key
from mentorlog.models.counts import step as reached
from mentorlog.models.views import View, about, called, heading, joined, made_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypedDict

    from mentorlog.domain.query import About
    from mentorlog.models.view_types import DeferView, GoalView, HistoryEntryView, TaskView

    class Event(TypedDict):
        """One event: its day, its record, and what happened."""

        on: str
        record: str
        id: str
        event: str
        title: str
        text: str | None


_ORDER = {"mentor": 0, "goal": 1, "meeting": 2, "task": 3, "note": 4, "review": 5}
"""The order of events on one day."""


def events(views: Iterable[View], about: About, named: Mapping[str, Collection[str]]) -> list[Event]:
    """Return the events, the oldest first; `named` has the ids that each record links to."""
    ordered = sorted(views, key=lambda view: (_ORDER[view["record"]], made_at(view), view["id"]))
    names = {view["id"]: called(view) for view in ordered if view["record"] == "mentor"}
    mentees = only_mentored([view for view in ordered if view["record"] == "mentor"])
    met = {view["id"]: str(view["on"]) for view in ordered if view["record"] == "meeting"}
    concerned = (view for view in ordered if _concerns(view, about, named.get(view["id"], ())))
    every = (event for view in concerned for event in _events_of(view, names, met, mentees))
    since, until = about.since or "", about.until or "9999-12-31"
    return sorted((event for event in every if since <= event["on"] <= until), key=lambda event: event["on"])


def _concerns(view: View, about: About, named: Collection[str]) -> bool:
    ids = {view["id"], *named}
    mentors = not about.mentors or bool(ids & set(about.mentors))
    tagged = {*map(tag_key, about.tags)} <= {*map(tag_key, view["tags"])}
    return mentors and tagged and (about.goal is None or about.goal in ids)


def _events_of(
    view: View, names: Mapping[str, str], met: Mapping[str, str], mentees: Collection[str]
) -> Iterator[Event]:
    match view["record"]:
        case "goal":
            for event in _goal(view, names):
                event["title"] += f", of {names.get(view['whose'], view['whose'])}" if view["whose"] else ""
                yield event
        case "task":
            yield from _task(view, met, is_mentees=view["owner"] in mentees)
        case "mentor":
            for change in view["status_log"]:
                yield _event(view, change["on"], change["status"], change["reason"])
        case "review":
            yield _event(view, view["on"], "held")
        case "meeting":
            people = joined([names.get(id, id) for id in view["mentors"]])
            met_on = _event(view, view["on"], view["status"], about(view) or None)
            yield {**met_on, "title": f"with {people or 'no mentors'}"}
        case "note":
            yield _event(view, view["on"], view["kind"])
            if view["closed_on"]:
                answered = "answered" if view["kind"] == "question" and view["outcome"] else "closed"
                yield _event(view, view["closed_on"], answered, view["outcome"])


def _task(view: TaskView, met: Mapping[str, str], *, is_mentees: bool) -> Iterator[Event]:
    assigned = "assigned" if view["assigned_by"] != vocabulary.ME else "added"
    others = "given" if is_mentees else "promised"
    since = loop.owed_since(view, met.get(view["meeting"] or ""))
    yield _event(view, since, assigned if view["owner"] == vocabulary.ME else others)
    for defer in view["defers"]:
        yield _event(view, defer["on"], "deferred", f"to {dates.say(defer['new'])}{_why(defer)}")
    for one in view["rounds"]:
        yield _event(view, one["sent"], "submitted", None if one["returned"] else one["comment"])
        if one["returned"]:
            yield _event(view, one["returned"], "returned", one["comment"])
    if view["done_on"]:
        yield _event(view, view["done_on"], "done", view["outcome"])


def _goal(view: GoalView, names: Mapping[str, str]) -> Iterator[Event]:
    yield _event(view, view["created"][:10], "set")
    for share in view["mentors"]:
        if share["told_on"]:
            yield _event(view, share["told_on"], "told", f"to {names.get(share['mentor'], share['mentor'])}")
    for step in view["progress"]:
        far = reached(view, step)
        yield _event(view, step["on"], "progress", " ".join(filter(None, (far, step["text"]))))
    for entry in view["history"]:
        field = entry["field"]
        if field == "status":
            became = "resumed" if entry["new"] == "active" else entry["new"] or "revised"
            yield _event(view, entry["on"], became, entry["reason"])
        else:
            old, new = (dates.format_value(text, field) for text in (entry["old"], entry["new"]))
            yield _event(view, entry["on"], "revised", f"{field.replace('_', ' ')}: {old} → {new}{_why(entry)}")


def _why(entry: DeferView | HistoryEntryView) -> str:
    return f" ({entry['reason']})" if entry["reason"] else ""


def _event(view: View, day: str, event: str, text: str | None = None) -> Event:
    title = heading(view)
    if view["record"] == "review":  # its day is already shown
        title = f"{view['kind'].replace('_', ' ')}{'' if view['scope'] == 'all' else ', of ' + view['scope']}"
    return {
        "on": day,
        "record": view["record"],
        "id": view["id"],
        "event": event.replace("_", " "),
        "title": title,
        "text": text,
    }
