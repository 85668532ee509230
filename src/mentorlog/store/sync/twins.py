"""Two records that two machines made with the same id: ours gets another one, and every mention of it follows.

What is on the remote keeps its id. Any mention of ours was written since it was made, so it is in a record that changed
here since the ancestor.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from mentorlog import ids
from mentorlog.errors import Unreadable
from mentorlog.models.fields import class_of, spec
from mentorlog.models.mentor import Mentor
from mentorlog.models.record import Part, Record
from mentorlog.store import layout
from mentorlog.store.format import exact, toml
from mentorlog.store.format.upgrade import upgrade
from mentorlog.toml_lines import has_comments
from mentorlog.values import Value

if TYPE_CHECKING:
    from collections.abc import Mapping

_FREE = "Mapping[str, Any]"
_TEXTS_OF_IDS = ("links",)


class Rewritten(Value):
    """A file with other ids in it, and whether its comments were lost."""

    path: str
    data: bytes
    comments_dropped: bool


def are_twins(here: Part, there: Part) -> bool:
    """Return whether two records with one id, made apart, are not the same record."""
    if not isinstance(here, Record) or not isinstance(there, Record) or here.created == there.created:
        return False
    if isinstance(here, Mentor) and isinstance(there, Mentor):
        from mentorlog import names

        return not names.same(here.name, there.name)
    return True


def rewritten(path: str, data: bytes, renamed: Mapping[str, str]) -> Rewritten | None:
    """Return a file with the new ids of renamed records wherever it names them, or None if it names none.

    If it is the file of one of them, it also gets a new path.
    """
    id, kind = layout.id_of(path), layout.kind_of(path)
    plain = toml.parse(path, data)
    new = _followed(class_of(kind), plain, renamed)
    new_path = path
    if id in renamed and plain.get("id") == id:
        new["id"] = renamed[id]
        new_path = path_with(path, renamed[id])
    if new == plain:
        return None
    if (kept := _in_place(path, data, new, renamed)) is not None:
        return Rewritten(new_path, kept, False)
    part: Part = exact.validated(class_of(kind), upgrade(kind, new))
    return Rewritten(new_path, toml.dump(part), has_comments(data))


def stem(id: str) -> str:
    """Return the slug of a mentor without its number: `osler` for osler-2."""
    return re.sub(r"-\d+$", "", id)


def path_with(path: str, id: str) -> str:
    """Return the path of a record under another id: the words in its name stay."""
    folder, _, name = path.rpartition("/")
    return f"{folder}/{id}{name.removeprefix(layout.id_of(path))}"


def _in_place(path: str, data: bytes, new: dict[str, Any], renamed: Mapping[str, str]) -> bytes | None:
    """Return the file with only the ids replaced, comments and order kept, if that says the same."""
    try:
        text = in_text(data.decode(), renamed).encode()
        return text if toml.parse(path, text) == new else None
    except (Unreadable, UnicodeDecodeError):
        return None


def _followed(kind: type[Part], plain: Mapping[str, Any], renamed: Mapping[str, str]) -> dict[str, Any]:
    """Return plain data with the new ids in every field that names a record, and in every text."""
    fields, new = spec(kind), dict[str, Any]()
    for name, value in plain.items():
        one = fields.get(name)
        if one is not None and one.part is not None:
            below = one.part
            if isinstance(value, list):
                new[name] = [_followed(below, item, renamed) if isinstance(item, dict) else item for item in value]
            else:
                new[name] = _followed(below, value, renamed) if isinstance(value, dict) else value
        elif one is not None and one.target_kinds:
            new[name] = _exactly(value, renamed)
        elif name in _TEXTS_OF_IDS:
            new[name] = _in_texts(_exactly(value, renamed), renamed)
        elif one is None or one.type_name == _FREE:
            new[name] = _in_table(name, value, renamed)
        else:
            new[name] = _in_texts(value, renamed)
    return new


def _exactly(value: Any, renamed: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_exactly(item, renamed) for item in value]
    return renamed.get(value, value) if isinstance(value, str) else value


def _in_table(name: str, value: Any, renamed: Mapping[str, str]) -> Any:
    """Return what a table without declarations holds: its keys may be those of fields that name records."""
    if isinstance(value, dict):
        return {key: _in_table(key, item, renamed) for key, item in value.items()}
    if isinstance(value, list):
        return [_in_table(name, item, renamed) for item in value]
    return _in_texts(_exactly(value, renamed) if name in _naming() else value, renamed)


def _in_texts(value: Any, renamed: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_in_texts(item, renamed) for item in value]
    return in_text(value, renamed) if isinstance(value, str) else value


def in_text(text: str, renamed: Mapping[str, str]) -> str:
    """Return a text with new ids, such as `(t4m2x)`; the slug of a mentor is a word like any other, and stays."""
    made = [id for id in renamed if ids.is_id(id)]
    if not made:
        return text
    found = rf"(?i)(?<![\w/@.#-])(?:{'|'.join(made)})(?![\w/@-])"
    return re.sub(found, lambda match: renamed[match[0].lower()], text)


@cache
def _naming() -> frozenset[str]:
    """Return the names of all fields that name records."""
    found = set[str]()
    waiting: list[type[Part]] = [class_of(kind) for kind in layout.FOLDERS]
    while waiting:
        for name, one in spec(waiting.pop()).items():
            if one.target_kinds:
                found.add(name)
            if one.part is not None:
                waiting.append(one.part)
    return frozenset(found)
