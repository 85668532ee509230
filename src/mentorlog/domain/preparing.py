"""The facts for preparing a meeting with one mentor. Pure; today is an argument."""

from __future__ import annotations

from datetime import date, timedelta

from mentorlog import vocabulary
from mentorlog.domain import loop
from mentorlog.models.views import heading, is_mentee
from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any, TypedDict

    from mentorlog.domain.phases import Phase
    from mentorlog.models.view_types import (
        FullGoal,
        FullTask,
        GoalView,
        MeetingView,
        MentorView,
        NoteView,
        ProgressView,
    )

    class Change(TypedDict):
        """A change that a mentor was not told about: a note of kind change, or a revised field of a goal."""

        on: str
        record: str
        id: str
        title: str
        field: str | None
        old: str | None
        new: str | None
        reason: str | None

    class News(TypedDict):
        """What a mentor does not know yet of one goal, or a change that is about none of theirs.

        `untold` says that they do not know the goal at all; the progress is that since the last meeting.
        """

        record: str
        id: str
        title: str
        by: str | None
        pace: str | None
        untold: bool
        changes: list[Change]
        progress: list[ProgressView]

    class AgendaPoint(TypedDict):
        """An item of the agenda, planned or suggested, with the ids of the records it is about."""

        text: str
        planned: bool
        about: list[str]

    class Decided(TypedDict):
        """What was decided, and the meeting or note that says it."""

        id: str
        text: str

    class PrepSheet(TypedDict):
        """The facts for a meeting with one mentor: the data of `meeting prep`."""

        mentor: MentorView
        meeting: MeetingView | None
        last_meeting: MeetingView | None
        recap_unsent: bool
        minutes: int | None
        minutes_agreed: int | None
        mode: str | None
        expected_of_me: list[str]
        material_by: str | None
        off_limits: list[str]
        conflict_of_interest: str | None
        phase: Phase | None
        assignments: list[FullTask]
        assignments_done: list[FullTask]
        promises: list[FullTask]
        promises_kept: list[FullTask]
        drafts: list[FullTask]
        introductions: list[NoteView]
        questions: list[NoteView]
        asked: list[NoteView]
        decided: list[Decided]
        their_goals: list[FullGoal]
        decisions: list[NoteView]
        goals_untold: list[GoalView]
        changes: list[Change]
        news: list[News]
        agenda: list[AgendaPoint]


# Fields of a goal whose changes do not concern a mentor.
_NO_NEWS = ("mentors", "tags", "links", "visibility", "notes")


class Records(Value):
    """The views to select from: meetings and goals of the mentor, tasks, open notes, introductions of theirs.

    Of a mentee also their own goals, and the questions and decisions that concern them.
    """

    meetings: Sequence[MeetingView]
    goals: Sequence[GoalView]
    tasks: Sequence[FullTask]
    notes: Sequence[NoteView]
    their_goals: Sequence[FullGoal] = ()
    their_notes: Sequence[NoteView] = ()
    introductions: Sequence[NoteView] = ()
    phase: Phase | None = None


def last_held(meetings: Iterable[MeetingView]) -> MeetingView | None:
    """Return the last of the meetings that were held."""
    return max((meeting for meeting in meetings if meeting["status"] == "held"), key=_moment, default=None)


def _moment(meeting: MeetingView) -> tuple[str, str]:
    return meeting["on"], meeting["at"] or ""


