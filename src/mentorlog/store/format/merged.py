"""Three-way merges of the files of records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mentorlog.domain.merging import records
from mentorlog.domain.merging.records import Data
from mentorlog.domain.reports import SyncConflict
from mentorlog.errors import BadValue, MentorlogError, Unreadable
from mentorlog.models.fields import class_of
from mentorlog.models.record import Part, Record, as_data
from mentorlog.store import layout
from mentorlog.store.disk import files
from mentorlog.store.format import document, exact, toml
from mentorlog.toml_lines import comments
from mentorlog.values import Value


class MergedFile(Value):
    """The bytes of a merged file, the conflicts that neither side had, and whether comments were lost."""

    data: bytes
    conflicts: tuple[SyncConflict, ...] = ()
    comments_dropped: bool = False


def merged_file(path: str, base: bytes | None, one: bytes, two: bytes) -> MergedFile:
    """Return the file of a record that holds what both sides say; without an ancestor nothing was deleted.

    The bytes of a side that says all of it are taken as they are, of the second first. Raise Unreadable for a side that
    is no valid record, and MentorlogError where the file would be too large.
    """
    if base in (one, two) or one == two:
        return MergedFile(two if base == one else one)
    kind = class_of(layout.kind_of(path))
    sides = [as_data(document.checked(path, side), full=False) for side in (one, two)]
    old = _ancestor(path, base)
    part = merged_part(kind, old, *sides)
    merged = as_data(part, full=False)
    whole = next((data for data, side in ((two, sides[1]), (one, sides[0])) if records.same(side, merged)), None)
    data = whole if whole is not None else _dumped(path, part)
    left = {*comments(one), *comments(two)} - {*comments(data)}
    return MergedFile(data, tuple(_new(part, merged, sides)), bool(left))


def merged_part(kind: type[Part], base: Data | None, one: Data, two: Data) -> Part:
    """Return the record that holds what both sides say; the greater one whole if that breaks a rule of its kind."""
    try:
        return exact.validated(kind, records.merge(kind, base, one, two))
    except BadValue:
        return exact.validated(kind, records.greater(kind, base, one, two))


def _ancestor(path: str, data: bytes | None) -> dict[str, Any] | None:
    """Return the plain data of the ancestor; None if there is none that this version can read."""
    try:
        return None if data is None else as_data(document.checked(path, data), full=False)
    except Unreadable:
        return None


def _dumped(path: str, part: Part) -> bytes:
    data = toml.dump(part)
    if len(data) > files.LIMIT:
        hint = "shorten one of the two first, or put the text in a file and link to it"
        raise MentorlogError(f"{path} would be larger than 1 MiB with what both sides wrote.", hint)
    document.checked(path, data)
    return data


def _new(part: Part, merged: dict[str, Any], sides: list[dict[str, Any]]) -> Iterator[SyncConflict]:
    known = {records.canonical(one) for side in sides for one in side.get(records.CONFLICTS, ())}
    id, title = (part.id, part.heading) if isinstance(part, Record) else ("profile", "profile")
    for one in merged.get(records.CONFLICTS, ()):
        if records.canonical(one) not in known:
            yield SyncConflict(id, title, field_of(one))


def field_of(conflict: dict[str, Any]) -> str:
    """Return the path of the field that a conflict is about; of several the first."""
    return str(conflict.get("field") or f"{conflict.get('at', '')}{next(iter(conflict.get('other') or ['']))}")
