"""Real programs wrote what is imported: every entry, task and event is here, with its fields, and twice is once.

`.ci/run` installs jrnl, khal and vdirsyncer into .venv-clients, and Taskwarrior as a package.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from shutil import which
from typing import Any

import pexpect
import pytest

from khal_settings import khal_settings
from world import Ran, World

pytestmark = pytest.mark.slow

CLIENTS = Path(__file__).resolve().parents[2] / ".venv-clients" / "bin"
ZONE = "Europe/Athens"
HARD = '[/b] =1+1 "x" \\ é, 日本; 🩺'

Invoke = Callable[..., Ran]


class Program:
    """A program with its configuration in the world's own folders; a test without it is skipped."""

    def __init__(self, world: World, name: str) -> None:
        path = CLIENTS / name if (CLIENTS / name).exists() else which(name)
        if path is None:
            pytest.skip(f"{name} is not there; .ci/run installs it")
        self.path, self.work = str(path), world.work
        self.environment = {**os.environ, "TZ": ZONE, "LC_ALL": "C.UTF-8"}
        self.environment.pop("PYTHONPATH")

    def __call__(self, *words: str, stdin: str = "") -> str:
        """Run it, and return what it prints on stdout."""
        done = subprocess.run(
            [self.path, *words],
            cwd=self.work,
            env=self.environment,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, done
        return done.stdout


def found(invoke: Invoke, noun: str, *fields: str) -> list[list[Any]]:
    """Fields of all records of a kind."""
    return [[one[field] for field in fields] for one in invoke(noun, "list", "--json").data]


def imported(invoke: Invoke, *words: str) -> dict[str, int]:
    """How many records an import brings, finds, or finds otherwise than they are here."""
    ran = invoke("import", *words, "--json")
    assert ran.exit == 0, ran
    return {name: len(ran.data[name]) for name in ("new", "same", "differs", "stays")}


# jrnl

JRNL = """
journals: {{default: {{journal: {work}/jrnl.txt}}}}
encrypt: false
timeformat: '{stamp}'
default_hour: 9
default_minute: 0
tagsymbols: '#@'
editor: ''
template: false
highlight: true
linewrap: 79
indent_character: '|'
colors: {{body: none, date: none, tags: none, title: none}}
version: v4.6
"""
HARD_BODY = f"{HARD}\nWith @osler. #research\n[ ] a box\n[24.10.] is no date\n\n    and the end"
LONG = " ".join(["word"] * 400)
ENTRIES = (
    "2026-10-23 09:05: Ten films in a row. @curie, and @nobody *",
    f"2026-10-23 09:05: {HARD}\n{HARD_BODY}",
    "2026-10-24: One sentence. And a second one",
    f"2026-10-25 23:59: {LONG}",
    f"2026-10-25 23:59: {LONG} and more",
)
NOTES = [
    ["2026-10-23", "Ten films in a row. @curie, and @nobody", ["curie"], ["nobody", "starred"]],
    ["2026-10-23", f"{HARD}\n\n{HARD_BODY}", ["osler"], ["research"]],
    ["2026-10-24", "One sentence.\n\nAnd a second one", [], []],
    ["2026-10-25", LONG, [], []],
    ["2026-10-25", f"{LONG} and more", [], []],
]
PASSWORD = "aequanimitas"


def jrnl_of(world: World, stamp: str, entries: Sequence[str] = ENTRIES) -> Program:
    """The program jrnl, with these entries in a journal with a format of time."""
    program = Program(world, "jrnl")
    folder = world.home / ".config" / "jrnl"
    folder.mkdir(parents=True)
    (folder / "jrnl.yaml").write_text(JRNL.format(work=world.work, stamp=stamp))
    (world.work / "jrnl.txt").touch()
    for entry in entries:
        program(stdin=entry)
    (world.work / "jrnl.json").write_text(program("--format", "json"))
    return program


@pytest.mark.parametrize(
    "stamp",
    [
        "%F %r",
        *(pytest.param(one, marks=pytest.mark.exhaustive) for one in ("%F %H:%M", "%F %I:%M %p", "%d.%m.%Y %H:%M")),
    ],
)
def test_the_entries_of_jrnl(world: World, invoke: Invoke, stamp: str) -> None:
    """As many notes as entries, with the day, text, mentors and tags of each; its text file brings nothing more."""
    program = jrnl_of(world, stamp)
    for name in ("William Osler", "Marie Curie"):
        assert invoke("mentor", "add", name).exit == 0

    assert imported(invoke, "jrnl", "jrnl.json") == {"new": 5, "same": 0, "differs": 0, "stays": 0}
    assert sorted(found(invoke, "note", "on", "text", "mentors", "tags")) == sorted(NOTES)
    for again in ("jrnl.json", "jrnl.txt"):
        assert imported(invoke, "jrnl", again) == {"new": 0, "same": 5, "differs": 0, "stays": 0}

    program(stdin="2100-11-02 08:00: One to come")
    assert imported(invoke, "jrnl", "jrnl.txt") == {"new": 0, "same": 5, "differs": 0, "stays": 1}


def test_an_encrypted_journal_of_jrnl(world: World, invoke: Invoke) -> None:
    """It is refused, and nothing is imported; the command of the hint makes what can be imported."""
    program = jrnl_of(world, "%F %r", ENTRIES[:1])

    def typed(command: str, *answers: str) -> None:
        asking = pexpect.spawn("/bin/sh", ["-c", command], cwd=str(world.work), env=program.environment, timeout=60)
        for question, answer in zip(("assword", "assword again", "keychain"), answers, strict=False):
            asking.expect(question)
            asking.sendline(answer)
        asking.expect(pexpect.EOF)

    typed(f"{program.path} --encrypt", PASSWORD, PASSWORD, "n")
    ran = invoke("import", "jrnl", "jrnl.txt")
    assert (ran.exit, ran.out) == (1, "")
    error, hint = ran.err.splitlines()
    assert error == "error: This journal of jrnl is encrypted."
    assert invoke("note", "list", "--json").data == []

    (world.work / "jrnl.json").unlink()
    command = hint.removeprefix("hint: export it with: ")
    typed(command.replace("jrnl", program.path, 1), PASSWORD)
    assert imported(invoke, "jrnl", "jrnl.json")["new"] == 1


# Taskwarrior

TASKRC = """
data.location={work}/tasks
confirmation=no
verbose=nothing
recurrence.limit=1
uda.mentor.type=string
uda.mentor.label=Mentor
"""
TITLE = HARD.replace("\\ ", "")  # Taskwarrior takes a backslash for a quote
TASKS = (
    ("add", "Revise the CV, one page", "due:2026-12-06", "priority:H", "project:mentoring.osler", "+cv", "+osler"),
    ("1", "annotate", "See https://example.org/cv"),
    ("add", "Draft a study protocol", "mentor:curie", "due:2026-12-08T19:00", "+research", "scheduled:2026-12-01"),
    ("2", "start"),
    ("add", TITLE, "depends:1", "priority:L"),
    ("add", "Wait for the committee", "wait:2099-01-01"),
    ("add", "Read the yearbook", "due:2099-01-06", "recur:yearly"),
    ("log", "Thanked Rudolf Virchow", "end:2026-11-20", "project:mentoring.virchow"),
    ("add", "A mistake"),
)
MADE = [
    ["Draft a study protocol", "doing", "curie", "2026-12-08", "normal", ["research"], None],
    ["Read the yearbook", "todo", "me", "2099-01-06", "normal", [], None],
    ["Revise the CV, one page", "todo", "osler", "2026-12-06", "high", ["cv", "mentoring"], None],
    ["Thanked Rudolf Virchow", "done", "me", None, "normal", ["mentoring", "virchow"], "2026-11-20"],
    ["Wait for the committee", "todo", "me", None, "normal", [], None],
    [TITLE, "todo", "me", None, "low", [], None],
]


def test_the_tasks_of_taskwarrior(world: World, invoke: Invoke) -> None:
    """As many tasks as it lists, with the fields of each; what it deleted and the template of a series stay there."""
    task = Program(world, "task")
    task.environment["TASKRC"] = str(world.work / "taskrc")
    (world.work / "taskrc").write_text(TASKRC.format(work=world.work))
    (world.work / "tasks").mkdir()
    for words in TASKS:
        task(*words)
    task("description:A mistake", "delete", stdin="yes\n")
    task("list")  # makes the instance of the series
    (world.work / "tasks.json").write_text(task("export"))
    for name in ("William Osler", "Marie Curie"):
        assert invoke("mentor", "add", name).exit == 0

    ours = ("taskwarrior", "tasks.json", "--zone", ZONE)
    assert imported(invoke, *ours) == {"new": 6, "same": 0, "differs": 0, "stays": 2}
    fields = ("title", "status", "assigned_by", "due", "priority", "tags", "done_on")
    listed = invoke("task", "list", "--all", "--json").data
    assert sorted([one[field] for field in fields] for one in listed) == sorted(MADE)
    by_title = {one["title"]: one for one in listed}
    cv, protocol = by_title["Revise the CV, one page"], by_title["Draft a study protocol"]
    assert cv["links"] == ["https://example.org/cv"]
    assert re.fullmatch(r"- \d{4}-\d\d-\d\d: See https://example.org/cv", cv["notes"])
    assert by_title[TITLE]["notes"] == "- after: Revise the CV, one page"
    assert protocol["taskwarrior"] == {"scheduled": "20261130T220000Z", "due": "20261208T170000Z"}
    assert by_title["Wait for the committee"]["taskwarrior"] == {"wait": "20981231T220000Z"}
    assert by_title["Read the yearbook"]["taskwarrior"]["recur"] == "yearly"
    assert imported(invoke, *ours) == {"new": 0, "same": 6, "differs": 0, "stays": 2}

    task("1", "modify", "priority:M", "due:2026-12-07")
    task("3", "done", "end:2026-11-22")
    (world.work / "tasks.json").write_text(task("rc.json.array=off", "export"))
    assert imported(invoke, *ours) == {"new": 0, "same": 4, "differs": 2, "stays": 2}

    before = invoke("history", "--json").data
    for name in ("pending.data", "completed.data"):
        ran = invoke("import", "taskwarrior", f"tasks/{name}")
        assert (ran.exit, "it is Taskwarrior's database" in ran.err) == (1, True), ran
    assert invoke("history", "--json").data == before


# khal, through vdirsyncer

VDIRSYNCER = """
[general]
status_path = "{work}/status/"
[pair work]
a = "folder"
b = "file"
collections = null
[storage folder]
type = "filesystem"
path = "{work}/calendar/"
fileext = ".ics"
[storage file]
type = "singlefile"
path = "{work}/calendar.ics"
"""
EVENTS = (
    ("--repeat", "weekly", "--until", "2026-12-31", "2026-10-01", "09:00", "10:00", "Rounds with Osler"),
    ("-l", "https://example.zoom.us/j/1", "2026-12-02", "16:00", "16:30", "Marie Curie, protocol :: Half a page"),
    ("2026-11-20", "16:00", "17:30", f"Curie {HARD}"),
    ("2026-11-12", "10:00", "11:00", "Dentist"),
)
WEEKS = ["10-01", "10-08", "10-15", "10-22", "10-29", "11-05", "11-12", "11-19"]
MEETINGS = [
    *(["osler", f"2026-{day}", "09:00", 60, "held", "in_person"] for day in WEEKS),
    ["curie", "2026-11-20", "16:00", 90, "held", "in_person"],
    ["osler", "2026-11-26", "09:00", 60, "planned", "in_person"],
    ["curie", "2026-12-02", "16:00", 30, "planned", "video"],
]


def test_the_calendar_of_khal(world: World, invoke: Invoke) -> None:
    """Past events with a mentor are meetings held, the next ones are planned, also of a series; others stay there."""
    khal, vdirsyncer = Program(world, "khal"), Program(world, "vdirsyncer")
    (world.work / "calendar").mkdir()
    (world.work / "khal.conf").write_text(khal_settings(world.work, "work", world.work / "calendar"))
    (world.work / "vdirsyncer.conf").write_text(VDIRSYNCER.format(work=world.work))
    for words in EVENTS:
        khal("-c", "khal.conf", "new", "-a", "work", *words)
    vdirsyncer("-c", "vdirsyncer.conf", "discover", stdin="y\n" * 9)
    vdirsyncer("-c", "vdirsyncer.conf", "sync")
    for name in ("William Osler", "Marie Curie"):
        assert invoke("mentor", "add", name).exit == 0

    ours = ("ics", "calendar.ics", "--zone", ZONE)
    found = imported(invoke, *ours)
    assert (found["new"], found["differs"]) == (len(MEETINGS), 0), found
    listed = invoke("meeting", "list", "--json").data
    fields = ("on", "at", "minutes", "status", "mode")
    assert sorted([*one["mentors"], *(one[field] for field in fields)] for one in listed) == sorted(MEETINGS)
    again = imported(invoke, *ours)
    assert (again["new"], again["same"], again["differs"]) == (0, len(MEETINGS), 0), again
