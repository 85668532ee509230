"""Encryption in the age format (age-encryption.org/v1), by passphrase or to a key: `age -d` decrypts what is written.

The only user of pyrage, which comes with the extra `encrypt`.
"""

from __future__ import annotations

import base64
import binascii
import re
import sys
from collections.abc import Sequence
from shlex import quote
from types import ModuleType

from mentorlog.errors import BadValue, MentorlogError, shortened
from mentorlog.values import Value

_START = b"age-encryption.org/"
_ARMOR = b"-----BEGIN AGE ENCRYPTED FILE-----"
_LONGEST_HEADER = 4096
_OTHER_VERSION = re.compile(rb"age-encryption\.org/(?!v1\n)v[0-9]+\n")
_STANZA = re.compile(rb"age-encryption\.org/v1\n-> (\S+)(?: [^\n]*?)?(?: ([0-9]+))?\n")
"""The kind of the first stanza, and the work factor at its end."""

_EXCESSIVE = "Excessive work"

MOST_WORK = 22
"""The largest work factor (log2 of the rounds of scrypt) that is accepted, as in the program age: 4 GiB of memory.

pyrage derives its own limit from the speed of the machine, which allows minutes and 16 GiB.
"""
_USUAL_WORK = 20
"""What pyrage may choose on a machine of today."""
_MOST_BYTES = 4 << 30
"""The largest file: all of it is in memory, more than once."""
_LEAST_WORK = 18
"""What age uses. pyrage measures how much a second allows, and measures less while other programs are busy."""
_TRIES = 3
_TRIES_TO_DECRYPT = 20  # each takes some milliseconds


class CannotDecrypt(MentorlogError):
    """A file that is not as it was encrypted, or was not encrypted with this passphrase, or with none."""

    usual_hint = "use another backup"


class Purpose(Value):
    """What is encrypted, for errors: who needs pyrage, what else to use, and the name of the decrypted file."""

    needs: str
    another: str
    plain: str


BACKUP = Purpose("Encrypted backups need", "use another backup", "backup.tar")
KEY = Purpose("Keys need", "export the key again on the other machine", "key.txt")
REMOTE = Purpose("An encrypted remote needs", "", "")


def is_encrypted(data: bytes) -> bool:
    """Return whether these bytes, of which the beginning is enough, are a file of age, armored or not."""
    return data.startswith((_START, _ARMOR))


def must_be_installed(purpose: Purpose = BACKUP) -> ModuleType:
    """Return pyrage; raise MentorlogError with the remedy if it is not there."""
    try:
        import pyrage
    except ImportError:
        raise MentorlogError(
            f"{purpose.needs} pyrage, which is not installed.",
            f"install it: {quote(sys.executable)} -m pip install 'pyrage>=1.4'",
        ) from None
    return pyrage  # type: ignore[no-any-return]


# By passphrase


def encrypt(data: bytes, passphrase: str, purpose: Purpose = BACKUP) -> bytes:
    """Return the bytes encrypted with a passphrase, with the highest work factor of a few tries."""
    by_passphrase = must_be_installed(purpose).passphrase
    _must_fit(_USUAL_WORK, len(data), "Encryption needs")
    best, most = b"", -1
    for _ in range(_TRIES):
        encrypted = bytes(by_passphrase.encrypt(data, passphrase))
        stanza = _STANZA.match(encrypted)
        work = int(stanza[2]) if stanza and stanza[2] else 0
        if work > most:
            best, most = encrypted, work
        if most >= _LEAST_WORK:
            break
    return best


def must_be_decryptable(start: bytes, name: str, size: int, purpose: Purpose = BACKUP) -> None:
    """Raise MentorlogError if no passphrase decrypts a file of this size here, before one is asked for.

    The start of the file is enough; `name` is its name in errors.
    """
    must_be_installed(purpose)
    header = _header(start, name, purpose) if is_encrypted(start) else b""
    if _OTHER_VERSION.match(header):
        raise CannotDecrypt(f"{name} has a version of the age format that is not supported.", "upgrade pyrage")
    stanza = _STANZA.match(header)
    if stanza is not None and stanza[1] != b"scrypt":
        sentence = f"{name} is encrypted to a key, not with a passphrase."
        raise CannotDecrypt(sentence, "decrypt it first, with age and its key file")
    if stanza is None or stanza[2] is None:
        raise _damaged(name, purpose)
    work = int(stanza[2][:4])
    if work > MOST_WORK:
        sentence = f"{name} asks for a work factor of 2^{work} to decrypt it; at most 2^{MOST_WORK} is accepted."
        raise CannotDecrypt(sentence, f"{purpose.another}: age does not accept this one either")
    _must_fit(work, size, f"Decrypting {name} needs")


