"""Typer's usage errors in our words, by the class and attributes of the exception, not its text."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

import typer

from mentorlog.cli import help
from mentorlog.errors import MentorlogError, Usage

_TEXTS = ("TITLE", "TEXT", "NAME", "NOTES", "KEY=VALUE", "AREA")
"""Arguments that take text, which may begin with a hyphen."""

_NUMBERS = ("N", "PROGRESS", "RATING")
"""Arguments that take a number."""


def as_error(refusal: Any, arguments: Sequence[str]) -> MentorlogError:
    """Return one of Typer's errors as one of ours; `arguments` is the whole command line."""
    ctx, param = refusal.ctx, getattr(refusal, "param", None)
    see = f"see: {ctx.command_path} --help"
    match type(refusal).__name__:
        case "NoSuchOption":
            return _bad_number(ctx, arguments) or _no_such_option(refusal.option_name, ctx, arguments)
        case "BadOptionUsage":
            flags = {spelling for one in ctx.command.params if getattr(one, "is_flag", False) for spelling in one.opts}
            takes = "takes no value" if refusal.option_name in flags else "needs a value"
            return Usage(f"{refusal.option_name} {takes}.", see)
        case "MissingParameter":
            return Usage(f"Missing argument: {help.name(param).removesuffix('...')}.", f"usage: {help.usage(ctx)}")
    return Usage(f"{refusal.format_message().rstrip('.')}.", see)


def unexpected(rest: Sequence[str], ctx: typer.Context) -> Usage:
    """Return the error for unexpected arguments."""
    sentence = f"Unexpected argument{'' if len(rest) == 1 else 's'}: {' '.join(rest)}."
    return Usage(sentence, f"quote text that contains spaces; see: {ctx.command_path} --help")


def _bad_number(ctx: Any, arguments: Sequence[str]) -> MentorlogError | None:
    """Return the error of an argument that takes a number, for `undo -1`: a bad value, not an option."""
    given = next((one for one in arguments if one[:1] == "-" and one[1:2].isdigit()), None)
    param = next((one for one in ctx.command.params if help.name(one) in _NUMBERS), None)
    if given is None or param is None:
        return None
    try:
        param.process_value(ctx, given)
    except MentorlogError as error:
        return error
    return None


def _no_such_option(option: str, ctx: Any, arguments: Sequence[str]) -> Usage:
    sentence = f"Unknown option: {option}."
    known = {name.lstrip("-"): name for param in ctx.command.params for name in param.opts if name.startswith("-")}
    word = option.lstrip("-")
    if near := get_close_matches(word, known, 1) if word[1:] else []:  # one letter resembles nothing
        corrected = [_replaced(argument, option, known[near[0]]) for argument in arguments]
        return Usage(sentence, f"did you mean: {shlex.join(['mentorlog', *corrected])}")
    names = [help.name(param) for param in ctx.command.params if param.param_type_name == "argument"]
    if option[1:2] != "-" and any(text in name for name in names for text in _TEXTS):
        sentence = sentence if option[1:2].isalnum() else "Text that begins with - is read as an option."
        at = next((at for at, one in enumerate(arguments) if one.startswith(option)), len(arguments))
        options, texts = _parted(arguments[at + 1 :], ctx)
        escaped = shlex.join(["mentorlog", *arguments[:at], *options, "--", *arguments[at : at + 1], *texts])
        return Usage(sentence, f"put -- before text that begins with -: {escaped}")
    return Usage(sentence, f"see: {ctx.command_path} --help")


def _parted(rest: Sequence[str], ctx: Any) -> tuple[list[str], list[str]]:
    """Return the known options with their values, and the other arguments: after -- every word is an argument."""
    flags = {spelling: getattr(one, "is_flag", False) for one in ctx.command.params for spelling in one.opts}
    options, others = list[str](), list[str]()
    words = iter(rest)
    for word in words:
        spelling, equals, _ = word.partition("=")
        if word == "--" or not word.startswith("-") or spelling not in flags:
            others += [word] if word != "--" else []
            continue
        options.append(word)
        if not equals and not flags[spelling]:
            options += [value for value in [next(words, None)] if value is not None]
    return options, others


def _replaced(argument: str, option: str, by: str) -> str:
    name, equals, value = argument.partition("=")
    return f"{by}{equals}{value}" if name == option else argument
