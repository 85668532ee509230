"""`mentorlog meeting`: the command line of meetings."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from factories import make_goal, make_mentor, make_note
from mentorlog.models.mentor import Cadence, Expectations
from mentorlog.store.journal import Journal
from terminal import Terminal
from world import NOW, Ran

Run = Callable[..., Ran]
HARD = '[/b] =1+1 "x" \\ é 日本 🩺'
LATER = {"MENTORLOG_NOW": "2026-11-30T09:00:00+00:00"}
MINUTES = sorted((Path(__file__).parent.parent / "data").glob("minutes-*.md"))
FIELDS = [
    *("record", "id", "on", "at", "status", "mentors", "mode", "kind", "minutes", "cancelled_by", "decisions"),
    *("usefulness", "feeling", "agenda", "visibility", "tags", "links", "created", "notes"),
]


@pytest.fixture(autouse=True)
def people(journal_root: Path) -> None:
    """Two mentors, a goal with one of them, and a question for him."""
    journal = Journal(journal_root, now=datetime.fromisoformat(NOW))
    cadence = Cadence(every_days=28, mode="video", minutes=30)
    for record in (
        make_mentor(cadence=cadence, expectations=Expectations(off_limits=("pay",))),
        make_mentor(id="curie", name="Marie Curie"),
        make_goal(id="g7k3q", mentors=["osler"]),
        make_note(id="n4m2x", kind="question", text="Which journal?", mentors=("osler",)),
    ):
        journal.add(record, name=f"add {record.id}")


def data(invoke: Run, *words: str, **more: Any) -> Any:
    """Run a command with --json and return its data."""
    ran = invoke(*words, "--json", **more)
    assert ran.exit == 0, ran
    return ran.data


def content(root: Path) -> dict[str, bytes]:
    """The bytes of every record."""
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.glob("*/*.toml"))}


def planned(invoke: Run, *words: str) -> str:
    """Plan a meeting and return its id."""
    return str(data(invoke, "meeting", "plan", *(words or ("osler", "--on", "fri 14:00")))["id"])


# plan


def test_every_field_can_be_given(invoke: Run) -> None:
    """What the options say is what the record holds; the agenda takes texts and goals."""
    found = data(
        invoke, "meeting", "plan", "osl", "Marie", "--on", "fri 9:30", "--agenda", HARD, "-a", "CV", "-g", "g7",
        "--mode", "phone", "--minutes", "20", "--kind", "case", "--link", "https://a", "--tag", "cv", "--notes", "N",
        "--private",
    )  # fmt: skip

    assert list(found) == [*FIELDS, "new_tasks"]
    assert {key: found[key] for key in FIELDS if key not in ("record", "id", "created", "agenda")} == {
        "on": "2026-11-27", "at": "09:30", "status": "planned", "mentors": ["osler", "curie"], "mode": "phone",
        "kind": "case", "minutes": 20, "cancelled_by": None, "decisions": [], "usefulness": None, "feeling": None,
        "visibility": "private", "tags": ["cv"], "links": ["https://a"], "notes": "N",
    }  # fmt: skip
    assert [(item["text"], item["goal"]) for item in found["agenda"]] == [
        (HARD, None), ("CV", None), ("Submit case report", "g7k3q"),
    ]  # fmt: skip


def test_what_was_agreed_is_planned(invoke: Run) -> None:
    """Mode and length of the cadence; the day is said with its weekday."""
    ran = invoke("meeting", "plan", "osler", "--on", "fri 14:00")
    (found,) = data(invoke, "meeting", "list")

    assert ran.out == f"Planned meeting {found['id']} with William Osler on Fri 27 Nov 2026 at 14:00.\n"
    assert (found["mode"], found["minutes"], found["kind"]) == ("video", 30, "regular")


@pytest.mark.parametrize(
    ("words", "exit", "said"),
    [
        (["osler"], 2, "When? An answer is needed."),
        ([], 2, "With whom? An answer is needed."),
        (["pasteur", "--on", "fri"], 1, "There is no mentor 'pasteur'."),
        (["osler", "--on", "banana"], 1, "'banana' is not a date."),
        (["osler", "--on", "03/02/2027"], 1, "can be read in two ways"),
        (["osler", "--on", "2026-11-20"], 1, "Fri 20 Nov 2026 is past."),
        (
            ["osler", "--on", "fri", "--mode", "carrier pigeon"],
            1,
            "Unknown mode 'carrier pigeon'; use one of: in_person, video",
        ),
        (["osler", "--on", "fri", "--minutes", "0"], 1, "minutes is a number from 1 to 1440."),
        (["osler", "--on", "fri", "--agenda", "two\nlines"], 1, "text has more than one line."),
        (["osler", "--on", "fri", "--agenda", "a\udcff"], 1, "text holds bytes that are no text."),
        (["osler", "--on", "fri", "--goal", "g9999"], 1, "There is no goal 'g9999'."),
    ],
)
def test_bad_plans(words: list[str], exit: int, said: str, invoke: Run, journal_root: Path) -> None:
    """What cannot be understood is refused by name, and nothing is saved."""
    before = content(journal_root)
    ran = invoke("meeting", "plan", *words)

    assert (ran.exit, ran.out) == (exit, "")
    assert said in ran.err
    assert content(journal_root) == before


# log


def test_a_line_is_enough(invoke: Run) -> None:
    """Who and one sentence: a meeting of today, in the mode that is usual."""
    ran = invoke("meeting", "log", "osler", HARD)
    (found,) = data(invoke, "meeting", "list")

    assert ran.out == f"Logged meeting {found['id']} with William Osler on Mon 23 Nov 2026.\n"
    assert (found["status"], found["notes"], found["mode"], found["minutes"]) == ("held", HARD, "video", None)


def test_the_bare_fact(invoke: Run) -> None:
    """Without notes and without a terminal the meeting is logged as it is."""
    assert data(invoke, "meeting", "log", "osler")["notes"] is None


def test_every_field_of_a_logged_meeting(invoke: Run) -> None:
    """What the options say is what the record holds; the next meeting is part of the answer."""
    found = data(
        invoke, "meeting", "log", "osler", "curie", "--on", "yesterday", "--decision", "Journal A", "--decision", HARD,
        "--mode", "coffee", "--minutes", "45", "--kind", "first", "--usefulness", "4", "--feeling", "Calm",
        "--goal", "g7k3q", "--tag", "cv", "--link", "a.txt", "--private", "--notes", "N", "--next", "in 4 weeks",
    )  # fmt: skip

    assert list(found) == [*FIELDS, "new_tasks", "next_meeting"]
    assert {key: found[key] for key in FIELDS if key not in ("record", "id", "created", "agenda")} == {
        "on": "2026-11-22", "at": None, "status": "held", "mentors": ["osler", "curie"], "mode": "coffee",
        "kind": "first", "minutes": 45, "cancelled_by": None, "decisions": ["Journal A", HARD], "usefulness": 4,
        "feeling": "Calm", "visibility": "private", "tags": ["cv"], "links": ["a.txt"], "notes": "N",
    }  # fmt: skip
    assert [(item["goal"], item["done"]) for item in found["agenda"]] == [("g7k3q", True)]
    following = found["next_meeting"]
    assert (following["on"], following["status"], following["mentors"]) == ("2026-12-21", "planned", ["osler", "curie"])


def test_the_plan_is_completed(invoke: Run) -> None:
    """The planned meeting that has passed becomes the held one, on its day, with its notes and agenda; it says so."""
    id = planned(invoke, "osler", "--on", "fri 14:00", "--notes", "Bring the draft.", "-a", "Journal")
    ran = invoke("meeting", "log", "osler", "We met.", env=LATER)
    (found,) = data(invoke, "meeting", "list")

    assert ran.out == f"Logged meeting {id} with William Osler on Fri 27 Nov 2026, as planned.\n"
    assert (found["id"], found["status"], found["on"], found["at"]) == (id, "held", "2026-11-27", "14:00")
    assert found["notes"] == "Bring the draft.\n\nWe met."
    assert (found["minutes"], len(found["agenda"])) == (30, 1)


def test_the_plan_of_another_day_is_named(invoke: Run) -> None:
    """Where the meeting took place on another day than planned, both days are said."""
    id = planned(invoke)
    ran = invoke("meeting", "log", "osler", "--on", "sat", env=LATER)

    assert ran.out == (
        f"Logged meeting {id} with William Osler on Sat 28 Nov 2026; "
        "it was planned for Fri 27 Nov 2026 at 14:00 (--new logs a meeting of its own).\n"
    )


def test_a_meeting_of_its_own(invoke: Run) -> None:
    """--new leaves the plan alone; and so does a plan that lies ahead."""
    id = planned(invoke, "osler", "--on", "today")

    assert data(invoke, "meeting", "log", "osler", "--new")["id"] != id
    assert data(invoke, "meeting", "log", "curie")["id"] != id
    assert data(invoke, "meeting", "log", "osler")["id"] == id
    ahead = planned(invoke)
    assert data(invoke, "meeting", "log", "osler")["id"] != ahead


def test_action_lines_become_tasks(invoke: Run) -> None:
    """In the same operation, with the id at the end of the line; what cannot be read stays text and is reported."""
    notes = '# Minutes\n- [ ] @me Draft due:"in 2 weeks" goal:g7k3q\n- [x] @them Send CV\n- [ ] @oslr x\n| a | b |  '
    ran = invoke("meeting", "log", "osler", "-", "--on", "yesterday", "--json", stdin=notes)
    mine, theirs = ran.data["new_tasks"]

    assert ran.data["notes"] == (
        f'# Minutes\n- [ ] @me Draft due:"in 2 weeks" goal:g7k3q ({mine["id"]})\n'
        f"- [x] @them Send CV ({theirs['id']})\n- [ ] @oslr x\n| a | b |  "
    )
    assert (mine["assigned_by"], mine["due"], mine["goal"], mine["meeting"]) == (
        "osler", "2026-12-06", "g7k3q", ran.data["id"],
    )  # fmt: skip
    assert (theirs["owner"], theirs["status"], theirs["done_on"]) == ("osler", "done", "2026-11-22")
    assert ran.err.splitlines() == [
        "Line 4 of the notes made no task: There is no mentor 'oslr' (list them with: mentorlog mentor list)",
        f"The notes are saved as they are; correct a line with: mentorlog edit {ran.data['id']}",
    ]


def test_what_is_made_is_said(invoke: Run) -> None:
    """Each new task on a line of its own, with what was understood; then the next meeting."""
    ran = invoke("meeting", "log", "osler", "- [ ] @me Draft due:fri goal:g7", "--next", "in 4 weeks")
    lines = invoke(
        "meeting", "log", "osler", "a\n- [ ] @me Draft due:fri goal:g7", "--next", "in 4 weeks"
    ).out.splitlines()

    assert ran.exit == 2  # a text that begins with - is an option to the shell: --notes takes it
    assert lines[1].endswith("on Mon 21 Dec 2026.") and lines[1].startswith("Planned the next one, meeting m")
    assert lines[2].endswith(" for me: Draft, for goal g7k3q Submit case report, due Fri 27 Nov 2026")


@pytest.mark.parametrize("path", MINUTES, ids=lambda path: path.stem)
def test_pages_come_back_to_the_byte(path: Path, invoke: Run, run: Run) -> None:
    """Real minutes of many pages, through stdin, the file, the index and out again."""
    notes = path.read_text(encoding="utf-8")
    id = data(invoke, "meeting", "log", "osler", "-", stdin=notes)["id"]

    assert data(invoke, "show", id)["notes"] == notes
    assert json.loads(run("meeting", "list", "--json").out)["data"][0]["notes"] == notes


@pytest.mark.parametrize(
    "notes", ["no end", "an\nend\n", "\n\nblank first", "trailing  \n\n\n", 'a"""b\\', "'''\t\x07\x85"]
)
def test_short_notes_come_back_to_the_byte(notes: str, invoke: Run) -> None:
    """No line end is added or taken, no blank is lost; but that of a single line, which is none of the text."""
    assert data(invoke, "meeting", "log", "osler", "-", stdin=notes)["notes"] == notes
    assert data(invoke, "meeting", "log", "osler", "-", stdin="end\n")["notes"] == "end"


