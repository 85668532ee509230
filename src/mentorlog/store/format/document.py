"""From the bytes of a file to its record, or to what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from mentorlog import ids
from mentorlog.errors import BadValue, Reason, Unreadable
from mentorlog.models.fields import class_of
from mentorlog.models.record import Part, Record, as_data, json_ready, view
from mentorlog.models.views import View
from mentorlog.store import layout
from mentorlog.store.format import exact, toml
from mentorlog.store.format.upgrade import check_format, upgrade
from mentorlog.toml_lines import line_of, without_tables


def view_of(part: Part) -> View:
    """Return the view of a record or the profile."""
    return view(part) if isinstance(part, Record) else profile_view(part)


def profile_view(profile: Part) -> View:
    """Return the view of the profile."""
    first: View = {"record": "profile", "id": "profile"}
    return {**first, **json_ready(as_data(profile)), **first}


def checked(path: str, data: bytes) -> Part:
    """Return the record in the bytes of a file; raise Unreadable with what is wrong and the line."""
    if layout.shown(path) != path:
        raise Unreadable(layout.shown(path), "its name is not valid UTF-8")
    kind = layout.kind_of(path)
    plain = upgrade(kind, toml.parse(path, data))
    try:
        part: Part = exact.validated(class_of(kind), plain)
    except BadValue as error:
        if place := _elsewhere(path, plain):
            wrong = f"it is in the wrong folder; its id belongs in {place}/"
            raise Unreadable(path, wrong, reason=Reason.WRONG_FOLDER) from None
        choices = f" ({error.hint})" if (error.hint or "").startswith("one of: ") else ""
        reason = Reason.UNKNOWN_WORD if choices else Reason.INVALID
        raise Unreadable(path, f"{error.clause}{choices}", line_of(data, error.field), reason) from None
    if isinstance(part, Record) and part.id != layout.id_of(path):
        line = line_of(data, "id")
        wrong = f"its id is {part.id!r}, but its file name says {layout.id_of(path)!r}"
        raise Unreadable(path, wrong, line, Reason.WRONG_NAME)
    if isinstance(part, Record) and (why := ids.wrong(part.id)):
        raise Unreadable(path, why, line_of(data, "id"), Reason.BAD_ID)
    return part


def _elsewhere(path: str, plain: Mapping[str, Any]) -> str | None:
    """Return the folder where a file belongs by its id, if it is in another one."""
    id = layout.id_of(path)
    kind = ids.kind_of(id) if plain.get("id") == id else None
    return layout.FOLDERS[kind] if kind in layout.FOLDERS and kind != layout.kind_of(path) else None


def journal_data(path: str, data: bytes) -> dict[str, Any]:
    """Return the data of journal.toml; raise Unreadable if this version cannot read its format."""
    plain = toml.parse(path, data)
    check_format(path, plain)
    return plain


def with_conflicts(path: str, data: bytes, part: Part) -> bytes:
    """Return the bytes of a file with the conflicts of another state of its record; all else stays as it is typed."""
    conflicts = {"conflicts": as_data(part, full=False).get("conflicts", [])}
    cut = without_tables(data.decode(), "conflicts").encode()
    made = b"\n".join(filter(None, [cut, toml.dump_plain(conflicts) if conflicts["conflicts"] else b""]))
    try:
        fits = as_data(checked(path, made)) == as_data(part)
    except Unreadable:
        fits = False
    return made if fits else toml.dump(part)


def texts(value: Any) -> Iterator[str]:
    """Yield every text within plain data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from texts(item)
