"""The screen of a bare `mentorlog`: what matters within a fortnight, or the days that the user has set.

A section shows at most seven rows, the most pressing first; the rest are counted beside its title, with the command
that lists them. On a terminal the screen fits the height: where it does not, blank lines are left out, and
while there is room the section with the fewest lines, of those the first, gets one more row. A narrow one cuts texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from mentorlog import dates
from mentorlog.domain import loop
from mentorlog.domain import overview as facts
from mentorlog.models.views import called, counted
from mentorlog.output.page import Page
from mentorlog.output.text import safe, width
from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.domain.loop import Contact, Rules
    from mentorlog.domain.overview import LastBackup, Mentoring, Status, Wait
    from mentorlog.models.view_types import FullTask, MeetingView, MovingGoal
    from mentorlog.output.page import Row

_MOST = 7  # the most rows in a section
_NARROW = 64  # a narrower terminal whose height does not suffice has one line of each text
_STEPS = (
    "mentorlog mentor add 'William Osler' --every '4 weeks'",
    "mentorlog goal add 'Submit case report' --by 'in 6 weeks' --with osler",
    "mentorlog meeting plan osler --on 'next thursday'",
)
_FIRST_STEPS = {
    "mentorlog init": "create your journal",
    "mentorlog mentor add": "add your first mentor",
    "mentorlog goal add": "set your first goal",
}
_EXAMPLE = "Example: mentorlog goal add 'Submit case report' --by 'in 6 weeks'"
_SHORT_EXAMPLE = "e.g. mentorlog goal add 'Write a paper'"
_SHORT_STEPS = (
    "mentorlog mentor add 'William Osler'",
    "mentorlog goal add 'Write a paper'",
    "mentorlog meeting plan osler --on fri",
)


class _Section(Value):
    """A title, the lines of each row, how many records there are, the command that lists them all."""

    title: str
    blocks: Sequence[Sequence[str]]
    total: int
    command: str

    def lines(self, shown: int, page: Page) -> list[str]:
        """Return the title and the first rows; what is not shown is counted."""
        rows = [line for block in self.blocks[:shown] for line in block]
        return [*self.head(shown, page), *rows] if self.title else [*rows, *self.head(shown, page)]

    def head(self, shown: int, page: Page) -> list[str]:
        """Return the title with the count, if not all are shown; rows with a heading each have the count below them."""
        see = f"see: mentorlog {self.command}"
        if shown == self.total:
            return [page.style(self.title, "bold")] if self.title else []
        if not self.title:
            return page.wrap(f"and {self.total - shown} more; {see}", "dim")
        title, count = page.style(self.title, "bold"), f"{f'{shown} of ' if shown else ''}{self.total}"
        for note in (f"({count}; {see})", f"({count}: mentorlog {self.command})"):
            if not page.terminal or len(f"{self.title} {note}") <= page.width:
                return [f"{title} {page.style(note, 'dim')}"]
        return [f"{title} {page.style(f'({count})', 'dim')}", *page.wrap(see, "dim", indent="  ")]


def first_lines(view: Status, page: Page) -> list[str]:
    """Lay out what to do first where there is no journal yet; each of these commands asks for what it needs."""
    is_narrow = page.terminal and page.width < _NARROW
    column = max(map(len, _FIRST_STEPS))
    steps = [f"  {step}" if is_narrow else f"  {step:{column}}  {what}" for step, what in _FIRST_STEPS.items()]
    return [
        "You have no journal yet. Get started:",
        "",
        *steps,
        "",
        _SHORT_EXAMPLE if is_narrow else _EXAMPLE,
        *page.wrap("See a sample year with: mentorlog tour"),
        *(line for part in _unsaved(view, page) for line in ("", *part)),
    ]


def lines(view: Status, page: Page, today: date, rules: Rules = loop.RULES, *, name_backup: bool = False) -> list[str]:
    """Lay out the overview: past meetings, whom to talk to, what is owed, the goals; if asked, the last backup."""
    if not set(view["counts"]) - {"profile"} and not view["unreadable_count"]:
        steps = _STEPS if page.width > max(map(len, _STEPS)) + 2 or not page.terminal else _SHORT_STEPS
        last = page.wrap("See a sample year with: mentorlog tour")
        return [
            "Your journal is empty. Get started:",
            "",
            *(f"  {step}" for step in steps),
            "",
            *last,
            *(line for part in _unsaved(view, page) for line in ("", *part)),
        ]
    head, closing = (
        [page.style(dates.say(today), "bold")],
        _closing(view, today, rules, page, view["last_backup"] if name_backup else None),
    )
    sections = _sections(view, page, today, rules)
    parts = [*(one.lines(_most(one), page) for one in sections), *closing]
    whole = [*head, *(line for part in parts for line in ("", *part))]
    if not page.height or _height(whole, page) < page.height:
        return whole
    if page.width < _NARROW:
        sections = _sections(view, page, today, rules, 1)
    below = 1 + sum(_height(part, page) for part in closing)  # the prompt of the shell needs a line
    room = page.height - len(head) - below
    shown = _shares(sections, page, room)
    parts = [*(one.lines(count, page) for one, count in zip(sections, shown, strict=True)), *closing]
    return [*head, *(line for part in parts for line in part)]


def _sections(view: Status, page: Page, today: date, rules: Rules, most: int = 3) -> list[_Section]:
    """Return the sections that are not empty, the most important first; a row has at most `most` lines of text."""
    passed = [[*_asked(meeting, view, page, today)] for meeting in view["passed"]]
    near, now = rules.near_days, (view, today, rules.near_days)
    contacts, planned, mine = [*_contacts(*now)], [*_planned(*now)], [*_mine(*now)]
    introduced = [wait for wait in view["waiting"] if wait["kind"] == "introduction"]
    theirs, goals = _theirs(view, today, rules), [*_goals(*now)]
    follow_up = _waits(introduced, view, today)
    sections = [
        _Section("", passed, len(passed), "due"),
        _Section(
            "Talk to",
            page.blocks(contacts, most),
            len(contacts),
            f"due --within {f'{near // 7}w' if near and near % 7 == 0 else f'{near}d'}",
        ),
        _Section("Planned", page.blocks(planned, most), len(view["planned"]), "meeting list --status planned"),
        _Section("I owe", page.blocks(mine, most), len(view["mine"]), "task owed"),
        _Section("I am owed", page.blocks(theirs, most), len(view["waiting"]) - len(introduced), "waiting"),
        _Section("Follow up", page.blocks(follow_up, most), len(introduced), "waiting"),
        _Section("Mentees", page.blocks([*_mentees(*now)], most), len(view["mentees"]), "mentee list"),
        _Section("Goals", page.blocks(goals, most), len(view["goals"]), "goal list"),
        _Section("", _unsaved(view, page), len(view["unsaved_texts"]), "doctor"),
    ]
    return [one for one in sections if one.total]


def _most(section: _Section) -> int:
    return min(_MOST, len(section.blocks))


def _shares(sections: Sequence[_Section], page: Page, room: int) -> list[int]:
    """Return how many rows of each section fit: the next is one of the section that has the fewest lines so far."""
    shown, used = [0] * len(sections), [0] * len(sections)
    room -= sum(_height(one.lines(0, page), page) for one in sections)
    open_sections = [number for number, one in enumerate(sections) if one.blocks]
    while open_sections:
        number = min(open_sections, key=used.__getitem__)
        one, count = sections[number], shown[number]
        size = _height(one.lines(count + 1, page), page) - _height(one.lines(count, page), page)
        fits = size <= room
        if fits:
            shown[number] += 1
            used[number] += size
            room -= size
        if not fits or shown[number] == _most(one):
            open_sections.remove(number)
    return shown


def _height(lines: Iterable[str], page: Page) -> int:
    """Return how many lines of the terminal these take: a long path or command is not wrapped, and styled lines fit."""
    return sum(max(1, -(-width(line) // page.width)) if line.isprintable() else 1 for line in lines)


def _asked(meeting: MeetingView, view: Status, page: Page, today: date) -> Iterator[str]:
    """Yield the question whether a meeting took place, and the commands that answer it."""
    who = facts.people_of(meeting, view["names"])
    question = f"Did you meet{f' {who}' if who else ''} on {dates.say(meeting['on'])}?"
    yield from page.wrap(question, "bold", "yellow")
    people, log = set(meeting["mentors"]), f"mentorlog set {meeting['id']} status=held"
    if people:  # the day is left out if it does not fit and only one plan can be meant
        reached = [*view["passed"], *(plan for plan in view["planned"] if plan["on"] == today.isoformat())]
        short = f"mentorlog meeting log {' '.join(meeting['mentors'])}"
        log = f"{short} --on {meeting['on']}"
        if len(log) + 2 > page.width and sum(bool(people & set(plan["mentors"])) for plan in reached) == 1:
            log = short
    yield f"  {safe(log)}"
    yield page.style(f"  or: mentorlog meeting cancel {safe(meeting['id'])}", "dim")


def _contacts(view: Status, today: date, near: int) -> Iterator[Row]:
    mentees = {one["id"] for one in view["mentees"] if one["contact"]}
    for entry in view["contacts"]:
        if loop.due_by(entry["due_on"], today, near) and entry["id"] not in mentees:
            yield _contact(entry, called(entry), today)
    for term in view["terms"]:
        if loop.due_by(term["term_ends"], today, near):
            is_past = term["term_ends"] < today.isoformat()
            state = f"term {'ended' if is_past else 'ends'} {dates.short(term['term_ends'], today)}"
            yield term["id"], called(term), state, "yellow" if is_past else ""
    for one in view["revisits"]:
        if loop.due_by(one["revisit_on"], today, near):
            is_past = one["revisit_on"] < today.isoformat()
            state = f"{'since' if is_past else 'on'} {dates.short(one['revisit_on'], today)}"
            yield one["id"], f"{called(one)}: look again at the agreement", state, "yellow" if is_past else ""


def _contact(entry: Contact, name: str, today: date) -> Row:
    state = loop.contact_state(entry["due_on"], entry["overdue_on"], today)
    met = f"last met {dates.ago(entry['last_held'], today)}" if entry["last_held"] else "not met yet"
    planned = f", planned {dates.short(entry['next_planned'], today)}" if entry["next_planned"] else ""
    ink = {"overdue since": "red", "due since": "yellow"}.get(state, "")
    return entry["id"], f"{name}, {met}{planned}", f"{state} {dates.short(entry['due_on'], today)}", ink


def _mentees(view: Status, today: date, near: int) -> Iterator[Row]:
    """Yield a line for each mentee to talk to, or with a task or goal whose day is near or past."""
    for one in view["mentees"]:
        parts = [*_of_mentee(one, today, near)]
        contact = one["contact"]
        if contact and loop.due_by(contact["due_on"], today, near):
            id, text, state, ink = _contact(contact, called(one), today)
            yield id, "; ".join(filter(None, (text, ", ".join(parts)))), state, ink
        elif parts:
            yield one["id"], f"{called(one)}: {', '.join(parts)}", "", ""


def _of_mentee(mentee: Mentoring, today: date, near: int) -> Iterator[str]:
    """Yield how many tasks and goals of a mentee have a day that is near or past, and how many goals drift."""
    late = sum(task["late"] for task in mentee["tasks"])
    due = sum(loop.due_by(task["due"], today, near) and not task["late"] for task in mentee["tasks"])
    dated = [goal for goal in mentee["goals"] if loop.due_by(goal["by"], today, near)]
    past = sum(str(goal["by"]) < today.isoformat() for goal in dated)
    drifting = sum(goal["drifting"] and goal not in dated for goal in mentee["goals"])
    yield from (
        f"{counted(count, noun)} {state}"
        for count, noun, state in (
            (late, "task", "late"),
            (due, "task", "due"),
            (past, "goal", "overdue"),
            (len(dated) - past, "goal", "due"),
            (drifting, "goal", "drifting"),
        )
        if count
    )


def _planned(view: Status, today: date, near: int) -> Iterator[Row]:
    for one in view["planned"]:
        if loop.due_by(one["on"], today, near):
            when = f"{dates.short(one['on'], today)} {one['at'] or ''}".rstrip()
            yield one["id"], facts.people_of(one, view["names"]), when, ""


def _mine(view: Status, today: date, near: int) -> Iterator[Row]:
    for task in view["mine"]:
        _, day = facts.step(task, today)
        if not day or loop.due_by(day, today, near):
            state, ink = _due(task, today) if day else (f"since {dates.short(task['since_on'], today)}", "")
            yield task["id"], _text(task, view, today), state, ink


def _theirs(view: Status, today: date, rules: Rules) -> list[Row]:
    """Return promises by their dates, and what has waited long enough to be named."""
    of_people = (one for one in view["waiting"] if one["kind"] != "introduction")
    waits = facts.named_waits(of_people, today, rules.waiting_days)
    named = {wait["id"] for wait in waits}
    ours = [task for task in view["theirs"] if not (task["id"] in named or loop.is_out(task))]
    dated = [task for task in ours if loop.due_by(task["due"], today, rules.near_days)]
    rows = [(str(task["due"]), (task["id"], _text(task, view, today), *_due(task, today))) for task in dated]
    days = [facts.named_on(wait, rules.waiting_days) for wait in waits]
    rows += zip(days, _waits(waits, view, today), strict=True)
    return [row for _, row in sorted(rows)]


def _waits(waits: Iterable[Wait], view: Status, today: date) -> list[Row]:
    return [(wait["id"], facts.describe_wait(wait, view["names"], today), "", "") for wait in waits]


def _text(task: FullTask, view: Status, today: date) -> str:
    """Return a task with its other side, or what is to be done now about a letter."""
    what, day = facts.step(task, today)
    if not what or (what == "remind" and not loop.due_by(day, today, 0)):
        return facts.task_text(task, view["names"])
    return f"{what.capitalize()} {view['names'].get(task['owner'], task['owner'])}: {task['title']}"


def _due(task: FullTask, today: date) -> tuple[str, str]:
    day = dates.short(str(task["due"]), today)
    return (f"late since {day}", "red") if task["late"] else (f"due {day}", "")


def _goals(view: Status, today: date, near: int) -> Iterator[Row]:
    """Yield the goals whose day is near or past, then those that are drifting."""
    quiet = []
    for goal in view["goals"]:
        if loop.due_by(goal["by"], today, near):
            is_past = str(goal["by"]) < today.isoformat()
            state = f"{'overdue since' if is_past else 'by'} {dates.short(str(goal['by']), today)}"
            yield goal["id"], _goal_text(goal, today), state, "yellow" if is_past else ""
        elif goal["drifting"]:
            since = loop.inactive_since(goal, goal["last_evidence"])
            quiet.append((goal["id"], _goal_text(goal, today), f"no progress since {dates.short(since, today)}", ""))
    yield from quiet


def _goal_text(goal: MovingGoal, today: date) -> str:
    """Return a goal; with a target also how far it is and the pace that it needs."""
    if goal["target"] is None:
        return goal["title"]
    from mentorlog.domain import pace  # few goals have a target

    return f"{goal['title']}: {pace.brief(goal, today)}"


def _closing(view: Status, today: date, rules: Rules, page: Page, backup: LastBackup | None) -> list[list[str]]:
    """Return that nothing is due, the next review, the unfinished one, and how old the last backup is."""
    closing = []
    near = rules.near_days
    if not (facts.due_items(view, today, near, rules.waiting_days) or view["drifting"]):
        length = "two weeks" if near == loop.RULES.near_days else counted(near, "day")
        when = f"within {length}" if near else "today"
        closing.append(page.wrap(f"Nothing is due {when}, and no goal is drifting.", "green"))
    if view["review_on"]:
        day = view["review_on"]
        head, separator, rest = f"Next review {dates.say(day)}", ", ", dates.ago(day, today)
        if late := day <= today.isoformat():
            head, separator, rest = f"Review due {dates.say(day)}", ": ", str(view["review_command"])
        styled = page.style(head, "bold", *(["yellow"] if late else []))
        narrow = page.terminal and len(head + separator + rest) > page.width
        closing.append([styled, f"  {rest}"] if narrow else [f"{styled}{separator}{rest}"])
    if view["review_begun"]:
        title = page.style("Unfinished review; continue with:", "bold", "yellow")
        closing.append([title, "  mentorlog review --resume"])
    if count := view["conflict_count"]:
        what, how = f"{counted(count, 'record')} {'waits' if count == 1 else 'wait'} for a choice:", "mentorlog resolve"
        is_narrow = page.terminal and len(f"{what} {how}") > page.width
        closing.append([what, f"  {how}"] if is_narrow else [f"{what} {how}"])
    if backup:
        closing.append(_backup(backup, today, page))
    return closing


def _backup(backup: LastBackup, today: date, page: Page) -> list[str]:
    """Return how old the last backup is; a long path has a line of its own."""
    age, path = f"Last backup {dates.ago(backup['at'][:10], today)}", safe(backup["path"])
    line = f"{age} ({path})"
    return [line] if not page.terminal or width(line) <= page.width else [age, f"  {path}"]


def _unsaved(view: Status, page: Page) -> list[list[str]]:
    """Return how to continue each text that an editor left unsaved."""
    named = [(one["command"] or one["path"] or "", bool(one["command"])) for one in view["unsaved_texts"]]
    heads = ("Unsaved text in:", "Unsaved text; continue with:")
    return [[page.style(heads[is_command], "bold", "yellow"), f"  {safe(where)}"] for where, is_command in named]
