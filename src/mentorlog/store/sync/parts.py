"""A large sync is split into several operations, as the file of each holds the texts before it."""

from __future__ import annotations

from mentorlog.store.oplog import operation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from mentorlog.store.oplog.operation import Change

_MOST = operation.LIMIT * 3 // 4
_OWN = 1200  # of a file in an operation, beside its text: names and hashes, with the longest path


def split(changes: Sequence[Change], together: Collection[str], most: int = _MOST) -> list[list[Change]]:
    """Return the changes in parts that each fit into one operation; the files of `together` are in the first."""
    parts: list[list[Change]] = [[]]
    size = 0
    for change in sorted(changes, key=lambda one: one.path not in together):
        own = _OWN + _encoded(change.before or b"")
        if parts[-1] and size + own > most and change.path not in together:
            parts.append([])
            size = 0
        parts[-1].append(change)
        size += own
    return parts


def _encoded(data: bytes) -> int:
    """Return how long a text is in JSON at most: each of its escapes is one sign more, or five."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return len(data) * 4 // 3 + 4
    short = sum(map(text.count, '"\\\n\t\r\b\f'))
    return len(data) + short + 5 * sum(sign < " " or sign == "\x7f" for sign in text)
