"""The screen of `undo` and `redo`: the operations, then what changed in each record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mentorlog.domain.reports import RecordChange
from mentorlog.models.views import View, counted, first_of, latest
from mentorlog.output.fields import Names, field_lines, field_of, is_empty
from mentorlog.output.page import Page
from mentorlog.output.text import fit, one_line, safe, spaced, width

RECORDS = 6  # the most records described; the rest are counted
_FIELDS = 3  # the most fields described for each record
_LONG = 44  # the most cells of a value
_NEAR = 16
# Fields that only follow a change of another field.
_FOLLOWING = {"history", "status_log", "defers", "closed_on", "done_on"}
_PLURAL = {"notes", "instructions", "qualities"}


def data(change: RecordChange) -> dict[str, Any]:
    """Return a change for scripts: the record, its fate, its fields now and before."""
    became = "changed" if change.existed and change.exists else "back" if change.exists else "gone"
    fields = [{"field": key, "now": now, "was": was} for key, now, was in _differing(change)]
    shown = {"record": change.record, "id": change.id, "path": change.path, "title": change.title}
    return {**shown, "change": became, "fields": fields}


def lines(
    said: Sequence[str],
    changes: Sequence[RecordChange],
    merged: Sequence[str],
    titles: Mapping[str, str],
    page: Page,
) -> list[str]:
    """Return which operations were undone or redone, and what changed in the first records."""
    shown = [line for one in said for line in page.wrap(one)]
    column = max((width(safe(one.id)) for one in changes[:RECORDS]), default=0)
    ids = page.ids([one.id for one in changes[:RECORDS]])
    for one in changes[:RECORDS]:
        text, id = _describe(one, Names(titles), alone=len(changes) == 1), safe(one.id)
        first, *rest = page.wrap(text, indent=" " * (column + 4), first=f"  {id}{' ' * (column - width(id) + 2)}")
        shown += [f"  {ids[one.id]}{first[2 + len(id) :]}", *rest]
    if len(changes) > RECORDS:
        shown.append(f"  and {counted(len(changes) - RECORDS, 'more record')}")
    if merged:
        shown += page.wrap(f"Merged with later changes: {first_of(merged, RECORDS)}")
    return shown


def _describe(change: RecordChange, names: Names, *, alone: bool) -> str:
    """Return what changed in a record, without its id."""
    title = fit(_one_line(change.title or change.path), _LONG)
    if not (change.existed and change.exists):
        return f"{'restored' if change.exists else 'deleted'}: {title}"
    changed = _differing(change)
    leading = [one for one in changed if one[0] not in _FOLLOWING] or changed
    fields = [part for key, now, was in leading for part in _field(change, key, now, was, names)]
    if len(fields) > _FIELDS:
        fields[_FIELDS:] = [counted(len(fields) - _FIELDS, "more field")]
    text = "; ".join(fields) or "file restored"
    return text if alone else f"{title}: {text}"


def _differing(change: RecordChange) -> list[tuple[str, Any, Any]]:
    """Return (field, now, was) for each field that differs between the two views, if both are known."""
    if change.before is None or change.after is None:
        return []
    return [(key, now, was) for key, was, now in change.differing()]


def _field(change: RecordChange, key: str, now: Any, was: Any, names: Names) -> Iterator[str]:
    """Yield what changed in a field; for a table, in each of its keys."""
    if key in ("expectations", "closure") and change.record == "mentor":
        now, was = ((latest(one) if isinstance(one, list) else one) or {} for one in (now, was))
        for inner in dict.fromkeys([*now, *was]):
            new, old = now.get(inner), was.get(inner)
            if new != old and not (is_empty(new) and is_empty(old)):
                yield _again(change, key, {inner: new}, {inner: old}, names, plural=isinstance(new or old, list))
    elif any(isinstance(one, Mapping) for value in (now, was) if isinstance(value, list) for one in value):
        yield _entries(change, key, now or [], was or [], names)
    else:
        yield _again(change, key, now, was, names, plural=isinstance(now, list) or key in _PLURAL)


def _again(change: RecordChange, key: str, now: Any, was: Any, names: Names, *, plural: bool) -> str:
    """Return `due is back to Fri 4 Dec 2026 (was Mon 7 Dec 2026)`; long texts are cut to where they differ."""
    label, new = _value(change.after or {}, key, now, names)
    old_label, old = _value(change.before or {}, key, was, names)
    label = label or old_label or spaced(key)
    be, past = ("are", "were") if plural and label.endswith("s") else ("is", "was")
    new, old = map(_quoted, _difference(new, old), (now, was))
    return f"{label} {be} {f'back to {new}' if new else 'empty again'}" + (f" ({past} {old})" if old else "")


def _quoted(text: str, value: Any) -> str:
    """Return a text of several words in quotation marks, to set it apart from our own words."""
    return f'"{text}"' if isinstance(value, str) and " " in text and text.strip("…") in _one_line(value) else text


def _value(view: View, key: str, value: Any, names: Names) -> tuple[str, str]:
    """Return the label of a field and its value in one line; two empty texts if it is empty."""
    lines = ((label, _one_line("; ".join(texts))) for label, texts in field_lines(view, key, value, names))
    return next((line for line in lines if line[1]), ("", ""))


def _entries(change: RecordChange, key: str, now: Sequence[Any], was: Sequence[Any], names: Names) -> str:
    field = field_of(change.after or change.before or {}, key)
    new = _listed([field.text(one, names) for one in now if one not in was])
    old = _listed([field.text(one, names) for one in was if one not in now])
    parts = [f"restored {new}" if new else "", f"removed {old}" if old else ""]
    return f"{field.label}: {'; '.join(filter(None, parts)) or 'former order restored'}"


def _listed(texts: Sequence[str]) -> str:
    more = f" and {len(texts) - 1} more" if len(texts) > 1 else ""
    return f"{fit(_one_line(texts[0].replace('  ', ': ', 1)), _LONG)}{more}" if texts else ""


def _difference(one: str, other: str) -> tuple[str, str]:
    """Return two texts cut so that the first difference is visible."""
    short = min(len(one), len(other))
    same = next((at for at in range(short) if one[at] != other[at]), short)
    if max(width(one), width(other)) > _LONG and same > _LONG - _NEAR:
        start = one.rfind(" ", 0, same - _NEAR) + 1 or same - _NEAR
        one, other = f"…{one[start:]}", f"…{other[start:]}"
    return fit(one, _LONG), fit(other, _LONG)


def _one_line(text: str) -> str:
    return one_line(text)
