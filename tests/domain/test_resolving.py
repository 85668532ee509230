"""The choices of a record, deciding one, and what ends a conflict without a question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Any

import pytest

from factories import TODAY, make_goal, make_meeting, make_mentor, make_note, make_profile, make_review, make_task
from mentorlog.domain.merging.records import canonical
from mentorlog.domain.resolving import (
    GONE,
    NOTED,
    OPEN,
    SETTLED,
    Choice,
    choices,
    decided,
    ended,
    set_by,
    still_open,
)
from mentorlog.errors import BadValue, MentorlogError
from mentorlog.models.goal import HistoryEntry, Progress
from mentorlog.models.mentor import Cadence, Closure, StatusChange
from mentorlog.models.record import Conflict, as_data, view
from mentorlog.models.review import Verdict
from mentorlog.models.task import Letter, Round
from mentorlog.store.format import toml
from mentorlog.store.format.document import checked
from mentorlog.store.format.exact import validated
from mentorlog.store.format.merged import merged_part
from merged_records import triple, words

DAY, LATER = date(2026, 11, 20), date(2027, 2, 1)
TITLE = Conflict(other={"title": "Submit case report"})
ONE, TWO = "Start with one page.", "Start with the outline."
PAIR = Conflict(field="notes", both=(ONE, TWO))


def found(record: Any) -> list[Choice]:
    """The choices of a record; those of its view are the same, but for the form of days."""
    of_record = choices(type(record), as_data(record))
    if hasattr(record, "id"):
        of_view = choices(type(record), view(record))
        assert [(one.name, one.state, one.answers) for one in of_view] == [
            (one.name, one.state, one.answers) for one in of_record
        ]
    return of_record


def take(record: Any, answer: int = 2, place: int = 0) -> Any:
    """The record with an answer to one of its choices, as it is in its file afterwards."""
    choice = found(record)[place]
    new = ended(decided(record, choice, answer, TODAY, validated), choice.conflicts)
    path = toml.path_of(new) if hasattr(new, "id") else "profile.toml"
    assert as_data(checked(path, toml.dump(new))) == as_data(new)
    return new


def about(*conflicts: Conflict, **fields: Any) -> Any:
    """A goal with conflicts."""
    return make_goal(**{"title": "Case report for JHM", "conflicts": conflicts, **fields})


# Finding them


def test_a_record_without_conflicts_has_no_choice() -> None:
    """Most have none."""
    assert found(make_goal()) == []


def test_the_value_of_now_and_the_others() -> None:
    """Several conflicts over one field are one choice; a value that is there twice is one answer."""
    (choice,) = found(about(TITLE, Conflict(other={"title": "Write it up"}), TITLE))

    assert (choice.name, choice.state, choice.answers, choice.conflicts) == ("title", OPEN, 3, (0, 1, 2))
    assert [one["title"] for one in choice.values] == ["Case report for JHM", "Submit case report", "Write it up"]


def test_fields_that_belong_together_are_one_value() -> None:
    """A status with its day, a day with its time."""
    task = make_task(status="dropped", conflicts=(Conflict(other={"status": "done", "done_on": DAY}),))
    meeting = make_meeting(at="14:00", conflicts=(Conflict(other={"on": DAY}),))
    (state,), (day,) = found(task), found(meeting)

    assert (state.name, state.values) == ("status", ({"status": "dropped"}, {"status": "done", "done_on": DAY}))
    assert (day.name, day.values) == ("on", ({"on": meeting.on, "at": "14:00"}, {"on": DAY}))


def test_fields_that_do_not_belong_together_are_one_choice_too() -> None:
    """Where the two sides made no record together, the other one is there with all that differs."""
    (choice,) = found(about(Conflict(other={"title": "Submit", "by": LATER})))

    assert (choice.name, choice.units) == ("title,by", (("title",), ("by",)))


NESTED = [
    (
        make_task(rounds=(Round(sent=DAY, returned=TODAY),)),
        Conflict(at="rounds[2026-11-20].", other={"returned": LATER}),
        "rounds.1.returned",
    ),
    (make_task(letter=Letter(**{"for": "A prize"})), Conflict(at="letter.", other={"to": "Dean"}), "letter.to"),
    (
        make_mentor(status_log=(StatusChange(on=DAY, status="active", reason="So"),)),
        Conflict(field="status_log[2026-11-20 active].reason", both=("So", "Thus")),
        "status_log.1.reason",
    ),
    (
        make_review(verdicts=(Verdict(goal="g7k3q", verdict="keep"),)),
        Conflict(at="verdicts[g7k3q].", other={"verdict": "revise", "reason": "New"}),
        "verdicts.1.verdict",
    ),
    (make_goal(extra={"mine": {"key": 1}}), Conflict(at="mine.", other={"key": 2}), "mine.key"),
    (make_profile(), Conflict(other={"level": "PGY-2"}), "level"),
]


@pytest.mark.parametrize(("record", "conflict", "name"), NESTED, ids=[name for *_, name in NESTED])
def test_a_place_within_a_record(record: Any, conflict: Conflict, name: str) -> None:
    """It is named as `set` names it; a pair of which one passage is not in the text is settled."""
    (choice,) = found(replace(record, conflicts=(conflict,)))

    assert (choice.name, choice.state) == (name, SETTLED if conflict.both else OPEN)


def test_an_entry_that_is_gone() -> None:
    """Its other value can be dropped, not taken: nothing is written where nothing is."""
    task = make_task(conflicts=(Conflict(at="rounds[2026-11-20].", other={"returned": LATER}),))
    (choice,) = found(task)

    assert (choice.name, choice.state, choice.answers) == ("rounds[2026-11-20].returned", GONE, 1)
    assert as_data(take(task, 2)) == as_data(take(task, 1)) == as_data(replace(task, conflicts=()))


def test_running_totals_are_told() -> None:
    """Both entries stay; another entry of progress ends it."""
    both = (Progress(on=DAY, count=12), Progress(on=DAY, count=14))
    goal = about(
        Conflict(field="progress.count", both=("12 (2026-11-20)", "14 (2026-11-20)")), progress=both, target=50
    )
    (choice,) = found(goal)
    more = replace(goal, progress=(*goal.progress, Progress(on=TODAY, count=26)))

    assert (choice.name, choice.state, choice.answers) == ("progress.count", NOTED, 1)
    assert still_open(more, goal).conflicts == () and still_open(replace(goal, title="x"), goal).conflicts


@pytest.mark.parametrize(
    ("record", "state"),
    [
        (about(TITLE, title="Submit case report"), SETTLED),
        (about(PAIR, notes=f"{ONE}\n\n{TWO}"), OPEN),
        (about(PAIR, notes="Start with  one\npage. Start with the outline."), OPEN),
        (about(PAIR, notes=ONE), SETTLED),
        (about(PAIR), SETTLED),
        (about(Conflict(field="nothing", both=("a", "b"))), SETTLED),
        (about(Conflict(field="title.x[y].z", both=("a", "b"))), SETTLED),
    ],
)
def test_nothing_is_left_to_choose(record: Any, state: str) -> None:
    """Where the text or the value was changed by hand; white space is no difference."""
    assert [one.state for one in found(record)] == [state]


EMPTY: list[tuple[Any, Any]] = [(DAY, {}), (DAY, []), ({}, DAY), ([], {}), (DAY, {"k": {}}), (DAY, [{"k": []}, []])]


@pytest.mark.parametrize(("shown", "other"), EMPTY, ids=repr)
def test_an_empty_value_of_an_unknown_key_is_a_value(shown: Any, other: Any) -> None:
    """No field of ours is empty in a file, but a key that mentorlog does not know may be; both can be chosen."""
    goal = about(Conflict(other={"mine": other}), extra={"mine": shown})
    (choice,) = found(goal)

    assert (choice.state, choice.values) == (OPEN, ({"mine": shown}, {"mine": other}))
    assert [take(goal, answer).extra for answer in (1, 2)] == [{"mine": shown}, {"mine": other}]


# Deciding one


def test_keep_and_take() -> None:
    """The first answer changes nothing else, the second is the other value, and the conflict goes."""
    goal = about(TITLE, PAIR, notes=f"{ONE} {TWO}")

    assert as_data(take(goal, 1)) == as_data(replace(goal, conflicts=(PAIR,)))
    assert as_data(take(goal, 2)) == as_data(replace(goal, conflicts=(PAIR,), title="Submit case report"))


@pytest.mark.parametrize(
    ("text", "second", "first"),
    [
        (f"{ONE} {TWO}", TWO, ONE),
        (f"Hello.\n\n{ONE}\n\n{TWO}\n\nBye.", f"Hello.\n\n{TWO}\n\nBye.", f"Hello.\n\n{ONE}\n\nBye."),
        (f"{ONE}\n{TWO} Then ask.", f"{TWO} Then ask.", f"{ONE}\nThen ask."),
        (f"  {ONE}  {TWO}\n", f"  {TWO}\n", f"  {ONE}\n"),
        (f"{ONE}\n\nSo. {ONE} {TWO}", f"{ONE}\n\nSo. {TWO}", f"{ONE}\n\nSo. {ONE}"),
    ],
)
def test_one_of_two_passages_stays(text: str, second: str, first: str) -> None:
    """The other one is cut out of the text, with one of the gaps beside it."""
    goal = about(PAIR, notes=text)

    assert [take(goal, answer).notes for answer in (1, 2, 3)] == [goal.notes, first, second]


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [
        ("Cut", "Cut it.", "Cut the abstract today.\n{}\n{}"),
        ("Cut", "Cut it.", "Cutting, then.\n{}\n{}\nCut the rest."),
        ("Old", "Old or new.", "An Old\n\n{}\n{}"),
        ("- [ ] @me Cut it", "- [ ] @me Cut it (t4m2x)", "- [ ] @me Cut it all\n{}\n{}"),
    ],
)
def test_only_a_whole_sentence_is_removed(first: str, second: str, text: str) -> None:
    """A passage that is within another sentence too is not removed there."""
    goal = about(Conflict(field="notes", both=(first, second)), notes=text.format(first, second))
    left = [take(goal, answer).notes for answer in (2, 3)]

    assert left == [text.format(first, "\0").replace("\n\0", ""), text.format("\0", second).replace("\0\n", "")]
    assert [one.state for one in found(replace(goal, notes=text.format(second, "So.")))] == [SETTLED]


def test_a_passage_goes_with_the_task_that_was_made_of_it() -> None:
    """A save since the sync gave both versions of an action item an id: none is left alone."""
    both = ("- [ ] @me Cut it soon", "- [ ] @me Shorten it")
    notes = f"- [ ] @me Call\n{both[0]} (t4m2x)\n{both[1]} (t5555)\nEnd."
    goal = about(Conflict(field="notes", both=both), notes=notes)

    assert take(goal, 2).notes == f"- [ ] @me Call\n{both[0]} (t4m2x)\nEnd."
    assert take(goal, 3).notes == f"- [ ] @me Call\n{both[1]} (t5555)\nEnd."


def test_a_choice_stays_where_an_item_became_a_task() -> None:
    """A passage may be one of its sentences; a save gives the item an id and ends no choice."""
    pair = Conflict(field="notes", both=("- [ ] @me Shorten it.", "- [ ] @me Trim it."))
    before = about(pair, notes="- [ ] @me Shorten it.\n- [ ] @me Trim it. By Friday.")
    after = replace(before, notes="- [ ] @me Shorten it. (t4m2x)\n- [ ] @me Trim it. By Friday. (t5555)")

    assert still_open(after, before).conflicts == (pair,)
    assert take(after, 3).notes == "- [ ] @me Trim it. By Friday. (t5555)"


def test_a_day_is_taken_with_what_belongs_to_it() -> None:
    """A time that the other side did not have goes."""
    meeting = make_meeting(at="14:00", status="planned", conflicts=(Conflict(other={"on": LATER}),))
    new = take(meeting)

    assert (new.on, new.at, new.status) == (LATER, None, "planned")


STATES: Sequence[tuple[Any, dict[str, Any], dict[str, Any]]] = [
    (make_task(status="done", done_on=DAY), {"status": "dropped"}, {"status": "dropped", "done_on": None}),
    (make_task(status="dropped"), {"status": "done", "done_on": DAY}, {"status": "done", "done_on": DAY}),
    (make_task(status="dropped"), {"status": "submitted"}, {"status": "submitted", "rounds": ()}),
    (
        make_meeting(status="held", on=DAY),
        {"status": "cancelled", "on": DAY, "cancelled_by": "them"},
        {"status": "cancelled", "cancelled_by": "them"},
    ),
    (
        make_meeting(status="cancelled", cancelled_by="me", on=DAY),
        {"status": "held", "on": DAY},
        {"status": "held", "cancelled_by": None},
    ),
    (
        make_goal(status="achieved", closed_on=DAY),
        {"status": "dropped", "closed_on": TODAY},
        {"status": "dropped", "closed_on": TODAY},
    ),
    (make_goal(status="achieved", closed_on=DAY), {"status": "paused"}, {"status": "paused", "closed_on": None}),
    (
        make_note(kind="question", status="closed", closed_on=TODAY),
        {"status": "open", "kind": "question"},
        {"status": "open", "closed_on": None},
    ),
    (
        make_mentor(status="active", closure=(Closure(on=DAY, kind="moved"),)),
        {"status": "ended"},
        {"status": "ended", "closure_days": [DAY]},
    ),
    (make_mentor(status="ended", closure=(Closure(on=DAY, kind="moved"),)), {"status": "paused"}, {"status": "paused"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("record", "other", "after"), STATES, ids=[f"{one.KIND}-{other['status']}" for one, other, _ in STATES]
)
def test_a_status_goes_by_its_road(record: Any, other: dict[str, Any], after: dict[str, Any]) -> None:
    """With its day, by way of a third status if need be, and with what came along from the other side once only."""
    new = take(replace(record, conflicts=(Conflict(other=other),)))
    data = {**vars(new), "closure_days": [one.on for one in getattr(new, "closure", ())]}

    assert {name: data[name] for name in after} == after and new.conflicts == ()


def test_the_reason_of_a_goal_comes_along() -> None:
    """The other side gave one when it dropped the goal."""
    dropped = HistoryEntry(on=DAY, field="status", old="active", new="dropped", reason="Others do it")
    goal = make_goal(
        status="achieved", closed_on=DAY, history=(dropped,), conflicts=(Conflict(other={"status": "dropped"}),)
    )
    bare = replace(goal, history=())

    assert [one.reason for one in take(goal).history] == ["Others do it", "Others do it"]
    assert take(bare).history[-1].reason == "Chosen instead of achieved"


def test_a_table_is_taken_whole() -> None:
    """A cadence is one value; within a table only the field that differs changes."""
    mentor = make_mentor(every=28, conflicts=(Conflict(other={"cadence": {"every_days": 14, "mode": "video"}}),))

    assert take(mentor).cadence.every_days == 14 and take(mentor).cadence.minutes is None
    assert isinstance(take(mentor).cadence, Cadence)


@pytest.mark.parametrize(
    ("record", "conflict", "name"),
    [one for one in NESTED if not one[1].both],
    ids=[one[2] for one in NESTED if not one[1].both],
)
def test_what_is_within_is_taken(record: Any, conflict: Conflict, name: str) -> None:
    """In an entry, a table, a table that mentorlog does not know, and the profile."""
    new = take(replace(record, conflicts=(conflict,)))
    table: Any = as_data(new)
    for step in name.split("."):
        table = table[int(step) - 1] if step.isdecimal() else table[step]

    assert table == next(iter(conflict.other.values())) if conflict.other else False


@pytest.mark.parametrize(
    "other",
    [{"title": ""}, {"title": 3}, {"by": "soon"}, {"status": "never"}, {"closed_on": "x", "status": "achieved"}],
)
def test_a_value_that_is_none_is_refused(other: dict[str, Any]) -> None:
    """A hand-edited conflict is checked like any outside data."""
    with pytest.raises((BadValue, MentorlogError)):
        take(about(Conflict(other=other)))


def test_all_differing_fields_are_taken_together() -> None:
    """Of a record that could not be put together, the other side comes with all that differs."""
    new = take(about(Conflict(other={"title": "Submit", "by": LATER, "mine": 7})))

    assert (new.title, new.by, new.extra) == ("Submit", LATER, {"mine": 7})


# What ends a conflict


def test_setting_a_field_ends_its_conflicts() -> None:
    """To whatever value, also that of now; of several fields the others stay."""
    both = Conflict(other={"title": "Submit", "by": LATER})
    goal = about(TITLE, both, PAIR, notes=f"{ONE} {TWO}")
    left = set_by(goal, ["title"]).conflicts

    assert [one.other or one.field for one in left] == [{"by": LATER}, "notes"]
    assert set_by(goal, ["why"]) is goal
    assert [one.field for one in set_by(goal, ["title", "by"]).conflicts] == ["notes"]
    assert set_by(goal, ["notes", "title", "by"]).conflicts == ()


@pytest.mark.parametrize(
    ("key", "left"),
    [("rounds.1.returned", 0), ("rounds.1", 0), ("rounds", 0), ("rounds.2.returned", 1), ("title", 1), ("round", 1)],
)
def test_setting_an_entry_ends_its_conflicts(key: str, left: int) -> None:
    """As `set` names it, and all within what is set."""
    task = make_task(
        rounds=(Round(sent=DAY),), conflicts=(Conflict(at="rounds[2026-11-20].", other={"returned": LATER}),)
    )

    assert len(set_by(task, [key]).conflicts) == left


def test_setting_a_day_of_a_status_ends_the_choice_of_both() -> None:
    """They mean something only together."""
    task = make_task(status="done", done_on=DAY, conflicts=(Conflict(other={"status": "dropped"}),))

    assert set_by(task, ["done_on"]).conflicts == ()


def test_a_change_ends_what_it_decides() -> None:
    """Of a field with another value now, and of passages that do not both stand; what was there before stays."""
    goal = about(TITLE, PAIR, notes=f"{ONE} {TWO}")

    def left(**changes: Any) -> list[str]:
        return [one.field or "title" for one in still_open(replace(goal, **changes), goal).conflicts]

    assert left(why="So") == ["title", "notes"]
    assert left(title="Another") == left(title="Submit case report") == ["notes"]
    assert left(notes=f"{ONE} {TWO}\n\nMore.") == ["title", "notes"]
    assert left(notes=ONE) == left(notes=None) == ["title"]
    assert left(title="Another", notes="New") == []


def test_a_conflict_that_comes_with_the_change_stays() -> None:
    """An import or a sync brings the value and the conflict in one."""
    assert still_open(about(TITLE), make_goal(title="Before")).conflicts == (TITLE,)


def test_an_entry_that_moves_keeps_its_conflict() -> None:
    """Another entry before it changes its number, not what it is about."""
    conflict = Conflict(at="rounds[2026-11-20].", other={"returned": LATER})
    task = make_task(rounds=(Round(sent=DAY),), conflicts=(conflict,))
    more = replace(task, rounds=(Round(sent=date(2026, 11, 2)), *task.rounds))

    assert still_open(more, task).conflicts == (conflict,)
    assert still_open(replace(task, rounds=()), task).conflicts == ()


@pytest.mark.parametrize(
    "broken", [{}, {"field": "notes"}, {"both": ["a", "b"]}, {"field": "notes", "both": ["a"]}, {"other": {}}]
)
def test_a_broken_conflict_is_refused(broken: dict[str, Any]) -> None:
    """The gate says what is missing, and that the table may go."""
    with pytest.raises(BadValue, match="other is missing"):
        Conflict(**broken)


# What a merge leaves


def resolves(seed: int) -> list[str]:
    """Every choice that a merge leaves can be made; return the states, and why one could not."""
    kind, base, one, two = triple(seed)
    seen = []
    for ancestor in (base, None):
        record: Any = merged_part(kind, ancestor, one, two)
        old = {canonical(entry) for side in (one, two) for entry in side.get("conflicts", ())}
        for choice in choices(kind, as_data(record)):
            new = [n for n in choice.conflicts if canonical(as_data(record.conflicts[n], full=False)) not in old]
            if not new:  # the sides brought it along
                continue
            assert choice.state in (OPEN, NOTED), (seed, choice)
            assert as_data(decided(record, choice, 1, TODAY, validated)) == as_data(record)
            for answer in range(2, choice.answers + 1):
                try:
                    taken: Any = decided(record, choice, answer, TODAY, validated)
                except MentorlogError as refused:
                    assert choice.field in ("status", "kind") or len(choice.units) > 1, (seed, choice, refused)
                    seen.append(f"refused: {choice.name}")
                    continue
                left = ended(taken, choice.conflicts)
                assert len(left.conflicts) == len(record.conflicts) - len(choice.conflicts)
                assert as_data(validated(kind, as_data(left))) == as_data(left)
                again = next(one for one in choices(kind, as_data(taken)) if one.conflicts == choice.conflicts)
                if choice.values and len(choice.units) == 1 and choice.field != "status":
                    assert again.values[0] == choice.values[answer - 1], (seed, choice, again)
            seen.append(choice.state)
    return seen


@pytest.mark.parametrize("seed", range(12))
def test_what_a_merge_leaves_can_be_decided(seed: int) -> None:
    """By every answer, into a valid record that shows it."""
    resolves(seed)


@pytest.mark.slow
@pytest.mark.exhaustive
def test_what_thousands_of_merges_leave_can_be_decided() -> None:
    """Of 2,000 examples; now and then a status or a kind of note that does not fit the rest is refused, no more."""
    seen = Counter(state for seed in range(2000) for state in resolves(seed))

    assert seen[OPEN] > 500
    assert sum(count for state, count in seen.items() if state.startswith("refused")) < seen[OPEN] / 20, seen


# Two answers


def answered_twice(seed: int) -> int:
    """Of two answers to one choice both are there after a merge, to choose once more; return how many there were."""
    kind, base, one, two = triple(seed)
    record: Any = merged_part(kind, base, one, two)
    count = 0
    for choice in choices(kind, as_data(record)):
        sides = dict[int, Any]()
        for answer in range(1, choice.answers + 1):
            with suppress(MentorlogError):  # a status or a kind that does not fit the rest
                taken: Any = decided(record, choice, answer, TODAY, validated)
                sides[answer] = as_data(ended(taken, choice.conflicts), full=False)
        was = as_data(record, full=False)
        for first, second in combinations(sides, 2):
            new: Any = merged_part(kind, was, sides[first], sides[second])
            assert as_data(new) == as_data(merged_part(kind, was, sides[second], sides[first])), seed
            assert words(as_data(new)) >= words(sides[first]) | words(sides[second]), (seed, choice)
            again = [open_.name for open_ in choices(kind, as_data(new)) if open_.state == OPEN]
            assert choice.name in again or choice.field == "status", (seed, choice, again, first, second)
            count += 1
        for side in sides.values():
            assert as_data(merged_part(kind, was, side, side), full=False) == side
            assert as_data(merged_part(kind, was, was, side), full=False) == side
    return count


@pytest.mark.parametrize("seed", range(40))
def test_two_answers_to_one_choice_are_a_choice_again(seed: int) -> None:
    """Nobody's answer overrules the other one, and a passage that one kept is not lost because the other did not."""
    answered_twice(seed)
