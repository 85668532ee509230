"""Every command and its line in lists: help, suggestions and completion import no command.

A root verb stands in `commands/<verb>.py`, the verb of a noun in `commands/<noun>/<verb>.py`; its function is `run`.
"""

from __future__ import annotations

_LOOP = "The loop"
_DAILY = "Every day"
_RECORDS = "Any record"
_JOURNAL = "The journal"

COMMANDS: dict[str, tuple[str, str]] = {
    "goal": (_LOOP, "Set goals and follow them"),
    "mentor": (_LOOP, "Find mentors, agree with them, part from them"),
    "meeting": (_LOOP, "Plan, prepare and log meetings"),
    "task": (_LOOP, "Keep what is owed to you and by you"),
    "note": (_LOOP, "Keep reflections, questions, advice, feedback and wins"),
    "review": (_LOOP, "Reassess and refine: go through goals, tasks and mentors"),
    "status": (_DAILY, "Show what matters now (as mentorlog alone does)"),
    "due": (_DAILY, "List what is due"),
    "ask": (_DAILY, "Park a question for the next meeting with a mentor"),
    "search": (_DAILY, "Find words in everything"),
    "timeline": (_DAILY, "Show what happened, day by day"),
    "show": (_RECORDS, "Show a record"),
    "edit": (_RECORDS, "Edit a record in your editor"),
    "set": (_RECORDS, "Set or clear fields of a record"),
    "delete": (_RECORDS, "Delete a record"),
    "forget": (_RECORDS, "Remove a record and all its texts for good"),
    "history": (_RECORDS, "Show what was changed, of one record or of all"),
    "undo": (_RECORDS, "Take back the last changes"),
    "redo": (_RECORDS, "Do again what was taken back"),
    "init": (_JOURNAL, "Begin a journal, or choose one"),
    "profile": (_JOURNAL, "Show and change what is known about you"),
    "tour": (_JOURNAL, "Look at a sample year; nothing of yours is touched"),
    "export": (_JOURNAL, "Write the journal as Markdown or JSON"),
    "import": (_JOURNAL, "Read records from JSON"),
    "paths": (_JOURNAL, "Show where everything is"),
    "doctor": (_JOURNAL, "Check the journal"),
}
"""The root verbs and the nouns: the panel of each in the help, and its line."""

VERBS: dict[str, dict[str, str]] = {
    "goal": {
        "add": "Set a goal",
        "list": "List the goals that are open, the nearest date first",
        "tell": "Record that a mentor has been told of a goal",
        "progress": "Note how far a goal is: a percentage, words, or both",
        "revise": "Change what a goal says, and keep what it said and why it was changed",
        "pause": "Let a goal rest for a while, and say why",
        "resume": "Go on with a goal that was paused or closed",
        "achieve": "Close a goal that is reached, or partly reached",
        "drop": "Let a goal go, and say why",
    },
    "mentor": {
        "add": "Add a mentor whom you have already",
        "list": "List mentors by who is met next",
        "scout": "Note somebody whom you would like as a mentor",
        "invite": "Record that you asked somebody, and what they answered",
        "activate": "Begin or take up a mentorship",
        "pause": "Let a mentorship rest: no meeting is due meanwhile",
        "end": "End a mentorship, and hand over what is open",
        "fit": "Note whether a mentorship fits",
        "expect": "Note what you expect of each other",
        "cadence": "Agree how often to meet, how, and for how long",
    },
    "meeting": {
        "plan": "Plan a meeting with one or more mentors",
        "log": "Log a meeting that took place; it completes the one that was planned",
        "list": "List the meetings that are planned or were held, the newest first",
        "move": "Move a planned meeting to another day",
        "cancel": "Cancel a planned meeting, or note that somebody did not come",
        "prep": "Show what to prepare for the next meeting with a mentor, on one screen to look at or to print",
    },
    "task": {
        "add": "Add an assignment, or a promise",
        "list": "List tasks, the first due first",
        "owed": "Show what you owe and what you are owed, mentor by mentor",
        "start": "Begin to work on a task",
        "wait": "Let a task wait for somebody or something else",
        "submit": "Record that a task was handed in: a round of it is out until it is returned",
        "return": "Record that a task came back, with what was said of it; you go on with it",
        "done": "Record that tasks are done, or promises kept, with what came of them",
        "drop": "Give tasks up; a reason is kept",
        "reopen": "Take up again tasks that are done or dropped",
        "defer": "Put a task off to another day; the old day and the reason are kept",
    },
    "note": {
        "add": "Keep a note: a reflection, a question, advice, feedback, a win …",
        "list": "List notes, the newest first, each with the first line of its text",
        "close": "Close a question, advice, feedback or a change, with what came of it",
        "tell": "Record that a mentor has been told of a note: how their advice went, what was changed",
    },
    "review": {
        "list": "List reviews, the newest first",
        "due": "Say when the next review is due, and why",
        "diff": "Show how aims moved between two reviews: goals added, closed and revised, facts side by side, fits",
    },
    "profile": {
        "show": "Show what the journal knows of you",
        "set": "Set or clear what is known of you",
        "assess": "Rate yourself in an area, from 1 to 5, so that later ratings can be compared",
    },
    "export": {
        "markdown": "Write the journal as one Markdown document",
        "json": "Write everything as JSON, to keep or to import elsewhere",
    },
    "import": {
        "json": "Import what export json has written",
    },
}
"""The verbs of each noun and their lines: the first lines of their docstrings."""

DEFAULTS = {"review": "hold"}
"""The module that a noun runs where no verb follows; a noun that is not here shows its help."""

EXAMPLES = {
    "goal": 'goal add "Submit case report" --by "in 6 weeks"\ngoal list --drifting',
    "mentor": 'mentor add "William Osler" --every "4 weeks"\nmentor list',
    "meeting": 'meeting prep osler\nmeeting log osler "Chose the journal"',
    "task": 'task add "Revise your CV" --from osler --due fri\ntask owed',
    "note": 'note add "Draw the differential first" --kind advice\nnote list --open',
    "profile": 'profile set name="Mary Blackwell" stage=resident\nprofile show',
    "export": "export markdown -o journal.md\nexport json -o journal.json",
    "import": "import json journal.json --dry-run",
}
"""The examples in the help of a noun, one a line."""

ALIASES: dict[str, dict[str, str]] = {
    "": {"rm": "delete", "view": "show"},
    "goal": {"ls": "list", "share": "tell"},
    "mentor": {"ls": "list"},
    "meeting": {"ls": "list"},
    "task": {"ls": "list"},
    "note": {"ls": "list", "share": "tell"},
    "review": {"ls": "list"},
}
"""Other names for verbs, of a noun or of none; no help lists them."""
