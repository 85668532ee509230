"""When contact is due: one day and one lateness on every screen, and which planned meeting stands in for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from factories import TODAY, make_meeting, make_mentor
from terminal import Terminal
from world import Ran

Invoke = Callable[..., Ran]
Keep = Callable[..., None]


def on(days: int) -> date:
    """A day so many days ahead."""
    return TODAY + timedelta(days)


@pytest.mark.parametrize(
    ("met", "state", "late"),
    [(on(-21), "due", False), (on(-30), "due since", False), (on(-50), "overdue since", True)],
)
def test_contact_has_one_day_on_every_screen(invoke: Invoke, keep: Keep, met: date, state: str, late: bool) -> None:
    """The usual gap after the last meeting, wherever it is shown; past the longest gap other words, no other day.

    Other members of the kind: `mentor list`, `show`, `status`, `due`, and the JSON of each.
    """
    keep(make_mentor(every=28), make_meeting(on=met))
    due = met + timedelta(28)
    words = f"{due:%a} {due.day} {due:%b}"

    (row,) = [one for one in invoke("due", "--within", "2w", "--json").data if one["reason"] == "contact"]
    assert (row["due_on"], row["days"], row["late"]) == (due.isoformat(), (due - TODAY).days, late)
    assert f"last met {'3 weeks' if met == on(-21) else '4 weeks' if met == on(-30) else '7 weeks'} ago" in invoke().out
    assert f"{state} {words}" in invoke().out
    assert f"next contact {state} {words} 2026, " in invoke("show", "osler").out
    assert f"{state.removesuffix(' since')} {words}" in invoke("mentor", "list").out
    assert [one["due_on"] for one in invoke("--json").data["contacts"]] == [due.isoformat()]
    assert invoke("mentor", "list", "--json").data[0]["due_on"] == due.isoformat()


@pytest.mark.parametrize(("met", "colour"), [(on(-42), "33"), (on(-43), "31")])
def test_it_is_red_past_the_longest_gap(
    met: date, colour: str, invoke: Invoke, keep: Keep, terminal: Callable[..., Terminal]
) -> None:
    """On its last day contact is yellow, after it red: in `status`, `due` and `mentor list`."""
    keep(make_mentor(every=28), make_meeting(on=met))

    for words in ([], ["due"], ["mentor", "list"]):
        shown = terminal(*words, columns=120)
        shown.end()
        line = next(line for line in shown.raw.decode().splitlines() if "Osler" in line)
        assert f"\x1b[{colour}m" in line, words


@pytest.mark.parametrize(
    ("met", "planned", "silent"),
    [
        (-30, 12, True),  # on the last day of the longest gap
        (-30, 13, False),
        (-30, 0, True),
        (-30, 90, False),
        (-100, 7, True),  # a meeting of this week is listed itself
        (-100, 8, False),
        (0, 43, False),
    ],
)
def test_only_a_meeting_within_the_longest_gap_stands_in(
    invoke: Invoke, keep: Keep, met: int, planned: int, silent: bool
) -> None:
    """A meeting planned for later does not hide that contact is due; one of this week does, however late it is."""
    keep(make_mentor(every=28), make_meeting(on=on(met)), make_meeting(status="planned", on=on(planned)))

    full = invoke("mentor", "list", "--json").data[0]
    assert (full["due_on"] is None, full["next_planned"]) == (silent, on(planned).isoformat())
    assert [one["id"] for one in invoke("--json").data["contacts"]] == ["osler"] * (not silent)
    assert ("Talk to" in invoke().out) is (met < 0 and not silent)


SAYS = "The next meeting with William Osler is after the longest gap, which ends on Mon 28 Dec 2026"


def test_planning_beyond_the_rhythm_says_so(invoke: Invoke, keep: Keep) -> None:
    """`meeting plan`, `meeting move` and `meeting log --next` name both days; within the rhythm nothing is said."""
    keep(make_mentor(every=28), make_meeting(on=on(-7)))

    far = invoke("meeting", "plan", "osler", "--on", "2027-03-01", "--json").data["id"]
    again = invoke("meeting", "move", far, "2027-03-08").out.splitlines()
    near = invoke("meeting", "move", far, "2026-12-28").out

    assert again[1] == f"{SAYS}; contact stays due on Mon 14 Dec 2026."
    assert "longest gap" not in near
    invoke("meeting", "cancel", far)
    assert f"{SAYS}; contact stays due on Mon 14 Dec 2026.\n" in invoke("meeting", "plan", "osler", "--on", "1 mar").out
    assert "longest gap" in invoke("meeting", "log", "osler", "--next", "in 3 months", "--new").out


def test_what_is_planned_too_late_is_shown_beside_it(invoke: Invoke, keep: Keep) -> None:
    """The screens name the planned meeting beside the contact that stays due."""
    keep(make_mentor(every=28), make_meeting(on=on(-50)), make_meeting(status="planned", on=on(90)))

    assert "William Osler, last met 7 weeks ago, planned Sun 21 Feb 2027  overdue since Sun 1 Nov" in invoke().out
    assert "overdue Sun 1 Nov, planned Sun 21 Feb 2027" in invoke("mentor", "list").out
