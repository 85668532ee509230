"""The global options, accepted anywhere on the command line."""

from copy import copy
from typing import Any

import typer

PANEL = "Global options"
_PREFIX = "global_"
"""Prefix of each name, because a command may have a parameter of the same name."""


def _set(ctx: typer.Context, param: typer.CallbackParam, value: Any) -> None:
    if value is not None:
        ctx.obj.set_option(str(param.name).removeprefix(_PREFIX), value)


def _show_help(ctx: typer.Context, value: bool | None) -> None:
    if value and not ctx.resilient_parsing:
        from mentorlog.cli import help

        help.show(ctx)
        raise typer.Exit


def _option(*spellings: str, help: str, callback: Any = _set, metavar: str | None = None) -> Any:
    return typer.Option(
        None,
        *spellings,
        help=help,
        callback=callback,
        metavar=metavar,
        is_eager=True,
        expose_value=False,
        rich_help_panel=PANEL,
    )


def _declare(
    global_journal: str = _option("--journal", metavar="PATH", help="Use the journal in this folder"),
    global_json: bool = _option("--json", help="Print one JSON document for scripts"),
    global_help: bool = _option("-h", "--help", help="Show this help", callback=_show_help),
) -> None:
    """Declare one option of each sort; this is never called."""


_app = typer.Typer(add_completion=False, rich_markup_mode=None)
_app.command(add_help_option=False)(_declare)
_journal, _json, _help = typer.main.get_command(_app).params


def _flag(spelling: str, help: str) -> Any:
    """Return a flag like --json; to let Typer make each of them takes a fiftieth of a bare Python."""
    flag: Any = copy(_json)
    flag.name, flag.opts, flag.help = f"{_PREFIX}{spelling[2:].replace('-', '_')}", [spelling], help
    return flag


VERSION = _flag("--version", "Show the version")
"""The option of the program itself."""
EVERYWHERE = (
    _journal,
    _json,
    _flag("--plain", "Print plain text, without colours or boxes"),
    _flag("--no-input", "Never prompt; fail if an answer is needed"),
    _flag("--quiet", "Give no hints about what is usually next"),
    _flag("--debug", "Show a traceback if mentorlog crashes"),
    _help,
)
"""The options of every command."""
