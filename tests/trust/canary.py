"""Forty-odd workflows with a canary in every text, and who looks where it has flown."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from world import Ran, World

CANARY = "kanarienvogel"
TEXT = f"The {CANARY} sings in the night"
NOTES = f"""{TEXT}.

- [ ] @me Feed the {CANARY} due:fri
- [ ] @them Ask the {CANARY}
"""
ANSWERS = f"""worked = "{TEXT}"
did_not = "{TEXT}"
next_on = 2027-03-01
[[verdicts]]
goal = "GOAL"
verdict = "revise"
reason = "{TEXT}"
changes = {{ why = "{TEXT}, and by day" }}
"""

Words = tuple[str, ...]


class Workflow(NamedTuple):
    """A command, what it is given on stdin, and under which name later ones know the record that it makes."""

    argv: Words
    stdin: str = ""
    makes: str = ""


def _(*argv: str, stdin: str = "", makes: str = "") -> Workflow:
    return Workflow(argv, stdin, makes)


WORKFLOWS = [
    _("profile", "set", f"name=Ada {CANARY}", f"values={TEXT}", f"institution={TEXT}"),
    _("profile", "assess", CANARY, "3", "-m", TEXT),
    _("mentor", "add", f"William {CANARY}", "--purpose", TEXT, "--email", f"{CANARY}@a.example", makes="MENTOR"),
    _("mentor", "scout", "Marie Curie", "--qualities", TEXT, "--notes", "-", stdin=TEXT, makes="OTHER"),
    _("mentor", "invite", "OTHER", "--channel", CANARY, "-m", TEXT),
    _("mentor", "activate", "OTHER", "-m", TEXT),
    _("mentor", "cadence", "MENTOR", "--every", "4 weeks"),
    _("mentor", "expect", "MENTOR", "--mine", TEXT, "--theirs", TEXT, "--off-limits", TEXT),
    _("mentor", "fit", "MENTOR", "good", "-m", TEXT),
    _("mentor", "pause", "OTHER", "-m", TEXT),
    _("goal", "add", f"Raise the {CANARY}", "--why", TEXT, "--by", "in 6 weeks", "--with", "MENTOR", makes="GOAL"),
    _("goal", "add", "-", "--measure", TEXT, "--tag", CANARY, stdin=f"Free the {CANARY}", makes="SECOND"),
    _("goal", "progress", "GOAL", "40", "-m", TEXT),
    _("goal", "revise", "GOAL", f"measure={TEXT}", "-m", TEXT),
    _("goal", "pause", "SECOND", "-m", TEXT),
    _("goal", "resume", "SECOND", "-m", TEXT),
    _("task", "add", f"Feed the {CANARY}", "--instructions", TEXT, "--goal", "GOAL", "--due", "fri", makes="TASK"),
    _("task", "submit", "TASK"),
    _("task", "return", "TASK", "-m", TEXT),
    _("task", "defer", "TASK", "in 2 weeks", "-m", TEXT),
    _("task", "done", "TASK", "-m", TEXT),
    _("task", "reopen", "TASK"),
    _("meeting", "plan", "MENTOR", "--on", "fri 14:00", "--agenda", TEXT, "--notes", "-", stdin=TEXT, makes="PLANNED"),
    _("meeting", "move", "PLANNED", "mon 9:30", "-m", TEXT),
    _("meeting", "prep", "MENTOR"),
    _("meeting", "log", "MENTOR", "--new", "--notes", "-", "--feeling", TEXT, "--decision", TEXT, stdin=NOTES),
    _("meeting", "cancel", "PLANNED", "--by-them", "-m", TEXT),
    _("note", "add", TEXT, "--kind", "advice", "--with", "MENTOR", "--tag", CANARY, makes="NOTE"),
    _("note", "add", "-", "--kind", "win", stdin=NOTES),
    _("note", "close", "NOTE", "-m", TEXT),
    _("note", "reopen", "NOTE"),
    _("note", "tell", "NOTE", "MENTOR"),
    _("ask", "MENTOR", f"Who keeps the {CANARY}?"),
    _("set", "NOTE", f"links=https://{CANARY}.example,/home/{CANARY}"),
    _("review", "--answers", "-", stdin=ANSWERS),
    _(
        "status",
    ),
    _("due", "--within", "60d"),
    _("search", CANARY),
    _(
        "timeline",
    ),
    _("history", "--all"),
    _("history", "7"),
    _("undo", "--no", "10"),
    _("undo"),
    _("show", "GOAL"),
    _("goal", "list", "--all", "--json"),
    _("export", "markdown", "--include-private"),
    _("export", "json"),
    _(
        "doctor",
    ),
    _("delete", "SECOND", "--yes"),
    _("undo", "2"),
    _("redo", "2"),
    _("forget", "NOTE", "--yes"),
    _("mentor", "end", "MENTOR", "--kind", "moved", "--lesson", TEXT, "--hand-to", "OTHER"),
]


def play(world: World, workflows: list[Workflow] = WORKFLOWS) -> Iterator[tuple[Words, Ran]]:
    """Run the workflows one after the other; the words in capitals stand for the ids of what was made."""
    names: dict[str, str] = {}
    for flow in workflows:
        argv = tuple(names.get(word, word) for word in flow.argv)
        stdin = flow.stdin.replace("GOAL", names.get("GOAL", ""))
        ran = world.invoke(*argv, *(["--json"] if flow.makes else []), stdin=stdin)
        assert ran.exit == 0, (argv, ran)
        if flow.makes:
            names[flow.makes] = str(ran.data["id"])
        yield argv, ran


_STARTING = {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "pty.spawn", "os.fork"}


class LogPosition:
    """What the interpreter was seen to do: files written, programs started, sockets opened."""

    def __init__(self) -> None:
        self.on = False
        self.written: set[str] = set()
        self.started: list[tuple[str, Any]] = []
        self.sockets: list[str] = []

    def __call__(self, event: str, args: tuple[Any, ...]) -> None:
        """Look at one event of the interpreter: an audit hook, which stays for good."""
        if not self.on:
            return
        if event.startswith("socket."):
            self.sockets.append(event)
        elif event == "open" and isinstance(args[0], (str, bytes)) and (args[2] or 0) & (os.O_WRONLY | os.O_RDWR):
            self.written.add(os.path.abspath(os.fsdecode(args[0])))  # noqa: PTH100 - within an audit hook
        elif event == "sqlite3.connect":
            self.written.add(os.fsdecode(args[0]).removeprefix("file:"))
        elif event in _STARTING:
            self.started.append((event, args))


_WATCH = LogPosition()
sys.addaudithook(_WATCH)


@contextmanager
def watched() -> Iterator[LogPosition]:
    """Watch what happens within the block."""
    _WATCH.__init__()  # type: ignore[misc]
    _WATCH.on = True
    try:
        yield _WATCH
    finally:
        _WATCH.on = False


def flown(folder: Path, word: str = CANARY, *, but: Path | None = None) -> list[str]:
    """Return the files below a folder, but for another one, that have the word in their bytes or names."""
    found = []
    for path in folder.rglob("*"):
        if but is not None and path.is_relative_to(but):
            continue
        if word in path.name or (path.is_file() and not path.is_symlink() and word.encode() in path.read_bytes()):
            found.append(str(path))
    return sorted(found)


def open_to_others(*folders: Path) -> list[str]:
    """Return every file that is not 0600 and every folder that is not 0700, the given ones among them."""
    found = []
    for folder in folders:
        for path in [folder, *folder.rglob("*")]:
            mode = path.lstat().st_mode
            if not stat.S_ISLNK(mode) and stat.S_IMODE(mode) != (0o700 if stat.S_ISDIR(mode) else 0o600):
                found.append(f"{path}: {stat.S_IMODE(mode):o}")
    return found
