"""Words of other tools, and the commands that do here what they do there.

The keys hold words; a value is the command to type, in which {word} is the word and {noun} the noun before it. A value
in capitals depends on what follows the word: cli/suggestions says how.
"""

from __future__ import annotations

ANY = {
    "show view cat open get info display print read": "show",
    "edit modify": "edit",
    "set": "set",
    "update change alter": "CHANGE",
    "delete rm remove del erase": "delete",
    "history blame": "history",
    "undo revert": "undo",
}
"""What any record answers to, with a noun and without."""

ROOT = {
    "list ls all": "LIST",
    "add new create": "ADD",
    "log": "LOG",
    "man manual": "help",
    "version": "--version",
    "done complete finish close do check": "task done",
    "begin": "task start",
    "postpone snooze": "task defer",
    "start submit defer": "task {word}",
    "todo todos promise promises": "task list",
    "owed owe owes": "task owed",
    "prepare": "meeting prep",
    "schedule": "meeting plan",
    "met meet": "meeting log",
    "reschedule": "meeting move",
    "prep plan cancel move": "meeting {word}",
    "achieved": "goal achieve",
    "refine": "goal revise",
    "share": "goal tell",
    "achieve progress revise tell drop resume": "goal {word}",
    "scout invite activate pause end fit expect cadence": "mentor {word}",
    "contact contacts person people": "mentor list",
    "write jot reflect journal": "note add",
    "question": "ask",
    "reflection advice feedback win": "note add --kind {word}",
    "assess": "profile assess",
    "reassess": "review",
    "me whoami": "profile show",
    "find grep query": "search",
    "agenda overdue next reminders": "due",
    "summary dashboard report today overview": "status",
    "calendar recent": "timeline",
    "where path config": "paths",
    "verify validate lint fsck": "doctor",
    "demo tutorial sample": "tour",
    "setup": "init",
    "backup dump": "export json",
    "restore load": "import json",
    "markdown": "export markdown",
}
"""Words without a noun."""

NOUN = {
    "ls all": "{noun} list",
    "new create make": "{noun} add",
    "find search grep": "search --in {noun}",
    "log": "history",
    "help man": "{noun} --help",
}
"""Words behind any kind of record."""

BY_NOUN = {
    "goal": {
        "done complete finish close achieved reach": "goal achieve",
        "cancel abandon": "goal drop",
        "reopen restart continue": "goal resume",
        "stop hold": "goal pause",
        "share": "goal tell",
        "update change alter refine": "goal revise",
    },
    "task": {
        "complete finish close check do": "task done",
        "cancel abandon": "task drop",
        "begin doing": "task start",
        "snooze postpone delay move reschedule": "task defer",
        "send submitted": "task submit",
        "undo undone resume": "task reopen",
        "owe owes": "task owed",
    },
    "mentor": {
        "stop finish close": "mentor end",
        "start resume reopen": "mentor activate",
        "ask": "ask",
        "meet met": "meeting log",
        "prep prepare": "meeting prep",
        "expectations": "mentor expect",
    },
    "meeting": {
        "add new create make schedule book": "meeting plan",
        "done held record hold complete": "meeting log",
        "reschedule postpone defer delay": "meeting move",
        "missed miss": "meeting cancel --missed",
        "drop": "meeting cancel",
        "prepare agenda": "meeting prep",
    },
    "note": {
        "write jot": "note add",
        "done answer answered resolve complete finish": "note close",
        "share": "note tell",
    },
    "review": {
        "add new create make start run do begin": "review",
        "continue": "review --resume",
        "compare": "review diff",
        "next": "review due",
    },
    "profile": {
        "list get view cat ls": "profile show",
        "edit update change modify": "profile set",
        "rate": "profile assess",
    },
    "export": {"md text": "export markdown"},
}
"""Words behind one noun; they come before those behind any."""
