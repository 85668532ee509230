"""The sentences about a sync: what came and went, what was merged, what needs the user; and their data for scripts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from shlex import quote
from typing import Any

from mentorlog import dates
from mentorlog.domain.reports import KeptRecord, Problem, RemoteStatus, Renamed, SyncConflict, SyncedRecords, SyncReport
from mentorlog.domain.syncing import PLAIN, Remote
from mentorlog.errors import ManyDeletions, joined
from mentorlog.models.views import counted, first_of
from mentorlog.output.json_document import problems_data
from mentorlog.output.phrases import age, result, shorten, tally, unchanged
from mentorlog.output.text import spaced

CIPHERS = {
    "encrypted": "Nobody without your key can read a record, or change one unnoticed. Whoever has the repository sees "
    "how many records there are, roughly how long they are, and when you sync.",
    "plain": "Whoever has the repository, such as its host, can read and change everything.",
}
"""How records can be sent, and what others then see."""

FATES = {
    "keep": "Bring them back from the remote",
    "send": "Delete them on the remote, and on the other machines",
    "nothing": "Change nothing now",
}
"""What can become of many records that are missing here."""

_NOT_FORGOTTEN = "The host may keep what was removed for a while, and so may whoever copied the repository."
_OTHERS = "Your other machines delete what was erased with their next sync, and say how to erase it from their history."

_NAMED = 8  # the most ids in a line
_LISTED = 5  # the most records with a conflict that have lines of their own


def lines(report: SyncReport, *, dry_run: bool, quiet: bool) -> list[str]:
    """Return what a sync did, or would do; if `quiet`, only what waits for the user."""
    if quiet:
        return _needed(report)
    shown = [_counts(report, dry_run), *(_named(report) if dry_run else ())]
    if report.merged:
        verb = "Would merge" if dry_run else "Merged"
        shown.append(f"{verb}, changed on both sides: {first_of(report.merged, _NAMED)}")
    shown += [_kept("Would keep" if dry_run else "Kept", one) for one in report.kept]
    shown += [_renamed(one, dry_run) for one in report.renamed]
    if report.comments and not dry_run:
        shown.append(f"Comments were removed from what was merged: {first_of(report.comments, _NAMED)}")
    return [*shown, *(_conflicts(report.conflicts, dry_run=True) if dry_run else _needed(report))]


def _named(report: SyncReport) -> Iterator[str]:
    """Return the ids of what a sync would receive and send, the first of each kind."""
    for way, records in (("receive", report.received), ("send", report.sent)):
        for word, ids in (("changed", records.changed), ("new", records.new), ("deleted", records.deleted)):
            if ids:
                yield f"  {way}, {word}: {first_of(ids, _NAMED)}"


def _needed(report: SyncReport) -> list[str]:
    """Return what waits for the user."""
    return [*_conflicts(report.conflicts), *_erased(report.erased)]


def _counts(report: SyncReport, dry_run: bool) -> str:
    """Return `Received 7: 4 changed, 2 new, 1 deleted. Sent 12: 9 changed, 3 new.`"""
    received, sent = ("Would receive", "Would send") if dry_run else ("Received", "Sent")
    parts = [_count(received, report.received, report.first), _count(sent, report.sent, report.first)]
    if report.again:
        encrypted = "Would encrypt" if dry_run else "Encrypted"
        parts.append(f"{encrypted} everything on the remote again, so that all recovery recipients can read it.")
    nothing = "Nothing else to" if report.held else f"Up to date with {report.place}; nothing to"
    return " ".join(filter(None, parts)) or f"{nothing} send or to receive."


def _count(verb: str, records: SyncedRecords, first: bool) -> str:
    if not records.count:
        return ""
    if first and records.count == len(records.new):
        return f"{verb} {counted(records.count, 'record')}."
    return f"{verb} {records.count}: {tally(_kinds(records))}."


def _renamed(one: Renamed, dry_run: bool) -> str:
    if dry_run:
        return f"{one.old} would get another id: another machine has used this one."
    return f"{one.old} is now {one.new}, also where it is mentioned: another machine had used this id."


def _kept(verb: str, one: KeptRecord) -> str:
    deleted, changed = ("here", "elsewhere") if one.where == "here" else ("elsewhere", "here")
    return f"{verb} {_record(one.id, one.title)} (deleted {deleted}, but changed {changed})"


def _conflicts(conflicts: Sequence[SyncConflict], *, dry_run: bool = False) -> list[str]:
    """Return which records have two values for something, and the command with which to choose."""
    found: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for one in conflicts:
        found[one.id, one.title] |= dict.fromkeys(_fields(one.field))
    by_record = {record: [*fields] for record, fields in found.items()}
    if len(by_record) > _LISTED:
        ids = first_of([id for id, _ in by_record], _NAMED)
        waiting = [(f"{len(by_record)} records have two values for something: {ids}", "mentorlog resolve")]
    else:
        waiting = [
            (f"Two values for {joined(fields)} of {_record(id, title)}", f"mentorlog resolve {quote(id)}")
            for (id, title), fields in by_record.items()
        ]
    lines = [[sentence, f"  Choose with: {command}"] for sentence, command in waiting]
    return [line for two in lines for line in (two[:1] if dry_run else two)]


def _fields(field: str) -> list[str]:
    """Return the names of what a conflict is about: fields, or the list with an entry."""
    return [spaced(name.partition("[")[0]) for name in field.split("+")] if field else ["an entry"]


def _erased(ids: Sequence[str]) -> Iterator[str]:
    for id in ids:
        yield f"{id} was erased on another machine, and is deleted here."
        yield f"  To erase it from the history here, too: mentorlog forget {quote(id)}"


def held(report: SyncReport) -> list[str]:
    """Return which files were left as they are on both sides, and what to do about them."""
    hints = dict.fromkeys(f"hint: {one.as_error().hint}" for one in report.held)
    return [*(f"Not synced: {_path(one)}: {one.message}" for one in report.held), *hints]


def _record(id: str, title: str) -> str:
    return f"{id}: {shorten(title)}" if title and title != id else id


def joining(remote: Remote, *, is_new_key: bool) -> Iterator[str]:
    """Return how another machine gets the journal, and the key of an encrypted one."""
    join = f"mentorlog init ~/mentorship --from {quote(remote.url)}"
    if remote.cipher == PLAIN:
        yield f"On your other machine: {join}"
        return
    if is_new_key:
        yield "Made a key for this journal; without it nobody can read what is on the remote."
    yield "Take the key to your other machine: mentorlog key export journal-key.age"
    yield f"Then, on that machine: {join} --key journal-key.age"


def forgetting(remote: str) -> str:
    """Return the question before the history of a remote is removed."""
    return f"Remove all earlier versions from {remote}? Only the present records stay there."


def forgotten(remote: str, ids: Sequence[str]) -> str:
    """Return that the history of a remote was removed, and which records other machines are told to erase."""
    erased = [f"erased: {first_of(ids, _NAMED)}"] if ids else []
    return result(f"Removed all earlier versions from {remote}", details=erased)


def not_forgotten(ids: Sequence[str]) -> list[str]:
    """Return where what was removed may still be, and what is left to do on the other machines."""
    return [_NOT_FORGOTTEN, _OTHERS] if ids else [_NOT_FORGOTTEN]


def began(root: Path, report: SyncReport) -> list[str]:
    """Return that a journal was made from a remote, and what it holds."""
    count = counted(report.received.count, "record")
    return [f"Created a journal in {root} with {count} from {report.place}", *_needed(report)]


def deletions(many: ManyDeletions) -> str:
    """Return what many deletions are, before it is asked about them."""
    count, ids = counted(len(many.ids), "record"), first_of(many.ids, _NAMED)
    if many.here:
        return f"{count} are missing here, and no command deleted them: {ids}"
    return f"{count} were deleted on another machine: {ids}"


def asking(many: ManyDeletions) -> list[str]:
    """Return what a dry run says of many deletions."""
    option = "--deleted" if many.here else "--yes"
    return [deletions(many), f"  A sync asks what to do about them first, or needs {option}."]


def status(status: RemoteStatus | None, now: datetime) -> list[str]:
    """Return what is known of the remote without asking it."""
    if status is None:
        return ["This journal has no remote (see: mentorlog sync --help)"]
    how = "not encrypted" if status.cipher == PLAIN else "encrypted"
    rows = [("remote", f"{status.remote} ({how})"), ("last sync", _time(status.synced_at, now))]
    rows.append(("not sent", _waiting(status.unsent)))
    rows += [("held back", f"{_path(one)}: {one.message}") for one in status.held]
    return [f"{label:<11}{text}" for label, text in rows]


def _waiting(unsent: SyncedRecords | None) -> str:
    """Return how many records wait here for the next sync."""
    if unsent is None:
        return "unknown until the next sync"
    return f"{unsent.count}: {tally(_kinds(unsent))}" if unsent.count else "nothing"


def _time(text: str | None, now: datetime) -> str:
    """Return when a sync was: `Mon 23 Nov 2026, 09:00 (2 hours ago)`."""
    if text is None:
        return "never"
    at = datetime.fromisoformat(text).astimezone(now.tzinfo)
    return f"{dates.say(at.date())}, {at:%H:%M} ({age(at, now)})"


def left(remote: str | None) -> str:
    """Return that a remote was forgotten."""
    if remote is None:
        return unchanged("This journal has no remote")
    return f"Left the remote {remote}; it stays as it is, and so does this journal."


def data(report: SyncReport, *, dry_run: bool) -> dict[str, Any]:
    """Return what a sync did for scripts."""
    return {
        "remote": report.remote,
        "first": report.first,
        "encrypted_again": report.again,
        "dry_run": dry_run,
        "received": _ids(report.received),
        "sent": _ids(report.sent),
        "merged": list(report.merged),
        "conflicts": [{"id": one.id, "title": one.title, "field": one.field or None} for one in report.conflicts],
        "kept": [{"id": one.id, "title": one.title, "deleted": one.where} for one in report.kept],
        "renamed": [{"old": one.old, "new": one.new} for one in report.renamed],
        "held": problems_data(report.held),
        "erased": list(report.erased),
        "comments": list(report.comments),
    }


def status_data(status: RemoteStatus | None) -> dict[str, Any]:
    """Return what is known of the remote for scripts; null where there is none."""
    if status is None:
        return dict.fromkeys(("remote", "encrypted", "synced_at", "unsent")) | {"held": []}
    return {
        "remote": status.remote,
        "encrypted": status.cipher != PLAIN,
        "synced_at": status.synced_at,
        "unsent": _ids(status.unsent) if status.unsent else None,
        "held": problems_data(status.held),
    }


def _ids(records: SyncedRecords) -> dict[str, list[str]]:
    return {"new": list(records.new), "changed": list(records.changed), "deleted": list(records.deleted)}


def _path(problem: Problem) -> str:
    return f"{problem.path}, line {problem.line}" if problem.line else problem.path


def _kinds(records: SyncedRecords) -> list[tuple[int, str]]:
    return [(len(records.changed), "changed"), (len(records.new), "new"), (len(records.deleted), "deleted")]
