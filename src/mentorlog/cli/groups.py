"""The shape of the command line in typer: groups that import a command only when it is the one that is called."""

from __future__ import annotations

import importlib
import inspect
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from keyword import iskeyword
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from mentorlog.cli import completion, table
from mentorlog.cli.completion import COMPLETION_PANEL
from mentorlog.errors import Interrupted, Usage

if TYPE_CHECKING:
    from mentorlog.app import App

PROGRAM = "mentorlog"
_ROOM = 60
_TEXTS = ("TITLE", "TEXT", "NAME", "NOTES", "KEY=VALUE", "AREA")
"""Arguments that hold words of one's own."""
COMPLETE = "_MENTORLOG_COMPLETE"

GLOBAL_PANEL = "Global options"

_HELP = (
    "The journal in which a medical resident keeps their mentorships: set goals, establish communication, complete "
    "tasks, reassess and refine.\n\n"
    "Example: mentorlog init\n"
    "Example: mentorlog goal add 'Submit case report' --by 'in 6 weeks' -w osler\n"
    "Example: mentorlog meeting prep osler"
)


# Options that every command takes, wherever they stand.


def _keep(name: str) -> Callable[[typer.Context, Any, Any], None]:
    def keep(ctx: typer.Context, param: Any, value: Any) -> None:
        if value is not None:
            ctx.obj.settle(name, value)

    return keep


def _show_help(ctx: typer.Context, param: Any, value: Any) -> None:
    if value and not ctx.resilient_parsing:
        typer.echo(ctx.get_help())
        ctx.exit()


def _show_version(ctx: typer.Context, param: Any, value: Any) -> None:
    if value and not ctx.resilient_parsing:
        ctx.obj.show_version()
        ctx.exit()


def _option(name: str, *spellings: str, help: str, **more: Any) -> TyperOption:
    return TyperOption(
        param_decls=[f"global_{name}", *(spellings or (f"--{name.replace('_', '-')}",))],
        help=help,
        expose_value=False,
        is_eager=True,
        rich_help_panel=GLOBAL_PANEL,
        callback=more.pop("callback", None) or _keep(name),
        **({"is_flag": True} | more),
    )


_GLOBAL = [
    _option("journal", help="Use the journal in this folder", is_flag=False, metavar="PATH"),
    _option("json", help="Print one JSON document for scripts"),
    _option("plain", help="Print without colours and boxes"),
    _option("no_input", help="Never ask; fail where an answer is needed"),
    _option("debug", help="Show the traceback of a bug"),
]
_ASKED_HELP = _option("help", "-h", "--help", help="Show this help", callback=_show_help)
_VERSION = _option("version", help="Show the version", callback=_show_version)


# How help is laid out.


def _paragraphs(text: str | None, mark: str) -> str:
    """The docstring with each paragraph in one line, but examples and code line by line after the mark."""
    kept = []
    for paragraph in inspect.cleandoc(text or "").split("\n\n"):
        lines = paragraph.split("\n")
        verbatim = any(line.startswith(("Example", " ", "mentorlog ", "- ")) for line in lines)
        kept.append(mark + paragraph if verbatim else " ".join(lines))
    return "\n\n".join(kept)


def _literal(text: str) -> str:
    """The text with what rich would read as markup escaped."""
    import re

    return re.sub(r"(\[[a-z#/@][^[]*?\])", r"\\\1", text)


class _Helpful:
    """What commands and groups share: the global options, and help in panels with or without rich."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse; an error of the parser learns of which command it is."""
        try:
            return super().parse_args(ctx, args)  # type: ignore[misc,no-any-return]
        except typer.TyperException as wrong:
            if getattr(wrong, "ctx", None) is None:
                wrong.ctx = ctx  # type: ignore[attr-defined]
            raise

    def get_help_option(self, ctx: Any) -> TyperOption:
        """Return the one help option of the house."""
        return _ASKED_HELP

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Return the usage as people write it: GOAL, [MENTOR], PATH..."""
        command: Any = self
        pieces = ["[OPTIONS]"]
        for param in command.get_params(ctx):
            if param.param_type_name == "argument":
                name = param.make_metavar(ctx).removesuffix("...")
                name += "..." if param.nargs == -1 and "..." not in name else ""
                pieces.append(name if param.required else f"[{name}]")
        return [*pieces, "COMMAND ..."] if isinstance(command, TyperGroup) else pieces

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help: with rich on a terminal, without importing it anywhere else."""
        command: Any = self
        fancy = ctx.obj is not None and ctx.obj.out.colour and ctx.obj.out.width >= _ROOM  # panels cut what has none
        command.rich_markup_mode = "rich" if fancy else None
        command.help = _literal(_paragraphs(command.help, "")) if fancy else _paragraphs(command.help, "\b\n")
        super().format_help(ctx, formatter)  # type: ignore[misc]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the arguments, then the options by panel, then the commands by panel."""
        command: Any = self
        panels: dict[str, list[tuple[str, str]]] = {"Arguments": [], "Options": []}
        for param in command.get_params(ctx):
            record = param.get_help_record(ctx)
            if record is not None:
                usual = "Arguments" if param.param_type_name == "argument" else "Options"
                panels.setdefault(param.rich_help_panel or usual, []).append(record)
        if isinstance(command, TyperGroup):
            for stub in command.commands.values():
                if not stub.hidden:
                    panel = getattr(stub, "rich_help_panel", None) or "Commands"
                    panels.setdefault(panel, []).append((stub.name or "", stub.help or ""))
        for last in (COMPLETION_PANEL, GLOBAL_PANEL):
            panels[last] = panels.pop(last, [])
        for title, rows in panels.items():
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)