@pytest.mark.parametrize(
    ("words", "exit", "said"),
    [
        (["pasteur"], 1, "There is no mentor 'pasteur'."),
        (["osler", "crie"], 1, "There is no mentor 'crie'."),
        (["osler", "--on", "tomorrow"], 1, "Tue 24 Nov 2026 lies in the future."),
        (["osler", "--next", "2026-11-20"], 1, "Fri 20 Nov 2026 is past."),
        (["osler", "--usefulness", "6"], 1, "usefulness is a number from 1 to 5."),
        (["osler", "--kind", "lunch"], 1, "Unknown kind 'lunch'; use one of: first, regular"),
        (["osler", "a b", "--notes", "c"], 2, "The notes are given twice."),
        (["osler", ""], 1, "The notes are empty."),
        (["osler", "--edit", "--no-input"], 2, "--edit and --no-input do not go together."),
        (["osler", "a \udcff"], 1, "notes holds bytes that are no text."),
        ([], 2, "MENTOR"),
    ],
)
def test_bad_logs(words: list[str], exit: int, said: str, invoke: Run, journal_root: Path) -> None:
    """What cannot be understood is refused by name, and nothing is saved."""
    before = content(journal_root)
    ran = invoke("meeting", "log", *words)

    assert (ran.exit, ran.out) == (exit, "")
    assert said in ran.err
    assert content(journal_root) == before


