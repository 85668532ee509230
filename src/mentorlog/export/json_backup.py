"""The whole journal as one JSON document, including private records; exchange/json_backup.py reads it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mentorlog.export.document import Document
from mentorlog.models.portable import FILE, portable, tagged
from mentorlog.output.json_document import envelope
from mentorlog.store.format import toml
from mentorlog.store.layout import FOLDERS, id_of

if TYPE_CHECKING:
    from mentorlog.models.record import Record
    from mentorlog.store.snapshot import Contents, Found

_NAME = re.compile(r"[^\x00-\x1f\x7f/\\:*?\"<>|.][^\x00-\x1f\x7f/\\:*?\"<>|]*\.toml")
_LONGEST_NAME = 200


def make(contents: Contents) -> Document:
    """Return the whole journal."""
    count = len(contents.records) + (contents.profile is not None)
    note = "The export includes private records; store it where only you can read it."
    return Document(envelope(document(contents)), count, note, is_json=True)


def document(contents: Contents) -> dict[str, Any]:
    """Return a whole journal as JSON data; the same journal gives the same document."""
    return {
        "journal": None if contents.journal is None else tagged(contents.journal),
        "profile": None if contents.profile is None else portable(contents.profile),
        "records": [_record(found) for found in contents.records],
    }


def _record(found: Found) -> dict[str, Any]:
    record, name = found.record, found.path.partition("/")[2]
    own_name = {FILE: name} if path_under(record, name) != toml.path_of(record) else {}
    return {"record": record.KIND, **own_name, **portable(record)}


def is_harmless(folder: str, name: Any, id: str) -> bool:
    """Return whether a file name is valid for an id in a folder, on any system."""
    if not isinstance(name, str) or len(name) > _LONGEST_NAME or not name.isprintable():
        return False
    return _NAME.fullmatch(name) is not None and id_of(f"{folder}/{name}") == id


def path_under(record: Record, name: Any) -> str:
    """Return the path of a record: with its old name if that is valid, else with a new one."""
    folder = FOLDERS[record.KIND]
    return f"{folder}/{name}" if is_harmless(folder, name, record.id) else toml.path_of(record)
