"""The options that install and show the completion of a shell: typer's, for the shell that is named behind them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import typer

from mentorlog.errors import Usage

COMPLETION_PANEL = "Completion"
SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")


def options(shell: str | None) -> list[Any]:
    """Return typer's options, for this shell; where None is named, for the one that mentorlog runs in."""
    found: list[Any] = list(typer.main.get_install_completion_arguments())
    for option in found:
        option.rich_help_panel = COMPLETION_PANEL
        option.help = f"{option.help.partition(' for')[0]} for this shell, or for the one that is named behind it"
        if shell is not None:
            option.callback = partial(_for_shell, option.callback, shell)
    return found


def _for_shell(tell: Callable[..., Any], shell: str, ctx: typer.Context, param: Any, value: Any) -> Any:
    """Call typer's callback of a completion option with the shell in the place of a yes."""
    return tell(ctx, param, value and shell)


def shell_named(words: list[str]) -> str | None:
    """Take the shell that stands behind a completion option out of the words; Usage where it is none that we know."""
    for place, word in enumerate(words):
        option, equals, shell = word.partition("=")
        if option in ("--show-completion", "--install-completion"):
            behind = words[place + 1 : place + 2]
            if not equals and behind and not behind[0].startswith("-"):
                shell = words.pop(place + 1)
            words[place] = option
            if shell and shell not in SHELLS:
                raise Usage(f"There is no completion for {shell}.", f"name one of: {', '.join(SHELLS)}")
            return shell or None
    return None
