"""`mentorlog meeting log`, as it is typed."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from commands.meeting.conftest import FIELDS, HARD, LATER, Run, content, data, planned

MINUTES = sorted((Path(__file__).parents[2] / "data").glob("minutes-*.md"))


def test_a_line_is_enough(invoke: Run) -> None:
    """Who and one sentence: a meeting of today, in the mode that is usual."""
    ran = invoke("meeting", "log", "osler", HARD)
    (found,) = data(invoke, "meeting", "list")

    assert ran.out == f"Logged meeting {found['id']} with William Osler (Mon 23 Nov 2026)\n"
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

    assert list(found) == [*FIELDS, "new_tasks", "next_meeting", "updated"]
    assert {key: found[key] for key in FIELDS if key not in ("record", "id", "created", "agenda")} == {
        "on": "2026-11-22", "at": None, "status": "held", "mentors": ["osler", "curie"], "mode": "coffee",
        "kind": "first", "minutes": 45, "place": None, "cancelled_by": None, "decisions": ["Journal A", HARD],
        "usefulness": 4, "feeling": "Calm", "recap_on": None, "visibility": "private", "tags": ["cv"],
        "links": ["a.txt"], "source": None, "conflicts": [], "notes": "N",
    }  # fmt: skip
    assert [(item["goal"], item["done"]) for item in found["agenda"]] == [("g7k3q", True)]
    following = found["next_meeting"]
    assert (following["on"], following["status"], following["mentors"]) == ("2026-12-20", "planned", ["osler", "curie"])


def test_the_plan_is_completed(invoke: Run) -> None:
    """The planned meeting that has passed becomes the held one, on its day, with its notes and agenda; it says so."""
    id = planned(invoke, "osler", "--on", "fri 14:00", "--notes", "Bring the draft.", "-a", "Journal")
    ran = invoke("meeting", "log", "osler", "We met.", env=LATER)
    (found,) = data(invoke, "meeting", "list")

    assert ran.out == f"Logged meeting {id} with William Osler (Fri 27 Nov 2026, as planned)\n"
    assert (found["id"], found["status"], found["on"], found["at"]) == (id, "held", "2026-11-27", "14:00")
    assert found["notes"] == "Bring the draft.\n\nWe met."
    assert (found["minutes"], len(found["agenda"])) == (30, 1)


def test_the_plan_of_another_day_is_named(invoke: Run) -> None:
    """Where the meeting took place on another day than planned, both days are said."""
    id = planned(invoke)
    ran = invoke("meeting", "log", "osler", "--on", "sat", env=LATER)

    assert ran.out == (
        f"Logged meeting {id} with William Osler (Sat 28 Nov 2026, was planned for Fri 27 Nov 2026, 14:00)\n"
        "To log a separate meeting instead, undo this and use --new.\n"
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
        "Line 4 of the notes did not become a task: No mentor matches 'oslr' (see: mentorlog mentor list)",
        f"The notes are saved; correct a line with: mentorlog edit {ran.data['id']}",
    ]


def test_what_is_made_is_said(invoke: Run) -> None:
    """Each new task on a line of its own, with what was understood; then the next meeting."""
    ran = invoke("meeting", "log", "osler", "- [ ] @me Draft due:fri goal:g7", "--next", "in 4 weeks")
    lines = invoke(
        "meeting", "log", "osler", "a\n- [ ] @me Draft due:fri goal:g7", "--next", "in 4 weeks"
    ).out.splitlines()

    assert ran.exit == 2  # a text that begins with - is an option to the shell: --notes takes it
    assert lines[1].endswith("(Mon 21 Dec 2026)") and lines[1].startswith("Planned next meeting m")
    assert lines[2].endswith(": Draft (for goal g7k3q Submit case report, due Fri 27 Nov 2026)")


@pytest.mark.parametrize(
    ("on", "words", "day"),
    [
        ("2 oct", "in 6 weeks", "2026-11-13"),
        ("2 oct", "fri 14:00", "2026-10-09"),
        ("2 oct", "tomorrow", "2026-10-03"),
        ("2 oct", "13 nov", "2026-11-13"),
        ("2 oct", "2026-12-01", "2026-12-01"),
        ("yesterday", "4 weeks", "2026-12-20"),
        ("today", "in 6 weeks", "2027-01-04"),
    ],
)
def test_the_next_meeting_is_counted_from_this_one(on: str, words: str, day: str, invoke: Run) -> None:
    """Words for `--next`, as those for `due:` in the notes, count from the day of the meeting, whenever it is logged.

    So with the plan that is completed, and with the dates of `review` and `goal revise` that have `--on`.
    """
    notes = "- [ ] @me Draft due:2w"
    found = data(invoke, "meeting", "log", "osler", "--on", on, "--next", words, "--notes", notes)

    assert found["next_meeting"]["on"] == day
    assert date.fromisoformat(found["new_tasks"][0]["due"]) - date.fromisoformat(found["on"]) == timedelta(14)


def test_a_next_meeting_that_has_passed_is_said(invoke: Run) -> None:
    """A meeting that is logged late may have had its next one: its day is said, and `status` asks about it."""
    ran = invoke("meeting", "log", "osler", "--on", "2 oct", "--next", "in 6 weeks")
    assert ran.out.splitlines()[1].endswith(" (Fri 13 Nov 2026, 10 days ago)")
    assert "Did you meet William Osler on Fri 13 Nov 2026?" in invoke().out


def test_the_plan_decides_from_where_the_next_is_counted(invoke: Run) -> None:
    """Without --on the day is that of the plan, also for a day that is before today."""
    planned(invoke, "osler", "--on", "fri 14:00")

    assert data(invoke, "meeting", "log", "osler", "--next", "sat", env=LATER)["next_meeting"]["on"] == "2026-11-28"
    invoke("undo", env=LATER)
    assert (
        data(invoke, "meeting", "log", "osler", "--next", "in 4 weeks", env=LATER)["next_meeting"]["on"] == "2026-12-25"
    )


@pytest.mark.parametrize(
    ("box", "title", "said"),
    [
        ("[x]", "read personal  statement", "is still open; if it is done too: mentorlog task done {old}"),
        ("[ ]", "Read Personal-Statement due:fri", "is open too; if it is the same: mentorlog delete {new}"),
    ],
)
def test_a_task_with_the_same_title_is_named(box: str, title: str, said: str, invoke: Run) -> None:
    """An item beside an open task with the same owner and title, compared folded, says so with the command."""
    old = data(invoke, "task", "add", "Read personal statement")["id"]
    invoke("task", "add", "Read personal statement", "--owner", "osler")
    ran = invoke("meeting", "log", "osler", "--notes", f"a\n- {box} @me {title}", "--json")

    (new,) = ran.data["new_tasks"]
    said = said.format(old=old, new=new["id"])
    assert ran.err == f"Task {old} with the same title {said}\n"
    assert invoke(*said.partition("mentorlog ")[2].split()).exit == 0
    invoke("undo")
    assert invoke("meeting", "log", "osler", "--notes", "- [x] @me Something else").err == ""


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
        (["pasteur"], 1, "No mentor matches 'pasteur'."),
        (["osler", "crie"], 1, "No mentor matches 'crie'."),
        (["osler", "--on", "tomorrow"], 1, "Tue 24 Nov 2026 is in the future."),
        (["osler", "--next", "2026-11-20"], 1, "Fri 20 Nov 2026 is not after the meeting of Mon 23 Nov 2026."),
        (["osler", "--usefulness", "6"], 1, "'6' is not a whole number from 1 to 5."),
        (["osler", "--kind", "lunch"], 1, "Unknown kind 'lunch'.\nhint: one of: first, regular"),
        (["osler", "a b", "--notes", "c"], 2, "NOTES and --notes cannot be used together."),
        (["osler", ""], 1, "The notes are empty."),
        (["osler", "--edit", "--no-input"], 2, "--edit and --no-input cannot be used together."),
        (["osler", "a \udcff"], 1, "notes is not valid UTF-8."),
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


def test_a_next_meeting_that_is_planned_already_is_not_planned_twice(invoke: Run) -> None:
    """The notes are saved, and `--next` names the plan that there is; another time is another meeting."""
    there = planned(invoke, "osler", "--on", "30 nov 2026")

    ran = invoke("meeting", "log", "osler", "Chose the journal", "--next", "in 1 week")

    assert ran.out.splitlines()[1] == f"The next meeting {there} is already planned (Mon 30 Nov 2026)"
    assert [one["id"] for one in data(invoke, "meeting", "list", "--status", "planned")] == [there]
    assert data(invoke, "meeting", "log", "osler", "And more", "--next", "mon 9:00")["next_meeting"]["id"] != there
