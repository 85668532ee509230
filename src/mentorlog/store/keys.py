"""The keys of journals with an encrypted remote: one age identity for each, in the user's configuration folder.

A key protects what is on the remote. On this machine it is not encrypted: the records beside it are not, either.
"""

from __future__ import annotations

import hmac
import re
from contextlib import suppress
from pathlib import Path

from mentorlog.errors import BadValue, DiskFailure, MentorlogError, NeedsDoctor, Unreadable
from mentorlog.store import age
from mentorlog.store.disk import files
from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

FOLDER = "keys"
"""The folder of the keys in the configuration folder."""
LIMIT = 64 * 1024
"""The largest file of a key, also of an encrypted one."""

_IDENTITY = re.compile(r"AGE-SECRET-KEY-1[0-9A-Z]{58}")
_ANY_IDENTITY = re.compile(r"AGE-[A-Z-]*1[0-9A-Z]+")
_JOURNAL_ID = re.compile(r"[0-9a-z]{1,64}")
_JOURNAL, _MADE, _PUBLIC, _RECOVERY = "mentorlog journal", "created", "public key", "recovery recipient"
"""What the comments of a key's file say; the program age skips them, and writes the second and third itself."""
_LABELS = (b"mentorlog/1 names", b"mentorlog/1 seals", b"mentorlog/1 key id")


class NoKey(MentorlogError):
    """The key that is needed is not on this machine."""


class DamagedKey(NeedsDoctor, NoKey):
    """The file of the key contains none."""


class Key(Value):
    """The key of one journal: a secret age identity, and who else can read what is encrypted with it.

    `journal` is empty if the file does not say to which journal it belongs, as one that age-keygen wrote.
    """

    journal: str
    identity: str
    recipients: tuple[str, ...] = ()
    created: str = ""

    def __repr__(self) -> str:
        return f"Key({self.journal!r})"

    @property
    def public(self) -> str:
        """The public key, `age1…`."""
        return age.recipient_of(self.identity)

    def text(self) -> bytes:
        """Return the file of the key, which the program age reads with `-i`."""
        journal = self.journal if _JOURNAL_ID.fullmatch(self.journal) else ""
        comments = [(_MADE, self.created), (_PUBLIC, self.public), (_JOURNAL, journal)]
        comments += [(_RECOVERY, recipient) for recipient in self.recipients]
        lines = [f"# {name}: {value}" for name, value in comments if value]
        return "\n".join([*lines, self.identity, ""]).encode()


class Secrets:
    """What is derived from an identity: the names of files on the remote, seals, and the id of the key."""

    def __init__(self, identity: str) -> None:
        self._names, self._seals, id = (hkdf(identity.encode(), label) for label in _LABELS)
        self.id = id.hex()[:16]
        """Tells keys apart, and tells nothing else about them."""

    def name(self, path: str) -> str:
        """Return the name under which a file is on the remote, 32 hexadecimal digits."""
        return hmac.digest(self._names, path.encode("utf-8", "surrogateescape"), "sha256").hex()[:32]

    def seal(self, data: bytes) -> str:
        """Return the seal of a text, which nobody can make without the identity."""
        return hmac.digest(self._seals, data, "sha256").hex()

    def is_sealed(self, data: bytes, seal: str) -> bool:
        """Return whether this is the seal of a text."""
        return hmac.compare_digest(self.seal(data).encode(), seal.encode("utf-8", "replace"))


