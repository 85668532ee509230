"""What matters now: whom to talk to, what is owed, waiting, drifting and due, when to review."""

from __future__ import annotations

from datetime import date, timedelta

from mentorlog import dates, vocabulary
from mentorlog.domain import computed, loop
from mentorlog.domain.query import Query
from mentorlog.domain.reviewing import due as next_review
from mentorlog.models.views import called, heading, is_mentee, joined
from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from typing import TypedDict

    from mentorlog.domain.loop import Contact, Rules
    from mentorlog.domain.ports import Questions
    from mentorlog.models.view_types import (
        BlockView,
        FullTask,
        LetterView,
        MeetingView,
        MentorView,
        MovingGoal,
        NoteView,
        TaskView,
    )

    class Wait(TypedDict):
        """What others have not answered, returned or done, since when; or an introduction that was not followed up.

        An `invitation`, a `letter` that was asked for, a `draft`, a `promise`, an `introduction`, or a `task` of a
        mentee.
        """

        kind: str
        record: str
        id: str
        title: str
        mentors: list[str]
        since: str
        channel: str | None
        due_on: str | None

    class Term(TypedDict):
        """The day on which the term of a mentorship ends."""

        record: str
        id: str
        name: str
        nickname: str | None
        term_ends: str

    class Revisit(TypedDict):
        """The day on which to look at the agreement of a mentorship again."""

        record: str
        id: str
        name: str
        nickname: str | None
        revisit_on: str

    class Mentoring(TypedDict):
        """What matters of a mentee: when to meet, and the goals and open tasks that are theirs."""

        record: str
        id: str
        name: str
        nickname: str | None
        contact: Contact | None
        goals: list[MovingGoal]
        tasks: list[FullTask]

    class Overview(TypedDict):
        """The facts behind `status` and `due`; `names` has those of all mentors in it.

        What mentees do and want is in `mentees` alone; `contacts` has all who are met.
        """

        today: str
        passed: list[MeetingView]
        planned: list[MeetingView]
        contacts: list[Contact]
        terms: list[Term]
        revisits: list[Revisit]
        mine: list[FullTask]
        theirs: list[FullTask]
        waiting: list[Wait]
        goals: list[MovingGoal]
        drifting: list[MovingGoal]
        mentees: list[Mentoring]
        review_on: str | None
        review_command: str | None
        names: dict[str, str]

    class LastBackup(TypedDict):
        """The last backup of the journal: its file, when it was made, and the number of the last change in it."""

        path: str
        at: str
        change: int

    class Status(Overview):
        """The same with the counts of the journal: the data of `status`."""

        counts: dict[str, int]
        conflict_count: int
        unreadable_count: int
        review_begun: bool
        unsaved_texts: list[dict[str, str | None]]
        last_backup: LastBackup | None


_PRESENT = (*vocabulary.MET_MENTORS, "paused", "invited")


def overview(ask: Questions, rules: Rules, now: datetime) -> Overview:
    """Return what matters now. A planned meeting has passed after its time, or after its day if it has no time."""
    today, moment = now.date(), f"{now:%Y-%m-%d %H:%M}"
    known = ask.find(Query("mentor"))
    mentors = [one for one in known if one["status"] in _PRESENT]
    mentees = {one["id"] for one in known if is_mentee(one)}
    tasks = computed.tasks(ask.find(Query("task", statuses=vocabulary.OPEN_TASKS)), ask, today)
    owed = loop.owed([task for task in tasks if task["owner"] not in mentees])
    planned = ask.find(Query("meeting", statuses=("planned",)))[::-1]
    blocks = ask.blocks()
    review = next_review.due(ask.find(Query("review")), ask.first_day(), rules, blocks)
    active = computed.moving(ask.find(Query("goal", statuses=("active",))), ask, today, rules, blocks)
    goals = [goal for goal in active if not goal["whose"]]
    to_meet = contacts(mentors, ask, today, blocks)
    people = {mentor for meeting in planned for mentor in meeting["mentors"]}
    people |= {task[key] for task in tasks for key in ("owner", "assigned_by")}
    people |= {mentor for task in owed["they_owe"] for mentor in task["with"]}
    introduced = introductions(ask, today, rules.waiting_days)
    people |= {mentor for note in introduced for mentor in note["mentors"]}
    return {
        "today": today.isoformat(),
        "passed": [meeting for meeting in planned if _starts(meeting) < moment],
        "planned": [meeting for meeting in planned if _starts(meeting) >= moment],
        "contacts": to_meet,
        "terms": sorted(_terms(mentors), key=lambda one: (one["term_ends"], one["id"])),
        "revisits": sorted(_revisits(mentors), key=lambda one: (one["revisit_on"], one["id"])),
        "mine": owed["i_owe"],
        "theirs": owed["they_owe"],
        "waiting": waits(mentors, owed["they_owe"], introduced),
        "goals": goals,
        "drifting": [goal for goal in goals if goal["drifting"]],
        "mentees": _mentoring(known, to_meet, active, tasks),
        "review_on": review.on if review else None,
        "review_command": review.command if review else None,
        "names": _names(people - {vocabulary.ME}, known, ask),
    }


