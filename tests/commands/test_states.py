"""One road to every state: `set status=` and the command for it leave the same record, or both refuse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import permutations
from pathlib import Path

import pytest

from factories import TODAY, make_goal, make_meeting, make_mentor, make_note, make_task
from mentorlog import vocabulary
from mentorlog.errors import MentorlogError
from mentorlog.models.meeting import Meeting
from mentorlog.models.mentor import Closure, StatusChange
from mentorlog.models.record import Record, as_data
from mentorlog.models.task import Round
from mentorlog.store.transaction import Transaction
from reviewed import open_journal
from world import Ran

EARLIER = date(2026, 11, 2)
STATES = {
    "goal": vocabulary.GOAL_STATUSES,
    "task": vocabulary.TASK_STATUSES,
    "meeting": vocabulary.MEETING_STATUSES,
    "mentor": vocabulary.MENTOR_STATUSES,
    "note": vocabulary.NOTE_STATUSES,
}
PAIRS = [(kind, *pair) for kind, states in STATES.items() for pair in permutations(states, 2)]
COMMANDS = {
    "goal active": "goal resume ID",
    "goal paused": "goal pause ID",
    "goal achieved": "goal achieve ID",
    "goal partly": "goal achieve ID --partly",
    "goal dropped": "goal drop ID",
    "task todo": "task reopen ID",
    "task doing": "task start ID",
    "task waiting": "task wait ID",
    "task submitted": "task submit ID",
    "task done": "task done ID",
    "task dropped": "task drop ID",
    "meeting held": "meeting log MENTOR",
    "meeting cancelled": "meeting cancel ID",
    "meeting missed": "meeting cancel ID --missed",
    "mentor invited": "mentor invite ID",
    "mentor declined": "mentor invite ID --answer no",
    "mentor active": "mentor activate ID",
    "mentor paused": "mentor pause ID",
    "mentor ended": "mentor end ID",
    "mentor stay_in_touch": "mentor end ID --stay-in-touch",
    "note open": "note reopen ID",
    "note closed": "note close ID",
}
ALONE = {
    *(("task", before, "todo") for before in ("doing", "waiting", "submitted")),
    *(("meeting", before, "planned") for before in ("held", "cancelled", "missed")),
    *(("meeting", before, "held") for before in ("cancelled", "missed")),
    *(("mentor", before, "candidate") for before in vocabulary.MENTOR_STATUSES if before != "candidate"),
}
"""Corrections that no command makes: `set` is their only road."""


def record(kind: str, status: str, number: int) -> Record:
    """A record as it is after the commands that led to its status."""
    who = f"mentor-{number}"
    match kind:
        case "goal":
            return make_goal(status=status, closed_on=None if status in ("active", "paused") else EARLIER)
        case "task":
            rounds = (Round(sent=EARLIER),) if status == "submitted" else ()
            return make_task(status=status, rounds=rounds, done_on=EARLIER if status == "done" else None)
        case "meeting":
            by = "them" if status == "cancelled" else None
            return make_meeting(status=status, mentors=(who,), cancelled_by=by)
        case "mentor":
            closure = (Closure(on=EARLIER, kind="moved"),) if status in ("ended", "stay_in_touch") else ()
            log = (StatusChange(on=EARLIER, status=status),)
            started = EARLIER if closure or status in ("active", "paused") else None
            return make_mentor(
                id=who, name=f"Mentor {number}", status=status, started=started, status_log=log, closure=closure
            )
    opened = status == "open"
    return make_note(kind="advice", status=status, on=EARLIER, closed_on=None if opened else TODAY)


def test_set_and_the_command_agree(invoke: Callable[..., Ran], journal_root: Path) -> None:
    """For every kind, from every state to every other."""
    journal, records = open_journal(journal_root), [record(*key[:2], number) for number, key in enumerate(PAIRS)]
    people = [make_mentor(id=who, name=who) for one in records if isinstance(one, Meeting) for who in one.mentors]
    journal.change("records", lambda transaction: [transaction.put(one) for one in [*records, *people]])
    by_set, by_command = {}, {}

    for key, one in zip(PAIRS, records, strict=True):
        try:
            by_set[key] = as_data(journal.assigned(one, [f"status={key[2]}"]))
        except MentorlogError:
            by_set[key] = {}
        if key in ALONE:
            assert by_set.pop(key)["status"] == key[2]
            continue
        who = one.mentors[0] if isinstance(one, Meeting) else ""
        words = [{"ID": one.id, "MENTOR": who}.get(word, word) for word in COMMANDS[f"{key[0]} {key[2]}"].split()]
        done = invoke(*words, "--no-input")
        by_command[key] = as_data(journal.preview(partial(Transaction.any, id=one.id))) if done.exit == 0 else {}

    assert {key: (one, by_command[key]) for key, one in by_set.items() if one != by_command[key]} == {}
    assert invoke("doctor").exit == 0


@pytest.mark.parametrize("word", ["status=dropped", "status=achieved", "closed_on=yesterday", "progress.1.percent=3"])
def test_a_state_is_not_revised(word: str, invoke: Callable[..., Ran]) -> None:
    """What a command keeps is refused before the reason is asked for, and the hint names the command."""
    goal = invoke("goal", "add", "Submit case report", "--json").data["id"]

    ran = invoke("goal", "revise", goal, word)

    assert (ran.exit, "cannot be revised directly." in ran.err, "use mentorlog goal p" in ran.err) == (1, True, True)
