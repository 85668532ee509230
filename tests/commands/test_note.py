"""`mentorlog note` and `mentorlog ask`: what was thought, asked and advised."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from factories import make_goal, make_meeting, make_mentor
from terminal import Terminal
from world import Ran, World

Run = Callable[..., Ran]
HARD = '[/b] =1+1 "x" \\ é 日本 🩺'
FIELDS = [
    *(
        "record",
        "id",
        "on",
        "kind",
        "status",
        "mentors",
        "goal",
        "meeting",
        "competency",
        "closed_on",
        "text",
        "options",
        "to",
        "decision",
        "result",
        "outcome",
        "cv",
        "told",
    ),
    *("visibility", "tags", "links", "created", "source", "conflicts", "notes"),
]


@pytest.fixture(autouse=True)
def people(world: World, keep: Callable[..., None]) -> None:
    """Two mentors, a goal, and a meeting that is planned with one of them."""
    records = (
        make_mentor(),
        make_mentor(id="curie", name="Marie Curie"),
        make_goal(id="g7k3q", mentors=["osler"]),
        make_meeting(id="m4k2p", on=date(2026, 12, 3), status="planned"),
    )
    world.filled("note people", lambda: keep(*records))


def added(invoke: Run, *words: str, **more: Any) -> dict[str, Any]:
    """Add a note and return it."""
    ran = invoke("note", "add", *words, "--json", **more)
    assert ran.exit == 0, ran
    return dict(ran.data)


def content(root: Path) -> dict[str, bytes]:
    """The bytes of every note."""
    return {path.name: path.read_bytes() for path in sorted((root / "notes").iterdir())}


# add


def test_every_field_can_be_given(invoke: Run) -> None:
    """What the options say is what the record holds."""
    note = added(
        invoke, HARD, "-k", "advice", "-w", "osl", "-w", "Marie", "-g", "g7", "--meeting", "m4", "--on", "yesterday",
        "--outcome", "It works", "--notes", "N", "--link", "https://a", "--tag", "x", "--visibility", "program",
        "--competency", "mk",
    )  # fmt: skip

    assert list(note) == FIELDS
    assert {key: note[key] for key in FIELDS if key not in ("record", "id", "created")} == {
        "on": "2026-11-22", "kind": "advice", "status": "closed", "mentors": ["osler", "curie"], "goal": "g7k3q",
        "meeting": "m4k2p", "competency": "MK", "closed_on": "2026-11-22", "text": HARD,
        "options": [], "to": None, "decision": None, "result": None, "outcome": "It works", "cv": None, "told": [],
        "visibility": "program", "tags": ["x"], "links": ["https://a"], "source": None, "conflicts": [], "notes": "N",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        *[("note", "closed"), ("win", "closed"), ("Pearl", "closed"), ("Decision", "open")],
        *[("question", "open"), ("advice", "open"), ("feedback", "open"), ("change", "open")],
    ],
)
def test_only_some_kinds_start_open(invoke: Run, kind: str, status: str) -> None:
    """A question, advice, feedback and a change wait for what comes of them."""
    note = added(invoke, "x", "--kind", kind)

    assert (note["kind"], note["status"], note["closed_on"]) == (kind.lower(), status, None)


def test_notes_are_private_until_said_otherwise(invoke: Run) -> None:
    """The two options may agree, and may not differ."""
    assert added(invoke, "x")["visibility"] == "private"
    assert added(invoke, "x", "--private", "--visibility", "private")["visibility"] == "private"
    assert invoke("note", "add", "x", "--private", "--visibility", "open").exit == 2


def test_what_was_understood_is_said(invoke: Run) -> None:
    """The kind, the names and a day that was given, then the first line."""
    ran = invoke("note", "add", "Draw first\nthen speak", "-k", "advice", "-w", "osl", "--on", "last friday")
    (note,) = invoke("note", "list", "--json").data

    assert ran.out == f"Added note {note['id']}: Draw first (advice, with William Osler, Fri 20 Nov 2026)\n"


def test_a_text_from_stdin_is_kept_to_the_byte(invoke: Run, journal_root: Path) -> None:
    """Many lines, as they were typed; line ends become LF."""
    text = f"\n# {HARD}\r\n\n| a | b |\n  trailing  \n\n"

    assert added(invoke, "-", stdin=text)["text"] == text.replace("\r\n", "\n")


def test_a_text_from_the_editor(run: Run, world: Any) -> None:
    """--edit begins with the text that was given; an editor that leaves it alone changes nothing."""
    editor = world.work / "editor"
    editor.write_text('#!/bin/sh\nprintf " and more" >> "$1"\n')
    editor.chmod(0o755)

    ran = run("note", "add", "Begun", "--edit", "--json", env={"EDITOR": str(editor)})
    untouched = run("note", "add", "--edit", env={"EDITOR": "true"})

    assert ran.data["text"] == "Begun\n and more"
    assert (untouched.exit, untouched.out) == (0, "")
    assert len(run("note", "list", "--json").data) == 1


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ([], 2, "TEXT"),
        ([""], 1, "text is empty"),
        (["\n "], 1, "text is empty"),
        (["\udcff"], 1, "text is not valid UTF-8"),
        (["x", "--kind", "poem"], 1, "Unknown kind 'poem'.\nhint: one of: note, reflection"),
        (["x", "--visibility", "all"], 1, "Unknown visibility 'all'.\nhint: one of"),
        (["x", "--with", "nobody"], 1, "No mentor matches 'nobody'"),
        (["x", "--goal", "gzzzz"], 1, "No goal matches 'gzzzz'"),
        (["x", "--meeting", "mzzzz"], 1, "No meeting matches 'mzzzz'"),
        (["x", "--on", "tomorrow"], 1, "is in the future"),
        (["-", "--outcome", "-"], 2, "Only one option can read stdin (-)"),
    ],
)
def test_bad_input_adds_nothing(invoke: Run, journal_root: Path, words: list[str], status: int, said: str) -> None:
    """One sentence names what is wrong, and nothing is saved."""
    ran = invoke("note", "add", *words, stdin="On stdin")

    assert (ran.exit, ran.out) == (status, ""), ran
    assert said in ran.err
    assert content(journal_root) == {}


def test_a_text_is_asked_for_on_a_terminal(terminal: Callable[..., Any], invoke: Run) -> None:
    """Without a text there are four questions."""
    screen = terminal("note", "add")
    screen.answer("What do you want to note", "Draw first").answer("What kind", "advise").wait_for(
        "Unknown kind 'advise'.\nhint: one of"
    )
    screen.answer("What kind", "advice").answer("For which goal")
    screen.answer("On which date", "yesterday")

    assert screen.end() == 0, screen.text
    (note,) = invoke("note", "list", "--json").data
    assert (note["text"], note["kind"], note["on"]) == ("Draw first", "advice", "2026-11-22")


# list


@pytest.fixture
def three(world: World, invoke: Run) -> dict[str, str]:
    """Three notes by text."""

    def fill() -> dict[str, str]:
        notes = [
            added(invoke, "old", "--on", "2026-10-01", "-k", "advice", "-w", "osler", "--tag", "x"),
            added(invoke, "newest", "-k", "question", "-w", "curie"),
            added(invoke, "plain", "--on", "2026-11-01", "-g", "g7k3q"),
        ]
        return {note["text"]: note["id"] for note in notes}

    return world.filled("note three", fill)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], ["newest", "plain", "old"]),
        (["--kind", "advice"], ["old"]),
        (["-k", "advice", "-k", "question"], ["newest", "old"]),
        (["--with", "osl"], ["old"]),
        (["--goal", "g7"], ["plain"]),
        (["--open"], ["newest", "old"]),
        (["--status", "closed"], ["plain"]),
        (["--since", "2026-11-01"], ["newest", "plain"]),
        (["--until", "2026-11-01"], ["plain", "old"]),
        (["--tag", "x"], ["old"]),
    ],
)
def test_filters(invoke: Run, three: dict[str, str], words: list[str], expected: list[str]) -> None:
    """The newest first; each filter narrows the list."""
    assert [note["text"] for note in invoke("note", "list", *words, "--json").data] == expected


def test_the_newest_of_a_day_comes_first(invoke: Run) -> None:
    """Within a day the hour of writing counts."""
    for hour in ("11", "09", "10"):
        invoke("note", "add", hour, env={"MENTORLOG_NOW": f"2026-11-23T{hour}:00:00+00:00"})

    assert [note["text"] for note in invoke("note", "list", "--json").data] == ["11", "10", "09"]


@pytest.mark.parametrize(
    ("words", "status"), [(["-k", "poem"], 1), (["--status", "lost"], 1), (["--open", "--status", "closed"], 2)]
)
def test_bad_filters_are_refused(invoke: Run, words: list[str], status: int) -> None:
    """A filter that means nothing is not a list without results."""
    assert invoke("note", "list", *words).exit == status


def test_a_list_shows_the_first_line(invoke: Run, journal_root: Path) -> None:
    """One line for each note, whatever its text; on a pipe nothing is cut."""
    long = "word " * 40
    note = added(invoke, f"\n{long}\nsecond", "-k", "win")

    lines = invoke("note", "list").out.splitlines()

    assert lines[1:] == [f"{note['id']}  Mon 23 Nov 2026  win   {long.strip()}"]


def test_a_list_fits_a_narrow_terminal(terminal: Callable[..., Any], three: dict[str, str]) -> None:
    """At 40 columns the id and the text come first, the rest below."""
    screen = terminal("note", "list", columns=40)
    screen.end()

    assert three["plain"] in screen.text
    assert f"{three['plain']}  plain\n       Sun 1 Nov, 3 weeks ago, note" in screen.text


# close, tell


def test_closing_keeps_what_came_of_it(invoke: Run, journal_root: Path, three: dict[str, str]) -> None:
    """Closed on a day, with the outcome; undo gives the bytes back."""
    before = content(journal_root)
    ran = invoke("note", "close", three["old"], "-m", "It works", "--on", "fri")
    note = invoke("show", three["old"], "--json").data

    assert ran.out == f"Closed note {three['old']}: old (Fri 20 Nov 2026)\n"
    assert (note["status"], note["closed_on"], note["outcome"]) == ("closed", "2026-11-20", "It works")
    invoke("undo")
    assert content(journal_root) == before


def test_closing_again_says_so(invoke: Run, three: dict[str, str]) -> None:
    """No operation, but for words that were not there yet."""
    invoke("note", "close", three["old"])
    count = len(invoke("history", "--json").data)
    again, plain = invoke("note", "close", three["old"]), invoke("note", "close", three["plain"])

    assert again.out == f"Note {three['old']} was already closed on Mon 23 Nov 2026; nothing changed.\n"
    assert plain.out == f"Note {three['plain']} was already closed; nothing changed.\n"
    assert len(invoke("history", "--json").data) == count
    more = invoke("note", "close", three["old"], "-m", "On call too")
    assert more.out == f"Recorded the outcome of note {three['old']}: old\n"


def test_a_mentor_is_told_once(invoke: Run, three: dict[str, str]) -> None:
    """The mentor is named in full; the second time says since when they know."""
    said = [
        invoke("note", "tell", three["old"], "osl", "--on", "yesterday").out,
        invoke("note", "tell", three["old"], "osl").out,
        invoke("note", "tell", three["old"], "curie").out,
    ]

    assert said == [
        f"Told William Osler about note {three['old']}: old (Sun 22 Nov 2026)\n",
        f"William Osler was already told about note {three['old']} on Sun 22 Nov 2026; nothing changed.\n",
        f"Told Marie Curie about note {three['old']}: old (Mon 23 Nov 2026)\n",
    ]
    assert invoke("show", three["old"], "--json").data["told"] == [
        {"mentor": "osler", "on": "2026-11-22"},
        {"mentor": "curie", "on": "2026-11-23"},
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["close", "--on", "tomorrow"], "is in the future"),
        (["close", "--on", "2026-09-01"], "it cannot be closed before"),
        (["tell", "nobody"], "No mentor matches 'nobody'"),
        (["tell", "osler", "--on", "tomorrow"], "is in the future"),
    ],
)
def test_bad_changes_change_nothing(
    invoke: Run, journal_root: Path, three: dict[str, str], words: list[str], said: str
) -> None:
    """One sentence, and the same bytes."""
    before = content(journal_root)
    ran = invoke("note", words[0], three["old"], *words[1:])

    assert (ran.exit, ran.out) == (1, "")
    assert said in ran.err
    assert content(journal_root) == before


# ask


def test_a_question_is_parked_for_the_next_meeting(invoke: Run) -> None:
    """Open, with the mentor; the next meeting is said where one is planned."""
    planned = invoke("ask", "osl", "Which journal?")
    none = invoke("ask", "Marie", "Why radium?")
    note = invoke("note", "list", "--with", "osler", "--json").data[0]

    assert planned.out.splitlines() == [
        f"Saved question {note['id']} for William Osler: Which journal?",
        "Your next meeting is on Thu 3 Dec 2026.",
    ]
    assert len(none.out.splitlines()) == 1
    assert (note["kind"], note["status"], note["mentors"], note["on"]) == ("question", "open", ["osler"], "2026-11-23")


def test_ask_in_json(invoke: Run) -> None:
    """Every field of the note, and the day of the next meeting."""
    data = invoke("ask", "osler", "-", "-g", "g7", "--json", stdin=f"{HARD}\nmore").data

    assert list(data) == [*FIELDS, "next_meeting_on"]
    assert (data["text"], data["goal"], data["next_meeting_on"]) == (f"{HARD}\nmore", "g7k3q", "2026-12-03")


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["osler"], 2, "TEXT"),
        (["osler", ""], 1, "text is empty"),
        (["nobody", "Why?"], 1, "No mentor matches 'nobody'"),
        (["osler", "Why?", "-g", "gzzzz"], 1, "No goal matches 'gzzzz'"),
        ([], 2, "MENTOR"),
    ],
)
def test_a_question_that_cannot_be_parked(
    invoke: Run, journal_root: Path, words: list[str], status: int, said: str
) -> None:
    """One sentence names what is missing or wrong."""
    ran = invoke("ask", *words)

    assert (ran.exit, ran.out) == (status, "")
    assert said in ran.err
    assert content(journal_root) == {}


# Introductions, advocacy and pearls


def test_an_introduction_is_open_until_it_is_followed_up(invoke: Run) -> None:
    """It says to whom and needs no text; an outcome closes it; so does one that is known already."""
    ran = invoke("note", "add", "--kind", "introduction", "--to", HARD, "--with", "osler")
    assert ran.out.startswith("Added note n") and f"(introduction, to {HARD}, with William Osler)" in ran.out
    note = added(invoke, "For the statistics", "-k", "introduction", "--to", "Marie Curie", "-w", "osler")
    known = added(invoke, "--to", "Émile Roux", "--outcome", "We met")

    assert (note["to"], note["text"], note["status"]) == ("Marie Curie", "For the statistics", "open")
    assert (known["text"], known["status"]) == ("Introduction to Émile Roux", "closed")
    closed = invoke("note", "close", note["id"], "-m", "Met at her laboratory", "--json").data
    assert (closed["status"], closed["outcome"]) == ("closed", "Met at her laboratory")
    assert [one["id"] for one in invoke("note", "list", "--open", "--json").data] == [ran.out.split()[2].strip(":")]


def test_closing_an_introduction_asks_whether_it_was_followed_up(
    invoke: Run, terminal: Callable[..., Terminal]
) -> None:
    """On a terminal only, if no outcome is given; an empty answer closes it too."""
    first = added(invoke, "-k", "introduction", "--to", "Marie Curie", "-w", "osler")["id"]
    second = added(invoke, "-k", "introduction", "--to", "Émile Roux", "-w", "osler")["id"]
    assert terminal("note", "close", first).answer("Did you follow it up", "Yes, by letter").end() == 0
    assert terminal("note", "close", second).answer("Did you follow it up").end() == 0

    found = invoke("note", "list", "--kind", "introduction", "--json").data
    assert {one["id"]: (one["status"], one["outcome"]) for one in found} == {
        first: ("closed", "Yes, by letter"),
        second: ("closed", None),
    }


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["Text", "-k", "advice", "--to", "Curie"], "--to cannot be used for a note of kind advice."),
        (["Spoke for me", "-k", "advocacy"], "An advocacy note names the mentor who spoke for you."),
    ],
)
def test_what_belongs_to_one_kind_is_refused_for_others(words: list[str], said: str, invoke: Run) -> None:
    """The sentence says which option is missing, or has no place."""
    ran = invoke("note", "add", *words)
    assert (ran.exit, ran.err.splitlines()[0]) == (2, f"error: {said}")


def test_pearls_and_advocacy_are_kinds(invoke: Run) -> None:
    """Both are private and closed unless said otherwise, found by the filter, and listed in help."""
    pearl = added(invoke, "Wash your hands", "-k", "pearl", "-w", "osler")
    advocacy = added(invoke, "Named me to the committee", "-k", "advocacy", "-w", "curie")

    assert {(one["visibility"], one["status"]) for one in (pearl, advocacy)} == {("private", "closed")}
    assert "Wash your hands" in invoke("note", "list", "--kind", "pearl").out
    assert "Named me" in invoke("note", "list", "--kind", "advocacy", "--with", "curie").out
    assert "pearl, advocacy" in " ".join(invoke("note", "add", "--help").out.split())
