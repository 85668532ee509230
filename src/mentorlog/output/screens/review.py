"""The screens of a review: the facts first, then a card for each goal, late task and mentor, then what changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from mentorlog import dates, vocabulary
from mentorlog.domain import loop
from mentorlog.domain.reviewing.applying import ADDED, ReviewChange, ReviewResult
from mentorlog.domain.reviewing.facts import GoalState, MentorState, ReviewFacts
from mentorlog.models.views import View
from mentorlog.output.fields import QUICK, label
from mentorlog.output.item_rows import Row, laid_out
from mentorlog.output.output import Page
from mentorlog.output.text import safe, width, wrap

MOST = 5
"""How many tasks, notes and entries a card shows; the rest is counted."""

LONGEST = 240
"""How many characters of a prose a card shows."""

Fact = tuple[str, str]
"""A label, and what stands beside it."""


def facts(picture: ReviewFacts, page: Page, kind: str) -> list[str]:
    """Lay out what is known since the last review: counts, then every goal with its last evidence."""
    about = "" if picture.scope == "all" else f" of {picture.names.get(picture.scope, picture.scope)}"
    title = f"Review{about} on {dates.say(picture.on)}"
    since = f"{kind.replace('_', ' ')}, since {dates.say(picture.period.start)}"
    body = [page.style(line, "bold") for line in wrap(safe(title), page.limit)]
    body += [page.style(since, "dim"), "", *_rows(counted(picture), page)]
    if goals := [_goal_row(state, picture.on) for state in picture.goals]:
        body += ["", page.style("Goals", "bold"), *laid_out(goals, page)]
    return body


def counted(picture: ReviewFacts) -> list[Fact]:
    """Return the counts of a review in words."""
    facts = picture.facts
    meetings = [
        (facts.meetings_held, "held"),
        (facts.meetings_cancelled_by_me, "cancelled by me"),
        (facts.meetings_cancelled_by_them, "cancelled by them"),
        (facts.meetings_missed, "missed"),
    ]
    return [
        ("meetings", _listed(meetings)),
        ("my tasks", _listed([(facts.tasks_done, "done"), (facts.tasks_open, "open"), (facts.tasks_late, "late")])),
        ("their promises", _listed([(facts.promises_kept, "kept"), (facts.promises_open, "open")])),
        ("goals", _listed([(sum(state.goal["status"] == status for state in picture.goals), status)
                           for status in ("active", "paused")] + [(len(picture.drifting), "drifting")])),
    ]  # fmt: skip


def _listed(counts: Iterable[tuple[int, str]]) -> str:
    return ", ".join(f"{count} {word}" for count, word in counts if count) or "none"


def _goal_row(state: GoalState, on: date) -> Row:
    return state.goal["id"], state.goal["title"], _seen(state, on), "yellow" if state.drifts else ""


def _seen(state: GoalState, on: date) -> str:
    """How a goal stands, in a few words."""
    if state.goal["status"] != "active":
        return str(state.goal["status"])
    if state.goal["by"] and state.goal["by"] < on.isoformat():
        return f"was due {dates.ago(state.goal['by'], on)}"
    if state.drifts:
        quiet = dates.ago(loop.quiet_since(state.goal, state.last_evidence), on).removesuffix(" ago")
        return f"quiet for {quiet}"
    return f"last evidence {dates.ago(state.last_evidence, on)}" if state.last_evidence else "no evidence yet"


def goal_card(state: GoalState, picture: ReviewFacts, page: Page, place: str) -> list[str]:
    """Lay out a goal with its evidence: the last meeting that named it, its tasks, progress and notes."""
    status = "" if state.goal["status"] == "active" else f" · {state.goal['status']}"
    head = f"{place}{' · drifting' if state.drifts else status}"
    return _card(head, state.goal["id"], state.goal["title"], goal_rows(state, picture), page)


def goal_rows(state: GoalState, picture: ReviewFacts) -> list[Fact]:
    """Return what is known of a goal, a label and words for each thing."""
    goal, on = state.goal, picture.on
    rows = [("why", _short(goal["why"])), ("measure", _short(goal["measure"]))]
    rows.append(("by", f"{dates.say(goal['by'])}, {dates.ago(goal['by'], on)}" if goal["by"] else ""))
    rows.append(("with", ", ".join(_shared(share, picture.names) for share in goal["mentors"])))
    last = state.last_evidence
    rows.append(("evidence", f"last {dates.say(last)}, {dates.ago(last, on)}" if last else "none yet"))
    if state.met:
        people = ", ".join(picture.names.get(id, id) for id in state.met["mentors"])
        rows.append(("last meeting", f"{dates.say(state.met['on'])}{' with ' + people if people else ''}"))
    rows += [("progress", _progress_words(entry)) for entry in state.progress[-MOST:]]
    rows += _cut([("task", task_words(task, picture)) for task in state.tasks], "tasks")
    rows += _cut([("note", f"{dates.say(note['on'])}: {_first_line(note)}") for note in state.notes], "notes")
    return [(label, words) for label, words in rows if words]


def _short(text: str | None) -> str:
    """Prose in a card: its beginning, in one line."""
    words = " ".join((text or "").split())
    return words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + "…"


def _cut(rows: list[Fact], what: str) -> list[Fact]:
    return rows if len(rows) <= MOST else [*rows[:MOST], ("", f"and {len(rows) - MOST} more {what}")]


def _shared(share: Mapping[str, str | None], names: Mapping[str, str]) -> str:
    id = str(share["mentor"])
    return names.get(id, f"{id} (deleted)") + ("" if share["told_on"] else " (not told yet)")


def _progress_words(entry: Mapping[str, object]) -> str:
    said = [f"{entry['percent']}%" if entry["percent"] is not None else "", _short(str(entry["text"] or ""))]
    return f"{dates.say(str(entry['on']))}: {', '.join(part for part in said if part)}"


def _first_line(note: View) -> str:
    return next((line.strip() for line in str(note["text"]).splitlines() if line.strip()), "")


def task_words(task: View, picture: ReviewFacts) -> str:
    """Return a task in one line: whose, and how it stands."""
    owner = "" if task["owner"] == vocabulary.ME else f" ({picture.names.get(task['owner'], task['owner'])})"
    if task["status"] in ("done", "dropped"):
        stands = str(task["status"])
    elif task["due"] and task["due"] < picture.on.isoformat():
        stands = f"late since {dates.say(task['due'])}"
    else:
        stands = f"due {dates.say(task['due'])}" if task["due"] else str(task["status"])
    return f"{task['id']} {task['title']}{owner}: {stands}"


def task_card(task: View, picture: ReviewFacts, page: Page, place: str) -> list[str]:
    """Lay out a late task."""
    return _card(place, task["id"], task["title"], task_rows(task, picture), page)


def task_rows(task: View, picture: ReviewFacts) -> list[Fact]:
    """Return what is known of a late task."""
    names = picture.names
    late = [(entry["on"], entry["reason"]) for entry in task["defers"]]
    rows = [
        ("owed by", "" if task["owner"] == vocabulary.ME else names.get(task["owner"], task["owner"])),
        ("for", "" if task["assigned_by"] == vocabulary.ME else names.get(task["assigned_by"], task["assigned_by"])),
        ("due", f"{dates.say(task['due'])}, {dates.ago(task['due'], picture.on)}"),
        ("put off", f"{len(late)} times" if len(late) > 1 else ("once" if late else "")),
        ("goal", f"{task['goal']} {names.get(task['goal'], '(deleted)')}" if task["goal"] else ""),
        ("state", "" if task["status"] == "todo" else task["status"]),
    ]
    return [(label, words) for label, words in rows if words]


def mentor_card(state: MentorState, picture: ReviewFacts, page: Page, place: str) -> list[str]:
    """Lay out a mentorship of late."""
    return _card(place, state.mentor["id"], state.mentor["name"], mentor_rows(state, picture), page)


def mentor_rows(state: MentorState, picture: ReviewFacts) -> list[Fact]:
    """Return what is known of a mentorship of late."""
    cadence, fit = state.mentor["cadence"], state.fit
    last = state.last_held
    rows = [
        ("cadence", dates.every(cadence["every_days"]) if cadence else "none agreed"),
        ("met", f"{_times(len(state.held))} since {dates.say(picture.period.start)}{_spent(state.held)}"),
        ("last met", f"{dates.say(last)}, {dates.ago(last, picture.on)}" if last else "never"),
        ("open", _listed([(len(state.mine), "of mine"), (len(state.theirs), "of theirs")])),
        ("fit", f"{fit['answer'].replace('_', ' ')} on {dates.say(fit['on'])}" if fit else ""),
    ]
    return [(label, words) for label, words in rows if words]


def _times(count: int) -> str:
    return {0: "not", 1: "once", 2: "twice"}.get(count, f"{count} times")


def _spent(meetings: Sequence[View]) -> str:
    """The time that meetings took, where it was noted."""
    minutes = sum(meeting["minutes"] or 0 for meeting in meetings)
    if not minutes:
        return ""
    return (
        f", {minutes} minutes in all" if minutes < 120 else f", {f'{minutes / 60:.1f}'.removesuffix('.0')} hours in all"
    )


def _card(head: str, id: str, title: str, rows: Sequence[Fact], page: Page) -> list[str]:
    heading = wrap(safe(f"{id} {title}"), page.limit)
    return ["", page.style(safe(head), "dim"), *(page.style(line, "bold") for line in heading), *_rows(rows, page)]


def _rows(rows: Sequence[Fact], page: Page) -> list[str]:
    """Return labels in one column and words in another; a label that repeats is said once."""
    column = max((width(name) for name, _ in rows), default=0)
    indent = " " * (column + 4)
    body: list[str] = []
    before = None
    for name, words in rows:
        shown = "" if name == before else name
        start = f"  {page.style(shown, 'dim')}{' ' * (column - width(shown) + 2)}"
        limit = None if page.limit is None else max(page.limit - len(indent), 10)
        first, *more = wrap(safe(words), limit)
        body += [f"{start}{first}", *(f"{indent}{line}" for line in more)]
        before = name
    return body


def changes(found: Sequence[ReviewChange], page: Page, *, kept: bool = True) -> list[str]:
    """Lay out what becomes of each record: goals, tasks, mentors; what is not kept yet has no id of its own."""
    body: list[str] = []
    for kind, title in (("goal", "Goals"), ("task", "Tasks"), ("mentor", "Mentors")):
        of_kind = [change for change in found if change.record == kind]
        if of_kind:
            body += ["", page.style(title, "bold")]
            for change in of_kind:
                named = kept or change.what != ADDED
                said = safe(f"{change.id + ' ' if named else ''}{change.title}: {_became(change)}")
                body += wrap(said, page.limit, "    ", "  ")
    return body


def _became(change: ReviewChange) -> str:
    was = {name: "" if change.what == ADDED else f"{dates.said(old, name)} → " for name, old, _ in change.fields}
    moved = [f"{name} {was[name]}{dates.said(new, name)}" for name, _, new in change.fields]
    reason = f" ({change.reason})" if change.reason else ""
    return ", ".join([change.what, *moved]) + reason


def summary(tried: ReviewResult, page: Page) -> list[str]:
    """Lay out what a review would change, and what was said in it."""
    said = tried.review
    called = QUICK if said.kind == "quick" else {}
    texts = [(called.get(key, label(key)), getattr(said, key)) for key in ("worked", "did_not", "changed", "unlearned")]
    rows = [(name, _short(text)) for name, text in texts if text]
    rows += [("next review", dates.say(said.next_on))] if said.next_on else []
    head = page.style("What this review says and changes", "bold")
    return ["", head, *_rows(rows, page), *changes(tried.changes, page, kept=False), ""]


def outcome(done: ReviewResult, page: Page, *, seen: bool = False) -> list[str]:
    """Lay out a review that is saved: its day, what changed, and when the next one is.

    Who has `seen` the summary just now reads only what that could not say: the ids of new goals.
    """
    review = done.review
    kind = "" if review.kind == "full" else f"{review.kind.replace('_', ' ')} "
    said = f"Kept the {kind}review {review.id}, on {dates.say(review.on)}"
    new = [change for change in done.changes if change.what == ADDED]
    body = wrap(safe(f"{said}; mentorlog undo takes it back." if seen else f"{said}."), page.limit)
    body += [*changes(new if seen else done.changes, page), *([""] if new or not seen else [])]
    if seen:
        return body
    paced = {change.id for change in done.changes if change.record == "mentor" and change.fields}
    for one in review.mentors:
        if one.cadence_ok is False and one.mentor not in paced:
            body += wrap(f"Another cadence: mentorlog mentor cadence {safe(one.mentor)} --every LENGTH", page.limit)
    if review.next_on:
        body.append(f"Next review {dates.say(review.next_on)}.")
    return [*body, page.style("mentorlog undo takes all of it back.", "dim")]