def _mentoring(
    people: Iterable[MentorView], to_meet: Iterable[Contact], goals: Sequence[MovingGoal], tasks: Sequence[FullTask]
) -> list[Mentoring]:
    """Return what matters of those whom I mentor, by name; somebody who mentors me too has only goals there."""
    mentees = [one for one in people if one["my_role"] != "mentee" and one["status"] not in vocabulary.PAST_MENTORS]
    if not mentees:
        return []
    days = {one["id"]: one for one in to_meet}
    return [
        {
            "record": "mentor",
            "id": one["id"],
            "name": one["name"],
            "nickname": one["nickname"],
            "contact": days.get(one["id"]) if is_mentee(one) else None,
            "goals": [goal for goal in goals if goal["whose"] == one["id"]],
            "tasks": [task for task in tasks if task["owner"] == one["id"] and is_mentee(one)],
        }
        for one in sorted(mentees, key=lambda one: (one["name"], one["id"]))
    ]


def _starts(meeting: MeetingView) -> str:
    """Return the start of a meeting as text that sorts; one without a time passes at the end of its day."""
    return f"{meeting['on']} {meeting['at'] or '24:00'}"


def _names(people: set[str], mentors: Iterable[MentorView], ask: Questions) -> dict[str, str]:
    """Return the names of people, asking only for those who are not among the mentors."""
    names = {one["id"]: called(one) for one in mentors if one["id"] in people}
    missing = sorted(people - names.keys())
    return {**names, **(ask.titles(missing) if missing else {})}


def contacts(
    mentors: Sequence[MentorView], ask: Questions, today: date, blocks: Sequence[BlockView] | None = None
) -> list[Contact]:
    """Return when to meet each mentor with a cadence, the earliest first; `blocks` are those of the profile."""
    blocks = ask.blocks() if blocks is None else blocks
    paced = [one for one in mentors if one["cadence"]]
    days = ask.meeting_days([one["id"] for one in paced], today) if paced else {}
    dated = (loop.contact(one, *days.get(one["id"], (None, None)), today, blocks) for one in paced)
    return sorted(filter(None, dated), key=lambda one: (one["due_on"], one["id"]))


def _terms(mentors: Iterable[MentorView]) -> Iterator[Term]:
    for one in mentors:
        if one["term_ends"] and one["status"] in ("active", "paused"):
            yield {
                "record": "mentor",
                "id": one["id"],
                "name": one["name"],
                "nickname": one["nickname"],
                "term_ends": one["term_ends"],
            }


def _revisits(mentors: Iterable[MentorView]) -> Iterator[Revisit]:
    for one in mentors:
        expected = one["expectations"]
        if expected and expected["revisit_on"] and one["status"] in vocabulary.LIVE_MENTORS:
            yield {
                "record": "mentor",
                "id": one["id"],
                "name": one["name"],
                "nickname": one["nickname"],
                "revisit_on": expected["revisit_on"],
            }


# What waits for others


def waiting(
    ask: Questions, today: date, mentors: Sequence[str] = (), days: int = loop.RULES.waiting_days
) -> list[Wait]:
    """Return what waits for others, the longest first; `mentors` limits it to some.

    Introductions are among it from so many days on. What mentees have to do is only where one of them is asked for.
    """
    from mentorlog.domain.mentees import only_mentored  # status does not need it

    tasks = computed.tasks(ask.find(Query("task", statuses=vocabulary.OPEN_TASKS)), ask, today)
    theirs = loop.owed(tasks)["they_owe"]
    people = ask.find(Query("mentor"))
    mentees = only_mentored(people)
    found = waits(
        (one for one in people if one["status"] == "invited"),
        (task for task in theirs if task["owner"] not in mentees or task["owner"] in mentors),
        introductions(ask, today, days),
        mentees,
    )
    return [wait for wait in found if not mentors or set(mentors) & set(wait["mentors"])]


def waits(
    mentors: Iterable[MentorView],
    theirs: Iterable[FullTask],
    introduced: Iterable[NoteView],
    mentees: Collection[str] = (),
) -> list[Wait]:
    """Return what waits for others, and what they opened and I did not follow up, the longest wait first."""
    found = [_invitation(one) for one in mentors if one["status"] == "invited"]
    found += [_on_their_side(task, is_mentees=task["owner"] in mentees) for task in theirs]
    found += map(_introduction, introduced)
    return sorted(found, key=lambda wait: (wait["since"], wait["id"]))


