"""Every command that the program offers, built as the program builds it: what tests of all of them go through."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mentorlog.cli import completion, groups, options


def commands() -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield (words, command) of every root verb, noun and verb of a noun."""
    root = groups.Root()
    yield (), root
    for name in root.commands:
        command = root.build(name)
        yield (name,), command
        for verb in getattr(command, "commands", ()):
            yield (name, verb), command.build(verb)


def own_params(command: Any) -> list[Any]:
    """Return the arguments and options of a command, without those that every command takes."""
    return [one for one in command.params if one.rich_help_panel not in (options.PANEL, completion.PANEL)]
