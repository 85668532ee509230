"""Shell completion: the options that install and show the script of a shell."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from mentorlog.errors import BadValue, Usage

if TYPE_CHECKING:
    from mentorlog.app import App

PANEL = "Completion"
SHELLS = ("bash", "zsh", "fish")
_INSTALL, _SHOW = "--install-completion", "--show-completion"


def options(shell: str | None) -> list[Any]:
    """Return the options that install and show completion for a shell; for the current one if it is None."""

    def option(spelling: str, help: str, run: Callable[[App, str], None]) -> Any:
        def callback(ctx: typer.Context, value: bool | None) -> None:
            if value and not ctx.resilient_parsing:
                run(ctx.obj, shell or _current(spelling))
                raise typer.Exit

        return typer.Option(
            None, spelling, help=help, callback=callback, is_eager=True, expose_value=False, rich_help_panel=PANEL
        )

    def declare(
        install_completion: bool = option(_INSTALL, "Install completion for the current or a given shell", _install),
        show_completion: bool = option(_SHOW, "Print completion for the current or a given shell", _show),
    ) -> None:
        """Declare the options; this is never called."""

    declared = typer.Typer(add_completion=False, rich_markup_mode=None)
    declared.command(add_help_option=False)(declare)
    ours: list[Any] = typer.main.get_command(declared).params
    return ours


def take_shell(arguments: list[str]) -> str | None:
    """Remove the shell that follows a completion option and return it; BadValue if it is unknown."""
    for place, argument in enumerate(arguments):
        option, equals, shell = argument.partition("=")
        if option in (_INSTALL, _SHOW):
            behind = arguments[place + 1 : place + 2]
            if not equals and behind and not behind[0].startswith("-"):
                shell = arguments.pop(place + 1)
            arguments[place] = option
            if shell and shell not in SHELLS:
                raise BadValue("shell", f"Unknown shell {shell!r}.", f"one of: {', '.join(SHELLS)}")
            return shell or None
    return None


def _current(option: str) -> str:
    """Return the shell in which the program was called; Usage if it is none that we know."""
    import shellingham  # type: ignore[import-untyped]

    with suppress(shellingham.ShellDetectionFailure):
        name: str = shellingham.detect_shell()[0]
        if name in SHELLS:
            return name
    hint = f"add the name of your shell, for example: mentorlog {option} {SHELLS[0]}"
    raise Usage("The current shell is not bash, zsh or fish.", hint)


def _script(shell: str) -> str:
    """Return the script that asks for completions in a shell; it never evaluates the reply."""
    return Path(__file__).with_suffix(f".{shell}").read_text("utf-8")


def _show(app: App, shell: str) -> None:
    typer.echo(_script(shell), nl=False)


def _install(app: App, shell: str) -> None:
    """Write the script of a shell where the shell looks for it, and for bash and zsh the line that loads it."""
    home = Path.home()
    config = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
    zsh = Path(os.environ.get("ZDOTDIR") or home)
    file, startup, line = {
        "bash": (home / ".bash_completions/mentorlog.sh", home / ".bashrc", "source ~/.bash_completions/mentorlog.sh"),
        "zsh": (home / ".zfunc/_mentorlog", zsh / ".zshrc", "fpath+=~/.zfunc; autoload -Uz compinit; compinit"),
        "fish": (config / "fish/completions/mentorlog.fish", None, ""),
    }[shell]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(_script(shell), "utf-8")
    if startup is not None:
        present = startup.read_text("utf-8", "surrogateescape") if startup.exists() else ""
        if line not in present.splitlines():
            with startup.open("a", encoding="utf-8") as opened:
                opened.write(f"{'' if present.endswith(chr(10)) or not present else chr(10)}{line}\n")
    data = {"shell": shell, "script": str(file), "startup": str(startup) if startup else None}
    app.out.say([f"Installed completion for {shell} in {file}", "Open a new shell to use it."], data)
