"""journal.toml in a sync: the same on all machines, but for keys that this version does not know."""

from __future__ import annotations

from mentorlog.store.format import toml
from mentorlog.store.layout import JOURNAL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_OWN = ("format", "id")
_ABSENT = object()


def merged(base: bytes | None, here: bytes, there: bytes, *, joins: bool) -> bytes:
    """Return journal.toml as both sides have it after a sync; where two journals are joined, the id is the remote's."""
    if there == base and not joins:
        return here
    if here == base:
        return there
    ours, theirs = toml.parse(JOURNAL, here), toml.parse(JOURNAL, there)
    was = toml.parse(JOURNAL, base) if base is not None else {}
    new = {name: theirs[name] for name in _OWN if name in theirs}
    for name in [*theirs, *(name for name in ours if name not in theirs)]:
        if name not in _OWN:
            value = _one_of(*(side.get(name, _ABSENT) for side in (was, ours, theirs)))
            if value is not _ABSENT:
                new[name] = value
    return there if new == theirs else here if new == ours else toml.dump_plain(new)


def _one_of(was: Any, ours: Any, theirs: Any) -> Any:
    """Return what one side changed; of two changes the greater."""
    if was in (ours, theirs):
        return theirs if ours == was else ours
    return max((ours, theirs), key=lambda value: (value is not _ABSENT, repr(value)))
