"""The screen of `export --preview`: what would be included, and what not and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mentorlog import vocabulary
from mentorlog.domain.audience import Audience, Selection, Withheld
from mentorlog.domain.query import About
from mentorlog.models.views import View, counted, heading, joined
from mentorlog.output.messages import lint
from mentorlog.output.page import Page
from mentorlog.output.phrases import day, shorten
from mentorlog.output.text import width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.domain.lint import Hit

_MOST = 10  # the most titles of a kind, and the most records of a reason
_REASONS = ("not_shown", "not_named", "private", "kind", "theirs", "counted")
_ORDER = tuple(dict.fromkeys(("goal", "note", *reversed(vocabulary.RECORD_KINDS))))


def data(selection: Selection, hits: Sequence[Hit]) -> dict[str, Any]:
    """Return the same for scripts, with every record."""
    who = selection.audience
    views = [*filter(None, [selection.profile]), *selection.views]
    return {
        "audience": {"kind": who.kind, "mentor": who.mentor or None},
        "included": [{"record": one["record"], "id": one["id"], "title": _title(one, selection)} for one in views],
        "counted": [{"record": one["record"], "id": one["id"]} for one in selection.counted],
        "withheld": [_withheld(one) for one in selection.withheld],
        "lint": [hit._asdict() for hit in hits],
    }


def _withheld(one: Withheld) -> dict[str, Any]:
    facts = {"record": one.record, "id": one.id, "why": one.why, "title": one.title, "fields": list(one.fields)}
    return {**facts, "command": command(one) or None}


def command(one: Withheld, more: str = "") -> str:
    """Return the command that shares a withheld record with the audience; "" if none does."""
    return f"mentorlog share {one.id} --with {one.visibility}{more}" if one.visibility else ""


def lines(selection: Selection, about: About, names: Mapping[str, str], hits: Sequence[Hit], page: Page) -> list[str]:
    """Lay out a preview."""
    reader = _reader(selection.audience, names)
    shown = page.wrap(f"Preview for {_audience(selection.audience, reader)}{_asked(about, names)}; nothing is written.")
    shown += _section("Included", _included(selection), page)
    for why in _REASONS:
        records = [one for one in selection.withheld if one.why == why]
        if records and not (why == "counted" and selection.counted):
            records.sort(key=lambda one: (_ORDER.index(one.record), one.title))
            shown += ["", *page.wrap(f"Left out: {_reason(why, selection.audience, reader)}", "bold")]
            shown += page.rows([(one.id, shorten(one.title), "", "") for one in records[:_MOST]])
            if more := records[_MOST:]:
                shown += page.wrap(f"and {_counts(one.record for one in more)} more (--json lists all)", indent="  ")
            shown += [f"  {page.style(hint, 'dim')}" for hint in _hints(records)]  # commands are copied whole
    shown += _section("Left out: fields", _fields(selection.withheld), page)
    return shown + _lint(hits, page)


def _lint(hits: Sequence[Hit], page: Page) -> list[str]:
    """Return what may identify a patient, and how to see all of it."""
    if not hits:
        return []
    shown = ["", page.style("May identify a patient", "bold")]
    shown += page.rows([(hit.id or "", lint.described(hit), "", "") for hit in hits[:_MOST]])
    if len(hits) > _MOST:
        shown += page.wrap(f"and {len(hits) - _MOST} more", indent="  ")
    return [*shown, f"  {page.style(lint.seen(hits), 'dim')}"]


def _section(title: str, rows: Sequence[tuple[str, str]], page: Page) -> list[str]:
    """Return a heading and rows of a label and a text; nothing if there are none."""
    column = max((width(label) for label, _ in rows), default=0) + 4
    shown = ["", page.style(title, "bold")] if rows else []
    for label, text in rows:
        shown += page.wrap(text, indent=" " * column, first=f"  {label}".ljust(column))
    return shown


def _reader(audience: Audience, names: Mapping[str, str]) -> str:
    return names.get(audience.mentor, audience.mentor) or "your program"


def _audience(audience: Audience, reader: str) -> str:
    nobody = {"self": "yourself, with private records and fields", "others": "nobody in particular (no --for)"}
    return nobody.get(audience.kind, reader)


def _asked(about: About, names: Mapping[str, str]) -> str:
    people = joined([names.get(id, id) for id in about.mentors])
    asked = (
        "what is open" if about.is_open else "",
        f"with {people}" if people else "",
        f"for goal {about.goal}" if about.goal else "",
        day(about.since, "since "),
        day(about.until, "until "),
    )
    return f" ({', '.join(filter(None, asked))})" if any(asked) else ""


def _included(selection: Selection) -> list[tuple[str, str]]:
    """Return rows for the profile, each kind of record with titles, and what is only counted."""
    filled = [key for key, value in selection.profile.items() if value and key not in ("record", "id")]
    rows = [("profile", ", ".join(filled) or "empty")] if selection.profile else []
    for kind in vocabulary.RECORD_KINDS:
        if views := selection.of(kind):
            rows.append((counted(len(views), kind), _days(views) if kind == "meeting" else _titles(views, selection)))
    if selection.mentees and any(one.why == "theirs" and one.record == "mentor" for one in selection.withheld):
        rows.append(("mentees", f"{selection.mentees} (a number, no names)"))
    if selection.counted:
        rows.append(("counted", f"{_counts(one['record'] for one in selection.counted)} (days and status, no text)"))
    return rows


def _titles(views: Sequence[View], selection: Selection) -> str:
    more = f" and {len(views) - _MOST} more" if len(views) > _MOST else ""
    return " · ".join(shorten(_title(view, selection)) for view in views[:_MOST]) + more


def _title(view: View, selection: Selection) -> str:
    return selection.names.get(view["id"]) or heading(view)


def _days(views: Sequence[View]) -> str:
    first, last = min(view["on"] for view in views), max(view["on"] for view in views)
    return day(first) if first == last else f"{day(first)} to {day(last)}"


def _reason(why: str, audience: Audience, reader: str) -> str:
    if why == "kind":
        return "kinds of notes that no mentor gets" if audience.kind == "mentor" else "mentorships that never began"
    if why == "theirs":
        return "of your mentees, who are only counted"
    said = {"not_shown": f"not shared with {reader}", "not_named": f"not about {reader}"}
    return said.get(why, "your program gets no text of these" if why == "counted" else "private")


def _hints(records: Sequence[Withheld]) -> list[str]:
    """Return how to share one of some records."""
    if record := next((one for one in records if one.visibility not in ("", "open")), None):
        return [f"share one: {command(record, ' --tasks' * (record.record == 'goal'))}"]
    record = next((one for one in records if one.visibility), None)
    return [f"share one with anyone: {command(record)}", f"include one this once: --add {record.id}"] if record else []


def _fields(withheld: Sequence[Withheld]) -> list[tuple[str, str]]:
    """Return rows for each kind with the fields of its records that were left out."""
    fields: dict[str, dict[str, None]] = {}
    for one in withheld:
        if one.why == "field":
            fields.setdefault(one.record, {}).update(dict.fromkeys(one.fields))
    return [(kind, ", ".join(names)) for kind, names in fields.items()]


def _counts(kinds: Iterable[str]) -> str:
    return joined([counted(count, kind) for kind, count in Counter(kinds).items()])
