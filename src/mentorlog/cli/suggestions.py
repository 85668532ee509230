"""Words that other tools use, and what to type here instead."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches

from mentorlog import ids, vocabulary
from mentorlog.errors import Usage

Words = list[str]
_Answer = str | Callable[[Words], str | None]

_ADDED = {*vocabulary.RECORD_KINDS} - {"meeting", "review"}
_TAKES_NOUN = ("list", "ls", "all", "add", "new", "create")


def _singular(word: str) -> str | None:
    singular = word.lower().removesuffix("s")
    return singular if singular in vocabulary.RECORD_KINDS else None


def _listing(rest: Words) -> str | None:
    if rest and (noun := _singular(rest[0])):
        return f"{noun} list"
    return None if rest else "goal list"


def _adding(rest: Words) -> str | None:
    noun = _singular(rest[0]) if rest else None
    if noun == "meeting":
        return "meeting plan"
    return f"{noun} add" if noun else "task add"


def _changing(rest: Words) -> str:
    return "set" if any("=" in word for word in rest[1:]) else "edit"


def _logging(rest: Words) -> str:
    return "meeting log" if rest else "history"


def _helping(rest: Words) -> str:
    return " ".join([*rest, "--help"])


def _same(words: str, answer: _Answer) -> dict[str, _Answer]:
    return dict.fromkeys(words.split(), answer)


# What any record answers to, whatever its noun.
_ANY: dict[str, _Answer] = {
    **_same("show view cat open get info display print read", "show"),
    **_same("edit modify", "edit"),
    **_same("set", "set"),
    **_same("update change alter", _changing),
    **_same("delete rm remove del erase", "delete"),
    **_same("history blame", "history"),
    **_same("undo revert", "undo"),
}

_ROOT: dict[str, _Answer] = {
    **_ANY,
    **_same("list ls all", _listing),
    **_same("add new create", _adding),
    **_same("log", _logging),
    **_same("help man", _helping),
    **_same("version", "--version"),
    **_same("done complete finish close do check", "task done"),
    **_same("start begin", "task start"),
    **_same("submit", "task submit"),
    **_same("defer postpone snooze", "task defer"),
    **_same("todo todos promise promises", "task list"),
    **_same("owed owe owes", "task owed"),
    **_same("prep prepare", "meeting prep"),
    **_same("plan schedule", "meeting plan"),
    **_same("met meet", "meeting log"),
    **_same("cancel", "meeting cancel"),
    **_same("move reschedule", "meeting move"),
    **_same("achieve achieved", "goal achieve"),
    **_same("progress", "goal progress"),
    **_same("revise refine", "goal revise"),
    **_same("tell share", "goal tell"),
    **_same("drop", "goal drop"),
    **_same("resume", "goal resume"),
    **_same("invite", "mentor invite"),
    **_same("scout", "mentor scout"),
    **_same("fit", "mentor fit"),
    **_same("expect", "mentor expect"),
    **_same("cadence", "mentor cadence"),
    **_same("activate", "mentor activate"),
    **_same("pause", "mentor pause"),
    **_same("end", "mentor end"),
    **_same("contact contacts person people", "mentor list"),
    **_same("write jot reflect journal", "note add"),
    **_same("question", "ask"),
    **_same("win", "note add --kind win"),
    **_same("advice", "note add --kind advice"),
    **_same("feedback", "note add --kind feedback"),
    **_same("reflection", "note add --kind reflection"),
    **_same("assess", "profile assess"),
    **_same("reassess", "review"),
    **_same("me whoami", "profile show"),
    **_same("find grep query", "search"),
    **_same("agenda overdue next reminders", "due"),
    **_same("summary dashboard report today overview", "status"),
    **_same("calendar recent", "timeline"),
    **_same("where path config", "paths"),
    **_same("verify validate lint fsck", "doctor"),
    **_same("demo tutorial sample", "tour"),
    **_same("setup", "init"),
    **_same("backup dump", "export json"),
    **_same("restore load", "import json"),
    **_same("markdown", "export markdown"),
}

_GENERAL: dict[str, _Answer] = {
    **_ANY,
    **_same("ls all", "{noun} list"),
    **_same("new create make", "{noun} add"),
    **_same("find search grep", "search --in {noun}"),
    **_same("log", "history"),
}

_BY_NOUN: Mapping[str, dict[str, _Answer]] = {
    "goal": {
        **_same("done complete finish close achieved reach", "goal achieve"),
        **_same("cancel abandon", "goal drop"),
        **_same("reopen restart continue", "goal resume"),
        **_same("stop hold", "goal pause"),
        **_same("share", "goal tell"),
        **_same("update change alter refine", "goal revise"),
    },
    "task": {
        **_same("complete finish close check do", "task done"),
        **_same("cancel abandon", "task drop"),
        **_same("begin doing", "task start"),
        **_same("snooze postpone delay move reschedule", "task defer"),
        **_same("send submitted", "task submit"),
        **_same("undo undone resume", "task reopen"),
        **_same("owe owes", "task owed"),
    },
    "mentor": {
        **_same("stop finish close", "mentor end"),
        **_same("start resume reopen", "mentor activate"),
        **_same("ask", "ask"),
        **_same("meet met", "meeting log"),
        **_same("prep prepare", "meeting prep"),
        **_same("expectations", "mentor expect"),
    },
    "meeting": {
        **_same("add new create make schedule book", "meeting plan"),
        **_same("done held record hold complete", "meeting log"),
        **_same("reschedule postpone defer delay", "meeting move"),
        **_same("missed miss", "meeting cancel --missed"),
        **_same("drop", "meeting cancel"),
        **_same("prepare agenda", "meeting prep"),
    },
    "note": {
        **_same("write jot", "note add"),
        **_same("done answer answered resolve complete finish", "note close"),
        **_same("share", "note tell"),
    },
    "review": {
        **_same("add new create make start run do begin", "review"),
        **_same("continue", "review --resume"),
        **_same("compare", "review diff"),
        **_same("next", "review due"),
    },
    "profile": {
        **_same("list get view cat ls", "profile show"),
        **_same("edit update change modify", "profile set"),
        **_same("rate", "profile assess"),
    },
    "export": _same("md text", "export markdown"),
}


def instead(args: Sequence[str], noun: str | None, known: Sequence[str] = ()) -> str | None:
    """Return the command (without the program) to type for words that are none; None where nobody can tell."""
    word, rest = args[0].lower(), list(args[1:])
    if word != args[0] and word in known:  # only its letters are of another case
        return " ".join([*([noun] if noun else []), word, *map(shlex.quote, rest)])
    if noun is None and (whole := _plural(word, rest)):
        return whole
    command = _under(noun, word, rest) if noun else _told(_ROOT.get(word), rest)
    if command is None and (near := get_close_matches(word, known, 1, 0.7)):
        command = f"{noun} {near[0]}" if noun else near[0]
    if command is None and noun:
        command, rest = _without_verb(noun, args), list(args)
    elif command and noun is None and word in _TAKES_NOUN and rest and _singular(rest[0]):
        rest = rest[1:]
    elif word in ("help", "man") and noun is None:
        rest = []
    return None if command is None else " ".join([command, *map(shlex.quote, rest)])


def unknown_word(args: Sequence[str], noun: str | None, known: Sequence[str], journal: str | None) -> Usage:
    """Return the usage error for a command that does not exist; its hint is the whole command to type instead."""
    start = "mentorlog" if journal is None else f"mentorlog --journal {shlex.quote(journal)}"
    said = f"{noun} {args[0]}" if noun else args[0]
    if command := instead(args, noun, known):
        return Usage(f"There is no command {said!r}.", f"{start} {command}")
    return Usage(f"There is no command {said!r}.", f"see: mentorlog {noun} --help" if noun else "see: mentorlog --help")


def _told(answer: _Answer | None, rest: Words) -> str | None:
    return answer(rest) if callable(answer) else answer


def _plural(word: str, rest: Words) -> str | None:
    """A noun in the plural is its list; with a verb behind it the verb, in our words."""
    singular = None if word in _ROOT else _singular(word)
    if singular is None:
        return None
    if not rest or rest[0].startswith("-"):
        return " ".join([f"{singular} list", *map(shlex.quote, rest)])
    return instead(rest, singular) or " ".join([singular, *map(shlex.quote, rest)])


def _under(noun: str, word: str, rest: Words) -> str | None:
    general = {} if noun in ("profile", "export", "import") else _GENERAL
    told = _told(_BY_NOUN.get(noun, {}).get(word) or general.get(word), rest)
    return told.format(noun=noun) if told else None


def _without_verb(noun: str, args: Sequence[str]) -> str | None:
    """A noun and no verb at all: an id or a person is shown, a sentence is added."""
    word = args[0]
    is_id = len(word) == 5 and word.isalnum() and word[0] == ids.LETTERS.get(noun)
    if is_id or (noun == "mentor" and len(args) == 1 and word.isidentifier()):
        return "show"
    if noun == "meeting" and len(args) == 1 and word.isidentifier():
        return "meeting prep"
    return f"{noun} add" if noun in _ADDED and " " in word else None