def gather(mentor: MentorView, records: Records, today: date) -> PrepSheet:
    """Return the facts for the next meeting with a mentor."""
    who, meetings = mentor["id"], sorted(records.meetings, key=_moment)
    planned = [meeting for meeting in meetings if meeting["status"] == "planned"]
    ahead = [meeting for meeting in planned if meeting["on"] >= today.isoformat()]
    plan = next(iter(ahead or planned[::-1]), None)  # else the last past one, which was not logged
    last = last_held(meetings)
    since = last["on"] if last else "9999"  # before the first meeting nothing is listed as done since
    done = [task for task in records.tasks if task["status"] == "done" and (task["done_on"] or "") >= since]
    owed = loop.owed([task for task in records.tasks if task["status"] in vocabulary.OPEN_TASKS], (who,))
    mine = [task for task in done if task["owner"] == vocabulary.ME]
    goals = [goal for goal in records.goals if goal["status"] in vocabulary.OPEN_GOALS]
    cadence: Mapping[str, Any] = mentor["cadence"] or {}
    agreed: Mapping[str, Any] = mentor["expectations"] or {}
    sheet: PrepSheet = {
        "mentor": mentor,
        "meeting": plan,
        "last_meeting": last,
        # Whoever has never sent one is not asked for it.
        "recap_unsent": bool(last and not last["recap_on"] and any(meeting["recap_on"] for meeting in meetings)),
        "minutes": (plan and plan["minutes"]) or cadence.get("minutes"),
        "minutes_agreed": cadence.get("minutes"),
        "mode": plan["mode"] if plan else cadence.get("mode"),
        "expected_of_me": agreed.get("theirs") or [],
        "material_by": _material_by(plan, agreed.get("prep_days")),
        "off_limits": agreed.get("off_limits") or [],
        "conflict_of_interest": mentor["conflict_of_interest"],
        "phase": records.phase,
        "assignments": owed["i_owe"],
        "assignments_done": [task for task in mine if who in task["with"]],
        "promises": [task for task in owed["they_owe"] if task["owner"] != vocabulary.ME],
        "promises_kept": [task for task in done if task["owner"] == who],
        "drafts": [task for task in owed["they_owe"] if task["owner"] == vocabulary.ME],
        "introductions": [*records.introductions][::-1],
        "questions": [note for note in _open(records.notes, "question") if who in note["mentors"]][::-1],
        "asked": [note for note in records.their_notes if note["closed_on"] and note["closed_on"] >= since],
        "decided": _decided(last, records.their_notes) if is_mentee(mentor) else [],
        "their_goals": list(records.their_goals),
        "decisions": [note for note in _open(records.notes, "decision") if who in note["mentors"]][::-1],
        "goals_untold": [g for g in goals if any(s["mentor"] == who and not s["told_on"] for s in g["mentors"])],
        "changes": sorted(_changes(mentor, records), key=lambda change: (change["on"], change["id"])),
        "news": [],
        "agenda": [],
    }
    sheet["news"] = _news(sheet, records, since, today)
    return {**sheet, "agenda": list(_agenda(sheet, agreed, today))}


def _decided(last: MeetingView | None, notes: Sequence[NoteView]) -> list[Decided]:
    """Return what was decided at the last meeting with a mentee and since."""
    if last is None:
        return []
    since = [note for note in notes if note["closed_on"] and note["kind"] == "decision" and note["on"] >= last["on"]]
    pairs = [*((last["id"], text) for text in last["decisions"]), *((one["id"], one["text"]) for one in since[::-1])]
    return [{"id": id, "text": text} for id, text in pairs]


def _material_by(plan: MeetingView | None, days: int | None) -> str | None:
    """Return the day by which the mentor wants to have what they are to read before the planned meeting."""
    return (date.fromisoformat(plan["on"]) - timedelta(days)).isoformat() if plan and days is not None else None


def _news(sheet: PrepSheet, records: Records, since: str, today: date) -> list[News]:
    """Return what is new for the mentor by goal, then the changes that are about none of these goals."""
    about = {note["id"]: note["goal"] for note in records.notes}
    goals = {goal["id"] for goal in records.goals}
    changes: dict[str, list[Change]] = {}
    for change in sheet["changes"]:
        id = about.get(change["id"]) or change["id"]
        changes.setdefault(id if id in goals else change["id"], []).append(change)
    untold = {goal["id"] for goal in sheet["goals_untold"]}
    news: list[News] = []
    for goal in records.goals:
        progress = [entry for entry in goal["progress"] if entry["on"] > since]
        if goal["id"] in untold or goal["id"] in changes or progress:
            new = _news_of(goal, changes.pop(goal["id"], []), progress)
            news.append({**new, "by": goal["by"], "pace": _pace(goal, today), "untold": goal["id"] in untold})
    return news + [_news_of(found[0], found, []) for found in changes.values()]


def _pace(goal: GoalView, today: date) -> str | None:
    if goal["target"] is None:
        return None
    from mentorlog.domain.pace import brief  # most goals have no target

    return brief(goal, today)


