"""The screen of `meeting prep`: tasks, questions, what to tell, a suggested agenda."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from mentorlog import dates
from mentorlog.domain import loop
from mentorlog.domain.overview import draft_state
from mentorlog.domain.pace import brief
from mentorlog.models.views import called, latest, step
from mentorlog.output.page import Page
from mentorlog.output.phrases import day, when
from mentorlog.output.screens import phase
from mentorlog.output.text import safe, spaced, width, wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from mentorlog.domain.preparing import Change, Decided, PrepSheet
    from mentorlog.models.view_types import FullGoal, FullTask, GoalView, NoteView

    Section = tuple[str, Sequence[Any], Callable[[Any, date], str]]

_LONG = 60  # a longer change is only named, not quoted


def lines(data: PrepSheet, page: Page, today: date) -> list[str]:
    """Lay out the facts from mentorlog.domain.preparing for a meeting with one mentor."""
    sections = (_of_mentee if data["mentor"]["my_role"] == "mentor" else _of_mentor)(data)
    shown = [*_head(data, page, today)]
    for title, records, describe in sections:
        shown += ["", *page.wrap(title, "bold")] if records else []
        ids = page.ids([record["id"] for record in records])
        for record in records:
            id = safe(record["id"])
            indent = " " * (width(id) + 4)
            first, *more = wrap(safe(describe(record, today)), page.limit, indent, indent)
            shown += [f"  {ids[record['id']]}  {first[len(indent) :]}", *more]
    shown += ["", *page.wrap("Suggested agenda", "bold")]
    for number, point in enumerate(data["agenda"], 1):
        shown += page.wrap(point["text"], indent="     ", first=f" {number:>2}. ")
    return shown


def _of_mentor(data: PrepSheet) -> Iterator[Section]:
    """Yield the sections for a meeting with a mentor, who may have goals here as well."""
    yield "What I owe", data["assignments"], _task
    yield "Done since last time", data["assignments_done"], _done
    yield "What they promised", data["promises"], _task
    yield "Promises kept since last time", data["promises_kept"], _done
    yield "Drafts with them", data["drafts"], _draft
    yield "My questions", data["questions"], _question
    yield "Goals to tell them about", data["goals_untold"], _goal
    yield "Changes to tell them about", data["changes"], _change
    yield "Their goals", data["their_goals"], _their_goal


def _of_mentee(data: PrepSheet) -> Iterator[Section]:
    """Yield the sections for a meeting with a mentee: the same from the other chair."""
    yield "What I gave them to do", data["promises"], _given
    yield "Done by them since last time", data["promises_kept"], _done
    yield "What I asked last time", data["asked"], _answered
    yield "Decided last time", data["decided"], _question
    yield "Their goals", data["their_goals"], _their_goal
    yield "What I promised them", data["assignments"], _task
    yield "Done for them since last time", data["assignments_done"], _done
    yield "Drafts with them", data["drafts"], _draft
    yield "My questions", data["questions"], _question
    yield "Changes to tell them about", data["changes"], _change


def _head(data: PrepSheet, page: Page, today: date) -> Iterator[str]:
    mentor, last = data["mentor"], data["last_meeting"]
    facts = [f"last met {dates.say(last['on'])}, {dates.ago(last['on'], today)}" if last else "not met yet"]
    facts += ["recap not sent"] if data["recap_unsent"] else []
    facts += [f"{data['minutes']} minutes" if data["minutes"] else "", spaced(data["mode"] or "")]
    plan, planned = data["meeting"], "no meeting planned"
    if plan:
        planned = f"{when(plan)}, {dates.ago(plan['on'], today)}"
        facts.append(plan["place"] or "")
    rows = [
        (f"{called(mentor)}: {planned}", "bold", ""),
        (" · ".join(filter(None, facts)), "dim", ""),
        (f"Domains: {', '.join(mentor['domains'])}" if mentor["domains"] else "", "dim", "  "),
    ]
    warnings = {"Conflict of interest": data["conflict_of_interest"], "Off limits": "; ".join(data["off_limits"])}
    rows += [(f"{label}: {' '.join(text.split())}", "yellow", "  ") for label, text in warnings.items() if text]
    rows += [(phase.line(data["phase"]), "dim", "  ")] if data["phase"] else []
    for text, ink, indent in rows:
        if text:
            yield from page.wrap(text, ink, indent=indent, first="")


def _task(task: FullTask, today: date) -> str:
    """Return `Draft abstract: doing, late, due Sun 29 Nov 2026, owed since Sun 8 Nov`."""
    parts = ["not asked yet"] if loop.is_unasked(task) else [task["status"]] if task["status"] != "todo" else []
    parts += [
        day(task["due"], "late, due " if task["late"] else "due "),
        f"owed since {dates.short(task['since_on'], today)}",
    ]
    return f"{task['title']}: {', '.join(filter(None, parts))}"


def _given(task: FullTask, today: date) -> str:
    """Return what a mentee has to do; what they have submitted waits for me."""
    if loop.is_out(task):
        return f"{task['title']}: {day(task['sent_on'], 'submitted on ') or 'submitted'}, with you"
    return _task(task, today).replace("owed since", "given")


def _their_goal(goal: FullGoal, today: date) -> str:
    """Return `Pass the exam: 40% on Mon 23 Nov (first two parts), by Mon 14 Dec 2026, drifting`."""
    last = latest(goal["progress"])
    number = "" if last is None else f"{step(goal, last)} "
    said = f" ({' '.join(last['text'].split())})" if last and last["text"] else ""
    progress = f"{number.lstrip()}on {dates.short(last['on'], today)}{said}" if last else "no progress yet"
    parts = [progress, day(goal["by"], "by "), "drifting" if goal["drifting"] else ""]
    return f"{goal['title']}: {', '.join(filter(None, parts))}"


def _question(note: NoteView | Decided, today: date) -> str:
    return " ".join(note["text"].split())


def _answered(note: NoteView, today: date) -> str:
    return " → ".join(" ".join(text.split()) for text in (note["text"], note["outcome"]) if text)


def _goal(goal: GoalView, today: date) -> str:
    far = f": {brief(goal, today)}" if goal["target"] is not None else ""
    return f"{goal['title']}{far}{day(goal['by'], ', by ')}"


def _done(task: FullTask, today: date) -> str:
    return f"{task['title']}: {dates.say(str(task['done_on']))}"


def _draft(task: FullTask, today: date) -> str:
    rounds = len(task["rounds"])
    return f"{task['title']}: {draft_state('them', task['sent_on'], today)}{f' (round {rounds})' if rounds > 1 else ''}"


def _change(change: Change, today: date) -> str:
    if change["field"] is None:
        return f"{change['title']}, {dates.say(change['on'])}"
    old, new = (dates.format_value(change[key]) for key in ("old", "new"))
    field = spaced(change["field"])
    moved = f"{field} revised" if len(old) + len(new) > _LONG else f"{field} {old} → {new}"
    reason = f" ({' '.join(change['reason'].split())})" if change["reason"] else ""
    return f"{change['title']}: {moved}{reason}, changed on {dates.say(change['on'])}"


def comment(data: PrepSheet, today: date) -> str:
    """Return the same as plain lines, for the top of the notes in an editor."""
    return "\n".join(line for line in lines(data, Page(), today) if line)
