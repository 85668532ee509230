"""Typer groups that import a command only when it is called."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from keyword import iskeyword
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup

from mentorlog.cli import options, table
from mentorlog.errors import Usage

if TYPE_CHECKING:
    from mentorlog.app import App

PROGRAM = "mentorlog"
_USAGE_ERROR: Any = typer.BadParameter.__base__
"""The base class of Typer's usage errors; only its subclass BadParameter has a public name."""

_HELP = (
    "A journal for your mentorships during medical residency: set goals, establish communication, complete tasks, "
    "reassess and refine.\n\n"
    "Example: mentorlog init\n"
    "Example: mentorlog goal add 'Submit case report' --by 'in 6 weeks' -w osler\n"
    "Example: mentorlog meeting prep osler"
)


class Command(TyperCommand):
    """A command that also accepts the global options, but for one that it has itself."""

    allow_extra_args = True  # parse_args rejects them

    def __init__(self, *args: Any, params: Sequence[Any] | None = None, **more: Any) -> None:
        self.own_params = list(params or ())
        own = {spelling for param in self.own_params for spelling in param.opts}
        everywhere = [param for param in options.EVERYWHERE if own.isdisjoint(param.opts)]
        super().__init__(*args, **(more | {"params": [*self.own_params, *everywhere], "add_help_option": False}))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the arguments and reject unexpected ones."""
        with _refusing(ctx):
            rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            from mentorlog.cli import usage_errors

            raise usage_errors.unexpected(rest, ctx)
        return rest


class Group(TyperGroup):
    """A group of stubs with names and help lines; a command is built only when it is called."""

    def __init__(
        self, name: str, help: str, *, params: Sequence[Any] = (), alone: Callable[..., Any] | None = None
    ) -> None:
        super().__init__(
            name=name,
            help=help,
            params=[*params, *options.EVERYWHERE],
            add_help_option=False,
            invoke_without_command=True,
            callback=alone or self._no_command,
        )
        self.runs_alone = alone is not None

    def build(self, name: str, rest: Sequence[str] = ()) -> Any:
        """Return the real command for a stub; `rest` are the arguments after its name."""
        raise NotImplementedError

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the options before the command; a group called without a command shows its help."""
        if not args and not self.runs_alone and not ctx.resilient_parsing:
            from mentorlog.cli import help

            help.show(ctx)
            raise typer.Exit
        with _refusing(ctx):
            return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Return the command that is called; an unknown one is rejected with a suggestion."""
        noun = "" if ctx.parent is None else str(ctx.info_name)
        if words := args if args[0] in self.commands else table.expand(noun, args):
            name, *rest = words
            self._forget_alone(ctx, name)
            if name not in self.commands and noun in table.NOUNS:
                ctx.obj.kinds = ("mentor" if noun == "mentee" else noun,)
            return name, self.build(name, rest), rest
        if ctx.resilient_parsing:
            return None, None, args[1:]
        from mentorlog.cli.suggestions import unknown_command

        raise unknown_command(args, noun, ctx.obj.journal_option)

    def _no_command(self) -> None:
        raise Usage("Missing command.", f"see: {PROGRAM} {self.name} --help")

    def _forget_alone(self, ctx: Any, name: str) -> None:
        """Run only the command, and reject options of what the group runs without one."""
        for param in self.params:
            source = ctx.get_parameter_source(param.name or "")
            if param.expose_value and source is not None and source.name == "COMMANDLINE":
                sentence = f"{param.opts[0]} and {name} cannot be used together."
                raise Usage(sentence, f"see: {ctx.command_path} {name} --help")
        self.callback = None


def _command(*path: str) -> Command:
    """Import a command's module and build the command from its function `run`."""
    names = [f"{word}_" if iskeyword(word) else word.replace("-", "_") for word in path]
    module = importlib.import_module(".".join(["mentorlog.commands", *names]))
    typed = typer.Typer(add_completion=False, rich_markup_mode=None)
    typed.command(path[-1], cls=Command)(module.run)
    command = typer.main.get_command(typed)
    assert isinstance(command, Command)
    return command


class Noun(Group):
    """The group of a noun (goal, task …), whose verbs are in commands/<noun>/."""

    def __init__(self, name: str, help: str, default: Command | None = None) -> None:
        if default is None:
            super().__init__(name, help)
        else:
            super().__init__(name, default.help or help, params=default.own_params, alone=default.callback)
        for verb, line in table.VERBS[name].items():
            self.commands[verb] = TyperCommand(verb, help=line)

    def build(self, name: str, rest: Sequence[str] = ()) -> Any:
        """Build the verb that is called, or the root verb that an alias of the noun stands for."""
        return _command(str(self.name), name) if name in self.commands else _command(name)


class Root(Group):
    """mentorlog itself: root verbs and nouns, each imported when it is called."""

    def __init__(self, alone: Callable[[], None] = lambda: None) -> None:
        super().__init__(PROGRAM, _HELP, params=[options.VERSION], alone=alone)
        for name, (panel, line) in table.COMMANDS.items():
            self.commands[name] = TyperCommand(name, help=line, rich_help_panel=panel)

    def build(self, name: str, rest: Sequence[str] = ()) -> Any:
        """Import the module of a root verb, or return the group of a noun.

        A noun's default command is built with it, unless the first argument is one of its verbs.
        """
        if name not in table.VERBS:
            return _command(name)
        default = None if rest and rest[0] in table.VERBS[name] else table.DEFAULTS.get(name)
        examples = [f"Example: mentorlog {line}" for line in table.EXAMPLES.get(name, "").splitlines()]
        help = "\n".join([f"{self.commands[name].help}.\n", *examples])
        return Noun(name, help, _command(name, default) if default else None)

    def show_help(self, ctx: Any, words: Sequence[str]) -> None:
        """Show the help of the command with these words, or of mentorlog itself; as data with --json."""
        from mentorlog.cli import completion, help, usage_errors

        self.params += completion.options(None)
        rest = list(words)
        while rest and isinstance(ctx.command, Group):
            name, command, rest = ctx.command.resolve_command(ctx, rest)
            ctx = typer.Context(command, info_name=name, parent=ctx)
        if rest:
            raise usage_errors.unexpected(rest, ctx)
        ctx.obj.out.page(lambda page: help.lines(ctx, page), help.data(ctx) if ctx.obj.json else None)


@contextmanager
def _refusing(ctx: Any) -> Iterator[None]:
    """Attach the command's context to the parser's errors."""
    try:
        yield
    except _USAGE_ERROR as refusal:
        refusal.ctx = refusal.ctx or ctx
        raise


def run(root: Root, app: App, arguments: Sequence[str]) -> int:
    """Run the command given by the arguments and return its exit status; usage errors become ours."""
    left = list(arguments)
    if any(argument.startswith(("--show-comp", "--install-comp", "-h", "--help")) for argument in left):
        from mentorlog.cli import completion

        root.params += completion.options(completion.take_shell(left))
    try:
        with root.make_context(PROGRAM, left, obj=app) as ctx:
            if app.version:
                app.show_version()
            else:
                root.invoke(ctx)
    except typer.Exit as end:
        return end.exit_code
    except _USAGE_ERROR as refusal:
        from mentorlog.cli import usage_errors

        raise usage_errors.as_error(refusal, arguments) from None
    return 0
