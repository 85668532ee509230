"""`mentorlog task`: the command line of assignments and promises."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from factories import make_goal, make_meeting, make_mentor, make_task
from mentorlog.store.journal import Journal
from world import NOW, Ran, World

Run = Callable[..., Ran]
HARD = '[/b] =1+1 "x" \\ é 日本 🩺'
FIELDS = [
    *("record", "id", "title", "status", "owner", "assigned_by", "helps", "goal", "meeting", "due", "priority"),
    *("instructions", "deliverable", "done_on", "outcome", "letter", "rounds", "defers"),
    *(
        "visibility",
        "tags",
        "links",
        "created",
        "source",
        "conflicts",
        "notes",
        "late",
        "sent_on",
        "since_on",
        "with",
        "turn",
    ),
]


@pytest.fixture(autouse=True)
def people(world: World, keep: Callable[..., None]) -> None:
    """Two mentors, a goal with one of them, a meeting with the other."""
    records = (
        make_mentor(),
        make_mentor(id="curie", name="Marie Curie"),
        make_goal(id="g7k3q", mentors=["osler"]),
        make_meeting(id="m4k2p", on=date(2026, 11, 2), mentors=("curie",)),
    )
    world.filled("task people", lambda: keep(*records))


def added(invoke: Run, *words: str, **more: Any) -> dict[str, Any]:
    """Add a task and return it."""
    ran = invoke("task", "add", *words, "--json", **more)
    assert ran.exit == 0, ran
    return dict(ran.data)


def content(root: Path) -> dict[str, bytes]:
    """The bytes of every task."""
    return {path.name: path.read_bytes() for path in sorted((root / "tasks").iterdir())}


# add


def test_every_field_can_be_given(invoke: Run) -> None:
    """What the options say is what the record holds; mentors by the beginning of a name."""
    task = added(
        invoke, HARD, "--owner", "Marie", "--from", "osl", "--helps", "curie", "-g", "g7", "--meeting", "m4k2p",
        "-d", "in 2 weeks", "--priority", "high", "--deliverable", "One page", "--instructions", "As I said: `x`",
        "--link", "https://a", "--link", "b.txt", "--tag", "cv", "--notes", "N", "--private",
    )  # fmt: skip

    assert list(task) == FIELDS
    assert {key: task[key] for key in FIELDS if key not in ("record", "id", "created")} == {
        "title": HARD, "status": "todo", "owner": "curie", "assigned_by": "osler", "helps": "curie", "goal": "g7k3q",
        "meeting": "m4k2p", "due": "2026-12-07", "priority": "high", "instructions": "As I said: `x`",
        "deliverable": "One page", "done_on": None, "outcome": None, "letter": None, "rounds": [], "defers": [],
        "visibility": "private", "tags": ["cv"], "links": ["https://a", "b.txt"], "source": None, "conflicts": [],
        "notes": "N", "late": False, "sent_on": None, "since_on": "2026-11-02", "with": ["curie"], "turn": "them",
    }  # fmt: skip


def test_what_was_understood_is_said(invoke: Run) -> None:
    """Names and days come back in words."""
    ran = invoke("task", "add", "Revise your CV", "--from", "osl", "-g", "g7", "--due", "fri")

    said = "Revise your CV (from William Osler, for goal g7k3q Submit case report, due Fri 27 Nov 2026)\n"
    assert ran.exit == 0
    assert ran.out.endswith(said)


def test_instructions_from_stdin_are_verbatim(invoke: Run) -> None:
    """Not a sign of what was said is changed, but line ends."""
    text = f"  1. {HARD}\r\n\n| a | b |\n  \n"

    assert added(invoke, "Draft", "--instructions", "-", stdin=text)["instructions"] == text.replace("\r\n", "\n")
    assert added(invoke, "-", stdin=f"{HARD}\n")["title"] == HARD


def test_instructions_from_the_editor(run: Run, world: Any) -> None:
    """--edit opens the editor for the instructions; an editor that fails changes nothing."""
    editor = world.work / "editor"
    editor.write_text('#!/bin/sh\nprintf "Use the STROBE checklist\\n" >> "$1"\n')
    editor.chmod(0o755)

    ran = run("task", "add", "Draft", "--edit", "--json", env={"EDITOR": str(editor)})
    failed = run("task", "add", "Other", "--edit", env={"EDITOR": "false"})

    assert ran.data["instructions"] == "Use the STROBE checklist"
    assert failed.exit == 1
    assert [task["title"] for task in run("task", "list", "--json").data] == ["Draft"]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ([], 2, "TITLE"),
        ([""], 1, "title is empty"),
        (["  "], 1, "title is empty"),
        (["a\nb"], 1, "title has more than one line"),
        (["\udcff"], 1, "title is not valid UTF-8"),
        (["x", "--due", "banana"], 1, "'banana' is not a date"),
        (["x", "--due", "03/02/2027"], 1, "is ambiguous"),
        (["x", "--from", "nobody"], 1, "No mentor matches 'nobody'"),
        (["x", "--owner", "nobody"], 1, "No mentor matches 'nobody'"),
        (["x", "--helps", "nobody"], 1, "No mentor matches 'nobody'"),
        (["x", "--goal", "gzzzz"], 1, "No goal matches 'gzzzz'"),
        (["x", "--meeting", "g7k3q"], 1, "No meeting matches 'g7k3q'"),
        (["x", "--priority", "urgent"], 1, "Unknown priority 'urgent'.\nhint: one of: low, normal, high"),
        (["x", "--instructions", "-", "--notes", "-"], 2, "Only one option can read stdin (-)"),
    ],
)
def test_bad_input_adds_nothing(invoke: Run, journal_root: Path, words: list[str], status: int, said: str) -> None:
    """One sentence names what is wrong, and nothing is saved."""
    ran = invoke("task", "add", *words, stdin="On stdin")

    assert (ran.exit, ran.out) == (status, "")
    assert said in ran.err
    assert content(journal_root) == {}


def test_a_title_is_asked_for_on_a_terminal(terminal: Callable[..., Any], invoke: Run) -> None:
    """Without a title there are five questions; an empty answer leaves the field as it is."""
    screen = terminal("task", "add")
    screen.answer("What needs to be done", "Revise your CV").answer("Who will do it").answer("assigned it", "osler")
    screen.answer("For which goal").answer("When is it due", "fri")

    assert screen.end() == 0, screen.text
    (task,) = invoke("task", "list", "--json").data
    shown = [task[key] for key in ("title", "owner", "assigned_by", "goal", "due")]
    assert shown == ["Revise your CV", "me", "osler", None, "2026-11-27"]


# list


def titles(invoke: Run, *words: str) -> list[str]:
    """The titles that a list shows."""
    return [task["title"] for task in invoke("task", "list", *words, "--json").data]


@pytest.fixture
def four(invoke: Run, world: World) -> dict[str, str]:
    """Four tasks by title."""

    def fill() -> dict[str, str]:
        tasks = [
            added(invoke, "late", "--due", "2026-11-10", "-g", "g7k3q", "--tag", "cv"),
            added(invoke, "from", "--from", "osler", "--due", "2026-12-01"),
            added(invoke, "theirs", "--owner", "osler"),
            added(invoke, "helping", "--helps", "osler", "--tag", "cv", "--tag", "x"),
        ]
        return {task["title"]: task["id"] for task in tasks}

    return world.filled("task four", fill)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], {"late", "from", "theirs", "helping"}),
        (["--with", "osl"], {"late", "from", "theirs", "helping"}),
        (["--with", "osl", "--tag", "cv", "--due-by", "fri"], {"late"}),
        (["-w", "curie"], set()),
        (["-w", "curie", "-w", "osler"], {"late", "from", "theirs", "helping"}),
        (["--owner", "me"], {"late", "from", "helping"}),
        (["--owner", "Osler"], {"theirs"}),
        (["--goal", "g7"], {"late"}),
        (["--tag", "cv"], {"late", "helping"}),
        (["--tag", "cv", "--tag", "x"], {"helping"}),
        (["--due-by", "in 2 weeks"], {"late", "from"}),
        (["--due-by", "fri"], {"late"}),
        (["--until", "today", "--due-by", "in 2 weeks"], {"late"}),
        (["--since", "2026-11-11"], {"from"}),
        (["--until", "2 dec"], {"late", "from"}),  # ahead, as --due-by: a due date is not what happened
        (["--since", "1 dec"], {"from"}),
        (["--status", "TODO", "--owner", "osler"], {"theirs"}),
        (["--status", "done"], set()),
    ],
)
def test_filters(invoke: Run, four: dict[str, str], words: list[str], expected: set[str]) -> None:
    """Each filter narrows the list; together they narrow it further."""
    assert set(titles(invoke, *words)) == expected


def test_with_a_mentor_of_the_meeting(invoke: Run) -> None:
    """A task concerns the mentors of the meeting that it comes from."""
    added(invoke, "radium", "--meeting", "m4k2p")

    assert titles(invoke, "-w", "curie") == ["radium"]
    assert titles(invoke, "-w", "osler") == []


def test_the_first_due_comes_first(invoke: Run, four: dict[str, str]) -> None:
    """By due, then those without a date."""
    assert titles(invoke)[:2] == ["late", "from"]


def test_closed_tasks_are_listed_on_demand(invoke: Run, four: dict[str, str]) -> None:
    """Done and dropped ones only with --all or an explicit state."""
    invoke("task", "done", four["late"])
    invoke("task", "drop", four["from"], "-m", "No")

    assert set(titles(invoke)) == {"theirs", "helping"}
    assert set(titles(invoke, "--all")) == {"late", "from", "theirs", "helping"}
    assert titles(invoke, "--status", "dropped") == ["from"]


def test_a_late_task_says_so(invoke: Run, four: dict[str, str]) -> None:
    """On a pipe too, where no colour can."""
    lines = invoke("task", "list").out.splitlines()

    assert lines[0].split() == ["id", "title", "due", "owner", "status", "goal"]
    assert lines[1] == f"{four['late']}  late     Tue 10 Nov 2026  late  me     todo    g7k3q"


def test_a_list_fits_a_narrow_terminal(terminal: Callable[..., Any], four: dict[str, str]) -> None:
    """At 40 columns the id and the title come first, the rest below, and a day is a distance."""
    screen = terminal("task", "list", columns=40)
    screen.end()

    assert four["helping"] in screen.text
    assert "  late\n       13 days late, owner me, todo,\n" in screen.text


@pytest.mark.parametrize("words", [["--status", "finished"], ["--due-by", "banana"], ["--since", "banana"]])
def test_bad_filters_are_refused(invoke: Run, words: list[str]) -> None:
    """A filter that means nothing is not a list without results."""
    ran = invoke("task", "list", *words)

    assert (ran.exit, ran.out) == (1, "")


def test_an_unreadable_task_is_counted(invoke: Run, journal_root: Path, four: dict[str, str]) -> None:
    """The others are served, and the one is named."""
    (journal_root / "tasks" / "t2222.toml").write_text("title = ")
    ran, owed = invoke("task", "list"), invoke("task", "owed")

    for one in (ran, owed):
        assert one.exit == 0
        assert "1 record cannot be read" in one.err
        assert "tasks/t2222.toml" in one.err


# What becomes of a task


def test_several_tasks_are_done_in_one_operation(invoke: Run, journal_root: Path, four: dict[str, str]) -> None:
    """One undo takes all of it back, to the byte."""
    before = content(journal_root)
    ran = invoke("task", "done", four["late"], four["from"], four["late"], "--on", "yesterday", "-m", "Sent")

    assert ran.out.splitlines() == [
        f"Finished task {four['late']}: late (Sun 22 Nov 2026)",
        f"Finished task {four['from']}: from (Sun 22 Nov 2026)",
    ]
    assert invoke("undo").exit == 0
    assert content(journal_root) == before


def test_what_is_done_already_says_since_when(invoke: Run, four: dict[str, str]) -> None:
    """More can be said of what came of it; the day stays, and is named."""
    invoke("task", "done", four["late"], "--on", "yesterday")
    ran = invoke("task", "done", four["late"], "-m", "Sent")

    assert ran.out == f"Recorded the outcome of task {four['late']}: late\n"


def test_one_unknown_task_leaves_all_as_they_were(invoke: Run, journal_root: Path, four: dict[str, str]) -> None:
    """All or none."""
    before = content(journal_root)
    ran = invoke("task", "done", four["late"], "tzzzz")

    assert (ran.exit, ran.err.splitlines()[0]) == (1, "error: No task matches 'tzzzz'.")
    assert content(journal_root) == before


def test_one_closed_task_leaves_all_as_they_were(invoke: Run, journal_root: Path, four: dict[str, str]) -> None:
    """A rule that one of several breaks keeps all of them."""
    invoke("task", "done", four["from"])
    before = content(journal_root)

    assert invoke("task", "start", four["late"], four["from"]).exit == 1
    assert content(journal_root) == before


def test_json_is_a_list_where_several_are_taken(invoke: Run, four: dict[str, str]) -> None:
    """One task or several: what takes TASK... gives a list."""
    (one,) = invoke("task", "done", four["late"], "--json").data
    several = invoke("task", "start", four["from"], four["helping"], "--json").data

    assert (list(one), one["done_on"]) == (FIELDS, "2026-11-23")
    assert [task["status"] for task in several] == ["doing", "doing"]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["start"], "is already started"),
        (["wait"], "is already waiting"),
        (["submit"], "was already submitted on Mon 23 Nov 2026"),
        (["done"], "was already done on Mon 23 Nov 2026"),
        (["drop", "-m", "No"], "is already dropped"),
        (["drop"], "is already dropped"),
        (["drop", "-m", " "], "is already dropped"),
        (["defer", "fri"], "is already due Fri 27 Nov 2026"),
    ],
)
def test_again_says_so_without_an_operation(invoke: Run, four: dict[str, str], command: list[str], said: str) -> None:
    """What changes nothing is no operation, and no error."""
    words = [command[0], four["from"], *command[1:]]
    assert invoke("task", *words).exit == 0
    count = len(invoke("history", "--json").data)

    ran = invoke("task", *words)

    assert (ran.exit, ran.out) == (0, f"Task {four['from']} {said}; nothing changed.\n")
    assert len(invoke("history", "--json").data) == count


def test_a_draft_goes_round(invoke: Run, four: dict[str, str]) -> None:
    """Submit opens a round, return closes it, with the days and what was said."""
    task = four["from"]
    said = [
        invoke("task", "submit", task, "--on", "2026-11-16", "-m", "First draft").out,
        invoke("task", "return", task, "--on", "fri", "-m", "-", stdin="Shorten it").out,
        invoke("task", "return", task).out,
        invoke("task", "submit", task).out,
        invoke("task", "reopen", task).out,
    ]

    assert said == [
        f"Submitted task {task}: from (Mon 16 Nov 2026)\n",
        f"Recorded the return of task {task}: from (Fri 20 Nov 2026)\n",
        f"Task {task} was already returned on Fri 20 Nov 2026; nothing changed.\n",
        f"Submitted task {task}: from (round 2, Mon 23 Nov 2026)\n",
        f"Task {task} is already open; nothing changed.\n",
    ]
    assert invoke("show", task, "--json").data["rounds"] == [
        {"sent": "2026-11-16", "returned": "2026-11-20", "comment": "First draft\n\nShorten it"},
        {"sent": "2026-11-23", "returned": None, "comment": None},
    ]


def test_a_date_put_off_is_kept(invoke: Run, four: dict[str, str]) -> None:
    """The old day, the new one and the reason."""
    ran = invoke("task", "defer", four["from"], "in 3 weeks", "-m", "Ward duty")
    first = invoke("task", "defer", four["theirs"], "fri")

    assert ran.out == f"Deferred task {four['from']}: from (from Tue 1 Dec 2026 to Mon 14 Dec 2026)\n"
    assert first.out == f"Deferred task {four['theirs']}: theirs (to Fri 27 Nov 2026)\n"
    assert invoke("show", four["from"], "--json").data["defers"] == [
        {"on": "2026-11-23", "old": "2026-12-01", "new": "2026-12-14", "reason": "Ward duty"}
    ]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["done", "--on", "tomorrow"], 1, "is in the future"),
        (["submit", "--on", "2027-01-01"], 1, "is in the future"),
        (["defer", "yesterday"], 1, "which is in the past"),
        (["defer", "banana"], 1, "is not a date"),
        (["return"], 1, "has not been submitted"),
    ],
)
def test_bad_changes_change_nothing(
    invoke: Run, journal_root: Path, four: dict[str, str], words: list[str], status: int, said: str
) -> None:
    """One sentence, the right status, the same bytes."""
    before = content(journal_root)
    ran = invoke("task", words[0], four["from"], *words[1:])

    assert (ran.exit, ran.out) == (status, "")
    assert said in ran.err
    assert content(journal_root) == before


def test_a_prefix_of_several_names_them(invoke: Run, journal_root: Path) -> None:
    """None and several are two errors."""
    journal = Journal(journal_root, now=datetime.fromisoformat(NOW))
    for id, title in (("t4m2x", "One"), ("t4m3x", "Two")):
        journal.add(make_task(id=id, title=title), name="add")

    ran = invoke("task", "done", "t4m")

    assert ran.exit == 1
    assert "t4m2x (One); t4m3x (Two)" in ran.err


# owed


def test_owed_parts_both_sides(invoke: Run, four: dict[str, str]) -> None:
    """JSON has both lists, with whom each concerns, since when, and whether it is late."""
    found = invoke("task", "owed", "--json").data

    mine = [(task["title"], task["with"], task["since_on"], task["late"]) for task in found["i_owe"]]
    assert mine[:2] == [("late", ["osler"], "2026-11-23", True), ("from", ["osler"], "2026-11-23", False)]
    assert [(task["title"], task["with"]) for task in found["they_owe"]] == [("theirs", ["osler"])]


def test_owed_with_one_mentor(invoke: Run, four: dict[str, str]) -> None:
    """What concerns others is left out; nothing is said to be nothing, by name."""
    added(invoke, "radium", "--meeting", "m4k2p")

    assert "radium" in invoke("task", "owed", "-w", "curie").out
    assert "radium" not in invoke("task", "owed", "-w", "osler").out
    invoke("undo")
    assert invoke("task", "owed", "-w", "curie").out == "No open tasks or promises with Marie Curie.\n"
    assert invoke("task", "owed", "-w", "curie", "--json").data == {"i_owe": [], "they_owe": []}
