"""The key of a journal: show, export and import it, make a new one, and let others decrypt the remote."""

from __future__ import annotations

from mentorlog import places
from mentorlog.app import App
from mentorlog.domain.syncing import SyncRequest
from mentorlog.errors import BadValue, DiskFailure, NeedsDoctor, Unchanged
from mentorlog.flows.write_export import target
from mentorlog.input.passphrase import Passphrases
from mentorlog.output.messages import key as messages
from mentorlog.output.messages import sync as sync_messages
from mentorlog.store import age, keys
from mentorlog.store.disk import files
from mentorlog.store.keys import Key, KeyRing, NoKey
from mentorlog.store.layout import JOURNAL
from mentorlog.store.sync.label import UntrustedRemote

_ASKED = "The key (74 characters; it is not shown)"
_LARGEST = 1 << 20


def ring() -> KeyRing:
    """Return the keys of this user."""
    return KeyRing(places.folder("config") / keys.FOLDER)


def has_key(app: App) -> bool:
    """Return whether the journal has a key here."""
    return ring().find(_journal(app)) is not None


def _journal(app: App) -> str:
    """Return the id of the journal."""
    id = app.journal.remotes.journal_id()
    if not id:
        raise NeedsDoctor(f"{JOURNAL} contains no id of the journal.")
    return id


def _key(app: App, keyring: KeyRing, journal: str) -> Key:
    """Return the key of the journal; raise NoKey, which says whether there is one elsewhere."""
    if keyring.find(journal) is None and not app.journal.remotes.is_encrypted():
        raise NoKey("This journal has no key yet.", "a key is made by: mentorlog sync --to URL --encrypt")
    return keyring.get(journal)


def show_key(app: App) -> None:
    """Show the key, its recipients, and who could see them."""
    key = _key(app, ring(), _journal(app))
    app.out.say(messages.shown(key.public, key.identity, key.recipients), {**_data(key), "key": key.identity})
    app.out.note(messages.SCREEN if app.out.results.terminal else messages.SECRET)


def export_key(app: App, path: str, passphrases: Passphrases, *, yes: bool) -> None:
    """Write the key to a file with a passphrase, and read it back."""
    keyring, journal = ring(), _journal(app)
    key = _key(app, keyring, journal)
    file = target(app, path, yes=yes)
    if file is None:
        hint = "for example: mentorlog key export journal-key.age"
        raise BadValue("file", "A key is not exported to stdout, where it could be shown.", hint)
    age.must_be_installed(age.KEY)
    passphrase = passphrases.new()
    files.put(file, age.encrypt(key.text(), passphrase, age.KEY))
    if age.decrypt(files.read(file), str(file), passphrase, age.KEY) != key.text():
        raise DiskFailure(f"Cannot write {file}: the disk returns other bytes than were written.", "use another disk")
    app.out.say(messages.exported(str(file)), {**_data(key), "path": str(file)})
    app.out.note(messages.NEEDS_PASSPHRASE)


def import_key(app: App, path: str, passphrases: Passphrases, *, yes: bool) -> None:
    """Use the key in a file for this journal; another one that is in use is replaced if the user agrees."""
    keyring, journal = ring(), _journal(app)
    key = read_key(app, path, passphrases)
    if key.journal and key.journal != journal and not yes and not app.prompt.confirm(messages.OF_ANOTHER):
        raise Unchanged("The key was not imported.")
    used = keyring.usable(journal)
    if used is not None and used.identity == key.identity:
        more = keys.with_recipients(used, key.recipients)
        if more == used:
            raise Unchanged(messages.ALREADY, data=_data(used))
        key = more
    elif used is not None and not yes and not app.prompt.confirm(messages.REPLACE):
        raise Unchanged("The key was not replaced.")
    key = key.but(journal=journal)
    keyring.put(key)
    app.journal.remotes.recheck()
    app.out.say(messages.imported(key.public), _data(key))


def read_key(app: App, path: str, passphrases: Passphrases, command: str = "key import") -> Key:
    """Return the key in a file, which is decrypted if it must be; `-` is stdin, or a question on a terminal.

    The hint of an error has the `command`.
    """
    hint = f"for example: mentorlog {command} journal-key.age"
    name = "stdin" if path == "-" else path
    if path == "-" and app.interactive:
        name = "What was typed"
        data = app.prompt.ask_hidden(_ASKED, option="FILE")
    else:
        data = app.texts.source(path, _LARGEST, hint)
    if age.is_encrypted(data):
        age.must_be_decryptable(data, name, len(data), age.KEY)
        data = age.decrypt(data, name, passphrases.existing(name), age.KEY)
    return keys.parse(data, name)


def add_recipient(app: App, recipient: str) -> None:
    """Let a second key decrypt the remote from the next sync on."""
    keyring, journal = ring(), _journal(app)
    key = _key(app, keyring, journal)
    more = keys.with_recipients(key, [recipient.strip()])
    if more == key:
        raise Unchanged(messages.is_recipient(recipient.strip()), data=_data(key))
    keyring.put(more)
    app.journal.remotes.recheck()
    app.out.say(messages.added(recipient.strip()), _data(more))


def new_key(app: App, *, replace: bool, recipients: bool) -> bool:
    """Encrypt everything on the remote with a new key; what cannot be read there is replaced if the user agrees.

    Returns whether nothing was held back.
    """
    request = SyncRequest(may_ask=app.interactive)
    report = None
    try:
        report, key = app.journal.remotes.new_key(request, recipients=recipients)
    except (NoKey, UntrustedRemote) as unread:
        if not replace:
            if not app.interactive:
                unread.hint = messages.REPLACE_UNREAD_HINT
                raise
            app.out.note(unread.sentence)
            if not app.prompt.confirm(messages.REPLACE_UNREAD, option="--replace"):
                raise Unchanged("The remote was not replaced.") from None
        key = app.journal.remotes.new_key_unread(request, recipients=recipients)
    lines = sync_messages.lines(report, dry_run=False, quiet=True) if report else []
    app.out.say([*lines, messages.renewed(key.public)], _data(key))
    app.out.note(*(sync_messages.held(report) if report else ()))
    app.out.note(*messages.AFTER_NEW, *(() if report or key.recipients else (messages.NO_RECIPIENTS,)))
    return not (report and report.held)


def _data(key: Key) -> dict[str, object]:
    """Return what is not secret of a key, for scripts."""
    created = key.created or None
    return {"journal": key.journal, "public": key.public, "recipients": list(key.recipients), "created": created}
