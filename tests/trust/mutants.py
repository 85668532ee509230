"""Files made worse: bytes flipped, cut, doubled, joined with others, and what is known to trip parsers put in."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

BITS = [
    *[b"\0", b"\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\r\n", b"\r", b"\x1b[31m", b"\xe2\x80\xae", b"\xe2\x80\xa8"],
    *[b'"""', b"'''", b'"', b"'", b"\\", b"\\ud800", b"\\u0000", b"\\U00110000", b"#", b"=", b"[", b"]", b"{", b"}"],
    *[b"[[", b"]]", b".", b",", b":", b"-", b"\n", b"\n\n", b" ", b"\t", b"null", b"true", b"nan", b"inf", b"-0.0"],
    *[b"9" * 5_000, b"0x" + b"F" * 5_000, b"1e400", b"-1", b"0", b"2026-02-30", b"0000-00-00", b"9999-12-31"],
    *[b"0001-01-01T00:00:00+23:59", b"[" * 200, b"{a=" * 200, b'{"a":' * 200, b"a." * 100, b'"a".' * 100],
    *[b"../../etc/passwd", b"/etc/passwd", b"-rf", b"=cmd()", b"<script>", b"%s%n", b"g7k3q", b"osler", b"me", b"all"],
    *[b"id", b"title", b"created", b"extra", b"record", b"version", b"data", b"seq", b"path", b"staged", b"undoes"],
    *[b"<<<<<<< ours\n", b"=======\n", b">>>>>>> theirs\n", "é日本🩺".encode()],
]

Way = Callable[[bytes, Random, Sequence[bytes]], bytes]


def _flip(data: bytes, chance: Random, others: Sequence[bytes]) -> bytes:
    """Change single bytes."""
    changed = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 8, 64])):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(data: bytes, chance: Random, others: Sequence[bytes]) -> bytes:
    """Lose the end, as an interrupted copy does."""
    return data[: chance.randrange(len(data) + 1)]


def _hole(data: bytes, chance: Random, others: Sequence[bytes]) -> bytes:
    """Lose a part, or find zeros in its place."""
    start = chance.randrange(len(data) + 1)
    end = min(len(data), start + chance.choice([1, 4, 32, 512]))
    return data[:start] + b"\0" * (chance.random() < 0.3) * (end - start) + data[end:]


def _put(data: bytes, chance: Random, others: Sequence[bytes]) -> bytes:
    """Find something strange somewhere."""
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(BITS) + data[at:]


def _instead(data: bytes, chance: Random, others: Sequence[bytes]) -> bytes:
    """Find something strange in place of a word, a number or a text."""
    words = list(re.finditer(rb'"[^"\n]*"|[\w:+-]+', data))
    if not words:
        return _put(data, chance, others)
    word = chance.choice(words)
    return data[: word.start()] + chance.choice([*BITS, b'"', b"[]", b"{}", b'""', b"1"]) + data[word.end() :]


def _double(data: bytes, chance: Random, others: Sequence[bytes]) -> bytes:
    """Find a part twice, or many times."""
    start = chance.randrange(len(data) + 1)
    end = min(len(data), start + chance.choice([1, 16, 256]))
    return data[:end] + data[start:end] * chance.choice([1, 1, 2, 300]) + data[end:]


def _lines(data: bytes, chance: Random, others: Sequence[bytes]) -> bytes:
    """Find the lines in another order, or one line less."""
    lines = data.splitlines(keepends=True)
    if chance.random() < 0.5:
        chance.shuffle(lines)
    elif lines:
        del lines[chance.randrange(len(lines))]
    return b"".join(lines)


def _joined(data: bytes, chance: Random, others: Sequence[bytes]) -> bytes:
    """Find the beginning of one file and the end of another."""
    other = chance.choice(others)
    return data[: chance.randrange(len(data) + 1)] + other[chance.randrange(len(other) + 1) :]


def _noise(data: bytes, chance: Random, others: Sequence[bytes]) -> bytes:
    """Find something else altogether."""
    return chance.randbytes(chance.choice([0, 1, 3, 100, 5_000]))


WAYS: list[Way] = [
    _flip,
    _flip,
    _cut,
    _hole,
    _put,
    _put,
    _instead,
    _instead,
    _instead,
    _double,
    _lines,
    _joined,
    _noise,
]


def mutant(data: bytes, chance: Random, others: Sequence[bytes]) -> bytes:
    """Return the bytes after one to three mishaps."""
    for _ in range(chance.choice([1, 1, 2, 3])):
        data = chance.choice(WAYS)(data, chance, others)
    return data
