"""Shell completion: typer's options that install and show it, and the answers to a shell."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, suppress
from typing import TYPE_CHECKING, Any

import typer

from mentorlog.errors import Usage

if TYPE_CHECKING:
    from typer.core import TyperGroup

    from mentorlog.app import App

PANEL = "Completion"
VARIABLE = "_MENTORLOG_COMPLETE"
"""Where a shell that completes says what it wants."""

_HELP = {
    "--install-completion": "Install completion for this shell, or for the one that is named behind it",
    "--show-completion": "Show completion for this shell, or for the one that is named behind it",
}
SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")


def options(shell: str | None) -> list[Any]:
    """Return typer's options for this shell; for None, for the one that mentorlog runs in."""
    empty = typer.Typer(rich_markup_mode=None)
    empty.command(add_help_option=False)(lambda: None)
    ours: list[Any] = typer.main.get_command(empty).params
    for option in ours:
        option.rich_help_panel = PANEL
        option.help = _HELP[option.opts[0]]
        if shell is not None:
            option.callback = _with_shell(option.callback, shell)
    return ours


def _with_shell(answer: Callable[..., Any], shell: str) -> Callable[..., Any]:
    """Return typer's callback of a completion option with the shell in the place of a yes."""
    return lambda ctx, param, value: answer(ctx, param, value and shell)


def take_shell(arguments: list[str]) -> str | None:
    """Take the shell behind a completion option out of the arguments; Usage for an unknown one."""
    for place, argument in enumerate(arguments):
        option, equals, shell = argument.partition("=")
        if option in _HELP:
            behind = arguments[place + 1 : place + 2]
            if not equals and behind and not behind[0].startswith("-"):
                shell = arguments.pop(place + 1)
            arguments[place] = option
            if shell and shell not in SHELLS:
                raise Usage(f"There is no completion for {shell}.", f"name one of: {', '.join(SHELLS)}")
            return shell or None
    return None


def answer(root: TyperGroup, app: App) -> int:
    """Answer the shell that completes a command line; never fail and never print an error."""
    root.params += options(None)
    app.set_option("no_input", True)
    # Typer would load rich to take markup out of helps, and [brackets] out of titles with it.
    sys.modules.setdefault("rich", None)  # type: ignore[arg-type]
    with suppress(Exception), open(os.devnull, "w") as nowhere, redirect_stderr(nowhere):
        try:
            root.main([], prog_name="mentorlog", complete_var=VARIABLE, standalone_mode=False, obj=app)
        except SystemExit as end:
            return end.code if isinstance(end.code, int) else 0
    return 0
