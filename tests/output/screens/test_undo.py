"""What undo and redo say of what is as before."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from factories import make_goal, make_mentor, make_task
from mentorlog.domain.reports import RecordChange
from mentorlog.models.record import view
from mentorlog.models.views import View
from mentorlog.output.output import Page
from mentorlog.output.screens import undo as screen
from mentorlog.output.text import width

LONG = "word " * 200


def moved(before: View | None, after: View | None, record: str = "task", id: str = "t4m2x") -> RecordChange:
    """A record as it was and as it is now."""
    return RecordChange(record, id, f"{record}s/{id}.toml", before is not None, after is not None, before, after)


def task(**more: Any) -> View:
    """A task as it is shown."""
    return view(make_task(id="t4m2x", title="Draft abstract", **more))


def said(*changed: RecordChange, columns: int = 0, names: dict[str, str] | None = None) -> list[str]:
    """What is said below the names of the operations."""
    page = Page(columns or 80, terminal=bool(columns))
    first, *rest = screen.lines(["Undone: task done: Draft abstract"], changed, [], names or {}, page)
    assert first.startswith("Undone: task")
    return rest


def test_a_field_says_what_it_is_again_and_was() -> None:
    """Days with their weekday, words of the journal as they are shown."""
    before, after = task(due=date(2026, 12, 7), priority="high"), task(due=date(2026, 12, 4))

    assert said(moved(before, after)) == [
        "  t4m2x  due is back to Fri 4 Dec 2026 (was Mon 7 Dec 2026); priority is back to normal (was high)"
    ]


def test_what_is_empty_says_so() -> None:
    """A field that is empty again, one that was empty, a list."""
    full, bare = task(outcome="Two pages", tags=["a", "b"]), task()

    assert said(moved(full, bare)) == [
        '  t4m2x  outcome is empty again (was "Two pages"); tags are empty again (were a, b)'
    ]
    assert said(moved(bare, full)) == ['  t4m2x  outcome is back to "Two pages"; tags are back to a, b']


def test_records_that_are_gone_or_back() -> None:
    """With their title, however few they are."""
    assert said(moved(task(), None)) == ["  t4m2x  deleted: Draft abstract"]
    assert said(moved(None, task())) == ["  t4m2x  restored: Draft abstract"]


def test_several_records_have_their_titles() -> None:
    """In one column of ids; beyond a few they are counted."""
    one = moved(task(priority="high"), task())
    mentor = {**view(make_mentor(id="nightingale")), "name": "Florence Nightingale"}
    other = moved(None, mentor, "mentor", "nightingale")

    assert said(one, other) == [
        "  t4m2x        Draft abstract: priority is back to normal (was high)",
        "  nightingale  restored: Florence Nightingale",
    ]
    many = said(*[one] * 20)
    assert (len(many), many[-1]) == (screen.RECORDS + 1, "  and 14 more records")
    assert said(*[one] * (screen.RECORDS + 1))[-1] == "  and 1 more record"


def test_entries_of_a_list() -> None:
    """Which are back, and which are gone."""
    entry = {"on": "2026-11-23", "percent": 40, "text": "Half"}
    bare = view(make_goal(id="g7k3q"))
    full = {**bare, "progress": [entry, {**entry, "percent": 50}]}

    assert said(moved(full, bare, "goal", "g7k3q")) == [
        "  g7k3q  progress: removed Mon 23 Nov 2026: 40%, Half and 1 more"
    ]
    assert said(moved(bare, full, "goal", "g7k3q")) == [
        "  g7k3q  progress: restored Mon 23 Nov 2026: 40%, Half and 1 more"
    ]
    turned = {**full, "progress": full["progress"][::-1]}
    assert said(moved(turned, full, "goal", "g7k3q")) == ["  g7k3q  progress: former order restored"]


def test_people_are_named() -> None:
    """As everywhere: the name, and the id."""
    bare = view(make_goal(id="g7k3q"))
    one, other = ({**bare, "mentors": [{"mentor": "osler", "told_on": day}]} for day in (None, "2026-11-23"))

    assert said(moved(other, one, "goal", "g7k3q"), names={"osler": "Sir Osler"}) == [
        "  g7k3q  mentors: restored Sir Osler (osler), not told yet; removed Sir Osler (osler), told Mon 23 Nov 2026"
    ]


def test_what_follows_is_not_told() -> None:
    """The line in a story, and the day of a state, are told only where nothing else changed."""
    assert said(moved(task(status="done", done_on=date(2026, 11, 23)), task())) == [
        "  t4m2x  status is back to todo (was done)"
    ]
    bare = view(make_goal(id="g7k3q"))
    line = {"on": "2026-11-23", "field": "by", "old": None, "new": "2027-02-01", "reason": None, "review": None}
    story = {**bare, "history": [line]}

    assert said(moved({**story, "by": "2027-02-01"}, bare, "goal", "g7k3q")) == [
        "  g7k3q  by is empty again (was Mon 1 Feb 2027)"
    ]
    assert "history: removed" in said(moved(story, bare, "goal", "g7k3q"))[0]


def test_parts_of_a_table_are_told_one_by_one() -> None:
    """Of expectations those that differ, whether or not there were any."""
    bare = view(make_mentor(id="osler"))
    parts = {"mine": ["Answers"], "theirs": ["Drafts"], "asked_on": None, "off_limits": [], "not_looking_for": []}
    full = {**bare, "expectations": parts}

    assert said(moved(full, bare, "mentor", "osler")) == [
        "  osler  my expectations are empty again (were Answers); their expectations are empty again (were Drafts)"
    ]


@pytest.mark.parametrize("field", ["notes", "instructions", "outcome"])
def test_long_prose_is_cut_where_it_differs(field: str) -> None:
    """A few words are enough, and they are those that differ."""
    (line,) = said(moved(task(**{field: f"{LONG}\n\nthe end"}), task(**{field: f"{LONG}\n\nthe middle"})))

    assert 'the middle" (w' in line
    assert 'the end")' in line
    assert width(line) < 140
    assert width(said(moved(task(**{field: LONG}), task()))[0]) < 100


def test_more_fields_are_counted() -> None:
    """A record has one line: what is too much is counted."""
    before = task(due=date(2026, 12, 7), priority="high", outcome="x", notes="y", tags=["z"])

    assert said(moved(before, task()))[0].endswith("; 2 more fields")


@pytest.mark.parametrize("columns", [40, 80])
def test_a_terminal_hangs_what_is_long(columns: int) -> None:
    """Lines go on below their words."""
    before = task(due=date(2026, 12, 7), priority="high", outcome="Two pages")
    first, *rest = said(moved(before, task()), columns=columns)

    assert rest
    assert all(line.startswith(" " * 9) for line in rest)
    assert max(map(width, [first, *rest])) <= columns


def test_what_cannot_be_read_and_hostile_text() -> None:
    """A file that is no record is as before; a control sequence is data."""
    broken = RecordChange("task", "t4m2x", "tasks/t4m2x.toml", True, True, None, None)

    assert said(broken) == ["  t4m2x  file restored"]
    assert said(broken.but(exists=False)) == ["  t4m2x  deleted: tasks/t4m2x.toml"]
    assert "\x1b" not in said(moved(task(outcome="\x1b[31mred"), task()))[0]


def test_scripts_have_the_whole_values() -> None:
    """Each change with its record and what became of it, every field as it is now and as it was."""
    assert screen.data(moved(task(due=date(2026, 12, 7), notes=LONG), task())) == {
        "record": "task",
        "id": "t4m2x",
        "path": "tasks/t4m2x.toml",
        "title": "Draft abstract",
        "change": "changed",
        "fields": [
            {"field": "due", "now": None, "was": "2026-12-07"},
            {"field": "notes", "now": None, "was": LONG},
        ],
    }
    gone = screen.data(moved(task(), None))
    assert (gone["change"], gone["fields"]) == ("gone", [])
    assert screen.data(moved(None, task()))["change"] == "back"
