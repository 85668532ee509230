"""Beginning a journal, or choosing one that is there."""

from __future__ import annotations

from mentorlog import places
from mentorlog.app import NOT_PRIVILEGED, App
from mentorlog.errors import MentorlogError
from mentorlog.store.journal import Journal


def choose(app: App, path: str | None) -> Journal:
    """Return the journal, there or not, in the folder that `init` is given, else where it is looked for."""
    root = app.places.journal if path is None else places.full(path)
    if not places.is_journal(root) and places.in_use(root):
        raise MentorlogError(f"{root} holds other things and no journal.", "name a new folder, for example one in it")
    return app.open(root)


def begin(app: App, journal: Journal, *, remember: bool) -> bool:
    """Make the journal if it is not there, and remember it; return whether it was made."""
    created = places.remember(journal.root, journal.create) if remember else journal.create()
    for sentence in NOT_PRIVILEGED if created else ():
        app.out.note(sentence)
    return created
