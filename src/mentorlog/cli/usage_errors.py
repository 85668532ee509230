"""What Typer refuses, in our words: by the class of its exception and its data, not its text."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

import typer

from mentorlog.cli import help
from mentorlog.errors import BadValue, MentorlogError, Usage

_TEXTS = ("TITLE", "TEXT", "NAME", "NOTES", "KEY=VALUE", "AREA")
"""Arguments that hold text, which may begin with a hyphen."""


def as_error(refusal: Any, arguments: Sequence[str]) -> MentorlogError:
    """Return a refusal of Typer as an error of ours; the arguments are all that was typed."""
    ctx, param = refusal.ctx, getattr(refusal, "param", None)
    see = f"see: {ctx.command_path} --help"
    match type(refusal).__name__:
        case "NoSuchOption":
            return _no_such_option(refusal.option_name, ctx, arguments)
        case "BadOptionUsage":
            flags = {spelling for one in ctx.command.params if getattr(one, "is_flag", False) for spelling in one.opts}
            takes = "takes no value" if refusal.option_name in flags else "needs a value"
            return Usage(f"{refusal.option_name} {takes}.", see)
        case "MissingParameter":
            return Usage(f"{help.name(param).removesuffix('...')} is missing.", f"write: {help.usage(ctx)}")
        case "BadParameter":
            # Every other value is a text to Typer, so that what it refuses is a number.
            name, low = help.name(param), getattr(getattr(param, "type", param), "min", None)
            return BadValue(name, f"{name} is a whole number{'' if low is None else f', {low} or more'}.", see)
    return Usage(f"{refusal.format_message().rstrip('.')}.", see)


def unexpected(rest: Sequence[str], ctx: typer.Context) -> Usage:
    """Return the error for arguments that the command does not take."""
    sentence = f"Unexpected argument{'' if len(rest) == 1 else 's'}: {' '.join(rest)}."
    return Usage(sentence, f"put quotes around words that belong together; see: {ctx.command_path} --help")


def _no_such_option(option: str, ctx: Any, arguments: Sequence[str]) -> Usage:
    sentence = f"There is no option {option}."
    known = {name.lstrip("-"): name for param in ctx.command.params for name in param.opts if name.startswith("-")}
    if near := get_close_matches(option.lstrip("-"), known, 1):
        corrected = [_replaced(argument, option, known[near[0]]) for argument in arguments]
        return Usage(sentence, f"try: {shlex.join(['mentorlog', *corrected])}")
    arguments = [help.name(param) for param in ctx.command.params if param.param_type_name == "argument"]
    if option[1:2] != "-" and any(text in name for name in arguments for text in _TEXTS):
        sentence = sentence if option[1:2].isalnum() else "A text that begins with - is taken for an option."
        return Usage(sentence, f"put -- before a text that begins with -: {ctx.command_path} … -- TEXT")
    return Usage(sentence, f"see: {ctx.command_path} --help")


def _replaced(argument: str, option: str, by: str) -> str:
    name, equals, value = argument.partition("=")
    return f"{by}{equals}{value}" if name == option else argument
