"""How `show` lays out one record of any kind: a heading, its fields in their order, then its prose."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mentorlog.domain.action_lines import annotated
from mentorlog.models.views import latest, names_records
from mentorlog.output.fields import QUICK, Words, generic, hollow, in_words, label
from mentorlog.output.text import fit, safe, safe_block, width, wrap

if TYPE_CHECKING:
    from mentorlog.models.record import View
    from mentorlog.output.output import Page

READABLE = 100
"""Prose is laid out in at most so many cells: longer lines are hard to read."""

_IN_HEADING = {
    "note": {"kind", "on", "status", "text"},
    "meeting": {"kind", "on", "at", "status"},
    "review": {"kind", "on"},
}
_DAYS = {"by", "closed_on", "due", "done_on", "started", "term_ends", "on", "next_on", "asked_on"}
_PEOPLE = {"mentors", "owner", "assigned_by", "helps", "introduced_by", "handed_to"}
_RECORDS = {"goal", "meeting", "parent", "added_goals"}
_LINKS = _PEOPLE | _RECORDS | {"scope"}
_SPOKEN = {"proximity", "my_role", "formality", "model", "origin", "mode", "roles", "domain", "stage", "kind"}
_OUT_OF_FIVE = {"usefulness"}
_SAID = {
    "expectations": {"mine": "my expectations", "theirs": "their expectations"},
    "closure": {"on": "closed on", "kind": "closed as", "worked": "what worked", "did_not": "what did not"},
}
_COUNTS = {
    "meetings": {
        "meetings_held": "held",
        "meetings_cancelled_by_me": "cancelled by me",
        "meetings_cancelled_by_them": "cancelled by them",
        "meetings_missed": "missed",
    },
    "my tasks": {"tasks_done": "done", "tasks_open": "open", "tasks_late": "late"},
    "their promises": {"promises_kept": "kept", "promises_open": "open"},
}
"""How the facts of a review are said: a line for each kind of thing that was counted."""
_ONE_A_LINE = {"links", "decisions", "added_goals"}
_PROSE = {
    *(
        "notes",
        "why",
        "instructions",
        "text",
        "outcome",
        "worked",
        "did_not",
        "changed",
        "unlearned",
        "lesson",
    ),
    *("purpose", "qualities", "measure", "deliverable", "baseline", "feeling", "conflict_of_interest"),
}

_DATED = re.compile(r"[A-Z][a-z]{2} [0-9]{1,2} [A-Z][a-z]{2} [0-9]{4}  ")
_ROOM = 20
"""Words that have no more cells than this need them all."""

# Lists read the same as they are typed; laying them out would make `show` of most meetings twice as slow.
_MARKDOWN = re.compile(
    r"^ {0,3}(?:#{1,6}\s|>|```|~~~|\|.*\||-{3,}\s*$|={3,}\s*$)"
    r"|\*\*\S|__\S|~~\S|(?<![\w*_])[*_][^\s*_][^*_\n]*[*_](?!\w)|`[^`\n]+`|\]\(",
    re.MULTILINE,
)


def lines(
    view: View,
    page: Page,
    *,
    names: Mapping[str, str],
    unknown: Collection[str] = (),
    states: Mapping[str, str] | None = None,
    also: Sequence[tuple[str, Sequence[tuple[str, str]]]] = (),
) -> list[str]:
    """Return the lines of a record, safe to print.

    `names` gives the name or title of every record that this one links to (one that is missing reads as
    deleted, or as unknown where it is among those), `states` what stands beside an action line of a task
    (`{"t4m2x": "done"}`), `also` further sections: a title and its lines, an id (or nothing) and words each.
    """
    words, headed = Words(names, unknown), _headed(view)
    shown: list[tuple[str, list[str]]] = []
    prose: list[tuple[str, str]] = []
    for key, value in view.items():
        if key in headed or hollow(value):
            continue
        if isinstance(value, str) and _stands_alone(key, value):
            prose.append((_called(view, key), value))
        else:
            shown += fields(view, key, value, words)
    body = _heading(view, page, words)
    if view.get("record") == "note" and "text" in view:
        body += ["", *_prose(view["text"], page, {}, "")]
    if shown:
        body += ["", *_aligned(shown, page)]
    for name, text in prose:
        body += ["", page.style(safe(name), "bold"), *_prose(text, page, states or {}, "  ")]
    for title, items in also:
        body += ["", page.style(safe(title), "bold")]
        body += [line for id, said in items for line in _belonging(id, said, page)]
    return body


def _belonging(id: str, said: str, page: Page) -> list[str]:
    """Return what is said of a record that belongs to this one: what goes on hangs below the words."""
    head = f"  {safe(id)}  " if id else "  "
    return wrap(safe(said), page.limit, " " * max(width(head), 4), head)


def has_markdown(text: str) -> bool:
    """Say whether prose holds something that Markdown shows otherwise than it is typed."""
    return _MARKDOWN.search(text) is not None


def _headed(view: View) -> set[str]:
    """Return the fields that the heading has said already."""
    kind = str(view.get("record"))
    return {"record", "id"} | _IN_HEADING.get(kind, {"status", _title(kind)})


def _title(kind: str) -> str:
    return "name" if kind in ("mentor", "profile") else "title"


def _stands_alone(key: str, value: str) -> bool:
    return "\n" in value or (key in _PROSE and has_markdown(value))


def _heading(view: View, page: Page, words: Words) -> list[str]:
    kind = str(view.get("record") or "record")
    about = [f"{kind} {view['id']}" if view.get("id") else kind]
    if kind == "meeting":
        people = ", ".join(words.names.get(id, id) for id in view.get("mentors") or ())
        title = f"Meeting with {people}" if people else "Meeting"
        about += [label(str(view.get("status", ""))), label(str(view.get("kind", "")))]
        about.append(f"{words.day(view.get('on'))} {view.get('at') or ''}".rstrip())
    elif kind in _IN_HEADING:
        title = label(str(view.get("kind") or kind)).capitalize() + (" review" if kind == "review" else "")
        # Only a few kinds of notes are ever open; for the others closed says nothing.
        stated = view.get("status") == "open" or view.get("closed_on")
        about += [str(view["status"])] if kind == "note" and stated else []
        about.append(words.day(view.get("on")))
    else:
        title = str(view.get(_title(kind)) or kind.capitalize())
        about += [label(str(view["status"]))] if view.get("status") else []
    shown = wrap(safe(title), page.limit)
    second = wrap(safe(" · ".join(part for part in about if part)), page.limit)
    return [page.style(line, "bold") for line in shown] + [page.style(line, "dim") for line in second]


def fields(view: View, key: str, value: Any, words: Words) -> Iterator[tuple[str, list[str]]]:
    """Yield what a field shows: a label and its paragraphs; a table is a label for each of its keys."""
    kind = str(view.get("record"))
    if (kind, key) == ("mentor", "closure") and isinstance(value, list):
        value = latest(value) or {}
    if isinstance(value, Mapping) and key in ("expectations", "closure", "facts"):
        if key == "facts":
            yield from ((name, [_counted(value, counts)]) for name, counts in _COUNTS.items())
            value = {inner: item for inner, item in value.items() if not any(inner in c for c in _COUNTS.values())}
        for inner, item in value.items():
            if not hollow(item):
                name = _SAID.get(key, {}).get(inner) or label(inner)
                yield name, _said(kind, key, inner, item, words)
    else:
        yield _called(view, key), _said(kind, "", key, value, words)


def _called(view: View, key: str) -> str:
    """Return what a field is called; a quick review has questions of its own."""
    quick = view.get("record") == "review" and view.get("kind") == "quick"
    return QUICK.get(key, label(key)) if quick else label(key)


def _counted(facts: Mapping[str, Any], counts: Mapping[str, str]) -> str:
    """Return the counts that are not none: `7 held, 1 missed`."""
    return ", ".join(f"{facts[key]} {word}" for key, word in counts.items() if facts.get(key)) or "none"


def _said(kind: str, table: str, key: str, value: Any, words: Words) -> list[str]:
    """Return the paragraphs of one value."""
    if isinstance(value, Mapping):
        return [in_words(kind, key, value, words)]
    if isinstance(value, (list, tuple)):
        if any(isinstance(item, Mapping) for item in value):
            field = f"{table}.{key}" if table else key
            return [in_words(kind, field, item, words) for item in value]
        said = [_one(kind, table, key, item, words) for item in value]
        if table or key in _ONE_A_LINE or key in _PEOPLE:
            return said
        return [("; " if any("," in one for one in said) else ", ").join(said)]
    return [_one(kind, table, key, value, words)]


def _one(kind: str, table: str, key: str, value: Any, words: Words) -> str:
    if not isinstance(value, str):
        return f"{value} of 5" if key in _OUT_OF_FIVE and isinstance(value, int) else generic(value)
    if not table and key in _LINKS and not names_records(kind, key):  # an unknown key, whatever it is called
        return value
    if key in _DAYS:
        return words.day(value)
    if key == "created":
        return f"{words.day(value[:10])} {value[11:16]}"
    if key in _PEOPLE:
        return words.person(value)
    if key in _RECORDS:
        return words.record(value)
    if key == "scope":
        return words.anyone(value)
    return label(value) if key in _SPOKEN else value


def _aligned(labelled: Sequence[tuple[str, list[str]]], page: Page) -> list[str]:
    """Return the labels in one column and the values in another; a long label has a line of its own."""
    named = [(safe(name), values) for name, values in labelled]
    most = 12 if page.width < 60 else 22
    column = min(most, max(width(name) for name, _ in named))
    indent = " " * (column + 2)
    body: list[str] = []
    for name, values in named:
        size = width(name)
        if size > column:
            name = fit(name, page.width) if page.terminal else name
            body.append(page.style(name, "dim"))
        for place, value in enumerate(values):
            shown = _hung(safe_block(value), None if page.limit is None else page.limit - len(indent))
            for first, line in zip([not place and size <= column, *[False] * len(shown)], shown, strict=False):
                start = page.style(name, "dim") + " " * (column + 2 - size) if first else indent
                body.append((start + line).rstrip(" "))
    return body


def _hung(text: str, columns: int | None) -> list[str]:
    """Return a value as lines; what goes on after a day in front hangs below its words, where these keep some room."""
    day = _DATED.match(text)
    hang = " " * len(day[0]) if day and columns and columns - len(day[0]) >= _ROOM else ""
    return wrap(text, columns, hang, "")


def _prose(text: str, page: Page, states: Mapping[str, str], indent: str) -> list[str]:
    """Return prose as lines: Markdown laid out where there is colour, else as it was typed."""
    told = annotated(text, states) if states else text
    limit = None if page.limit is None else min(page.limit, READABLE)
    if page.colour and limit is not None and has_markdown(told):
        from mentorlog.output.terminal_markdown import markdown

        shown = markdown(told, limit - len(indent), True).rstrip("\n").split("\n")
        return [indent + line if line else "" for line in shown]
    return wrap(safe_block(told).strip("\n"), limit, indent)
