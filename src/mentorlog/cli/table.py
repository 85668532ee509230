"""Every command and its help line, so that help, suggestions and completion import no command.

A root verb is in `commands/<verb>.py`, the verb of a noun in `commands/<noun>/<verb>.py`; its function is `run`.
"""

from __future__ import annotations

from mentorlog import vocabulary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_LOOP = "The loop"
_DAILY = "Every day"
_RECORDS = "Any record"
_JOURNAL = "The journal"

NOUNS = (*vocabulary.RECORD_KINDS, "mentee")
"""The nouns whose verbs are about a record; a mentee is a record of kind mentor."""

COMMANDS: dict[str, tuple[str, str]] = {
    "goal": (_LOOP, "Set goals and track progress"),
    "mentor": (_LOOP, "Manage mentors, from first contact to the end"),
    "mentee": (_LOOP, "Add and list those whom you mentor"),
    "meeting": (_LOOP, "Plan, prepare and log meetings"),
    "task": (_LOOP, "Track what you owe and what you are owed"),
    "letter": (_LOOP, "Ask for letters of recommendation and follow them up"),
    "note": (_LOOP, "Save reflections, questions, advice, feedback and wins"),
    "review": (_LOOP, "Reassess and refine goals, tasks and mentorships"),
    "status": (_DAILY, "Show what matters now (the default command)"),
    "due": (_DAILY, "List what is due"),
    "waiting": (_DAILY, "List what waits for others, the longest first"),
    "ask": (_DAILY, "Save a question for the next meeting with a mentor"),
    "win": (_DAILY, "Save a win, with its place in your CV"),
    "advice": (_DAILY, "Show who advised what, and what came of it"),
    "search": (_DAILY, "Search all records"),
    "timeline": (_DAILY, "Show what happened, day by day"),
    "show": (_RECORDS, "Show a record"),
    "edit": (_RECORDS, "Edit a record in your editor"),
    "set": (_RECORDS, "Set or clear fields of a record"),
    "share": (_RECORDS, "Set who may see records in exports"),
    "delete": (_RECORDS, "Delete a record"),
    "forget": (_RECORDS, "Permanently erase a record and its history"),
    "history": (_RECORDS, "Show the change history"),
    "resolve": (_RECORDS, "Choose between what two machines wrote"),
    "undo": (_RECORDS, "Undo the last change"),
    "redo": (_RECORDS, "Redo the last undone change"),
    "init": (_JOURNAL, "Create or select a journal"),
    "profile": (_JOURNAL, "Show or edit your profile"),
    "tour": (_JOURNAL, "Take a tour of a sample journal"),
    "export": (_JOURNAL, "Export reports, packets, tables, a CV or a calendar"),
    "lint": (_JOURNAL, "Find what may identify a patient"),
    "import": (_JOURNAL, "Import records from other programs, or from JSON"),
    "template": (_JOURNAL, "Show and edit the templates of texts, such as a recap"),
    "backup": (_JOURNAL, "Make, verify and restore backups of the journal"),
    "sync": (_JOURNAL, "Exchange changes with your other machines"),
    "key": (_JOURNAL, "Show, export and import the key of an encrypted remote"),
    "config": (_JOURNAL, "Show and change your settings"),
    "paths": (_JOURNAL, "Show where mentorlog stores its files"),
    "doctor": (_JOURNAL, "Check the journal for problems"),
    "help": (_JOURNAL, "Show the manual, or help on a command"),
}
"""The root verbs and the nouns, each with its help panel and help line."""