def hkdf(secret: bytes, info: bytes, salt: bytes = b"", size: int = 32) -> bytes:
    """Return a key that is derived from a secret (RFC 5869, SHA-256)."""
    extracted = hmac.digest(salt or bytes(32), secret, "sha256")
    block = derived = b""
    for number in range(1, -(-size // 32) + 1):
        block = hmac.digest(extracted, block + info + bytes([number]), "sha256")
        derived += block
    return derived[:size]


def parse(data: bytes, name: str) -> Key:
    """Return the key in a file of age's, of ours or of age-keygen's; BadValue says of `name` what is wrong."""
    hint = "a key is one line of 74 characters: AGE-SECRET-KEY-1…"
    said: dict[str, list[str]] = {}
    identities = []
    for line in data.decode("utf-8", "replace").splitlines():
        if line.startswith("#"):
            word, _, value = line[1:].partition(":")
            said.setdefault(word.strip(), []).append(value.strip())
        elif line.strip():
            identities.append("".join(line.split()).upper())  # as somebody may have typed it from paper
    if not identities:
        raise BadValue("key", f"{name} contains no key.", hint)
    if len(identities) > 1:
        raise BadValue("key", f"{name} contains more than one line that is not a comment.", "keep the line of one key")
    (identity,) = identities
    if not _IDENTITY.fullmatch(identity):
        if _ANY_IDENTITY.fullmatch(identity) and not identity.startswith("AGE-SECRET-KEY-1"):
            raise BadValue("key", f"{name} contains a key of a plugin, which is not supported.", hint)
        raise BadValue("key", f"{name} does not contain a secret key of age.", hint)
    try:
        age.recipient_of(identity)
    except BadValue:
        sentence = f"{name} contains a key with a wrong character: its checksum does not match."
        raise BadValue("key", sentence, "compare it with the original, letter by letter") from None
    journal = said.get(_JOURNAL, [""])[0]
    recipients = tuple(dict.fromkeys(map(age.must_be_recipient, said.get(_RECOVERY, ()))))
    return Key(journal if _JOURNAL_ID.fullmatch(journal) else "", identity, recipients, said.get(_MADE, [""])[0][:40])


class KeyRing:
    """The keys in a folder of this user: of each journal the one in use, a new one that is not yet, and former ones.

    Former keys decrypt what this machine and the remote last had in common before the key changed.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, journal: str, which: str = "") -> Path:
        """Return the file of a journal's key; no text of a journal leads out of the folder."""
        id = journal if _JOURNAL_ID.fullmatch(journal) else files.fingerprint(journal.encode())[:32]
        return self.folder / f"{id}{which}.txt"

    def find(self, journal: str) -> Key | None:
        """Return the key of a journal; None if there is none here."""
        return self._read(self.path(journal), journal)

    def usable(self, journal: str) -> Key | None:
        """Return the key of a journal; None if there is none here, or its file contains none."""
        with suppress(DamagedKey):
            return self.find(journal)
        return None

    def get(self, journal: str) -> Key:
        """Return the key of a journal; raise MentorlogError if there is none here."""
        if key := self.find(journal):
            return key
        raise NoKey(
            "This machine has no key for this journal.",
            "export it where you have it, then: mentorlog key import journal-key.age",
        )

    def matching(self, id: str) -> Key:
        """Return the key with an id, whatever journal it is of; raise MentorlogError if it is not here."""
        for name in files.real_names(self.folder):
            with suppress(NeedsDoctor, FileNotFoundError):
                key = self._read(self.folder / name, "") if name.count(".") == 1 else None
                if key is not None and Secrets(key.identity).id == id:
                    return key
        raise NoKey(
            "The remote is encrypted, and this machine has no key for it.",
            "export the key on the other machine, then add here: --key journal-key.age",
        )

    def former(self, journal: str) -> tuple[Key, ...]:
        """Return the keys that the journal had before, the newest first."""
        used = self.find(journal)
        lines = reversed(self._former(journal))
        return tuple(Key(journal, line) for line in lines if used is None or line != used.identity)

    def put(self, key: Key) -> None:
        """Use a key from now on; another one that was in use becomes a former one first.

        A file that contains no key stays beside it under another name.
        """
        files.private_folder(self.folder, parents=True)
        path, used = self.path(key.journal), self.usable(key.journal)
        if used is None and files.look(path) is not None:
            files.rename(path, self.path(key.journal, ".damaged"))
        if used is not None and used.identity != key.identity:
            lines = [one for one in self._former(key.journal) if one != used.identity]
            files.put(self.path(key.journal, ".old"), "\n".join([*lines, used.identity, ""]).encode())
        files.put(path, key.text())

    def coming(self, journal: str, made: datetime, *, recipients: bool = True) -> Key:
        """Return a new key, with the recipients of the one in use or without, saved beside it until it is used."""
        path, used = self.path(journal, ".new"), self.usable(journal)
        wanted = used.recipients if used and recipients else ()
        found = self._read(path, journal)
        if found is None or found.recipients != wanted:
            identity = found.identity if found else age.new_identity()
            found = Key(journal, identity, wanted, made.isoformat(timespec="seconds"))
            files.private_folder(self.folder, parents=True)
            files.put(path, found.text())
        return found

    def arrived(self, journal: str, id: str) -> Key | None:
        """Use the new key of a journal if the remote is encrypted with it; return it."""
        path = self.path(journal, ".new")
        found = self._read(path, journal)
        if found is None or Secrets(found.identity).id != id:
            return None
        self.put(found)
        files.unlink(path)
        return found

    def _former(self, journal: str) -> list[str]:
        data = self._data(self.path(journal, ".old"))
        return [line for line in data.decode("ascii", "replace").split() if _IDENTITY.fullmatch(line)] if data else []

    def _read(self, path: Path, journal: str) -> Key | None:
        data = self._data(path)
        if data is None:
            return None
        try:
            return parse(data, str(path)).but(journal=journal)
        except BadValue as wrong:
            hint = "restore the file, or import the key again: mentorlog key import journal-key.age"
            raise DamagedKey(wrong.sentence, hint) from None

    def _data(self, path: Path) -> bytes | None:
        """Return the bytes of a key file, which is made private first; None if there is none."""
        status = files.look(path)
        if status is not None and status.st_mode & 0o077:
            with suppress(DiskFailure):
                files.make_private(path)
        try:
            return files.content(path, LIMIT)
        except Unreadable as error:
            raise DamagedKey(error.sentence, "a key is a regular file that only you can read") from None


def made(ring: KeyRing, journal: str, at: datetime) -> Key:
    """Return a new key for a journal that has none, saved; the one in use if it has one."""
    if used := ring.find(journal):
        return used
    key = Key(journal, age.new_identity(), (), at.isoformat(timespec="seconds"))
    ring.put(key)
    return key


def with_recipients(key: Key, recipients: Sequence[str]) -> Key:
    """Return the key with more recovery recipients, each once, and never its own."""
    checked = [age.must_be_recipient(one) for one in recipients]
    return key.but(recipients=tuple(one for one in dict.fromkeys([*key.recipients, *checked]) if one != key.public))