def introductions(ask: Questions, today: date, days: int = loop.RULES.waiting_days) -> list[NoteView]:
    """Return the introductions that were not followed up, from the day on which waits are named."""
    until = today - timedelta(days)
    return ask.find(Query("note", statuses=("open",), kinds=("introduction",), until=until))


def _introduction(note: NoteView) -> Wait:
    return {
        "kind": "introduction",
        "record": "note",
        "id": note["id"],
        "title": note["to"] or heading(note),
        "mentors": note["mentors"],
        "since": note["on"],
        "channel": None,
        "due_on": None,
    }


def _invitation(mentor: MentorView) -> Wait:
    asked = [one for one in mentor["status_log"] if one["status"] == "invited"]
    since, reason = (asked[-1]["on"], asked[-1]["reason"]) if asked else (mentor["created"][:10], None)
    channel = (reason or "").partition(": ")[0]
    return {
        "kind": "invitation",
        "record": "mentor",
        "id": mentor["id"],
        "title": called(mentor),
        "mentors": [mentor["id"]],
        "since": since,
        "channel": channel if channel.lower() in vocabulary.CHANNELS else None,  # else it is a comment
        "due_on": None,
    }


def _on_their_side(task: FullTask, *, is_mentees: bool) -> Wait:
    is_draft, letter = loop.is_out(task) and not is_mentees, task["letter"]
    is_question = letter is not None and letter["answer"] != "yes" and not is_draft
    return {
        "kind": "draft" if is_draft else "letter" if is_question else "task" if is_mentees else "promise",
        "record": "task",
        "id": task["id"],
        "title": task["title"],
        "mentors": task["with"],
        "since": (is_draft and task["sent_on"]) or _said_on(letter, is_question) or task["since_on"],
        "channel": None,
        "due_on": None if is_draft else task["due"],
    }


def _said_on(letter: LetterView | None, is_question: bool) -> str | None:
    """Return when a letter was asked for, or when its writer agreed to it."""
    return letter and ((None if is_question else letter["answered_on"]) or letter["asked_on"])


def describe_wait(wait: Wait, names: Mapping[str, str], today: date) -> str:
    """Return what waits, with whom and how long: `Draft abstract: with William Osler for 3 weeks`."""
    ago, people = dates.ago(wait["since"], today), joined([names.get(id, id) for id in wait["mentors"]])
    if wait["kind"] == "invitation":
        return f"{wait['title']}: asked {ago}{' by ' + wait['channel'] if wait['channel'] else ''}, no answer"
    if wait["kind"] == "introduction":
        return f"{wait['title']}: introduced{' by ' + people if people else ''} {ago}, not followed up"
    if wait["kind"] == "letter":
        return f"{wait['title']}: asked {people} {ago}, no answer"
    if wait["kind"] == "promise":
        return f"{wait['title']}: promised by {people} {ago}"
    return f"{wait['title']}: {loop.draft_state(people, wait['since'], today)}"


def ending_command(wait: Wait) -> str:
    """Return the command that ends a wait, the invitation and the question for a letter by a yes."""
    id = wait["id"]
    commands = {
        "invitation": f"mentor invite {id} --answer yes",  # or no
        "letter": f"letter agreed {id}",  # or declined
        "draft": f"task return {id}",
        "promise": f"task done {id}",
        "task": f"task done {id}",
        "introduction": f"note close {id}",
    }
    return f"mentorlog {commands[wait['kind']]}"


# What is due


def step(task: TaskView, today: date) -> tuple[str, str | None]:
    """Return what to do next about a task and on which day: `ask` or `remind` for a letter, else "" by its date."""
    letter, due = task["letter"], task["due"]
    if not letter:
        return "", due
    if not letter["asked_on"]:
        return "ask", _before(due, loop.RULES.ask_days) if due else None
    is_reminded = due and max(letter["reminded"], default="") >= _before(due, 2 * loop.RULES.remind_days)
    if not due or is_reminded or due < today.isoformat():
        return "", due
    return "remind", _before(due, loop.RULES.remind_days)


def _before(day: str, days: int) -> str:
    return (date.fromisoformat(day) - timedelta(days)).isoformat()


class DueItem(Value):
    """One due item: the reason, the day, the record concerned, and whether it is late."""

    reason: str
    due_on: str
    record: str
    id: str | None
    text: str
    late: bool


