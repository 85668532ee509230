"""The messages about templates."""

from __future__ import annotations

from mentorlog.output.phrases import result, unchanged


def saved(name: str, changed: bool, is_built_in: bool) -> str:
    """Return that a template was saved, or is already so."""
    if not changed:
        return unchanged(f"Template {name} is already set to that")
    details = (
        "in place of the built-in one" if is_built_in else f"use it with: mentorlog meeting recap --template {name}"
    )
    return result(f"Saved template {name}", details=[details])


def checked(name: str) -> str:
    """Return that nothing is wrong with a template."""
    return f"Template {name} has no errors."
