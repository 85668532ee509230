"""What a backup says of itself and holds, as plain values."""

from __future__ import annotations

from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime


class Manifest(Value):
    """Whose journal a backup is of, up to which change, and which files could not be read."""

    journal: str
    """The id of the journal; empty if journal.toml cannot be read."""
    change: int
    changed_at: datetime | None
    link: str | None
    """The link of the last operation in the chain of the log."""
    with_log: bool
    left_out: tuple[str, ...] = ()


class Backup(Value):
    """A backup file: where it is, its size in bytes, its manifest, and how much of what it holds."""

    path: str
    size: int
    manifest: Manifest
    record_count: int
    template_count: int
    operation_count: int
    has_profile: bool
    encrypted: bool = False


class Listed(Value):
    """A file in a folder of backups: its size, and what it says of itself, if that can be read without its passphrase.

    `problem` says why it cannot be used.
    """

    path: str
    size: int
    backup: Backup | None
    encrypted: bool
    problem: str | None = None