class Command(_Helpful, TyperCommand):
    """A command that also takes the global options."""

    def __init__(self, *args: Any, params: Sequence[Any] | None = None, **more: Any) -> None:
        self.own_params = list(params or ())
        super().__init__(*args, params=[*self.own_params, *_GLOBAL], **more)


class Group(_Helpful, TyperGroup):
    """A group of stubs (name, help): the command itself is built only when it is called."""

    _aliases: Mapping[str, str] = {}

    def __init__(self, *, params: Sequence[Any] | None = None, **more: Any) -> None:
        super().__init__(params=[*(params or []), *_GLOBAL], **more)

    def build(self, name: str, rest: Sequence[str] = ()) -> Any:
        """Return the real command behind the stub; `rest` are the words behind its name."""
        raise NotImplementedError

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the options before the command; a group that is called alone shows its help."""
        if not args and not self.invoke_without_command and not ctx.resilient_parsing:
            _show_help(ctx, None, True)
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Find the command that is called; what this tool has no word for is answered with ours."""
        name = self._aliases.get(args[0], args[0])
        if name in self.commands:
            self._run_alone_no_more(ctx, name)
            return name, self.build(name, args[1:]), args[1:]
        if ctx.resilient_parsing:
            return None, None, args[1:]
        raise self._unknown(ctx, args)

    def _run_alone_no_more(self, ctx: Any, name: str) -> None:
        """A group with a callback runs it only without a command; options of both kinds do not mix."""
        for param in self.params:
            source = ctx.get_parameter_source(param.name or "")
            if param.expose_value and source is not None and source.name == "COMMANDLINE":
                raise Usage(
                    f"{param.opts[-1]} and {name} do not go together.", f"see: {ctx.command_path} {name} --help"
                )
        self.callback = None

    def _unknown(self, ctx: Any, args: list[str]) -> Usage:
        from mentorlog.cli.suggestions import unknown_word

        noun = None if ctx.parent is None else str(ctx.info_name)
        return unknown_word(args, noun, list(self.commands), ctx.obj.journal_option)


def _command(*path: str) -> Command:
    """Import the module of a verb, and build the command of its function `run`."""
    names = [f"{word}_" if iskeyword(word) else word for word in path]
    module = importlib.import_module(".".join(["mentorlog.commands", *names]))
    typed = typer.Typer(add_completion=False, rich_markup_mode=None)
    typed.command(path[-1], cls=Command)(module.run)
    command = typer.main.get_command(typed)
    assert isinstance(command, Command)
    return command


class Noun(Group):
    """The group of one noun (goal, task …), whose verbs stand in commands/<noun>/."""

    def __init__(self, name: str, help: str, default: Command | None = None) -> None:
        alone: dict[str, Any] = {}
        if default is not None:
            alone = {"params": default.own_params, "callback": default.callback, "invoke_without_command": True}
            help = default.help or help
        super().__init__(name=name, help=help, **alone)
        self._aliases = table.ALIASES.get(name, {})
        for verb, line in table.VERBS[name].items():
            self.commands[verb] = TyperCommand(verb, help=line)

    def build(self, name: str, rest: Sequence[str] = ()) -> Any:
        """Build the verb that is called."""
        return _command(self.name or "", name)


def _status(app: App) -> None:
    from mentorlog.flows.show_status import show_status

    show_status(app)


