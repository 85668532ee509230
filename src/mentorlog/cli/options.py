"""The options that every command takes, wherever they stand on the command line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import typer
from typer.core import TyperOption

PANEL = "Global options"
_PREFIX = "global_"
"""Before each name: a command may have a parameter of the same name."""


def _set(ctx: typer.Context, param: typer.CallbackParam, value: Any) -> None:
    if value is not None:
        ctx.obj.set_option(str(param.name).removeprefix(_PREFIX), value)


def _show_help(ctx: typer.Context, param: typer.CallbackParam, value: Any) -> None:
    if value and not ctx.resilient_parsing:
        from mentorlog.cli import help

        help.show(ctx)
        raise typer.Exit


def _option(name: str, *spellings: str, callback: Callable[..., None] = _set, **settings: Any) -> TyperOption:
    """Return an option as typer makes it of a parameter, without the cost of a function that declares it."""
    return TyperOption(
        param_decls=[f"{_PREFIX}{name}", *spellings],
        is_flag="metavar" not in settings,
        callback=callback,
        is_eager=True,
        expose_value=False,
        show_default=True,
        rich_help_panel=PANEL,
        **settings,
    )


VERSION = _option("version", "--version", help="Show the version")
EVERYWHERE = [
    _option("journal", "--journal", metavar="PATH", help="Use the journal in this folder"),
    _option("json", "--json", help="Print one JSON document for scripts"),
    _option("plain", "--plain", help="Print without colours and boxes"),
    _option("no_input", "--no-input", help="Never ask; fail where an answer is needed"),
    _option("debug", "--debug", help="Show the traceback of a bug"),
    _option("help", "-h", "--help", help="Show this help", callback=_show_help),
]