def decrypt(data: bytes, name: str, passphrase: str, purpose: Purpose = BACKUP) -> bytes:
    """Return the decrypted bytes of a file; MentorlogError says of `name` why they cannot be had."""
    by_passphrase = must_be_installed(purpose).passphrase
    must_be_decryptable(data[:_LONGEST_HEADER], name, len(data), purpose)
    for _ in range(_TRIES_TO_DECRYPT):
        try:
            return bytes(by_passphrase.decrypt(data, passphrase))
        except Exception as error:
            words = str(error)
        if not words.startswith(_EXCESSIVE):  # by a limit that pyrage measures, too
            break
    raise _refusal(words, name, purpose)


def _refusal(words: str, name: str, purpose: Purpose) -> CannotDecrypt:
    """Return the error of pyrage as one of ours: its class is the same for all, so its words decide."""
    if words.startswith(_EXCESSIVE):
        sentence = f"{name} asks for more work to decrypt it than this machine can do in a few seconds."
        return CannotDecrypt(sentence, f"use a faster machine, or: age -d {quote(name)} > {purpose.plain}")
    if words.startswith("Decryption failed"):
        hint = f"try again; if the passphrase is right, the file is damaged: {purpose.another}"
        return CannotDecrypt(f"Wrong passphrase for {name}.", hint)
    return _damaged(name, purpose)


def _damaged(name: str, purpose: Purpose) -> CannotDecrypt:
    return CannotDecrypt(f"{name} is damaged or incomplete: it cannot be decrypted.", purpose.another)


def _must_fit(work: int, size: int, what: str) -> None:
    """Raise MentorlogError if there is no memory for a work factor and the data: pyrage would abort the process."""
    needed = (1024 << work) + 3 * size
    try:
        if size <= _MOST_BYTES:
            bytes(needed)  # zeros, which take no memory until they are read
            return
    except MemoryError:
        pass
    raise MentorlogError(
        f"{what} {-(-needed >> 20):,} MiB of memory, which is not available here.",
        "close other programs, or use a machine with more memory",
    )


def _header(start: bytes, name: str, purpose: Purpose) -> bytes:
    """Return the first bytes of a file, without its armor."""
    if not start.startswith(_ARMOR):
        return start
    text = b"".join(start[:_LONGEST_HEADER].splitlines()[1:]).partition(b"-----END")[0]
    try:
        return base64.b64decode(text[: len(text) // 4 * 4], validate=True)
    except binascii.Error:
        raise _damaged(name, purpose) from None


# To a key


class NotForThisKey(MentorlogError):
    """What is encrypted, but not to the key at hand."""


class Damaged(MentorlogError):
    """What is not as it was encrypted, or was not encrypted at all."""


def new_identity() -> str:
    """Return a new secret key, as the program age writes it."""
    return str(must_be_installed(KEY).x25519.Identity.generate())


def recipient_of(identity: str) -> str:
    """Return the public key, `age1…`, of a secret key; raise BadValue, without the text, if it is none."""
    pyrage = must_be_installed(KEY)
    try:
        return str(pyrage.x25519.Identity.from_str(identity).to_public())
    except pyrage.IdentityError:
        sentence = "This is not a secret key of age."
        raise BadValue("key", sentence, "a key is one line of 74 characters: AGE-SECRET-KEY-1…") from None


def must_be_recipient(text: str) -> str:
    """Return a public key as it was written; raise BadValue if it is none that mentorlog encrypts to."""
    pyrage = must_be_installed(KEY)
    try:
        return str(pyrage.x25519.Recipient.from_str(text))
    except pyrage.RecipientError:
        pass
    if text.startswith("AGE-SECRET-KEY-"):
        raise BadValue("recipient", "This is a secret key; a recipient is a public one.", "see it with: age-keygen -y")
    hint = "a recipient is what age-keygen prints: age1 and 58 characters; plugins of age are not supported"
    raise BadValue("recipient", f"{shortened(text)} is not a public key of age.", hint)


class Cipher:
    """Encrypts to public keys, and decrypts with a secret one; for many small texts."""

    def __init__(self, identity: str, recipients: Sequence[str]) -> None:
        self._pyrage = must_be_installed(REMOTE)
        self._identities = [self._pyrage.x25519.Identity.from_str(identity)]
        self._recipients = [self._pyrage.x25519.Recipient.from_str(one) for one in recipients]

    def encrypt(self, data: bytes) -> bytes:
        """Return the bytes encrypted to every recipient; never the same twice."""
        return bytes(self._pyrage.encrypt(data, self._recipients))

    def decrypt(self, data: bytes, name: str) -> bytes:
        """Return the decrypted bytes; NotForThisKey or Damaged say of `name` why they cannot be had."""
        try:
            return bytes(self._pyrage.decrypt(data, self._identities))
        except self._pyrage.DecryptError as error:
            if str(error).startswith("No matching keys"):
                raise NotForThisKey(f"{name} is not encrypted to this journal's key.") from None
        raise Damaged(f"{name} is damaged: it cannot be decrypted.")