def _news_of(record: Any, changes: list[Change], progress: list[ProgressView]) -> News:
    return {
        "record": record["record"],
        "id": record["id"],
        "title": record["title"],
        "by": None,
        "pace": None,
        "untold": False,
        "changes": changes,
        "progress": progress,
    }


def _open(notes: Sequence[NoteView], kind: str) -> list[NoteView]:
    return [note for note in notes if note["kind"] == kind and note["status"] == "open"]


def _changes(mentor: MentorView, records: Records) -> Iterator[Change]:
    """Yield what the mentor was not told: my changes, and those of goals they know."""
    who, start = mentor["id"], mentor["started"] or mentor["created"][:10]
    for note in _open(records.notes, "change"):
        concerns = who in note["mentors"] or not (note["mentors"] or is_mentee(mentor))
        if concerns and note["on"] >= start and all(entry["mentor"] != who for entry in note["told"]):
            yield _change(note, note["on"])
    for goal in records.goals:
        told_on = next((share["told_on"] for share in goal["mentors"] if share["mentor"] == who), None)
        for entry in goal["history"]:
            if told_on and entry["on"] > told_on and entry["on"] >= start and entry["field"] not in _NO_NEWS:
                yield _change(goal, entry["on"], entry)


def _change(view: GoalView | NoteView, on: str, entry: Mapping[str, Any] | None = None) -> Change:
    entry = entry or dict.fromkeys(("field", "old", "new", "reason"))
    return {
        "on": on,
        "record": view["record"],
        "id": view["id"],
        "title": heading(view),
        "field": entry["field"],
        "old": entry["old"],
        "new": entry["new"],
        "reason": entry["reason"],
    }


def _agenda(sheet: PrepSheet, agreed: Mapping[str, Any], today: date) -> Iterator[AgendaPoint]:
    """Yield the items of the agenda in order."""
    plan = sheet["meeting"]
    for item in plan["agenda"] if plan else ():
        if not item["done"]:
            yield {"text": item["text"], "planned": True, "about": [item["goal"]] if item["goal"] else []}
    mine, theirs = _late(sheet["assignments"]), _late(sheet["promises"])
    points: tuple[tuple[str, str, Sequence[Any]], ...] = (
        ("My question", "My {} questions", sheet["questions"]),
        ("A decision", "{} decisions", sheet["decisions"]),
        ("Tell them about a goal", "Tell them about {} goals", sheet["goals_untold"]),
        ("Tell them about a change", "Tell them about {} changes", sheet["changes"]),
        ("Get a draft back", "Get {} drafts back", sheet["drafts"]),
        (f"My task{mine[0]}", f"My {{}} tasks{mine[1]}", sheet["assignments"]),
        ("Their promise", "{} promises of theirs", sheet["promises"]),
        ("Their goal", "{} goals of theirs", sheet["their_goals"]),
    )
    if is_mentee(sheet["mentor"]):
        points = (
            (f"Their task{theirs[0]}", f"Their {{}} tasks{theirs[1]}", sheet["promises"]),
            ("Their goal", "Their {} goals", sheet["their_goals"]),
            *(point for point in points if not point[0].startswith("Their")),
        )
    for one, several, records in points:
        if records:
            title = records[0].get("title") or heading(records[0])
            text = f"{one}: {title}" if len(records) == 1 else several.format(len(records))
            yield _point(text, *(record["id"] for record in records))
    if not agreed.get("theirs") and not agreed.get("asked_on"):
        yield _point("What they expect of me")
    day = plan["on"] if plan else ""
    if agreed.get("revisit_on") and agreed["revisit_on"] <= max(day, today.isoformat()):
        yield _point("Look again at the agreement")
    yield _point("The next meeting")


def _late(tasks: Sequence[FullTask]) -> tuple[str, str]:
    """Return what is said of late tasks beside one task, and beside several."""
    late = sum(task["late"] for task in tasks)
    return (" (late)", f" ({late} late)") if late else ("", "")


def _point(text: str, *about: str) -> AgendaPoint:
    return {"text": text, "planned": False, "about": list(dict.fromkeys(about))}
