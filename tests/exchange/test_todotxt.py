"""Tasks come from the lines of a todo.txt file; each is known again by its words and the date of its creation."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from mentorlog.domain.people import Person
from mentorlog.errors import MentorlogError
from mentorlog.exchange import todotxt
from mentorlog.exchange.directory import Directory
from mentorlog.exchange.incoming import Batch, Incoming

SAMPLE = (Path(__file__).resolve().parent.parent / "data" / "imports" / "todo.txt").read_bytes()
PEOPLE = [Person("osler", "William Osler"), Person("curie", "Marie Curie")]


def read(text: str | bytes, people: Directory | None = None) -> Batch:
    """What the lines of a file become."""
    return todotxt.read(text if isinstance(text, bytes) else text.encode(), people or Directory(PEOPLE))


def one(text: str) -> Incoming:
    """The only task of a file."""
    [record] = read(text).records
    return record


def test_the_sample() -> None:
    """All of it comes, each part of a line to its field."""
    people = Directory(PEOPLE)
    cv, protocol, thanks, abstract = read(SAMPLE, people).records
    fields = [[one.fields[name] for name in ("title", "assigned_by", "due", "tags")] for one in (cv, protocol)]

    assert not people.strangers
    assert fields == [
        ["Revise the CV", "osler", date(2026, 12, 6), ("mentoring",)],
        ["Draft a study protocol", "curie", date(2026, 12, 8), ("research",)],
    ]
    assert (cv.fields["priority"], protocol.fields["priority"], protocol.kept) == (
        "high",
        "normal",
        {"t": "2026-12-01"},
    )
    assert (thanks.fields["status"], thanks.fields["done_on"]) == ("done", date(2026, 11, 29))
    assert (abstract.kept, abstract.created) == ({"rec": "1w"}, datetime(2026, 11, 29, tzinfo=UTC))
    assert {one.source[:18] for one in read(SAMPLE).records} == {"todotxt:2026-11-29"}


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("x 2026-11-20 2026-11-02 Done", {"title": "Done", "status": "done", "done_on": date(2026, 11, 20)}),
        ("x Done", {"title": "Done", "status": "done", "done_on": None}),
        ("x 2026-11-20 Done pri:A", {"title": "Done", "done_on": date(2026, 11, 20), "priority": "high"}),
        ("xylophone", {"title": "xylophone", "status": "todo"}),
        ("(a) no priority", {"title": "(a) no priority", "priority": "normal"}),
        ("(Z) last", {"title": "last", "priority": "low"}),
        ("Ask @osler about +thesis now", {"title": "Ask @osler about +thesis now", "tags": ("thesis",)}),
        ("Ask @osler +lab due:2026-12-06 +x", {"title": "Ask", "tags": ("lab", "x")}),
        ("Ask @osler about the +thesis @lab t:1", {"title": "Ask @osler about the +thesis @lab"}),
        ("Write up the +thesis", {"title": "Write up the +thesis", "tags": ("thesis",)}),
        ("@osler @curie +a +A Ask", {"title": "Ask", "assigned_by": "osler", "tags": ("a", "curie")}),
        ("@phone @osler Ask", {"assigned_by": "osler", "tags": ("phone",)}),
        ("Meet at 10:30, due:2026-12-06 sharp", {"title": "Meet at 10:30, sharp", "due": date(2026, 12, 6)}),
        ("2026-02-30 Odd", {"title": "Odd", "due": None}),
        ("Read https://example.org/a:b.", {"links": ("https://example.org/a:b",), "assigned_by": "me"}),
        ("+a @b k:v", {"title": "+a @b k:v", "tags": ("a", "b")}),
        ("a\x85b\x1b[31m [/b] =1+1 \u202e é 日本 🩺", {"title": "a b\x1b[31m [/b] =1+1 \u202e é 日本 🩺"}),
        ("@ + x: :y", {"title": "@ + x: :y", "tags": ()}),
    ],
)
def test_each_part_of_a_line_has_its_field(line: str, fields: dict[str, Any]) -> None:
    """What is no mark of todo.txt is the title, as typed."""
    assert {name: one(line).fields[name] for name in fields} == fields


@pytest.mark.parametrize("line", ["Order due:2026-02-30 due:soon", "Order due:soon"])
def test_a_due_date_that_is_none_is_kept_as_text(line: str) -> None:
    """It is neither lost nor a reason to refuse the file."""
    assert (one(line).fields["due"], one(line).kept) == (None, {"due": "soon"})


def test_a_task_is_known_by_its_words_and_its_date() -> None:
    """Not by what changes as it is worked on; twins count up."""
    first = "2026-11-02 Order slides @osler"
    same = ["(A) 2026-11-02 Order slides due:2026-12-06", "x 2026-11-20 2026-11-02 order slides +lab", f" {first}\r"]
    other = ["2026-11-03 Order slides", "Order slides", "2026-11-02 Order two slides"]

    assert {one(line).source for line in same} == {one(first).source}
    assert one(first).source not in {one(line).source for line in other}
    assert [record.source for record in read(f"{first}\n\n{first}").records] == [
        one(first).source,
        f"{one(first).source}#2",
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "it is empty"),
        (b"\n \n", "it is empty"),
        (b"[" * 10_000, "it is JSON"),
        (b'[{"uuid": "1"}]', "it is JSON"),
        (b"a\0b", "NUL"),
        ("Röntgen".encode("latin-1"), "it is not UTF-8 text (line 1)"),
        ("Order slides".encode("utf-16"), "UTF-16"),
    ],
)
def test_what_is_no_list_of_tasks_is_refused(data: bytes, said: str) -> None:
    """In one sentence, with an example of a line."""
    with pytest.raises(MentorlogError) as caught:
        read(data)

    assert said in caught.value.sentence and caught.value.hint


def test_a_line_in_brackets_is_a_task() -> None:
    """Only what is JSON as a whole is refused."""
    assert one("[urgent] order slides").fields["title"] == "[urgent] order slides"