def test_one_undo_takes_all_back(invoke: Run, journal_root: Path) -> None:
    """The meeting, its tasks and the next meeting are one operation."""
    planned(invoke, "osler", "--on", "today")
    before = content(journal_root)
    invoke("meeting", "log", "osler", "a\n- [ ] @me b\n- [ ] @them c", "--next", "in 4 weeks")

    assert len(content(journal_root)) == len(before) + 3
    assert invoke("undo").exit == 0
    assert content(journal_root) == before


# The editor


@pytest.fixture
def editor(world: Any) -> Callable[[str], dict[str, str]]:
    """An $EDITOR that runs a shell line on the file, `$1`, and keeps what it was given."""

    def make(line: str) -> dict[str, str]:
        program = world.root / "bin" / "hx"
        program.write_text(f'#!/bin/sh\ncp "$1" {world.work}/given\n{line}\n')
        program.chmod(0o755)
        return {"EDITOR": str(program)}

    return make


def test_the_editor_begins_with_what_to_prepare(
    invoke: Run, editor: Callable[[str], dict[str, str]], world: Any
) -> None:
    """A comment on top, which is not kept; then the agenda of the plan, and room for notes."""
    planned(invoke, "osler", "--on", "today", "-a", "Choice of journal")
    env = editor("""printf 'We met.\\n- [ ] @me Draft\\n' >> "$1" """)
    found = data(invoke, "meeting", "log", "osler", "--edit", env=env)
    given = (world.work / "given").read_text()

    assert given.startswith("<!-- This comment is not kept.\n\nWilliam Osler: Mon 23 Nov 2026, today\n")
    assert "My questions\n  n4m2x  Which journal?" in given
    assert given.endswith("-->\n\n## Agenda\n\n- Choice of journal\n\n## Notes\n\n")
    (task,) = found["new_tasks"]
    assert (
        found["notes"] == f"## Agenda\n\n- Choice of journal\n\n## Notes\n\nWe met.\n- [ ] @me Draft ({task['id']})\n"
    )


