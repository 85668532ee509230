"""What a sync with the remote is asked to do.

A `SyncRequest` ends in a `SyncReport` of domain/reports.py, or in `ManyDeletions`, which the user is asked about. What
is known of the remote between two syncs is a `RemoteStatus`.
"""

from __future__ import annotations

from mentorlog.values import Value

PLAIN, AGE = "none", "age-1"
"""How the records lie on a remote: as they are, or each encrypted."""
KEEP, SEND = "keep", "send"
"""What to do with records that are gone here although no command deleted them."""


class Remote(Value):
    """The git repository at which machines meet: its address as git takes it, and how the records lie there."""

    url: str
    cipher: str = PLAIN


class SyncRequest(Value):
    """One sync: with the remembered remote, or with a new one that is remembered once it was reached.

    `begin` makes the journal, which must not exist, from the remote's. `join` makes two journals one; `rejoin` puts
    together what has no common history. `deleted` says what becomes of records that are gone here although no command
    deleted them, `yes` that many deletions on the remote are wanted here. A `dry_run` changes nothing. If it `may_ask`,
    git may ask for a password or passphrase on the terminal.
    """

    to: Remote | None = None
    begin: bool = False
    join: bool = False
    rejoin: bool = False
    deleted: str = ""
    yes: bool = False
    dry_run: bool = False
    may_ask: bool = False
