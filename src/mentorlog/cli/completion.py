"""Shell completion: Typer's options to install and show it, and the replies to a shell."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, suppress
from typing import TYPE_CHECKING, Any

import typer

from mentorlog.errors import BadValue

if TYPE_CHECKING:
    from typer.core import TyperGroup

    from mentorlog.app import App

PANEL = "Completion"
VARIABLE = "_MENTORLOG_COMPLETE"
"""The environment variable in which a shell asks for completions."""

_HELP = {
    "--install-completion": "Install completion for the current or a given shell",
    "--show-completion": "Print completion for the current or a given shell",
}
SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")


def options(shell: str | None) -> list[Any]:
    """Return Typer's completion options for a shell; for the current one if it is None."""
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
    """Return Typer's callback for a completion option, called with the shell instead of True."""
    return lambda ctx, param, value: answer(ctx, param, value and shell)


def take_shell(arguments: list[str]) -> str | None:
    """Remove the shell that follows a completion option and return it; BadValue if it is unknown."""
    for place, argument in enumerate(arguments):
        option, equals, shell = argument.partition("=")
        if option in _HELP:
            behind = arguments[place + 1 : place + 2]
            if not equals and behind and not behind[0].startswith("-"):
                shell = arguments.pop(place + 1)
            arguments[place] = option
            if shell and shell not in SHELLS:
                raise BadValue("shell", f"Unknown shell {shell!r}.", f"one of: {', '.join(SHELLS)}")
            return shell or None
    return None


def answer(root: TyperGroup, app: App) -> int:
    """Reply to a shell that completes a command line; never fail or print an error."""
    root.params += options(None)
    app.set_option("no_input", True)
    # Otherwise Typer loads rich to strip markup from help, and strips [brackets] from titles too.
    sys.modules.setdefault("rich", None)  # type: ignore[arg-type]
    with suppress(Exception), open(os.devnull, "w") as nowhere, redirect_stderr(nowhere):
        try:
            root.main([], prog_name="mentorlog", complete_var=VARIABLE, standalone_mode=False, obj=app)
        except SystemExit as end:
            return end.code if isinstance(end.code, int) else 0
    return 0