def test_an_editor_left_alone_logs_nothing(
    invoke: Run, editor: Callable[[str], dict[str, str]], journal_root: Path
) -> None:
    """An unchanged buffer changes nothing and says so."""
    before = content(journal_root)
    ran = invoke("meeting", "log", "osler", "--edit", env=editor("true"))

    assert (ran.exit, ran.out) == (0, "")
    assert ran.err == "The text is as it was; nothing was changed.\n"
    assert content(journal_root) == before


def test_what_cannot_be_saved_is_refused_before_the_editor(
    invoke: Run, editor: Callable[[str], dict[str, str]], world: Any
) -> None:
    """Nobody types pages to be told then that the date was wrong."""
    ran = invoke("meeting", "log", "osler", "--edit", "--usefulness", "9", env=editor("true"))

    assert (ran.exit, (world.work / "given").exists()) == (1, False)


def test_a_terminal_opens_the_editor(
    terminal: Callable[..., Terminal], editor: Callable[[str], dict[str, str]], invoke: Run
) -> None:
    """Where somebody is there to write, and nothing is said yet."""
    env = editor("""printf 'Written here.' > "$1" """)

    terminal("meeting", "log", "osler", env=env).wait_for("Logged meeting")
    terminal("meeting", "log", "curie", "--no-input", env=env).wait_for("Logged meeting")

    notes = {found["mentors"][0]: found["notes"] for found in data(invoke, "meeting", "list")}
    assert notes == {"osler": "Written here.", "curie": None}


# list