def due_items(
    overview: Overview, today: date, within: int, waiting_days: int = loop.RULES.waiting_days
) -> list[DueItem]:
    """Return what is due at most `within` days ahead, the earliest first; waits are named after so many days."""
    due = (item for item in _dated(overview, today, waiting_days) if loop.due_by(item.due_on, today, within))
    return sorted(due, key=lambda item: (item.due_on, item.reason, str(item.id)))


def _dated(overview: Overview, today: date, waiting_days: int) -> Iterator[DueItem]:
    """Yield everything that has a day."""
    names, now = overview["names"], today.isoformat()

    def item(reason: str, day: str, record: str, id: str | None, text: str) -> DueItem:
        return DueItem(reason, day, record, id, text, day < now)

    waiting = named_waits(overview["waiting"], today, waiting_days)
    named = {wait["id"] for wait in waiting}
    for whose, tasks in (("my task", overview["mine"]), ("their task", overview["theirs"])):
        for task in tasks:
            if not task["due"] or task["id"] in named or (whose == "their task" and loop.is_out(task)):
                continue
            what, day = step(task, today)
            late = task["due"] < now
            yield DueItem(
                "letter" if what else whose, day or "", "task", task["id"], step_text(task, names, what), late
            )
    for wait in waiting:
        day, text = named_on(wait, waiting_days), describe_wait(wait, names, today)
        yield DueItem("waiting", day, wait["record"], wait["id"], text, late=False)
    for mentee in overview["mentees"]:
        for task in mentee["tasks"]:
            if task["due"] and not loop.is_out(task):
                yield item("their task", task["due"], "task", task["id"], f"{task['title']}, {called(mentee)}")
    for goal in overview["goals"]:
        if goal["by"]:
            yield item("goal", goal["by"], "goal", goal["id"], goal["title"])
    for one in overview["contacts"]:
        met = f"last met {dates.say(one['last_held'])}" if one["last_held"] else "not met yet"
        text = f"Talk to {called(one)}, {met}"
        yield DueItem("contact", one["due_on"], "mentor", one["id"], text, one["overdue_on"] < now)
    for term in overview["terms"]:
        yield item("term ends", term["term_ends"], "mentor", term["id"], f"The term with {called(term)} ends")
    for look in overview["revisits"]:
        text = f"Look again at the agreement with {called(look)}"
        yield item("agreement", look["revisit_on"], "mentor", look["id"], text)
    for meeting in overview["passed"]:
        people = people_of(meeting, names)
        text = f"Did you meet {people}?" if people else "Did you meet?"
        yield item("meeting passed", meeting["on"], "meeting", meeting["id"], text)
    for meeting in overview["planned"]:
        people = people_of(meeting, names)
        text = f"Meet {people or 'nobody'}{', ' + meeting['at'] if meeting['at'] else ''}"
        yield item("meeting", meeting["on"], "meeting", meeting["id"], text)
    if overview["review_on"]:
        yield item("review", overview["review_on"], "review", None, f"Hold a review: {overview['review_command']}")


def named_on(wait: Wait, days: int) -> str:
    """Return the day from which a wait is named."""
    return (date.fromisoformat(wait["since"]) + timedelta(days)).isoformat()


def named_waits(found: Iterable[Wait], today: date, days: int) -> list[Wait]:
    """Return the waits that are long enough to be named; a promise with a date is due on that instead.

    So is a letter without an answer from a week before its date on.
    """
    soon = (today + timedelta(loop.RULES.remind_days)).isoformat()
    return [
        wait
        for wait in found
        if named_on(wait, days) <= today.isoformat()
        and (not wait["due_on"] or (wait["kind"] == "letter" and wait["due_on"] > soon))
    ]


def people_of(meeting: MeetingView, names: Mapping[str, str]) -> str:
    """Return the names of the mentors of a meeting."""
    return joined([names.get(id, id) for id in meeting["mentors"]])


def task_text(task: TaskView, names: Mapping[str, str]) -> str:
    """Return a task with its other side: `Draft abstract, for William Osler`."""
    mine = task["owner"] == vocabulary.ME
    other = task["assigned_by"] if mine else task["owner"]
    whom = "" if other == vocabulary.ME else f", {'for' if mine else 'from'} {names.get(other, other)}"
    return f"{task['title']}{whom}"


def step_text(task: TaskView, names: Mapping[str, str], what: str) -> str:
    """Return a task with its other side, or whom to `ask` or `remind` of a letter and by when it is due."""
    if not what:
        return task_text(task, names)
    writer = names.get(task["owner"], task["owner"])
    return f"{what.capitalize()} {writer}: {task['title']}{', due ' + dates.say(task['due']) if task['due'] else ''}"
