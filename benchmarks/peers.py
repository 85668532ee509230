"""The peers, each with the same 2,000 tasks in its own form, and the words for the same five kinds of work."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

from benchmarks.journals import NOW, work
from benchmarks.measure import environment
from benchmarks.ours import Journal, write

WORK = ("list", "add", "complete", "search", "export")
COUNT = 2000
WORD = "consent"
TITLE = "Submit the case report"

_JRNL = """
colors: {{body: none, date: none, tags: none, title: none}}
default_hour: 9
default_minute: 0
editor: ''
encrypt: false
highlight: true
indent_character: '|'
journals:
  default: {{journal: {file}}}
linewrap: 79
tagsymbols: '#@'
template: false
timeformat: '%Y-%m-%d %H:%M'
version: {version}
"""

Words = Callable[[int], list[str]]
"""The words of one piece of work; the number is that of the run, as a task can be completed once."""


class Peer(NamedTuple):
    """One program: its name, where its data lies, its words for the kinds of work that it can do."""

    name: str
    folder: Path
    env: Mapping[str, str]
    does: Mapping[str, Words]


def _always(*words: str | Path) -> Words:
    return lambda run: [str(word) for word in words]


def mentorlog(programs: Path, python: Path, folder: Path) -> Peer:
    """Return our own program on a journal of tasks."""
    journal = Journal(folder / "journal", programs)
    write(python, "tasks", COUNT, journal.root)
    journal.settle()
    ours, ids = str(programs / "mentorlog"), journal.ids("task")
    return Peer("mentorlog", folder, journal.program().env, {
        "list": _always(ours, "task", "list"),
        "add": _always(ours, "task", "add", TITLE),
        "complete": lambda run: [ours, "task", "done", ids[run]],
        "search": _always(ours, "search", WORD),
        "export": _always(ours, "export", "json", "-o", "-", "--yes"),
    })  # fmt: skip


def settle(peer: Peer) -> None:
    """Let our files grow older than two seconds, and the index see it: nobody else has such a state."""
    words = peer.does["list"](0)
    Journal(peer.folder / "journal", Path(words[0]).parent).settle()


def topydo(programs: Path, folder: Path) -> Peer:
    """Return topydo on one todo.txt."""
    lines = []
    for title, done, due in work(COUNT):
        lines.append(f"x {done} {done} {title}" if done else f"2026-11-01 {title} due:{due}")
    folder.mkdir(parents=True)
    (folder / "todo.txt").write_text("\n".join(lines) + "\n")
    (folder / "config").write_text(f"[topydo]\nfilename = {folder}/todo.txt\narchive_filename =\n")
    start = (programs / "topydo", "-c", folder / "config")
    open_lines = [number for number, (_, done, _) in enumerate(work(COUNT), 1) if not done]
    return Peer("topydo", folder, environment(folder), {
        "list": _always(*start, "ls"),
        "add": _always(*start, "add", TITLE),
        "complete": lambda run: [*map(str, start), "do", str(open_lines[-1 - run])],
        "search": _always(*start, "ls", WORD),
        "export": _always(*start, "ls", "-x", "-f", "json"),
    })  # fmt: skip


def todoman(programs: Path, folder: Path) -> Peer:
    """Return todoman on a folder of iCalendar files, its cache filled."""
    calendar = folder / "calendars" / "default"
    calendar.mkdir(parents=True)
    for number, (title, done, due) in enumerate(work(COUNT)):
        state = f"STATUS:COMPLETED\nCOMPLETED:{_stamp(done)}" if done else "STATUS:NEEDS-ACTION"
        body = f"BEGIN:VTODO\nUID:t{number}\nDTSTAMP:20261101T090000Z\nSUMMARY:{title}\n{state}"
        _ics(calendar / f"t{number}.ics", f"{body}\nDUE;VALUE=DATE:{due:%Y%m%d}\nEND:VTODO")
    cache = folder / "cache.sqlite3"
    (folder / "config.py").write_text(
        f'path = "{folder}/calendars/*"\ncache_path = "{cache}"\ndefault_list = "default"\ndate_format = "%Y-%m-%d"\n'
    )
    env = environment(folder, TODOMAN_CONFIG=str(folder / "config.py"))
    todo = str(programs / "todo")
    said = subprocess.run([todo, "--porcelain", "list"], env=env, capture_output=True, text=True, check=True).stdout
    ids = [str(task["id"]) for task in json.loads(said)]
    return Peer("todoman", folder, env, {
        "list": _always(todo, "list"),
        "add": _always(todo, "new", "-l", "default", TITLE),
        "complete": lambda run: [todo, "done", ids[run]],
        "search": _always(todo, "list", "--grep", WORD),
        "export": _always(todo, "--porcelain", "list", "--status", "ANY"),
    })  # fmt: skip


def watson(programs: Path, folder: Path) -> Peer:
    """Return Watson on 2,000 frames, two hours apart; `complete` stops a frame that runs."""
    home = folder / "watson"
    home.mkdir(parents=True)
    frames = []
    first = datetime.now().replace(microsecond=0) - timedelta(hours=2 * COUNT + 3)  # Watson has no other clock
    for number, (title, _, _) in enumerate(work(COUNT)):
        start = int((first + timedelta(hours=2 * number)).timestamp())
        project = title.split()[0].lower()
        frames.append([start, start + 3600, project, f"{number:032x}", [title.split()[1]], start + 3600])
    (home / "frames").write_text(json.dumps(frames))
    program = programs / "watson"
    since = (first + timedelta(hours=2 * (COUNT - 100))).date()
    running = json.dumps({"project": WORD, "start": int(first.timestamp()) + 2 * 3600 * COUNT + 3600, "tags": []})
    from_, to = first - timedelta(hours=2), first - timedelta(hours=1)

    def stopped(run: int) -> list[str]:
        (home / "state").write_text(running)
        return [str(program), "stop"]

    return Peer("Watson", folder, environment(folder, WATSON_DIR=str(home)), {
        "list": _always(program, "log", "--from", since),
        "add": _always(program, "add", "-f", from_, "-t", to, WORD),
        "complete": stopped,
        "search": _always(program, "log", "--all", "-p", WORD),
        "export": _always(program, "log", "--all", "--json"),
    })  # fmt: skip


def jrnl(programs: Path, folder: Path) -> Peer:
    """Return jrnl on one file of 2,000 entries; an entry is never complete."""
    folder.mkdir(parents=True)
    start = datetime.combine(NOW.date(), time(9)) - timedelta(hours=12 * COUNT)
    entries = []
    for number, (title, _, _) in enumerate(work(COUNT)):
        entries.append(f"[{start + timedelta(hours=12 * number):%Y-%m-%d %H:%M}] {title}.")
    (folder / "journal.txt").write_text("\n\n".join(entries) + "\n")
    config = folder / "jrnl.yaml"
    config.write_text(_JRNL.format(file=folder / "journal.txt", version=_version(programs, "jrnl")))
    start_words = (programs / "jrnl", "--config-file", config)
    return Peer("jrnl", folder, environment(folder), {
        "list": _always(*start_words, "-n", "100", "--short"),
        "add": _always(*start_words, f"{TITLE}."),
        "search": _always(*start_words, "-contains", WORD, "--short"),
        "export": _always(*start_words, "--format", "json"),
    })  # fmt: skip


def khal(programs: Path, folder: Path) -> Peer:
    """Return khal on a folder of 2,000 events, its cache filled; an event is never complete."""
    calendar = folder / "calendar"
    calendar.mkdir(parents=True)
    first = NOW.date() - timedelta(days=COUNT - 100)
    for number, (title, _, _) in enumerate(work(COUNT)):
        day = first + timedelta(days=number)
        body = (
            f"BEGIN:VEVENT\nUID:e{number}\nDTSTAMP:20261101T090000Z\nSUMMARY:{title}\nDTSTART;VALUE=DATE:{day:%Y%m%d}"
        )
        _ics(calendar / f"e{number}.ics", f"{body}\nDTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}\nEND:VEVENT")
    config = folder / "khal.conf"
    config.write_text(
        f"[calendars]\n[[work]]\npath = {calendar}\ntype = calendar\n[sqlite]\npath = {folder}/khal.db\n"
        "[locale]\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
        "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n[default]\ndefault_calendar = work\n"
    )
    program = (programs / "khal", "-c", config)
    return Peer("khal", folder, environment(folder), {
        "list": _always(*program, "list", NOW.date(), "100d"),
        "add": _always(*program, "new", NOW.date(), TITLE),
        "search": _always(*program, "search", WORD),
        "export": _always(*program, "list", first, f"{COUNT}d", "--json", "title"),
    })  # fmt: skip


def taskwarrior(folder: Path) -> Peer | None:
    """Return Taskwarrior, where the system has it."""
    program = shutil.which("task")
    if program is None:
        return None
    folder.mkdir(parents=True)
    (folder / "taskrc").write_text(f"data.location={folder}/data\nconfirmation=off\nverbose=nothing\n")
    env = environment(folder, TASKRC=str(folder / "taskrc"))
    tasks = []
    for title, done, due in work(COUNT):
        state = {"status": "completed", "end": _stamp(done)} if done else {"status": "pending", "due": _stamp(due)}
        tasks.append({"description": title, "entry": "20260101T090000Z", **state})
    (folder / "tasks.json").write_text(json.dumps(tasks))
    subprocess.run([program, "import", folder / "tasks.json"], env=env, check=True, capture_output=True)
    subprocess.run([program, "list"], env=env, check=True, capture_output=True)
    return Peer("Taskwarrior", folder, env, {
        "list": _always(program, "list"),
        "add": _always(program, "add", TITLE),
        "complete": lambda run: [program, str(50 + run), "done"],
        "search": _always(program, WORD, "list"),
        "export": _always(program, "export"),
    })  # fmt: skip


def _stamp(day: date) -> str:
    return f"{day:%Y%m%d}T090000Z"


def _ics(path: Path, component: str) -> None:
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//benchmark//EN\n{component}\nEND:VCALENDAR\n"
    path.write_text(text.replace("\n", "\r\n"))


def _version(programs: Path, name: str) -> str:
    said = subprocess.run([programs / name, "--version"], capture_output=True, text=True, check=True).stdout
    return said.split()[1].removeprefix("v")
