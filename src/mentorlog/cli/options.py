"""The global options, accepted anywhere on the command line."""

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
    global_version: bool = _option("--version", help="Show the version"),
    global_journal: str = _option("--journal", metavar="PATH", help="Use the journal in this folder"),
    global_json: bool = _option("--json", help="Print one JSON document for scripts"),
    global_plain: bool = _option("--plain", help="Print plain text, without colours or boxes"),
    global_no_input: bool = _option("--no-input", help="Never prompt; fail if an answer is needed"),
    global_debug: bool = _option("--debug", help="Show a traceback if mentorlog crashes"),
    global_help: bool = _option("-h", "--help", help="Show this help", callback=_show_help),
) -> None:
    """Declare the options; this is never called."""


_app = typer.Typer(add_completion=False, rich_markup_mode=None)
_app.command(add_help_option=False)(_declare)
VERSION, *EVERYWHERE = typer.main.get_command(_app).params
"""The option of the program itself, and those of every command."""