def test_a_list(invoke: Run) -> None:
    """Newest first; what was called off only with --all or by its status."""
    one, two = planned(invoke), planned(invoke, "curie", "--on", "sat", "-g", "g7k3q", "--tag", "cv", "--kind", "spot")
    invoke("meeting", "cancel", one)
    held = data(invoke, "meeting", "log", "osler", "--on", "-3d")["id"]

    def found(*words: str) -> list[str]:
        return [view["id"] for view in data(invoke, "meeting", "list", *words)]

    assert found() == [two, held]
    assert found("--all") == [two, one, held]
    assert found("--status", "cancelled") == [one]
    assert found("--with", "osler", "--all") == [one, held]
    assert found("--goal", "g7") == found("--tag", "cv") == found("--kind", "spot") == [two]
    assert found("--since", "-4d", "--until", "today") == [held]
    assert invoke("meeting", "list", "--with", "curie").out == (
        "id     day              with   status   kind  about\n"
        f"{two}  Sat 28 Nov 2026  curie  planned  spot  Submit case report\n"
    )


@pytest.mark.parametrize("words", [["--status", "gone"], ["--kind", "lunch"], ["--with", "pasteur"], ["--since", "x"]])
def test_bad_filters(words: list[str], invoke: Run) -> None:
    """A filter that cannot be understood is an error, not an empty list."""
    ran = invoke("meeting", "list", *words)

    assert (ran.exit, ran.out) == (1, "")


def test_an_empty_list(invoke: Run) -> None:
    """It says so, and is an empty list for scripts."""
    assert invoke("meeting", "list").out == "No meetings found.\n"
    assert data(invoke, "meeting", "list") == []


# move, cancel


def test_moving(invoke: Run, journal_root: Path) -> None:
    """From where to where, with the hour; the reason is kept; moving it nowhere is no operation."""
    id = planned(invoke)
    ran = invoke("meeting", "move", id[:3], "mon", "-m", "On call")
    moved = content(journal_root)
    again = invoke("meeting", "move", id, "mon")

    assert ran.out == (
        f"Moved meeting {id} with William Osler from Fri 27 Nov 2026 at 14:00 to Mon 30 Nov 2026 at 14:00.\n"
    )
    assert data(invoke, "show", id)["notes"] == "Moved from Fri 27 Nov 2026 at 14:00: On call"
    assert again.out == f"Nothing to move: meeting {id} with William Osler is on Mon 30 Nov 2026 at 14:00 already.\n"
    assert content(journal_root) == moved


def test_a_meeting_that_was_moved_is_about_what_was_said_in_it(invoke: Run) -> None:
    """Why it was moved is what it is about only where nothing else is known."""
    invoke("meeting", "plan", "curie", "--on", "fri")
    id = data(invoke, "meeting", "list", "--with", "curie")[0]["id"]
    invoke("meeting", "move", id, "today", "-m", "On call")
    before = invoke("meeting", "list", "--with", "curie").out
    invoke("meeting", "log", "curie", "Chose a journal")

    assert before.splitlines()[1].endswith("Moved from Fri 27 Nov 2026: On call")
    assert invoke("meeting", "list", "--with", "curie").out.splitlines()[1].endswith("  Chose a journal")


def test_cancelling(invoke: Run, journal_root: Path) -> None:
    """By me, by them, or missed; what is so already is said to be so."""
    id = planned(invoke)
    about = f"meeting {id} with William Osler on Fri 27 Nov 2026 at 14:00"

    assert invoke("meeting", "cancel", id).out == f"Cancelled {about}.\n"
    assert invoke("meeting", "cancel", id).out == f"Nothing to do: {about} is cancelled already.\n"
    assert invoke("meeting", "cancel", id, "--by-them", "-m", HARD).out == f"Cancelled {about}, called off by them.\n"
    assert data(invoke, "show", id)["cancelled_by"] == "them"
    assert data(invoke, "show", id)["notes"] == f"Cancelled by them: {HARD}"
    assert invoke("meeting", "cancel", id).out == f"Nothing to do: {about} is cancelled already.\n"
    assert data(invoke, "show", id)["cancelled_by"] == "them"
    before = content(journal_root)
    assert invoke("meeting", "cancel", id, "--missed").out == f"Noted {about} as missed.\n"
    assert data(invoke, "show", id)["status"] == "missed"
    assert invoke("undo").exit == 0
    assert content(journal_root) == before


