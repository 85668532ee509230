"""What to type instead of words that are no command here."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from mentorlog.cli.suggestions_table import ANY, BY_NOUN, NOUN, ROOT
from mentorlog.errors import Usage
from mentorlog.ids import LETTERS
from mentorlog.vocabulary import RECORD_KINDS

_ADDED = {*RECORD_KINDS} - {"meeting", "review"}

Command = tuple[str, list[str]]
"""A command, and the words behind it as they were typed."""


def unknown_command(args: Sequence[str], noun: str | None, known: Sequence[str], journal: str | None) -> Usage:
    """Return the usage error for an unknown command; its hint is the whole command to type instead."""
    sentence = f"There is no command {f'{noun} {args[0]}' if noun else args[0]!r}."
    if command := instead(args, noun, known):
        program = "mentorlog" if journal is None else f"mentorlog --journal {shlex.quote(journal)}"
        return Usage(sentence, f"try: {program} {command}")
    return Usage(sentence, f"see: mentorlog {noun} --help" if noun else "see: mentorlog --help")


def instead(args: Sequence[str], noun: str | None, known: Sequence[str] = ()) -> str | None:
    """Return the command (without the program) to type instead; None where nobody can tell."""
    word, rest = args[0].lower(), list(args[1:])
    answer: Command | None
    if word != args[0] and word in known:  # only its letters are of another case
        answer = f"{noun} {word}" if noun else word, rest
    elif noun is None:
        answer = _of_root(word, rest) or _alike(word, rest, None, known)
    else:
        tables = (BY_NOUN.get(noun, {}), *((NOUN, ANY) if noun in RECORD_KINDS else ()))
        answer = _look_up(word, rest, noun, *tables) or _alike(word, rest, noun, known) or _without_verb(noun, args)
    return None if answer is None else " ".join([answer[0], *map(shlex.quote, answer[1])])


def _of_root(word: str, rest: list[str]) -> Command | None:
    if command := _look_up(word, rest, None, ROOT, ANY):
        return command
    if (noun := _noun(word)) is None:
        return None
    if not rest or rest[0].startswith("-"):  # a noun in the plural is its list
        return f"{noun} list", rest
    suggestion = instead(rest, noun)
    return (suggestion, []) if suggestion else (noun, rest)


def _look_up(word: str, rest: list[str], noun: str | None, *tables: Mapping[str, str]) -> Command | None:
    """Return the command that the first table with the word has for it."""
    answers = (answer for table in tables for keys, answer in table.items() if word in keys.split())
    answer = next(answers, None)
    return _resolve(answer.format(word=word, noun=noun), rest) if answer else None


def _resolve(answer: str, rest: list[str]) -> Command | None:
    """Return the command of a table's answer, by what follows the word."""
    noun = _noun(rest[0]) if rest else None
    if answer == "CHANGE":
        return "set" if any("=" in word for word in rest[1:]) else "edit", rest
    if answer == "LOG":
        return "meeting log" if rest else "history", rest
    if answer == "LIST":
        return (f"{noun} list", rest[1:]) if noun else None if rest else ("goal list", [])
    if answer == "ADD":
        verb = "plan" if noun == "meeting" else "add"
        return (f"{noun} {verb}", rest[1:]) if noun else ("task add", rest)
    return answer, rest


def _noun(word: str) -> str | None:
    singular = word.lower().removesuffix("s")
    return singular if singular in RECORD_KINDS else None


def _alike(word: str, rest: list[str], noun: str | None, known: Sequence[str]) -> Command | None:
    near = get_close_matches(word, known, 1, 0.7)
    return (f"{noun} {near[0]}" if noun else near[0], rest) if near else None


def _without_verb(noun: str, args: Sequence[str]) -> Command | None:
    """Return the command for a noun without a verb: show an id or a person, add a sentence."""
    word = args[0]
    is_id = len(word) == 5 and word.isalnum() and word[0] == LETTERS.get(noun)
    if is_id or (noun == "mentor" and len(args) == 1 and word.isidentifier()):
        return "show", list(args)
    if noun == "meeting" and len(args) == 1 and word.isidentifier():
        return "meeting prep", list(args)
    return (f"{noun} add", list(args)) if noun in _ADDED and " " in word else None
