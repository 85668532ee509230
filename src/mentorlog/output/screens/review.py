"""The screens of a review: the facts, a card for each record, then the changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mentorlog import dates, vocabulary
from mentorlog.domain import agreement, loop, pace, vague
from mentorlog.domain.reviewing.applying import ADDED, ReviewChange, ReviewResult
from mentorlog.domain.reviewing.due import ALL, Due
from mentorlog.domain.reviewing.facts import GoalState, MentorState, ReviewFacts
from mentorlog.domain.reviewing.period import happened_on
from mentorlog.models.counts import step
from mentorlog.models.views import heading, joined, latest
from mentorlog.output import terms
from mentorlog.output.fields import COUNTERS, field_of, format_counters
from mentorlog.output.page import Page
from mentorlog.output.phrases import result, tally
from mentorlog.output.text import one_line, safe, spaced, width, wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.models.view_types import MentorView, TaskView
    from mentorlog.models.views import View

_MOST = 5  # the most tasks, notes or entries on a card; the rest are counted
_FEW = 3  # the fewest goals on a small screen before other facts are left out
_LONGEST = 240  # the most characters of a text on a card
Fact = tuple[str, str]  # a label and its text


def facts(review: ReviewFacts, page: Page, kind: str, below: int = 0) -> list[str]:
    """Lay out the facts of the period: counts, then every goal.

    On a terminal they fit one screen with `below` lines under them; what is left out is counted.
    """
    scope = "" if review.scope == ALL else f" of {review.names.get(review.scope, review.scope)}"
    since = f"{spaced(kind)}, since {dates.say(review.period.start)}"
    head = [*page.wrap(f"Review{scope} on {dates.say(review.on)}", "bold"), page.style(since, "dim"), ""]
    room = page.height - below if page.height else None
    late, goals = _MOST, len(review.goals) if room is None else min(len(review.goals), room)
    while True:
        lines = [*head, *_rows(counters(review, late), page), *_goals(review, goals, page)]
        if room is None or len(lines) <= room or goals == 0:
            return lines
        if goals > _FEW or late == 1:
            goals -= 1
        else:
            late -= 1


def _goals(review: ReviewFacts, most: int, page: Page) -> list[str]:
    """Lay out the first goals, and count the others."""
    goals = [
        (state.goal["id"], state.goal["title"], _goal_state(state, review.on), "yellow" if state.drifts else "")
        for state in review.goals[:most]
    ]
    rest = len(review.goals) - len(goals)
    more = page.wrap(f"and {rest} more", "dim", first="  ") if rest else []
    return ["", page.style("Goals", "bold"), *page.rows(goals), *more] if goals else []


def counters(review: ReviewFacts, most_late: int = _MOST) -> list[Fact]:
    """Return the counts of a review in words, and what was entered late."""
    facts = {name: getattr(review.facts, name) for names in COUNTERS.values() for name in names}
    states = [state.goal["status"] for state in review.goals]
    goals = [*((states.count(state), state) for state in ("active", "paused")), (len(review.drifting), "drifting")]
    rows = [(label, format_counters(facts, names)) for label, names in COUNTERS.items()]
    late = [("entered late", _entered_late(view, review)) for view in review.entered_late]
    return [*rows, *_cut(late, "from before this period", most_late), ("goals", tally(goals))]


def _entered_late(view: View, review: ReviewFacts) -> str:
    """Return what happened before the period, with its day: `m2222 meeting with Marie Curie on Thu 3 Dec 2026`.

    A title stands behind the word for its record: `n2222 question: Which form? on Thu 3 Dec 2026`.
    """
    what = f"{view['kind' if view['record'] == 'note' else 'record']}: {heading(view)}"
    if view["record"] == "meeting":
        people = joined([review.names.get(id, id) for id in view["mentors"]])
        state = "" if view["status"] == "held" else f"{view['status']} "
        what = f"{state}meeting{' with ' + people if people else ''}"
    return f"{view['id']} {_short(what)} on {dates.say(str(happened_on(view)))}"


def _goal_state(state: GoalState, on: date) -> str:
    if state.goal["status"] != "active":
        return str(state.goal["status"])
    if state.goal["by"] and state.goal["by"] < on.isoformat():
        return f"overdue since {dates.short(state.goal['by'], on)}"
    if state.drifts:
        return f"drifting, no progress since {dates.short(loop.inactive_since(state.goal, state.last_evidence), on)}"
    return f"last evidence {dates.ago(state.last_evidence, on)}" if state.last_evidence else "no evidence yet"


def card(of: GoalState | MentorState | View, review: ReviewFacts, page: Page, place: str) -> list[str]:
    """Lay out the facts about a goal, a mentorship or a late task, and its place in the list."""
    view: View
    if isinstance(of, GoalState):
        view, rows = of.goal, goal_rows(of, review)
        place += " · drifting" if of.drifts else "" if view["status"] == "active" else f" · {view['status']}"
    elif isinstance(of, MentorState):
        view, rows = of.mentor, mentor_rows(of, review)
    else:
        view, rows = of, task_rows(of, review)
    head = page.wrap(f"{view['id']} {heading(view)}", "bold")
    return ["", page.style(safe(place), "dim"), *head, *_rows(rows, page)]


def goal_rows(state: GoalState, review: ReviewFacts) -> list[Fact]:
    """Return the facts about a goal, each a label and a text; the text may be empty."""
    goal, on = state.goal, review.on
    rows = [("why", _short(goal["why"])), ("measure", _short(goal["measure"]))]
    rows.append(("by", f"{dates.say(goal['by'])}, {dates.ago(goal['by'], on)}" if goal["by"] else ""))
    rows.append(("stands at", pace.sentence(goal, on) if goal["target"] is not None else ""))
    shares = ((share["mentor"], "" if share["told_on"] else " (not told yet)") for share in goal["mentors"])
    rows.append(("with", ", ".join(f"{review.names.get(id, f'{id} (deleted)')}{untold}" for id, untold in shares)))
    rows.append(("missing", _missing(state, review)))
    last = state.last_evidence
    rows.append(("evidence", f"last {dates.say(last)}, {dates.ago(last, on)}" if last else "none yet"))
    if state.last_meeting:
        people = joined([review.names.get(id, id) for id in state.last_meeting["mentors"]])
        rows.append(("last meeting", f"{dates.say(state.last_meeting['on'])}{' with ' + people if people else ''}"))
    for entry in state.progress[-_MOST:]:
        parts = [step(goal, entry), _short(entry["text"])]
        rows.append(("progress", f"{dates.say(entry['on'])}: {', '.join(filter(None, parts))}"))
    rows += _cut([("task", _task(task, review)) for task in state.tasks], "tasks")
    return rows + _cut([("note", f"{dates.say(note['on'])}: {heading(note)}") for note in state.notes], "notes")


def _missing(state: GoalState, review: ReviewFacts) -> str:
    """Return what an active goal does not say yet, which a review is the time to complete."""
    if state.goal["status"] != "active":
        return ""
    tasks = [task for task in state.tasks if task["status"] in vocabulary.OPEN_TASKS]
    steps = vague.next_steps(tasks, [one.goal for one in review.goals])
    return ", ".join(vague.WORDS[name] for name in vague.check(state.goal, steps)["missing"])


def _short(text: str | None) -> str:
    line = one_line(text)
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"


def _cut(rows: list[Fact], what: str, most: int = _MOST) -> list[Fact]:
    return rows if len(rows) <= most else [*rows[:most], ("", f"and {len(rows) - most} more {what}")]


def _task(task: TaskView, review: ReviewFacts) -> str:
    owner = "" if task["owner"] == vocabulary.ME else f" ({review.names.get(task['owner'], task['owner'])})"
    on = review.on.isoformat()
    late = task["due"] and task["due"] < on
    state = task["status"]
    if state not in ("done", "dropped") and loop.is_out(task, on):
        people = joined([review.names.get(id, id) for id in loop.owed_to(task, {})])
        state = loop.draft_state(people, loop.out_since(task, on), review.on)
    elif task["due"] and state not in ("done", "dropped"):
        state = f"{'late since' if late else 'due'} {dates.say(task['due'])}"
    return f"{task['id']} {task['title']}{owner}: {state}"


def task_rows(task: TaskView, review: ReviewFacts) -> list[Fact]:
    """Return the facts about a late task."""
    names = review.names
    defers = len(task["defers"])
    return [
        ("owed by", "" if task["owner"] == vocabulary.ME else names.get(task["owner"], task["owner"])),
        ("for", "" if task["assigned_by"] == vocabulary.ME else names.get(task["assigned_by"], task["assigned_by"])),
        ("due", f"{dates.say(str(task['due']))}, {dates.ago(str(task['due']), review.on)}"),
        ("deferred", f"{defers} times" if defers > 1 else ("once" if defers else "")),
        ("goal", f"{task['goal']} {names.get(task['goal'], '(deleted)')}" if task["goal"] else ""),
        ("status", "" if task["status"] == "todo" else task["status"]),
    ]


def mentor_rows(state: MentorState, review: ReviewFacts) -> list[Fact]:
    """Return the recent facts about a mentorship."""
    cadence, fit = state.mentor["cadence"], state.fit
    last, held = state.last_held, len(state.held)
    minutes = sum(meeting["minutes"] or 0 for meeting in state.held)
    spent = f", {minutes} minutes in total" if minutes else ""
    if minutes >= 120:
        spent = f", {f'{minutes / 60:.1f}'.removesuffix('.0')} hours in total"
    return [
        ("cadence", dates.every(cadence["every_days"]) if cadence else "none agreed"),
        ("meetings", f"{held or 'none'} since {dates.say(review.period.start)}{spent}"),
        ("last met", f"{dates.say(last)}, {dates.ago(last, review.on)}" if last else "never"),
        ("open tasks", _open_tasks(state)),
        ("fit", f"{spaced(fit['answer'])} on {dates.say(fit['on'])}" if fit else ""),
        *_agreement_rows(state.mentor, review.on),
    ]


def _agreement_rows(mentor: MentorView, on: date) -> list[Fact]:
    """Return how both feel, when both agreed, what changed since, and what each side expects."""
    day, expected = on.isoformat(), mentor["expectations"]
    felt, agreed = agreement.comfort(mentor, on), latest(mentor["agreed"], day)
    mine, theirs = felt["mine"] and felt["mine"]["mine"], felt["theirs"] and felt["theirs"]["theirs"]
    rows = [("comfort", terms.comfort(mine, theirs))]
    if agreed:
        changed = [terms.noun(one["term"]) for one in agreement.changes(agreed["what"], mentor)]
        since = f"; changed since: {', '.join(changed)}" if changed else ""
        rows.append(("agreed", f"{dates.say(agreed['on'])}{since}"))
    if expected and expected["revisit_on"]:
        rows.append(("look again", dates.say(expected["revisit_on"])))
    for label, texts in (("I expect", expected["mine"]), ("they expect", expected["theirs"])) if expected else ():
        rows += _cut([(label, _short(text)) for text in texts], "entries")
    return rows


def _open_tasks(state: MentorState) -> str:
    """Return the counts of a mentorship's tasks by whose turn it is; a draft is mine, and with them."""
    drafts = len(state.drafts)
    with_them = f"draft{'' if drafts == 1 else 's'} with them"
    return tally([(len(state.mine), "mine"), (len(state.theirs), "theirs"), (drafts, with_them)])


