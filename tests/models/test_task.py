"""A task: rounds, dates put off, what came of it."""

from __future__ import annotations

from datetime import date

import pytest

from factories import TODAY, make_task, plain
from mentorlog.errors import BadValue, MentorlogError, RecordClosed
from mentorlog.models.task import Defer, Round, Task

FRIDAY = date(2026, 11, 20)


def rounds(task: Task) -> list[tuple[date, date | None, str | None]]:
    """The rounds of a task: sent, returned, comment."""
    return [(one.sent, one.returned, one.comment) for one in task.rounds]


def test_submitting_opens_a_round() -> None:
    """A task that is handed in is out since that day."""
    task = make_task().submitted(on=FRIDAY, comment="First draft")

    assert task.status == "submitted"
    assert rounds(task) == [(FRIDAY, None, "First draft")]


def test_returning_closes_the_last_open_round() -> None:
    """What was said at sending stays beside what is said of it."""
    task = make_task().submitted(on=FRIDAY, comment="First draft").returned(on=TODAY, comment="Shorter")

    assert task.status == "doing"
    assert rounds(task) == [(FRIDAY, TODAY, "First draft\n\nShorter")]


def test_submitting_again_on_the_same_day_is_the_same_round() -> None:
    """A day has one round; only a comment is added to it."""
    task = make_task().submitted(on=FRIDAY)

    assert task.submitted(on=FRIDAY) is task
    assert rounds(task.submitted(on=FRIDAY, comment="By post")) == [(FRIDAY, None, "By post")]


def test_submitting_again_later_is_another_round() -> None:
    """A newer draft may go out before the old one is back; the newest comes back first."""
    task = make_task().submitted(on=FRIDAY).submitted(on=TODAY)

    assert rounds(task) == [(FRIDAY, None, None), (TODAY, None, None)]
    assert rounds(task.returned(on=TODAY)) == [(FRIDAY, None, None), (TODAY, TODAY, None)]


def test_returning_twice_changes_nothing() -> None:
    """What is back is back; a round that was overtaken is not closed by accident."""
    task = make_task().submitted(on=FRIDAY).submitted(on=TODAY).returned(on=TODAY)

    assert task.returned(on=TODAY) is task


def test_nothing_returns_that_was_not_sent() -> None:
    """Where no round is out there is none to close, and a comment is not dropped in silence."""
    back = make_task().submitted(on=FRIDAY).returned(on=TODAY)

    with pytest.raises(MentorlogError, match="has not been submitted"):
        make_task().returned(on=TODAY)
    with pytest.raises(MentorlogError, match="has not been submitted"):
        back.returned(on=TODAY, comment="One more thing")


def test_nothing_returns_before_it_was_sent() -> None:
    """The day it came back is not before the day it went."""
    with pytest.raises(BadValue, match="cannot be returned on Fri 20 Nov 2026: it was sent on Mon 23 Nov 2026"):
        make_task().submitted(on=TODAY).returned(on=FRIDAY)


def test_a_task_is_done_on_a_day_with_its_outcome() -> None:
    """Done says when, and what came of it."""
    task = make_task().done(on=FRIDAY, outcome="One page")

    assert (task.status, task.done_on, task.outcome) == ("done", FRIDAY, "One page")


def test_done_again_keeps_the_day() -> None:
    """The first day counts; what is said the second time is added."""
    task = make_task().done(on=FRIDAY, outcome="One page")

    assert task.done(on=TODAY) is task
    assert task.done(on=TODAY, outcome="One page") is task
    again = task.done(on=TODAY, outcome="He liked it")
    assert (again.done_on, again.outcome) == (FRIDAY, "One page\n\nHe liked it")


def test_a_dropped_task_keeps_the_reason() -> None:
    """The reason is what came of it; the same reason twice is one."""
    task = make_task().dropped(on=TODAY, reason="The journal was closed")

    assert (task.status, task.done_on, task.outcome) == ("dropped", None, "The journal was closed")
    assert task.dropped(on=FRIDAY, reason="The journal was closed") is task


def test_a_reopened_task_is_not_done() -> None:
    """The day goes, the words stay."""
    task = make_task().done(on=FRIDAY, outcome="One page").reopened(on=TODAY)

    assert (task.status, task.done_on, task.outcome) == ("todo", None, "One page")
    assert task.reopened(on=TODAY) is task


def test_a_deferred_task_keeps_the_old_date() -> None:
    """Each time the day moves, old, new and the reason are kept."""
    first, then = date(2026, 11, 30), date(2026, 12, 14)
    task = make_task(due=first).deferred(then, on=TODAY, reason="Ward duty").deferred(first, on=TODAY)

    expected = [Defer(on=TODAY, old=first, new=then, reason="Ward duty"), Defer(on=TODAY, old=then, new=first)]
    assert plain(*task.defers) == plain(*expected)
    assert task.due == first
    assert task.deferred(first, on=TODAY) is task


def test_a_task_is_not_put_off_to_a_day_that_is_past() -> None:
    """Dates look the right way."""
    with pytest.raises(BadValue, match="Fri 20 Nov 2026, which is in the past"):
        make_task().deferred(FRIDAY, on=TODAY)


def test_a_task_under_way_starts_once() -> None:
    """Start and wait change the state and nothing else."""
    task = make_task().moved_to("doing", on=TODAY)

    assert task.moved_to("doing", on=TODAY) is task
    assert task.moved_to("waiting", on=TODAY).status == "waiting"


@pytest.mark.parametrize("status", ["done", "dropped"])
def test_a_closed_task_must_be_reopened_first(status: str) -> None:
    """What is done with changes only after it was taken up again, and the hint says how."""
    task = make_task(id="t4m2x", status=status)

    for change in (
        lambda: task.moved_to("doing", on=TODAY),
        lambda: task.moved_to("waiting", on=TODAY),
        lambda: task.submitted(on=TODAY),
        lambda: task.returned(on=TODAY),
        lambda: task.deferred(TODAY, on=TODAY),
        (lambda: task.dropped(on=TODAY, reason="No")) if status == "done" else (lambda: task.done(on=TODAY)),
    ):
        with pytest.raises(RecordClosed) as failure:
            change()
        assert failure.value.hint == "reopen it first: mentorlog task reopen t4m2x"


def test_unknown_keys_survive_a_change() -> None:
    """A newer mentorlog's keys stay, in the task and in its rounds."""
    task = make_task(extra={"mood": "calm"}, status="submitted", rounds=(Round(sent=FRIDAY, extra={"by": "post"}),))

    back = task.returned(on=TODAY)

    assert back.extra == {"mood": "calm"}
    assert back.rounds[0].extra == {"by": "post"}