VERBS: dict[str, dict[str, str]] = {
    "goal": {
        "add": "Add a goal",
        "list": "List open goals, nearest date first",
        "tell": "Record that you told a mentor about a goal",
        "progress": "Record progress: a percentage, a count or a comment",
        "revise": "Revise a goal and record the reason",
        "check": "Show what is vague in a goal, or in all active goals",
        "pause": "Pause a goal, with a reason",
        "resume": "Resume a paused or closed goal",
        "achieve": "Mark a goal as achieved or partly achieved",
        "drop": "Drop a goal, with a reason",
    },
    "mentor": {
        "add": "Add a current mentor",
        "list": "List mentors by next meeting",
        "panel": "Show what you need against the mentors you have",
        "scout": "Add a prospective mentor",
        "invite": "Record that you asked someone, or their answer",
        "activate": "Start or resume a mentorship",
        "pause": "Pause a mentorship; no meetings fall due until it resumes",
        "end": "End a mentorship and hand over open goals",
        "lessons": "Show what ended mentorships taught you, by kind",
        "lineage": "Show who helped you and who led to whom",
        "fit": "Record whether a mentorship works for you",
        "expect": "Record what you expect of each other",
        "cadence": "Set how often, how and for how long to meet",
        "agree": "Record that you and a mentor agree on the terms",
        "agreement": "Show what you and a mentor expect of each other",
    },
    "mentee": {
        "add": "Add someone whom you mentor",
        "list": "List mentees by next meeting",
    },
    "meeting": {
        "plan": "Plan a meeting with one or more mentors",
        "log": "Log a meeting that took place",
        "after": "Record what came of what you had prepared",
        "list": "List planned and held meetings, newest first",
        "move": "Move a planned meeting to another date",
        "cancel": "Cancel a planned meeting, or record that it was missed",
        "prep": "Show what to prepare for a meeting with a mentor",
        "recap": "Write a recap of a meeting for the mentors who were there",
    },
    "task": {
        "add": "Add a task of yours, of a mentor or of a mentee",
        "list": "List tasks by due date",
        "owed": "Show what you owe and what you are owed, by mentor",
        "load": "Show how much open work you have, by mentor and week",
        "start": "Start working on tasks",
        "wait": "Mark tasks as waiting for someone or something",
        "submit": "Mark a task as submitted",
        "return": "Record that a submitted task came back",
        "done": "Mark tasks as done",
        "drop": "Drop tasks, with a reason",
        "reopen": "Reopen done or dropped tasks",
        "defer": "Defer a task to another date",
    },
    "letter": {
        "ask": "Ask a mentor for a letter, or plan to",
        "list": "List open letters by due date",
        "agreed": "Record that a mentor agreed to write a letter",
        "declined": "Record that a mentor declined to write a letter",
        "packet": "Write the packet for the writer of a letter",
        "remind": "Record that you reminded the writer of a letter",
        "received": "Record that a letter was received or sent off",
    },
    "note": {
        "add": "Add a note: a reflection, question, advice, feedback, win …",
        "list": "List notes, newest first",
        "close": "Close an open note and record the outcome",
        "reopen": "Reopen a closed note",
        "tell": "Record that you told a mentor about a note",
    },
    "review": {
        "list": "List reviews, newest first",
        "due": "Show when the next review is due, and why",
        "diff": "Compare two reviews",
    },
    "profile": {
        "show": "Show your profile",
        "set": "Set or clear fields of your profile",
        "assess": "Rate yourself in an area, from 1 to 5",
        "block": "Add, change or remove a rotation",
        "stage": "Record a new stage of your career or year of training",
    },
    "export": {
        "markdown": "Export the journal as one Markdown document",
        "html": "Export a report with pictures as one web page",
        "pack": "Export a packet for a review with the program",
        "csv": "Export a table for a spreadsheet as CSV",
        "ics": "Export meetings and dates as a calendar (iCalendar)",
        "json": "Export everything as JSON",
        "cv": "Export your CV, from your wins and your profile",
    },
    "import": {
        "json": "Import a JSON export",
        "jrnl": "Import the entries of jrnl as notes",
        "taskwarrior": "Import tasks from Taskwarrior",
        "todotxt": "Import tasks from a todo.txt file",
        "csv": "Import rows of a spreadsheet",
        "ics": "Import meetings with mentors from a calendar (iCalendar)",
        "markdown": "Import meetings or notes from Markdown files",
    },
    "backup": {
        "make": "Write a backup of the journal, and read it back",
        "verify": "Check every byte of a backup",
        "restore": "Restore a backup into a new folder",
        "list": "List the backups in a folder",
    },
    "key": {
        "show": "Show the key of this journal and its recipients",
        "export": "Write the key to a file, with a passphrase",
        "import": "Use the key of another machine for this journal",
        "new": "Encrypt everything on the remote with a new key",
        "add-recipient": "Let a second key decrypt the remote, for recovery",
    },
    "config": {
        "list": "List your settings and what they mean",
        "get": "Print the value of a setting",
        "set": "Set a setting",
        "unset": "Use the default of a setting again",
    },
    "template": {
        "list": "List the templates",
        "show": "Show a template",
        "edit": "Edit a template in your editor",
        "check": "Check templates for errors",
    },
}
"""The verbs of each noun and their help lines, which are the first lines of their docstrings."""