@pytest.mark.parametrize(
    ("words", "exit", "said"),
    [
        (["cancel", "zz9"], 1, "There is no meeting 'zz9'."),
        (["cancel", "HELD"], 1, "was held, so it cannot be cancelled."),
        (["cancel", "HELD", "--missed"], 1, "was held, so it cannot be missed."),
        (["cancel", "HELD", "--missed", "--by-them"], 2, "do not go together"),
        (["move", "HELD", "fri"], 1, "was held, so it cannot be moved."),
        (["move", "HELD", "2026-11-01"], 1, "Sun 1 Nov 2026 is past."),
        (["move", "HELD", "someday"], 1, "'someday' is not a date."),
        (["move", "HELD"], 2, "DATE is missing."),
        (["move", "g7k3q", "fri"], 1, "There is no meeting 'g7k3q'."),
        (["prep", "pasteur"], 1, "There is no mentor 'pasteur'."),
    ],
)
def test_what_cannot_be_done(words: list[str], exit: int, said: str, invoke: Run, journal_root: Path) -> None:
    """What took place stays a fact; what is not there is refused by name."""
    held = data(invoke, "meeting", "log", "osler")["id"]
    before = content(journal_root)
    ran = invoke("meeting", *[held if word == "HELD" else word for word in words])

    assert (ran.exit, ran.out) == (exit, "")
    assert said in ran.err
    assert content(journal_root) == before


# prep


def test_prep(invoke: Run, journal_root: Path) -> None:
    """One screen from the journal; it changes nothing, and logging marks nothing as told."""
    planned(invoke, "osler", "--on", "fri 14:00", "-a", "Choice of journal")
    before = content(journal_root)
    ran = invoke("meeting", "prep", "osler")

    assert ran.out.splitlines() == [
        "William Osler: Fri 27 Nov 2026 at 14:00, in 4 days",
        "not met yet · 30 minutes · video",
        "Off limits: pay",
        "",
        "My questions",
        "  n4m2x  Which journal?",
        "",
        "Goals not yet told",
        "  g7k3q  Submit case report",
        "",
        "Suggested agenda",
        "  1. Choice of journal",
        "  2. My question: Which journal?",
        "  3. Tell of a goal: Submit case report",
        "  4. What they expect of me",
        "  5. The next meeting",
    ]
    assert content(journal_root) == before
    invoke("meeting", "log", "osler", env=LATER)
    assert data(invoke, "meeting", "prep", "osler")["goals_untold"][0]["id"] == "g7k3q"


def test_prep_for_scripts(invoke: Run) -> None:
    """Every part is there, empty where there is nothing."""
    found = data(invoke, "meeting", "prep", "curie")

    assert {key: value for key, value in found.items() if key not in ("mentor", "agenda")} == {
        "meeting": None, "last_meeting": None, "minutes": None, "mode": None, "off_limits": [],
        "conflict_of_interest": None, "assignments": [], "assignments_done": [], "promises": [], "promises_kept": [],
        "drafts": [], "questions": [], "goals_untold": [], "changes": [],
    }  # fmt: skip
    assert found["mentor"]["id"] == "curie"


def test_prep_on_a_small_terminal(terminal: Callable[..., Terminal], invoke: Run) -> None:
    """Forty columns are enough."""
    invoke("task", "add", "Draft a study protocol for the ward round", "--from", "osler", "--due", "yesterday")
    screen = terminal("meeting", "prep", "osler", columns=40).wait_for("The next meeting").everything

    assert max(map(len, screen)) <= 40
    assert "What I owe" in screen


def test_a_list_on_a_small_terminal(terminal: Callable[..., Terminal], invoke: Run) -> None:
    """Day and mentor stay to the last; what it was about gives way."""
    id = planned(invoke, "osler", "--on", "fri 14:00", "-a", "Choice of a journal for the case report")
    screen = terminal("meeting", "list", columns=40).wait_for(id).everything

    assert max(map(len, screen)) <= 40
    assert f"{id}  Fri 27 Nov 2026  osler  Choice" in screen[1]


def test_a_mentor_is_planned_with_once(invoke: Run) -> None:
    """Who is named twice is one person, in what is said too."""
    ran = invoke("meeting", "plan", "osler", "will", "--on", "fri")

    assert "with William Osler on Fri" in ran.out


def test_an_action_line_without_an_action_is_told(invoke: Run) -> None:
    """Nothing after the name makes no task, and nobody passes over it in silence."""
    ran = invoke("meeting", "log", "osler", "-", stdin="- [ ] @me\n- [ ] @me due:fri\n")

    assert ran.err.startswith(
        "Line 1 of the notes made no task: it says who, but not what (write the task behind it)\n"
    )
    assert "Line 2 of the notes made no task: it says who and when, but not what" in ran.err
