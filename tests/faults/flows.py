"""The table of workflows: every command that changes something, on the sample journal."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

NOTES = """He read the draft.

- [ ] @me Cut the abstract due:fri goal:g7k3q
- [ ] @them Ask the editor
- [ ] @me Röntgen
"""
ANSWERS = """worked = "Short meetings"
next_on = 2027-03-01
[[verdicts]]
goal = "g7k3q"
verdict = "revise"
reason = "Journal changed its format"
changes = { by = 2027-02-01 }
[[verdicts]]
goal = "g2n5t"
verdict = "pause"
reason = "Night shifts"
[[verdicts]]
goal = "g8v7w"
verdict = "drop"
reason = "Others do"
[[tasks]]
task = "t4m2x"
verdict = "defer"
due = 2026-12-20
[[tasks]]
task = "t2b3c"
verdict = "done"
[[mentors]]
mentor = "osler"
fit = "good"
cadence_ok = true
[[add_goals]]
title = "Teach a class"
by = 2027-05-01
with = ["osler"]
"""
Words = tuple[str, ...]


class Flow(NamedTuple):
    """One command: its words and what it is given."""

    name: str
    argv: Words
    stdin: str = ""
    before: tuple[Words, ...] = ()  # commands that were run before it
    sent: tuple[Words, ...] = ()  # commands whose outcome, exported from elsewhere, stands on stdin
    edited: str = ""  # the record to which the editor adds a comment
    copied: str = ""  # the record of which a sync program has left a copy that says more
    damaged: str = ""  # the record of which a bad disk has left the first half
    came: str = ""  # the record that a sync has changed last
    fresh: bool = False  # no journal yet


def _flow(name: str, *argv: str, **more: Any) -> Flow:
    return Flow(name, (*name.split(), *argv), **more)


TASKS = """[{"uuid": "04119b97", "description": "Order slides", "status": "pending", "mentor": "virchow", "wait": "x"},
{"uuid": "bd03c256", "description": "Draft abstract", "status": "completed", "end": "20261120T090000Z"}]"""
MEETINGS = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:weekly
DTSTART:20261116T080000Z
RRULE:FREQ=WEEKLY
SUMMARY:Osler
LOCATION:Reading room
END:VEVENT
END:VCALENDAR
"""
MINUTES = str(Path(__file__).parent.parent / "data" / "minutes" / "obsidian.md")
ELSEWHERE = (
    ("goal", "progress", "g7k3q", "40"),
    ("note", "add", "A quiet week."),
    ("mentor", "add", "Ignaz Semmelweis"),
)

