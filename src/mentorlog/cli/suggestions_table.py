"""Words of other tools, and the commands that do here what they do there.

The keys hold words; a value is the command to type, in which {noun} is the noun before the word. A value in capitals
depends on what follows the word: cli/suggestions says how.
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
    "help man": "HELP",
    "version": "--version",
    "done complete finish close do check": "task done",
    "start begin": "task start",
    "submit": "task submit",
    "defer postpone snooze": "task defer",
    "todo todos promise promises": "task list",
    "owed owe owes": "task owed",
    "prep prepare": "meeting prep",
    "plan schedule": "meeting plan",
    "met meet": "meeting log",
    "cancel": "meeting cancel",
    "move reschedule": "meeting move",
    "achieve achieved": "goal achieve",
    "progress": "goal progress",
    "revise refine": "goal revise",
    "tell share": "goal tell",
    "drop": "goal drop",
    "resume": "goal resume",
    "invite": "mentor invite",
    "scout": "mentor scout",
    "fit": "mentor fit",
    "expect": "mentor expect",
    "cadence": "mentor cadence",
    "activate": "mentor activate",
    "pause": "mentor pause",
    "end": "mentor end",
    "contact contacts person people": "mentor list",
    "write jot reflect journal": "note add",
    "question": "ask",
    "win": "note add --kind win",
    "advice": "note add --kind advice",
    "feedback": "note add --kind feedback",
    "reflection": "note add --kind reflection",
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
