"""What `undo` and `redo` say: the operations, then in a line for each record what is now as before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mentorlog.domain.reports import RecordChange
from mentorlog.models.views import View, heading, latest
from mentorlog.output.fields import Words, hollow, in_words, label
from mentorlog.output.output import Page
from mentorlog.output.screens.record import fields
from mentorlog.output.text import fit, safe, width, wrap

RECORDS = 6
"""So many records are told of, and counted beyond that."""
_FIELDS = 3
"""So many fields of each."""
_LONG = 44
"""So many cells of a value are shown."""
_NEAR = 16
_FOLLOWING = {"history", "status_log", "defers", "closed_on", "done_on"}
"""What a change of another field brings along: it says nothing more where that one is told."""
_PLURAL = {"notes", "instructions", "qualities"}


def data(moved: RecordChange) -> dict[str, Any]:
    """Return a change for scripts: which record, whether it is gone, back or changed, and its fields now and before."""
    change = "changed" if moved.existed and moved.exists else "back" if moved.exists else "gone"
    fields = [{"field": key, "now": now, "was": was} for key, now, was in _differing(moved.before, moved.after)]
    shown = {"record": moved.record, "id": moved.id, "path": moved.path, "title": _title(moved)}
    return {**shown, "change": change, "fields": fields}


def lines(
    verb: str, names: Sequence[str], moved: Sequence[RecordChange], titles: Mapping[str, str], page: Page
) -> list[str]:
    """Return what was taken back or done again, and of the first records what is as before.

    `titles` has the name or title of every record that these name.
    """
    said = [line for name in names for line in wrap(safe(f"{verb}: {name}"), page.limit)]
    column = max((width(safe(one.id)) for one in moved[:RECORDS]), default=0)
    for one in moved[:RECORDS]:
        told = safe(_told(one, Words(titles), alone=len(moved) == 1))
        id = safe(one.id)
        first, *rest = wrap(told, page.limit, " " * (column + 4), f"  {id}{' ' * (column - width(id) + 2)}")
        said += [f"  {page.style(id, 'cyan')}{first[2 + len(id) :]}", *rest]
    if more := len(moved) - RECORDS:
        said += [f"  and {more} more record{'' if more == 1 else 's'}"] if more > 0 else []
    return said


def _title(moved: RecordChange) -> str | None:
    if moved.record == "profile":
        return "Your profile"
    view = moved.after or moved.before
    return heading(view) if view else None


def _told(moved: RecordChange, words: Words, *, alone: bool) -> str:
    """Return what became of a record, without its id."""
    title = fit(_one_line(_title(moved) or moved.path), _LONG)
    if not (moved.existed and moved.exists):
        return f"{title} is {'back' if moved.exists else 'gone'}"
    said = [part for key, now, was in _leading(moved) for part in _field(moved, key, now, was, words)]
    if not said:
        said = ["the file is as before"]
    more = len(said) - _FIELDS
    said = [*said[:_FIELDS], *([f"{more} more field{'' if more == 1 else 's'}"] if more > 0 else [])]
    return "; ".join(said) if alone else f"{title}: {'; '.join(said)}"


def _differing(before: View | None, after: View | None) -> list[tuple[str, Any, Any]]:
    """Return (field, now, was) of what differs between two views of a record."""
    if before is None or after is None:
        return []
    keys = dict.fromkeys([*after, *before])
    return [(key, after.get(key), before.get(key)) for key in keys if after.get(key) != before.get(key)]


def _leading(moved: RecordChange) -> list[tuple[str, Any, Any]]:
    found = _differing(moved.before, moved.after)
    return [one for one in found if one[0] not in _FOLLOWING] or found


def _field(moved: RecordChange, key: str, now: Any, was: Any, words: Words) -> Iterator[str]:
    """Yield what is said of a field; of a table what is said of each of its keys."""
    if key in ("expectations", "closure") and moved.record == "mentor":
        now, was = (latest(one) if isinstance(one, list) else one for one in (now, was))
        now, was = now or {}, was or {}
        for inner in dict.fromkeys([*now, *was]):
            one, other = now.get(inner), was.get(inner)
            if one != other and not (hollow(one) and hollow(other)):
                yield _again(moved, key, {inner: one}, {inner: other}, words, plural=isinstance(one or other, list))
    elif _are_entries(now) or _are_entries(was):
        yield _entries(moved, key, now or [], was or [], words)
    else:
        yield _again(moved, key, now, was, words, plural=isinstance(now, list) or key in _PLURAL)


def _again(moved: RecordChange, key: str, now: Any, was: Any, words: Words, *, plural: bool) -> str:
    """Return `due is Fri 4 Dec 2026 again (was Mon 7 Dec 2026)`, of long texts the place where they part."""
    name, new = _value(moved.after or {}, key, now, words)
    other, old = _value(moved.before or {}, key, was, words)
    name = name or other or label(key)
    be, past = ("are", "were") if plural and name.endswith("s") else ("is", "was")
    new, old = map(_quoted, _parted(new, old), (now, was))
    return f"{name} {be} {new or 'empty'} again" + (f" ({past} {old})" if old else "")


def _quoted(said: str, value: Any) -> str:
    """Return a text of several words between quotation marks: nobody takes it for ours."""
    return f'"{said}"' if isinstance(value, str) and " " in said and said.strip("…") in _one_line(value) else said


def _value(view: View, key: str, value: Any, words: Words) -> tuple[str, str]:
    """Return what a field is called, and its value in one line; nothing where it is empty."""
    for name, paragraphs in fields(view, key, value, words):
        if said := _one_line("; ".join(paragraphs)):
            return name, said
    return "", ""


def _entries(moved: RecordChange, key: str, now: Sequence[Any], was: Sequence[Any], words: Words) -> str:
    """Return which entries of a list are back, and which are gone."""
    new = _listed([in_words(moved.record, key, one, words) for one in now if one not in was])
    old = _listed([in_words(moved.record, key, one, words) for one in was if one not in now])
    name = label(key)
    have = "have" if name.endswith("s") and not name.endswith("ss") else "has"
    if new:
        return f"{name} again {have} {new}" + (f" (had {old})" if old else "")
    return f"{name} no longer {have} {old}" if old else f"{name} {have} the order of before again"


def _listed(said: Sequence[str]) -> str:
    more = f" and {len(said) - 1} more" if len(said) > 1 else ""
    return f"{fit(_one_line(said[0].replace('  ', ': ', 1)), _LONG)}{more}" if said else ""


def _parted(one: str, other: str) -> tuple[str, str]:
    """Return two texts cut so that the place where they part is to be seen."""
    short = min(len(one), len(other))
    same = next((at for at in range(short) if one[at] != other[at]), short)
    if max(width(one), width(other)) > _LONG and same > _LONG - _NEAR:
        start = one.rfind(" ", 0, same - _NEAR) + 1 or same - _NEAR
        one, other = f"…{one[start:]}", f"…{other[start:]}"
    return fit(one, _LONG), fit(other, _LONG)


def _are_entries(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(one, Mapping) for one in value)


def _one_line(text: str) -> str:
    return " ".join(text.split())