FLOWS = [
    _flow("goal add", "Present at grand rounds", "--by", "1 may 2027", "--with", "osler", "--with", "curie"),
    _flow("goal tell", "g2n5t", "osler"),
    _flow("goal progress", "g7k3q", "40", "-m", "Draft with Dr Osler"),
    _flow("goal revise", "g7k3q", "by=1 mar 2027", "-m", "The journal changed its format"),
    _flow("goal pause", "g7k3q", "-m", "Night shifts"),
    _flow("goal resume", "g4m2x"),
    _flow("goal achieve", "g7k3q", "-m", "Accepted"),
    _flow("goal drop", "g7k3q", "-m", "Published by others"),
    _flow("task add", "Revise your CV", "--from", "osler", "--due", "in 2 weeks", "--goal", "g7k3q"),
    _flow("task start", "t4m2x"),
    _flow("task wait", "t4m2x"),
    _flow("task submit", "t4m2x"),
    _flow("task return", "t4m2x", "-m", "Shorter, please", before=(("task", "submit", "t4m2x"),)),
    _flow("task done", "t4m2x", "t2b3c", "-m", "Sent"),
    _flow("task drop", "t4m2x", "-m", "No longer needed"),
    _flow("task reopen", "t9k2m"),
    _flow("task defer", "t4m2x", "15 dec 2026", "-m", "On call"),
    _flow("meeting plan", "osler", "--on", "fri 15:00", "--agenda", "Choice of journal"),
    _flow("meeting log", "osler", "--next", "in 4 weeks", "--notes", "-", stdin=NOTES),
    _flow(
        "meeting after",
        *("osler", "--answered", "n2b3c=The case reports", "--told", "all", "--done", "t4m2x"),
        before=(("meeting", "log", "osler", "--notes", "We met", "--new"),),
    ),
    _flow("meeting move", "m4k2p", "mon 9:30", "-m", "On call"),
    _flow("meeting cancel", "m4k2p", "--by-them", "-m", "Called to theatre"),
    _flow("note add", "A quiet week.", "--with", "osler"),
    _flow("note close", "n2b3c", "-m", "The case reports"),
    _flow("note reopen", "n6h7j", before=(("note", "close", "n6h7j", "-m", "They came first"),)),
    _flow("note tell", "n6h7j", "osler"),
    _flow("ask", "osler", "Who else should read it?"),
    _flow("win", "Poster accepted", "--section", "abstract", "--with", "osler"),
    _flow("profile set", "stage=fellow", "strengths=listening, suturing"),
    _flow("profile assess", "suturing", "3", "-m", "Alone, with time"),
    _flow("profile block", "Night float", "2026-12-01", "2026-12-14", "--load", "away"),
    _flow("profile stage", "fellow", "--level", "PGY-4"),
    _flow("set", "osler", "email=osler@example.org", "cadence.every_days=30"),
    _flow("resolve", "t7h8j", "--take"),
    _flow("share", "g7k3q", "osler", "--with", "program", "--tasks"),
    _flow("delete", "g7k3q", "--yes"),
    _flow("forget", "n6h7j", "--yes", before=(("note", "close", "n6h7j", "-m", "They came first"),)),
    _flow("undo", before=(("goal", "drop", "g8v7w", "-m", "x"),)),
    _flow("undo --no", "4", before=(("goal", "drop", "g8v7w", "-m", "x"), ("task", "start", "t4m2x"))),
    _flow("undo --sync", "--yes", came="tasks/t4m2x-draft-abstract.toml"),
    _flow("redo", before=(("goal", "drop", "g8v7w", "-m", "x"), ("undo",))),
    _flow("mentor add", "Ignaz Semmelweis", "--role", "advisor", "--every", "4 weeks"),
    _flow("mentee add", "Emmy Noether", "--every", "4 weeks"),
    _flow("mentor scout", "William Röntgen", "--where", "grand rounds"),
    _flow("mentor invite", "curie", "--channel", "email"),
    _flow("mentor activate", "curie", "-m", "Agreed over coffee"),
    _flow("mentor pause", "osler", "-m", "On leave"),
    _flow(
        "mentor end",
        "osler",
        "--kind",
        "moved",
        "--lesson",
        "Ask earlier",
        "--hand-to",
        "blackwell",
        "--promises-to",
        "me",
        "--pay-forward",
        "Help an intern to publish",
    ),
    _flow("mentor fit", "osler", "good", "-m", "He answers within a day"),
    _flow("mentor expect", "osler", "--theirs", "Drafts two days before", "--asked", "today"),
    _flow("mentor agree", "osler", "--comfort", "yes", "--revisit", "in 6 months"),
    _flow("review", "--answers", "-", stdin=ANSWERS),
    _flow("import json", "-", "--replace", sent=ELSEWHERE),
    _flow("import todotxt", "-", stdin="(A) Order slides @osler\nx 2026-11-20 Draft abstract\n"),
    _flow("import taskwarrior", "-", "--add-mentors", stdin=TASKS),
    _flow("import csv", "-", "--as", "goals", stdin="Goal;Mentor;Colour\nRead films;Osler;red\nWrite;;\n"),
    _flow("import ics", "-", stdin=MEETINGS),
    _flow("import markdown", MINUTES, "--as", "meetings", "--tasks"),
    _flow("import jrnl", "-", stdin="[2026-10-23 09:00] Met @osler. *\n[2026-10-24] Ten films\n"),
    _flow("edit", "osler", edited="mentors/osler.toml"),
    _flow("init", "--name", "Mary Blackwell", "--stage", "resident", fresh=True),
    _flow("lint", "--known", "Mr. Lister"),
    _flow("doctor", "--fix", copied="tasks/t4m2x-draft-abstract.toml"),
    _flow("doctor --fix", "--yes", before=(("task", "start", "t4m2x"),), damaged="tasks/t4m2x-draft-abstract.toml"),
    _flow("mentor cadence", "osler", "--every", "6 weeks", "--mode", "video"),
    _flow("letter ask", "osler", "Neuroradiology fellowship", "--due", "1 feb"),
    *(_flow(f"letter {verb}", "t6n8r") for verb in ("agreed", "declined", "remind", "received")),
    _flow("template edit", "recap", "--file", "-", stdin="Dear {{ to }},\n"),
]
READING = {
    *(
        "status",
        "due",
        "waiting",
        "search",
        "timeline",
        "show",
        "history",
        "paths",
        "tour",
        "profile show",
        "meeting prep",
        "mentor panel",
        "advice",
        "meeting recap",
        "letter list",
        "mentor agreement",
        "letter packet",
        "help",
    ),
    *("goal list", "goal check", "task list", "task owed", "task load", "meeting list", "note list", "mentor list"),
    "mentee list",
    *("mentor lessons", "mentor lineage"),
    *("review list", "review due", "review diff", "export markdown", "export csv", "export pack", "export cv"),
    *("export html", "export ics", "export json", "help"),
    *("template list", "template show", "template check"),
    *("backup make", "backup verify", "backup restore", "backup list"),
    "sync",  # its faults are in tests of its own: there are two journals and a remote
    *("config list", "config get", "config set", "config unset"),
    *("key show", "key export", "key import", "key new", "key add-recipient"),
}
"""The commands that change nothing in the journal."""
WIDEST = ("review", "meeting log", "import json", "undo", "mentor end")
SHAPES = (
    *("goal add", "goal progress", "task done", "meeting log", "review", "mentor end", "profile set", "import json"),
    *("edit", "delete", "undo", "undo --no", "redo", "init"),
)
"""One command of each shape of a change: one record or several, new, changed or gone, the profile, the log."""
BY_NAME = {flow.name: flow for flow in FLOWS}
