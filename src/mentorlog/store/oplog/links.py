"""The links of the operation log: each operation has one, and names that of the operation before it.

A link is a sha256 over everything that an operation says but its texts, whose hashes it includes. What may have to be
erased (the name, each file) enters as a salted digest of its own: once erased, the digest stands in its place, and
the link still holds. Without the salt nobody can find out by guessing what was erased.
"""

from __future__ import annotations

from functools import cache

from mentorlog.store.disk import files
from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

_SALT = 16  # bytes
_HEX = frozenset("0123456789abcdef")


class Link(Value):
    """The place of an operation in the chain.

    `own` is its link, `previous` that of the operation before (None: a chain begins here). `salt` is that of its name;
    once the name is erased, None, and `name` its digest. `erased` are the digests of the files erased from it, and
    `left` is that of what stands in their place, which the link does not hold.
    """

    own: str
    previous: str | None
    salt: str | None
    name: str | None = None
    erased: tuple[str, ...] = ()
    left: str | None = None

    def as_data(self) -> dict[str, Any]:
        """Return it as JSON data, without empty fields."""
        return {field: value for field in self._fields if (value := getattr(self, field)) or field == "previous"}


def from_data(data: Mapping[str, Any]) -> Link:
    """Return the link in JSON data; raise ValueError if it is none."""
    salt, name, erased, left = data.get("salt"), data.get("name"), tuple(data.get("erased", ())), data.get("left")
    hashes = [data["own"], *erased, *(value for value in (data["previous"], name, left) if value is not None)]
    if not all(map(_is_hash, hashes)) or (salt is None) == (name is None):
        raise ValueError("not a link")
    return Link(data["own"], data["previous"], _salt(salt), name, erased, left)


def _salt(value: object) -> str | None:
    if value is not None and not (isinstance(value, str) and len(value) == 2 * _SALT and _HEX.issuperset(value)):
        raise ValueError("not a salt")
    return value


def _is_hash(value: object) -> bool:
    return isinstance(value, str) and len(value) == 64 and _HEX.issuperset(value)


def salts(count: int) -> Iterable[str]:
    """Return new random salts."""
    import os

    digits = os.urandom(_SALT * count).hex()
    return (digits[start : start + 2 * _SALT] for start in range(0, len(digits), 2 * _SALT))


def digest(*values: object) -> str:
    """Return the sha256 of plain values, in hex."""
    return files.fingerprint(_compact()(values).encode())


@cache
def _compact() -> Callable[[object], str]:
    """Return the encoder of JSON without spaces, made once: making one takes longer than using it."""
    import json

    return json.JSONEncoder(separators=(",", ":")).encode
