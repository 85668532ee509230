"""The reply to a shell that completes a command line: what may follow, in the form that its script takes.

The first line is `words`, `nospace` (the word goes on), `files`, `folders`, or `replace`: words that do not begin with
what was typed. Each line after it is a word; zsh and fish get a tab and what they show beside it.
"""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, suppress
from typing import TYPE_CHECKING, Any

from mentorlog.candidates import Candidate
from mentorlog.cli import completion
from mentorlog.cli.groups import PROGRAM, Group, Root
from mentorlog.output import text

if TYPE_CHECKING:
    from mentorlog.app import App

VARIABLE = "_MENTORLOG_COMPLETE"
"""The environment variable with the shell that asks for completions."""
_FILES = ("FILE", "PATH", "FOLDER")
_MENUS = ("37", "42")
"""The values of COMP_TYPE with which bash inserts each line as it is."""


class Line:
    """A command line up to the cursor: its whole words, and the one that is completed, without quotes."""

    def __init__(self, typed: str, *, escapes_in_single: bool = False) -> None:
        self.words: list[str] = []
        self.start = ""
        self.quote = ""
        self.quoted_from = 0
        """Where in `start` an open quote begins."""
        is_word, signs = False, iter(typed)
        for sign in signs:
            escapes = self.quote != "'" or escapes_in_single
            if sign == "\\" and escapes:
                following = next(signs, "")
                kept = self.quote and following not in ('"', "'", "\\", "$", "`")
                self.start += sign + following if kept else following
                is_word = True
            elif sign == self.quote:
                self.quote = ""
            elif not self.quote and sign in "'\"":
                self.quote, self.quoted_from, is_word = sign, len(self.start), True
            elif not self.quote and sign.isspace():
                if is_word:
                    self.words.append(self.start)
                self.start, is_word = "", False
            else:
                self.start += sign
                is_word = True


def answer(app: App, arguments: Sequence[str]) -> int:
    """Reply to a shell that completes a command line; never fail, print an error or write a file."""
    shell = os.environ[VARIABLE]
    if shell not in completion.SHELLS or not arguments:
        return 0
    app.no_input = app.read_only = True
    with suppress(Exception), open(os.devnull, "w") as nowhere, redirect_stderr(nowhere):
        sys.stdout.write("".join(f"{line}\n" for line in to_shell(Root(), app, shell, arguments[0])))
    return 0


def to_shell(root: Root, app: App, shell: str, typed: str) -> list[str]:
    """Return the lines of the reply to a shell for a command line up to the cursor."""
    line = Line(typed, escapes_in_single=shell == "fish")
    offered = _offered(root, app, line.words[1:], line.start)
    if isinstance(offered, str):
        return [offered]
    lines = {"bash": _for_bash, "zsh": _for_zsh, "fish": _for_fish}[shell](offered, line)
    replaces = not all(_begins(one.value, line.start) for one in offered)
    goes_on = bool(offered) and all(one.value.endswith("=") for one in offered)
    return ["replace" if replaces else "nospace" if goes_on else "words", *lines]


def _offered(root: Root, app: App, words: list[str], start: str) -> list[Candidate] | str:
    """Return what may stand where a word begins with `start`; `files` or `folders` if the shell knows better."""
    ctx = _context(root, app, words)
    if start.startswith("-") and "--" not in words:
        spelling, equals, start = start.partition("=")
        if equals:
            found = _values(ctx, _option(ctx, spelling), start)
            if isinstance(found, str):
                return found
            before = spelling + equals
            return [Candidate(before + one.value, one.help, one.typed and before + one.typed) for one in found]
        if ctx.parent is None:
            ctx.command.params += completion.options(None)
        return _commands_or_options(ctx, spelling)
    option = _option(ctx, words[-1]) if words and words[-1].startswith("-") else None
    param = option or next((param for param in ctx.command.params if _takes_more(ctx, param)), None)
    if option is None and isinstance(ctx.command, Group) and not _rest(ctx):
        return _commands_or_options(ctx, start)
    return _values(ctx, param, start)


def _context(root: Root, app: App, words: list[str]) -> Any:
    """Return the context of the command that the words call; nothing is converted or run."""
    ctx: Any = root.make_context(PROGRAM, list(words), obj=app, resilient_parsing=True)
    while isinstance(ctx.command, Group) and (rest := _rest(ctx)):
        name, command, rest = ctx.command.resolve_command(ctx, rest)
        if command is None:
            break
        ctx = command.make_context(name, rest, parent=ctx, resilient_parsing=True)
    return ctx