def _rows(rows: Sequence[Fact], page: Page) -> list[str]:
    """Return labels in one column and texts in another; a repeated label is shown once."""
    rows = [(label, text) for label, text in rows if text]
    column = max((width(label) for label, _ in rows), default=0)
    indent = " " * (column + 4)
    limit = None if page.limit is None else max(page.limit - len(indent), 10)
    body: list[str] = []
    before = None
    for label, text in rows:
        shown = "" if label == before else label
        first, *more = wrap(safe(text), limit)
        body.append(f"  {page.style(shown, 'dim')}{' ' * (column - width(shown) + 2)}{first}")
        body += [f"{indent}{line}" for line in more]
        before = label
    return body


def changes(changed: Sequence[ReviewChange], page: Page, *, saved: bool = True) -> list[str]:
    """Lay out the changes of goals, tasks and mentors; what is not saved yet has no id."""
    body: list[str] = []
    for kind, title in (("goal", "Goals"), ("task", "Tasks"), ("mentor", "Mentorships")):
        of_kind = [change for change in changed if change.record == kind]
        if of_kind:
            body += ["", page.style(title, "bold")]
        for change in of_kind:
            added = change.change == ADDED
            parts = [change.change]
            for name, old, new in change.fields:
                if name in vocabulary.EXPECTATIONS:  # which are only added
                    parts.append(f"{name}: {' '.join(str(new).split())}")
                    continue
                before = "" if added else f"{dates.format_value(old, name)} → "
                parts.append(f"{name} {before}{dates.format_value(new, name)}")
            id, reason = f"{change.id} " if saved or not added else "", f" ({change.reason})" if change.reason else ""
            body += page.wrap(f"{id}{change.title}: {', '.join(parts)}{reason}", indent="    ", first="  ")
    return body


