"""The messages about templates."""

from __future__ import annotations

from mentorlog.output.phrases import result, unchanged


def saved(name: str, changed: bool, is_built_in: bool, command: str) -> str:
    """Return that a template was saved, or is already so, and the command that uses it."""
    if not changed:
        return unchanged(f"Template {name} is already set to that")
    details = "in place of the built-in one" if is_built_in else f"use it with: mentorlog {command} --template {name}"
    return result(f"Saved template {name}", details=[details])


def checked(name: str) -> str:
    """Return that nothing is wrong with a template."""
    return f"Template {name} has no errors."
