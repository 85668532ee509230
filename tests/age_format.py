"""The age format for passphrases, read and written by its specification alone, with any work factor.

An oracle for what pyrage does, and the only way to files whose decryption takes no time.
https://github.com/C2SP/C2SP/blob/main/age.md
"""

from __future__ import annotations

import hashlib
import hmac
import re
import struct
from base64 import b64decode, b64encode
from collections.abc import Iterator

VERSION = b"age-encryption.org/v1\n"
CHUNK = 64 * 1024
TAG = 16


def encrypt(plain: bytes, passphrase: str, work: int = 2, seed: bytes = b"") -> bytes:
    """Return the file of age for a text; the same seed gives the same bytes."""
    file_key, salt, nonce = (hashlib.sha256(seed + what).digest()[:16] for what in (b"key", b"salt", b"nonce"))
    wrapped = _seal(_stretched(passphrase, salt, work), bytes(12), file_key)
    header = VERSION + b"-> scrypt %s %d\n%s\n---" % (_base64(salt), work, _base64(wrapped))
    body = nonce
    for number, (chunk, is_last) in enumerate(_chunks(plain, CHUNK)):
        body += _seal(_derived(file_key, nonce, b"payload"), number.to_bytes(11, "big") + bytes([is_last]), chunk)
    return header + b" %s\n" % _base64(_mac(file_key, header)) + body


def decrypt(data: bytes, passphrase: str) -> bytes:
    """Return the text of a file of age; fail at the least thing that is not as the specification says."""
    found = re.match(VERSION + rb"-> scrypt (\S{22}) ([1-9][0-9]*)\n(\S{43})\n---", data)
    assert found, "no header of age for a passphrase"
    salt, work, wrapped = _bytes(found[1]), int(found[2]), _bytes(found[3])
    file_key = _open(_stretched(passphrase, salt, work), bytes(12), wrapped)
    mac, body = data[found.end() + 1 :].split(b"\n", 1)
    assert data[found.end() : found.end() + 1] == b" " and _bytes(mac) == _mac(file_key, found[0])
    nonce, plain = body[:16], b""
    for number, (chunk, is_last) in enumerate(_chunks(body[16:], CHUNK + TAG)):
        plain += _open(_derived(file_key, nonce, b"payload"), number.to_bytes(11, "big") + bytes([is_last]), chunk)
    return plain


def work_of(data: bytes) -> int:
    """Return the work factor of a file."""
    found = re.match(VERSION + rb"-> scrypt \S+ ([0-9]+)\n", data)
    assert found
    return int(found[1])


def with_work(data: bytes, work: int | str) -> bytes:
    """Return a file that asks for another work factor."""
    return re.sub(rb"(-> scrypt \S+) [0-9]+\n", rb"\g<1> %s\n" % str(work).encode(), data, count=1)


def to_key(data: bytes) -> bytes:
    """Return a file that says of itself that it is encrypted to a key."""
    return re.sub(rb"-> scrypt (\S+) [0-9]+\n", rb"-> X25519 \1\n", data, count=1)


def armored(data: bytes) -> bytes:
    """Return a file of age as text."""
    text = b64encode(data)
    lines = [text[at : at + 64] for at in range(0, len(text), 64)]
    edge = "-----%s AGE ENCRYPTED FILE-----"
    return b"\n".join([(edge % "BEGIN").encode(), *lines, (edge % "END").encode(), b""])


def _chunks(data: bytes, size: int) -> Iterator[tuple[bytes, bool]]:
    starts = range(0, max(len(data), 1), size)
    return ((data[at : at + size], at == starts[-1]) for at in starts)


def _base64(data: bytes) -> bytes:
    return b64encode(data).rstrip(b"=")


def _bytes(text: bytes) -> bytes:
    return b64decode(text + b"=" * (-len(text) % 4), validate=True)


def _stretched(passphrase: str, salt: bytes, work: int) -> bytes:
    full = b"age-encryption.org/v1/scrypt" + salt
    return hashlib.scrypt(
        passphrase.encode(), salt=full, n=1 << work, r=8, p=1, dklen=32, maxmem=(1024 << work) + 2**24
    )


def _derived(key: bytes, salt: bytes, info: bytes) -> bytes:
    """HKDF-SHA-256 for 32 bytes."""
    middle = hmac.digest(salt or bytes(32), key, "sha256")
    return hmac.digest(middle, info + b"\x01", "sha256")


def _mac(file_key: bytes, header: bytes) -> bytes:
    return hmac.digest(_derived(file_key, b"", b"header"), header, "sha256")


# ChaCha20-Poly1305 (RFC 8439)


def _seal(key: bytes, nonce: bytes, plain: bytes) -> bytes:
    secret = _xored(key, nonce, plain)
    return secret + _tag(key, nonce, secret)


def _open(key: bytes, nonce: bytes, sealed: bytes) -> bytes:
    secret, tag = sealed[:-TAG], sealed[-TAG:]
    assert tag == _tag(key, nonce, secret), "not authentic"
    return _xored(key, nonce, secret)


def _xored(key: bytes, nonce: bytes, data: bytes) -> bytes:
    blocks = -(-len(data) // 64)
    stream = b"".join(_block(key, number, nonce) for number in range(1, blocks + 1))[: len(data)]
    return (int.from_bytes(data, "big") ^ int.from_bytes(stream, "big")).to_bytes(len(data), "big")


def _tag(key: bytes, nonce: bytes, secret: bytes) -> bytes:
    once = _block(key, 0, nonce)
    r = int.from_bytes(once[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    text = secret + bytes(-len(secret) % 16) + struct.pack("<QQ", 0, len(secret))
    total = 0
    for at in range(0, len(text), 16):
        total = (total + int.from_bytes(text[at : at + 16], "little") + (1 << 128)) * r % ((1 << 130) - 5)
    return ((total + int.from_bytes(once[16:32], "little")) % (1 << 128)).to_bytes(16, "little")


_ROUND = [(0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15)]
_ROUND += [(0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14)]
_MASK = 0xFFFFFFFF


def _block(key: bytes, number: int, nonce: bytes) -> bytes:
    start = [*struct.unpack("<4I", b"expand 32-byte k"), *struct.unpack("<8I", key), number]
    start += struct.unpack("<3I", nonce)
    now = [*start]
    for a, b, c, d in _ROUND * 10:
        now[a] = (now[a] + now[b]) & _MASK
        now[d] = _rotated(now[d] ^ now[a], 16)
        now[c] = (now[c] + now[d]) & _MASK
        now[b] = _rotated(now[b] ^ now[c], 12)
        now[a] = (now[a] + now[b]) & _MASK
        now[d] = _rotated(now[d] ^ now[a], 8)
        now[c] = (now[c] + now[d]) & _MASK
        now[b] = _rotated(now[b] ^ now[c], 7)
    return struct.pack("<16I", *((one + two) & _MASK for one, two in zip(start, now, strict=True)))


def _rotated(word: int, bits: int) -> int:
    return (word << bits | word >> 32 - bits) & _MASK
