"""The screen of a bare `mentorlog`: what matters this week."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from mentorlog import dates, vocabulary
from mentorlog.domain import loop
from mentorlog.domain.overview import due_items
from mentorlog.models.views import called, joined
from mentorlog.output.page import Page
from mentorlog.output.text import safe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.domain.overview import Status
    from mentorlog.models.view_types import FullGoal, FullTask, MeetingView
    from mentorlog.output.page import Row

_MOST = 7  # the most lines in a section; the rest are counted
_STEPS = (
    "mentorlog mentor add 'William Osler' --every '4 weeks'",
    "mentorlog goal add 'Submit case report' --by 'in 6 weeks' --with osler",
    "mentorlog meeting plan osler --on 'next thursday'",
)
_SHORT_STEPS = (
    "mentorlog mentor add 'William Osler'",
    "mentorlog goal add 'Write a paper'",
    "mentorlog meeting plan osler --on fri",
)


def lines(view: Status, page: Page, today: date) -> list[str]:
    """Lay out the overview: past meetings, whom to talk to, what is owed, what is drifting."""
    if not set(view["counts"]) - {"profile"} and not view["unreadable_count"]:
        steps = _STEPS if page.width > max(map(len, _STEPS)) + 2 or not page.terminal else _SHORT_STEPS
        last = page.wrap("See a sample year with: mentorlog tour")
        return [
            "Your journal is empty. Get started:",
            "",
            *(f"  {step}" for step in steps),
            "",
            *last,
            *_unsaved(view, page),
        ]
    planned = [
        (one["id"], _people(one, view), f"{dates.short(one['on'], today)} {one['at'] or ''}".rstrip(), "")
        for one in view["planned"]
    ]
    sections = [
        ("Talk to", _contacts(view, today), "mentor list"),
        ("Planned", planned, "meeting list --status planned"),
        ("I owe", _tasks(view["mine"], today, view["names"], mine=True), "task owed"),
        ("I am owed", _tasks(view["theirs"], today, view["names"], mine=False), "task owed"),
        ("Drifting", _drifting(view["drifting"], today), "goal list --drifting"),
    ]
    shown = [page.style(dates.say(today), "bold"), *_passed(view, page, today)]
    for title, section, command in sections:
        rows = list(section)
        if rows:
            shown += ["", page.style(title, "bold"), *page.rows(rows[:_MOST])]
        if len(rows) > _MOST:
            more = f"and {len(rows) - _MOST} more; see: mentorlog {command}"
            shown += page.wrap(more, "dim", indent="    ", first="  ")
    return [*shown, *_closing(view, today, page)]


def _passed(view: Status, page: Page, today: date) -> Iterator[str]:
    reached = [*view["passed"], *(plan for plan in view["planned"] if plan["on"] == today.isoformat())]
    for meeting in view["passed"][:_MOST]:
        who = _people(meeting, view)
        question = f"Did you meet{f' {who}' if who else ''} on {dates.say(meeting['on'])}?"
        yield ""
        yield from page.wrap(question, "bold", "yellow")
        people, log = set(meeting["mentors"]), f"mentorlog set {meeting['id']} status=held"
        if people:  # the day is left out if it does not fit and only one plan can be meant
            short = f"mentorlog meeting log {' '.join(meeting['mentors'])}"
            log = f"{short} --on {meeting['on']}"
            if len(log) + 2 > page.width and sum(bool(people & set(plan["mentors"])) for plan in reached) == 1:
                log = short
        yield f"  {safe(log)}"
        yield page.style(f"  or: mentorlog meeting cancel {safe(meeting['id'])}", "dim")
    if len(view["passed"]) > _MOST:
        yield from ("", page.style(f"and {len(view['passed']) - _MOST} more; see: mentorlog due", "dim"))


def _people(meeting: MeetingView, view: Status) -> str:
    return joined([view["names"].get(id, id) for id in meeting["mentors"]])


def _contacts(view: Status, today: date) -> Iterator[Row]:
    for entry in view["contacts"]:
        if not loop.due_by(entry["due_on"], today):
            continue
        late = entry["overdue_on"] < today.isoformat()
        met = f"last met {dates.ago(entry['last_held'], today)}" if entry["last_held"] else "not met yet"
        day = f"{'overdue since' if late else 'due'} {dates.short(entry['overdue_on' if late else 'due_on'], today)}"
        yield entry["id"], f"{called(entry)}, {met}", day, "red" if late else "yellow"


def _tasks(tasks: Sequence[FullTask], today: date, names: dict[str, str], *, mine: bool) -> Iterator[Row]:
    for task in tasks:
        other = task["assigned_by"] if mine else task["owner"]
        who = f", {'for' if mine else 'from'} {names.get(other, other)}" if other != vocabulary.ME else ""
        sent = loop.out_since(task)
        late = loop.late(task, today) and not sent  # a submitted draft waits for its mentor
        state = f"since {dates.short(task['since_on'], today)}"
        if sent:
            state = f"sent {dates.short(sent, today)}"
        elif task["due"]:
            state = f"{'late since' if late else 'due'} {dates.short(task['due'], today)}"
        yield task["id"], f"{task['title']}{who}", state, "red" if late else ""


def _drifting(goals: Sequence[FullGoal], today: date) -> Iterator[Row]:
    for goal in goals:
        if goal["by"] and goal["by"] < today.isoformat():
            yield goal["id"], goal["title"], f"overdue since {dates.short(goal['by'], today)}", "yellow"
        else:
            quiet = dates.short(loop.inactive_since(goal, goal["last_evidence"]), today)
            yield goal["id"], goal["title"], f"no progress since {quiet}", ""


def _closing(view: Status, today: date, page: Page) -> list[str]:
    lines = []
    if not (due_items(view, today, loop.RULES.within_days) or view["drifting"]):
        lines = ["", *page.wrap("Nothing is due this week, and no goal is drifting.", "green")]
    if view["review_on"]:
        day = view["review_on"]
        head, separator, rest = f"Next review {dates.say(day)}", ", ", dates.ago(day, today)
        if late := day <= today.isoformat():
            head, separator, rest = f"Review due {dates.say(day)}", ": ", str(view["review_command"])
        styled = page.style(head, "bold", *(["yellow"] if late else []))
        narrow = page.terminal and len(head + separator + rest) > page.width
        lines += ["", *([styled, f"  {rest}"] if narrow else [f"{styled}{separator}{rest}"])]
    if view["review_begun"]:
        lines += ["", page.style("Unfinished review; continue with:", "bold", "yellow"), "  mentorlog review --resume"]
    return [*lines, *_unsaved(view, page)]


def _unsaved(view: Status, page: Page) -> Iterator[str]:
    """Yield how to continue the texts that an editor left unsaved."""
    for one in view["unsaved_texts"][:_MOST]:
        yield from ("", page.style("Unsaved text; continue with:" if one["command"] else "Unsaved text in:", "bold"))
        yield f"  {safe(one['command'] or one['path'] or '')}"
