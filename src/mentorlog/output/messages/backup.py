"""The sentences about backups, and their data for scripts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from shlex import quote
from typing import Any

from mentorlog import dates
from mentorlog.domain.backups import Backup, Listed
from mentorlog.domain.reports import Problem
from mentorlog.errors import joined
from mentorlog.models.views import counted, first_of
from mentorlog.output.phrases import result, size

PRIVATE = "A backup includes private records; store it where only you can read it."
LOST = "Nobody can read this backup without its passphrase, which mentorlog stores nowhere: keep it in a safe place."
_NAMED = 10
_FIELDS = (
    *("path", "size", "encrypted", "journal", "change", "changed_at", "with_log", "left_out"),
    *("record_count", "template_count", "operation_count", "profile"),
)
"""The keys of a backup for scripts."""


def made(backup: Backup) -> str:
    """Return what was backed up, and where it is."""
    return result(f"Backed up {_contents(backup)} to {backup.path}", details=[*_details(backup), "read back"])


def verified(backup: Backup, problems: Sequence[Problem]) -> list[str]:
    """Return that every byte is right, and what of it cannot be read."""
    lines = [result(f"Verified {_contents(backup)} in {backup.path}", details=_details(backup))]
    if left := backup.manifest.left_out:
        lines.append(f"Not in it, as {_they(left)} could not be read then: {first_of(left, _NAMED)}")
    return lines + unreadable(problems)


def restored(backup: Backup, problems: Sequence[Problem], folder: Path, *, dry_run: bool) -> list[str]:
    """Return what was restored, or would be, and how to use it."""
    done = "Would restore" if dry_run else "Restored"
    lines = [result(f"{done} {_contents(backup)} to {folder}", details=_details(backup)), *unreadable(problems)]
    return lines if dry_run else [*lines, f"Use it with: mentorlog init {quote(str(folder))}"]


def unreadable(problems: Sequence[Problem]) -> list[str]:
    """Return which files of a backup are as they were, but cannot be read by this version of mentorlog."""
    places = (f"{one.path}, line {one.line}" if one.line else one.path for one in problems)
    lines = [f"  {place}: {one.message}" for place, one in zip(places, problems, strict=True)]
    more = [f"  and {len(lines) - _NAMED} more"] if len(lines) > _NAMED else []
    head = [f"{counted(len(lines), 'file')} in it cannot be read by this version of mentorlog:"] if lines else []
    return [*head, *lines[:_NAMED], *more]


def left_out(problems: Sequence[Problem]) -> list[str]:
    """Return which files are not in a new backup, and why."""
    lines = [f"Left out, as it cannot be read: {problem.path} ({problem.message})" for problem in problems]
    more = [f"and {len(lines) - _NAMED} more"] if len(lines) > _NAMED else []
    return [*lines[:_NAMED], *more]


def damaged(problems: Sequence[Problem]) -> list[str]:
    """Return which files of a new backup are in it as they are, but cannot be read, and what to do."""
    which = "it" if len(problems) == 1 else "them"
    return [*unreadable(problems), f"Repair {which} with: mentorlog doctor"] if problems else []


def _contents(backup: Backup) -> str:
    """Return how much a backup holds: `12 records, your profile and 30 changes of the history`."""
    parts = [counted(backup.record_count, "record")]
    parts += ["your profile"] if backup.has_profile else []
    parts += [counted(backup.template_count, "template")] if backup.template_count else []
    if backup.manifest.with_log:
        parts.append(f"{counted(backup.operation_count, 'change')} of the history")
    return joined(parts)


def _details(backup: Backup) -> list[str]:
    """Return up to which change it is, its size, and whether it is encrypted."""
    manifest = backup.manifest
    when = f", {dates.say(manifest.changed_at.date())}" if manifest.changed_at else ""
    until = f"up to change {manifest.change}{when}" if manifest.change else ""
    return [until, size(backup.size), "encrypted" if backup.encrypted else ""]


def _they(paths: Sequence[str]) -> str:
    return "it" if len(paths) == 1 else "they"


def data(backup: Backup) -> dict[str, Any]:
    """Return a backup for scripts."""
    manifest = backup.manifest
    return {
        "path": backup.path,
        "size": backup.size,
        "encrypted": backup.encrypted,
        "journal": manifest.journal,
        "change": manifest.change,
        "changed_at": manifest.changed_at.isoformat() if manifest.changed_at else None,
        "with_log": manifest.with_log,
        "left_out": list(manifest.left_out),
        "record_count": backup.record_count,
        "template_count": backup.template_count,
        "operation_count": backup.operation_count,
        "profile": backup.has_profile,
    }


def named(problems: Sequence[Problem]) -> list[dict[str, str]]:
    """Return files with what is wrong with them for scripts."""
    return [{"path": problem.path, "message": problem.message} for problem in problems]


def row(listed: Listed) -> dict[str, Any]:
    """Return a file in a list of backups; what it says of itself is null where that cannot be read."""
    own = data(listed.backup) if listed.backup else dict.fromkeys(_FIELDS)
    about = {"path": listed.path, "size": listed.size, "encrypted": listed.encrypted}
    return {**own, **about, "problem": listed.problem}
