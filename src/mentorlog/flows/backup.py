"""Make, verify and restore backups: from words to paths, and what is reported."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import lru_cache, partial
from pathlib import Path
from shlex import quote
from typing import Any

from mentorlog import places
from mentorlog.app import App
from mentorlog.domain.backups import Backup
from mentorlog.domain.reports import Problem
from mentorlog.errors import BadValue, DiskFailure, MentorlogError, NeedsDoctor, NoJournal, Unreadable
from mentorlog.flows.write_export import target
from mentorlog.input.passphrase import Passphrases
from mentorlog.output.messages import backup as messages
from mentorlog.store import age
from mentorlog.store.age import CannotDecrypt
from mentorlog.store.backup import backup_file, listing
from mentorlog.store.backup.archive import BadBackup
from mentorlog.store.backup.backup_file import Decode
from mentorlog.store.backup.gather import moment
from mentorlog.store.backup.restore import must_be_free, restore
from mentorlog.store.backup.verify import unreadable, verify
from mentorlog.store.disk import files
from mentorlog.store.layout import Layout
from mentorlog.store.seen import Seen

_NAMED = 3


def make_backup(
    app: App, path: str, passphrases: Passphrases | None, *, with_log: bool, skip_unreadable: bool, yes: bool
) -> bool:
    """Write a backup, encrypted if there are passphrases; return whether all files are in it."""
    file = target(app, path, yes=yes)
    if file is None:
        raise BadValue("path", "A backup cannot be written to stdout.", "for example: mentorlog backup make backup.tar")
    _must_be_outside(app, file, "backup")
    replace = files.look(file) is not None  # then the user has agreed
    journal = app.journal
    if not journal.exists:
        raise NoJournal(str(journal.root))
    passphrase = _new_passphrase(passphrases) if passphrases else None
    now = moment(journal, with_log=with_log, progress=app.out.progress)
    if now.unreadable and not skip_unreadable:
        raise _refused(now.unreadable)
    backup = backup_file.write(file, now, replace=replace, passphrase=passphrase, progress=app.out.progress)
    Seen(journal.layout, journal.state).put_backup(file, app.now, backup.manifest.change)
    left_out = [Problem(error.path, error.message) for error in now.unreadable]
    damaged = unreadable(now.contents.items())
    app.out.say(messages.made(backup), {**messages.data(backup), "unreadable": messages.named([*left_out, *damaged])})
    notes = [*messages.left_out(left_out), *messages.damaged(damaged)]
    app.out.note(*notes, messages.LOST if passphrase else messages.PRIVATE)
    return not left_out


def _new_passphrase(passphrases: Passphrases) -> str:
    age.must_be_installed()
    return passphrases.new()


def _decoding(passphrases: Passphrases) -> Decode:
    """Return what decrypts a backup; its passphrase is asked for only if it is encrypted, and once."""

    @lru_cache(maxsize=1)  # to restore a backup is to read it twice
    def decode(data: bytes, name: str) -> bytes:
        return age.decrypt(data, name, passphrases.existing(name))

    return decode


def _refused(unreadable: Sequence[Unreadable]) -> MentorlogError:
    """Return the error that names what cannot be read, and how to leave it out."""
    which = "it" if len(unreadable) == 1 else "them"
    hint = f"run: mentorlog doctor; to leave {which} out, add --skip-unreadable"
    if len(unreadable) == 1:
        unreadable[0].hint = hint
        return unreadable[0]
    named = "; ".join(f"{error.path}: {error.message}" for error in unreadable[:_NAMED])
    more = f"; and {len(unreadable) - _NAMED} more" if len(unreadable) > _NAMED else ""
    refused: type[MentorlogError] = DiskFailure if unreadable[0].exit_code == DiskFailure.exit_code else NeedsDoctor
    return refused(f"{len(unreadable)} files cannot be read: {named}{more}.", hint)


def verify_backup(app: App, path: str, passphrases: Passphrases) -> None:
    """Check every byte of a backup and report what it holds."""
    backup, problems = _verified(app, _file(path), _decoding(passphrases))
    data = {**messages.data(backup), "unreadable": messages.named(problems)}
    app.out.say(messages.verified(backup, problems), data)


def restore_backup(app: App, path: str, folder: str, passphrases: Passphrases, *, dry_run: bool) -> None:
    """Restore a backup into a new folder, or only say what would be restored."""
    file = _file(path)
    into = places.full(folder, "The name of the folder", "for example: restored")
    _must_be_outside(app, into, "folder")
    must_be_free(into)
    decode = _decoding(passphrases)
    backup, problems = _verified(app, file, decode)
    if not dry_run:
        restore(file, into, backup, decode, app.out.progress)
        Seen(Layout(into), places.known("state")).restored()
    data = {**messages.data(backup), "unreadable": messages.named(problems), "folder": str(into), "dry_run": dry_run}
    app.out.say(messages.restored(backup, problems, into, dry_run=dry_run), data)


def _verified(app: App, file: Path, decode: Decode) -> tuple[Backup, list[Problem]]:
    try:
        return verify(file, decode, app.out.progress)
    except (BadBackup, CannotDecrypt) as error:
        if error.hint == BadBackup.usual_hint:
            error.hint = f"use another backup; to list them: mentorlog backup list {quote(str(file.parent))}"
        raise


def _file(path: str) -> Path:
    return places.full(path, "The name of the backup", "for example: mentorlog backup verify backup.tar")


def _must_be_outside(app: App, path: Path, what: str) -> None:
    """Refuse a path inside the journal, which would be lost with it; a lost journal may be restored into its own."""
    real, root = Path(os.path.realpath(path)), Path(os.path.realpath(app.places.journal))
    if real != root and real.is_relative_to(root):
        raise MentorlogError(f"{path} is inside the journal.", f"use a {what} outside of {root}")


def list_backups(app: App, folder: str, passphrases: Passphrases | None) -> list[dict[str, Any]]:
    """Return the backups in a folder as rows for a list, the latest first; without passphrases none is decrypted."""
    place = places.full(folder, "The name of the folder", "for example: mentorlog backup list backups")
    decode = None
    if passphrases:
        age.must_be_installed()
        decode = partial(age.decrypt, passphrase=passphrases.existing(folder))
    return [messages.row(one) for one in listing.backups_in(place, decode)]