DEFAULTS = {"review": "hold"}
"""The module that a noun runs when no verb follows; other nouns show their help."""

EXAMPLES = {
    "goal": 'goal add "Submit case report" --by "in 6 weeks"\ngoal list --drifting',
    "mentor": 'mentor add "William Osler" --every "4 weeks"\nmentor list',
    "mentee": 'mentee add "Emmy Noether" --every "4 weeks"\nmentee list',
    "meeting": 'meeting prep osler\nmeeting log osler "Chose the journal"',
    "task": 'task add "Revise your CV" --from osler --due fri\ntask owed',
    "letter": 'letter ask osler "Neuroradiology fellowship" --due "1 feb"\nletter list',
    "note": 'note add "Draw the differential first" --kind advice\nnote list --open',
    "profile": 'profile set name="Mary Blackwell" stage=resident\nprofile show',
    "export": "export html --for program -o report.html\nexport pack -o packet.md\nexport ics -o mentorship.ics",
    "import": "import taskwarrior tasks.json --dry-run\nimport json journal.json --dry-run",
    "config": "config list\nconfig set week_start sunday",
    "template": "template edit recap\ntemplate check",
    "backup": "backup make journal.tar --with-log\nbackup verify journal.tar",
    "key": "key export journal-key.age\nkey import journal-key.age",
}
"""The examples in the help of a noun, one per line."""

ALIASES = {
    "rm": "delete",
    "view": "show",
    "done": "NOUN done",
    "reopen": "NOUN reopen",
    "NOUN ls": "NOUN list",
    "NOUN rm": "delete",
    "NOUN delete": "delete",
    "NOUN view": "show",
    "NOUN show": "show",
    "NOUN edit": "edit",
    "NOUN share": "share",
    "goal done": "goal achieve",
    "goal reopen": "goal resume",
    "mentor reopen": "mentor activate",
    "note done": "note close",
    "config ls": "config list",
    "config show": "config list",
    "profile edit": "edit profile",
    "profile ls": "profile show",
    "profile view": "profile show",
}
"""Familiar words and the commands they stand for. NOUN is any kind of record, or for `done ID` the kind of the id."""


def expand(noun: str, args: Sequence[str]) -> list[str] | None:
    """Return the arguments with the alias they begin with replaced; None if they begin with none."""
    word, *rest = args
    command = ALIASES.get(f"{noun} {word}".lstrip()) or (ALIASES.get(f"NOUN {word}") if noun in NOUNS else None)
    if command and "NOUN" in command:
        kind = noun or kind_named(rest)
        command = command.replace("NOUN", kind) if kind else None
    return [*command.removeprefix(f"{noun} ").split(), *rest] if command else None


def kind_named(words: Sequence[str]) -> str | None:
    """Return the kind of the first word that looks like an id or a prefix of one; else mentor, for a slug."""
    from mentorlog.ids import kind_of

    kinds = (kind_of(f"{word.lower():2<5}") for word in words)
    is_slug = bool(words) and words[0][:1].isalpha() and " " not in words[0]
    return next(filter(None, kinds), "mentor" if is_slug else None)


def aliases(path: str) -> list[str]:
    """Return the aliases of a command: for `mentorlog goal achieve`, `done` and `goal done`."""
    command, found = path.removeprefix("mentorlog "), []
    noun = command.partition(" ")[0]
    for alias, target in ALIASES.items():
        if "NOUN" in target and noun in NOUNS:
            alias, target = alias.replace("NOUN", noun), target.replace("NOUN", noun)
        if command in (ALIASES.get(target), target.removesuffix(" profile")):
            found.append(alias)
    return found
