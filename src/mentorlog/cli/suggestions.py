"""What to type instead of a word that is not a command: a word of another tool, or a misspelled one."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from difflib import get_close_matches

from mentorlog.cli.suggestions_table import ARGUMENTS, MENTEES, PATTERNS, PHRASES, SYNONYMS
from mentorlog.cli.table import ALIASES, COMMANDS, NOUNS, VERBS, kind_named
from mentorlog.errors import Usage


def unknown_command(args: Sequence[str], noun: str, journal: str | None) -> Usage:
    """Return the usage error for an unknown command, with the commands to type instead."""
    sentence = f"Unknown command {f'{noun} {args[0]}'.lstrip()!r}."
    program = "mentorlog" if journal is None else f"mentorlog --journal {shlex.quote(journal)}"
    commands = [f"{program} {command}" for command in suggest(args, noun)]
    if not commands:
        return Usage(sentence, f"see: mentorlog {noun}{' ' if noun else ''}--help")
    return Usage(sentence, f"did you mean{'' if len(commands) == 1 else ' one of'}: {', '.join(commands)}")


def suggest(args: Sequence[str], noun: str = "") -> list[str]:
    """Return the commands, without the program, that were probably meant; of a single one the whole line."""
    word, rest = args[0].lower(), list(args[1:])
    if not noun and (of := _noun(word)):  # the plural, or capitals
        is_list = not rest or rest[0].startswith("-")
        return suggest(["list", *rest] if is_list else rest, of)
    if not noun and rest and (of := _noun(rest[0])) and "help" not in _synonyms(word):  # list goals
        return suggest([word, *rest[1:]], of)
    if f"{noun} {word}" in MENTEES:
        return [_with_rest(MENTEES[f"{noun} {word}"], rest)]
    if noun == "mentee" and not (_verbs(noun, _synonyms(word)) or get_close_matches(word, VERBS[noun], 1, 0.7)):
        return suggest(args, "mentor")  # everything else of a mentor works on a mentee
    found = _of_noun(noun, word, rest) if noun else _of_root(word, rest)
    if not found and len(_synonyms(word)) == 1:
        near = get_close_matches(word, VERBS[noun] if noun else COMMANDS, 1, 0.7)
        found, rest = ([f"{noun} {near[0]}".lstrip()], rest) if near else (_without_verb(noun, args), list(args))
    return [_with_rest(command, rest if len(found) == 1 else ()) for command in found]


def _with_rest(command: str, rest: Sequence[str]) -> str:
    """Return a command with the arguments that were typed, as many as it takes; its help where it needs more."""
    if "{}" in command:
        return command.format(shlex.quote(rest[0]))
    least, most = next(ARGUMENTS[key] for key in (command, command.split()[-1], "") if key in ARGUMENTS)
    if sum(not word.startswith("-") for word in rest) < least:
        return f"{command.split(' --')[0]} --help"
    is_more = len(rest) > most and not rest[most].startswith("-")
    return " ".join([command, *map(shlex.quote, rest[:most] if is_more else rest)])


def _of_root(word: str, rest: Sequence[str]) -> list[str]:
    """Return what a word without a noun means: by the id that follows, else of any noun."""
    for commands, words in PHRASES.items():
        if word in words.split():
            return commands.format(word).split(" | ")
    nouns = [noun for noun in VERBS if noun not in ("profile", "mentee", "backup", "config")]
    names, kind = _synonyms(word), kind_named(rest[:1])
    root = [name for name in names if name in COMMANDS and name not in VERBS][:1]
    if kind and kind != "mentor":
        return _of_noun(kind, word, rest) or root
    exact = [command for noun in nouns for command in _verbs(noun, [word])]
    found = [*exact, *root] or [command for noun in nouns for command in _verbs(noun, names)]
    if kind and not root and "add" not in names:
        return _of_noun("mentor", word, rest) or [f"{command} --help" for command in found]
    return found


def _of_noun(noun: str, word: str, rest: Sequence[str]) -> list[str]:
    """Return what a word after a noun means: a pattern, a verb of the noun, or a root verb for any record."""
    names, is_record = _synonyms(word), noun in NOUNS
    has_id = bool(rest) and kind_named(rest[:1]) == noun
    for name in names:
        patterns = (PATTERNS.get(f"{noun} {name}") or (PATTERNS.get(name, "") if is_record else "")).split(" | ")
        if found := [pattern for pattern in patterns if pattern and (has_id or "{}" not in pattern)]:
            return found[:1]
    if "edit" in names:
        names = [name for name in names if name != "edit"] if any("=" in one for one in rest) else ["edit"]
    if "help" in names or ("search" in names and is_record):
        return [f"{noun} --help" if "help" in names else f"search --in={noun}"]
    any_record, _ = COMMANDS["show"]
    root = [name for name in names if is_record and COMMANDS.get(name, ("",))[0] == any_record]
    return _verbs(noun, names) or root[:1]


def _verbs(noun: str, names: Sequence[str]) -> list[str]:
    """Return the verb of a noun that comes first among the names or aliases."""
    found = (f"{noun} {name}" if name in VERBS[noun] else ALIASES.get(f"{noun} {name}") for name in names)
    return list(filter(None, found))[:1]


def _synonyms(word: str) -> list[str]:
    lines = (line.split() for line in SYNONYMS)
    return [word, *(name for line in lines if word in line for name in line)]


def _noun(word: str) -> str | None:
    singular = word.lower().removesuffix("s")
    return singular if singular in NOUNS else None


def _without_verb(noun: str, args: Sequence[str]) -> list[str]:
    """Return the command for a noun without a verb: show a record, prepare for a person, add a sentence."""
    kind = kind_named(args[:1])
    if kind and len(args) == 1:
        return ["show"] if kind == noun else ["meeting prep"] * ((noun, kind) == ("meeting", "mentor"))
    return [f"{noun} add"] if " " in args[0] and noun in NOUNS and "add" in VERBS[noun] else []