def _rest(ctx: Any) -> list[str]:
    """Return the words that a group has not parsed."""
    return [*getattr(ctx, "_protected_args", ()), *ctx.args]


def _commands_or_options(ctx: Any, start: str) -> list[Candidate]:
    if start.startswith("-") or not isinstance(ctx.command, Group):
        return [Candidate(one.value, one.help or "") for one in ctx.command.shell_complete(ctx, start)]
    commands = ctx.command.commands.items()
    return [Candidate(name, command.help or "") for name, command in commands if name.startswith(start)]


def _option(ctx: Any, spelling: str) -> Any:
    """Return the option with this spelling if it takes a value."""
    known = (param for param in ctx.command.params if spelling in param.opts and not param.is_flag and not param.count)
    return next(known, None)


def _takes_more(ctx: Any, param: Any) -> bool:
    """Return whether a parameter is an argument that has no value yet, or takes several."""
    if param.param_type_name != "argument":
        return False
    source = ctx.get_parameter_source(param.name)
    return param.nargs == -1 or source is None or source.name != "COMMANDLINE"


def _values(ctx: Any, param: Any, start: str) -> list[Candidate] | str:
    """Return the values that an option or argument takes, as it was declared."""
    if param is None:
        return []
    complete = _completion(ctx.command, param.name)
    found: list[Candidate] = complete(ctx, start) if complete else []
    kinds = [kind for kind in _FILES if kind in (param.metavar or "")]
    if kinds and not found:
        return "folders" if kinds == ["FOLDER"] else "files"
    return found


def _completion(command: Any, name: str) -> Any:
    """Return the completion that commands/options.py declared for a parameter of a command's function."""
    run = inspect.unwrap(command.callback)
    default = inspect.signature(run).parameters.get(name)
    if default is None:  # a global option
        return None
    declared = [*getattr(default.annotation, "__metadata__", ()), default.default]
    return next((one.completion for one in declared if getattr(one, "completion", None)), None)


def _begins(value: str, start: str) -> bool:
    return value.lower().startswith(start.lower())


# The forms


def _shown(offered: Sequence[Candidate], values: Sequence[str]) -> list[str]:
    """Return each value with what helps to choose it, in columns, within the width of the terminal."""
    most, wide = _columns() - 1, max(map(text.width, values), default=0)
    pairs = zip(values, offered, strict=True)
    return [text.fit(f"{text.pad(value, wide)}  {one.help}", most) if one.help else value for value, one in pairs]


def _columns() -> int:
    told = os.environ.get("COLUMNS", "")
    return int(told) if told.isdigit() and 1 < int(told) < 10_000 else 80


def _for_bash(offered: Sequence[Candidate], line: Line) -> list[str]:
    """Return words quoted as the line is, from where bash begins a word; with help if they are only listed."""
    breaks = {*os.environ.get("COMP_WORDBREAKS", "")} & {*"=:@"}
    cut = max((place + 1 for place, sign in enumerate(line.start) if sign in breaks), default=0)
    if line.quote:
        cut = line.quoted_from
    start = line.start[cut:]
    values = [_quoted(one.value[cut:], line.quote) for one in offered]
    if len(values) < 2 or os.environ.get("COMP_TYPE") in _MENUS:
        return values
    lines = _shown(offered, values)
    if any(one.help for one in offered):  # so wide that bash puts one on a line
        lines[0] = text.pad(lines[0], _columns() // 2 + 1)
    plain = [one.value[cut:].lower() for one in offered]
    is_kept = all(value.startswith(start.lower()) for value in (min(plain), max(plain)))
    return lines if is_kept else ["(by title)", *lines]  # else bash would replace what was typed by what all begin with


def _quoted(value: str, quote: str) -> str:
    if quote:
        return value.replace("'", "'\\''") if quote == "'" else value
    return "".join(f"\\{sign}" if sign in " '" else sign for sign in value)


def _for_zsh(offered: Sequence[Candidate], line: Line) -> list[str]:
    values = [one.value for one in offered]
    return [f"{value}\t{shown}" for value, shown in zip(values, _shown(offered, values), strict=True)]


def _for_fish(offered: Sequence[Candidate], line: Line) -> list[str]:
    """Return words in which fish finds what was typed."""
    values = [one.value if _begins(one.value, line.start) else one.typed or one.value for one in offered]
    return [f"{value}\t{one.help}" for value, one in zip(values, offered, strict=True)]
