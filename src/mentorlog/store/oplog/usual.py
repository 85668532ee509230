"""The usual operation, proved from its bytes: one file, nothing erased, nothing undone; most of a log are such.

It takes half the time of reading the JSON, computing the link and writing the file again to compare it. What is not
exactly in this form, or not right in any respect, is None here: the whole check says what is wrong with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from mentorlog.store.disk import files
from mentorlog.store.oplog import operation
from mentorlog.store.oplog.links import Link
from mentorlog.store.oplog.operation import LoggedOperation, Operation, Touched

_SHA = rb'null|"[0-9a-f]{64}"'
_SALT = rb'"[0-9a-f]{32}"'
# Without what JSON may write in two ways: a text beyond ASCII has an escape in a link, and none in the file.
_TEXT = rb'"(?:[^"\\\x00-\x1f\x7f-\xff]|\\[\\"bfnrt])*+"'
_FORM = (
    rb'\{\n "version": 1,\n "seq": ([1-9][0-9]*),\n "name": (' + _TEXT + rb'),\n "at": ("[^"\\\x00-\x1f\x7f-\xff]*"),\n'
    rb' "kind": ("[a-z]+"),\n "undoes": \[\],\n "files": \[\n  \{\n   "path": ("[^"\\\x00-\x1f\x7f-\xff]*"),\n'
    rb'   "before_sha": (' + _SHA + rb'),\n   "after_sha": (' + _SHA + rb"),\n"
    rb'   "staged": (null|"\.[^"\\/\x00-\x1f\x7f-\xff]{1,60}\.[0-9a-f]{8}\.new"),\n'
    rb'   "before": (null|"(?:[^"\\\x00-\x1f]|\\[\\"bfnrtu])*+"),\n   "salt": (' + _SALT + rb")\n  \}\n \],\n"
    rb' "link": \{\n  "own": ("[0-9a-f]{64}"),\n  "previous": (' + _SHA + rb'),\n  "salt": (' + _SALT + rb")\n \}\n\}\n"
)


def proved(seq: int, data: bytes) -> LoggedOperation | None:
    """Return the operation in the bytes of a file, if it is a usual one and right to the last byte."""
    found = _form().fullmatch(data)
    try:
        return _proved(seq, found) if found else None
    except ValueError:  # not UTF-8, or another path than that of a record
        return None


def _proved(seq: int, found: re.Match[bytes]) -> LoggedOperation | None:
    number, name, at, kind, path, before_sha, after_sha, staged, before, salt, own, previous, own_salt = found.groups()
    named = files.fingerprint(b"[%b,%b]" % (own_salt, name)).encode()
    file = files.fingerprint(b"[%b,%b,%b,%b,%b,false]" % (salt, path, before_sha, after_sha, staged)).encode()
    link = files.fingerprint(b'[%b,%b,%b,[],%b,"%b",["%b"]]' % (number, at, kind, previous, named, file))
    text, one = _text(before), Touched(_word(path), _text(before_sha), _text(after_sha))
    if (
        int(number) != seq
        or link != _word(own)
        or operation.sha(None if text is None else text.encode()) != one.before_sha
        or (text is not None and _quoted()(text).encode() != before)
        or (staged == b"null") != (one.after_sha is None)
        or _word(kind) == operation.SYNC  # its file has another version
    ):
        return None
    operation.check_path(one.path)
    stored = {"before_sha": one.before_sha, "staged": _text(staged), "before": text, "salt": _word(salt)}
    whole = Operation(seq, _word(name), _word(at), _word(kind), (), (one,))
    return LoggedOperation(whole, {one.path: stored}, None, Link(_word(own), _text(previous), _word(own_salt)))


def _text(value: bytes) -> str | None:
    """Return the text of JSON, or None for null."""
    return None if value == b"null" else _word(value)


def _word(value: bytes) -> str:
    return _scan()(value.decode(), 1)[0] if b"\\" in value else value[1:-1].decode()


@cache
def _form() -> re.Pattern[bytes]:
    return re.compile(_FORM)


@cache
def _scan() -> Callable[[str, int], tuple[str, int]]:
    from json import decoder

    return decoder.scanstring  # type: ignore[attr-defined, no-any-return]


@cache
def _quoted() -> Callable[[str], str]:
    from json.encoder import encode_basestring

    return encode_basestring
