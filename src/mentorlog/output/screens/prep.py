"""The screen of `meeting prep`: tasks, questions, what to tell, a suggested agenda."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from mentorlog import dates
from mentorlog.domain import loop
from mentorlog.models.counts import step
from mentorlog.models.views import called, counted, heading, is_mentee, joined, latest
from mentorlog.output.page import Page
from mentorlog.output.phrases import day, when
from mentorlog.output.screens import phase
from mentorlog.output.text import one_line, safe, spaced, width, wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from mentorlog.domain.preparing import Change, Decided, News, PrepSheet
    from mentorlog.models.view_types import FullGoal, FullTask, NoteView, ProgressView

    Section = tuple[str, Sequence[Any], Callable[[Any, date], Sequence[str]]]

_LONG = 60  # a longer change is only named, not quoted


def lines(data: PrepSheet, page: Page, today: date) -> list[str]:
    """Lay out the facts from mentorlog.domain.preparing for a meeting with one mentor.

    On a terminal that is too low, it has no blank lines.
    """
    sections = (_of_mentee if is_mentee(data["mentor"]) else _of_mentor)(data)
    shown = [*_head(data, page, today)]
    for title, records, describe in sections:
        shown += ["", *page.wrap(title, "bold")] if records else []
        ids = page.ids([record["id"] for record in records])
        for record in records:
            id = safe(record["id"])
            indent = " " * (width(id) + 4)
            texts = [wrap(safe(text), page.limit, indent, indent) for text in describe(record, today)]
            first, *more = [line for text in texts for line in text]
            shown += [f"  {ids[record['id']]}  {first[len(indent) :]}", *more]
    shown += ["", *page.wrap("Suggested agenda", "bold")]
    for number, point in enumerate(data["agenda"], 1):
        shown += page.wrap(point["text"], indent="     ", first=f" {number:>2}. ")
    is_too_long = page.height is not None and len(shown) >= page.height
    return [line for line in shown if line] if is_too_long else shown


def _of_mentor(data: PrepSheet) -> Iterator[Section]:
    """Yield the sections for a meeting with a mentor, who may have goals here as well."""
    yield "What I owe", data["assignments"], _owed
    yield "Done since last time", data["assignments_done"], _done
    yield "What they promised", data["promises"], _owed
    yield "Promises kept since last time", data["promises_kept"], _done
    yield "Drafts with them", data["drafts"], _draft
    yield "Introductions to follow up", data["introductions"], _introduction
    yield "My questions", data["questions"], _text
    yield "Decisions to ask about", data["decisions"], _decision
    yield "To tell them", data["news"], _news
    yield "Their goals", data["their_goals"], _their_goal


def _of_mentee(data: PrepSheet) -> Iterator[Section]:
    """Yield the sections for a meeting with a mentee: the same from the other chair."""
    yield "What I gave them to do", data["promises"], _given
    yield "Done by them since last time", data["promises_kept"], _done
    yield "What I asked last time", data["asked"], _answered
    yield "Decided last time", data["decided"], _text
    yield "Their goals", data["their_goals"], _their_goal
    yield "What I promised them", data["assignments"], _owed
    yield "Done for them since last time", data["assignments_done"], _done
    yield "Drafts with them", data["drafts"], _draft
    yield "Introductions to follow up", data["introductions"], _introduction
    yield "My questions", data["questions"], _text
    yield "Decisions to ask about", data["decisions"], _decision
    yield "To tell them", data["news"], _news


def _head(data: PrepSheet, page: Page, today: date) -> Iterator[str]:
    mentor, last, plan = data["mentor"], data["last_meeting"], data["meeting"]
    others = [id for id in plan["mentors"] if id != mentor["id"]] if plan else []
    planned = f"{when(plan)}, {dates.ago(plan['on'], today)}" if plan else "no meeting planned"
    facts = [
        f"last met {dates.say(last['on'])}, {dates.ago(last['on'], today)}" if last else "not met yet",
        "recap not sent" if data["recap_unsent"] else "",
        _length(data["minutes"], data["minutes_agreed"]),
        spaced(data["mode"] or ""),
        (plan and plan["place"]) or "",
        f"with {joined(others)}" if others else "",
    ]
    rows = [
        (f"{called(mentor)}: {planned}", "bold", ""),
        (" · ".join(filter(None, facts)), "dim", ""),
        (f"Domains: {', '.join(mentor['domains'])}" if mentor["domains"] else "", "dim", "  "),
        (_expected(data, today), "cyan", "  "),
    ]
    warnings = {"Conflict of interest": data["conflict_of_interest"], "Off limits": "; ".join(data["off_limits"])}
    rows += [(f"{label}: {one_line(text)}", "yellow", "  ") for label, text in warnings.items() if text]
    rows += [(phase.line(data["phase"]), "dim", "  ")] if data["phase"] else []
    for text, ink, indent in rows:
        if text:
            yield from page.wrap(text, ink, indent=indent, first="")


def _length(minutes: int | None, agreed: int | None) -> str:
    """Return `45 minutes (30 agreed)`, or only the one that is known."""
    other = f" ({agreed} agreed)" if agreed and agreed != minutes else ""
    return f"{minutes} minutes{other}" if minutes else ""


def _expected(data: PrepSheet, today: date) -> str:
    """Return `They expect: Drafts in time; material by Wed 25 Nov; an answer within 3 days`."""
    agreed: Any = data["mentor"]["expectations"] or {}
    parts = [one_line(text) for text in data["expected_of_me"]]
    if data["material_by"]:
        parts.append(f"material by {dates.short(data['material_by'], today)}")
    elif agreed.get("prep_days"):
        parts.append(f"material {counted(agreed['prep_days'], 'day')} before")
    parts += [f"an answer within {counted(agreed['response_days'], 'day')}"] if agreed.get("response_days") else []
    return f"They expect: {'; '.join(parts)}" if parts else ""


def task_line(task: FullTask, today: date) -> str:
    """Return `Draft abstract: doing, late, due Sun 29 Nov 2026, owed since Sun 8 Nov`."""
    parts = [state] if (state := loop.begun_state(task)) else []
    parts += [
        day(task["due"], "late, due " if task["late"] else "due "),
        f"owed since {dates.short(task['since_on'], today)}",
    ]
    return f"{task['title']}: {', '.join(filter(None, parts))}"


def _owed(task: FullTask, today: date) -> list[str]:
    return [task_line(task, today)]


def _draft(task: FullTask, today: date) -> list[str]:
    return [draft_line(task, today)]


def _given(task: FullTask, today: date) -> list[str]:
    """Return what a mentee has to do; what they have submitted waits for me."""
    if loop.is_out(task):
        return [f"{task['title']}: {day(task['sent_on'], 'submitted on ') or 'submitted'}, with you"]
    return [task_line(task, today).replace("owed since", "given")]


def _their_goal(goal: FullGoal, today: date) -> list[str]:
    """Return `Pass the exam: 40% on Mon 23 Nov (first two parts), by Mon 14 Dec 2026, drifting`."""
    last = latest(goal["progress"])
    number = "" if last is None else f"{step(goal, last)} "
    said = f" ({one_line(last['text'])})" if last and last["text"] else ""
    progress = f"{number.lstrip()}on {dates.short(last['on'], today)}{said}" if last else "no progress yet"
    parts = [progress, day(goal["by"], "by "), "drifting" if goal["drifting"] else ""]
    return [f"{goal['title']}: {', '.join(filter(None, parts))}"]


def _text(note: NoteView | Decided, today: date) -> list[str]:
    return [one_line(note["text"])]


def _answered(note: NoteView, today: date) -> list[str]:
    return [" → ".join(one_line(text) for text in (note["text"], note["outcome"]) if text)]


def _done(task: FullTask, today: date) -> list[str]:
    return [f"{task['title']}: {dates.say(str(task['done_on']))}"]


def draft_line(task: FullTask, today: date) -> str:
    """Return `Study protocol: with them for 2 weeks (round 2)`."""
    rounds, state = len(task["rounds"]), loop.draft_state("them", task["sent_on"], today)
    return f"{task['title']}: {state}{f' (round {rounds})' if rounds > 1 else ''}"


def _introduction(note: NoteView, today: date) -> list[str]:
    return [f"{note['to'] or heading(note)}: introduced {dates.ago(note['on'], today)}"]


def _decision(decision: NoteView, today: date) -> list[str]:
    """Return `Surgery or radiology? (options: Surgery; Radiology)`."""
    options = "; ".join(one_line(option) for option in decision["options"])
    return [one_line(decision["text"]) + (f" (options: {options})" if options else "")]


def _news(news: News, today: date) -> list[str]:
    """Return the goal and what is new about it, each on a line of its own if there are several, or the change."""
    if news["record"] != "goal":
        return [change_line(change, today) for change in news["changes"]]
    far = f": {news['pace']}" if news["pace"] else ""
    details = ["not told yet"] if news["untold"] else []
    details += [change_line(change, today, named=change["record"] != "goal") for change in news["changes"]]
    details += [_progress(news["progress"][-1], today)] if news["progress"] else []
    by = None if any(change["field"] == "by" for change in news["changes"]) else news["by"]
    title = f"{news['title']}{far}{day(by, ', by ')}"
    return [f"{title}: {details[0]}"] if len(details) == 1 else [title, *details]


def _progress(entry: ProgressView, today: date) -> str:
    """Return `40%, first draft, Fri 20 Nov`."""
    percent, count, text = entry["percent"], entry["count"], one_line(entry["text"])
    known = [
        "" if percent is None else f"{percent}%",
        "" if count is None else f"{count:g} done",
        text,
        dates.short(entry["on"], today),
    ]
    return ", ".join(filter(None, known))


def change_line(change: Change, today: date, *, named: bool = False) -> str:
    """Return `by Sun 3 Jan 2027 → Mon 1 Feb 2027 (New format), Fri 20 Nov`; of a note its text."""
    on = dates.short(change["on"], today)
    if change["field"] is None:
        about = f" ({change['id']})" if named else ""
        return f"{change['title']}{about}, {on}"
    old, new = (dates.format_value(change[key]) for key in ("old", "new"))
    field = spaced(change["field"])
    moved = f"{field} revised" if len(old) + len(new) > _LONG else f"{field} {old} → {new}"
    reason = f" ({one_line(change['reason'])})" if change["reason"] else ""
    return f"{moved}{reason}, {on}"


def comment(data: PrepSheet, today: date) -> str:
    """Return the same as plain lines, for the top of the notes in an editor."""
    return "\n".join(line for line in lines(data, Page(), today) if line)
