"""Encryption by passphrase in the age format (age-encryption.org/v1): what is written here, `age -d` decrypts.

The only user of pyrage, which comes with the extra `encrypt`.
"""

from __future__ import annotations

import base64
import binascii
import re
import sys
from types import ModuleType
from typing import NoReturn

from mentorlog.errors import MentorlogError

_START = b"age-encryption.org/"
_ARMOR = b"-----BEGIN AGE ENCRYPTED FILE-----"
_LONGEST_HEADER = 4096
_OTHER_VERSION = re.compile(rb"age-encryption\.org/(?!v1\n)v[0-9]+\n")
_STANZA = re.compile(rb"age-encryption\.org/v1\n-> (\S+)(?: [^\n]*?)?(?: ([0-9]+))?\n")
"""The kind of the first stanza, and the work factor at its end."""

MOST_WORK = 22
"""The largest work factor (log2 of the rounds of scrypt) that is accepted, as in the program age: 4 GiB of memory.

pyrage derives its own limit from the speed of the machine, which allows minutes and 16 GiB.
"""
_USUAL_WORK = 20
"""What pyrage may choose on a machine of today."""


def is_encrypted(data: bytes) -> bool:
    """Return whether these bytes, of which the beginning is enough, are a file of age, armored or not."""
    return data.startswith((_START, _ARMOR))


def must_be_installed() -> ModuleType:
    """Return the functions of pyrage for passphrases; raise MentorlogError with the remedy if it is not there."""
    try:
        from pyrage import passphrase
    except ImportError:
        from shlex import quote

        raise MentorlogError(
            "Encryption needs pyrage, which is not installed.",
            f"install it: {quote(sys.executable)} -m pip install 'pyrage>=1.4'",
        ) from None
    return passphrase  # type: ignore[no-any-return]


def encrypt(data: bytes, passphrase: str) -> bytes:
    """Return the bytes encrypted with a passphrase."""
    by_passphrase = must_be_installed()
    _must_fit(_USUAL_WORK, "Encryption needs")
    return bytes(by_passphrase.encrypt(data, passphrase))


def must_be_decryptable(data: bytes, name: str) -> None:
    """Raise MentorlogError if no passphrase decrypts a file here, before one is asked for; `name` is the file's."""
    must_be_installed()
    header = _header(data, name) if is_encrypted(data) else b""
    if _OTHER_VERSION.match(header):
        raise MentorlogError(f"{name} has a version of the age format that is not supported.", "upgrade pyrage")
    stanza = _STANZA.match(header)
    if stanza is not None and stanza[1] != b"scrypt":
        raise MentorlogError(
            f"{name} is encrypted to a key, not with a passphrase.", "decrypt it first, with age and its key file"
        )
    if stanza is None or stanza[2] is None:
        raise damaged(name)
    work = int(stanza[2][:4])
    if work > MOST_WORK:
        raise _too_much_work(name, f"a work factor of 2^{work}, and at most 2^{MOST_WORK} is accepted")
    _must_fit(work, f"Decrypting {name} needs")


def decrypt(data: bytes, passphrase: str, name: str) -> bytes:
    """Return the decrypted bytes of a file; MentorlogError says of `name` why they cannot be had."""
    by_passphrase = must_be_installed()
    must_be_decryptable(data, name)
    try:
        return bytes(by_passphrase.decrypt(data, passphrase))
    except Exception as error:
        _raise_as_ours(error, name)


def damaged(name: str) -> MentorlogError:
    """Return the error for a file that is not as it was encrypted."""
    return MentorlogError(f"{name} is damaged or incomplete: it cannot be decrypted.", "use another backup")


def _raise_as_ours(error: Exception, name: str) -> NoReturn:
    """Raise the error of pyrage as one of ours: its class is the same for all, so its words decide."""
    words = str(error)
    if words.startswith("Excessive work"):
        raise _too_much_work(name, "more work than this machine does in a few seconds") from None
    if words.startswith("Decryption failed"):
        hint = "try again; if the passphrase is right, the file is damaged: use another backup"
        raise MentorlogError(f"Wrong passphrase for {name}.", hint) from None
    raise damaged(name) from None


def _too_much_work(name: str, what: str) -> MentorlogError:
    return MentorlogError(
        f"Decrypting {name} takes too much work: it asks for {what}.",
        "if you trust its origin, decrypt it with age on a faster machine",
    )


def _must_fit(work: int, what: str) -> None:
    """Raise MentorlogError if there is no memory for a work factor: pyrage would abort the process."""
    try:
        bytearray(1024 << work)  # zeros, which take no memory until they are used
    except MemoryError:
        raise MentorlogError(
            f"{what} {max(1 << work >> 10, 1)} MiB of memory, which is not available here.",
            "close other programs, or use a machine with more memory",
        ) from None


def _header(data: bytes, name: str) -> bytes:
    """Return the first bytes of a file, without its armor."""
    if not data.startswith(_ARMOR):
        return data[:_LONGEST_HEADER]
    text = b"".join(data[:_LONGEST_HEADER].splitlines()[1:]).partition(b"-----END")[0]
    try:
        return base64.b64decode(text[: len(text) // 4 * 4], validate=True)
    except binascii.Error:
        raise damaged(name) from None