class Root(Group):
    """mentorlog itself: root verbs and nouns, none of them imported before it is called."""

    def __init__(self, app: App) -> None:
        super().__init__(
            name=PROGRAM,
            help=_HELP,
            params=[_VERSION],
            invoke_without_command=True,
            callback=lambda: _status(app),
        )
        self._aliases = table.ALIASES[""]
        for name, (panel, line) in table.COMMANDS.items():
            self.commands[name] = TyperCommand(name, help=line, rich_help_panel=panel)

    def offer_completion(self, shell: str | None = None) -> None:
        """Take typer's options that install the shell completion; they cost, so only where they are wanted.

        They are for the shell that is named, else for the one that mentorlog runs in.
        """
        self.params += completion.options(shell)

    def build(self, name: str, rest: Sequence[str] = ()) -> Any:
        """Import the module of a root verb, or return the group of a noun.

        What a noun runs alone is built with it, but where the first word of the rest is one of its verbs.
        """
        if name not in table.VERBS:
            return _command(name)
        default = None if rest and rest[0] in table.VERBS[name] else table.DEFAULTS.get(name)
        examples = [f"Example: mentorlog {line}" for line in table.EXAMPLES.get(name, "").splitlines()]
        help = "\n".join([f"{self.commands[name].help}.\n", *examples])
        return Noun(name, help, _command(name, default) if default else None)


# Running it.


def run(root: Root, app: App, arguments: Sequence[str]) -> int:
    """Run the command that the arguments name; return its exit status. Usage errors are raised as our own."""
    words = list(arguments)
    if any(word.startswith(("--show-comp", "--install-comp", "-h", "--help")) for word in words):
        root.offer_completion(completion.shell_named(words))
    try:
        with root.make_context(PROGRAM, words, obj=app) as ctx:
            root.invoke(ctx)
    except typer.Exit as end:
        return end.exit_code
    except typer.Abort:
        raise Interrupted from None
    except typer.TyperException as wrong:
        raise _usage(wrong) from None
    return 0


def _near(wrong: Any) -> str | None:
    """The option that was meant; typer's own guess counts the dashes as well."""
    known = {option.lstrip("-"): option for option in getattr(wrong, "possibilities", None) or ()}
    found = get_close_matches(wrong.option_name.lstrip("-"), known, 1) if known else []
    return known[found[0]] if found else None


def _takes_words(ctx: Any) -> bool:
    """Whether a command takes a text of one's own among its words, which may begin with a hyphen."""
    arguments = [one for one in ctx.command.params if one.param_type_name == "argument"] if ctx else []
    return any(text in one.make_metavar(ctx) for one in arguments for text in _TEXTS)


def _number_wanted(param: Any) -> str:
    name = param.opts[-1] if param.param_type_name == "option" else param.human_readable_name
    low = getattr(param.type, "min", None)
    return f"{name} is a whole number{'' if low is None else f', {low} or more'}."


def _usage(wrong: Any) -> Usage:
    """A usage error of typer in our words: what is wrong, and the command to look at."""
    ctx = getattr(wrong, "ctx", None)
    param = getattr(wrong, "param", None)
    path = ctx.command_path if ctx is not None else PROGRAM
    hint = f"see: {path} --help"
    option = getattr(wrong, "option_name", "")
    said = f"{wrong.message}." if option else wrong.format_message().replace("\n", " ").strip()
    if near := _near(wrong):
        return Usage(f"{wrong.message}.", f"did you mean {near}? {hint}")
    if option and option[1:2] != "-" and _takes_words(ctx):
        said = said if option[1:2].isalnum() else "A text that begins with - is taken for an option."
        return Usage(said, f"put -- before a text that begins with -: {path} … -- TEXT")
    if said.startswith("Missing") and param is not None:
        name = param.opts[-1] if param.param_type_name == "option" else param.human_readable_name.removesuffix("...")
        usage = " ".join([path, *ctx.command.collect_usage_pieces(ctx)]) if ctx is not None else path
        return Usage(f"{name} is missing.", f"write: {usage}")
    if said.startswith("Invalid value") and str(getattr(getattr(param, "type", None), "name", "")).startswith("int"):
        return Usage(_number_wanted(param), hint)
    if "unexpected extra argument" in said:
        extra = said.partition("(")[2].partition("(")[2].rstrip(").")
        return Usage(f"Too many words: {extra}.", f"put quotes around words that belong together; {hint}")
    return Usage(said if said.endswith((".", "?")) else f"{said}.", hint)


def complete(root: Root, app: App) -> int:
    """Answer the shell that completes a command line; never fail and never print an error."""
    # typer would load rich to take markup out of helps, and would take [brackets] out of titles with it.
    sys.modules.setdefault("rich", None)  # type: ignore[arg-type]
    root.offer_completion()
    app.settle("no_input", True)
    kept = sys.stderr
    try:
        with open(os.devnull, "w") as sys.stderr:
            root.main([], prog_name=PROGRAM, complete_var=COMPLETE, standalone_mode=False, obj=app)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except Exception:
        return 0  # A shell that completes has no place for errors.
    finally:
        sys.stderr = kept
    return 0
