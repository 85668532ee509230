"""The sentences about the key of a journal."""

from __future__ import annotations

from collections.abc import Sequence

from mentorlog.output.phrases import result, unchanged

SECRET = "Whoever has this key can read everything on the encrypted remote."
SCREEN = (
    "Whoever sees this screen can read everything on the encrypted remote: somebody behind you, a shared or recorded "
    "screen, and whoever scrolls back in this terminal. Clear it when you have written the key down."
)
NEEDS_PASSPHRASE = "Nobody can use this file without its passphrase, which mentorlog stores nowhere."
ALREADY = unchanged("This journal already uses this key")
OF_ANOTHER = "This is the key of another journal. Use it for this one, too?"
REPLACE = "This journal has another key, and its remote may be encrypted with it. Replace it?"

REPLACE_UNREAD = (
    "Replace all that is on the remote by the records of this machine? What other machines sent since the last sync of "
    "this one comes back with theirs, with: mentorlog sync --rejoin"
)
REPLACE_UNREAD_HINT = "to replace what is there by the records of this machine, add --replace"
NO_RECIPIENTS = "There are no recovery recipients now; to add one again: mentorlog key add-recipient"
AFTER_NEW = (
    "Take it to your other machines before their next sync: mentorlog key export journal-key.age",
    "Old states of the remote that the host or others kept can still be read with the old key.",
)


def shown(public: str, identity: str, recipients: Sequence[str]) -> list[str]:
    """Return the key, and who can decrypt what is encrypted with it."""
    lines = ["Key:", f"  {identity}", "Public key:", f"  {public}"]
    return [*lines, "Recovery recipients:", *(f"  {one}" for one in recipients or ["none"])]


def exported(path: str) -> str:
    """Return where the key is."""
    return result(f"Exported the key of this journal to {path}", details=["encrypted with a passphrase", "read back"])


def imported(public: str) -> str:
    """Return which key is used from now on."""
    return result("Imported the key of this journal", details=[public])


def renewed(public: str) -> str:
    """Return that the remote is encrypted with a new key."""
    return result("Encrypted everything on the remote with a new key, and removed its history", details=[public])


def added(recipient: str) -> list[str]:
    """Return what the owner of a key can do from the next sync on."""
    return [
        result("Added a recovery recipient", details=[recipient]),
        "From the next sync on, its owner can decrypt all records on the remote, but cannot change them unnoticed.",
    ]


def is_recipient(recipient: str) -> str:
    """Return that there was nothing to do."""
    return unchanged(f"{recipient} can already decrypt the remote")
