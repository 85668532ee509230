"""The options that every command takes, wherever they stand on the command line."""

from typing import Annotated, Any

import typer

PANEL = "Global options"
_PREFIX = "global_"
"""Before each name: a command may have a parameter of the same name."""


def _set(ctx: typer.Context, param: typer.CallbackParam, value: Any) -> None:
    if value is not None:
        ctx.obj.set_option(str(param.name).removeprefix(_PREFIX), value)


def _show_help(ctx: typer.Context, value: bool | None) -> None:
    if value and not ctx.resilient_parsing:
        from mentorlog.cli import help

        help.show(ctx)
        raise typer.Exit


_EAGER: dict[str, Any] = {"is_eager": True, "expose_value": False, "rich_help_panel": PANEL}
_SETTING: dict[str, Any] = {"callback": _set, **_EAGER}


def _declare(
    global_version: Annotated[bool | None, typer.Option("--version", help="Show the version", **_SETTING)] = None,
    global_journal: Annotated[
        str | None, typer.Option("--journal", metavar="PATH", help="Use the journal in this folder", **_SETTING)
    ] = None,
    global_json: Annotated[
        bool | None, typer.Option("--json", help="Print one JSON document for scripts", **_SETTING)
    ] = None,
    global_plain: Annotated[
        bool | None, typer.Option("--plain", help="Print without colours and boxes", **_SETTING)
    ] = None,
    global_no_input: Annotated[
        bool | None, typer.Option("--no-input", help="Never ask; fail where an answer is needed", **_SETTING)
    ] = None,
    global_debug: Annotated[
        bool | None, typer.Option("--debug", help="Show the traceback of a bug", **_SETTING)
    ] = None,
    global_help: Annotated[
        bool | None, typer.Option("-h", "--help", help="Show this help", callback=_show_help, **_EAGER)
    ] = None,
) -> None:
    """Declare the options; nobody calls this."""


_app = typer.Typer(add_completion=False, rich_markup_mode=None)
_app.command(add_help_option=False)(_declare)
VERSION, *EVERYWHERE = typer.main.get_command(_app).params
