"""The screen of `history N`: one change, and what it did to each record, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

from mentorlog.domain.reports import ChangeMade, RecordChange
from mentorlog.models.views import View, counted, noun
from mentorlog.output.fields import FORMATTERS, Names, field_lines, is_empty
from mentorlog.output.page import Page
from mentorlog.output.phrases import shorten
from mentorlog.output.text import spaced, width

_SHORT = 44  # the most cells of a value that is shown within one line
_LINES = 12  # the most lines of a longer one
_RECORDS = 20  # the most records shown; the rest are counted
_NOT_A_FIELD = ("record", "id", "path", "created")
_HEADING = ("title", "name")
_MISSING = {
    "erased": "its content was erased",
    "unknown": "the text after this change is unknown: another program replaced it",
}


def data(made: ChangeMade) -> dict[str, Any]:
    """Return the change for scripts: `fields` is null where a text is missing or is not a valid record."""
    entry = made.entry
    shown = {"seq": entry.seq, "changed_at": entry.changed_at, "name": entry.name, "operation": entry.operation}
    shown |= {"undoes": entry.undoes, "undone_by": made.undone_by, "can_be_undone": made.can_be_undone}
    return {**shown, "files": entry.paths, "changes": list(map(_data, made.changes))}


def _data(one: RecordChange) -> dict[str, Any]:
    fields = [{"field": key, "old": old, "new": new} for key, old, new in _differing(one)]
    shown = {"record": one.record, "id": one.id, "path": one.path, "title": one.title, "change": _became(one)}
    return {**shown, "fields": fields if _is_known(one) else None}


def lines(made: ChangeMade, age: str, names: Names, page: Page) -> list[str]:
    """Return the name and time of the change, then what it did."""
    entry = made.entry
    when = FORMATTERS["instant"](names, entry.changed_at) if age else "at an unknown time"
    shown = page.wrap(entry.name, "bold")
    parts = [part.replace(" ", "\xa0") for part in (f"change {entry.seq}", when, age) if part]
    shown += [line.replace("\xa0", " ") for line in page.wrap(" · ".join(parts), "dim")]
    if made.undone_by is not None:
        shown += page.wrap(f"undone by change {made.undone_by}", "dim")
    for one in made.changes[:_RECORDS]:
        shown += ["", *_record(one, names, page)]
    if (rest := len(made.changes) - _RECORDS) > 0:
        shown += ["", *page.wrap(f"and {counted(rest, 'more record')}; see: mentorlog history {entry.seq} --json")]
    if not made.changes:
        shown += ["", "No record changed."]
    return [*shown, "", f"Undo with: mentorlog undo --no {entry.seq}"] if made.can_be_undone else shown


def _became(one: RecordChange) -> str:
    if one.missing == "erased":
        return "erased"
    return "changed" if one.existed and one.exists else "created" if one.exists else "deleted"


def _is_known(one: RecordChange) -> bool:
    return (one.before is not None or not one.existed) and (one.after is not None or not one.exists) and not one.missing


def _differing(one: RecordChange) -> list[tuple[str, Any, Any]]:
    """Return (field, old, new) for each field that differs; all of a record that was created or deleted."""
    return [
        (key, old, new)
        for key, old, new in one.differing()
        if key not in _NOT_A_FIELD and not (is_empty(old) and is_empty(new))
    ]


def _record(one: RecordChange, names: Names, page: Page) -> Iterator[str]:
    view = one.after or one.before
    what = "profile" if one.record == "profile" else f"{noun(view) if view else one.record} {one.id}"
    about = f": {shorten(one.title)}" if one.title and one.record != "profile" else ""
    yield from page.wrap(f"{_became(one).capitalize()} {what}{about}", "bold", indent="  ", first="")
    if not _is_known(one):
        why = _MISSING.get(one.missing, "a text before or after it is not a valid record")
        yield from page.wrap(f"({why})", indent="  ")
        return
    for key, old, new in _differing(one):
        if (one.existed and one.exists) or key not in _HEADING:
            yield from _field(one, key, old, new, names, page)


def _field(one: RecordChange, key: str, old: Any, new: Any, names: Names, page: Page) -> Iterator[str]:
    """Yield `  by: Mon 4 Jan 2027 → Mon 1 Feb 2027`, or a longer value as the lines that were removed and added."""
    before, after = _labelled(one.before, key, old, names), _labelled(one.after, key, new, names)
    labels = [label for label in dict.fromkeys([*before, *after]) if before.get(label) != after.get(label)]
    for label in labels or [spaced(key)]:
        was, now = before.get(label, []), after.get(label, [])
        if max(len(was), len(now)) <= 1 and all(width(text) <= _SHORT for text in (*was, *now)):
            sides = [*(was or ["none"]), *(now or ["none"])]
            text = " → ".join(sides) if one.existed and one.exists else "".join([*was, *now])
            yield from page.wrap(f"{label}: {text}", indent="    ", first="  ")
            continue
        yield from page.wrap(f"{label}:", indent="  ")
        yield from _changed_lines(was, now, page)


def _labelled(view: View | None, key: str, value: Any, names: Names) -> dict[str, list[str]]:
    """Return the lines of a field, or of each field of a table, by label."""
    labelled: dict[str, list[str]] = {}
    for label, paragraphs in field_lines(view or {}, key, value, names) if not is_empty(value) else ():
        labelled.setdefault(label, []).extend(line for text in paragraphs for line in text.split("\n"))
    return labelled


def _changed_lines(old: Sequence[str], new: Sequence[str], page: Page) -> list[str]:
    """Return the lines that were removed (-) and added (+); of many the first, and the count of the rest."""
    marked: list[tuple[str, str, str]] = []
    for what, from_old, to_old, from_new, to_new in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            marked += [("-", line, "red") for line in old[from_old:to_old]]
            marked += [("+", line, "green") for line in new[from_new:to_new]]
    shown = [
        line
        for sign, text, ink in marked[:_LINES]
        for line in page.wrap(text, ink, indent="      ", first=f"    {sign} ")
    ]
    rest = len(marked) - _LINES
    return [*shown, f"    and {counted(rest, 'more line')}"] if rest > 0 else shown