def summary(tried: ReviewResult, page: Page) -> list[str]:
    """Lay out the answers of a review, and what they would change."""
    review = tried.review
    about = {"record": "review", "kind": review.kind}
    answers = {
        "worked": review.worked,
        "did_not": review.did_not,
        "changed": review.changed,
        "unlearned": review.unlearned,
    }
    rows = [(field_of(about, key).label, _short(text)) for key, text in answers.items()]
    if review.next_on:
        rows.append(("next review", dates.say(review.next_on)))
    head = page.style("Answers and changes", "bold")
    return ["", head, *_rows(rows, page), *changes(tried.changes, page, saved=False), ""]


def outcome(done: ReviewResult, page: Page, *, seen: bool = False) -> list[str]:
    """Lay out a saved review; after the summary was `seen`, only the new goals and their ids."""
    review = done.review
    kind = "" if review.kind == "full" else f"{spaced(review.kind)} "
    head = result(f"Saved {kind}review {review.id}", details=[dates.say(review.on)])
    new = [change for change in done.changes if change.change == ADDED]
    undo = page.style("Undo with: mentorlog undo", "dim")
    body = [*page.wrap(head), *changes(new if seen else done.changes, page), *([""] if new or not seen else [])]
    if seen:
        return [*body, undo]
    paced, expecting = set[str](), list[str]()
    for change in done.changes:
        names = {name for name, _, _ in change.fields} if change.record == "mentor" else set()
        paced |= {change.id} if "cadence" in names else set()
        expecting += [change.id] if names & set(vocabulary.EXPECTATIONS) else []
    for one in review.mentors:
        if one.cadence_ok is False and one.mentor not in paced:
            body += page.wrap(f"Change the cadence with: mentorlog mentor cadence {one.mentor} --every '6 weeks'")
    for id in expecting:
        body += page.wrap(f"Once you both agree to that: mentorlog mentor agree {id}")
    if review.next_on:
        body.append(f"Next review: {dates.say(review.next_on)}")
    return [*body, undo]


def _which(review: View) -> str:
    kind = "" if review["kind"] == "full" else f"{spaced(review['kind'])} "
    scope = "" if review["scope"] == ALL else f" ({review['scope']})"
    return f"{kind}review {review['id']}{scope} of {dates.say(review['on'])}"


def next_due(due: Due | None, today: date) -> list[str]:
    """Return when the next review is due and why, and the command if it is not the usual one."""
    if due is None:
        return ["No review is due: the journal is empty."]
    when = dates.ago(due.on, today)
    verb = "is due" if due.on >= today.isoformat() else "was due"
    why = f"{due.days} days after the first record, {dates.say(str(due.first_day))}"
    if due.block:
        why = f"the last day of {due.block['name']}"
    elif due.named_by:
        why = f"as set by {_which(due.named_by)}"
    elif due.last:
        why = f"{due.days} days after {_which(due.last)}"
    hold = [] if due.command == "mentorlog review" else [f"Hold it with: {due.command}"]
    return [f"The next review {verb} on {dates.say(due.on)} ({when}), {why}.", *hold]
