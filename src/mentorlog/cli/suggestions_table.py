"""The words of other tools, and what they mean here."""

from __future__ import annotations

SYNONYMS = (
    "list ls all",
    "add new create make write jot",
    "plan schedule book",
    "show view cat open get info display print read",
    "revise refine update change alter",
    "edit set modify update change alter",
    "delete rm remove del erase destroy",
    "done complete finish finished close closed achieve achieved reach answer answered do",
    "reopen resume restart continue undone",
    "start begin doing activate",
    "drop cancel abandon",
    "defer move postpone snooze delay reschedule",
    "pause stop hold",
    "tell inform",
    "share publish visibility hide unhide unshare",
    "submit send submitted",
    "return returned",
    "missed miss",
    "annotate append comment",
    "status summary dashboard report today overview st",
    "due agenda overdue next reminders",
    "waiting waits pending blocked delegated",
    "prep prepare agenda",
    "log meet met held record",
    "history blame",
    "resolve conflict conflicts choose",
    "undo revert rollback",
    "owed owe owes",
    "panel map matrix coverage",
    "advice opinions advise",
    "expect expectations",
    "diff compare",
    "search find grep query",
    "timeline calendar recent",
    "paths path where",
    "doctor verify validate fsck check",
    "lint deidentify anonymize redact phi",
    "tour demo tutorial sample",
    "init setup",
    "help man manual",
    "ask question",
    "markdown md text",
    "csv tsv spreadsheet excel xlsx",
    "sync push pull fetch synchronize synchronise remote",
    *("archive", "commit", "end"),  # not misspelled
)
"""Words for one thing. A word means the first of its line that is a verb of the noun, or a root verb."""

PATTERNS = {
    "annotate": "edit {} --notes",
    "log": "history",
    "letter done": "letter received",
    "letter add": "letter ask",
    **{f"letter {verb}": verb for verb in ("show", "edit", "delete")},
    "letter reopen": "task reopen",
    "mentor done": "mentor end",
    "mentor ask": "ask",
    "mentor log": "meeting log",
    "mentor plan": "meeting plan",
    "mentor prep": "meeting prep",
    "meeting add": "meeting plan",
    "meeting done": "set {} status=held | meeting log",
    "meeting reopen": "set {} status=planned",
    "meeting agenda": "show {} | meeting prep",
    "meeting missed": "meeting cancel --missed",
    "review add": "review",
    "review start": "review",
    "review reopen": "edit {}",
    "review resume": "review --resume",
    "profile delete": "profile set --clear",
}
"""What a word means after a noun, or after any; {} is an id, without which what follows | applies, if anything."""

MENTEES = {
    **dict.fromkeys(("mentee goal", "mentee goals"), "goal list --whose"),
    **dict.fromkeys(("mentee task", "mentee tasks"), "task list --owner"),
}
"""What a word means after `mentee` only; everything else of a mentor works on a mentee too."""

PHRASES = {
    "meeting log | history": "log",
    "mentor list": "contact contacts people person",
    "task list": "todo todos promise promises",
    "profile show": "me whoami",
    "profile assess": "assess rate",
    "review": "reassess",
    "note add": "write jot reflect journal jrnl",
    "note add --kind {}": "reflection feedback decision",
    "backup restore": "restore",
    "init --help": "clone",
    "export json": "dump",
    "import json": "load",
    "config list": "settings preferences configuration",
    "--version": "version",
}
"""Commands for words without a noun; {} is the word."""

_ANY = 99
ARGUMENTS = {
    **dict.fromkeys(
        ("list", "undo", "status", "due", "sync", "key new", "doctor", "paths", "tour", "review", "profile show"),
        (0, 0),
    ),
    **dict.fromkeys(("edit profile", "--resume", "--version", "--help"), (0, 0)),
    **dict.fromkeys(("add", "help", "init", "export markdown", "export json"), (0, _ANY)),
    **dict.fromkeys(("show", "edit", "delete"), (1, 1)),
    **dict.fromkeys(("ask", "assess", "defer", "diff", "move", "revise", "set", "tell"), (2, _ANY)),
    "history": (0, 1),
    "backup list": (1, 1),
    "backup restore": (2, 2),
    "": (1, _ANY),
}
"""How many arguments a command takes, by its words or the last of them: at least, and at most."""
